"""How a record model tells rules about its fields: unit, titles, what absence means, and what a reference points to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that rules may name. `absent="none"`: leaving it out says that there is none, as `cite` explains."""

    en: str
    zh: str
    unit: str | None = None
    absent: Literal["none"] | None = None
    cite: str | None = None
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A list field: what one entry of it is, how entries are named, and how many there may be."""

    en: str
    zh: str
    unit: str = "number"
    id: str | None = None
    limit: int = 200
