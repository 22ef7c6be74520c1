"""Record batches as the bytes of an Arrow stream, as they travel between processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa


def bytes_of_batches(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> bytes:
    """The batches as one stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return bytes(sink.getvalue())


def batches_of_bytes(content: bytes) -> Iterator[pa.RecordBatch]:
    """The batches of a stream."""
    yield from pa.ipc.open_stream(content)
