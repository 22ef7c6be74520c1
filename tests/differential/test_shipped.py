"""Every shipped program, and every program of Islandia, on random records: both back ends say the same of each rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest

from civil_aid_rules.backends.python_source.evaluated import Evaluated, Ready
from civil_aid_rules.determinations.determine import determine
from civil_aid_rules.determinations.trace import Step, trace
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.rulebook import Rulebook
from tests.differential.agreement import BackEnds
from tests.differential.columns import ColumnsAndInterpreter
from tests.differential.records import RandomRecords
from tests.packs.islandia_record import Hearth

ISLANDIA = Path(__file__).parents[1] / "packs" / "islandia" / "rules"
DAYS = ("2016-04-01", "2021-08-01")
RECORDS = 12
"""Records for each program and day; `python -m tests.differential N` takes N."""


@cache
def rulebooks() -> dict[str, Rulebook]:
    """The shipped rulebook, and that of an invented country."""
    return {"shipped": Rulebook.load(), "islandia": Rulebook.load(ISLANDIA, records={"hearth": Hearth})}


def questions() -> list[tuple[str, str, str]]:
    """(rulebook, program, day) of everything that can be asked."""
    return [(name, program, day) for name, book in rulebooks().items() for program in book.programs for day in DAYS]


def differences(name: str, program: str, day: str, seed: int, records: int) -> list[str]:
    """What differs, each with what reproduces it."""
    book = rulebooks()[name]
    compiled = book.compile(program, on=day)
    back_ends = BackEnds.of(compiled, book.vocabularies[compiled.record])
    found: list[str] = []
    for number in range(seed, seed + records):
        record = RandomRecords(book.records[compiled.record], Random(number), compiled.on).record()
        found += [f"{name} {program} {day} seed {number}: {line}" for line in back_ends.differences(record)]
    return found


@pytest.mark.parametrize(("name", "program", "day"), questions())
def test_columns_equal_the_interpreter(name: str, program: str, day: str) -> None:
    book = rulebooks()[name]
    compiled = book.compile(program, on=day)
    model = book.records[compiled.record]
    both = ColumnsAndInterpreter.of(compiled, book.vocabularies[compiled.record], model)
    records = [RandomRecords(model, Random(number), compiled.on).record() for number in range(3 * RECORDS)]
    assert list(both.differences(records, Random(1))) == []


@pytest.mark.parametrize(("name", "program", "day"), questions())
def test_generated_python_equals_the_interpreter(name: str, program: str, day: str) -> None:
    assert differences(name, program, day, 0, RECORDS) == []


@pytest.mark.parametrize(("name", "program", "day"), questions())
def test_the_whole_result_is_the_same(name: str, program: str, day: str) -> None:
    """Status, amount, lines, reasons, what is missing, flags: everything that a result holds, and every step."""
    book = rulebooks()[name]
    compiled = book.compile(program, on=day)
    vocabulary = book.vocabularies[compiled.record]
    back_ends = BackEnds.of(compiled, vocabulary)
    for number in range(100, 104):
        record = RandomRecords(book.records[compiled.record], Random(number), compiled.on).record()
        interpreted = back_ends.interpreter.run(extract(record, vocabulary))
        evaluated = Evaluated(Ready(back_ends.interpreter, back_ends.generated, vocabulary), record)
        steps = list(map(looked_at, trace(evaluated)))  # before the rest, which might leave something worked out
        assert steps == list(map(looked_at, trace(interpreted))), f"{name} {program} {day} seed {number}"
        assert determine(evaluated, "") == determine(interpreted, ""), f"{name} {program} {day} seed {number}"


def looked_at(step: Step) -> tuple[object, ...]:
    """Everything that a step says."""
    grounds = (step.inputs, step.branches, step.conditions, step.lines)
    return step.name, step.entry, step.value, type(step.value), step.before_rounding, step.assumed, *grounds
