"""Whether a population file of text is saved in UTF-8 at all: one that is not is refused before its rows are read.

It is refused where it begins as UTF-16 does; where a CSV file's row of column names is not UTF-8; and where of its
first lines two or more, and more than half, are written in GBK: they are possible in GBK, and most of their bytes
beyond ASCII are part of no Chinese character in UTF-8. Anything else is a fault of single rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from civil_aid_rules.caseload.population.csv_rows import csv_rows
from civil_aid_rules.caseload.population.population_chunk import BYTES_AT_ONCE
from civil_aid_rules.caseload.population.population_faults import cannot_open
from civil_aid_rules.caseload.population.text_lines import lines_of
from civil_aid_rules.errors import CaseloadError, problem
from civil_aid_rules.records.strict_json import MAX_BYTES, begins_as_utf_16, guessed_encoding, shown_bytes

LINES_LOOKED_AT = 1_000
"""So many lines at the beginning are looked at, or those of the first 8 MiB."""

_FIRST_OF_THREE = "\u0800"
"""From here on characters have three bytes in UTF-8, all Chinese ones too. Two bytes of GBK may be one before it."""


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A line that is not UTF-8: its number in the file, from 1, its content, where its first wrong byte stands."""

    line: int
    content: bytes
    start: int


def check_is_utf_8(path: Path, *, has_names: bool) -> None:
    """`has_names`: it begins with a row of names of columns. Raises CaseloadError with the first byte that is wrong."""
    try:
        with path.open("rb") as stream:
            begin = stream.read(2)
            stream.seek(0)
            names = next(csv_rows(lines_of(stream), None), b"") if has_names else b""
            stream.seek(0)
            lines = list(_first_lines(lines_of(stream)))
    except OSError as error:
        raise cannot_open(path, error) from None
    if begins_as_utf_16(begin):
        raise _refused(path, _Wrong(1, begin, 0), "UTF-16")
    wrong = [found for line, content in lines if (found := _wrong(line, content)) is not None]
    if wrong and _wrong(1, names) is not None:
        raise _refused(path, wrong[0], guessed_encoding(wrong[0].content))
    in_gbk = [found for found in wrong if _is_gbk(found.content)]
    if len(in_gbk) >= 2 and 2 * len(in_gbk) > len(lines):
        raise _refused(path, in_gbk[0], "GBK")


def _first_lines(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """The first lines on which anything stands, with their numbers; none that is too long for a record."""
    held = 0
    for line, content in islice(enumerate(lines, 1), LINES_LOOKED_AT):
        held += len(content)
        if content.strip() and len(content) <= MAX_BYTES:
            yield line, content
        if held >= BYTES_AT_ONCE:
            return


def _wrong(line: int, content: bytes) -> _Wrong | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _Wrong(line, content, error.start)
    return None


def _is_gbk(content: bytes) -> bool:
    """Whether a line that is not UTF-8 is GBK, and no UTF-8 in which a character was cut."""
    in_utf_8 = 3 * sum(sign >= _FIRST_OF_THREE for sign in content.decode("utf-8", "ignore"))
    return guessed_encoding(content) == "GBK" and 2 * in_utf_8 < sum(byte >= 0x80 for byte in content)


def _refused(path: Path, wrong: _Wrong, looks_like: str) -> CaseloadError:
    found = shown_bytes(wrong.content if looks_like == "UTF-16" else wrong.content[wrong.start : wrong.start + 1])
    column = len(wrong.content[: wrong.start].decode("utf-8")) + 1
    return CaseloadError(
        [
            problem(
                "caseload-encoding",
                path.name,
                found=found,
                expected="UTF-8",
                looks_like=looks_like,
                line=wrong.line,
                column=column,
            )
        ]
    )
