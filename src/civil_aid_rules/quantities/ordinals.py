"""Days as whole numbers (0001-01-01 is 1): the functions of calendar and working_days for back ends without dates.

Each is None where the day lies beyond the years 1 to 9999, or beyond the calendar on file.
"""

from __future__ import annotations

import datetime

from civil_aid_rules.quantities import calendar, working_days
from civil_aid_rules.quantities.calendar import AgeRule
from civil_aid_rules.quantities.working_days import WorkingCalendar

_day = datetime.date.fromordinal
FIRST_DAY, LAST_DAY = 1, datetime.date.max.toordinal()


def age(birth: int, on: int, rule: AgeRule) -> int:
    """Full years of age on a day; negative before birth."""
    return calendar.age_years(_day(birth), _day(on), rule)


def months_between(start: int, end: int) -> int:
    """Whole months from `start` to `end`; negative when `end` is earlier."""
    first, last = _day(start), _day(end)
    if first.day > 28:
        return calendar.months_between(first, last)
    months = (last.year - first.year) * 12 + last.month - first.month  # every month has the day on which it began
    if months > 0:
        return months - (last.day < first.day)
    return months + (last.day > first.day) if months < 0 else 0


def month_number(day: int) -> int:
    """The months from year 0 on: from the first of a month to the first of another it is their difference."""
    found = _day(day)
    return found.year * 12 + found.month


def months_before(day: int, months: int) -> int | None:
    """The day so many months before; the last day of a month that is shorter."""
    return _ordinal(calendar.months_before(_day(day), months))


def days_after(day: int, days: int) -> int | None:
    """The day so many days later."""
    found = day + days
    return found if FIRST_DAY <= found <= LAST_DAY else None


def start_of_month(day: int) -> int:
    """The first day of the month."""
    return day - _day(day).day + 1


def start_of_year(day: int) -> int:
    """The first day of the year."""
    return day - _day(day).timetuple().tm_yday + 1


def working_days_after(day: int, count: int, shape: WorkingCalendar) -> int | None:
    """The day on which so many working days have passed, the first not counted."""
    return _ordinal(working_days.working_days_after(_day(day), count, shape))


def next_working_day(day: int, shape: WorkingCalendar) -> int | None:
    """The day itself where it is worked, else the next one that is."""
    return _ordinal(working_days.next_working_day(_day(day), shape))


def _ordinal(day: datetime.date | None) -> int | None:
    return None if day is None else day.toordinal()
