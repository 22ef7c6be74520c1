"""What must hold of any record's lists, whatever they are about: unique ids, references that name an entry, limits.

Works on validated models and on plain data alike, so that these faults are reported together with all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from civil_aid_rules.errors import Both, shortened
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fault import Fault, Steps
from civil_aid_rules.records.fields import NONE_TEXT, is_private, model_of

MOST_DIGITS = 15
"""Whole numbers in a record have so many digits at most: every JSON reader and every digest keeps them exactly."""

_Ids = dict[str, list[str]]
"""For each list of the record: the id of each entry, empty where an entry has none that can be compared."""


def structure_faults(record: Any, model: type[BaseModel]) -> list[Fault]:
    """Every fault of the record's lists, references and whole numbers."""
    ids = {name: _ids(entries, entry) for name, entries, entry, _ in _lists(record, model)}
    return list(_faults(record, model, (), ids))


def private_values(holder: Any, model: type[BaseModel]) -> Iterator[str]:
    """Every text in a private field, as messages would show it."""
    for name, info in model.model_fields.items():
        value, inner = _value(holder, name), model_of(info.annotation)
        if is_private(info) and isinstance(value, str) and value:
            yield shortened(value, 40)
        for item in value if isinstance(value, list | tuple) else [value]:
            if inner is not None and isinstance(item, dict | BaseModel):
                yield from private_values(item, inner)


def _value(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _lists(holder: Any, model: type[BaseModel]) -> Iterator[tuple[str, Sequence[Any], Entry, type[BaseModel]]]:
    for name, info in model.model_fields.items():
        for marker in info.metadata:
            if isinstance(marker, Entry):
                entries, inner = _value(holder, name), model_of(info.annotation)
                if isinstance(entries, list | tuple) and inner is not None:
                    yield name, entries, marker, inner


def _ids(entries: Sequence[Any], entry: Entry) -> list[str]:
    found = [None if entry.id is None else _value(item, entry.id) for item in entries]
    return [named if isinstance(named, str) else "" for named in found]


def _faults(holder: Any, model: type[BaseModel], steps: Steps, ids: _Ids) -> Iterator[Fault]:
    for name, info in model.model_fields.items():
        value = _value(holder, name)
        if value is None:
            continue
        if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
            yield Fault("record-long-number", (*steps, name), str(len(str(abs(value)))), str(MOST_DIGITS))
        for marker in info.metadata:
            if isinstance(marker, Fact) and marker.references in ids and isinstance(value, str):
                yield from _reference_faults(value, marker.references, (*steps, name), ids)
        inner = model_of(info.annotation)
        if inner is not None and isinstance(value, dict | BaseModel):
            yield from _faults(value, inner, (*steps, name), ids)
    for name, entries, entry, inner in _lists(holder, model):
        yield from _list_faults(entries, entry, (*steps, name))
        for place, item in enumerate(entries):
            yield from _faults(item, inner, (*steps, name, place), ids)


def _reference_faults(named: str, into: str, steps: Steps, ids: _Ids) -> Iterator[Fault]:
    if named != NONE_TEXT and named not in ids[into]:
        known = instead_of(named, filter(None, ids[into]))
        yield Fault("record-unknown-reference", steps, shortened(named, 40), known)


def _list_faults(entries: Sequence[Any], entry: Entry, steps: Steps) -> Iterator[Fault]:
    if len(entries) > entry.limit:
        yield Fault("record-too-many", steps, str(len(entries)), str(entry.limit))
    if len(entries) < entry.least:
        yield Fault("record-empty-list", steps, str(len(entries)), str(entry.least))
    first: dict[str, int] = {}
    for place, named in enumerate(_ids(entries, entry)):
        at = (*steps, place, entry.id or "")
        if named == NONE_TEXT:
            yield Fault("record-reserved-id", at, named, Both("another id", "别的标识"))
        elif named and first.setdefault(named, place) != place:
            owner = f"{steps[-1]}[{first[named]}]"
            expected = Both(f"an id of its own, for {owner} has this one", f"不同的标识，{owner} 已用此标识")
            yield Fault("record-duplicate-id", at, shortened(named, 40), expected)
