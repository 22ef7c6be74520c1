"""What a result says besides its outcome and what it was computed with, and which of that is mere wording."""

from __future__ import annotations

import re
from typing import Any

from civil_aid_rules.determinations.result import Result
from civil_aid_rules.receipts.leaves import Leaf, leaves

_ELSEWHERE = {"status", "payment", "values", "identity", "notices", "record_digest"}
_TITLES = {"title", "unit", "value_title"}
_TITLE = re.compile(r"\.(title|value_title)\.(en|zh)$|^\$\.identity\..*\.unit$")


def said(result: Result) -> dict[str, Any]:
    """Reasons, flags, what is missing, and all else that a result says in words; overlays by their digest."""
    return {**result.model_dump(mode="json", exclude=_ELSEWHERE), "overlays": _overlay_texts(result)}


def unlike_leaves(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Leaf], dict[str, Leaf]]:
    """The leaves of the fields that are not the same on both sides: most are, and need not be looked at."""
    alike = {key for key in old if key in new and old[key] == new[key]}
    first, second = ({key: value for key, value in side.items() if key not in alike} for side in (old, new))
    return (leaves(first) if first else {}), (leaves(second) if second else {})


def _overlay_texts(result: Result) -> dict[str, Any]:
    """What the result says of each overlay, by its digest: one that is another overlay now is named elsewhere."""
    return {item.digest: item.model_dump(mode="json", exclude={"digest"}) for item in result.identity.overlays}


def used_titles(result: Result) -> dict[str, Any]:
    """How the values and rules used are titled, by key."""
    used = result.identity
    return {
        "identity": {
            "values": {value.key: value.model_dump(mode="json", include=_TITLES) for value in used.values},
            "rules": {rule.key: rule.model_dump(mode="json", include=_TITLES) for rule in used.rules},
        }
    }


def is_wording(path: str) -> bool:
    """A title from outside the dated rules and values: it may be worded better later. The titles of sources may not."""
    return _TITLE.search(path) is not None and ".citations[" not in path and not path.startswith("$.overlays")
