"""Files with one JSON object on each line, read strictly: an object or a located error for each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from civil_aid_rules.errors import Both, Problem, RecordError, problem
from civil_aid_rules.records.read import read_json_record

AnyModel = TypeVar("AnyModel", bound=BaseModel)
_EXPECTED = Both("a file that exists and may be read", "存在且可以读取的文件")


def lines_of(path: Path) -> list[bytes]:
    """The lines of a file. Raises RecordError where it cannot be read."""
    try:
        return path.read_bytes().splitlines()
    except OSError:
        pass
    raise RecordError([problem("record-file", "$", found=path.name, expected=_EXPECTED)])


def read_lines(lines: Iterable[str | bytes], model: type[AnyModel]) -> Iterator[AnyModel | RecordError]:
    """Each line that is not empty as a `model`, or its faults at `line 3: $.path`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield read_json_record(line, model)
        except RecordError as error:
            yield at_line(error, number)


def at_line(error: RecordError, number: int) -> RecordError:
    """The error with the line in front of each place."""
    return RecordError([leading(item, f"line {number}: ") for item in error.problems])


def leading(item: Problem, lead: str) -> Problem:
    """The problem with something in front of its place."""
    return replace(item, at=f"{lead}{item.at}")
