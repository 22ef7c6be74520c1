"""What generated source calls: rounding of negative numbers, choices that must agree, places in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from civil_aid_rules.ir.values import NONE
from civil_aid_rules.quantities import ordinals


def half_up(above: int, below: int) -> int:
    """Rounded, ties away from zero."""
    return (2 * above + below) // (2 * below) if above >= 0 else -((2 * -above + below) // (2 * below))


def half_even(above: int, below: int) -> int:
    """Rounded, ties to the even number."""
    whole, rest = divmod(above, below)
    twice = 2 * rest
    return whole + (twice > below or (twice == below and whole % 2 == 1))


def up(above: int, below: int) -> int:
    """Rounded away from zero."""
    return -(-above // below) if above >= 0 else above // below


def down(above: int, below: int) -> int:
    """Rounded towards zero."""
    return above // below if above >= 0 else -(-above // below)


def whole(above: int, below: int) -> int | None:
    """The quotient where it is a whole number."""
    quotient, rest = divmod(above, below)
    return None if rest else quotient


def row(rows: dict[Any, int], last: int, further: int, key: int) -> int | None:
    """The amount in a row, or beyond the last one."""
    return rows[last] + further * (key - last) if key > last else rows.get(key)


def exceptions(branches: Sequence[tuple[Any, Any]], base: Any) -> Any:
    """The value that all possible exceptions agree on, the base being possible while none surely applies."""
    surely = [value for test, value in branches if test]
    possible = surely + [value for test, value in branches if test is None]
    return agreed(possible if surely else [*possible, base])


def unique(branches: Sequence[tuple[Any, Any]], impossible: Any) -> Any:
    """The value that the rows agree on which surely apply, else those which may; `impossible` stands for no value."""
    rows = [value for test, value in branches if test] or [value for test, value in branches if test is None]
    return agreed([value for value in rows if value is not impossible])


def agreed(possible: Sequence[Any]) -> Any:
    """The value that all have; None where they differ, one is None, or there is none."""
    return possible[0] if possible and all(value == possible[0] for value in possible) else None


def places(keyed: list[tuple[int, int]], highest_first: bool, last_listed_first: bool, shared: bool) -> dict[int, int]:
    """The place, from 1, of each entry: `keyed` has (by what, which entry)."""
    ordered = sorted(keyed[::-1] if last_listed_first else keyed, key=_key, reverse=highest_first)
    found: dict[int, int] = {}
    for place, (key, entry) in enumerate(ordered, 1):
        same_as_before = shared and place > 1 and ordered[place - 2][0] == key
        found[entry] = found[ordered[place - 2][1]] if same_as_before else place
    return found


def _key(pair: tuple[int, int]) -> int:
    return pair[0]


CALLED: dict[str, Any] = {
    "NONE": NONE,
    "half_up": half_up,
    "half_even": half_even,
    "up": up,
    "down": down,
    "whole": whole,
    "row": row,
    "exceptions": exceptions,
    "unique": unique,
    "places": places,
    "age": ordinals.age,
    "months_between": ordinals.months_between,
    "months_before": ordinals.months_before,
    "days_after": ordinals.days_after,
    "month_number": ordinals.month_number,
    "start_of_month": ordinals.start_of_month,
    "start_of_year": ordinals.start_of_year,
    "working_days_after": ordinals.working_days_after,
    "next_working_day": ordinals.next_working_day,
}
"""What generated source may call, by name."""
