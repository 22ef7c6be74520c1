"""Working days by published calendars. A day of a year whose calendar is not on file is neither: nothing is guessed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_ONE_DAY = datetime.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The years on file, their weekdays off and their weekend days worked."""

    years: frozenset[int]
    off: frozenset[datetime.date]
    work: frozenset[datetime.date]

    def is_working_day(self, day: datetime.date) -> bool | None:
        """Whether the day is worked; None for a year that is not on file."""
        if day.year not in self.years:
            return None
        return day in self.work or (day.weekday() < _SATURDAY and day not in self.off)


def working_days_after(day: datetime.date, count: int, calendar: WorkingCalendar) -> datetime.date | None:
    """The day on which so many working days have passed, the first not counted. None beyond the years on file."""
    left = count
    while left > 0:
        day += _ONE_DAY
        working = calendar.is_working_day(day)
        if working is None:
            return None
        left -= working
    return day


def next_working_day(day: datetime.date, calendar: WorkingCalendar) -> datetime.date | None:
    """The day itself where it is worked, else the next one that is: a last day off moves on."""
    working = calendar.is_working_day(day)
    while working is False:
        day += _ONE_DAY
        working = calendar.is_working_day(day)
    return None if working is None else day


def days_after(day: datetime.date, count: int) -> datetime.date | None:
    """The day so many days later; None beyond the year 9999."""
    try:
        return day + datetime.timedelta(days=count)
    except OverflowError:
        return None
