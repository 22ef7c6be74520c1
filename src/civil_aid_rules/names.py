"""Names that do not resolve: the nearest one that does."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to `name`, or None when none is near."""
    found = get_close_matches(name[:60], list(known), n=1, cutoff=0.6)
    return found[0] if found else None
