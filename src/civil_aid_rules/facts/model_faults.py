"""What a record model must not hold, whatever rules read of it: floats, loops, lists in groups, broken references."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fields import alternatives, entry_annotation, is_list, model_of
from civil_aid_rules.records.record import Part, Record

_NAME = re.compile(r"[A-Za-z][A-Za-z_0-9]*")
_TYPES = (bool, int, str, Decimal, datetime.date)
_ACCEPTED = Both(
    "Money, Day, bool, int, str, Literal, a model or a list of one", "Money、Day、bool、int、str、Literal、模型或其列表"
)


def model_faults(model: type[BaseModel]) -> list[Problem]:
    """Every fault of a record model and of the models in it, each at `Model.field`."""
    if not issubclass(model, Record):
        expected = f"class {model.__name__}(Record)"
        return [problem("record-model-kind", model.__name__, found=model.__name__, expected=expected)]
    return list(_faults(model, model, (), in_group=False))


def _faults(
    model: type[BaseModel], record: type[BaseModel], around: tuple[type[BaseModel], ...], *, in_group: bool
) -> Iterator[Problem]:
    for name, info in model.model_fields.items():
        where = f"{model.__name__}.{name}"
        if not _NAME.fullmatch(name):
            yield problem("record-model-name", where, found=name, expected="a-z, 0-9, _")
        yield from _type_faults(info, where)
        for marker in info.metadata:
            if isinstance(marker, Fact):
                yield from _fact_faults(marker, record, where)
            elif isinstance(marker, Entry):
                yield from _list_faults(marker, info, where, in_group=in_group)
        inner = model_of(info.annotation)
        if inner is not None and inner in (*around, model):
            yield problem("record-model-loop", where, found=inner.__name__, expected=_ACCEPTED)
        elif inner is not None:
            group = entry_annotation(info.annotation) is None
            yield from _faults(inner, record, (*around, model), in_group=group)


def _type_faults(info: FieldInfo, where: str) -> Iterator[Problem]:
    """A field of a type that no record holds: its value could not be kept exactly, or not read back."""
    for part in alternatives(info.annotation):
        inner = entry_annotation(part) if is_list(part) else part
        if not all(_is_held(item) for item in alternatives(inner)):
            yield problem("record-model-type", where, found=getattr(part, "__name__", part), expected=_ACCEPTED)


def _is_held(part: Any) -> bool:
    is_part = isinstance(part, type) and issubclass(part, Part)
    return part in _TYPES or is_part or get_origin(part) is Literal


def _fact_faults(fact: Fact, record: type[BaseModel], where: str) -> Iterator[Problem]:
    if fact.absent is not None and not fact.cite:
        yield problem("record-model-absent", where, found='absent="none"', expected='cite="…"')
    lists = [
        name
        for name, info in record.model_fields.items()
        if any(isinstance(marker, Entry) and marker.id for marker in info.metadata)
    ]
    if fact.references is not None and fact.references not in lists:
        expected = instead_of(fact.references, lists)
        yield problem("record-model-reference", where, found=fact.references, expected=expected)


def _list_faults(entry: Entry, info: FieldInfo, where: str, *, in_group: bool) -> Iterator[Problem]:
    if in_group:
        expected = Both("a list of the record, or of a list's entries", "记录或列表项中的列表")
        yield problem("record-model-list", where, found=Both("a list in a group", "字段组中的列表"), expected=expected)
    inner = model_of(info.annotation)
    named = None if inner is None or entry.id is None else inner.model_fields.get(entry.id)
    if inner is not None and entry.id is not None and (named is None or named.annotation is not str):
        yield problem("record-model-id", where, found=entry.id, expected=f"{inner.__name__}.{entry.id}: str")
