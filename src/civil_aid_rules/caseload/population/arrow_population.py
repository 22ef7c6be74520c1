"""A population as an Arrow stream in a file (or in Arrow's file format), batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from civil_aid_rules.caseload.population.arrow_bytes import batches_of_bytes, bytes_of_batches
from civil_aid_rules.caseload.population.population_chunk import ROWS_AT_ONCE, Chunk, StreamBatches
from civil_aid_rules.caseload.population.population_faults import cannot_open, cannot_read, check_not_empty


@dataclass(frozen=True, slots=True)
class ArrowPopulation:
    """See `Population`. Places are bytes of the file."""

    path: Path
    schema: pa.Schema
    size: int

    @classmethod
    def open(cls, path: Path) -> ArrowPopulation:
        """Raises CaseloadError for a file that is not there or holds no Arrow."""
        size = check_not_empty(path)
        with _source(path) as source:
            return cls(path, _reader(path, source).schema, size)

    def chunks(self) -> Iterator[tuple[int, Chunk]]:
        """Small batches together, large ones in slices. Raises CaseloadError where the stream breaks off."""
        first = rows = 0
        held: list[pa.RecordBatch] = []
        for reached, batch in self._batches():
            for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                part = batch.slice(start, ROWS_AT_ONCE)
                if rows + part.num_rows > ROWS_AT_ONCE:
                    yield reached, _chunk(held, first)
                    first, rows, held = first + rows, 0, []
                held.append(part)
                rows += part.num_rows
        if held:
            yield self.size, _chunk(held, first)

    def _batches(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        with _source(self.path) as source:
            batches = _batches(_reader(self.path, source))
            while True:
                try:
                    batch = next(batches, None)
                except (OSError, pa.ArrowException) as error:
                    raise cannot_read(self.path, error, "arrow") from None
                if batch is None:
                    return
                yield min(source.tell(), self.size), batch


def _chunk(batches: list[pa.RecordBatch], first_row: int) -> StreamBatches:
    table = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    return StreamBatches(bytes_of_batches(table.to_batches(), table.schema), first_row)


def batches_of_stream(chunk: StreamBatches) -> Iterator[pa.RecordBatch]:
    """The batches that a chunk holds."""
    yield from batches_of_bytes(chunk.content)


def _source(path: Path) -> Any:
    try:
        return pa.OSFile(str(path), "rb")
    except OSError as error:
        raise cannot_open(path, error) from None


def _reader(path: Path, source: Any) -> Any:
    is_file = source.read(6) == b"ARROW1"
    source.seek(0)
    try:
        return pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
    except (OSError, pa.ArrowException) as error:
        raise cannot_read(path, error, "arrow") from None


def _batches(reader: Any) -> Iterator[pa.RecordBatch]:
    if isinstance(reader, pa.ipc.RecordBatchStreamReader):
        yield from reader
    else:
        yield from (reader.get_batch(place) for place in range(reader.num_record_batches))
