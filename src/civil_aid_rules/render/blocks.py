"""What an explanation is made of, in both languages and in no format: sections of a few kinds of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.citations import Bilingual

Mark = Literal["yes", "no", "unknown", "plain"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence. A warning is shown loudly."""

    text: Bilingual
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list, with small print under it."""

    text: Bilingual
    mark: Mark = "plain"
    small: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with their values."""

    pairs: tuple[tuple[Bilingual, Bilingual], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings."""

    header: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One calculation: title = formula in titles = formula in values = value, why so, and where it stands.

    `sign` stands between the parts: "=", or "→" where the value is no number.
    """

    title: Bilingual
    chains: tuple[tuple[Bilingual, ...], ...]
    notes: tuple[Bilingual, ...] = ()
    small: tuple[Bilingual, ...] = ()
    sign: str = "="


@dataclass(frozen=True, slots=True)
class Works:
    """Calculations in the order they are done."""

    works: tuple[Work, ...]
    numbered: bool


Block = Paragraph | Points | Pairs | Table | Works


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks; a folded one is for those who want to know more."""

    heading: Bilingual
    blocks: tuple[Block, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole explanation: the head says what was decided, the foot what the text is worth."""

    title: Bilingual
    status: Literal["eligible", "ineligible", "undetermined"]
    head: tuple[tuple[Bilingual, Bilingual], ...]
    warnings: tuple[Bilingual, ...]
    sections: tuple[Section, ...]
    foot: Bilingual
