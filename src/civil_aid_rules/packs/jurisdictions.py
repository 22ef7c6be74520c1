"""Jurisdictions as their overlays describe them: of which level each is, what it lies within, whose values hold there.

A county's own value goes over its city's, and that over the pack's. Which level lies within which is nowhere else said:
it follows from `within`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.models import OverlayBlock

_ITSELF = Both("it would lie within itself", "否则就位于自身之内")


def local_overlays(overlays: Mapping[str, OverlayBlock], jurisdiction: str) -> tuple[OverlayBlock, ...]:
    """The overlays whose values hold in a jurisdiction: its own, then those of what it lies within, nearest first."""
    return tuple(block for place in chain(overlays, jurisdiction) for block in own_overlays(overlays, place))


def chain(overlays: Mapping[str, OverlayBlock], jurisdiction: str) -> tuple[str, ...]:
    """The jurisdiction, then what it lies within, nearest first; each once."""
    found: list[str] = []
    place: str | None = jurisdiction
    while place is not None and place not in found:
        found.append(place)
        place = next((str(block.within) for block in own_overlays(overlays, place) if block.within is not None), None)
    return tuple(found)


def own_overlays(overlays: Mapping[str, OverlayBlock], jurisdiction: str | None) -> list[OverlayBlock]:
    """The overlays that a jurisdiction itself has, by file name."""
    return [block for block in overlays.values() if block.kind == "local" and block.jurisdiction == jurisdiction]


def level_of(overlays: Mapping[str, OverlayBlock], jurisdiction: str) -> str | None:
    """The level of a jurisdiction: county, city."""
    return next((str(block.level) for block in own_overlays(overlays, jurisdiction) if block.level is not None), None)


def levels_above(overlays: Mapping[str, OverlayBlock], jurisdiction: str) -> dict[str, str]:
    """The levels that a jurisdiction lies within, each with the jurisdiction of that level."""
    outer = chain(overlays, jurisdiction)[1:]
    return {level: place for place in outer if (level := level_of(overlays, place)) is not None}


def jurisdiction_faults(overlays: Mapping[str, OverlayBlock]) -> list[Problem]:
    """Overlays of one jurisdiction that place it differently; jurisdictions that lie nowhere, or within themselves."""
    local = [block for block in overlays.values() if block.kind == "local" and block.jurisdiction is not None]
    known = sorted({str(block.jurisdiction) for block in local})
    return [fault for block in local for fault in (*_differing(block, overlays), *_misplaced(block, overlays, known))]


def _differing(block: OverlayBlock, overlays: Mapping[str, OverlayBlock]) -> Iterator[Problem]:
    first = own_overlays(overlays, block.jurisdiction)[0]
    for key, here, there in (("level", block.level, first.level), ("within", block.within, first.within)):
        if here != there:
            found, expected = (f"{key}: {value or '–'}" for value in (here, there))
            at = block.place_of(key if here is not None else "jurisdiction")
            yield problem("overlay-place", at, found=found, expected=expected, first=first.overlay)


def _misplaced(block: OverlayBlock, overlays: Mapping[str, OverlayBlock], known: list[str]) -> Iterator[Problem]:
    if block.within is None or block.jurisdiction is None:
        return
    last = chain(overlays, str(block.jurisdiction))[-1]
    expected: str | Both | None = None
    if block.within not in known:
        expected = instead_of(str(block.within), known)
    elif any(other.within == block.jurisdiction for other in own_overlays(overlays, last)):
        expected = _ITSELF
    elif block.level is not None and block.level in levels_above(overlays, str(block.jurisdiction)):
        expected = Both(f"both are of level {block.level}", f"两者同为 {block.level} 级")
    if expected is not None:
        yield problem("overlay-within", block.place_of("within"), found=block.within, expected=expected)
