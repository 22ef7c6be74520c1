"""JSON data by path: every text, number, yes/no, null, empty list and empty object, each at `$.members[1].id`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from civil_aid_rules.digests import digest

Leaf = str | int | bool | None


def leaves(data: Any, path: str = "$") -> dict[str, Leaf]:
    """The leaves of JSON data by path. An empty list or object is a leaf: `[]`, `{}`."""
    return dict(_leaves(data, path))


def leaf_digests(data: Any) -> dict[str, str]:
    """A digest for each leaf, over its path and value: which one was changed can be said without keeping it twice."""
    return {path: digest([path, value]) for path, value in _leaves(data, "$")}


def step(key: str) -> str:
    """One step of a path: `.id`, or `["urban_dibao.standard"]` for a key that is no plain name."""
    return f".{key}" if key.isidentifier() and key.isascii() else f"[{json.dumps(key, ensure_ascii=False)}]"


def _leaves(data: Any, path: str) -> Iterator[tuple[str, Leaf]]:
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _leaves(value, path + step(key))
    elif isinstance(data, list) and data:
        for place, value in enumerate(data):
            yield from _leaves(value, f"{path}[{place}]")
    elif isinstance(data, dict | list):
        yield path, "{}" if isinstance(data, dict) else "[]"
    else:
        yield path, data
