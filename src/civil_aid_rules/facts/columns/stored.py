"""What a record batch holds of each fact and list, as arrays over Arrow's own memory, and how a block of rows is read.

A block is the rows from `first` to `last` of one level: of the records, or of all entries of one list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from civil_aid_rules.facts.vocabulary import FactField
from civil_aid_rules.ir.types import DateType, GroupType, NumberType
from civil_aid_rules.ir.values import NONE, Value

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Bits:
    """One bit for each row, as Arrow stores yes, no and what is there."""

    data: NDArray[np.uint8]
    offset: int

    def block(self, first: int, last: int) -> NDArray[np.bool_]:
        """Yes or no for each row of a block."""
        start, end = self.offset + first, self.offset + last
        whole = np.unpackbits(self.data[start >> 3 : (end + 7) >> 3], bitorder="little").view(np.bool_)
        return whole[start & 7 : (start & 7) + last - first]


@dataclass(frozen=True, slots=True)
class Step:
    """A field on the way to a fact: where it is there (None: everywhere; False: nowhere), what its absence says."""

    there: Bits | Literal[False] | None
    absent: Value


@dataclass(frozen=True, slots=True)
class FactColumn:
    """One fact of all entries of a list, or of the records.

    `raw` holds int64 fen or numbers, int32 days of 1970, int64 rows of entries; None without values. Of texts it holds
    indices of any type, and `codes` the number of the text that each index stands for.
    Yes and no stand in `bits`. `high` is the upper half of 128-bit numbers. `is_none` and `is_bad` mark values that the
    column writes as a text. `least` and `most` bound what a record accepts.
    """

    field: FactField
    steps: tuple[Step, ...]
    raw: Array | None = None
    bits: Bits | None = None
    high: Array | None = None
    is_none: NDArray[np.bool_] | None = None
    is_bad: NDArray[np.bool_] | None = None
    least: int = 0
    most: int = 0
    codes: NDArray[np.int64] | None = None

    @property
    def has_values(self) -> bool:
        """Whether any row can have a value."""
        is_group = isinstance(self.field.type, GroupType) and all(step.there is not False for step in self.steps)
        return self.raw is not None or self.bits is not None or is_group

    @property
    def may_be_unknown(self) -> bool:
        """Whether a row can be unknown."""
        return any(step.there is not None and step.absent is not NONE for step in self._reached())

    @property
    def may_be_none(self) -> bool:
        """Whether a row can be known to be none."""
        return self.is_none is not None or any(
            step.there is not None and step.absent is NONE for step in self._reached()
        )

    def _reached(self) -> tuple[Step, ...]:
        """The steps up to the first that leads nowhere."""
        for place, step in enumerate(self.steps):
            if step.there is False:
                return self.steps[: place + 1]
        return self.steps

    def present(self, first: int, last: int) -> NDArray[np.bool_]:
        """Where there is a value."""
        found = np.ones(last - first, np.bool_)
        for step in self._reached():
            if step.there is False:
                return np.zeros(last - first, np.bool_)
            if step.there is not None:
                found &= step.there.block(first, last)
        return found & ~self.is_none[first:last] if self.is_none is not None else found


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One list of all entries of the list above, or of the records: where each begins, which are known."""

    offsets: Array
    known: Bits | Literal[False] | None


ROWS_AT_ONCE = 65536
"""Rows looked at together: as many as stay in the processor's cache."""


def length_bounds(offsets: Array) -> tuple[int, int]:
    """The length of the shortest list and of the longest; 0 where there is none."""
    found = []
    for first in range(0, len(offsets) - 1, ROWS_AT_ONCE):
        part = offsets[first : first + ROWS_AT_ONCE + 1]
        lengths = np.subtract(part[1:], part[:-1])
        found += [int(lengths.min()), int(lengths.max())]
    return min(found, default=0), max(found, default=0)


@dataclass(slots=True)
class Columns:
    """A record batch: the facts that are read, by path and slot, and the lists by path. `size` counts the records.

    `bad` has the rows of each list that no record may have, those with a wrong value noted while blocks are read;
    `wide` those with a number beyond `limit`; `checked` are the columns looked at.
    """

    size: int
    facts: Mapping[tuple[str, int], FactColumn]
    lists: Mapping[str, ListColumn]
    limit: int = 0
    bad: dict[str, list[Array]] = field(default_factory=dict)
    wide: dict[str, list[Array]] = field(default_factory=dict)
    checked: set[tuple[str, int]] = field(default_factory=set)
    indices: dict[tuple[str, int, tuple[int, ...]], NDArray[np.bool_]] = field(default_factory=dict)

    def records_of(self, found: Mapping[str, list[Array]]) -> NDArray[np.intp]:
        """The records that rows of lists belong to, each once."""
        records = [np.zeros(0, np.intp)]
        for scope, parts in found.items():
            rows, path = np.concatenate(parts), scope
            while path:
                rows = np.searchsorted(self.lists[path].offsets, rows, side="right") - 1
                path = path.rpartition(".")[0]
            records.append(rows.astype(np.intp))
        return np.unique(np.concatenate(records))

    def mark(self, scope: str, first: int, wrong: Array, into: dict[str, list[Array]]) -> None:
        """Note the rows of a block."""
        into.setdefault(scope, []).append(np.flatnonzero(wrong) + first)

    # --- one block --------------------------------------------------------------------------------------------------

    def numbers(self, column: FactColumn, scope: str, first: int, last: int) -> Array:
        """Numbers, those that are large noted too."""
        assert column.raw is not None
        found: Array = np.ascontiguousarray(column.raw[first:last])
        least, most = self.check(column, scope, first, last, found)
        if most > self.limit or least < -self.limit:
            self.mark(scope, first, (found > self.limit) | (found < -self.limit), self.wide)
        return found

    def days(self, column: FactColumn, scope: str, first: int, last: int) -> Array:
        """Days of 1970; one that no calendar has is noted, and stands at the end of it."""
        assert column.raw is not None
        least, most = self.check(column, scope, first, last)
        found: Array = column.raw[first:last]
        return found.clip(column.least, column.most) if least < column.least or most > column.most else found

    def indices_of(self, scope: str, slot: int, codes: tuple[int, ...]) -> NDArray[np.bool_]:
        """For each index of a column of texts whether it stands for one of some codes."""
        key = (scope, slot, codes)
        if key not in self.indices:
            held = self.facts[scope, slot].codes
            assert held is not None
            self.indices[key] = np.array([code in codes for code in held.tolist()], np.bool_)
        return self.indices[key]

    def plain(self, column: FactColumn, scope: str, first: int, last: int) -> Array:
        """Indices of texts, rows of entries."""
        assert column.raw is not None
        self.check(column, scope, first, last)
        found: Array = column.raw[first:last]
        return found

    def yes_no(self, column: FactColumn, scope: str, first: int, last: int) -> Array:
        """Yes or no."""
        self.check(column, scope, first, last)
        return np.ones(last - first, np.bool_) if column.bits is None else column.bits.block(first, last)

    def check(
        self, column: FactColumn, scope: str, first: int, last: int, found: Array | None = None
    ) -> tuple[int, int]:
        """Note the values of a column that no record may have. Gives bounds of numbers and days; `found` holds them."""
        self.checked.add((scope, column.field.slot))
        if column.is_bad is not None:
            self._mark_bad(column, scope, first, last, column.is_bad[first:last])
        if column.raw is None or last == first or not isinstance(column.field.type, NumberType | DateType):
            return 0, 0
        found = column.raw[first:last] if found is None else found
        least, most = _bounds(found, column)
        if column.high is not None:
            upper = column.high[first:last]
            if least < 0 or np.bitwise_or.reduce(upper):
                self._mark_bad(column, scope, first, last, upper != (found >> 63))
        if least < column.least or most > column.most:
            self._mark_bad(column, scope, first, last, (found < column.least) | (found > column.most))
        return least, most

    def _mark_bad(self, column: FactColumn, scope: str, first: int, last: int, wrong: Array) -> None:
        wrong = wrong & column.present(first, last)
        if wrong.any():
            self.mark(scope, first, wrong, self.bad)

    def check_the_rest(self) -> None:
        """The same for the columns that rules read and that nothing was computed from, as others here are empty."""
        for (scope, slot), column in self.facts.items():
            if (scope, slot) not in self.checked:
                self.check(column, scope, 0, int(self.lists[scope].offsets[-1]) if scope else self.size)

    def segments(self, scope: str, first: int, last: int) -> tuple[NDArray[np.intp], int, int]:
        """Offsets within the block of a list's entries, and which entries those are."""
        column = self.lists[scope]
        offsets: Array = column.offsets[first : last + 1]
        begin, end = int(offsets[0]), int(offsets[-1])
        places = offsets.astype(np.intp)
        places -= begin
        return places, begin, end

    def known(self, scope: str, first: int, last: int) -> NDArray[np.bool_]:
        """Where a list is known."""
        known = self.lists[scope].known
        return known.block(first, last) if isinstance(known, Bits) else np.full(last - first, known is None)


def _bounds(found: Array, column: FactColumn) -> tuple[int, int]:
    """A number that none is below, and one that none is above; in one pass where no bit tells of one too large."""
    joined = int(np.bitwise_or.reduce(found))
    if column.least <= 0 <= joined <= column.most:
        return 0, joined
    return int(found.min()), int(found.max())
