"""Tables of results as Parquet or as an Arrow stream."""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from civil_aid_rules.caseload.population.arrow_bytes import batches_of_bytes

_ROWS_IN_A_GROUP = 4 * 65_536


class ParquetWriter:
    """Batches, written together as row groups."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self.schema = _stored(schema)
        self.writer = pq.ParquetWriter(stream, self.schema)
        self.held: list[pa.RecordBatch] = []
        self.rows = 0

    def write(self, content: bytes) -> None:
        """An outcome's stream."""
        for batch in batches_of_bytes(content):
            self.held.append(batch)
            self.rows += batch.num_rows
        if self.rows >= _ROWS_IN_A_GROUP:
            self._write_group()

    def finish(self) -> None:
        """The last rows, and the footer."""
        self._write_group()
        self.writer.close()

    def _write_group(self) -> None:
        if self.rows:
            self.writer.write_table(pa.Table.from_batches(self.held).unify_dictionaries().cast(self.schema))
        self.held, self.rows = [], 0


def _stored(schema: pa.Schema) -> pa.Schema:
    """The schema as Parquet stores it: a dictionary inside a list would not be read back as one."""
    return pa.schema([_plain(field) for field in schema])


def _plain(field: pa.Field) -> pa.Field:
    kind = field.type
    if pa.types.is_list(kind) and pa.types.is_dictionary(kind.value_type):
        return field.with_type(pa.list_(kind.value_type.value_type))
    return field


class ArrowWriter:
    """Batches, as they come. Dictionaries are written out: those of later batches may differ."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self.schema = plain_schema(schema)
        self.writer = pa.ipc.new_stream(stream, self.schema)

    def write(self, content: bytes) -> None:
        """An outcome's stream."""
        for batch in batches_of_bytes(content):
            self.writer.write_batch(plain_batch(batch, self.schema))

    def finish(self) -> None:
        """The end of the stream."""
        self.writer.close()


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """The schema with texts in place of dictionaries."""
    return pa.schema([_without_dictionary(field) for field in schema])


def plain_batch(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch with texts in place of dictionaries. `schema`: its plain schema."""
    columns = [
        column if column.type == field.type else column.cast(field.type)
        for column, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _without_dictionary(field: pa.Field) -> pa.Field:
    kind = _plain(field).type
    return field.with_type(kind.value_type if pa.types.is_dictionary(kind) else kind)
