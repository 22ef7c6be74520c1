"""Names that do not resolve: the nearest one that does."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from civil_aid_rules.errors import Both

_MOST_SHOWN = 12


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to `name`, or None when none is near."""
    found = get_close_matches(name[:60], list(known), n=1)
    return found[0] if found else None


def nearly(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` all but is: three quarters of the letters of both, in order, are the same."""
    least = {other: 3 * (len(name) + len(other)) for other in known if other != name}
    possible = [other for other in least if 8 * _letters_in_both(name[:60], other) >= least[other]]
    shared = {other: _letters_shared(name[:60], other) for other in possible}
    near = [other for other, letters in shared.items() if 8 * letters >= least[other]]
    return max(near, key=lambda other: shared[other], default=None)


def _letters_in_both(one: str, other: str) -> int:
    """So many letters can be shared at most, whatever their order: quickly found."""
    return sum(min(one.count(letter), other.count(letter)) for letter in set(other))


def _letters_shared(one: str, other: str) -> int:
    return sum(block.size for block in SequenceMatcher(None, one, other).get_matching_blocks())


def instead_of(name: str, known: Iterable[str], otherwise: Both | None = None) -> Both:
    """What to write in place of a name that does not exist: the nearest known name, `otherwise`, or the known ones."""
    names = list(dict.fromkeys(known))
    near = did_you_mean(name, names)
    if near is not None:
        return Both(f"did you mean {near}?", f"是不是 {near}？")
    if otherwise is not None:
        return otherwise
    if not names:
        return Both("leave it out", "请删去")
    more = len(names) > _MOST_SHOWN
    nearest = sorted(names, key=lambda known: SequenceMatcher(None, name[:60], known).ratio(), reverse=more)
    shown = nearest[:_MOST_SHOWN] if more and name else names[:_MOST_SHOWN]
    en = f"expected one of {', '.join(shown)}{', …' if more else ''}"
    return Both(en, f"应为下列之一：{'、'.join(shown)}{'等' if more else ''}")
