"""What must hold of any record's lists, whatever they are about: unique ids, references that name an entry, limits.

Works on validated models and on plain data alike, so that these faults are reported together with all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from civil_aid_rules.quantities.fields import Entry, Fact

Fault = tuple[str, str, str, str]
"""(code, path without `$`, found, expected)"""


def structure_faults(record: Any, model: type[BaseModel]) -> list[Fault]:
    """Every fault of the record's lists and references."""
    ids = {
        name: [named for named in _ids(entries, entry) if named] for name, entries, entry, _ in _lists(record, model)
    }
    return list(_faults(record, model, "", ids))


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The model that a field's value, or its list's entries, are of."""
    waiting: list[Any] = [annotation]
    while waiting:
        here = waiting.pop()
        if isinstance(here, type) and issubclass(here, BaseModel):
            return here
        waiting.extend(get_args(here))
    return None


def _value(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _markers(model: type[BaseModel], kind: type) -> Iterator[tuple[str, Any, type[BaseModel] | None]]:
    for name, info in model.model_fields.items():
        for marker in info.metadata:
            if isinstance(marker, kind):
                yield name, marker, model_of(info.annotation)


def _lists(holder: Any, model: type[BaseModel]) -> Iterator[tuple[str, list[Any], Entry, type[BaseModel]]]:
    for name, entry, inner in _markers(model, Entry):
        entries = _value(holder, name)
        if isinstance(entries, list) and inner is not None:
            yield name, entries, entry, inner


def _ids(entries: list[Any], entry: Entry) -> list[str]:
    """The entries' ids; empty text where an entry has none that can be compared."""
    found = [None if entry.id is None else _value(item, entry.id) for item in entries]
    return [named if isinstance(named, str) else "" for named in found]


def _faults(holder: Any, model: type[BaseModel], path: str, ids: dict[str, list[str]]) -> Iterator[Fault]:
    for name, fact, inner in _markers(model, Fact):
        value = _value(holder, name)
        if inner is not None and isinstance(value, dict | BaseModel):
            yield from _faults(value, inner, f"{path}.{name}", ids)
        elif (
            fact.references in ids and isinstance(value, str) and value != "none" and value not in ids[fact.references]
        ):
            known = ", ".join(dict.fromkeys(ids[fact.references][:10]))
            yield (
                "record-unknown-reference",
                f"{path}.{name}",
                value,
                f"the id of an entry of {fact.references}: {known}",
            )
    for name, entries, entry, inner in _lists(holder, model):
        if len(entries) > entry.limit:
            yield "record-too-many", f"{path}.{name}", f"{len(entries)} entries", f"at most {entry.limit}"
        seen: dict[str, int] = {}
        for place, (item, named) in enumerate(zip(entries, _ids(entries, entry), strict=True)):
            if named and named in seen:
                expected = f"an id of its own; {name}[{seen[named]}] has this one"
                yield "record-duplicate-id", f"{path}.{name}[{place}].{entry.id}", named, expected
            seen.setdefault(named, place)
            yield from _faults(item, inner, f"{path}.{name}[{place}]", ids)
