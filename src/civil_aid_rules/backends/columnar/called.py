"""What generated source calls besides numpy's own functions. `out` is scratch, or None for an array of its own.

Segments are given by offsets: those of row `i` are the elements from `offsets[i]` to `offsets[i + 1]`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from civil_aid_rules.quantities import ordinals

Array = NDArray[Any]
Places = NDArray[np.intp]


def take(values: Array, index: Places, out: Array | None = None) -> Array:
    """The elements at the places; anything where there are none at all."""
    if not len(values):
        return np.zeros(len(index), values.dtype) if out is None else _filled(out, 0)
    return np.take(values, index, out=out, mode="clip")


def _filled(out: Array, value: Array | int) -> Array:
    out[:] = value
    return out


def places(numbers: Array) -> Places:
    """Numbers as places."""
    return numbers.astype(np.intp)


def unlimited(numbers: Array) -> Array:
    """Numbers without a limit to their size."""
    return numbers.astype(object)


def minimum(one: Array | int, other: Array | int, out: Array | None = None) -> Array:
    """The smaller of two."""
    found: Array = np.minimum(one, other, out=out)
    return found


def maximum(one: Array | int, other: Array | int, out: Array | None = None) -> Array:
    """The larger of two."""
    found: Array = np.maximum(one, other, out=out)
    return found


def full(size: int, value: int) -> Array:
    """The same number for each row."""
    is_long = abs(value) >= 2**63
    return np.full(size, value, dtype=object if is_long else np.int64)


def none_block(is_none: Array, first: int, last: int) -> Array:
    """Where the rows of a block say that there is none."""
    found: Array = is_none[first:last]
    return found


def among(indices: Array, wanted: NDArray[np.bool_], out: Array | None = None) -> Array:
    """Where an index is one of those wanted, one comparison for each; anything where a row has no index."""
    found: Array = np.empty(len(indices), np.bool_) if out is None else out
    is_few = 2 * np.count_nonzero(wanted) <= len(wanted)
    places = np.flatnonzero(wanted if is_few else ~wanted).tolist()
    if not places:
        return _filled(found, not is_few)
    if len(places) > MOST_COMPARED:
        return np.take(wanted, indices, out=found, mode="clip")
    compare, join = (np.equal, np.bitwise_or) if is_few else (np.not_equal, np.bitwise_and)
    compare(indices, places[0], out=found)
    for place in places[1:]:
        join(found, compare(indices, place), out=found)
    return found


MOST_COMPARED = 6
"""Comparisons that take no longer than looking each index up."""


# --- segments ---------------------------------------------------------------------------------------------------------


def owners(offsets: Places) -> Places:
    """For each element the row whose segment it is in."""
    found: Places = np.repeat(np.arange(len(offsets) - 1), np.subtract(offsets[1:], offsets[:-1]))
    return found


def pairs(offsets: Places, rows: Places | int) -> tuple[Places, Places, Places, int]:
    """A row for each entry of the list of each row: offsets, whose it is, which entry it is; how many there are."""
    first = offsets[:-1] if isinstance(rows, int) else take(offsets[:-1], rows)
    last = offsets[1:] if isinstance(rows, int) else take(offsets[1:], rows)
    made = np.zeros(len(first) + 1, np.intp)
    np.cumsum(last - first, out=made[1:])
    owner = owners(made)
    return made, owner, np.arange(len(owner)) - take(made, owner) + take(first, owner), len(owner)


def sizes(offsets: Places, out: Array | None = None) -> Array:
    """How many elements each segment has."""
    return np.subtract(offsets[1:], offsets[:-1], out=out)


def count(mask: Array, offsets: Places, out: Array | None = None) -> Array:
    """For how many elements of each segment a mask holds: most masks of what is unknown hold for none at all."""
    hits = int(np.count_nonzero(mask))
    if hits < len(mask) // FEW:
        found = np.zeros(len(offsets) - 1, np.int64) if out is None else _filled(out, 0)
        if hits:
            np.add.at(found, np.searchsorted(offsets, np.flatnonzero(mask), side="right") - 1, 1)
        return found
    running = np.empty(len(mask) + 1, np.int32)
    running[0] = 0
    np.cumsum(mask, dtype=np.int32, out=running[1:])
    ends = np.take(running, offsets)
    return np.subtract(ends[1:], ends[:-1], out=out)


FEW = 32
"""One in so many: those that a mask holds for are then found one by one faster than by a running sum of all."""


def total(numbers: Array, offsets: Places, out: Array | None = None) -> Array:
    """The sum of each segment."""
    running = np.empty(len(numbers) + 1, object if numbers.dtype == object else np.int64)
    running[0] = 0
    np.cumsum(numbers, out=running[1:])
    ends = np.take(running, offsets)
    found: Array = np.subtract(ends[1:], ends[:-1], out=out)
    return found


def _reduced(reduce: Any, numbers: Array, offsets: Places, nothing: int) -> Array:
    found = np.full(len(offsets) - 1, nothing, dtype=numbers.dtype)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled):
        found[filled] = reduce.reduceat(numbers, offsets[filled])
    return found


def product(numbers: Array, offsets: Places, out: Array | None = None) -> Array:
    """The product of each segment; of nothing 1."""
    found = _reduced(np.multiply, numbers, offsets, 1)
    return found if out is None else _filled(out, found)


def _extreme_of(reduce: Any, numbers: Array, mask: Array | bool, offsets: Places) -> Array:
    if mask is False:
        return np.zeros(len(offsets) - 1, numbers.dtype)
    if mask is True:
        return _reduced(reduce, numbers, offsets, 0)
    counted = np.zeros(len(offsets), np.intp)
    np.cumsum(count(np.asarray(mask), offsets), out=counted[1:])
    return _reduced(reduce, numbers[mask], counted, 0)


def min_of(numbers: Array, mask: Array | bool, offsets: Places) -> Array:
    """The smallest of the elements of each segment for which the mask holds; of nothing whatever."""
    return _extreme_of(np.minimum, numbers, mask, offsets)


def max_of(numbers: Array, mask: Array | bool, offsets: Places) -> Array:
    """The largest, likewise."""
    return _extreme_of(np.maximum, numbers, mask, offsets)


def _ordered(
    by: Array, mask: Array | bool, owner: Places, highest_first: bool, last_listed_first: bool
) -> tuple[Places, Array, Array]:
    """The elements segment by segment in their order, those for which the mask does not hold last; keys, counted."""
    keys = np.unique(by, return_inverse=True)[1].astype(np.int64)
    counted = np.full(len(by), mask) if isinstance(mask, bool) else mask
    listed = np.arange(len(by))
    order = np.lexsort((-listed if last_listed_first else listed, -keys if highest_first else keys, ~counted, owner))
    return order, keys[order], counted[order]


def first(
    by: Array,
    mask: Array | bool,
    owner: Places,
    offsets: Places,
    entries: Places | None,
    highest_first: bool,
    last_listed_first: bool,
) -> tuple[Places, Array]:
    """The entry in first place of each segment, and whether there is one."""
    order, _, counted = _ordered(by, mask, owner, highest_first, last_listed_first)
    filled = np.diff(offsets) > 0
    found, exists = np.zeros(len(filled), np.intp), np.zeros(len(filled), np.bool_)
    begins = offsets[:-1][filled]
    found[filled] = order[begins] if entries is None else entries[order[begins]]
    exists[filled] = counted[begins]
    return found, exists


def place(
    by: Array,
    mask: Array | bool,
    owner: Places,
    offsets: Places,
    entries: Places | None,
    wanted: Places | None,
    highest_first: bool,
    last_listed_first: bool,
    shared: bool,
) -> Array:
    """The place, from 1, of the entry that each row wants among its segment; 0 where the mask does not hold for it."""
    order, keys, counted = _ordered(by, mask, owner, highest_first, last_listed_first)
    listed = np.arange(len(order))
    numbers = listed - offsets[owner[order]]
    if shared:
        begins = np.ones(len(order), np.bool_)
        begins[1:] = (keys[1:] != keys[:-1]) | (np.diff(owner[order]) != 0)
        numbers = np.maximum.accumulate(np.where(begins, listed, 0)) - offsets[owner[order]]
    found = np.zeros(len(order), np.int64)
    found[order] = np.where(counted, numbers + 1, 0)
    rows = np.zeros(len(offsets) - 1, np.int64)
    named = np.arange(len(order)) if entries is None else entries
    sought = np.arange(len(rows)) if wanted is None else wanted
    hit = named == sought[owner]
    rows[owner[hit]] = found[hit]
    return rows


# --- numbers ----------------------------------------------------------------------------------------------------------


def half_up_from_zero(above: Array, below: Array | int, out: Array | None = None) -> Array:
    """Rounded to whole numbers, ties up; `above` is not negative."""
    return np.floor_divide(np.multiply(above, 2) + below, 2 * below, out=out)


def half_up(above: Array, below: Array | int, out: Array | None = None) -> Array:
    """Rounded, ties away from zero."""
    return np.multiply(half_up_from_zero(np.absolute(above), below), np.sign(above), out=out)


def half_even(above: Array, below: Array | int, out: Array | None = None) -> Array:
    """Rounded, ties to the even number."""
    whole = np.floor_divide(above, below)
    twice = 2 * (above - whole * below)
    found: Array = np.add(whole, (twice > below) | ((twice == below) & (whole % 2 == 1)), out=out)
    return found


def up_from_zero(above: Array, below: Array | int, out: Array | None = None) -> Array:
    """Rounded up; `above` is not negative."""
    found: Array = np.negative(np.floor_divide(np.negative(above), below), out=out)
    return found


def up(above: Array, below: Array | int, out: Array | None = None) -> Array:
    """Rounded away from zero."""
    return np.multiply(up_from_zero(np.absolute(above), below), np.sign(above), out=out)


def down(above: Array, below: Array | int, out: Array | None = None) -> Array:
    """Rounded towards zero."""
    return np.multiply(np.floor_divide(np.absolute(above), below), np.sign(above), out=out)


def divided(above: Array, below: Array | int) -> tuple[Array, Array]:
    """The quotient, and the rest."""
    whole = np.floor_divide(above, below)
    return whole, above - whole * below


def row_of(keys: Array, table: tuple[tuple[int, ...], tuple[int, ...], int | None]) -> tuple[Array, Array]:
    """The amount in the row of each key, and whether there is one; beyond the last one by steps, where there are."""
    known, amounts, further = table
    kind = keys.dtype if keys.dtype == object else np.int64
    listed = np.array(known, kind)
    at = np.minimum(np.searchsorted(listed, keys), len(listed) - 1)
    amount, found = np.array(amounts, kind)[at], listed[at] == keys
    if further is not None:
        beyond = keys - known[-1]
        above = beyond > 0
        amount, found = amount + further * np.multiply(beyond, above), found | above
    return amount, found.astype(np.bool_)


def of_days(asked: tuple[Any, ...], size: int, known: Array | bool, *arguments: Array | int) -> tuple[Array, Array]:
    """A function of days, where its arguments are known; and whether there is such a day. Each question once."""
    name, *more = asked
    function = getattr(ordinals, name)
    rows = np.arange(size) if known is True else np.flatnonzero(known)
    columns = [[int(item)] * len(rows) if isinstance(item, int) else item[rows].tolist() for item in arguments]
    answers: dict[tuple[int, ...], int | None] = {}
    found, exists = np.zeros(size, np.int64), np.zeros(size, np.bool_)
    for row, question in zip(rows.tolist(), zip(*columns, strict=True), strict=True):
        if question not in answers:
            answers[question] = function(*question, *more)
        answer = answers[question]
        if answer is not None:
            found[row], exists[row] = answer, True
    return found, exists


NUMPY = (
    "add", "subtract", "multiply", "absolute", "floor_divide",
    "less", "less_equal", "greater", "greater_equal", "equal", "bitwise_and", "bitwise_or", "logical_not", "arange",
)  # fmt: skip
CALLED: dict[str, Any] = {name: getattr(np, name) for name in NUMPY} | {
    function.__name__: function
    for function in (
        take, among, places, minimum, maximum, unlimited, none_block, full, owners, pairs, sizes, count, total, product,
        min_of, max_of, first, place,
        half_up_from_zero, half_up, half_even, up_from_zero, up, down, divided, row_of, of_days,
    )
}  # fmt: skip
"""What generated source may call, by name."""
