"""The lines of a file of any size, in chunks; of one that is too long for a record just so much that it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from civil_aid_rules.caseload.population.population_chunk import BYTES_AT_ONCE, LINES_AT_ONCE
from civil_aid_rules.caseload.population.population_faults import cannot_open
from civil_aid_rules.records.strict_json import MAX_BYTES

_MARK = b"\xef\xbb\xbf"
_PIECE = MAX_BYTES + 2
Rows = Callable[[BinaryIO], Iterator[bytes]]


def chunks_of_lines(path: Path, rows: Rows) -> Iterator[tuple[int, int, tuple[bytes, ...]]]:
    """(place reached in the file, number of the first row, rows), up to a number of rows or of bytes."""
    try:
        with path.open("rb") as stream:
            first = 0
            for lines in _in_chunks(rows(stream)):
                yield stream.tell(), first, lines
                first += len(lines)
    except OSError as error:
        raise cannot_open(path, error) from None


def _in_chunks(rows: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    lines: list[bytes] = []
    held = 0
    for row in rows:
        lines.append(row)
        held += len(row)
        if len(lines) == LINES_AT_ONCE or held >= BYTES_AT_ONCE:
            yield tuple(lines)
            lines, held = [], 0
    if lines:
        yield tuple(lines)


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines without their breaks, the first without the byte order mark that some programs put before it."""
    mark = _MARK
    while line := stream.readline(_PIECE):
        rest = line
        while not rest.endswith(b"\n") and len(rest) == _PIECE:
            rest = stream.readline(_PIECE)
        yield line.removeprefix(mark).removesuffix(b"\n").removesuffix(b"\r")
        mark = b""


def full_lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines on which anything stands."""
    return (line for line in lines_of(stream) if line.strip())
