"""How a record model tells rules about its fields: unit, titles, what absence means, and what a reference points to.

Put these into `Annotated[...]`. A field without `Fact` or `Entry` (a name, a document number, a note) cannot be named by rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that rules may name. `absent="none"`: leaving it out says that there is none, as `cite` explains.

    `unit` is required for amounts (`CNY`); `references` names the list whose entry ids a text field holds.
    """

    en: str
    zh: str
    unit: str | None = None
    absent: Literal["none"] | None = None
    cite: str | None = None
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A list field: what one entry counts as (`person`, `number`), which field names an entry, and how many there may be."""

    en: str
    zh: str
    unit: str = "number"
    id: str | None = None
    limit: int = 200


@dataclass(frozen=True)
class ChoiceTitles:
    """The titles (en, zh) of the texts that a Literal field can have."""

    titles: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Private:
    """A field that never appears in a message, explanation, log or repr: a name, a document number."""
