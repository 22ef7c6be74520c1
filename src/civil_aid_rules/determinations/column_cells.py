"""The cells of one row of a table as plain data, as the columns are read: a moment at midnight is a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import localcontext
from typing import Any

import numpy as np
import pyarrow as pa

from civil_aid_rules.errors import Both

EPOCH = datetime.date(1970, 1, 1).toordinal()
_DIGITS = 80
"""More than a decimal of Arrow has."""
_LAST = datetime.date.max.toordinal()


def row_values(batch: pa.RecordBatch, row: int) -> dict[str, Any]:
    """The values of a row by column, null where there is none; a column that is of no type is left out."""
    columns = zip(batch.schema, batch.columns, strict=True)
    return {field.name: _value(column[row]) for field, column in columns if not pa.types.is_null(field.type)}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in for a cell that holds nothing that can be read: what is wrong with its memory, what it needs."""

    found: Both
    needed: Both


_BEYOND = Unreadable(
    Both("an index beyond the dictionary", "超出字典的索引"), Both("indices of the dictionary", "字典内的索引")
)
_NO_TEXT = Unreadable(Both("bytes that are no text", "不是文本的字节"), Both("texts in UTF-8", "UTF-8 文本"))


def unreadable(value: Any, at: str = "$") -> Iterator[tuple[str, Unreadable]]:
    """The path of each cell of a row that cannot be read."""
    if isinstance(value, Unreadable):
        yield at, value
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from unreadable(held, f"{at}.{name}")
    elif isinstance(value, list):
        for place, held in enumerate(value):
            yield from unreadable(held, f"{at}[{place}]")


def _value(cell: Any) -> Any:
    kind = cell.type
    if pa.types.is_dictionary(kind):
        return _of_dictionary(cell)
    if not cell.is_valid:
        return None
    if pa.types.is_struct(kind):
        return {field.name: _value(cell[place]) for place, field in enumerate(kind) if not pa.types.is_null(field.type)}
    if isinstance(cell, pa.ListScalar):
        return [_value(item) for item in cell.values]
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _day(cell)
    if pa.types.is_decimal(kind):
        with localcontext(prec=_DIGITS):
            return cell.as_py().normalize()
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return _NO_TEXT


def _of_dictionary(cell: Any) -> Any:
    place = cell.index.as_py()
    if place is None:
        return None
    return _value(cell.dictionary[place]) if 0 <= place < len(cell.dictionary) else _BEYOND


def _day(cell: Any) -> datetime.date | str:
    """A day; as text what is none: a moment, a day that no calendar of Python has."""
    unit: Any = "D" if pa.types.is_date32(cell.type) else "ms" if pa.types.is_date64(cell.type) else cell.type.unit
    moment = np.datetime64(cell.value, unit)
    day = moment.astype("datetime64[D]")
    ordinal = int(day.astype(np.int64)) + EPOCH
    is_day = day == moment and 1 <= ordinal <= _LAST
    return datetime.date.fromordinal(ordinal) if is_day else str(moment)
