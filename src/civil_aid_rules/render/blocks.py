"""What an explanation is made of, in both languages and in no format: sections of a few kinds of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.citations import Bilingual

Mark = Literal["yes", "no", "unknown", "plain"]
Pair = tuple[Bilingual, Bilingual]
NOTHING = Bilingual(en="—", zh="—")
"""A cell that has nothing to say."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence."""

    text: Bilingual


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list: what it asks, the facts that it rests on, small print under it."""

    text: Bilingual
    mark: Mark = "plain"
    asked: tuple[Bilingual, ...] = ()
    facts: tuple[Bilingual, ...] = ()
    small: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points; numbered where a reader chooses among them."""

    points: tuple[Point, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with their values."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings. The first column is what a row is about, the second what it says."""

    header: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """formula in titles = formula in values = value; with what it is for: entries, or (above it) a line of a sum."""

    parts: tuple[Bilingual, ...]
    label: Bilingual | None = None
    above: Bilingual | None = None
    source: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One calculation: what is computed, by which formula (where all entries share one), the chains, why so, sources.

    `sign` stands between the parts: "=", or "→" where the value is no number.
    """

    title: Bilingual
    formula: Bilingual | None
    chains: tuple[Chain, ...]
    notes: tuple[Bilingual, ...] = ()
    small: tuple[Bilingual, ...] = ()
    sign: str = "="


@dataclass(frozen=True, slots=True)
class Works:
    """Calculations in the order they are done."""

    works: tuple[Work, ...]


Block = Paragraph | Points | Pairs | Table | Works


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks; a folded one is for those who want to know more."""

    heading: Bilingual
    blocks: tuple[Block, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole page: the head says what was decided, the foot what the text is worth."""

    title: Bilingual
    status: Literal["eligible", "ineligible", "undetermined", "none"]
    head: tuple[Pair, ...]
    warnings: tuple[Bilingual, ...]
    sections: tuple[Section, ...]
    foot: Bilingual | None
