"""How much work it is to start: help, importing, and a first determination, each in a fresh process.

    python tests/bench/bench_startup.py [RUNS]

Prints the median processor time of RUNS runs (21), what lies beyond bare Python, and how often bare Python fits into
that. Byte code is compiled beforehand, as after any first start; all rows take turns, so that a busy moment touches all
alike. Goals were set in milliseconds where bare Python takes 9; the ratios that follow from them hold anywhere.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUESTION = [str(ROOT / "examples" / "household.yaml"), "--program", "urban_dibao", "--on", "2016-04-01"]
FACE = "from civil_aid_rules import Household, Rulebook, Scenario, replay"
EVERYTHING = "import civil_aid_rules as c\nfor name in c.__all__: getattr(c, name)"
MODELS = """
import yaml
from pydantic import BaseModel, ConfigDict
for number in range(30):
    fields = {"id": str, "amount": int | None, "items": list[str]}
    type(f"Model{number}", (BaseModel,), {"__annotations__": fields, "model_config": ConfigDict(extra="forbid")})
"""
BARE_WHERE_GOALS_WERE_SET = 9

ROWS: dict[str, tuple[list[str], int | None]] = {
    "bare Python": (["-c", "pass"], None),
    "pydantic, yaml and 30 models": (["-c", MODELS], None),
    "civil-aid --help": (["-m", "civil_aid_rules", "--help"], 60),
    "import civil_aid_rules": (["-c", "import civil_aid_rules"], None),
    "the four names of a first program": (["-c", FACE], 150),
    "every public name": (["-c", EVERYTHING], None),
    "civil-aid determine": (["-m", "civil_aid_rules", "determine", *QUESTION, "--json"], 500),
    "civil-aid explain": (["-m", "civil_aid_rules", "explain", *QUESTION], None),
}
"""What is run, and its goal in milliseconds beyond bare Python."""


def measured(runs: int) -> dict[str, float]:
    """The median of each row in milliseconds of processor time."""
    times: dict[str, list[float]] = {name: [] for name in ROWS}
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = folder
        for turn in range(runs + 1):
            for name, (words, _) in ROWS.items():
                before = spent()
                subprocess.run([sys.executable, *words], env=env, stdout=subprocess.DEVNULL, check=True)
                if turn:  # the first turn compiles
                    times[name].append((spent() - before) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def spent() -> float:
    """The processor time of all processes that were started and have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the table."""
    found = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
    bare = found["bare Python"]
    print(f"{'':<34} {'ms':>8} {'beyond':>8} {'/ bare':>7}   goal / bare")
    for name, (_, goal) in ROWS.items():
        ratio = (found[name] - bare) / bare
        line = f"{name:<34} {found[name]:>8.1f} {found[name] - bare:>8.1f} {ratio:>7.1f}"
        if goal is not None:
            wanted = goal / BARE_WHERE_GOALS_WERE_SET
            line += f"   {wanted:>4.1f} {'reached' if ratio <= wanted else 'MISSED'} ({goal} ms)"
        print(line)


if __name__ == "__main__":
    main()
