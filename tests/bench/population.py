"""Populations of any size for measurements: households of 1-7 members, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

ROWS_AT_ONCE = 262_144
KINDS = ["wages", "pension", "other_business"]
_PERIODS = ["month", "year"]


def write_population(path: Path, households: int, *, seed: int = 1, unknown: float = 0.0) -> None:
    """A Parquet file with what urban dibao reads. `unknown`: the share of incomes whose amount is not known."""
    random = np.random.default_rng(seed)
    writer: pq.ParquetWriter | None = None
    for first in range(0, households, ROWS_AT_ONCE):
        table = _households(random, first, min(ROWS_AT_ONCE, households - first), unknown)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _households(random: np.random.Generator, first: int, size: int, unknown: float) -> pa.Table:
    members = _lists(random.integers(1, 8, size), lambda count: _members(random, count, unknown))
    findings = random.choice(3, size, p=[0.9, 0.07, 0.03])
    return pa.table(
        {
            "household_id": pa.array(np.arange(first, first + size)),
            "members": members,
            "assets": _lists(
                np.zeros(size, np.int64), lambda count: pa.nulls(count, pa.struct([("kind", pa.string())]))
            ),
            "asset_finding": _coded(findings, ["within", "exceeds", None]),
        }
    )


def _members(random: np.random.Generator, count: int, unknown: float) -> pa.Array:
    incomes = _lists(random.choice(3, count, p=[0.5, 0.4, 0.1]), lambda items: _incomes(random, items, unknown))
    names = pa.array([f"m{place}" for place in range(1, 8)])
    return pa.StructArray.from_arrays(
        [
            names.take(pa.array(np.arange(count) % 7)),
            _coded(random.integers(0, 3, count), ["head", "spouse", "child"]),
            pa.array(random.integers(-18_000, 15_000, count).astype(np.int32), pa.date32()),
            _coded(random.choice(2, count, p=[0.8, 0.2]), ["non_agricultural", "agricultural"]),
            pa.array(random.random(count) < 0.95),
            pa.array(random.random(count) < 0.2),
            _lists(np.zeros(count, np.int64), _kinds),
            incomes,
        ],
        names=[
            "id",
            "relation",
            "birth_date",
            "registration",
            "lives_with_family",
            "in_schooling",
            "exclusions",
            "income",
        ],
    )


def _incomes(random: np.random.Generator, count: int, unknown: float) -> pa.Array:
    fen = random.integers(100, 150_000, count)
    halves = np.stack([fen, np.zeros(count, np.int64)], axis=1)
    known = random.random(count) >= unknown
    validity = pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
    amounts = pa.Array.from_buffers(pa.decimal128(18, 2), count, [validity, pa.py_buffer(halves.tobytes())])
    return pa.StructArray.from_arrays(
        [
            _coded(random.integers(0, len(KINDS), count), KINDS),
            amounts,
            _coded(random.choice(2, count, p=[0.9, 0.1]), _PERIODS),
            pa.array(np.full(count, np.datetime64("2014-07-01")), pa.date32()),
        ],
        names=["kind", "amount", "period", "start"],
    )


def _kinds(count: int) -> pa.Array:
    return pa.nulls(count, pa.struct([("kind", pa.string())]))


def _lists(lengths: NDArray[np.int64], entries: Callable[[int], pa.Array]) -> pa.Array:
    """One list for each length, its entries made all at once."""
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), entries(int(offsets[-1])))


def _coded(codes: NDArray[np.int64], texts: Sequence[str | None]) -> pa.Array:
    return pa.array(list(texts), pa.string()).take(pa.array(codes))
