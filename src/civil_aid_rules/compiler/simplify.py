"""Scaled nodes put together, each as simple as what is settled when compiling allows. Nothing here changes a value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal

from civil_aid_rules.ir.scaled import (
    Agreement,
    Arithmetic,
    Comparison,
    Connective,
    Constant,
    DayFunction,
    Divisor,
    Extreme,
    Given,
    If,
    Lookup,
    Not,
    Present,
    Quotient,
    Scaled,
)
from civil_aid_rules.ir.values import NONE, UNKNOWN
from civil_aid_rules.quantities import ordinals
from civil_aid_rules.quantities.rounding import RoundingMode, round_to

Order = Literal["<", "<=", ">", ">=", "==", "!="]
NOTHING_KNOWN: Final = Constant(UNKNOWN)
NO_ENTRY: Final = Constant(NONE)
YES: Final = Constant(True)
NO: Final = Constant(False)

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_TURNED: dict[str, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE: dict[str, Order] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def number(node: Scaled) -> int | None:
    """The whole number that a node is, if that is settled."""
    return node.value if isinstance(node, Constant) and isinstance(node.value, int) else None


def is_settled(*nodes: Scaled) -> bool:
    """Whether each is a known number, day or text."""
    return all(isinstance(node, Constant) and isinstance(node.value, int | str) for node in nodes)


def calculated(sign: Literal["+", "-", "*"], left: Scaled, right: Scaled) -> Scaled:
    """`left + right`, `left - right`, `left * right`."""
    if NOTHING_KNOWN in (left, right):
        return NOTHING_KNOWN
    if sign == "*" and isinstance(left, Constant) and not isinstance(right, Constant):
        left, right = right, left
    one, other = number(left), number(right)
    if one is not None and other is not None:
        return Constant(_ARITHMETIC[sign](one, other))
    if (sign == "*" and one == 1) or (sign == "+" and one == 0):
        return right
    if (sign == "*" and other == 1) or (sign != "*" and other == 0):
        return left
    if sign == "*" and other is not None and isinstance(left, Arithmetic) and left.operator == "*":
        inner = number(left.right)
        if inner is not None:
            return calculated("*", left.left, Constant(inner * other))
    return Arithmetic(sign, left, right)


def product(factors: Iterable[Scaled]) -> Scaled:
    """All multiplied; of nothing 1."""
    result: Scaled = Constant(1)
    for factor in factors:
        result = calculated("*", result, factor)
    return result


def divisor(operand: Scaled) -> Scaled:
    """The operand without its sign; 1 where it is 0 or unknown."""
    settled = number(operand)
    if settled is not None or operand == NOTHING_KNOWN:
        return Constant(abs(settled or 1))
    return Divisor(operand)


def divided(above: Scaled, below: Scaled, mode: RoundingMode | Literal["whole"]) -> Scaled:
    """`above / below` as a whole number."""
    if above == NOTHING_KNOWN or number(below) == 1:
        return above
    one, other = number(above), number(below)
    if one is None or other is None:
        return Quotient(above, below, mode)
    if mode == "whole":
        return Constant(one // other) if one % other == 0 else NOTHING_KNOWN
    return Constant(int(round_to(one, other, mode)) // other)


def extreme(function: Literal["min", "max"], operands: Sequence[Scaled]) -> Scaled:
    """The smallest or largest."""
    if NOTHING_KNOWN in operands:
        return NOTHING_KNOWN
    if is_settled(*operands):
        found = [value for value in map(number, operands) if value is not None]
        return Constant(min(found) if function == "min" else max(found))
    return operands[0] if len(set(operands)) == 1 else Extreme(function, tuple(operands))


def given(value: Scaled, condition: Scaled) -> Scaled:
    """The value, where the condition is known at all."""
    if condition == NOTHING_KNOWN:
        return NOTHING_KNOWN
    return value if value == NOTHING_KNOWN or is_settled(condition) else Given(value, condition)


def compared(sign: Order, left: Scaled, right: Scaled) -> Scaled:
    """Two numbers, days, texts, entries or conditions compared."""
    if NOTHING_KNOWN in (left, right):
        return NOTHING_KNOWN
    if isinstance(left, Constant) and isinstance(right, Constant):
        return Constant(_ORDER[sign](left.value, right.value))
    if isinstance(left, Constant):
        return compared(_TURNED[sign], right, left)
    limit = number(right)
    if limit is None:
        return Comparison(sign, left, right)
    if isinstance(right, Constant) and isinstance(right.value, bool) and sign in ("==", "!="):
        return left if right.value is (sign == "==") else opposite(left)
    return _by_its_day(sign, left, limit) or Comparison(sign, left, right)


def opposite(operand: Scaled) -> Scaled:
    """`not`."""
    match operand:
        case Constant(bool() as value):
            return Constant(not value)
        case Constant():
            return NOTHING_KNOWN
        case Not(inner):
            return inner
        case Comparison(sign, left, right):
            return Comparison(_OPPOSITE[sign], left, right)
        case _:
            return Not(operand)


def connected(how: Literal["and", "or"], operands: Iterable[Scaled]) -> Scaled:
    """`and`, `or`."""
    settles, otherwise = (NO, YES) if how == "and" else (YES, NO)
    left: list[Scaled] = []
    for operand in operands:
        parts = operand.operands if isinstance(operand, Connective) and operand.operator == how else (operand,)
        left += [part for part in parts if part not in left and part != otherwise]
    if settles in left:
        return settles
    return otherwise if not left else left[0] if len(left) == 1 else Connective(how, tuple(left))


def chosen(test: Scaled, then: Scaled, otherwise: Scaled) -> Scaled:
    """`then` where the test holds, else `otherwise`."""
    if test == YES:
        return then
    if test == NO:
        return otherwise
    if test == NOTHING_KNOWN and (NOTHING_KNOWN in (then, otherwise) or _differ(then, otherwise)):
        return NOTHING_KNOWN
    if then == otherwise:
        return then
    if isinstance(then, Constant) and isinstance(otherwise, Constant) and then.value is True:
        return test if otherwise.value is False else If(test, then, otherwise)
    if isinstance(then, Constant) and isinstance(otherwise, Constant) and then.value is False:
        return opposite(test) if otherwise.value is True else If(test, then, otherwise)
    return If(test, then, otherwise)


def _differ(one: Scaled, other: Scaled) -> bool:
    return isinstance(one, Constant) and isinstance(other, Constant) and one.value != other.value


def present(operand: Scaled) -> Scaled:
    """The operand; unknown where it is none."""
    if operand == NO_ENTRY:
        return NOTHING_KNOWN
    return operand if isinstance(operand, Constant) else Present(operand)


def rebuilt(node: Scaled, settled: Callable[[Scaled], Scaled | None]) -> Scaled:
    """The node with parts of it settled, and all that follows from that. What lists come to stays as it is."""
    found = settled(node)
    if found is not None:
        return found

    def inner(part: Scaled) -> Scaled:
        return rebuilt(part, settled)

    match node:
        case Present(operand):
            return present(inner(operand))
        case Given(value, condition):
            return given(inner(value), inner(condition))
        case Arithmetic(sign, left, right):
            return calculated(sign, inner(left), inner(right))
        case Divisor(operand):
            return divisor(inner(operand))
        case Quotient(above, below, mode):
            return divided(inner(above), inner(below), mode)
        case Extreme(function, operands):
            return extreme(function, [inner(operand) for operand in operands])
        case Comparison(sign, left, right):
            return compared(sign, inner(left), inner(right))
        case Connective(how, operands):
            return connected(how, map(inner, operands))
        case Not(operand):
            return opposite(inner(operand))
        case If(test, then, otherwise):
            return chosen(inner(test), inner(then), inner(otherwise))
        case DayFunction(function, arguments, age_rule, calendar):
            return of_days(DayFunction(function, tuple(map(inner, arguments)), age_rule, calendar))
        case Lookup(key, rows, further):
            key = inner(key)
            return key if key == NOTHING_KNOWN else Lookup(key, rows, further)
        case Agreement(hit, branches, base):
            pairs = [(inner(test), None if value is None else inner(value)) for test, value in branches]
            possible = tuple((test, value) for test, value in pairs if test != NO)
            if base is None:
                return Agreement(hit, possible, None)
            base = inner(base)
            return _with_exceptions(possible, base)
        case _:
            return node


def _with_exceptions(branches: tuple[tuple[Scaled, Scaled | None], ...], base: Scaled) -> Scaled:
    """A base with exceptions; with one it is a choice of two."""
    if not branches:
        return base
    (test, value), *more = branches
    return Agreement("exceptions", branches, base) if more or value is None else chosen(test, value, base)


# --- days -----------------------------------------------------------------------------------------------------------


def of_days(node: DayFunction) -> Scaled:
    """A function of days; its value where all is settled."""
    if NOTHING_KNOWN in node.arguments:
        return NOTHING_KNOWN
    if not is_settled(*node.arguments):
        return node
    more = [part for part in (node.age_rule, node.calendar) if part is not None]
    values = [argument.value for argument in node.arguments if isinstance(argument, Constant)]
    found = getattr(ordinals, node.function)(*values, *more)
    return NOTHING_KNOWN if found is None else Constant(found)


def _by_its_day(sign: Order, node: Scaled, limit: int) -> Scaled | None:
    """`age(birth, on) >= 60` as a comparison of `birth` with a day: what only rises or falls with a day has one limit.

    None where the left side is no such function of one day, or equality is asked.
    """
    found = _of_one_day(node)
    if found is None or sign in ("==", "!="):
        return None
    day, value, rises = found
    early = rises == (sign in ("<", "<="))  # whether it holds on early days, and not on late ones

    def holds(number: int) -> bool:
        return _ORDER[sign](value(number), limit)

    before, after = ordinals.FIRST_DAY - 1, ordinals.LAST_DAY + 1
    while after - before > 1:
        middle = (before + after) // 2
        if holds(middle) is early:
            before = middle
        else:
            after = middle
    return Comparison("<=", day, Constant(before)) if early else Comparison(">", day, Constant(before))


def _of_one_day(node: Scaled) -> tuple[Scaled, Callable[[int], int], bool] | None:
    """The day that a node is a function of, the function, and whether it rises (else it falls), step by step."""
    match node:
        case DayFunction("age", (day, Constant(int() as on)), age_rule) if age_rule is not None:
            return _then(day, lambda birth: ordinals.age(birth, on, age_rule), False)
        case DayFunction("months_between", (day, Constant(int() as end))):
            return _then(day, lambda start: ordinals.months_between(start, end), False)
        case DayFunction("months_between", (Constant(int() as start), day)):
            return _then(day, lambda end: ordinals.months_between(start, end), True)
        case DayFunction("start_of_month", (day,)):
            return _then(day, ordinals.start_of_month, True)
        case DayFunction("start_of_year", (day,)):
            return _then(day, ordinals.start_of_year, True)
        case _:
            return None


def _then(day: Scaled, function: Callable[[int], int], rises: bool) -> tuple[Scaled, Callable[[int], int], bool]:
    inner = _of_one_day(day)
    if inner is None:
        return day, function, rises
    first, before, rose = inner
    return first, lambda number: function(before(number)), rises == rose
