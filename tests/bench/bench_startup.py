"""How long it takes to start: help, importing, and a first determination, each in a fresh process.

    python tests/bench/bench_startup.py [RUNS]

Prints the median of RUNS runs (21), what lies beyond bare Python, and the ratio of that to bare Python: ratios travel
from machine to machine, milliseconds do not. Byte code is compiled beforehand, as after any first start. All rows take
turns, so that a busy moment touches all alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "household.yaml")
QUESTION = [EXAMPLE, "--program", "urban_dibao", "--on", "2016-04-01"]
TOUCH = "import civil_aid_rules as c\nfor name in c.__all__: getattr(c, name)"

ROWS: dict[str, tuple[list[str], str]] = {
    "bare Python": (["-c", "pass"], ""),
    "the core libraries alone": (["-c", "from pydantic import BaseModel\nimport yaml, dateutil.relativedelta"], ""),
    "civil-aid --help": (["-m", "civil_aid_rules", "--help"], "60 ms beyond"),
    "import civil_aid_rules": (["-c", "import civil_aid_rules"], ""),
    "every public name": (["-c", TOUCH], "150 ms beyond"),
    "civil-aid determine": (["-m", "civil_aid_rules", "determine", *QUESTION, "--json"], "500 ms"),
    "civil-aid explain": (["-m", "civil_aid_rules", "explain", *QUESTION], ""),
}


def measured(runs: int) -> dict[str, float]:
    """The median of each row in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in ROWS}
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = folder
        for turn in range(runs + 2):
            for name, (words, _) in ROWS.items():
                started = time.perf_counter()
                subprocess.run([sys.executable, *words], env=env, stdout=subprocess.DEVNULL, check=True)
                if turn >= 2:
                    times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    found = measured(runs)
    bare = found["bare Python"]
    print(f"{'':<26} {'median ms':>10} {'beyond ms':>10} {'beyond / bare':>14}  goal")
    for name, (_, goal) in ROWS.items():
        beyond = found[name] - bare
        print(f"{name:<26} {found[name]:>10.1f} {beyond:>10.1f} {beyond / bare:>14.1f}  {goal}")


if __name__ == "__main__":
    main()
