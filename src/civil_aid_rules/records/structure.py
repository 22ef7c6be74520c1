"""What must hold of any record's lists, whatever they are about: unique ids, references that name an entry, limits.

Works on validated models and on plain data alike, so that these faults are reported together with all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from civil_aid_rules.errors import Both, shortened
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities.fields import Entry, RestsOn
from civil_aid_rules.records.fault import Fault, Steps, text_shown
from civil_aid_rules.records.fields import NONE_TEXT, FieldShape, shape_of

MOST_DIGITS = 15
"""Whole numbers in a record have so many digits at most: every JSON reader and every digest keeps them exactly."""

_NO_ID = Both("no entry has an id", "没有任何一项有标识")

_Ids = dict[str, list[str]]
"""For each list of the record: the id of each entry, empty where an entry has none that can be compared."""


def structure_faults(record: Any, model: type[BaseModel]) -> Iterator[Fault]:
    """Every fault of the record's lists, references and whole numbers."""
    ids: _Ids = {name: [] for name in _left_out(record, model)}
    ids |= {name: _ids(entries, entry) for name, entries, entry, _ in _lists(record, model)}
    return _faults(record, model, (), ids)


def looked_into(data: Any, model: type[BaseModel]) -> Any:
    """Plain data without the entries far beyond a list's limit: they are counted, and not looked into."""
    if not isinstance(data, dict):
        return data
    shapes = {field.name: field for field in shape_of(model) if field.inner is not None}
    return {key: _looked_into(value, shapes[key]) if key in shapes else value for key, value in data.items()}


def _looked_into(value: Any, field: FieldShape) -> Any:
    if field.inner is None:
        return value
    if field.entry is not None and isinstance(value, list):
        return [looked_into(item, field.inner) for item in value[: _most(field.entry)]]
    return looked_into(value, field.inner)


def _most(entry: Entry) -> int:
    return 2 * entry.limit


def private_values(holder: Any, model: type[BaseModel]) -> Iterator[str]:
    """Every text in a private field, as messages would show it."""
    for field in shape_of(model):
        value = _value(holder, field.name)
        if field.is_private and isinstance(value, str) and value:
            yield shortened(value, 40)
        for item in value[: _most(field.entry or Entry("", ""))] if isinstance(value, list | tuple) else [value]:
            if field.inner is not None and isinstance(item, dict | BaseModel):
                yield from private_values(item, field.inner)


def _value(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _lists(holder: Any, model: type[BaseModel]) -> Iterator[tuple[str, Sequence[Any], Entry, type[BaseModel]]]:
    for field in shape_of(model):
        if field.entry is not None and field.inner is not None:
            entries = _value(holder, field.name)
            if isinstance(entries, list | tuple):
                yield field.name, entries[: _most(field.entry)], field.entry, field.inner


def _left_out(holder: Any, model: type[BaseModel]) -> Iterator[str]:
    """The lists that are not there: nothing can be named from them."""
    lists = (field.name for field in shape_of(model) if field.entry is not None and field.inner is not None)
    return (name for name in lists if _value(holder, name) is None)


def _ids(entries: Sequence[Any], entry: Entry) -> list[str]:
    found = [None if entry.id is None else _value(item, entry.id) for item in entries]
    return [named if isinstance(named, str) else "" for named in found]


def _faults(holder: Any, model: type[BaseModel], steps: Steps, ids: _Ids) -> Iterator[Fault]:
    for field in shape_of(model):
        value = _value(holder, field.name)
        if value is None:
            continue
        if field.is_number and isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
            yield Fault("record-long-number", (*steps, field.name), f"≥ {MOST_DIGITS + 1}", str(MOST_DIGITS))
        if field.rests_on is not None and value == field.rests_on.when:
            yield from _open_item_faults(holder, field.rests_on, steps, value)
        says_none = field.may_be_none and value == NONE_TEXT
        if field.references in ids and isinstance(value, str) and not says_none:
            yield from _reference_faults(value, field.references, (*steps, field.name), ids)
        if field.inner is not None and isinstance(value, dict | BaseModel):
            yield from _faults(value, field.inner, (*steps, field.name), ids)
        if field.entry is not None and field.inner is not None and isinstance(value, list | tuple):
            yield from _list_faults(value, field.entry, (*steps, field.name))
            for place, item in enumerate(value[: _most(field.entry)]):
                yield from _faults(item, field.inner, (*steps, field.name, place), ids)


def _open_item_faults(holder: Any, open_item: RestsOn, steps: Steps, value: str | bool) -> Iterator[Fault]:
    """An open item of the law ("other", by a local rule) must name the rule or finding that it rests on."""
    if not _value(holder, open_item.note):
        shown = value if isinstance(value, str) else "true"
        yield Fault("record-open-item", (*steps, open_item.note), shown, open_item.note)


def _reference_faults(named: str, into: str, steps: Steps, ids: _Ids) -> Iterator[Fault]:
    if named not in ids[into]:
        others = list(filter(None, ids[into]))
        known = instead_of(named, others) if others else _NO_ID
        yield Fault("record-unknown-reference", steps, text_shown(named), known)


def _list_faults(entries: Sequence[Any], entry: Entry, steps: Steps) -> Iterator[Fault]:
    if len(entries) > entry.limit:
        yield Fault("record-too-many", steps, str(len(entries)), str(entry.limit))
    if len(entries) < entry.least:
        yield Fault("record-empty-list", steps, str(len(entries)), str(entry.least))
    first: dict[str, int] = {}
    for place, named in enumerate(_ids(entries[: _most(entry)], entry)):
        at = (*steps, place, entry.id or "")
        if named == NONE_TEXT:
            yield Fault("record-reserved-id", at, named, Both("another id", "别的标识"))
        elif named and first.setdefault(named, place) != place:
            owner = f"{steps[-1]}[{first[named]}]"
            expected = Both(f"an id of its own, for {owner} has this one", f"不同的标识，{owner} 已用此标识")
            yield Fault("record-duplicate-id", at, shortened(named, 40), expected)
