"""Chunks of a table → outcomes: what is decided of each batch, as Arrow streams."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from civil_aid_rules.caseload.population.arrow_bytes import bytes_of_batches
from civil_aid_rules.caseload.population.arrow_population import batches_of_stream
from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts
from civil_aid_rules.caseload.population.caseload_outcome import Outcome
from civil_aid_rules.caseload.population.jurisdictions_in_columns import ColumnRules
from civil_aid_rules.caseload.population.parquet_population import batches_of_groups
from civil_aid_rules.caseload.population.population_chunk import RowGroups, StreamBatches
from civil_aid_rules.determinations.column_rows import number_refused


def outcomes_of_columns(rules: ColumnRules, chunk: RowGroups | StreamBatches) -> Iterator[Outcome]:
    """One outcome for each batch of a chunk."""
    row = chunk.first_row
    batches = batches_of_groups(chunk) if isinstance(chunk, RowGroups) else batches_of_stream(chunk)
    for batch in batches:
        yield outcome_of_batch(rules, batch, row)
        row += batch.num_rows


def outcome_of_batch(rules: ColumnRules, batch: pa.RecordBatch, first_row: int) -> Outcome:
    """What is decided of one batch."""
    accepted, rejected = rules.determine(batch, first_row)
    return Outcome(
        bytes_of_batches([accepted], accepted.schema),
        bytes_of_batches([rejected], rejected.schema) if rejected.num_rows else b"",
        CaseloadCounts.of(statuses_of(accepted), number_refused(rejected)),
    )


def statuses_of(accepted: pa.RecordBatch) -> dict[str, int]:
    """How many rows have each status."""
    counted = pc.value_counts(accepted.column("status").dictionary_decode())
    return {item["values"]: item["counts"] for item in counted.to_pylist()}


def schemas_of(rules: ColumnRules, schema: pa.Schema) -> tuple[pa.Schema, pa.Schema]:
    """The columns of results and of refused rows. Raises RecordError for columns that cannot be read."""
    accepted, rejected = rules.determine(_empty(schema), 0)
    return accepted.schema, rejected.schema


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
