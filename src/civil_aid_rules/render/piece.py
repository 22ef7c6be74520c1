"""A part of a formula in words, and what writing one asks for: the parts are written by several modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from civil_aid_rules.backends.evaluation import Env
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.text import ADD, WHOLE
from civil_aid_rules.quantities.in_words import MINUS
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.shown import Choices


class Piece(NamedTuple):
    """A part of a formula, with how strongly it holds together."""

    text: Bilingual
    strength: int = WHOLE

    def within(self, least: int) -> Bilingual:
        """The text, in brackets where its place asks for more strength."""
        return self.text if self.strength >= least else phrase("brackets", text=self.text)


@dataclass(frozen=True, slots=True)
class Because:
    """Why a branch was taken, in words, and its own legal source; `proviso`: that a `when` fails or is open."""

    text: Bilingual
    citations: tuple[Citation, ...]
    proviso: bool = False


class Writes(Protocol):
    """Writes one formula: with titles, or with the values of one evaluation."""

    reading: Reading
    env: Env
    titles: bool
    because: list[Because]

    def piece(self, node: Node, choices: Choices = ()) -> Piece:
        """A node as a part of the formula."""

    def value(self, node: Node) -> Bilingual:
        """A node's value as a part of a formula: without its unit."""

    def in_titles(self, node: Node) -> Bilingual:
        """A node in titles, whatever the formula around it is written in."""


def between(left: Bilingual, sign: str, right: Bilingual) -> Bilingual:
    """Two parts with a sign between them."""
    return joined((left, right), en=f" {sign} ", zh=f" {sign} ")


def added(parts: list[Bilingual]) -> Piece:
    """Parts added up; one that begins with a minus is taken off."""
    text = parts[0]
    for part in parts[1:]:
        if part.en.startswith(MINUS) and part.zh.startswith(MINUS):
            text = between(text, MINUS, Bilingual(en=part.en[1:], zh=part.zh[1:]))
        else:
            text = between(text, "+", part)
    return Piece(text, ADD if len(parts) > 1 else WHOLE)
