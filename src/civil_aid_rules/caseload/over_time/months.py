"""Months as texts and as their first days."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

_TEXT = r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$"


def read_month(text: str) -> datetime.date | None:
    """The first day of a month written `2016-04`, or None."""
    if len(text) != 7 or text[4] != "-" or not text.isascii() or not text.replace("-", "", 1).isdigit():
        return None
    year, month = int(text[:4]), int(text[5:])
    return datetime.date(year, month, 1) if 1 <= month <= 12 and 1900 <= year < 3000 else None


def month_text(month: datetime.date) -> str:
    """The month of a day, `2016-04`."""
    return f"{month:%Y-%m}"


def next_month(month: datetime.date, count: int = 1) -> datetime.date:
    """The first day of the month so many months later."""
    place = month.year * 12 + month.month - 1 + count
    return datetime.date(place // 12, place % 12 + 1, 1)


def count_of_months(first: datetime.date, last: datetime.date) -> int:
    """How many months there are from one to the other, both included; below one where the last is before the first."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def months_of(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Every month from one to the other, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def _read(value: Any) -> str:
    if not isinstance(value, str) or read_month(value) is None:
        raise PydanticCustomError("month", "a month as YYYY-MM in ASCII digits")
    return value


Month = Annotated[
    str,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.no_info_plain_validator_function(
            _read, json_schema_input_schema=core_schema.str_schema(pattern=_TEXT), serialization=None
        )
    ),
]
"""A month, as text: `2016-04`."""
