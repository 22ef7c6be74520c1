"""The cells of one row of a table as plain data, as the columns are read: a moment at midnight is a day."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pyarrow as pa

EPOCH = datetime.date(1970, 1, 1).toordinal()
_LAST = datetime.date.max.toordinal()


def row_values(batch: pa.RecordBatch, row: int) -> dict[str, Any]:
    """The values of a row by column, null where there is none; a column that is of no type is left out."""
    columns = zip(batch.schema, batch.columns, strict=True)
    return {field.name: _value(column[row]) for field, column in columns if not pa.types.is_null(field.type)}


def _value(cell: Any) -> Any:
    kind = cell.type
    if not cell.is_valid:
        return None
    if pa.types.is_struct(kind):
        return {field.name: _value(cell[place]) for place, field in enumerate(kind) if not pa.types.is_null(field.type)}
    if isinstance(cell, pa.ListScalar):
        return [_value(item) for item in cell.values]
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _day(cell)
    return cell.as_py()


def _day(cell: Any) -> datetime.date | str:
    """A day; as text what is none: a moment, a day that no calendar of Python has."""
    unit: Any = "D" if pa.types.is_date32(cell.type) else "ms" if pa.types.is_date64(cell.type) else cell.type.unit
    moment = np.datetime64(cell.value, unit)
    day = moment.astype("datetime64[D]")
    ordinal = int(day.astype(np.int64)) + EPOCH
    is_day = day == moment and 1 <= ordinal <= _LAST
    return datetime.date.fromordinal(ordinal) if is_day else str(moment)
