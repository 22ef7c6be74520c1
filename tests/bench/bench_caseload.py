"""A population file of urban dibao from Parquet to Parquet: how long a household takes, how much memory the run takes.

    python tests/bench/bench_caseload.py [HOUSEHOLDS …] [--workers N] [--folder DIR]

Makes the files that are not there yet (seeded), then for each size (100000 and 1000000): the whole run, as `civil-aid
caseload` does it, beside the sum of what it cannot do without: pyarrow reading the same columns, the determination in
memory, pyarrow writing the same results. All in one go, so that ratios hold on any machine. The run is made in a
process of its own; its peak memory is that of the parent and, for each worker, the largest of all workers (ru_maxrss).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from civil_aid_rules import Rulebook  # noqa: E402
from civil_aid_rules.determinations.columns import determine_batch  # noqa: E402
from tests.bench.population import write_population  # noqa: E402

MIB = 1024.0


def whole_run(population: Path, out: Path, workers: int) -> dict[str, Any]:
    """What one run takes, made in a process of its own."""
    words = [sys.executable, __file__, "--one-run", str(population), str(out), str(workers)]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def one_run(population: str, out: str, workers: str) -> None:
    """The run, its time and memory on standard output."""
    rulebook = Rulebook.load(programs=["urban_dibao"])
    rulebook.evaluator("urban_dibao", on="2016-04-01").columns()
    started = time.perf_counter()
    result = rulebook.determine_caseload(
        population, out, program="urban_dibao", on="2016-04-01", keep=["household_id"], workers=int(workers)
    )
    took = time.perf_counter() - started
    own, children = (
        resource.getrusage(who).ru_maxrss / MIB for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    counts = result.counts.model_dump()
    spent = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "took": took,
                "processor": spent,
                "memory": own + (int(workers) if children else 0) * children,
                "counts": counts,
            }
        )
    )


def parts(population: Path, folder: Path) -> dict[str, float]:
    """Reading, determining and writing by themselves, on one thread, batch by batch."""
    rulebook = Rulebook.load(programs=["urban_dibao"])
    prepared = rulebook.evaluator("urban_dibao", on="2016-04-01").columns(keep=["household_id"])
    spent = {"read": 0.0, "determined": 0.0, "written": 0.0}
    writer: pq.ParquetWriter | None = None
    batches = pq.ParquetFile(population).iter_batches(65_536, use_threads=False)
    while True:
        started = time.perf_counter()
        batch = next(batches, None)
        read = time.perf_counter()
        spent["read"] += read - started
        if batch is None:
            break
        accepted, _ = determine_batch(prepared, batch)
        determined = time.perf_counter()
        spent["determined"] += determined - read
        table = pa.Table.from_batches([accepted])
        if writer is None:
            fields = [_plain(field) for field in table.schema]
            writer = pq.ParquetWriter(folder / "parts.parquet", pa.schema(fields))
        writer.write_table(table.cast(writer.schema))
        spent["written"] += time.perf_counter() - determined
    if writer is not None:
        writer.close()
    return spent


def _plain(field: pa.Field) -> pa.Field:
    return field.with_type(pa.list_(pa.string())) if pa.types.is_list(field.type) else field


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("households", nargs="*", type=int, default=[100_000, 1_000_000])
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "civil_aid_populations")
    arguments = asked.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    print(
        f"{'households':>11} {'file MiB':>8} {'run s':>8} {'cpu s':>8} {'µs each':>8} {'peak MiB':>8} "
        f"{'read s':>8} {'determ. s':>9} {'write s':>8} {'run / sum':>9}"
    )
    each: dict[int, float] = {}
    for households in arguments.households:
        population = arguments.folder / f"population-{households}.parquet"
        if not population.exists():
            partial = population.with_suffix(".partial")
            write_population(partial, households)
            partial.replace(population)
        run = whole_run(population, arguments.folder / "determinations.parquet", arguments.workers)
        assert run["counts"]["read"] == households
        alone = parts(population, arguments.folder)
        each[households] = run["took"] / households * 1e6
        print(
            f"{households:>11,} {population.stat().st_size / MIB / MIB:>8.1f} "
            f"{run['took']:>8.2f} {run['processor']:>8.2f} "
            f"{each[households]:>8.3f} {run['memory']:>8.0f} {alone['read']:>8.2f} {alone['determined']:>9.2f} "
            f"{alone['written']:>8.2f} {run['took'] / sum(alone.values()):>9.2f}",
            flush=True,
        )
    sizes = sorted(each)
    for smaller, larger in pairwise(sizes):
        print(f"a household at {larger:,} against {smaller:,}: {each[larger] / each[smaller]:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one-run"]:
        one_run(*sys.argv[2:])
    else:
        main()
