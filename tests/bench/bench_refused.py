"""Rows of a table that are refused, in rows a second: `python -m tests.bench.bench_refused [ROWS]`.

Each kind of damage is done to every row of a batch of households of 1-7 members; next to it the same batch unharmed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from civil_aid_rules import Rulebook
from tests.bench.population import write_population

Damage = Callable[[pa.RecordBatch], pa.RecordBatch]


def _finding(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A choice that there is not."""
    return _put(batch, "asset_finding", pa.array(["withn"] * batch.num_rows))


def _amounts(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Amounts with three decimals, in each item of income of each member."""
    members = batch.column("members")
    people = members.values
    income = people.field("income")
    items = income.values
    fields = {field.name: items.field(place) for place, field in enumerate(items.type)}
    fields["amount"] = pa.array(np.full(len(items), "70.005"))
    changed = pa.StructArray.from_arrays(list(fields.values()), list(fields))
    incomes = pa.ListArray.from_arrays(income.offsets, changed, mask=pc.is_null(income))
    columns = {field.name: people.field(place) for place, field in enumerate(people.type)}
    columns["income"] = incomes
    everybody = pa.StructArray.from_arrays(list(columns.values()), list(columns))
    return _put(batch, "members", pa.ListArray.from_arrays(members.offsets, everybody))


def _jurisdiction(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A jurisdiction that is not asked for."""
    return _put(batch, "jurisdiction", pa.array(["nowhere"] * batch.num_rows))


def _put(batch: pa.RecordBatch, name: str, column: pa.Array) -> pa.RecordBatch:
    columns = dict(zip(batch.schema.names, batch.columns, strict=True)) | {name: column}
    return pa.RecordBatch.from_arrays(list(columns.values()), list(columns))


DAMAGE: dict[str, Damage] = {
    "unharmed": lambda batch: batch,
    "one wrong choice": _finding,
    "wrong amounts in lists": _amounts,
    "another jurisdiction": _jurisdiction,
}


def main() -> None:
    """Print a table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        write_population(Path(folder) / "population.parquet", rows)
        (batch,) = pq.read_table(Path(folder) / "population.parquet").combine_chunks().to_batches()
    evaluator = Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")
    evaluator.determine_columns(batch.slice(0, 10), keep=["household_id"])
    print(f"{'damage':>24} {'refused rows':>14} {'lines':>8} {'rows/s':>10}")
    for name, damage in DAMAGE.items():
        damaged = damage(batch)
        evaluator.determine_columns(damaged.slice(0, 10), keep=["household_id"])
        began = perf_counter()
        found = evaluator.determine_columns(damaged, keep=["household_id"])
        seconds = perf_counter() - began
        refused = rows - found.determinations.num_rows
        print(f"{name:>24} {refused:>14,} {found.rejects.num_rows:>8,} {rows / seconds:>10,.0f}")


if __name__ == "__main__":
    main()
