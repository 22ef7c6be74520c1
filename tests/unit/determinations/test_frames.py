"""Tables of other libraries, which hand over Arrow: the same results as a pyarrow table.

On demand, with the libraries: pip install polars duckdb pandas, then
python -m pytest -m slow tests/unit/determinations/test_frames.py
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civil_aid_rules import Rulebook
from tests.bench.population import write_population

HOUSEHOLDS = 5000
READ: dict[str, Callable[[Any, Path], object]] = {
    "polars": lambda library, file: library.read_parquet(file),
    "duckdb": lambda library, file: library.sql(f"select * from '{file}'"),
    "pandas": lambda library, file: library.read_parquet(file, dtype_backend="pyarrow"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_a_table_of_another_library_is_decided_as_one_of_pyarrow(name: str, tmp_path: Path) -> None:
    library = pytest.importorskip(name)
    file = tmp_path / "population.parquet"
    write_population(file, HOUSEHOLDS, unknown=0.05)
    evaluator = Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")
    of_pyarrow = pa.table(evaluator.determine_columns(pq.read_table(file), keep=["household_id"]))
    other = pa.table(evaluator.determine_columns(READ[name](library, file), keep=["household_id"]))
    assert of_pyarrow.num_rows == HOUSEHOLDS
    assert other.to_pylist() == of_pyarrow.to_pylist()
