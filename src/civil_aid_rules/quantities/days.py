"""Days as text: `YYYY-MM-DD` only, ASCII digits only, a day that exists."""

from __future__ import annotations

import datetime
import re

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_day(text: str) -> datetime.date | None:
    """The day that `text` writes, or None. Years 1900 to 2999."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    if not 1900 <= year <= 2999:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
