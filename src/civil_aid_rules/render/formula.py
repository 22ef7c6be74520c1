"""A rule's body as a formula that people read: once with titles, once with the values of one evaluation.

Only what was used is written: of cases, exceptions and rows the one taken. Sums over a list show each
entry's part by the entry's id. Amounts are exact: a formula with values can be redone by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, assert_never

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.backends.interpreter import (
    applying,
    chosen_option,
    entries_of,
    evaluate,
    meeting,
    possible_cases,
    possible_exceptions,
    possible_rows,
)
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
    Branch,
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
from civil_aid_rules.ir.parameters import ParameterValue, Scale
from civil_aid_rules.ir.text import ADD, AND, COMPARE, MULTIPLY, NOT, OR, WHOLE
from civil_aid_rules.ir.types import NumberType, TextType
from civil_aid_rules.ir.values import UNKNOWN, Exact, Value
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.shown import (
    Choices,
    choices_of,
    day,
    entry_name,
    number_in_formula,
    quantity,
    type_of,
    value_words,
)

_SIGNS = {"+": "+", "-": "−", "*": "×", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


class Piece(NamedTuple):
    """A part of a formula, with how strongly it holds together."""

    text: Bilingual
    strength: int = WHOLE

    def within(self, least: int) -> Bilingual:
        """The text, in brackets where its place asks for more strength."""
        return self.text if self.strength >= least else phrase("brackets", text=self.text)


@dataclass(frozen=True, slots=True)
class Because:
    """Why a branch was taken, in words, and its own legal source."""

    text: Bilingual
    citations: tuple[Citation, ...]


def with_titles(node: Node, env: Env, evaluation: Evaluation) -> Bilingual:
    """The formula in titles: 核定收入 ÷ 共同生活人数."""
    return _Writer(evaluation, env, titles=True).piece(node).text


def with_values(node: Node, env: Env, evaluation: Evaluation) -> Piece:
    """The formula in values: 900.00 ÷ 3."""
    return _Writer(evaluation, env, titles=False).piece(node)


def branches_taken(node: Node, env: Env, evaluation: Evaluation) -> tuple[Because, ...]:
    """Why each branch on the way was taken, in the order met."""
    writer = _Writer(evaluation, env, titles=True)
    writer.piece(node)
    return tuple(dict.fromkeys(writer.because))


def rounding_words(node: Round, unit: Unit) -> Bilingual:
    """How a value is rounded: 四舍五入到0.01元."""
    step = quantity(node.step, Unit() if unit.currency is None else Unit(((unit.currency, 1),)))
    return phrase(node.mode, step=Bilingual(en=step.en, zh=step.zh.replace(" ", "")))


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


class _Writer:
    """Writes one formula; collects why branches were taken."""

    __slots__ = ("because", "env", "evaluation", "titles")

    def __init__(self, evaluation: Evaluation, env: Env, *, titles: bool) -> None:
        self.evaluation = evaluation
        self.env = env
        self.titles = titles
        self.because: list[Because] = []

    def piece(self, node: Node, choices: Choices = ()) -> Piece:
        """A node as a part of a formula; `choices` gives a written text its title."""
        match node:
            case Constant() | DecidedDay() | Undefined() | EntryRead() | IsSet():
                return Piece(self._plain(node, choices))
            case FactRead() | RuleRead() | ParameterRead() | TableRead() | Through():
                return self._leaf(node)
            case Named(body=body):
                return self.piece(body)
            case Cases() | Exceptions() | Decision():
                return self._taken(node)
            case Choose():
                return self._choose(node)
            case Arithmetic():
                return self._arithmetic(node)
            case Division(left, right):
                text = _between(self.piece(left).within(MULTIPLY), "÷", self.piece(right).within(WHOLE))
                return Piece(text, MULTIPLY)
            case Comparison():
                return self._comparison(node)
            case Connective():
                return self._connective(node)
            case Not(operand):
                return Piece(phrase("not", operand=self.piece(operand).within(WHOLE)), NOT)
            case Round():
                how = rounding_words(node, unit_of(node, self.evaluation))
                return Piece(phrase("rounded", operand=self.piece(node.operand).text, how=how))
            case Extreme(function, operands):
                parts = joined(tuple(self.piece(part).text for part in operands), en=", ", zh="，")
                return Piece(phrase(f"extreme_{function}", parts=parts))
            case Graduated():
                return self._graduated(node)
            case DateFunction(function, arguments):
                texts = [self.piece(argument).text for argument in arguments]
                return Piece(phrase(function, **dict(zip("ab", texts, strict=False))))
            case Aggregate():
                return self._aggregate(node)
            case Pick() | Rank():
                return self._ordered(node)
            case _:
                assert_never(node)

    # --- leaves ------------------------------------------------------------------------------------------------------

    def _plain(self, node: Constant | DecidedDay | Undefined | EntryRead | IsSet, choices: Choices) -> Bilingual:
        match node:
            case Constant(value) if isinstance(value, int | Fraction) and not isinstance(value, bool):
                return same(number_in_formula(value, Unit()))
            case Constant(value):
                return value_words(value, TextType(("",)), self.evaluation.facts, choices)
            case DecidedDay():
                return phrase("decided_day") if self.titles else day(self.env.on)
            case Undefined():
                return phrase("undefined")
            case EntryRead():
                return phrase("the_entry") if self.titles else self._value(node)
            case IsSet(parameter):
                return phrase("is_set", what=parameter.title) if self.titles else self._value(node)

    def _leaf(self, node: FactRead | RuleRead | ParameterRead | TableRead | Through) -> Piece:
        return Piece(self._title(node) if self.titles else self._leaf_value(node))

    def _title(self, node: FactRead | RuleRead | ParameterRead | TableRead | Through) -> Bilingual:
        match node:
            case FactRead(title=title):
                return title
            case RuleRead(rule=slot):
                return self.evaluation.program.rules[slot].title
            case ParameterRead(parameter):
                return parameter_title(parameter)
            case TableRead(parameter, key):
                return phrase("looked_up", table=parameter_title(parameter), key=self.piece(key).text)
            case Through(reference, target):
                return phrase("through", what=self._title(target), whose=self.piece(reference).text)

    def _leaf_value(self, node: FactRead | RuleRead | ParameterRead | TableRead | Through) -> Bilingual:
        value = self._value(node)
        if isinstance(node, TableRead):
            key = self.piece(node.key, node.parameter.choice_titles).text
            return phrase("row_used", value=value, key=key)
        if isinstance(node, Through):
            whose = evaluate(node.reference, self.env)
            return phrase("of_entry", value=value, entry=self._entry(whose))
        return value

    def _value(self, node: Node) -> Bilingual:
        """A node's value as a part of a formula: without its unit."""
        value = evaluate(node, self.env)
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return same(number_in_formula(value, unit_of(node, self.evaluation)))
        program, facts = self.evaluation.program, self.evaluation.facts
        return value_words(value, type_of(node, program), facts, choices_of(node, program, facts))

    def _entry(self, value: Value) -> Bilingual:
        return value_words(value, None, self.evaluation.facts)

    # --- operators ---------------------------------------------------------------------------------------------------

    def _arithmetic(self, node: Arithmetic) -> Piece:
        own = MULTIPLY if node.operator == "*" else ADD
        left = self.piece(node.left).within(own)
        right = self.piece(node.right).within(own + (node.operator == "-"))
        return Piece(_between(left, _SIGNS[node.operator], right), own)

    def _comparison(self, node: Comparison) -> Piece:
        program = self.evaluation.program
        facts = self.evaluation.facts
        choices = choices_of(node.left, program, facts) or choices_of(node.right, program, facts)
        left, right = self.piece(node.left, choices).within(ADD), self.piece(node.right, choices).within(ADD)
        return Piece(_between(left, _SIGNS[node.operator], right), COMPARE)

    def _connective(self, node: Connective) -> Piece:
        own = AND if node.operator == "and" else OR
        texts = [self.piece(operand).within(own + 1) for operand in node.operands]
        text = texts[0]
        for other in texts[1:]:
            text = phrase(node.operator, left=text, right=other)
        return Piece(text, own if len(texts) > 1 else WHOLE)

    # --- branches ----------------------------------------------------------------------------------------------------

    def _taken(self, node: Cases | Exceptions | Decision) -> Piece:
        """The branch that gave the value; what an open choice depends on where none did."""
        if isinstance(node, Decision) and node.hit == "collect":
            return self._collected(node)
        used = self._used(node)
        if used is None:
            return Piece(phrase("depends"))
        self._say_why(node, used)
        return self.piece(used)

    def _used(self, node: Cases | Exceptions | Decision) -> Node | None:
        match node:
            case Cases():
                possible = possible_cases(node, self.env)
            case Exceptions():
                possible = possible_exceptions(node, self.env)
            case Decision():
                possible = [row.value for row in possible_rows(node, self.env)]
        known = len(possible) == 1 or evaluate(node, self.env) is not UNKNOWN
        return possible[0] if possible and known else None

    def _say_why(self, node: Cases | Exceptions | Decision, used: Node) -> None:
        branches = node.rows if isinstance(node, Decision) else node.branches
        taken = next((branch for branch in branches if branch.value is used), None)
        named = used if isinstance(used, Named) else None
        text = None if named is None else named.text
        if text is None and taken is not None:
            text = _Writer(self.evaluation, self.env, titles=True).piece(taken.test).text
        if text is None and isinstance(node, Cases) and len(branches) == 1:
            test = _Writer(self.evaluation, self.env, titles=True).piece(branches[0].test).text
            text = phrase("settled", state=phrase("condition_no"), text=test)
        if text is not None:
            self.because.append(Because(text, () if named is None else named.citations))

    def _collected(self, node: Decision) -> Piece:
        yes, maybe = applying(node.rows, self.env)
        rows: list[Branch] = [*yes, *maybe]
        if not rows:
            return Piece(same("0"))
        return self._added([self.piece(row.value).within(ADD) for row in rows])

    def _choose(self, node: Choose) -> Piece:
        used = chosen_option(node, self.env)
        if used is not None:
            self.because.append(Because(used.text or same(used.id), used.citations))
        parts = joined(tuple(self._option(option) for option in node.options), en="; ", zh="；")
        return Piece(phrase(f"choose_{node.take}", parts=parts))

    def _option(self, option: Named) -> Bilingual:
        return phrase("option", title=option.text or same(option.id), value=self.piece(option.body).text)

    # --- lists -------------------------------------------------------------------------------------------------------

    def _aggregate(self, node: Aggregate) -> Piece:
        return Piece(self._list_title(node)) if self.titles else self._list_values(node)

    def _list_title(self, node: Aggregate) -> Bilingual:
        self._bind_any(node)
        entries = node.entries.title
        if node.function == "count":
            return phrase("count_of", list=self._limited(entries, node.condition))
        what = self.piece(node.value).text
        return phrase(f"{node.function}_of", what=what, list=self._limited(entries, node.condition))

    def _bind_any(self, node: Aggregate | Pick | Rank) -> None:
        """Some entry for the list's variable, so that looking at its parts has something to look at."""
        for entry in (entries_of(node.entries, self.env) or ())[:1]:
            self.env.entries[node.variable] = entry

    def _limited(self, what: Bilingual, condition: Node | None) -> Bilingual:
        return what if condition is None else phrase("if_only", what=what, condition=self.piece(condition).text)

    def _list_values(self, node: Aggregate) -> Piece:
        if node.function == "count":
            return self._count(node)
        parts = self._parts(node, node.value)
        if not parts:
            return Piece(self._value(node))
        if node.function == "sum":
            return self._added(parts)
        listed = joined(tuple(parts), en=", ", zh="，")
        return Piece(listed if node.function in ("any", "all") else phrase(f"extreme_{node.function}", parts=listed))

    def _count(self, node: Aggregate) -> Piece:
        names = tuple(
            same(entry_name(entry, self.evaluation.facts))
            if test is True
            else phrase("of_entry", value=phrase("unknown"), entry=entry_name(entry, self.evaluation.facts))
            for entry, test in meeting(node.entries, node.variable, node.condition, self.env)
        )
        value = self._value(node)
        return Piece(phrase("counted", value=value, entries=joined(names)) if names else value)

    def _parts(self, node: Aggregate | Pick | Rank, value: Node) -> list[Bilingual]:
        """Each entry that counts with its value: 500.00（m1）."""
        found: list[Bilingual] = []
        for entry, test in meeting(node.entries, node.variable, node.condition, self.env):
            shown = self._value(value) if test is True else phrase("unknown")
            found.append(phrase("of_entry", value=shown, entry=entry_name(entry, self.evaluation.facts)))
        return found

    def _added(self, parts: list[Bilingual]) -> Piece:
        return Piece(joined(tuple(parts), en=" + ", zh=" + "), ADD if len(parts) > 1 else WHOLE)

    def _ordered(self, node: Pick | Rank) -> Piece:
        if not self.titles:
            parts = self._parts(node, node.by)
            return Piece(joined(tuple(parts), en=", ", zh="，") if parts else phrase("nobody"))
        self._bind_any(node)
        kind = "pick" if isinstance(node, Pick) else "rank"
        text = phrase(f"{kind}_{node.order}", list=node.entries.title, by=self.piece(node.by).text)
        return Piece(self._limited(text, node.condition))

    # --- scales ------------------------------------------------------------------------------------------------------

    def _graduated(self, node: Graduated) -> Piece:
        base = UNKNOWN if self.titles else evaluate(node.base, self.env)
        if not isinstance(base, int | Fraction) or not isinstance(node.parameter.shape, Scale):
            return Piece(phrase("graduated", scale=parameter_title(node.parameter), base=self.piece(node.base).text))
        parts = _graduated_parts(node.parameter.shape, base, unit_of(node.base, self.evaluation))
        return self._added([same(part) for part in parts]) if parts else Piece(same("0"))


def _graduated_parts(scale: Scale, base: Exact, unit: Unit) -> list[str]:
    """Each bracket's part times its rate: (500.00 − 100.00) × 10%."""
    found: list[str] = []
    for index, (above, rate) in enumerate(scale.brackets):
        top = min(base, scale.brackets[index + 1][0]) if index + 1 < len(scale.brackets) else base
        if top > above:
            share = f"({number_in_formula(top, unit)} − {number_in_formula(above, unit)})"
            found.append(f"{share} × {number_in_formula(rate, Unit())}")
    return found


def parameter_title(parameter: ParameterValue) -> Bilingual:
    """A legal value's title, with the day it was frozen on where it is not that of the day decided."""
    if parameter.frozen_on is None:
        return parameter.title
    return phrase("frozen", title=parameter.title, day=day(parameter.frozen_on))


def _between(left: Bilingual, sign: str, right: Bilingual) -> Bilingual:
    return joined((left, right), en=f" {sign} ", zh=f" {sign} ")
