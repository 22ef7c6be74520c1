"""Records as an Arrow record batch, each field in one of the forms that its column may have."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any, Literal, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from civil_aid_rules.records.fields import alternatives, entry_annotation, model_of
from civil_aid_rules.records.record import Record


def batch_of(records: Sequence[Record], model: type[Record], random: Random) -> pa.RecordBatch:
    """The records, one row each, with columns of random forms."""
    forms = _Forms(random)
    fields = [field for name, info in model.model_fields.items() if (field := forms.field(name, info))]
    rows = [{item.name: forms.value(getattr(record, item.name), item.type) for item in fields} for record in records]
    return pa.RecordBatch.from_pylist(rows, pa.schema(fields))


class _Forms:
    """Chooses a type for each field."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def field(self, name: str, info: Any) -> pa.Field:
        return pa.field(name, self.type_of(info.annotation))

    def type_of(self, annotation: Any) -> pa.DataType:
        entry, inner = entry_annotation(annotation), model_of(annotation)
        options = list(alternatives(annotation))
        may_be_none = any(get_origin(part) is Literal and "none" in get_args(part) for part in options)
        plain = [part for part in options if not (get_origin(part) is Literal and get_args(part) == ("none",))]
        if inner is not None:
            struct = self.struct(inner, may_be_none)
            return struct if entry is None else self.random.choice((pa.list_, pa.large_list))(struct)
        kind = plain[0]
        texts = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
        if kind is Decimal and not may_be_none:
            return self.random.choice([pa.decimal128(14, 2), pa.decimal128(20, 4), pa.decimal256(40, 2), pa.string()])
        if kind is datetime.date and not may_be_none:
            return self.random.choice([pa.date32(), pa.string(), pa.timestamp("us")])
        if kind is bool and not may_be_none:
            return pa.bool_()
        if kind is int and not may_be_none:
            return self.random.choice([pa.int64(), pa.decimal128(20, 0)])
        return self.random.choice(texts)

    def struct(self, model: type[BaseModel], may_be_none: bool) -> pa.DataType:
        fields = [self.field(name, info) for name, info in model.model_fields.items()]
        return pa.struct([*fields, pa.field("none", pa.bool_())] if may_be_none else fields)

    def value(self, held: Any, kind: pa.DataType) -> Any:
        if held is None:
            return None
        if pa.types.is_struct(kind):
            if held == "none":
                return {"none": True}
            return {field.name: self.value(getattr(held, field.name, None), field.type) for field in kind}
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return [self.value(item, kind.value_type) for item in held]
        is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind)
        if is_text:
            return str(held).lower() if isinstance(held, bool) else str(held)
        if pa.types.is_timestamp(kind):
            return datetime.datetime.combine(held, datetime.time())
        return held


def text_batch_of(rows: Sequence[dict[str, Any]], model: type[Record], random: Random) -> pa.RecordBatch:
    """Plain data, sound or not, one row each: amounts, days and choices as texts, so that any text may stand there."""
    schema = pa.schema([_TextForms(random).field(name, info) for name, info in model.model_fields.items()])
    held = [{field.name: _as_stored(row.get(field.name), field.type) for field in schema} for row in rows]
    return pa.RecordBatch.from_pylist(held, schema)


class _TextForms(_Forms):
    """Texts, but for whole numbers and plain yes and no."""

    def type_of(self, annotation: Any) -> pa.DataType:
        found = super().type_of(annotation)
        is_other = pa.types.is_decimal(found) or pa.types.is_temporal(found)
        if int in alternatives(annotation):
            return pa.int64() if is_other else found
        return pa.string() if is_other else found


def _as_stored(held: Any, kind: pa.DataType) -> Any:
    if held is None:
        return None
    if pa.types.is_struct(kind):
        return (
            {"none": True} if held == "none" else {one.name: _as_stored(held.get(one.name), one.type) for one in kind}
        )
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return [_as_stored(item, kind.value_type) for item in held]
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        return held
    return str(held).lower() if isinstance(held, bool) else held
