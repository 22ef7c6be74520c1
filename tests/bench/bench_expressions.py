"""How long a hostile expression takes to be refused: none may make a rulebook hang.

Run it: python -m tests.bench.bench_expressions
"""

from __future__ import annotations

from time import perf_counter_ns

from civil_aid_rules.language.parse import parse
from civil_aid_rules.source import SourceSpan
from tests.unit.language.attacks import ATTACKS

AT = SourceSpan("rules.yaml", 1, 1)
ALLOWED_NS = 10_000_000


def best_ns(text: str, repeats: int = 7) -> int:
    """The quickest of some runs, in nanoseconds."""
    times = []
    for _ in range(repeats):
        start = perf_counter_ns()
        parse(text, AT)
        times.append(perf_counter_ns() - start)
    return min(times)


def main() -> int:
    """Print the slowest attacks; 1 where one took longer than 10 ms."""
    timed = sorted(((best_ns(text), text) for text, _, _ in ATTACKS), reverse=True)
    for taken, text in timed[:5]:
        print(f"{taken // 1000:6d} µs  {text[:60]!a}")
    print(f"{len(timed)} attacks; the slowest {timed[0][0] // 1000} µs of 10000 µs allowed")
    return int(timed[0][0] > ALLOWED_NS)


if __name__ == "__main__":
    raise SystemExit(main())
