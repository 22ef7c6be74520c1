"""A validated record → flat facts: each entry with its values by slot, known, unknown, or known to be none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel

from civil_aid_rules.errors import Both, RecordError, problem
from civil_aid_rules.facts.vocabulary import FactField, ListField, ScopeFacts, Vocabulary
from civil_aid_rules.ir.types import GroupType, ItemType, NumberType
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference, Special, Value


@dataclass(slots=True, eq=False)
class Item:
    """The record itself, or one entry of a list: its facts by slot, and its lists (UNKNOWN where one is not known).

    Never changed; not declared frozen, because that makes an entry take four times as long to build.
    """

    scope: str
    ordinal: int
    path: str
    id: str | None
    facts: tuple[Value, ...]
    lists: tuple[tuple[Item, ...] | Literal[Special.UNKNOWN], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one record. `items[scope][ordinal]` is an entry; an unknown list has none."""

    root: Item
    items: dict[str, tuple[Item, ...]]
    vocabulary: Vocabulary


def extract(record: BaseModel, vocabulary: Vocabulary) -> Facts:
    """The record's facts. Raises RecordError for a reference that names no entry."""
    reader = _Extraction(vocabulary)
    root = reader.item(record, vocabulary.scopes[""], "$")
    return Facts(root, {scope: tuple(items) for scope, items in reader.items.items()}, vocabulary)


class _Extraction:
    """One pass over one record."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.scopes = vocabulary.scopes
        self.items: dict[str, list[Item]] = {scope: [] for scope in vocabulary.scopes}
        self.counts = dict.fromkeys(vocabulary.scopes, 0)
        self.ids: dict[str, dict[str, int]] = {}

    def item(self, entry: BaseModel, scope: ScopeFacts, path: str) -> Item:
        """One entry with everything under it; its ordinal is its place among all entries of its scope."""
        ordinal = self.counts[scope.scope]
        self.counts[scope.scope] = ordinal + 1
        held = entry.__dict__
        for field in scope.lists.values():
            self.note_ids(held[field.name], self.scopes[field.scope])
        lists = tuple([self.entries(held[field.name], field, path) for field in scope.lists.values()])
        facts = self.facts(held, scope, path)
        made = Item(scope.scope, ordinal, path, held[scope.id_field] if scope.id_field else None, facts, lists)
        self.items[scope.scope].append(made)
        return made

    def note_ids(self, entries: list[BaseModel] | None, scope: ScopeFacts) -> None:
        """Where each id stands, before any entry is read: entries refer to one another, and to those of other lists."""
        if scope.id_field is not None and entries is not None:
            places = enumerate(entries, self.counts[scope.scope])
            known = self.ids.setdefault(scope.scope, {})
            known.update({getattr(entry, scope.id_field): place for place, entry in places})

    def entries(
        self, entries: list[BaseModel] | None, field: ListField, path: str
    ) -> tuple[Item, ...] | Literal[Special.UNKNOWN]:
        """The entries of a list; UNKNOWN where the list is absent."""
        if entries is None:
            return UNKNOWN
        scope = self.scopes[field.scope]
        return tuple([self.item(entry, scope, f"{path}.{field.name}[{place}]") for place, entry in enumerate(entries)])

    def facts(self, held: dict[str, Any], scope: ScopeFacts, path: str) -> tuple[Value, ...]:
        """An entry's facts by slot; most fields of most records are left out, so absence is looked at first."""
        found: list[Value] = []
        for field in scope.facts.values():
            value = held[field.attribute]
            found.append(field.absent if value is None else self.value(value, field, path))
        return tuple(found)

    def value(self, held: Any, field: FactField, path: str) -> Value:
        """One fact, whose first attribute is there."""
        for name, absent in field.within:
            if held == "none":
                return NONE
            held = held.__dict__[name]
            if held is None:
                return absent
        type_ = type(field.type)
        if held == "none" and (field.says_none or type_ is not ItemType):
            return NONE
        if type_ is NumberType:
            return _exact(held)
        if type_ is ItemType:
            return self._reference(field, held, path)
        value: Value = True if type_ is GroupType else held
        return value

    def _reference(self, field: FactField, named: str, path: str) -> Value:
        assert isinstance(field.type, ItemType)
        known = self.ids.get(field.type.scope, {})
        if named not in known:
            at = f"{path}.{field.name}"
            expected = ", ".join(known) or Both("no entry has an id", "没有任何一项有标识")
            raise RecordError([problem("record-unknown-reference", at, found=named, expected=expected)])
        return ItemReference(field.type.scope, known[named])


def _exact(number: int | Decimal) -> int | Fraction:
    """A whole number, or a Decimal as a whole number or a fraction."""
    if isinstance(number, int):
        return number
    numerator, denominator = number.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)
