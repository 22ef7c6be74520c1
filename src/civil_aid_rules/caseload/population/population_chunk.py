"""A part of a population that one worker determines at a time, small enough to be sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROWS_AT_ONCE = 65_536
"""Rows of a table that are determined together."""
LINES_AT_ONCE = 16_384
BYTES_AT_ONCE = 8 * 1024 * 1024
"""A chunk of lines ends with the line that reaches either."""


@dataclass(frozen=True, slots=True)
class RowGroups:
    """Row groups of a Parquet file, which the worker reads itself; of the columns `coded`, the codes of their texts."""

    path: Path
    groups: tuple[int, ...]
    coded: tuple[str, ...]
    first_row: int


@dataclass(frozen=True, slots=True)
class StreamBatches:
    """Record batches of an Arrow stream, as a stream of their own."""

    content: bytes
    first_row: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file with one JSON record on each, without their line breaks."""

    lines: tuple[bytes, ...]
    first_row: int


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of a CSV file, under its column names."""

    columns: tuple[str, ...]
    rows: tuple[bytes, ...]
    first_row: int


Chunk = RowGroups | StreamBatches | Lines | Cells


class Population(Protocol):
    """A population file: its chunks in order, each with the place that is reached when it is done.

    Chunks are the same each time that the file is read. `size` is how far the places go (rows, or bytes of the file).
    """

    @property
    def size(self) -> int:
        """The last place."""

    def chunks(self) -> Iterator[tuple[int, Chunk]]:
        """(place reached, chunk), in the order of the file."""
