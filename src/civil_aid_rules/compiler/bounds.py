"""How large the whole numbers of a scaled program can be, from what the record model allows.

Each node has an interval. Where the intervals of all that is asked lie within 64 bits, columns of 64-bit numbers
compute it exactly; records with larger numbers take a path of unlimited ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import Scaled, ScaledRule, parts
from civil_aid_rules.quantities import ordinals

MOST = (2**63 - 1) // 3
"""A third of the most that 64 bits hold: rounding adds the divisor to twice the number, and both can be as large.

All else that columns work out on the way is smaller, or is undone again: what wraps round in a running total, or in the
difference of two branches, comes back to the right number with the next operation.
"""


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that a whole number can be; of a condition, 0 for no and 1 for yes."""

    least: int
    most: int

    @property
    def size(self) -> int:
        """The largest without its sign."""
        return max(abs(self.least), abs(self.most))

    @property
    def is_narrow(self) -> bool:
        """Whether 64 bits hold it, and what rounding makes of it on the way."""
        return self.size <= MOST


NOTHING = Interval(0, 0)
EITHER = Interval(0, 1)
DAYS = Interval(ordinals.FIRST_DAY, ordinals.LAST_DAY)
MONTHS = Interval(-12 * 9999, 12 * 9999)


@dataclass(frozen=True, slots=True)
class Intervals:
    """The interval of each node, given the rules before it."""

    vocabulary: Vocabulary
    rules: Sequence[ScaledRule]
    of_rules: dict[tuple[int, str], Interval] = field(default_factory=dict)

    def is_narrow(self, node: Scaled) -> bool:
        """Whether 64 bits hold the node and everything in it."""
        return self.of(node).is_narrow and all(self.is_narrow(part) for part in parts(node))

    def of_rule(self, slot: int, part: str = "value") -> Interval:
        """The interval of a rule's `n`, or of its divisor; first those of the rules before, for it may read them."""
        if (slot, part) not in self.of_rules:
            for rule in self.rules[len(self.of_rules) // 2 : slot + 1]:
                for name, held in (("value", (rule.value, rule.assumed)), ("divisor", (rule.divisor,))):
                    self.of_rules[rule.slot, name] = _any_of(self.of(node) for node in held if node is not None)
        return self.of_rules[slot, part]

    def of(self, node: Scaled) -> Interval:
        """The interval of a node's known values; of texts and entries it says nothing."""
        match node:
            case scaled.Constant(value):
                return Interval(int(value), int(value)) if isinstance(value, int) else EITHER
            case scaled.FactRead(scope=scope, slot=slot):
                limits = list(self.vocabulary.scopes[scope].facts.values())[slot].limits
                return Interval(limits.least, limits.most)
            case scaled.RuleRead(rule=slot, part=part):
                return self.of_rule(slot, part)
            case scaled.EntryRead():
                return NOTHING
            case scaled.Through(target=inner) | scaled.Present(inner) | scaled.Given(value=inner):
                return self.of(inner)
            case scaled.Arithmetic(sign, left, right):
                return _ARITHMETIC[sign](self.of(left), self.of(right))
            case scaled.Divisor(operand):
                return Interval(1, max(1, self.of(operand).size))
            case scaled.Quotient(above, below):
                return _quotient(self.of(above), self.of(below))
            case scaled.Extreme(function, operands):
                return _extreme(function, [self.of(operand) for operand in operands])
            case scaled.Comparison(sign, left, right):
                return self._comparison(sign, left, right)
            case scaled.Connective(how, operands):
                found = [self.of(operand) for operand in operands]
                return _extreme("min" if how == "and" else "max", found)
            case scaled.Not(operand):
                return _subtracted(Interval(1, 1), self.of(operand))
            case scaled.If(test, then, otherwise):
                held = self.of(test)
                possible = [then] if held.least == 1 else [otherwise] if held.most == 0 else [then, otherwise]
                return _any_of(self.of(part) for part in possible)
            case scaled.Agreement(branches=branches, base=base):
                return _any_of(self.of(part) for part in (*(value for _, value in branches), base) if part is not None)
            case scaled.Fold(function, entries, _, _, value):
                return _folded(function, self.of(value), self.limit(entries.scope))
            case scaled.Pick():
                return NOTHING
            case scaled.Rank(entries):
                return Interval(0, self.limit(entries.scope))
            case scaled.Lookup(key, rows, further):
                return _row(self.of(key), rows, further)
            case scaled.DayFunction(function):
                return MONTHS if function in ("age", "months_between") else DAYS
            case _:
                assert_never(node)

    def limit(self, scope: str) -> int:
        """The most entries of one list."""
        parent, _, name = scope.rpartition(".")
        return self.vocabulary.scopes[parent].lists[name].limit

    def _comparison(self, sign: str, left: Scaled, right: Scaled) -> Interval:
        if not (self._is_ordered(left) and self._is_ordered(right)):
            return EITHER
        one, other = self.of(left), self.of(right)
        match sign:
            case "<":
                return _settled(one.most < other.least, one.least >= other.most)
            case "<=":
                return _settled(one.most <= other.least, one.least > other.most)
            case ">":
                return _settled(one.least > other.most, one.most <= other.least)
            case ">=":
                return _settled(one.least >= other.most, one.most < other.least)
            case _:
                return EITHER

    def _is_ordered(self, node: Scaled) -> bool:
        return not (isinstance(node, scaled.Constant) and not isinstance(node.value, int))


# --- how intervals combine -------------------------------------------------------------------------------------------


def _settled(surely: bool, never: bool) -> Interval:
    return Interval(1, 1) if surely else NOTHING if never else EITHER


def _any_of(intervals: Iterable[Interval]) -> Interval:
    found = list(intervals) or [NOTHING]
    return Interval(min(item.least for item in found), max(item.most for item in found))


def _extreme(function: str, found: Sequence[Interval]) -> Interval:
    pick: Callable[..., Any] = min if function == "min" else max
    return Interval(pick(item.least for item in found), pick(item.most for item in found))


def _added(one: Interval, other: Interval) -> Interval:
    return Interval(one.least + other.least, one.most + other.most)


def _subtracted(one: Interval, other: Interval) -> Interval:
    return Interval(one.least - other.most, one.most - other.least)


def _multiplied(one: Interval, other: Interval) -> Interval:
    corners = [a * b for a in (one.least, one.most) for b in (other.least, other.most)]
    return Interval(min(corners), max(corners))


_ARITHMETIC: Mapping[str, Callable[[Interval, Interval], Interval]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
}


def _quotient(above: Interval, below: Interval) -> Interval:
    least_below = max(1, below.least)
    return Interval(
        min(0, -(-above.least // least_below) - 1) if above.least < 0 else 0,
        max(0, above.most // least_below + 1) if above.most > 0 else 0,
    )


def _folded(function: str, value: Interval, times: int) -> Interval:
    match function:
        case "sum":
            return Interval(min(0, value.least * times), max(0, value.most * times))
        case "product":
            return Interval(-(value.size**times) if value.least < 0 else 0, max(1, value.size) ** times)
        case "any" | "all":
            return EITHER
        case _:
            return _any_of([value, NOTHING])


def _row(key: Interval, rows: Sequence[tuple[int | str, int]], further: int | None) -> Interval:
    amounts = [amount for _, amount in rows]
    last = rows[-1][0]
    if further is not None and isinstance(last, int) and key.most > last:
        amounts.append(amounts[-1] + further * (key.most - last))
    return Interval(min(amounts), max(amounts))
