"""Urban dibao over a table in memory, beside kernels written by hand in NumPy: how long a household takes.

    python tests/bench/bench_columnar.py [HOUSEHOLDS …]

Households have 1 to 7 members and state what the rules behind the outcome read. The hand-written kernels decide the
same from the same Arrow batch, give status, amount and reasons, and need not handle what is unknown; all results are
checked equal. `plain` is `reduceat` in one pass; `tuned` is prefix sums, block by block. They trust their input, while
columns are held against what any record must be: `unchecked` leaves out looking at lengths of lists and at values
beyond what a record may hold, and so tells what that takes. One thread; the ways take turns, and the least time of
several rounds is shown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from civil_aid_rules import Rulebook
from civil_aid_rules.determinations.column_rules import decimals
from civil_aid_rules.determinations.column_values import codes
from civil_aid_rules.determinations.columns import ColumnProgram, determine_batch
from civil_aid_rules.facts.columns import Columns, read

DAY = 719163
KINDS = ("wages", "other_business", "pension", "veterans_pension", "rent")
PERIODS = ("month", "year", "once")
RELATIONS = ("head", "spouse", "child", "parent", "other_supported")
REGISTRATIONS = ("non_agricultural", "agricultural")
REASONS = ["has_counted_members", "has_recipients", "below_standard", "asset_bar"]
MILLION = 10**6
ROUNDS = 9


def texts(rng: Any, names: tuple[str, ...], size: int, weights: list[int] | None = None) -> pa.Array:
    shares = None if weights is None else np.array(weights) / sum(weights)
    return pa.DictionaryArray.from_arrays(pa.array(rng.choice(len(names), size, p=shares).astype(np.int8)), list(names))


def days(rng: Any, first: int, last: int, size: int, missing: int = 0) -> pa.Array:
    found = rng.integers(first - DAY, last - DAY, size).astype(np.int32)
    mask = rng.integers(0, 100, size) < missing if missing else None
    return pa.array(found, pa.date32(), mask=mask)


def listed(lengths: Any, entries: pa.Array) -> pa.Array:
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), entries)


def struct(fields: dict[str, pa.Array], mask: Any = None) -> pa.Array:
    mask = None if mask is None else pa.array(mask)
    return pa.StructArray.from_arrays(list(fields.values()), list(fields), mask=mask)


def yes_no(rng: Any, share: int, size: int) -> pa.Array:
    return pa.array(rng.integers(0, 100, size) < share)


def households(size: int) -> pa.RecordBatch:
    """Households all of whose facts are known."""
    rng = np.random.default_rng(1)
    members = rng.integers(1, 8, size)
    persons = int(members.sum())
    incomes = rng.choice(4, persons, p=[0.35, 0.45, 0.15, 0.05])
    items = int(incomes.sum())
    barred = (rng.integers(0, 100, persons) < 2).astype(np.int64)
    amounts = np.zeros((items, 2), np.int64)
    amounts[:, 0] = rng.integers(0, 2_000_00, items)
    first, last = 735000, 736084
    income = struct(
        {
            "kind": texts(rng, KINDS, items),
            "amount": decimals_14(amounts),
            "period": texts(rng, PERIODS, items, [8, 1, 1]),
            "start": days(rng, first, last + 60, items),
            "end": days(rng, 736000, 736500, items, 80),
        }
    )
    exclusion = struct(
        {
            "kind": texts(rng, ("prison", "religious_absence", "tekun_approved"), int(barred.sum())),
            "start": days(rng, first, last, int(barred.sum())),
            "end": days(rng, 736000, 736500, int(barred.sum()), 50),
        }
    )
    rare = {"start": days(rng, first, last + 60, persons), "end": days(rng, 736000, 736500, persons, 70)}
    person = struct(
        {
            "relation": texts(rng, RELATIONS, persons),
            "registration": texts(rng, REGISTRATIONS, persons, [9, 1]),
            "registered_in_town": yes_no(rng, 50, persons),
            "has_contracted_land": yes_no(rng, 50, persons),
            "shares_collective_income": yes_no(rng, 50, persons),
            "lives_with_family": yes_no(rng, 95, persons),
            "in_schooling": yes_no(rng, 20, persons),
            "exclusions": listed(barred, exclusion),
            "income": listed(incomes, income),
            "regular_recipient": struct(rare, rng.integers(0, 100, persons) >= 15),
            "stopped_share": struct(rare, rng.integers(0, 100, persons) >= 1),
        }
    )
    finding = texts(rng, ("within", "exceeds"), size, [9, 1])
    return pa.RecordBatch.from_arrays([listed(members, person), finding], ["members", "asset_finding"])


def decimals_14(halves: Any) -> pa.Array:
    return pa.Array.from_buffers(pa.decimal128(14, 2), len(halves), [None, pa.py_buffer(halves)])


def with_unknown(batch: pa.RecordBatch, share: int) -> pa.RecordBatch:
    """The same, with so many of a hundred values of each plain column left out."""
    rng = np.random.default_rng(2)

    def thinned(column: pa.Array) -> pa.Array:
        kind = column.type
        if pa.types.is_list(kind):
            return pa.ListArray.from_arrays(column.offsets, thinned(column.values))
        if pa.types.is_struct(kind):
            fields = [thinned(column.field(place)) for place in range(kind.num_fields)]
            mask = column.is_null() if column.null_count else None
            return pa.StructArray.from_arrays(fields, [field.name for field in kind], mask=mask)
        return pa.compute.if_else(pa.array(rng.integers(0, 100, len(column)) >= share), column, None)

    return pa.RecordBatch.from_arrays([thinned(column) for column in batch.columns], batch.schema.names)


# --- kernels by hand --------------------------------------------------------------------------------------------------


class Inputs:
    """The arrays that a hand-written kernel starts from, read in place."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        members = batch.column("members")
        person = members.values
        income, exclusion = person.field("income"), person.field("exclusions")
        self.members, self.incomes, self.exclusions = (
            column.offsets.to_numpy().astype(np.intp) for column in (members, income, exclusion)
        )
        self.finding = batch.column("asset_finding").indices.to_numpy()
        self.relation, self.registration = (
            person.field(name).indices.to_numpy() for name in ("relation", "registration")
        )
        self.lives, self.schooling = (self.bits(person.field(name)) for name in ("lives_with_family", "in_schooling"))
        item, ended = income.values, exclusion.values
        self.kind, self.period = (item.field(name).indices.to_numpy() for name in ("kind", "period"))
        self.amount = np.frombuffer(item.field("amount").buffers()[1], np.int64).reshape(-1, 2)[:, 0]
        self.start, self.end, self.open = self.dates(item)
        self.why = ended.field("kind").indices.to_numpy()
        self.ex_start, self.ex_end, self.ex_open = self.dates(ended)
        self.regular, self.stopped = person.field("regular_recipient"), person.field("stopped_share")
        self.is_regular, self.is_stopped = (self.there(column) for column in (self.regular, self.stopped))
        self.reg_start, self.reg_end, self.reg_open = self.dates(self.regular)
        self.stop_start, self.stop_end, self.stop_open = self.dates(self.stopped)

    def bits(self, column: pa.Array) -> Any:
        return np.frombuffer(column.buffers()[1], np.uint8)

    def there(self, column: pa.Array) -> Any:
        return np.frombuffer(column.buffers()[0], np.uint8)

    def dates(self, column: pa.Array) -> tuple[Any, Any, Any]:
        start, end = column.field("start"), column.field("end")
        return (
            np.frombuffer(start.buffers()[1], np.int32),
            np.frombuffer(end.buffers()[1], np.int32),
            self.there(end),
        )


def unpacked(bits: Any, first: int, last: int) -> Any:
    whole = np.unpackbits(bits[first >> 3 : (last + 7) >> 3], bitorder="little").view(np.bool_)
    return whole[first & 7 : (first & 7) + last - first]


def sums_by_reduceat(values: Any, offsets: Any) -> Any:
    filled = offsets[1:] > offsets[:-1]
    found = np.zeros(len(offsets) - 1, np.int64)
    if filled.any():
        found[filled] = np.add.reduceat(values, offsets[:-1][filled], dtype=np.int64)
    return found


def sums_by_prefixes(values: Any, offsets: Any) -> Any:
    running = np.zeros(len(values) + 1, np.int32 if values.dtype == bool else np.int64)
    np.cumsum(values, out=running[1:])
    ends = running.take(offsets)
    return ends[1:] - ends[:-1]


def decided(x: Inputs, first: int, last: int, sums: Callable[[Any, Any], Any]) -> tuple[Any, Any, Any]:
    """Status (0 no, 1 yes), fen and reasons of the households from `first` to `last`."""
    at = x.members[first : last + 1]
    p0, p1 = int(at[0]), int(at[-1])
    inc = x.incomes[p0 : p1 + 1]
    i0, i1 = int(inc[0]), int(inc[-1])
    exc = x.exclusions[p0 : p1 + 1]
    e0, e1 = int(exc[0]), int(exc[-1])
    at, inc, exc = at - p0, inc - i0, exc - e0
    # income
    start, once = x.start[i0:i1], x.period[i0:i1] == 2
    running = ~unpacked(x.open, i0, i1) | (x.end[i0:i1] >= 736055 - DAY)
    lately = start > 735718 - DAY
    counts = (x.kind[i0:i1] != 3) & (start <= 736084 - DAY) & ((once & lately) | (~once & running))
    times = (x.period[i0:i1] == 0) * np.int64(11) + 1
    own = sums(x.amount[i0:i1] * times * counts, inc)
    # who counts
    why, begin = x.why[e0:e1], x.ex_start[e0:e1]
    last_day = np.array([736055, 734959, 736054], np.int32) - DAY
    barred = (begin <= last_day[why]) & (~unpacked(x.ex_open, e0, e1) | (x.ex_end[e0:e1] >= 736055 - DAY))
    relation = x.relation[p0:p1]
    lives = unpacked(x.lives, p0, p1) | ((relation == 2) & unpacked(x.schooling, p0, p1))
    counted = lives & (sums(barred, exc) == 0)
    recipient = counted & (x.registration[p0:p1] == 0)

    def holds(there: Any, since: Any, until: Any, open_: Any) -> Any:
        until_now = ~unpacked(open_, p0, p1) | (until[p0:p1] >= 736055 - DAY)
        return recipient & unpacked(there, p0, p1) & (since[p0:p1] <= 736055 - DAY) & until_now

    regular = holds(x.is_regular, x.reg_start, x.reg_end, x.reg_open)
    stopped = holds(x.is_stopped, x.stop_start, x.stop_end, x.stop_open)
    # the household
    family = sums(own * counted, at)
    size, recipients, regulars = (sums(mask, at).astype(np.int64) for mask in (counted, recipient, regular))
    stopped_regular, stopped_all = sums(stopped & regular, at), sums(stopped, at)
    divisor = size + (size == 0)
    full = divisor * 576000
    has, below, within = recipients > 0, (family < full) & (size > 0), x.finding[first:last] == 0
    eligible = has & below & within
    gap = full - family
    due = (
        full * regulars + gap * (recipients - regulars) - full * stopped_regular - gap * (stopped_all - stopped_regular)
    )
    below_line = divisor * 12
    fen = (2 * due + below_line) // (2 * below_line) * eligible
    base = has & below
    reasons = np.empty((last - first, 4), np.bool_)
    counts = size > 0
    reasons[:, 0] = np.where(within, counts == base, ~base & ~counts)
    met = has | ~counts
    reasons[:, 1] = np.where(within, met == base, ~base & ~met)
    reasons[:, 2] = np.where(within, below == base, ~base & ~below) & (size > 0)
    reasons[:, 3] = ~within | eligible
    return eligible, fen, reasons


def by_hand(batch: pa.RecordBatch, sums: Callable[[Any, Any], Any], block: int) -> pa.RecordBatch:
    x, size = Inputs(batch), batch.num_rows
    status, amount = np.empty(size, np.int8), np.zeros((size, 2), np.int64)
    reasons = np.empty((size, 4), np.bool_)
    for first in range(0, size, block):
        last = min(first + block, size)
        status[first:last], amount[first:last, 0], reasons[first:last] = decided(x, first, last, sums)
    named = pa.DictionaryArray.from_arrays(pa.array(status), ["ineligible", "eligible", "undetermined"])
    paid = decimals(amount, np.ones(size, np.bool_))
    listed_reasons = codes(reasons, REASONS)
    return pa.RecordBatch.from_arrays([named, paid, listed_reasons], ["status", "amount", "reasons"])


def unchecked(prepared: ColumnProgram, batch: pa.RecordBatch) -> pa.RecordBatch:
    """What is decided of records that nobody looks at first."""
    with (
        patch.object(Columns, "check", lambda *_, **__: (0, 0)),
        patch.object(read, "length_bounds", lambda _: (1, 1)),
    ):
        return determine_batch(prepared, batch)[0]


# --- the table --------------------------------------------------------------------------------------------------------


def least(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, run in ways.items():
            started = time.thread_time()
            run()
            taken = (time.thread_time() - started) * 1000
            found[name] = min(taken, found.get(name, taken))
    return found


def measure(size: int) -> None:
    batch = households(size)
    open_batch = with_unknown(batch, 5)
    prepared = Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01").columns()
    ways: dict[str, Callable[[], Any]] = {
        "columns": lambda: determine_batch(prepared, batch)[0],
        "columns, unchecked": lambda: unchecked(prepared, batch),
        "columns, 5% unknown": lambda: determine_batch(prepared, open_batch)[0],
        "plain kernel": lambda: by_hand(batch, sums_by_reduceat, size),
        "tuned kernel": lambda: by_hand(batch, sums_by_prefixes, 16384),
    }
    found, plain, tuned = ways["columns"](), ways["plain kernel"](), ways["tuned kernel"]()
    for name in ("status", "amount", "reasons"):
        for other in (plain, tuned):
            if found.column(name).to_pylist() != other.column(name).to_pylist():
                places = [
                    (place, one, two)
                    for place, (one, two) in enumerate(
                        zip(found.column(name).to_pylist(), other.column(name).to_pylist(), strict=True)
                    )
                    if one != two
                ]
                sys.exit(f"{name} differs in {len(places)} households: {places[:3]}")
    times = least(ways)
    print(f"{size:>9,} households" + "".join(f"{name:>22}" for name in times))
    print(f"{'ms':>20}" + "".join(f"{taken:>22.1f}" for taken in times.values()))
    print(
        f"{'of the plain kernel':>20}" + "".join(f"{taken / times['plain kernel']:>22.2f}" for taken in times.values())
    )
    print(
        f"{'of the tuned kernel':>20}" + "".join(f"{taken / times['tuned kernel']:>22.2f}" for taken in times.values())
    )


if __name__ == "__main__":
    for count in [int(word) for word in sys.argv[1:]] or [10**4, 10**5, MILLION]:
        measure(count)
