"""A case: the number of a file, and the record in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, SerializeAsAny

from civil_aid_rules.caseload.roll.lines import at_line, lines_of
from civil_aid_rules.caseload.roll.roll import CaseNumber
from civil_aid_rules.errors import Problem, RecordError
from civil_aid_rules.quantities.fields import Note
from civil_aid_rules.records.fault import Fault
from civil_aid_rules.records.fields import OBJECT
from civil_aid_rules.records.read import read_data
from civil_aid_rules.records.record import Part, Record
from civil_aid_rules.records.strict_json import parse_json

_ENDINGS = (".json", ".yaml", ".yml")


class Case(Part):
    """One household's file: its number, by which the roll names it, and its record."""

    case: Annotated[CaseNumber, Note("number of the case", "档案编号")]
    record: Annotated[SerializeAsAny[Record], Note("the record", "记录")]

    @classmethod
    def load_all(cls, path: str | Path, record: type[Record]) -> Iterator[Case | RecordError]:
        """The cases of a .jsonl file, one on each line, or of a folder of records whose names are the numbers.

        Yields a RecordError, with every fault at its place, for each that cannot be read.
        """
        folder = Path(path)
        if not folder.is_dir():
            yield from cls.from_lines(lines_of(folder), record)
            return
        for file in sorted(folder.iterdir()):
            if file.suffix.lower() in _ENDINGS:
                try:
                    yield cls(case=file.stem, record=record.load(file))
                except RecordError as error:
                    yield error

    @classmethod
    def from_lines(cls, lines: Iterable[str | bytes], record: type[Record]) -> Iterator[Case | RecordError]:
        """The cases of which each line is one as JSON: `{"case": "17", "record": {…}}`. Yields like `load_all`."""
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _read(line, record)
                except RecordError as error:
                    yield at_line(error, number)


class _Inside(BaseModel):
    """An object of which the record model says what it may hold."""

    model_config = ConfigDict(extra="allow")


class _Outside(BaseModel):
    """A line without its record: the record is read by itself, so that all its faults are found."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    case: CaseNumber
    record: _Inside


def _read(line: str | bytes, model: type[Record]) -> Case:
    data, faults = parse_json(line)
    inside = [replace(fault, steps=fault.steps[1:]) for fault in faults if fault.steps[:1] == ("record",)]
    problems: list[Problem] = []
    outside: _Outside | None = None
    record: Record | None = None
    try:
        outside = read_data(data, _Outside, [fault for fault in faults if fault.steps[:1] != ("record",)])
    except RecordError as error:
        problems += error.problems
    held = data.get("record") if isinstance(data, dict) else None
    if isinstance(held, dict):
        try:
            record = read_data(held, model, inside)
        except RecordError as error:
            problems += [replace(item, at=f"$.record{str(item.at).removeprefix('$')}") for item in error.problems]
    if outside is None or record is None or problems:  # raised out here: an error raised above would carry the record
        raise RecordError(problems or [Fault("record-value", ("record",), "null", OBJECT).as_problem()])
    return Case(case=outside.case, record=record)
