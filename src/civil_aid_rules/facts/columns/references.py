"""References between entries of one record: a text names the entry of a list whose id it is, in the same record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Named:
    """The ids of all entries of a list, and where those of each record begin."""

    ids: pa.Array
    offsets: Any


def places_of(
    column: pa.Array, records: NDArray[np.intp], named: Named, says_none: bool
) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None, NDArray[np.bool_] | None]:
    """The row of the entry that each reference names, where one says "none", and where it names no entry."""
    texts = pa.chunked_array([named.ids.cast(pa.large_string()), column.cast(pa.large_string())])
    coded = texts.combine_chunks().dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    ids, sought = codes[: len(named.ids)], codes[len(named.ids) :]
    found = np.full(len(column), -1, np.int64)
    first, last = named.offsets[records], named.offsets[records + 1]
    longest = int((last - first).max()) if len(records) else 0
    for step in range(longest):
        rows = np.flatnonzero((found < 0) & (first + step < last) & (sought >= 0))
        hit = rows[ids[first[rows] + step] == sought[rows]]
        found[hit] = first[hit] + step
    is_none = pc.fill_null(pc.equal(column, "none"), False).to_numpy(zero_copy_only=False) & says_none
    is_bad = (found < 0) & (sought >= 0) & ~is_none
    return np.maximum(found, 0), is_none if is_none.any() else None, is_bad if is_bad.any() else None
