"""One row of a table as a record of its model: what a refused row's sentence says comes from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import BaseModel

from civil_aid_rules.determinations.column_cells import row_values, unreadable
from civil_aid_rules.errors import Both, InternalError, Problem, RecordError, problem
from civil_aid_rules.facts.columns.dictionaries import sound
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.records.fault import text_shown
from civil_aid_rules.records.fields import shape_of
from civil_aid_rules.records.read import read_data
from civil_aid_rules.records.record import Record

REJECTS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("sentence", pa.string(), nullable=False),
        pa.field("sentence_zh", pa.string(), nullable=False),
    ]
)
"""One row for each row that was refused: its number in the source, from 0; the field; what is wrong with it."""


def record_of_row(row: Mapping[str, Any], model: type[Record]) -> Record:
    """The record that a row holds, null being what is not given. Raises RecordError with every fault at its path."""
    return read_data(_given(_with_ids(row, model)), model, [])


def _with_ids(row: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """The row with an id for each entry where its table has none: that alone refuses no row."""
    found = dict(row)
    for field in shape_of(model):
        entries = row.get(field.name)
        if field.entry is not None and field.inner is not None and isinstance(entries, list):
            found[field.name] = [
                {**({field.entry.id: f"{place}"} if field.entry.id else {}), **_with_ids(entry, field.inner)}
                if isinstance(entry, Mapping)
                else entry
                for place, entry in enumerate(entries)
            ]
    return found


def _given(value: Any) -> Any:
    """The value without what is null in it; an entry of a list stays, null or not. A group that is none says so."""
    if isinstance(value, Mapping):
        if value.get("none") is True:
            return "none"
        return {name: _given(held) for name, held in value.items() if held is not None and name != "none"}
    return [_given(item) for item in value] if isinstance(value, list) else value


def rows_elsewhere(batch: pa.RecordBatch, jurisdiction: str | None) -> NDArray[np.intp]:
    """The rows that name another jurisdiction than the one whose rules are asked."""
    place = batch.schema.get_field_index("jurisdiction")
    if place < 0 or batch.column(place).null_count == batch.num_rows:
        return np.zeros(0, np.intp)
    named = sound(batch.column(place))[0].to_pylist()
    return np.array([row for row, name in enumerate(named) if name is not None and name != jurisdiction], np.intp)


def refused_rows(
    batch: pa.RecordBatch,
    rows: NDArray[np.intp],
    model: type[Record],
    vocabulary: Vocabulary,
    jurisdiction: str | None,
    *,
    first_row: int,
) -> pa.RecordBatch:
    """The rows of a batch that no record may be like, each with the first thing that is wrong with it."""
    found = []
    for row in rows.tolist():
        wrong = _fault(row_values(batch, row), model, vocabulary, jurisdiction)
        found.append(
            {
                "row": first_row + row,
                "field": str(wrong.at),
                "code": wrong.code,
                "sentence": wrong.sentence(),
                "sentence_zh": wrong.sentence("zh"),
            }
        )
    return pa.RecordBatch.from_pylist(found, REJECTS)


def _fault(row: Mapping[str, Any], model: type[Record], vocabulary: Vocabulary, jurisdiction: str | None) -> Problem:
    for at, cell in unreadable(row):
        return problem("column-memory", at, found=cell.found, expected=cell.needed)
    try:
        extract(record_of_row(row, model), vocabulary)
    except RecordError as error:
        return error.problems[0]
    named = row.get("jurisdiction")
    if named is not None and named != jurisdiction:
        expected = jurisdiction or Both("no jurisdiction", "未指定地区")
        return problem("record-jurisdiction", "$.jurisdiction", found=text_shown(named), expected=expected)
    raise InternalError("a row was refused that a record may be like")
