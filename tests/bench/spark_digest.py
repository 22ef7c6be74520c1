"""Spark in local mode and one process give the same: the digest of all results, by household.

    python tests/bench/spark_digest.py [HOUSEHOLDS]

On demand: needs `pip install -e '.[spark]'` and Java 17. It runs the script of docs/how-to/spark.md as it is printed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from civil_aid_rules import Rulebook  # noqa: E402
from tests.bench.population import write_population  # noqa: E402

PAGE = ROOT / "docs" / "how-to" / "spark.md"


def digest_of(table: pa.Table) -> str:
    """A digest of household, status, amount and reasons, whatever the order of the rows."""
    found = hashlib.sha256()
    for row in table.select(["household_id", "status", "amount", "reasons"]).sort_by("household_id").to_pylist():
        found.update(repr((row["household_id"], row["status"], str(row["amount"]), row["reasons"])).encode())
    return found.hexdigest()


def main() -> int:
    """0 where both digests are equal."""
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_population(folder / "population.parquet", households, unknown=0.05)
        script = re.search(r"```python\n(# spark_caseload\.py\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        assert script is not None
        (folder / "spark_caseload.py").write_text(script[1], encoding="utf-8")
        environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
        subprocess.run([sys.executable, "spark_caseload.py"], cwd=folder, env=environment, check=True)
        by_spark = pq.read_table(folder / "determinations")
        Rulebook.load(programs=["urban_dibao"]).determine_caseload(
            folder / "population.parquet",
            folder / "one.parquet",
            program="urban_dibao",
            on="2016-04-01",
            keep=["household_id"],
        )
        in_one_process = pq.read_table(folder / "one.parquet")
    assert by_spark.num_rows == households == in_one_process.num_rows
    digests = {"Spark": digest_of(by_spark), "one process": digest_of(in_one_process)}
    for engine, digest in digests.items():
        print(f"{engine:<12} {digest}")
    return 0 if len(set(digests.values())) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
