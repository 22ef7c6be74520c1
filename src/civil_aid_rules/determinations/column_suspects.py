"""Of rows that are refused, the few columns on which their faults rest: a whole household takes a millisecond to read.

Where the faults lie in single values, all other columns of facts are left out before rows are read one by one. Where
lists, ids, references or open items are wrong, or texts cannot be read, rows are read as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules.errors import RecordError
from civil_aid_rules.facts.columns import Columns, read_columns
from civil_aid_rules.facts.columns.layout import Layout
from civil_aid_rules.ir.types import ItemType
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fields import is_private, model_of

Path = tuple[str, ...]


def narrowed(batch: pa.RecordBatch, rows: Sequence[int], layout: Layout) -> tuple[pa.RecordBatch, NDArray[np.bool_]]:
    """Some rows, with the columns that faults can rest on; which of them (bool[rows]) can be read from those alone."""
    is_simple: NDArray[np.bool_] = np.zeros(len(rows), np.bool_)
    try:
        batch = batch.take(pa.array(rows, pa.int64()))
        batch.validate(full=True)
        columns = _all_read(batch, layout)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, RecordError):
        # Texts that are none; views of texts; references into a list without ids, which no rule reads.
        return batch, is_simple
    is_simple[:] = True
    is_simple[columns.records_of(columns.bad)] = False
    suspects: set[Path] = set()
    for (scope, _), column in columns.facts.items():
        columns.bad.clear()
        columns.check(column, scope, 0, int(columns.lists[scope].offsets[-1]) if scope else batch.num_rows)
        if isinstance(column.field.type, ItemType):  # what a reference names is told with the ids of its list
            is_simple[columns.records_of(columns.bad)] = False
        elif columns.bad:
            suspects.add(tuple(f"{scope}.{column.field.name}".removeprefix(".").split(".")))
    kept = {name: _kept(batch.column(name), layout.model, (name,), suspects) for name in batch.schema.names}
    found = {name: column for name, column in kept.items() if column is not None}
    # A batch of no columns would have no rows either.
    return (pa.RecordBatch.from_pydict(found), is_simple) if found else (batch, is_simple)


def _all_read(batch: pa.RecordBatch, layout: Layout) -> Columns:
    codes: dict[str, int] = {}
    reads = {name: {fact.slot for fact in scope.facts.values()} for name, scope in layout.vocabulary.scopes.items()}
    found = read_columns(batch, layout, reads, lambda text: codes.setdefault(text, len(codes)))
    return replace(found, limit=2**63 - 1)


def _kept(column: pa.Array, model: type[BaseModel], path: Path, suspects: Collection[Path]) -> pa.Array | None:
    """A column without what no fault rests on; None where nothing of it is left. Private texts stay: none is shown."""
    info = model.model_fields[path[-1]]
    inner, kind = model_of(info.annotation), column.type
    if inner is None:
        return column if path in suspects or is_private(info) or _is_bounded_note(info) else None
    if pa.types.is_struct(kind):
        return _struct(column, inner, path, suspects)
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)) or not pa.types.is_struct(kind.value_type):
        return column
    values = _struct(column.values, inner, path, suspects)
    if values is None:
        return None
    made = pa.ListArray if pa.types.is_list(kind) else pa.LargeListArray
    return made.from_arrays(column.offsets, values, mask=column.is_null() if column.null_count else None)


def _struct(column: pa.Array, model: type[BaseModel], path: Path, suspects: Collection[Path]) -> pa.Array | None:
    fields = {field.name: column.field(place) for place, field in enumerate(column.type)}
    none = fields.pop("none", None) if "none" not in model.model_fields else None
    found = {name: _kept(held, model, (*path, name), suspects) for name, held in fields.items()}
    kept = {name: held for name, held in found.items() if held is not None}
    if not kept:
        return None
    kept |= {} if none is None else {"none": none}
    return pa.StructArray.from_arrays(
        list(kept.values()), list(kept), mask=column.is_null() if column.null_count else None
    )


def _is_bounded_note(info: FieldInfo) -> bool:
    """Whether it is no fact, and not every text may stand there. An id is required, and looked at with its list."""
    is_note = not any(isinstance(marker, Fact | Entry) for marker in info.metadata)
    return is_note and not info.is_required() and any(hasattr(marker, "max_length") for marker in info.metadata)
