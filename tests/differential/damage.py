"""Records as plain data, damaged at random: wrong values, nulls, entries twice, broken references, lists too short.

Of facts that a program does not read, columns look at the types alone (docs/decisions/0015-columns.md): so a record is
damaged there only if it is refused already, when all that is wrong with it must be told.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fields import alternatives, model_of
from civil_aid_rules.records.record import Record

Data = dict[str, Any]
IsRead = Callable[[str, str], bool]
"""Whether a fact (its scope, its dotted name) is read by the program."""

AMOUNTS = ("70.005", "-1", "-0", "1e3", "", "x", "10000000000.01", "99999999999", "007", "٣", " 1", "nan", "1,000")
DAYS = ("2015-02-30", "1980/01/01", "0000-01-01", "20150101", "", "2015-1-1", "2015-13-01", "none?", "10000-01-01")
CHOICES = ("nonesuch", "", "None", "other ", "一")
NUMBERS = (10**15, -(10**15), 10**18, 10**6, -1, -(10**6), 101)
IDS = ("", "x" * 41, "none", None)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place in the data at which a value may stand: the fields around it, its kind, whether it is read."""

    holder: Data
    name: str
    kind: Any
    may_be_none: bool
    is_read: bool
    references: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the data."""

    holder: Data
    name: str
    entry: Entry


class RandomDamage:
    """Damages records of one model."""

    def __init__(self, model: type[Record], random: Random, is_read: IsRead) -> None:
        self.model, self.random, self.is_read = model, random, is_read

    def damage(self, data: Data, *, only_read: bool) -> None:
        """One thing done to a record. `only_read`: not to a fact that the program does not read."""
        leaves = [leaf for leaf in _leaves(data, self.model, "", "", self.is_read) if leaf.is_read or not only_read]
        lists = list(_lists(data, self.model))
        if leaves and (not lists or self.random.random() < 0.6):
            self._leaf(self.random.choice(leaves))
        elif lists:
            self._list(self.random.choice(lists))

    def _leaf(self, leaf: Leaf) -> None:
        wrong: tuple[Any, ...]
        if leaf.references is not None:
            wrong = ("nobody", "", "none", "members0 ")
        elif leaf.kind is Decimal:
            wrong = AMOUNTS
        elif leaf.kind is datetime.date:
            wrong = DAYS
        elif leaf.kind is int:
            wrong = NUMBERS
        elif leaf.kind is bool:
            wrong = ("maybe", "True", "") if leaf.may_be_none else (None,)
        else:
            wrong = CHOICES
        leaf.holder[leaf.name] = self.random.choice((*wrong, None)) if self.random.random() < 0.9 else "none"
        if leaf.holder[leaf.name] == "none" and leaf.kind in (int, bool) and not leaf.may_be_none:
            leaf.holder[leaf.name] = None  # a column of numbers holds no text

    def _list(self, listed: Listed) -> None:
        entries: list[Any] = listed.holder[listed.name]
        ways = ["none at all", "empty", "too many"]
        ways += ["null", "twice", *(["id"] if listed.entry.id else [])] if entries else []
        match self.random.choice(ways):
            case "none at all":
                listed.holder[listed.name] = None
            case "empty":
                listed.holder[listed.name] = []
            case "too many" if listed.entry.limit <= 100:
                first = dict(entries[0] or {}) if entries else {}
                ids = [
                    {listed.entry.id: f"more{at}"} if listed.entry.id else {} for at in range(listed.entry.limit + 1)
                ]
                listed.holder[listed.name] = [{**first, **own} for own in ids]
            case "null":
                entries[self.random.randrange(len(entries))] = None
            case "twice":
                again = self.random.choice(entries)
                entries.append(again and dict(again))
            case "id":
                entry = self.random.choice(entries)
                if entry is not None:
                    entry[listed.entry.id] = self.random.choice(IDS)


def _parts_of(annotation: Any) -> tuple[Any, bool]:
    """The kind of value that a field takes, and whether it takes "none" beside."""
    options = list(alternatives(annotation))
    none = [part for part in options if get_origin(part) is Literal and "none" in get_args(part)]
    plain = [part for part in options if not (get_origin(part) is Literal and get_args(part) == ("none",))]
    return plain[0], bool(none)


def _leaves(data: Data, model: type[BaseModel], scope: str, group: str, is_read: IsRead) -> Iterator[Leaf]:
    """Every place of a value, given or not."""
    for name, info in model.model_fields.items():
        fact = next((item for item in info.metadata if isinstance(item, Fact)), None)
        entry = next((item for item in info.metadata if isinstance(item, Entry)), None)
        inner, held = model_of(info.annotation), data.get(name)
        if entry is not None and inner is not None:
            for item in held if isinstance(held, list) else []:
                if isinstance(item, dict):
                    yield from _leaves(item, inner, f"{scope}.{name}" if scope else name, "", is_read)
        elif fact is not None and inner is not None:
            if isinstance(held, dict):
                yield from _leaves(held, inner, scope, f"{group}{name}.", is_read)
        elif fact is not None:
            kind, may_be_none = _parts_of(info.annotation)
            yield Leaf(data, name, kind, may_be_none, is_read(scope, f"{group}{name}"), fact.references)


def _lists(data: Data, model: type[BaseModel]) -> Iterator[Listed]:
    """Every list that is given."""
    for name, info in model.model_fields.items():
        entry = next((item for item in info.metadata if isinstance(item, Entry)), None)
        inner, held = model_of(info.annotation), data.get(name)
        if entry is not None and inner is not None and isinstance(held, list):
            yield Listed(data, name, entry)
            for item in held:
                if isinstance(item, dict):
                    yield from _lists(item, inner)
