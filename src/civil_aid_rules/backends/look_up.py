"""What tables, bands, scales and functions of days mean."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

from civil_aid_rules.backends.evaluation import Env, Meaning
from civil_aid_rules.ir.parameters import Bands, ParameterValue, Scale, Table
from civil_aid_rules.ir.values import NUMBER, UNKNOWN, Exact, Value, exact


def row(parameter: ParameterValue, key: Meaning) -> Meaning:
    """The amount of the row or band that the key falls on; unknown where there is none, or the table is unset."""
    shape = parameter.shape

    def value(env: Env) -> Value:
        found = key(env)
        if isinstance(shape, Table):
            return _row_of(shape, found)
        return _band_of(shape, found) if isinstance(shape, Bands) and isinstance(found, NUMBER) else UNKNOWN

    return value


def _row_of(table: Table, key: Value) -> Value:
    for row_key, amount in table.rows:
        if row_key == key:
            return amount
    last, amount = table.rows[-1]
    if not (isinstance(last, int) and isinstance(key, int) and key > last):
        return UNKNOWN
    match table.past_end:
        case "undefined":
            return UNKNOWN
        case "last":
            return amount
        case further:
            return exact(amount + further * (key - last))


def _band_of(bands: Bands, number: Exact) -> Value:
    for below, amount in bands.bands:
        if number < below:
            return amount
    return UNKNOWN if bands.rest is None else bands.rest


def graduated(parameter: ParameterValue, base: Meaning) -> Meaning:
    """Each part of the base above a bracket's start, up to the next one's, times the bracket's rate; added up."""
    shape = parameter.shape

    def value(env: Env) -> Value:
        found = base(env)
        return _by_brackets(shape, found) if isinstance(shape, Scale) and isinstance(found, NUMBER) else UNKNOWN

    return value


def _by_brackets(scale: Scale, base: Exact) -> Exact:
    tops = [above for above, _ in scale.brackets[1:]]
    total: Exact = 0
    for (above, rate), top in zip(scale.brackets, [*tops, base], strict=True):
        total += max(min(base, top) - above, 0) * Fraction(rate)
    return exact(total)


def of_day(function: Callable[[datetime.date], Value], argument: Meaning) -> Meaning:
    """A function of one day; unknown if the day is."""

    def value(env: Env) -> Value:
        day = argument(env)
        return function(day) if isinstance(day, datetime.date) else UNKNOWN

    return value


def of_two_days(function: Callable[[datetime.date, datetime.date], Value], start: Meaning, end: Meaning) -> Meaning:
    """A function of two days; unknown if one is."""

    def value(env: Env) -> Value:
        one, other = start(env), end(env)
        if isinstance(one, datetime.date) and isinstance(other, datetime.date):
            return function(one, other)
        return UNKNOWN

    return value


def moved_back(
    function: Callable[[datetime.date, int], datetime.date | None], argument: Meaning, steps: Meaning
) -> Meaning:
    """A day so many months or years before; unknown if one is, or if the number is not whole or reaches too far."""

    def value(env: Env) -> Value:
        day, number = argument(env), steps(env)
        if not isinstance(day, datetime.date) or not isinstance(number, int):
            return UNKNOWN
        moved = function(day, number)
        return UNKNOWN if moved is None else moved

    return value
