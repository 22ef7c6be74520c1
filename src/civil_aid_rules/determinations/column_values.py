"""What kernels give, gathered over all blocks into Arrow columns: amounts in decimal128, reasons as lists of codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from civil_aid_rules.backends.columnar.kernel import Kernel
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.determinations.column_rules import FEN, NONE_SUFFIX, decimals, halves, rule_arrays, rule_type
from civil_aid_rules.determinations.column_wanted import Question
from civil_aid_rules.facts.columns import Columns
from civil_aid_rules.facts.columns.stored import ROWS_AT_ONCE

STATUS = pa.dictionary(pa.int8(), pa.string())
REASONS = pa.list_(pa.dictionary(pa.int16(), pa.string()))
STATUSES = ("ineligible", "eligible", "undetermined")


def schema_of(question: Question, types: Sequence[pa.DataType]) -> pa.Schema:
    """The columns of what is decided, then those of the named rules."""
    fields = [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("status", STATUS, nullable=False),
        pa.field("amount", FEN),
        pa.field("reasons", REASONS, nullable=False),
    ]
    for column, kind in zip(question.columns, types, strict=True):
        fields.append(pa.field(column.name, kind))
        if column.may_be_none:
            fields.append(
                pa.field(f"{column.name}{NONE_SUFFIX}", pa.list_(pa.bool_()) if column.scaled.scope else pa.bool_())
            )
    return pa.schema(fields)


class Gathered:
    """The results of a batch, one place for each row; of named rules, arrays block by block.

    `wide` are the rows that were worked out once more with numbers of any size; their values of rules come last.
    """

    def __init__(self, question: Question, intervals: Intervals, texts: dict[str, int], size: int) -> None:
        self.question, self.texts, self.size = question, texts, size
        self.types = [rule_type(column, intervals) for column in question.columns]
        self.status = np.zeros(size, np.int8)
        self.amount: NDArray[Any] = np.zeros((size, 2), np.int64)
        self.is_paid = np.zeros(size, np.bool_)
        self.reasons = np.zeros((size, len(question.reasons)), np.bool_)
        self.rules: list[list[tuple[pa.Array, pa.Array]]] = [[] for _ in question.columns]
        self.wide: NDArray[np.intp] | None = None

    def take_rules(self, kernel: Kernel, results: tuple[Any, ...], block: tuple[Columns, int, int]) -> None:
        """The values of the named rules of a block."""
        for column, kind, held in zip(self.question.columns, self.types, self.rules, strict=True):
            is_condition = kernel.is_condition[column.value]
            held.append(rule_arrays(column, results, kind, block, self.texts, is_condition=is_condition))

    def take(self, where: Any, size: int, results: tuple[Any, ...]) -> None:
        """The results of a block: three for each node wanted, then one for each reason."""
        yes, no = _mask(results[0], size), _mask(results[1], size)
        self.status[where] = 2 - 2 * no.view(np.int8) - yes
        if self.question.has_amount:
            fen, known = results[3], _mask(results[4], size)
            self.is_paid[where] = known | no
            self._pay(where, np.multiply(fen, ~no & known))
        for place in range(len(self.question.reasons)):
            self.reasons[where, place] = results[3 * len(self.question.wanted) + place]

    def _pay(self, where: Any, fen: NDArray[Any]) -> None:
        """The amounts of a block, whose upper halves are nought where none is negative."""
        if fen.dtype == object or fen.min(initial=0) < 0:
            self.amount[where] = halves(fen)
        else:
            self.amount[where, 0] = fen

    def batch(self, first_row: int, good: NDArray[np.intp] | None) -> pa.RecordBatch:
        """The rows that are good (None: all) as columns."""
        rows: Any = slice(None) if good is None else good
        size = self.size if good is None else len(good)
        numbers = np.arange(first_row, first_row + self.size)[rows]
        status = pa.DictionaryArray.from_arrays(pa.array(self.status[rows]), pa.array(STATUSES))
        amounts = decimals(self.amount[rows], self.is_paid[rows])
        reasons = codes(self.reasons[rows], [name for name, _ in self.question.reasons])
        schema = schema_of(self.question, self.types)
        if not size:
            return pa.RecordBatch.from_pylist([], schema)
        columns = [pa.array(numbers), status, amounts, reasons, *self._rules(good)]
        return pa.RecordBatch.from_arrays(columns, schema=schema)

    def _rules(self, good: NDArray[np.intp] | None) -> Iterator[pa.Array]:
        order = np.arange(self.size)
        if self.wide is not None:
            order[self.wide] = self.size + np.arange(len(self.wide))
        rows = pa.array(order if good is None else order[good])
        for column, held in zip(self.question.columns, self.rules, strict=True):
            for part in range(2 if column.may_be_none else 1):
                found = pa.concat_arrays([arrays[part] for arrays in held])
                yield found if self.wide is None and good is None else found.take(rows)


def _mask(part: NDArray[np.bool_] | bool, size: int) -> NDArray[np.bool_]:
    return np.full(size, part) if isinstance(part, bool) else part


def codes(holds: NDArray[np.bool_], names: list[str]) -> pa.Array:
    """For each row the codes that hold, in order. `holds` has a row for each row, a column for each code."""
    size, number = holds.shape
    lengths = np.zeros(size, np.uint16)
    for code in range(number):
        lengths += holds[:, code]
    offsets = np.zeros(size + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    listed = np.empty(int(offsets[-1]), np.int16)
    every = np.tile(np.arange(number, dtype=np.int16), min(size, ROWS_AT_ONCE))
    for first in range(0, size, ROWS_AT_ONCE):
        block = holds[first : first + ROWS_AT_ONCE].ravel()
        last = min(first + ROWS_AT_ONCE, size)
        np.compress(block, every[: len(block)], out=listed[offsets[first] : offsets[last]])
    codes_listed = pa.DictionaryArray.from_arrays(pa.array(listed), pa.array(names, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets), codes_listed)
