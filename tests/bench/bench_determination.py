"""How long one household takes: generated Python beside the interpreter, from the facts alone to a whole trace.

    python -m tests.bench.bench_determination [ROUNDS]

Prints the least of ROUNDS (40) rounds for each row, in microseconds of processor time, beside its goal. Goals were set
on a machine where bare Python starts in 9 ms; the last column holds them against how long it takes here.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time_ns

from civil_aid_rules import Household, Rulebook
from civil_aid_rules.backends.python_source import generated
from civil_aid_rules.evaluator import INTERPRETED
from civil_aid_rules.facts.extract import extract

EXAMPLE = Path(__file__).parents[2] / "examples" / "household.yaml"
BARE_WHERE_GOALS_WERE_SET = 9_000_000
EACH = 100


def least(actions: Sequence[Callable[[], object]], rounds: int) -> list[int]:
    """The quickest round of each, in nanoseconds for one call. All take turns: a slow moment slows them alike."""
    found: list[list[int]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, times in zip(actions, found, strict=True):
            start = process_time_ns()
            for _ in range(EACH):
                action()
            times.append((process_time_ns() - start) // EACH)
    return [min(times) for times in found]


def bare_python() -> int:
    """How much processor time bare Python takes to start and end at its quickest, in nanoseconds."""
    times = []
    for _ in range(15):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return round(min(times) * 1_000_000_000)


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    rulebook = Rulebook.load(programs=["urban_dibao"])
    evaluator = rulebook.evaluator("urban_dibao", on="2016-04-01")
    vocabulary, household = rulebook.vocabularies["household"], Household.load(EXAMPLE)
    start = process_time_ns()
    functions = generated(evaluator.compiled, vocabulary)
    made = process_time_ns() - start
    facts, record_facts = functions.read(household), extract(household, vocabulary)
    results = functions.values_of(facts)
    for _ in range(INTERPRETED + 1):
        evaluator.determine(household)

    def decided() -> object:
        determination = evaluator.determine(household)
        return determination.status, determination.payment

    def traced() -> object:
        """Every step is looked at: whose it is, of which entry, its value."""
        return [(step.name, step.entry, step.value) for step in evaluator.determine(household).trace]

    def traced_with_grounds() -> object:
        """The facts, rules and legal values behind every step, and the branches taken, too."""
        return [step.grounds for step in evaluator.determine(household).trace]

    rows: list[tuple[str, Callable[[], object], int | None]] = [
        ("facts to all values, generated", lambda: functions.values_of(facts), 5),
        ("facts to all values, interpreted", lambda: evaluator.interpreter.run(record_facts), None),
        ("record to facts, for generated Python", lambda: functions.read(household), None),
        ("all values as exact numbers and days", lambda: functions.values(results), None),
        ("determine()", lambda: evaluator.determine(household), 20),
        ("determine(), with status and payment", decided, 20),
        ("determine(), with its whole trace", traced, 100),
        ("the same, and what every step rests on", traced_with_grounds, None),
    ]
    bare = bare_python()
    print(
        f"{len(evaluator.compiled.rules)} rules, a household of three; bare Python {bare / 1_000_000:.1f} ms; ", end=""
    )
    print(f"generating {made / 1_000_000:.0f} ms, {len(functions.source.splitlines())} lines")
    print(f"{'':<40} {'µs':>8}   goal, and what it is here")
    for (name, _, goal), found in zip(rows, least([action for _, action, _ in rows], rounds), strict=True):
        line = f"{name:<40} {found / 1000:>8.1f}"
        if goal is not None:
            here = goal * bare // BARE_WHERE_GOALS_WERE_SET
            line += f"   {goal:>4}   {here:>4}   {'reached' if found <= here * 1000 else 'MISSED'}"
        print(line)


if __name__ == "__main__":
    main()
