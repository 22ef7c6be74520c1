"""What is asked of a program in columns, as nodes: status, amount, reasons, and the rules that are named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from civil_aid_rules.backends.columnar.kernel import MaskOf, Plan
from civil_aid_rules.backends.columnar.reads import facts_read, held_by, lists_read, slots_read
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.compiler.lower import lower_with_conditions
from civil_aid_rules.compiler.simplify import calculated, divided, product
from civil_aid_rules.determinations.deciding import deciding_reasons
from civil_aid_rules.errors import Both, EvaluationError, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.scaled import (
    Constant,
    Fold,
    FoldFunction,
    ListRead,
    RuleRead,
    Scaled,
    ScaledProgram,
    ScaledRule,
)
from civil_aid_rules.names import instead_of


@dataclass(frozen=True, slots=True)
class Column:
    """One rule that is named: its type, and where its parts are among what is wanted. `divisor` None: it is 1."""

    name: str
    rule: Rule
    may_be_none: bool
    scaled: ScaledRule
    value: int
    divisor: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """`wanted`: the status, the amount where there is one, then the parts of the named rules. Reasons by id.

    `reads` are the facts that all of it reads, by path and slot.

    Records with a number beyond `limit` need numbers of any size; 64 bits hold all others.
    """

    wanted: tuple[tuple[Scaled, str], ...]
    has_amount: bool
    reasons: tuple[tuple[str, MaskOf], ...]
    columns: tuple[Column, ...]
    reads: dict[str, set[int]]
    limit: int


def question_of(program: Program, vocabulary: Vocabulary, rules: Sequence[str]) -> tuple[Question, Plan]:
    """What is asked, and the program in scaled form to answer it."""
    lowered, condition, may_be_none = lower_with_conditions(program, vocabulary)
    outcome = program.outcome
    wanted: list[tuple[Scaled, str]] = [(_over_lists("any", lowered, outcome.eligible, vocabulary), "")]
    if outcome.payment is not None:
        wanted.append((_over_lists("sum", lowered, outcome.payment, vocabulary), ""))
    columns = [_column(program, lowered, name, wanted, may_be_none) for name in rules]
    asked: list[Scaled] = []

    def noted(rule: Rule, node: Node) -> Scaled:
        asked.append(condition(rule, node))
        return asked[-1]

    reasons = () if program.rules[outcome.eligible].scope else deciding_reasons(program, outcome.eligible, noted)
    nodes = (*(node for node, _ in wanted), *asked)
    shown = [node for column in columns for node in _shown(column)]
    limit = _limit(nodes, shown, lowered.rules, vocabulary)
    question = Question(
        tuple(wanted), outcome.payment is not None, reasons, tuple(columns), facts_read(nodes, lowered.rules), limit
    )
    scopes = lists_read(nodes, lowered.rules, [scope for _, scope in wanted])
    intervals = Intervals(vocabulary, lowered.rules)
    if outcome.payment is not None and intervals.of(wanted[1][0]).size >= MOST_IN_DECIMAL:
        rule = program.rules[outcome.payment]
        raise EvaluationError([problem("column-large", rule.key, found=rule.name, expected=_DIGITS)])
    return question, Plan(program.id, vocabulary, lowered.rules, scopes, intervals, {})


MOST_IN_DECIMAL = 10**38
_DIGITS = Both("at most 36 digits before the point", "小数点前不超过 36 位")


def _over_lists(function: FoldFunction, lowered: ScaledProgram, slot: int, vocabulary: Vocabulary) -> Scaled:
    """A rule's value; of a rule for each entry of a list, of any entry, or of all together."""
    rule = lowered.rules[slot]
    steps = rule.scope.split(".") if rule.scope else []
    read: Scaled = RuleRead(len(steps), slot)
    node = _in_fen(read, rule) if function == "sum" else read
    for place in range(len(steps) - 1, -1, -1):
        outer, scope = ".".join(steps[:place]), ".".join(steps[: place + 1])
        entries = ListRead(place, scope, vocabulary.scopes[outer].lists[steps[place]].slot)
        node = Fold(function, entries, place + 1, None, node)
    return node


def _in_fen(n: Scaled, rule: ScaledRule) -> Scaled:
    if rule.scale == 100 and rule.divisor is None:
        return n
    divisors = [] if rule.divisor is None else [replace(RuleRead(0, rule.slot, "divisor"), variable=_depth(rule))]
    return divided(calculated("*", n, Constant(100)), product([*divisors, Constant(rule.scale)]), "down")


def _depth(rule: ScaledRule) -> int:
    return rule.scope.count(".") + 1 if rule.scope else 0


def _column(
    program: Program,
    lowered: ScaledProgram,
    name: str,
    wanted: list[tuple[Scaled, str]],
    may_be_none: Callable[[Scaled], bool],
) -> Column:
    rule = program.rule(name)
    if rule is None:
        known = [item.key for item in program.rules] + [item.name for item in program.rules]
        raise EvaluationError([problem("column-rule", "rules", found=name, expected=instead_of(name, known))])
    scaled = lowered.rules[rule.slot]
    is_none = may_be_none(RuleRead(0, rule.slot))
    wanted.append((RuleRead(_depth(scaled), rule.slot), rule.scope))
    value = len(wanted) - 1
    if scaled.divisor is None:
        return Column(name, rule, is_none, scaled, value, None)
    wanted.append((RuleRead(_depth(scaled), rule.slot, "divisor"), rule.scope))
    return Column(name, rule, is_none, scaled, value, value + 1)


def _shown(column: Column) -> list[Scaled]:
    """What a column multiplies to show a number: an amount in hundredths; a fraction over its scale and divisor."""
    rule, depth = column.scaled, _depth(column.scaled)
    if rule.kind != "number":
        return []
    amount = calculated("*", RuleRead(depth, rule.slot), Constant(-(-100 // rule.scale)))
    below = calculated("*", RuleRead(depth, rule.slot, "divisor"), Constant(rule.scale))
    return [amount] if rule.divisor is None else [amount, below]


def _limit(
    nodes: Sequence[Scaled], shown: Sequence[Scaled], rules: tuple[ScaledRule, ...], vocabulary: Vocabulary
) -> int:
    """The largest number in a record, a power of ten, up to which 64 bits hold all that is computed; -1: none."""
    held = [*nodes, *shown, *(node for slot in slots_read(nodes, rules) for node in held_by(rules[slot]))]
    for most in (int("1" + "0" * zeros) for zeros in range(15, 4, -1)):
        intervals = Intervals(_limited(vocabulary, most), rules)
        if all(map(intervals.is_narrow, held)):
            return most
    return -1


def _limited(vocabulary: Vocabulary, most: int) -> Vocabulary:
    """The same facts, none beyond a limit."""
    scopes = {}
    for name, scope in vocabulary.scopes.items():
        facts = {
            key: replace(
                fact,
                limits=replace(fact.limits, least=max(fact.limits.least, -most), most=min(fact.limits.most, most)),
            )
            for key, fact in scope.facts.items()
        }
        scopes[name] = replace(scope, facts=facts)
    return replace(vocabulary, scopes=scopes)
