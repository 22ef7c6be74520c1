"""What is decided of a table of households: one table of determinations, one of rows that were refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from civil_aid_rules.determinations.column_rows import REJECTS, number_refused
from civil_aid_rules.determinations.columns import ColumnProgram, determine_batch


@dataclass(frozen=True, slots=True)
class ColumnResult:
    """The determinations, in the order of the source, and the rows refused; together every row of the source.

    `determinations` has `row` (from 0), `status`, `amount`, `reasons`, the rules asked for and the columns kept;
    `rejects` a line for each thing that is wrong with a row: `row`, `field`, `code`, `sentence`, `sentence_zh`.
    The result is itself an Arrow stream of them: Polars, DuckDB and pandas take it as it is.
    """

    determinations: pa.Table
    rejects: pa.Table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.determinations.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self.determinations.num_rows)

    def __repr__(self) -> str:
        return f"<{self.determinations.num_rows} determinations, {number_refused(self.rejects)} rows refused>"


def determine_source(prepared: ColumnProgram, source: Any) -> ColumnResult:
    """Everything that an Arrow source holds, determined batch by batch."""
    schema, batches = _opened(source)
    pairs = list(_determined(prepared, batches)) or [determine_batch(prepared, _nothing(schema))]
    decided, refused = ([pair[place] for pair in pairs] for place in range(2))
    return ColumnResult(pa.Table.from_batches(decided), pa.Table.from_batches(refused, REJECTS))


def _determined(
    prepared: ColumnProgram, batches: Iterable[pa.RecordBatch]
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    row = 0
    for batch in batches:
        yield determine_batch(prepared, batch, first_row=row)
        row += batch.num_rows


def _opened(source: Any) -> tuple[pa.Schema, Iterable[pa.RecordBatch]]:
    """The columns and record batches of anything that is an Arrow stream, a table or one batch."""
    if isinstance(source, pa.RecordBatch):
        return source.schema, [source]
    reader = pa.RecordBatchReader.from_stream(source)
    return reader.schema, reader


def _nothing(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
