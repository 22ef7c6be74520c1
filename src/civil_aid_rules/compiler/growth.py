"""How large numbers can grow: rules whose exact value could have thousands of digits are refused.

Exact numbers never lose a digit, so rules that multiply one another, or add many fractions with different denominators,
could make numbers that no machine holds. For each rule a bound on the binary digits of its value follows from its
structure: facts have at most 15 digits, lists as many entries as the record model allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import assert_never

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
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
from civil_aid_rules.ir.parameters import Bands, ParameterValue, Scale, Table
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.values import Exact
from civil_aid_rules.quantities.working_days import WorkingCalendar

MOST_BITS = 10_000
"""About 3,000 digits; a number of such a size is still shown and read back in an instant."""


@dataclass(frozen=True, slots=True)
class Size:
    """A bound for a number: binary digits above the line; below it a constant (`fixed`), and binary digits (`free`).

    Fractions with the same constant below the line have a common denominator; with facts there, each has its own.
    """

    above: int
    fixed: int = 1
    free: int = 0
    constant: bool = False

    @property
    def below(self) -> int:
        """Binary digits below the line."""
        return self.fixed.bit_length() - 1 + self.free

    @property
    def bits(self) -> int:
        """All binary digits."""
        return self.above + self.below


FACT = Size(60, 100)
SMALL = Size(20)
NOTHING = Size(1, constant=True)


@dataclass(frozen=True, slots=True)
class KeptSize:
    """A bound for a rule's value, given those of the rules that it reads."""

    rule: Rule
    read: list[Size]
    size: Size


def check_growth(
    rules: Sequence[Rule],
    reads: Mapping[int, Sequence[int]],
    vocabulary: Vocabulary,
    known: dict[int, KeptSize],
    problems: list[Problem],
) -> None:
    """Report each first rule whose value could grow too large. `rules` in evaluation order.

    `reads` has the slots that each rule reads; `known`, by the identity of a rule, what was found for it before.
    """
    lists = [item for scope in vocabulary.scopes.values() for item in scope.lists.values()]
    sizes = _Sizes({}, {item.scope: item.limit for item in lists})
    for rule in rules:
        read, kept = [sizes.rules[slot] for slot in reads[rule.slot]], known.get(id(rule))
        if kept is None or kept.rule is not rule or kept.read != read:
            kept = known[id(rule)] = KeptSize(rule, read, sizes.of(rule.body))
        size = kept.size
        if size.bits > MOST_BITS:
            digits, most = (str(bits * 3 // 10) for bits in (size.bits, MOST_BITS))
            problems.append(problem("rule-too-large", rule.at, found=rule.key, expected=most, digits=digits))
            size = FACT  # said once: what reads this rule is not at fault as well
        sizes.rules[rule.slot] = size


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Sizes of nodes, given those of the rules before. `limits` has the most entries of each list."""

    rules: dict[int, Size]
    limits: Mapping[str, int]

    def of(self, node: Node) -> Size:
        """A bound for a node's value."""
        match node:
            case Constant() | ParameterRead() | TableRead() | Graduated():
                return self._legal(node)
            case FactRead():
                return FACT
            case RuleRead(rule=slot) | Through(target=RuleRead(rule=slot)):
                return self.rules[slot]
            case Through():
                return FACT
            case Named(body=inner):
                return self.of(inner)
            case Arithmetic("*", left, right):
                return product(self.of(left), self.of(right))
            case Arithmetic(left=left, right=right):
                return added(self.of(left), self.of(right))
            case Division(left, right, if_zero):
                instead = NOTHING if if_zero is None else self.of(if_zero)
                return largest([quotient(self.of(left), self.of(right)), instead])
            case Round(operand, step):
                return rounded(self.of(operand), step)
            case Cases(branches, last) | Exceptions(last, branches):
                return largest([*(self.of(branch.value) for branch in branches), self.of(last)])
            case Decision(hit, rows):
                values = [self.of(row.value) for row in rows]
                return largest(values) if hit == "unique" else all_added(values)
            case Choose(options=parts) | Extreme(operands=parts):
                return largest([self.of(part) for part in parts])
            case Aggregate():
                return self._aggregate(node)
            case Rank() | DateFunction():
                return SMALL
            case DecidedDay() | Undefined() | EntryRead() | IsSet() | Comparison() | Connective() | Not() | Pick():
                return NOTHING
            case _:
                assert_never(node)

    def _aggregate(self, node: Aggregate) -> Size:
        most = self.limits[node.entries.scope]
        instead = NOTHING if node.if_empty is None else self.of(node.if_empty)
        match node.function:
            case "count":
                return SMALL
            case "any" | "all":
                return NOTHING
            case "sum":
                return repeated(self.of(node.value), most)
            case "min" | "max":
                return largest([self.of(node.value), instead])
            case _:
                assert_never(node.function)

    def _legal(self, node: Constant | ParameterRead | TableRead | Graduated) -> Size:
        match node:
            case Constant(value):
                return exact_size(value)
            case ParameterRead(parameter):
                return exact_size(parameter.value)
            case TableRead(parameter, key):
                steps = product(_further(parameter), self.of(key))
                return added(largest([exact_size(amount) for amount in _amounts(parameter)]), steps)
            case Graduated(parameter, base):
                return all_added([product(self.of(base), exact_size(rate)) for rate in _amounts(parameter)])
            case _:
                assert_never(node)


# --- how sizes combine -----------------------------------------------------------------------------------------------


def exact_size(value: object) -> Size:
    """The size of a known number; of anything else nothing to speak of."""
    if isinstance(value, int | Fraction):
        return Size(abs(value.numerator).bit_length() + 1, value.denominator, constant=True)
    return NOTHING


def largest(sizes: Iterable[Size]) -> Size:
    """A bound for one of several, whichever it is."""
    found = list(sizes) or [NOTHING]
    return Size(
        max(size.above for size in found),
        lcm(*(size.fixed for size in found)),
        max(size.free for size in found),
        all(size.constant for size in found),
    )


def product(one: Size, other: Size) -> Size:
    """Of two numbers multiplied."""
    constant = one.constant and other.constant
    return Size(one.above + other.above, one.fixed * other.fixed, one.free + other.free, constant)


def quotient(one: Size, other: Size) -> Size:
    """Of one number divided by another."""
    if other.constant:
        return Size(one.above + other.below, one.fixed << other.above, one.free, one.constant)
    return Size(one.above + other.below, one.fixed, one.free + other.above)


def added(one: Size, other: Size) -> Size:
    """Of two numbers added: each is brought to the common denominator."""
    fixed, free = lcm(one.fixed, other.fixed), one.free + other.free
    below = fixed.bit_length() - 1 + free
    above = max(one.above + below - one.below, other.above + below - other.below) + 1
    return Size(above, fixed, free, one.constant and other.constant)


def all_added(sizes: Sequence[Size]) -> Size:
    """Of several numbers added."""
    total = NOTHING
    for size in sizes:
        total = added(total, size)
    return total


def repeated(size: Size, times: int) -> Size:
    """Of so many numbers of one size added: constants below the line are common to all, facts are not."""
    return Size(size.above + (times - 1) * size.free + times.bit_length(), size.fixed, times * size.free)


def rounded(size: Size, step: Exact) -> Size:
    """Of a number rounded to a multiple of a step: what was below the line is gone."""
    above = size.above + step.denominator.bit_length() + 1
    return Size(above, step.denominator, 0, size.constant)


def _amounts(parameter: ParameterValue) -> list[Exact]:
    match parameter.shape:
        case Table(rows):
            return [amount for _, amount in rows]
        case Bands(bands, rest):
            return [amount for _, amount in bands] + ([] if rest is None else [rest])
        case Scale(brackets):
            return [number for bracket in brackets for number in bracket]
        case WorkingCalendar() | None:
            return []


def _further(parameter: ParameterValue) -> Size:
    shape = parameter.shape
    further = shape.past_end if isinstance(shape, Table) and not isinstance(shape.past_end, str) else 0
    return exact_size(further)
