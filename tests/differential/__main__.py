"""Random programs and records, and every shipped program, on both back ends.

    python -m tests.differential 2000                    two thousand programs, and as many records of shipped ones
    python -m tests.differential --seed 17 --record 3    one of them again, with its source

Prints each difference with the command that reproduces it, and which kinds of node were met; 1 where there is one.
"""

from __future__ import annotations

import argparse

from tests.differential.agreement import BackEnds
from tests.differential.programs import vocabulary
from tests.differential.random_runs import Met, differences, program_of, record_of
from tests.differential.test_shipped import differences as shipped_differences
from tests.differential.test_shipped import questions


def main() -> int:
    """Run what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("programs", type=int, nargs="?", default=500)
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--seed", type=int)
    asked.add_argument("--record", type=int, default=0)
    options = asked.parse_args()
    if options.seed is not None:
        return again(options.seed, options.record)
    met, found = Met(), 0
    for line in differences(range(options.first, options.first + options.programs), met):
        print(line)
        found += 1
    print(f"{options.programs} random programs: {found} differences; {met}; not met: {met.missing() or 'none'}")
    each = max(1, options.programs // len(questions()))
    for name, program, day in questions():
        for line in shipped_differences(name, program, day, options.first, each):
            print(line)
            found += 1
    print(f"{len(questions())} shipped questions, {each} records each; {found} differences in all")
    return int(found > 0 or bool(met.missing()))


def again(seed: int, number: int) -> int:
    """One program and record, with the source and what differs."""
    back_ends = BackEnds.of(program_of(seed), vocabulary())
    print(back_ends.generated.source)
    print(record_of(seed, number).model_dump_json(indent=2, exclude_none=True))
    found = list(back_ends.differences(record_of(seed, number)))
    print("\n".join(found) or "no difference")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
