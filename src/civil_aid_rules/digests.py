"""Canonical JSON and SHA-256: the only hashing code.

Canonical JSON here is the subset of RFC 8785 for text, booleans, null, whole numbers below 2**53, lists, and objects
with ASCII keys: for these, sorted keys and no spaces give the same bytes as RFC 8785. Floats are refused.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from civil_aid_rules.errors import InternalError

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def canonical_json(value: Json) -> str:
    """`value` as canonical JSON. Raises InternalError for a float, a large whole number or a key that is not ASCII."""
    _refuse_what_is_not_canonical(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Json) -> str:
    """`sha256:` and the hex digest of the canonical JSON of `value`."""
    return "sha256:" + hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()


def file_digest(path: Path) -> str:
    """`sha256:` and the hex digest of the bytes of a file. Raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_what_is_not_canonical(value: object) -> None:
    match value:
        case None | bool() | str():
            return
        case int():
            if abs(value) >= 2**53:
                raise InternalError(f"a whole number beyond 2**53 is not canonical: {value}")
        case list():
            for item in value:
                _refuse_what_is_not_canonical(item)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise InternalError(f"a key that is not ASCII text: {key!r}")
                _refuse_what_is_not_canonical(item)
        case _:
            raise InternalError(f"not canonical JSON: {type(value).__name__}")
