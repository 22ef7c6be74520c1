"""A population in a Parquet file, a few row groups at a time; each worker reads its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civil_aid_rules.caseload.population.population_chunk import ROWS_AT_ONCE, Chunk, RowGroups
from civil_aid_rules.caseload.population.population_faults import cannot_open, cannot_read, check_not_empty

_ROWS_IN_A_CHUNK = 4 * ROWS_AT_ONCE
"""Small row groups are put together up to so many rows."""

_WORTH_CODES = ROWS_AT_ONCE // 4
"""Each row group has codes of its own, and pyarrow reads no batch across two of them. So a batch with codes ends with
its row group; where one is smaller than this, the texts themselves are read, in batches across row groups."""


@dataclass(frozen=True, slots=True)
class ParquetPopulation:
    """See `Population`. Places are rows."""

    path: Path
    schema: pa.Schema
    rows: tuple[int, ...]
    coded: tuple[str, ...]

    @classmethod
    def open(cls, path: Path, choices: Collection[str] = ()) -> ParquetPopulation:
        """Raises CaseloadError for a file that is not there, is no Parquet file, or is not whole.

        `choices` are the paths of fields that have few texts (`members[].relation`): reading their codes takes half as
        long.
        """
        check_not_empty(path)
        with _opened(path) as file:
            groups = range(file.metadata.num_row_groups)
            rows = tuple(file.metadata.row_group(group).num_rows for group in groups)
            columns = (file.schema.column(place) for place in range(len(file.schema)))
            texts = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
            coded = tuple(column for column in texts if _path_of(column) in choices)
            return cls(path, file.schema_arrow, rows, coded)

    @property
    def size(self) -> int:
        """All rows."""
        return sum(self.rows)

    def chunks(self) -> Iterator[tuple[int, Chunk]]:
        """Row groups, small ones together."""
        groups: list[int] = []
        first = reached = 0
        for group, rows in enumerate(self.rows):
            if groups and reached + rows - first > _ROWS_IN_A_CHUNK:
                yield reached, self._chunk(groups, first)
                groups, first = [], reached
            groups.append(group)
            reached += rows
        if groups:
            yield reached, self._chunk(groups, first)

    def _chunk(self, groups: list[int], first: int) -> RowGroups:
        is_small = any(self.rows[group] < _WORTH_CODES for group in groups)
        return RowGroups(self.path, tuple(groups), () if is_small else self.coded, first)


def batches_of_groups(chunk: RowGroups) -> Iterator[pa.RecordBatch]:
    """The rows of some row groups. Raises CaseloadError where the file turns out to be damaged."""
    failed: OSError | pa.ArrowException | None = None
    with _opened(chunk.path, chunk.coded) as file:
        together = [[group] for group in chunk.groups] if chunk.coded else [list(chunk.groups)]
        batches = chain.from_iterable(
            file.iter_batches(ROWS_AT_ONCE, row_groups=groups, use_threads=False) for groups in together
        )
        while True:
            try:
                batch = next(batches, None)
            except (OSError, pa.ArrowException) as error:
                failed = error
                break
            if batch is None:
                return
            yield batch
    raise cannot_read(chunk.path, failed, "parquet")


def _path_of(column: str) -> str:
    """`members[].relation` for `members.list.element.relation`, as Parquet names it."""
    return re.sub(r"\.(list\.(element|item)|bag\.array_element)(?=\.|$)", "[]", column)


def _opened(path: Path, coded: Sequence[str] = ()) -> Any:
    failed: pa.ArrowException | OSError
    try:
        return pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False, read_dictionary=list(coded))
    except pa.ArrowException as error:
        failed = error
    except OSError as error:
        if error.errno is not None:
            raise cannot_open(path, error) from None
        failed = error
    raise cannot_read(path, failed, "parquet")
