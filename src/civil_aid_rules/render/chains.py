"""The parts of a calculation one after the other, without repeating what has been said."""

from __future__ import annotations

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.text import WHOLE
from civil_aid_rules.render.phrases import joined
from civil_aid_rules.render.piece import Piece


def chain_of(
    head: tuple[Bilingual, ...], values: Piece, bare: tuple[Bilingual, ...], total: Bilingual
) -> tuple[Bilingual, ...]:
    """A chain without repeating itself: a value that is the formula already is written once, with its unit."""
    parts = [*head, values.text]
    noted = None if values.strength < WHOLE else _noted(values.text, bare)
    if noted is not None:
        parts.pop()
        total = joined((total, noted), en="", zh="")
    distinct = [part for index, part in enumerate(parts) if index == 0 or part != parts[index - 1]]
    if distinct and distinct[-1] in (*bare, total):
        distinct.pop()
    return (*distinct, total)


def _noted(text: Bilingual, bare: tuple[Bilingual, ...]) -> Bilingual | None:
    """What a single value says in brackets after its number: 3（m1、m2、m3）."""
    for number in bare:
        if text.en.startswith(f"{number.en} (") and text.zh.startswith(f"{number.zh}（"):
            return Bilingual(en=text.en.removeprefix(number.en), zh=text.zh.removeprefix(number.zh))
    return None
