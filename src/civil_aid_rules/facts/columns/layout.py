"""A record model as its columns are held against it: read from its annotations once, not for each batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fields import NONE_TEXT, alternatives, is_list, model_of


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """A field: the model of its value or of its entries, and which of the two.

    `least` entries a list has; a group `may_be_none`; `is_text`: no rule can name it, and it holds texts.
    """

    inner: type[BaseModel] | None
    is_list: bool
    least: int
    may_be_none: bool
    is_text: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A record model with its vocabulary, and the fields by name of each model in it."""

    vocabulary: Vocabulary
    model: type[BaseModel]
    fields: Mapping[type[BaseModel], Mapping[str, FieldLayout]] = field(repr=False)


def layout_of(vocabulary: Vocabulary, model: type[BaseModel]) -> Layout:
    """The layout of a record model."""
    fields: dict[type[BaseModel], dict[str, FieldLayout]] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in fields:
            fields[one] = {name: _field(info) for name, info in one.model_fields.items()}
            waiting += [item.inner for item in fields[one].values() if item.inner is not None]
    return Layout(vocabulary, model, fields)


def _field(info: FieldInfo) -> FieldLayout:
    parts = list(alternatives(info.annotation))
    entries = [marker for marker in info.metadata if isinstance(marker, Entry)]
    can_be_named = bool(entries) or any(isinstance(marker, Fact) for marker in info.metadata)
    return FieldLayout(
        model_of(info.annotation),
        bool(entries) or is_list(info.annotation),
        entries[0].least if entries else 0,
        any(NONE_TEXT in get_args(part) for part in parts),
        not can_be_named and str in parts,
    )
