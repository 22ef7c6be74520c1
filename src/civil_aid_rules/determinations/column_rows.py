"""One row of a table as a record of its model: what a refused row's sentence says comes from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import BaseModel

from civil_aid_rules.determinations.column_cells import row_values, unreadable
from civil_aid_rules.determinations.column_suspects import narrowed
from civil_aid_rules.errors import Both, InternalError, Problem, RecordError, problem
from civil_aid_rules.facts.columns.dictionaries import sound
from civil_aid_rules.facts.columns.layout import Layout
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.records.fault import text_shown
from civil_aid_rules.records.fields import alternatives, shape_of
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
"""One row for each thing that is wrong with a row: the row's number in the source, from 0; the field; the sentences."""

Elsewhere = Callable[[str], Problem | None]
"""What is wrong with a row that names this jurisdiction, if anything is."""


def number_refused(rejects: pa.RecordBatch | pa.Table) -> int:
    """How many rows were refused; each has as many lines as there are things wrong with it."""
    return int(pc.count_distinct(rejects.column("row")).as_py())


def other_jurisdiction(asked: str | None) -> Elsewhere:
    """Only rows that name the jurisdiction asked for, or none, are of it."""

    def fault(named: str) -> Problem | None:
        expected = asked or Both("no jurisdiction", "未指定地区")
        if named == asked:
            return None
        return problem("record-jurisdiction", "$.jurisdiction", found=text_shown(named), expected=expected)

    return fault


def record_of_row(row: Mapping[str, Any], model: type[Record]) -> Record:
    """The record that a row holds, null being what is not given. Raises RecordError with every fault at its path."""
    return read_data(_given(_as_record(row, model)), model, [])


def _as_record(row: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """The row as a record writes it: yes and no that stand in a column of texts, beside "none"; entries with ids.

    An entry has an id of its own where the table has none: that alone refuses no row.
    """
    found = {name: _yes_no(held, name, model) if isinstance(held, str) else held for name, held in row.items()}
    for field in shape_of(model):
        held = row.get(field.name)
        if field.inner is None:
            continue
        if field.entry is None and isinstance(held, Mapping):
            found[field.name] = _as_record(held, field.inner)
        elif field.entry is not None and isinstance(held, list):
            found[field.name] = [
                {**({field.entry.id: f"{place}"} if field.entry.id else {}), **_as_record(entry, field.inner)}
                if isinstance(entry, Mapping)
                else entry
                for place, entry in enumerate(held)
            ]
    return found


def _yes_no(held: str, name: str, model: type[BaseModel]) -> Any:
    info = model.model_fields.get(name) if held in ("true", "false") else None
    return held == "true" if info is not None and bool in alternatives(info.annotation) else held


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
    rows: Sequence[int],
    model: type[Record],
    layout: Layout,
    elsewhere: Elsewhere,
    *,
    first_row: int,
) -> pa.RecordBatch:
    """The rows of a batch that no record may be like, each with everything that is wrong with it."""
    vocabulary = layout.vocabulary
    narrow, is_simple = narrowed(batch, rows, layout)
    alike: dict[str, list[_Line]] = {}
    found: list[tuple[int, str, str, str, str]] = []
    for place, row in enumerate(rows):
        lines: list[_Line] = []
        if is_simple[place]:
            values = row_values(narrow, place)
            key = repr(values)
            if key not in alike:
                alike[key] = [_line(item) for item in _faults(values, model, vocabulary, elsewhere)]
            lines = alike[key]
        if not lines:
            lines = [_line(item) for item in _faults(row_values(batch, row), model, vocabulary, elsewhere)]
        if not lines:
            raise InternalError("a row was refused that a record may be like")
        found += [(first_row + row, *line) for line in lines]
    columns = list(zip(*found, strict=True)) or [()] * len(REJECTS)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, REJECTS, strict=True)], schema=REJECTS
    )


_Line = tuple[str, str, str, str]


def _line(wrong: Problem) -> _Line:
    return str(wrong.at), wrong.code, wrong.sentence(), wrong.sentence("zh")


def _faults(
    row: Mapping[str, Any], model: type[Record], vocabulary: Vocabulary, elsewhere: Elsewhere
) -> Sequence[Problem]:
    """As a record by itself has them: what cannot be read, else every fault, else the jurisdiction, or nothing."""
    memory = [problem("column-memory", at, found=cell.found, expected=cell.needed) for at, cell in unreadable(row)]
    if memory:
        return memory
    try:
        extract(record_of_row(row, model), vocabulary)
    except RecordError as error:
        return error.problems
    named = row.get("jurisdiction")
    wrong = elsewhere(named) if isinstance(named, str) else None
    return [] if wrong is None else [wrong]
