"""A rule's body as a formula that people read: once with titles, once with the values of one evaluation.

Only what was used is written: of cases, exceptions and rows the one taken. Amounts are exact: a formula with values
can be redone by hand. What changes nothing is left out: times 1, divided by 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.backends.interpreter import evaluate
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
    Cases,
    Choose,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    DecidedDay,
    Decision,
    Division,
    EntryRead,
    Exceptions,
    Extreme,
    FactRead,
    Graduated,
    IsSet,
    Named,
    Node,
    Not,
    ParameterRead,
    Pick,
    Rank,
    Round,
    RuleRead,
    TableRead,
    Through,
    Undefined,
)
from civil_aid_rules.ir.text import ADD, AND, COMPARE, MULTIPLY, NOT, OR, WHOLE
from civil_aid_rules.ir.types import NumberType, TextType, YesNoType
from civil_aid_rules.quantities.in_words import number_in_formula, quantity
from civil_aid_rules.quantities.numbers import exact_text
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.branches import chosen, taken
from civil_aid_rules.render.lists import aggregate, ordered
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.piece import Because, Piece, between
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.rows import graduated
from civil_aid_rules.render.shown import Choices, choices_of, day, parameter_title, type_of, value_words

_SIGNS = {"+": "+", "-": "−", "*": "×", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


def with_titles(node: Node, env: Env, reading: Reading) -> Piece:
    """The formula in titles: 核定收入 ÷ 共同生活人数."""
    return Formula(reading, env, titles=True).piece(node)


def with_values(node: Node, env: Env, reading: Reading) -> Piece:
    """The formula in values: 900.00 ÷ 3."""
    return Formula(reading, env, titles=False).piece(node)


def branches_taken(node: Node, env: Env, reading: Reading) -> tuple[Because, ...]:
    """Why each branch on the way was taken, in the order met."""
    formula = Formula(reading, env, titles=True)
    formula.piece(node)
    return tuple(dict.fromkeys(formula.because))


def rounding_words(node: Round, unit: Unit) -> Bilingual:
    """How a value is rounded: 四舍五入到0.01元; to a step that is no power of ten, to a multiple of it."""
    step = quantity(node.step, Unit() if unit.currency is None else Unit(((unit.currency, 1),)))
    is_place = set(exact_text(node.step)) <= set("0.1") and exact_text(node.step).count("1") == 1
    return phrase(node.mode, step=step if is_place else phrase("multiple", step=step))


def unit_of(node: Node, evaluation: Evaluation) -> Unit:
    """The unit of a computed number, as far as its leaves tell; a written number has none."""
    match node:
        case Arithmetic(operator, left, right):
            one, other = unit_of(left, evaluation), unit_of(right, evaluation)
            return one * other if operator == "*" else one if one.powers else other
        case Division(left, right):
            return unit_of(left, evaluation) / unit_of(right, evaluation)
        case Named(body=inner) | Round(operand=inner) | Graduated(base=inner):
            return unit_of(inner, evaluation)
        case Aggregate(function="sum" | "min" | "max", value=inner):
            return unit_of(inner, evaluation)
        case Extreme(operands=parts) | Choose(options=parts):
            return _first_unit(parts, evaluation)
        case Cases(branches, last) | Exceptions(last, branches):
            return _first_unit((*(branch.value for branch in branches), last), evaluation)
        case Decision(rows=rows):
            return _first_unit(tuple(row.value for row in rows), evaluation)
        case _:
            type_ = type_of(node, evaluation.program)
            return type_.unit if isinstance(type_, NumberType) else Unit()


def _first_unit(nodes: tuple[Node, ...], evaluation: Evaluation) -> Unit:
    found = (unit_of(node, evaluation) for node in nodes)
    return next((unit for unit in found if unit.powers), Unit())


class Formula:
    """Writes one formula; collects why branches were taken."""

    __slots__ = ("because", "env", "reading", "titles")

    def __init__(self, reading: Reading, env: Env, *, titles: bool) -> None:
        self.reading = reading
        self.env = env
        self.titles = titles
        self.because: list[Because] = []

    def piece(self, node: Node, choices: Choices = ()) -> Piece:
        """A node as a part of the formula; `choices` gives a written text its title."""
        match node:
            case Constant() | DecidedDay() | Undefined() | EntryRead() | IsSet():
                return Piece(self._plain(node, choices))
            case FactRead() | RuleRead() | ParameterRead() | TableRead() | Through():
                return Piece(self._title(node) if self.titles else self._leaf_value(node))
            case Named(body=body):
                return self.piece(body)
            case Cases() | Exceptions() | Decision():
                return taken(self, node)
            case Choose():
                return chosen(self, node)
            case Arithmetic():
                return self._arithmetic(node)
            case Division(left, right):
                if right == Constant(1):
                    return self.piece(left)
                text = between(self.piece(left).within(MULTIPLY), "÷", self.piece(right).within(WHOLE))
                return Piece(text, MULTIPLY)
            case Comparison():
                return self._comparison(node)
            case Connective():
                return self._connective(node)
            case Not(operand):
                return Piece(phrase("not", operand=self.piece(operand).within(WHOLE)), NOT)
            case Round():
                how = rounding_words(node, unit_of(node, self.reading.evaluation))
                return Piece(phrase("rounded", operand=self.piece(node.operand).text, how=how))
            case Extreme(function, operands):
                parts = joined(tuple(self.piece(part).text for part in operands), en=", ", zh="，")
                return Piece(phrase(f"extreme_{function}", parts=parts))
            case Graduated():
                return graduated(self, node, unit_of(node.base, self.reading.evaluation))
            case DateFunction(function, arguments):
                texts = [self._argument(argument) for argument in arguments]
                return Piece(phrase(function, **dict(zip("ab", texts, strict=False))))
            case Aggregate():
                return aggregate(self, node)
            case Pick() | Rank():
                return ordered(self, node)
            case _:
                assert_never(node)

    def value(self, node: Node) -> Bilingual:
        """A node's value as a part of a formula: without its unit."""
        value, evaluation = evaluate(node, self.env), self.reading.evaluation
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return same(number_in_formula(value, unit_of(node, evaluation)))
        type_ = type_of(node, evaluation.program)
        return value_words(value, type_, self.reading.entries, choices_of(node, evaluation.program, evaluation.facts))

    def in_titles(self, node: Node) -> Bilingual:
        """A node in titles, whatever the formula around it is written in."""
        return Formula(self.reading, self.env, titles=True).piece(node).text

    # --- leaves ------------------------------------------------------------------------------------------------------

    def _plain(self, node: Constant | DecidedDay | Undefined | EntryRead | IsSet, choices: Choices) -> Bilingual:
        match node:
            case Constant(value) if isinstance(value, int | Fraction) and not isinstance(value, bool):
                return same(number_in_formula(value, Unit()))
            case Constant(value):
                return value_words(value, TextType(("",)), self.reading.entries, choices)
            case DecidedDay():
                return phrase("decided_day") if self.titles else day(self.env.on)
            case Undefined():
                return phrase("undefined")
            case EntryRead():
                return phrase("the_entry") if self.titles else self.value(node)
            case IsSet(parameter):
                return phrase("is_set", what=parameter.title) if self.titles else self.value(node)

    def _title(self, node: FactRead | RuleRead | ParameterRead | TableRead | Through) -> Bilingual:
        match node:
            case FactRead(title=title):
                return phrase("quoted", text=title) if isinstance(node.type, YesNoType) else title
            case RuleRead(rule=slot):
                rule = self.reading.evaluation.program.rules[slot]
                return phrase("quoted", text=rule.title) if isinstance(rule.type, YesNoType) else rule.title
            case ParameterRead(parameter):
                title = parameter_title(parameter)
                return phrase("quoted", text=title) if isinstance(parameter.type, YesNoType) else title
            case TableRead(parameter, key):
                words = self.piece(key, parameter.choice_titles).text
                return phrase("looked_up", table=parameter_title(parameter), key=words)
            case Through(reference, target):
                return phrase("through", what=self._title(target), whose=self.piece(reference).text)

    def _leaf_value(self, node: FactRead | RuleRead | ParameterRead | TableRead | Through) -> Bilingual:
        value = self.value(node)
        if isinstance(node, TableRead):
            return phrase("row_used", value=value, key=self._row(node))
        if isinstance(node, Through):
            whose = value_words(evaluate(node.reference, self.env), None, self.reading.entries)
            return phrase("of_entry", value=value, entry=whose)
        return value

    def _row(self, node: TableRead) -> Bilingual:
        """Which row of a table: by the title and the value of its key."""
        words = self.piece(node.key, node.parameter.choice_titles).text
        if isinstance(node.key, Constant):
            return words
        return phrase("settled", state=self.in_titles(node.key), text=words)

    # --- operators ---------------------------------------------------------------------------------------------------

    def _arithmetic(self, node: Arithmetic) -> Piece:
        one = Constant(1)
        match node:
            case Arithmetic("*", left, right) if right == one or left == one:
                return self.piece(left if right == one else right)
            case Arithmetic("-", Constant(0), right):
                return Piece(phrase("negative", operand=self.piece(right).within(MULTIPLY)), ADD)
        own = MULTIPLY if node.operator == "*" else ADD
        before = self.piece(node.left).within(own)
        behind = self.piece(node.right).within(own + (node.operator == "-"))
        return Piece(between(before, _SIGNS[node.operator], behind), own)

    def _argument(self, node: Node) -> Bilingual:
        """A number of months or years by its title stands in quotation marks."""
        text = self.piece(node).text
        is_number = self.titles and isinstance(type_of(node, self.reading.evaluation.program), NumberType)
        return phrase("quoted", text=text) if is_number else text

    def _comparison(self, node: Comparison) -> Piece:
        if node.operator == "==" and isinstance(node.right, Constant) and isinstance(node.right.value, bool):
            return self.piece(node.left if node.right.value else Not(node.left))
        program, facts = self.reading.evaluation.program, self.reading.evaluation.facts
        choices = choices_of(node.left, program, facts) or choices_of(node.right, program, facts)
        left, right = self.piece(node.left, choices).within(ADD), self.piece(node.right, choices).within(ADD)
        return Piece(between(left, _SIGNS[node.operator], right), COMPARE)

    def _connective(self, node: Connective) -> Piece:
        own = AND if node.operator == "and" else OR
        one_of = _one_of(node)
        if one_of is not None:
            left, values = one_of
            program, facts = self.reading.evaluation.program, self.reading.evaluation.facts
            choices = choices_of(left, program, facts)
            named = joined(tuple(self.piece(value, choices).text for value in values))
            return Piece(phrase("one_of", what=self.piece(left).within(ADD), values=named), COMPARE)
        texts = [self.piece(operand).within(own + 1) for operand in node.operands]
        text = texts[0]
        for other in texts[1:]:
            text = phrase(node.operator, left=text, right=other)
        return Piece(text, own if len(texts) > 1 else WHOLE)


def _one_of(node: Connective) -> tuple[Node, list[Node]] | None:
    """`x == a or x == b`: x, and what it may be."""
    found: list[Node] = []
    left: Node | None = None
    for operand in node.operands:
        if not isinstance(operand, Comparison) or operand.operator != "==" or node.operator != "or":
            return None
        if left is not None and operand.left != left:
            return None
        left = operand.left
        found.append(operand.right)
    return None if left is None or len(found) < 2 else (left, found)
