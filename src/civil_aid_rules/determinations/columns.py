"""A program over households in columns: a batch of rows in, what is decided of each and what was refused out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from civil_aid_rules.backends.interpreter import Interpreter, prepare
from civil_aid_rules.determinations.column_rows import record_of_row
from civil_aid_rules.determinations.determine import part_of_result
from civil_aid_rules.errors import RecordError
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.records.record import Record

STATUS = pa.dictionary(pa.int8(), pa.string())
REASONS = pa.list_(pa.dictionary(pa.int16(), pa.string()))
AMOUNT = pa.decimal128(18, 2)

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


@dataclass(frozen=True, slots=True)
class ColumnProgram:
    """A program made ready for batches of rows. `keep` names columns of the source that go along unread."""

    program: Program
    vocabulary: Vocabulary
    model: type[Record]
    interpreter: Interpreter
    keep: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """The columns that are decided, without those kept."""
        return pa.schema(
            [
                pa.field("row", pa.int64(), nullable=False),
                pa.field("status", STATUS, nullable=False),
                pa.field("amount", AMOUNT),
                pa.field("reasons", REASONS, nullable=False),
            ]
        )


def prepare_columns(
    program: Program, vocabulary: Vocabulary, model: type[Record], *, keep: Sequence[str] = ()
) -> ColumnProgram:
    """The program ready for `determine_batch`."""
    return ColumnProgram(program, vocabulary, model, prepare(program), tuple(keep))


def determine_batch(
    prepared: ColumnProgram, batch: pa.RecordBatch, *, first_row: int = 0
) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """What is decided of each row that is a record, and the rows that are not: together as many as there are rows.

    `first_row` is the number of the batch's first row in the source. Raises RecordError where a column is not of a type
    that its field can have.
    """
    decided: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    kept: list[int] = []
    for number, row in enumerate(batch.drop_columns(list(prepared.keep)).to_pylist()):
        try:
            record = record_of_row(row, prepared.model)
        except RecordError as error:
            refused.append(_refused(first_row + number, error))
        else:
            decided.append({"row": first_row + number, **_decided(prepared, record)})
            kept.append(number)
    accepted = pa.RecordBatch.from_pylist(decided, prepared.schema)
    for name in prepared.keep:
        accepted = accepted.append_column(name, batch.column(name).take(pa.array(kept, pa.int64())))
    return accepted, pa.RecordBatch.from_pylist(refused, REJECTS)


def _decided(prepared: ColumnProgram, record: Record) -> dict[str, Any]:
    evaluation = prepared.interpreter.run(extract(record, prepared.vocabulary))
    payment = part_of_result("payment", evaluation)["payment"]
    reasons = part_of_result("reasons", evaluation)["reasons"]
    return {
        "status": part_of_result("status", evaluation)["status"],
        "amount": None if payment is None else payment.amount,
        "reasons": [reason.id for reason in reasons if reason.decided],
    }


def _refused(row: int, error: RecordError) -> dict[str, Any]:
    first = error.problems[0]
    return {
        "row": row,
        "field": str(first.at),
        "code": first.code,
        "sentence": first.sentence(),
        "sentence_zh": first.sentence("zh"),
    }
