"""The values of named rules as Arrow columns: exact, whatever they are; for each entry of a list, as a list.

Amounts in whole fen are decimal128(38, 2), plain whole numbers int64 (decimal128 where they may be larger), all others
struct<n, d> in lowest terms; numbers that may have more than 38 digits are texts in place of any of these. An entry is
given by its place among all of its list's in the record, from 0. Where a rule may be known to be none, a column
`<rule> is none` says where; null alone is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from civil_aid_rules.compiler.bounds import MOST, Intervals
from civil_aid_rules.determinations.column_wanted import MOST_IN_DECIMAL, Column
from civil_aid_rules.facts.columns import Columns
from civil_aid_rules.ir.types import NumberType

EPOCH = 719163
FEN = pa.decimal128(38, 2)
LARGE = pa.decimal128(38, 0)
NONE_SUFFIX = " is none"


def rule_type(column: Column, intervals: Intervals) -> pa.DataType:
    """The type of a rule's column."""
    plain = _plain_type(column, intervals)
    return pa.list_(plain) if column.scaled.scope else plain


def _plain_type(column: Column, intervals: Intervals) -> pa.DataType:
    match column.scaled.kind:
        case "yes_no":
            return pa.bool_()
        case "day":
            return pa.date32()
        case "text":
            return pa.string()
        case "entry":
            return pa.int64()
        case "number":
            return _number_type(column, intervals)


def _number_type(column: Column, intervals: Intervals) -> pa.DataType:
    slot, scale = column.scaled.slot, column.scaled.scale
    above = intervals.of_rule(slot).size
    below = scale * (intervals.of_rule(slot, "divisor").size if column.divisor else 1)
    if _is_in_fen(column):
        return FEN if above * (100 // scale) < MOST_IN_DECIMAL else pa.string()
    most = max(above, below)
    kind = pa.int64() if max(above * scale, below) <= MOST else LARGE if most < MOST_IN_DECIMAL else pa.string()
    return kind if _is_whole(column) else pa.struct([("n", kind), ("d", kind)])


def _is_in_fen(column: Column) -> bool:
    type_ = column.rule.type
    is_money = isinstance(type_, NumberType) and type_.unit.currency is not None
    return is_money and column.divisor is None and 100 % column.scaled.scale == 0


def _is_whole(column: Column) -> bool:
    return column.divisor is None and column.scaled.scale == 1


def rule_arrays(
    column: Column,
    results: tuple[Any, ...],
    kind: pa.DataType,
    block: tuple[Columns, int, int],
    texts: dict[str, int],
    *,
    is_condition: bool,
) -> tuple[pa.Array, pa.Array]:
    """The values of a rule for a block of records, and where they are known to be none."""
    columns, first, last = block
    ends = record_ends(columns, column.scaled.scope, first, last)
    size = int(ends[-1])
    one, other, none = (_filled(part, size) for part in results[3 * column.value : 3 * column.value + 3])
    known = one.astype(np.bool_) | other if is_condition else other
    plain = kind.value_type if column.scaled.scope else kind
    missing = ~known.astype(np.bool_) | none.astype(np.bool_)
    if column.scaled.kind == "number":
        below = 1 if column.divisor is None else _filled(results[3 * column.divisor], size)
        found = _numbers(column, one, below, missing, plain)
    else:
        found = _plain(column, one, missing, block, texts)
    is_none = pa.array(none.astype(np.bool_))
    if not column.scaled.scope:
        return found, is_none
    offsets = pa.array(ends.astype(np.int32))
    return pa.ListArray.from_arrays(offsets, found), pa.ListArray.from_arrays(offsets, is_none)


def _filled(part: Any, size: int) -> NDArray[Any]:
    return part if isinstance(part, np.ndarray) else np.full(size, part, object if abs(part) >= 2**63 else None)


def record_ends(columns: Columns, scope: str, first: int, last: int) -> NDArray[Any]:
    """Where the entries of each record of a block end among those of the block; begins with 0."""
    at = record_rows(columns, scope, first, last)
    found: NDArray[Any] = at - at[0]
    return found


def record_rows(columns: Columns, scope: str, first: int, last: int) -> NDArray[Any]:
    """The first entry of a list of each record of a block, among all; one more for the end."""
    at: NDArray[Any] = np.arange(first, last + 1)
    steps = scope.split(".") if scope else []
    for place in range(len(steps)):
        at = columns.lists[".".join(steps[: place + 1])].offsets[at]
    return at


def _plain(
    column: Column, n: NDArray[Any], missing: NDArray[np.bool_], block: tuple[Columns, int, int], texts: dict[str, int]
) -> pa.Array:
    match column.scaled.kind:
        case "yes_no":
            return pa.array(n.astype(np.bool_), mask=missing)
        case "day":
            return pa.array((n - EPOCH).astype(np.int32), pa.date32(), mask=missing)
        case "text":
            names = pa.array(list(texts))
            at = np.where(missing, 0, n).astype(np.int64)
            return pa.DictionaryArray.from_arrays(pa.array(at, mask=missing), names).dictionary_decode()
        case _:
            columns, first, last = block
            begins = record_rows(columns, column.scaled.entries, first, last)
            owner = np.repeat(np.arange(last - first), np.diff(record_ends(columns, column.scaled.scope, first, last)))
            return pa.array((n - (begins[:-1] - begins[0])[owner]).astype(np.int64), mask=missing)


def _numbers(
    column: Column, n: NDArray[Any], below: NDArray[Any] | int, missing: NDArray[np.bool_], kind: pa.DataType
) -> pa.Array:
    scale = column.scaled.scale
    n = np.where(missing, 0, n)
    if _is_in_fen(column):
        fen = _times(n, 100 // scale)
        return decimals(halves(fen), ~missing, kind) if kind == FEN else _texts(fen, missing, _yuan)
    if _is_whole(column):
        return _whole(n, missing, kind)
    d = _times(np.where(missing, 1, below), scale)
    common = np.gcd(n, d)
    parts = [_whole(part // common, missing, kind.field(0).type) for part in (n, d)]
    return pa.StructArray.from_arrays(parts, ["n", "d"], mask=pa.array(missing))


def _times(n: NDArray[Any], factor: int) -> NDArray[Any]:
    """The numbers times a factor, of any size where 64 bits do not hold them."""
    is_wide = n.dtype != object and len(n) and max(int(n.max()), -int(n.min())) * factor >= 2**63
    return (n.astype(object) if is_wide else n) * factor


def _whole(n: NDArray[Any], missing: NDArray[np.bool_], kind: pa.DataType) -> pa.Array:
    if kind == LARGE:
        return decimals(halves(n), ~missing, kind)
    return pa.array(n.astype(np.int64), mask=missing) if kind == pa.int64() else _texts(n, missing, str)


def _texts(n: NDArray[Any], missing: NDArray[np.bool_], shown: Callable[[int], str]) -> pa.Array:
    return pa.array([None if gone else shown(int(one)) for one, gone in zip(n, missing, strict=True)], pa.string())


def _yuan(fen: int) -> str:
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02}"


def halves(n: NDArray[Any]) -> NDArray[np.int64]:
    """Whole numbers as 128-bit ones, low half first. Those that are larger are no numbers of a decimal128."""
    found = np.empty((len(n), 2), np.int64)
    if n.dtype == object:
        found[:, 0] = [(int(item) & (2**64 - 1)) - (2**64 if int(item) & 2**63 else 0) for item in n.tolist()]
        found[:, 1] = [int(item) >> 64 for item in n.tolist()]
    else:
        found[:, 0] = n
        found[:, 1] = found[:, 0] >> 63
    return found


def decimals(values: NDArray[np.int64], known: NDArray[np.bool_], kind: pa.DataType = FEN) -> pa.Array:
    """128-bit whole numbers as decimals."""
    validity = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(kind, len(known), [validity, pa.py_buffer(np.ascontiguousarray(values))])
