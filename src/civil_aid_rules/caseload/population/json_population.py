"""A population with one JSON record on each line, some thousand lines at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from civil_aid_rules.caseload.population.population_chunk import Chunk, Lines
from civil_aid_rules.caseload.population.population_faults import check_not_empty
from civil_aid_rules.caseload.population.text_encoding import check_is_utf_8
from civil_aid_rules.caseload.population.text_lines import chunks_of_lines, full_lines_of


@dataclass(frozen=True, slots=True)
class JsonPopulation:
    """See `Population`. Places are bytes of the file. Every line is a row; empty ones are passed over."""

    path: Path
    size: int

    @classmethod
    def open(cls, path: Path) -> JsonPopulation:
        """Raises CaseloadError for a file that is not there, is empty or is no UTF-8."""
        size = check_not_empty(path)
        check_is_utf_8(path, has_names=False)
        return cls(path, size)

    def chunks(self) -> Iterator[tuple[int, Chunk]]:
        """Lines up to a number of lines, or of bytes."""
        for reached, first, lines in chunks_of_lines(self.path, full_lines_of):
            yield reached, Lines(lines, first)
