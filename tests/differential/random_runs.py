"""Random programs on random records: what differs, and which kinds of node have been met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import get_args

from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.scaled import SCALED_TYPES, Scaled, parts
from civil_aid_rules.ir.traverse import walk
from tests.differential.agreement import BackEnds
from tests.differential.programs import ON, RandomProgram, vocabulary
from tests.differential.record import Family
from tests.differential.records import RandomRecords

RECORDS = 5


@dataclass(slots=True)
class Met:
    """The kinds of typed and scaled nodes in the programs that were run."""

    typed: set[str] = field(default_factory=set)
    scaled: set[str] = field(default_factory=set)
    known: int = 0
    unknown: int = 0

    def note(self, back_ends: BackEnds) -> None:
        """Add what one program is made of."""
        for rule in back_ends.program.rules:
            self.typed |= {type(node).__name__ for node in walk(rule.body)}
        for lowered in back_ends.generated.rules:
            for node in (lowered.value, *(part for part in (lowered.divisor, lowered.assumed) if part is not None)):
                self.scaled |= {type(part).__name__ for part in _all_in(node)}

    def missing(self) -> list[str]:
        """The kinds not met."""
        typed = {node.__name__ for node in get_args(Node)} - self.typed
        return sorted([*typed, *(f"scaled {name}" for name in {node.__name__ for node in SCALED_TYPES} - self.scaled)])

    def __str__(self) -> str:
        kinds, scaled = len(get_args(Node)), len(SCALED_TYPES)
        return f"{len(self.typed)} of {kinds} typed and {len(self.scaled)} of {scaled} scaled kinds of node met"


def _all_in(node: Scaled) -> Iterator[Scaled]:
    yield node
    for part in parts(node):
        yield from _all_in(part)


def program_of(seed: int) -> Program:
    """The random program of a seed."""
    return RandomProgram(Random(seed)).program()


def record_of(seed: int, number: int) -> Family:
    """The record so numbered of a seed."""
    record = RandomRecords(Family, Random(1000 * seed + number), ON).record()
    assert isinstance(record, Family)
    return record


def differences(seeds: range, met: Met | None = None, records: int = RECORDS) -> Iterator[str]:
    """One line for the first difference of each program and record, with what reproduces it."""
    for seed in seeds:
        back_ends = BackEnds.of(program_of(seed), vocabulary())
        if met is not None:
            met.note(back_ends)
        for number in range(records):
            for line in back_ends.differences(record_of(seed, number)):
                yield f"python -m tests.differential --seed {seed} --record {number}: {line}"
                break
