"""Record batches in, record batches out, one row for each: results and refused rows in one table."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from civil_aid_rules.caseload.population.jurisdictions_in_columns import ColumnRules
from civil_aid_rules.caseload.population.population_chunk import ROWS_AT_ONCE
from civil_aid_rules.caseload.population.tables_writer import plain_batch, plain_schema


def determine_batches(rules: ColumnRules, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What is decided of each row, in their order; of a refused row, everything that is wrong with it."""
    first = 0
    for whole in batches:
        for start in range(0, whole.num_rows, ROWS_AT_ONCE):
            batch = whole.slice(start, ROWS_AT_ONCE)
            yield _in_one(*rules.determine(batch, first))
            first += batch.num_rows


def schema_of_all(rules: ColumnRules, population: pa.Schema) -> pa.Schema:
    """The columns that come out, by those of the population."""
    empty = pa.RecordBatch.from_arrays([pa.array([], field.type) for field in population], schema=population)
    return _in_one(*rules.determine(empty, 0)).schema


def _in_one(accepted: pa.RecordBatch, refused: pa.RecordBatch) -> pa.RecordBatch:
    """Both in the order of the rows, texts in place of dictionaries."""
    accepted = plain_batch(accepted, plain_schema(accepted.schema))
    fields = [accepted.schema.field(0), *(field.with_nullable(True) for field in list(accepted.schema)[1:])]
    said = [field.with_nullable(True) for field in list(refused.schema)[1:]]
    schema = pa.schema([*fields, *said])
    if not refused.num_rows:
        nothing = [pa.nulls(accepted.num_rows, field.type) for field in said]
        return pa.RecordBatch.from_arrays([*accepted.columns, *nothing], schema=schema)
    tables = [
        pa.Table.from_arrays(
            [
                part.column(field.name) if field.name in part.schema.names else pa.nulls(part.num_rows, field.type)
                for field in schema
            ],
            schema=schema,
        )
        for part in (accepted, _one_line_each(refused))
    ]
    table = pa.concat_tables(tables)
    table = table.take(pc.sort_indices(table, [("row", "ascending")])).combine_chunks()
    return table.to_batches()[0]


def _one_line_each(refused: pa.RecordBatch) -> pa.RecordBatch:
    """Each refused row on one line: where several things are wrong, their cells hold a line of text for each."""
    lines: dict[int, list[dict[str, str]]] = {}
    for found in refused.to_pylist():
        lines.setdefault(found.pop("row"), []).append(found)
    rows = [
        {"row": row, **{name: "\n".join(one[name] for one in said) for name in said[0]}} for row, said in lines.items()
    ]
    return pa.RecordBatch.from_pylist(rows, refused.schema)
