"""What operators mean. Each function takes the meanings of the operands and returns the meaning of the whole.

Arithmetic is exact. An operand that is unknown, or known to be none, has no quantity: the result is unknown. (The
compiler admits only rules in which an operation on none decides nothing: `end == none or end >= on`.)
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from civil_aid_rules.backends.evaluation import Env, Meaning
from civil_aid_rules.ir.values import NONE, NUMBER, UNKNOWN, Exact, ItemReference, Value, exact
from civil_aid_rules.quantities.rounding import RoundingMode, round_to

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def arithmetic(sign: str, left: Meaning, right: Meaning) -> Meaning:
    """Addition, subtraction, multiplication. No reasoning from bounds: 0 times unknown is unknown."""
    apply = _ARITHMETIC[sign]

    def value(env: Env) -> Value:
        one, other = left(env), right(env)
        if one is UNKNOWN or other is UNKNOWN or one is NONE or other is NONE:
            return UNKNOWN
        return exact(apply(one, other))

    return value


def division(left: Meaning, right: Meaning, if_zero: Meaning | None) -> Meaning:
    """Exact division. A divisor known to be zero gives `if_zero`, whatever is divided."""

    def value(env: Env) -> Value:
        divisor = right(env)
        if divisor == 0 and if_zero is not None:
            return if_zero(env)
        divided = left(env)
        if isinstance(divided, NUMBER) and isinstance(divisor, NUMBER):
            return exact(Fraction(divided, divisor))
        return UNKNOWN

    return value


def equality(left: Meaning, right: Meaning, holds: bool) -> Meaning:
    """`==` (holds True) and `!=` (holds False): of numbers, days, texts, entries; with none, whether it is none."""

    def value(env: Env) -> Value:
        one, other = left(env), right(env)
        if one is UNKNOWN or other is UNKNOWN:
            return UNKNOWN
        return (one == other) is holds

    return value


def order(sign: str, left: Meaning, right: Meaning) -> Meaning:
    """`<`, `<=`, `>`, `>=` of two numbers or two days."""
    compare = _ORDER[sign]

    def value(env: Env) -> Value:
        one, other = left(env), right(env)
        if one is UNKNOWN or other is UNKNOWN or one is NONE or other is NONE:
            return UNKNOWN
        return compare(one, other)

    return value


def connective(settles: bool, operands: Sequence[Meaning]) -> Meaning:
    """`and` (settled by no), `or` (settled by yes), strong Kleene: one operand settles it, whatever else is unknown."""
    otherwise = not settles

    def value(env: Env) -> Value:
        result: Value = otherwise
        for operand in operands:
            found = operand(env)
            if found is settles:
                return settles
            if found is not otherwise:
                result = UNKNOWN
        return result

    return value


def negation(operand: Meaning) -> Meaning:
    """`not`: unknown stays unknown."""

    def value(env: Env) -> Value:
        found = operand(env)
        return not found if isinstance(found, bool) else UNKNOWN

    return value


def rounded(operand: Meaning, step: Exact, mode: RoundingMode) -> Meaning:
    """The only loss of exactness that exists, where a rule declares it."""

    def value(env: Env) -> Value:
        found = operand(env)
        return round_to(found, step, mode) if isinstance(found, NUMBER) else UNKNOWN

    return value


def extreme(function: str, operands: Sequence[Meaning]) -> Meaning:
    """The smallest or largest of several numbers or days; unknown if one of them is."""

    def value(env: Env) -> Value:
        return extreme_of(function, [operand(env) for operand in operands])

    return value


def extreme_of(function: str, values: Sequence[Value]) -> Value:
    """The smallest or largest of values that are there; unknown if one of them is."""
    quantities: list[Any] = [item for item in values if isinstance(item, (*NUMBER, datetime.date))]
    if len(quantities) < len(values):
        return UNKNOWN
    found: Value = min(quantities) if function == "min" else max(quantities)
    return found


def through(reference: Meaning, read: Callable[[Env, ItemReference], Value]) -> Meaning:
    """A fact or rule of the entry that a reference points to; unknown where it points to none, or is unknown itself."""

    def value(env: Env) -> Value:
        found = reference(env)
        return read(env, found) if isinstance(found, ItemReference) else UNKNOWN

    return value
