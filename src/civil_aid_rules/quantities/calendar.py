"""Days, months and ages. Months are always added from the anchor day, never step by step."""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

from dateutil.relativedelta import relativedelta

_MOST_MONTHS = 12 * 9999


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days, both ends included; None: no end on that side."""

    start: datetime.date | None
    end: datetime.date | None

    def contains(self, day: datetime.date) -> bool:
        """Whether `day` is in the run."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def intersect(self, other: Period) -> Period:
        """The days in both."""
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def __str__(self) -> str:
        return f"{self.start or '…'} to {self.end or '…'}"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """When an age is reached, and when someone born on 29 February has the birthday in a common year."""

    reached_on: Literal["birthday", "day_after", "month_of", "month_after"]
    leap_day: Literal["feb28", "mar1"]


def _birthday(birth: datetime.date, year: int, rule: AgeRule) -> datetime.date:
    try:
        return birth.replace(year=year)
    except ValueError:
        return datetime.date(year, 2, 28) if rule.leap_day == "feb28" else datetime.date(year, 3, 1)


def _reached(birth: datetime.date, year: int, rule: AgeRule) -> datetime.date:
    day = _birthday(birth, year, rule)
    match rule.reached_on:
        case "birthday":
            return day
        case "day_after":
            return day + datetime.timedelta(days=1)
        case "month_of":
            return day.replace(day=1)
        case "month_after":
            return day.replace(day=1) + relativedelta(months=1)


def age_years(birth: datetime.date, on: datetime.date, rule: AgeRule) -> int:
    """Full years of age on a day; negative before birth."""
    age = on.year - birth.year
    while _reached(birth, birth.year + age, rule) > on:
        age -= 1
    return age


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Whole months from `start` to `end`; negative when `end` is earlier.

    A month is whole on the day of the month on which it began, or on the last day of a month that is shorter.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    complete = min(start.day, monthrange(end.year, end.month)[1])
    if months > 0 and end.day < complete:
        return months - 1
    return months + 1 if months < 0 and end.day > complete else months


def months_before(day: datetime.date, months: int) -> datetime.date | None:
    """The day so many months before; the last day of a month that is shorter. None beyond the years 1 to 9999."""
    return _moved(day, months) if abs(months) < _MOST_MONTHS else None


def years_before(day: datetime.date, years: int) -> datetime.date | None:
    """The day so many years before; 28 February for 29 February in a common year. None beyond the years 1 to 9999."""
    return months_before(day, years * 12)


def _moved(day: datetime.date, months: int) -> datetime.date | None:
    try:
        return day + relativedelta(months=-months)
    except (ValueError, OverflowError):
        return None


def start_of_month(day: datetime.date) -> datetime.date:
    """The first day of the month."""
    return day.replace(day=1)


def start_of_year(day: datetime.date) -> datetime.date:
    """The first day of the year."""
    return day.replace(month=1, day=1)
