"""What is decided of a table of households: one table of determinations, one of rows that were refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from civil_aid_rules.determinations.column_rows import REJECTS
from civil_aid_rules.determinations.columns import ColumnProgram, determine_batch


@dataclass(frozen=True, slots=True)
class ColumnResult:
    """The determinations, in the order of the source, and the rows refused; together every row of the source.

    `determinations` has `row` (from 0), `status`, `amount`, `reasons`, the rules asked for and the columns kept.
    The result is itself an Arrow stream of them: Polars, DuckDB and pandas take it as it is.
    """

    determinations: pa.Table
    rejects: pa.Table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.determinations.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self.determinations.num_rows)

    def __repr__(self) -> str:
        return f"<{self.determinations.num_rows} determinations, {self.rejects.num_rows} rows refused>"


def determine_source(prepared: ColumnProgram, source: Any) -> ColumnResult:
    """Everything that an Arrow source holds, determined batch by batch."""
    decided, refused = [], []
    for accepted, rejected in _batches(prepared, source):
        decided.append(accepted)
        refused.append(rejected)
    schema = decided[0].schema if decided else prepared.schema
    return ColumnResult(pa.Table.from_batches(decided, schema), pa.Table.from_batches(refused, REJECTS))


def _batches(prepared: ColumnProgram, source: Any) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    row = 0
    for batch in stream_of(source):
        yield determine_batch(prepared, batch, first_row=row)
        row += batch.num_rows


def stream_of(source: Any) -> Iterator[pa.RecordBatch]:
    """The record batches of anything that is an Arrow stream, a table or one batch."""
    yield from pa.RecordBatchReader.from_stream(source) if not isinstance(source, pa.RecordBatch) else [source]
