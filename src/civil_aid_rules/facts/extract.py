"""A validated record → flat facts: each entry with its values by slot, known, unknown, or known to be none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel

from civil_aid_rules.errors import InternalError, RecordError, problem
from civil_aid_rules.facts.vocabulary import FactField, ScopeFacts, Vocabulary
from civil_aid_rules.ir.types import GroupType, ItemType
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference, Special, Value


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """The record itself, or one entry of a list: its facts by slot, and its lists (UNKNOWN where a list is not known)."""

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
        self.vocabulary = vocabulary
        self.items: dict[str, list[Item]] = {scope: [] for scope in vocabulary.scopes}
        self.counts = dict.fromkeys(vocabulary.scopes, 0)
        self.ids: dict[str, dict[str, int]] = {}

    def item(self, entry: BaseModel, scope: ScopeFacts, path: str) -> Item:
        """One entry with everything under it; its ordinal is its place among all entries of its scope."""
        ordinal = self.counts[scope.scope]
        self.counts[scope.scope] = ordinal + 1
        values = entry.__dict__
        lists: list[tuple[Item, ...] | Literal[Special.UNKNOWN]] = []
        for name, field in scope.lists.items():
            self._note_ids(values[name], field.scope)
            inner = self.vocabulary.scopes[field.scope]
            entries = values[name]
            if entries is None:
                lists.append(UNKNOWN)
            else:
                lists.append(
                    tuple([self.item(sub, inner, f"{path}.{name}[{place}]") for place, sub in enumerate(entries)])
                )
        facts = tuple([self.value(entry, field, path) for field in scope.facts.values()])
        named = values[scope.id_field] if scope.id_field is not None else None
        made = Item(scope.scope, ordinal, path, named, facts, tuple(lists))
        column = self.items[scope.scope]
        column.append(made)
        if len(column) <= ordinal:
            raise InternalError("entries out of order")
        return made

    def _note_ids(self, entries: list[BaseModel] | None, scope: str) -> None:
        """Where each id stands, before the entries (which may refer to one another) are read."""
        id_field = self.vocabulary.scopes[scope].id_field
        if id_field is None or entries is None:
            return
        first = self.counts[scope]
        known = self.ids.setdefault(scope, {})
        known.update({getattr(entry, id_field): first + place for place, entry in enumerate(entries)})

    def value(self, entry: BaseModel, field: FactField, path: str) -> Value:
        """One fact: UNKNOWN when absent, unless absence says that there is none."""
        held: Any = entry
        for name in field.attributes:
            held = held.__dict__[name]
            if held is None:
                return NONE if name in field.none_when_absent else UNKNOWN
            if held == "none":
                return NONE
        match held:
            case Decimal():
                return _exact(held)
            case BaseModel():
                return True
            case str() if isinstance(field.type, ItemType):
                return self._reference(field, held, path)
            case _ if isinstance(field.type, GroupType):
                return True
            case _:
                value: Value = held
                return value

    def _reference(self, field: FactField, named: str, path: str) -> Value:
        assert isinstance(field.type, ItemType)
        known = self.ids.get(field.type.scope, {})
        if named not in known:
            at = f"{path}.{field.name}"
            raise RecordError(
                [
                    problem(
                        "record-unknown-reference", at, found=named, expected=", ".join(known) or "no entry has an id"
                    )
                ]
            )
        return ItemReference(field.type.scope, known[named])


def _exact(amount: Decimal) -> int | Fraction:
    """A Decimal as a whole number, or as a fraction."""
    numerator, denominator = amount.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)
