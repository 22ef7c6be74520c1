"""What kernels give, gathered over all blocks into Arrow columns: amounts in decimal128, reasons as lists of codes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from civil_aid_rules.determinations.column_wanted import Question

STATUS = pa.dictionary(pa.int8(), pa.string())
REASONS = pa.list_(pa.dictionary(pa.int8(), pa.string()))
AMOUNT = pa.decimal128(38, 2)
STATUSES = ("ineligible", "eligible", "undetermined")


def schema_of(question: Question) -> pa.Schema:
    """The columns of what is decided."""
    return pa.schema(
        [
            pa.field("row", pa.int64(), nullable=False),
            pa.field("status", STATUS, nullable=False),
            pa.field("amount", AMOUNT),
            pa.field("reasons", REASONS, nullable=False),
        ]
    )


class Gathered:
    """The results of a batch, one place for each row."""

    def __init__(self, question: Question, size: int) -> None:
        self.question, self.size = question, size
        self.status = np.zeros(size, np.int8)
        self.amount: NDArray[Any] = np.zeros((size, 2), np.int64)
        self.is_paid = np.zeros(size, np.bool_)
        self.reasons = np.zeros((size, len(question.reasons)), np.bool_)

    def take(self, where: Any, size: int, results: tuple[Any, ...]) -> None:
        """The results of a block: three for each node wanted, then one for each reason."""
        yes, no = _mask(results[0], size), _mask(results[1], size)
        self.status[where] = 2 - 2 * no.view(np.int8) - yes
        if self.question.has_amount:
            fen, known = results[3], _mask(results[4], size)
            self.is_paid[where] = known | no
            self._put_amount(where, np.multiply(fen, ~no & known))
        for place in range(len(self.question.reasons)):
            self.reasons[where, place] = results[3 * len(self.question.wanted) + place]

    def _put_amount(self, where: Any, fen: NDArray[Any]) -> None:
        if fen.dtype == object:
            self.amount[where, 0] = [(n & (2**64 - 1)) - (2**64 if n & 2**63 else 0) for n in fen.tolist()]
            self.amount[where, 1] = [n >> 64 for n in fen.tolist()]
        else:
            self.amount[where, 0] = fen
            self.amount[where, 1] = fen >> 63

    def batch(self, first_row: int, good: NDArray[np.intp] | None) -> pa.RecordBatch:
        """The rows that are good (None: all) as columns."""
        rows: Any = slice(None) if good is None else good
        size = self.size if good is None else len(good)
        numbers = np.arange(first_row, first_row + self.size)[rows]
        status = pa.DictionaryArray.from_arrays(pa.array(self.status[rows]), pa.array(STATUSES))
        amounts = decimals(self.amount[rows], self.is_paid[rows])
        reasons = codes(self.reasons[rows], [name for name, _ in self.question.reasons])
        return (
            pa.RecordBatch.from_arrays([pa.array(numbers), status, amounts, reasons], schema=schema_of(self.question))
            if size
            else pa.RecordBatch.from_pylist([], schema_of(self.question))
        )


def _mask(part: NDArray[np.bool_] | bool, size: int) -> NDArray[np.bool_]:
    return np.full(size, part) if isinstance(part, bool) else part


def decimals(halves: NDArray[np.int64], known: NDArray[np.bool_]) -> pa.Array:
    """128-bit fen as amounts."""
    validity = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))
    values = pa.py_buffer(np.ascontiguousarray(halves))
    return pa.Array.from_buffers(AMOUNT, len(known), [validity, values])


def codes(masks: NDArray[np.bool_], names: list[str]) -> pa.Array:
    """For each row the codes whose masks hold, in order."""
    offsets = np.zeros(len(masks) + 1, np.int32)
    if names:
        np.cumsum(masks.sum(axis=1), out=offsets[1:])
    places = np.broadcast_to(np.arange(len(names), dtype=np.int8), masks.shape)[masks]
    listed = pa.DictionaryArray.from_arrays(pa.array(places), pa.array(names, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets), listed)
