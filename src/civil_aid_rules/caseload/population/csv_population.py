"""A population in a CSV file: a row of column names, then one household on each row.

A column is named for its field, one in a group by its path (`steps.accepted_on`). A list stands in one cell, as JSON.
An empty cell is not known; `none` and `[]` are known to be none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from civil_aid_rules.caseload.population.csv_rows import cells_of, csv_rows
from civil_aid_rules.caseload.population.population_chunk import Cells, Chunk
from civil_aid_rules.caseload.population.population_faults import cannot_open, cannot_read, check_not_empty
from civil_aid_rules.caseload.population.text_encoding import check_is_utf_8
from civil_aid_rules.caseload.population.text_lines import chunks_of_lines, lines_of
from civil_aid_rules.errors import CaseloadError, problem


@dataclass(frozen=True, slots=True)
class CsvPopulation:
    """See `Population`. Places are bytes of the file."""

    path: Path
    names: tuple[str, ...]
    size: int

    @classmethod
    def open(cls, path: Path) -> CsvPopulation:
        """Raises CaseloadError where the file is not there, is empty, is no UTF-8 or CSV, or names a column twice."""
        size = check_not_empty(path)
        check_is_utf_8(path, has_names=True)
        try:
            with path.open("rb") as stream:
                head = next(csv_rows(lines_of(stream), None), b"")
            names = cells_of(head)
        except OSError as error:
            raise cannot_open(path, error) from None
        except (csv.Error, UnicodeDecodeError) as error:
            raise cannot_read(path, error, "csv") from None
        twice = [name for place, name in enumerate(names) if name in names[:place]]
        if twice:
            raise CaseloadError(
                [problem("caseload-column-twice", path.name, found=name, expected=1) for name in dict.fromkeys(twice)]
            )
        return cls(path, names, size)

    def chunks(self) -> Iterator[tuple[int, Chunk]]:
        """Rows up to a number of rows, or of bytes."""
        for reached, first, rows in chunks_of_lines(self.path, self._rows):
            yield reached, Cells(self.names, rows, first)

    def _rows(self, stream: BinaryIO) -> Iterator[bytes]:
        lines = lines_of(stream)
        next(csv_rows(lines, None), None)
        return csv_rows(lines, len(self.names))
