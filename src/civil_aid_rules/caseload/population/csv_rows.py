"""The rows of a CSV file: a line, or several where a cell in quotes goes on (RFC 4180).

A quote opens a cell only at its start, so one inside `K"2` is a sign like any other. Where what a quote opens never
becomes a row, each line is a row of its own: the household whose quote is wrong is refused, and no other goes with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from civil_aid_rules.records.strict_json import MAX_BYTES

State = Literal["whole", "open", "wrong"]

_QUOTED = rb'"[^"]*(?:""[^"]*)*'
_CELL = rb"(?:" + _QUOTED + rb'"|(?!")[^,]*)'
_WHOLE = re.compile(_CELL + rb"(?:," + _CELL + rb")*")
_OPEN = re.compile(rb"(?:" + _CELL + rb",)*" + _QUOTED)


def csv_rows(lines: Iterable[bytes], cells: int | None) -> Iterator[bytes]:
    """Rows of `lines`, empty lines left out. `cells`: so many has a row of several lines; None: any number."""
    ahead = iter(lines)
    again: list[bytes] = []
    while (line := again.pop() if again else next(ahead, None)) is not None:
        if not line:
            continue
        taken, state = [line], _state(line)
        held = len(line)
        while state == "open" and held <= MAX_BYTES:
            following = again.pop() if again else next(ahead, None)
            if following is None:
                break
            taken.append(following)
            held += len(following)
            state = _state(b'"' + following)
        row = b"\n".join(taken)
        if len(taken) == 1 or (state == "whole" and cells in (None, _count(row))):
            yield row
        else:
            yield line
            again += reversed(taken[1:])


def _state(line: bytes) -> State:
    """Whether a line is a row, or its last cell goes on, or it is neither."""
    if b'"' not in line or _WHOLE.fullmatch(line):
        return "whole"
    return "open" if _OPEN.fullmatch(line) else "wrong"


def cells_of(row: bytes) -> tuple[str, ...]:
    """The cells of a row. Raises csv.Error or UnicodeDecodeError."""
    return tuple(next(csv.reader([row.decode("utf-8")], strict=True), ()))


def _count(row: bytes) -> int | None:
    try:
        return len(cells_of(row))
    except (csv.Error, UnicodeDecodeError):
        return None
