"""One determination in the interpreter, and loading and compiling packs: how long each takes.

    python tests/bench/bench_interpreter.py [ROUNDS]

Prints the least processor time of ROUNDS rounds (15) and what share of a start of bare Python that is. Goals were set
in microseconds where bare Python takes 9 ms; the shares that follow from them hold anywhere. All rows take turns, so
that a busy moment touches all alike; a machine that does other work besides shows figures that are too high.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from civil_aid_rules import Determination, Evaluator, Household, Rulebook
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
BARE_WHERE_GOALS_WERE_SET = 9_000
BARE: Final = "bare Python"
MILLISECOND = 1000.0

Row = tuple[Callable[[], object], int, float | None]
"""What is run, how often in one round, and its goal in microseconds."""


def interpreted(evaluator: Evaluator, household: Household, vocabulary: Vocabulary) -> Determination:
    """A determination of the interpreter, with what a caller reads from it."""
    evaluation = evaluator.interpreter.run(extract(household, vocabulary))
    found = Determination.of(evaluator, household, evaluation)
    for name in ("status", "payment", "lines", "reasons", "missing", "alternatives", "assumed", "flags"):
        getattr(found, name)
    return found


def looked_at(determination: Determination) -> list[object]:
    """What each step of the trace rests on."""
    return [step.grounds for step in determination.trace]


def lines_of(rulebook: Rulebook) -> int:
    """The lines of all files that loading reads: programs, parameters, rules, notices, overlays; blank ones too.

    The worked examples are not among them: only `civil-aid check` and tests read those, so they cost nothing here.
    """
    folders = {"overlays", *rulebook.packs.packs}
    return sum(
        len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / "rules").rglob("*.yaml")
        if "examples" not in file.parts and folders & set(file.parts)
    )


def rows() -> Iterator[tuple[str, Row]]:
    """What is measured."""
    rulebook = Rulebook.load()
    evaluator = rulebook.evaluator("urban_dibao", on="2016-04-01")
    household = Household.load(ROOT / "examples" / "household.yaml")
    urban = Rulebook.load(programs=["urban_dibao"])
    yield BARE, (start_python, 1, None)
    vocabulary = rulebook.vocabularies["household"]
    yield "interpreter, no trace", (lambda: interpreted(evaluator, household, vocabulary), 100, 300)
    yield "interpreter, its trace", (lambda: interpreted(evaluator, household, vocabulary).trace, 100, 600)
    yield (
        "interpreter, every step looked at",
        (lambda: looked_at(interpreted(evaluator, household, vocabulary)), 100, None),
    )
    for name, run, read in (
        ("urban dibao loaded and compiled", urban_dibao_compiled, urban),
        ("all packs loaded, all compiled", everything_compiled, rulebook),
    ):
        thousands = lines_of(read) / 1000
        yield f"{name}, {thousands:.1f} k lines", (run, 1, 150 * MILLISECOND * thousands)


def start_python() -> None:
    """Starts Python, which does nothing."""
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def urban_dibao_compiled() -> Evaluator:
    """What the first question of a process waits for."""
    return Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")


def everything_compiled() -> list[Evaluator]:
    """Every pack loaded, and every program compiled."""
    rulebook = Rulebook.load()
    return [rulebook.evaluator(program, on="2016-04-01") for program in rulebook.packs.programs]


def measured(rounds: int) -> dict[str, tuple[float, float | None]]:
    """The least of each row, in microseconds of processor time, and its goal."""
    found = dict(rows())
    least = dict.fromkeys(found, float("inf"))
    for _ in range(rounds):
        for name, (run, times, _goal) in found.items():
            before = spent()
            for _ in range(times):
                run()
            least[name] = min(least[name], (spent() - before) / times * 1e6)
    return {name: (least[name], found[name][2]) for name in found}


def spent() -> float:
    """The processor time of this process and of those that it started, in seconds."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + started.ru_utime + started.ru_stime


def main() -> None:
    """Print the table."""
    found = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
    bare = found[BARE][0]
    print(f"{'':<46} {'µs':>12} {'/ bare':>10}   goal / bare")
    for name, (took, goal) in found.items():
        line = f"{name:<46} {took:>12,.0f} {took / bare:>10.3f}"
        if goal is not None:
            wanted = goal / BARE_WHERE_GOALS_WERE_SET
            line += f"   {wanted:>7.3f} {'reached' if took / bare <= wanted else 'MISSED'} ({goal:,.0f} µs)"
        print(line)


if __name__ == "__main__":
    main()
