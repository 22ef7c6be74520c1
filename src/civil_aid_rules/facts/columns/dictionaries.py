"""Columns whose values stand in a dictionary, each row with an index: which indices lead to a value, and which not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def sound(column: pa.Array) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    """A column no index of which leads to null or beyond its dictionary, those rows null; where the latter were.

    Any other column is returned as it is.
    """
    if not pa.types.is_dictionary(column.type) or not len(column):
        return column, None
    values, indices = column.dictionary, column.indices
    at = _whole_numbers(indices)
    if not values.null_count and int(at.min()) >= 0 and int(at.max()) < len(values):
        return column, None
    known: NDArray[np.bool_] = indices.is_valid().to_numpy(zero_copy_only=False)
    beyond = known & ((at < 0) | (at >= len(values)))
    known &= ~beyond
    has_value = values.is_valid().to_numpy(zero_copy_only=False)
    if len(values):
        known &= has_value[np.where(known, at, 0)]
    kept = pa.array(np.where(known, at, 0), indices.type, mask=~known)
    return pa.DictionaryArray.from_arrays(kept, values), beyond if beyond.any() else None


def _whole_numbers(indices: pa.Array) -> NDArray[Any]:
    """The indices as they are stored; whatever where a row is null."""
    kind = np.dtype(indices.type.to_pandas_dtype())
    return np.frombuffer(indices.buffers()[1], kind, len(indices), indices.offset * kind.itemsize)
