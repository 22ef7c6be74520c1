"""What the operations in formula texts mean, as docs/reference says. Imports nothing of the engine."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dateutil.relativedelta import relativedelta

UNKNOWN, NONE, ZERO = None, "(none)", Fraction(0)
_MONTH = relativedelta(months=1)


def opposite(value: Any) -> Any:
    """`not`."""
    return UNKNOWN if value is UNKNOWN else not value


def kleene(values: list[Any], *, settles: bool) -> Any:
    """`or` is settled by yes, `and` by no, whatever else is unknown."""
    return settles if settles in values else UNKNOWN if UNKNOWN in values else not settles


def agreed(values: list[Any]) -> Any:
    """The value that all have."""
    return values[0] if values and all(value is not UNKNOWN and value == values[0] for value in values) else UNKNOWN


def aggregate(name: str, found: list[tuple[Any, Any]], empty: Any) -> Any:
    """Of entries that count (True) or may (UNKNOWN), with their values."""
    sure = all(test is True for test, _ in found)
    values = [value for _, value in found]
    match name:
        case "count":
            return Fraction(len(found)) if sure else UNKNOWN
        case "sum":
            known = all(value == 0 or (test and value is not UNKNOWN) for test, value in found)
            return sum(values, ZERO) if known else UNKNOWN
        case "any":
            return kleene([kleene([test, value], settles=False) for test, value in found], settles=True)
        case "all":
            held = kleene([kleene([opposite(test), value], settles=True) for test, value in found], settles=False)
            surely = any(test is True for test, _ in found)
            return held if surely or held is False else empty if not found else agreed([held, empty])
    if not found:
        return empty
    return UNKNOWN if not sure or UNKNOWN in values else (min if name == "min" else max)(values)


def row(rows: dict[str, str] | None, key: Any) -> Any:
    """The row of a table or the band that a key falls on."""
    if rows is None or key is UNKNOWN:
        return UNKNOWN
    if isinstance(key, Fraction) and any(name.startswith("below ") for name in rows):
        bands = [(name, value) for name, value in rows.items() if name != "rest"]
        below = (Fraction(value) for name, value in bands if key < Fraction(name.removeprefix("below ")))
        rest = rows.get("rest")
        return next(below, UNKNOWN if rest is None else Fraction(rest))
    if str(key) in rows:
        return Fraction(rows[str(key)])
    numbers = [int(name) for name in rows if name.isdigit()]
    past = rows.get("past end", "undefined")
    if not numbers or not isinstance(key, Fraction) or key < max(numbers) or past == "undefined":
        return UNKNOWN
    last = Fraction(rows[str(max(numbers))])
    further = Fraction(past.removeprefix("each further ")) if past != "last" else ZERO
    return last + further * (key - max(numbers))


def graduated(rows: dict[str, str], base: Any) -> Any:
    """Each part of the base above a bracket's start, up to the next, times the bracket's rate."""
    if base is UNKNOWN:
        return UNKNOWN
    starts = [(Fraction(name.removeprefix("above ")), Fraction(rate)) for name, rate in rows.items()]
    tops = [*(above for above, _ in starts[1:]), base]
    return sum(
        (max(min(base, top) - above, ZERO) * rate for (above, rate), top in zip(starts, tops, strict=True)), ZERO
    )


def plain(name: str, values: list[Any], words: list[str]) -> Any:
    """A function of values alone; unknown where one that it needs is."""
    if name == "first_above_zero":
        return next((value for value in values if value is UNKNOWN or value > 0), ZERO)
    needed = values[: {"round": 1, "age": 2}.get(name, len(values))]
    if UNKNOWN in needed or NONE in needed:
        return UNKNOWN
    match name:
        case "round":
            return rounded(values[0], values[1], words[2])
        case "age":
            return age(values[0], values[1], words[2], words[3])
        case "months_between":
            between = relativedelta(values[1], values[0])
            return Fraction(between.years * 12 + between.months)
        case "years_before" | "months_before":
            return values[0] - relativedelta(**{name.removesuffix("_before"): int(values[1])})  # type: ignore[arg-type]
        case "months_after" | "days_after":
            return values[0] + relativedelta(**{name.removesuffix("_after"): int(values[1])})  # type: ignore[arg-type]
        case "start_of_month" | "start_of_year":
            return values[0].replace(day=1, **({"month": 1} if name == "start_of_year" else {}))
        case "day":
            return date.fromisoformat(values[0])
    return (min if name in ("min", "lowest") else max)(values)


def working_day(day: date, count: Fraction | None = None, *, calendar: dict[str, str]) -> Any:
    """So many working days after a day, which is not counted; without a count the day itself or the next one worked."""
    left = 1 if count is None else int(count)
    day = day if count is not None else day - timedelta(1)
    while left > 0:
        day += timedelta(1)
        if str(day.year) not in calendar["years"].split(", "):
            return UNKNOWN
        marked = calendar.get(day.isoformat(), "off" if day.weekday() > 4 else "worked")
        left -= marked == "worked"
    return day


def rounded(value: Fraction, step: Fraction, mode: str) -> Fraction:
    """To a multiple of the step."""
    steps, rest = divmod(abs(value), step)
    tie = 2 * rest == step
    up = {"up": rest > 0, "down": False, "half_up": 2 * rest >= step}
    goes_up = up.get(mode, 2 * rest > step or (tie and steps % 2 == 1))
    return (steps + goes_up) * step * (1 if value >= 0 else -1)


def age(birth: date, on: date, reached: str, leap_day: str) -> Fraction:
    """Full years on a day."""
    years = on.year - birth.year
    while _reached(birth, birth.year + years, reached, leap_day) > on:
        years -= 1
    return Fraction(years)


def _reached(birth: date, year: int, reached: str, leap_day: str) -> date:
    is_common = (birth.month, birth.day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    other = date(year, 2, 28) if leap_day == "feb28" else date(year, 3, 1)
    day = other if is_common else birth.replace(year=year)
    month = day.replace(day=1)
    return {"birthday": day, "day_after": day + timedelta(1), "month_of": month, "month_after": month + _MONTH}[reached]
