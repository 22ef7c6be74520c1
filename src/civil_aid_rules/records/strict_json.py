"""JSON read strictly: no duplicate keys, floats, NaN or lone surrogates; UTF-8 only; bounded size and depth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from civil_aid_rules.errors import Problem, RecordError, problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in for a value that cannot be taken, so that all other faults are found too."""

    code: str
    text: str
    expected: str


class _Object(dict[str, Any]):
    """A JSON object that remembers keys which stood in it twice."""

    twice: tuple[str, ...] = ()


def parse_json(text: str | bytes) -> tuple[Any, list[Problem]]:
    """The data of a JSON text and its faults. Raises RecordError where no data can be had at all."""
    shown = _decoded(text)
    _check_depth(shown)
    try:
        data = json.loads(
            shown, object_pairs_hook=_object, parse_float=_float, parse_constant=_constant, parse_int=_int
        )
    except json.JSONDecodeError as error:
        expected = f"JSON; {error.msg} at line {error.lineno}, column {error.colno}"
        _refuse("record-syntax", shown[error.pos : error.pos + 20] or "the end", expected)
    faults: list[Problem] = []
    return _checked(data, "$", faults), faults


def _refuse(code: str, found: object, expected: object) -> NoReturn:
    raise RecordError([problem(code, "$", found=found, expected=expected)]) from None


def _decoded(text: str | bytes) -> str:
    if len(text) > MAX_BYTES:
        _refuse("record-too-large", f"{len(text)} bytes", f"at most {MAX_BYTES}")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse("record-encoding", f"byte {error.start + 1}", "UTF-8; a file saved as GBK must be saved again as UTF-8")


def _check_depth(text: str) -> None:
    depth, quoted, escaped = 0, False, False
    for character in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped = character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                _refuse("record-depth", f"{depth} levels", f"at most {MAX_DEPTH}")
        elif character in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object()
    twice: list[str] = []
    for key, value in pairs:
        if key in found:
            twice.append(key)
        found[key] = value
    found.twice = tuple(twice)
    return found


def _float(text: str) -> Refused:
    return Refused("record-float", text[:40], 'amounts as text, such as "900.50"')


def _constant(text: str) -> Refused:
    return Refused("record-float", text, "a value; leave the field out when it is not known")


def _int(text: str) -> int | Refused:
    if len(text) > MAX_DIGITS:
        return Refused("record-float", f"{len(text)} digits", f"at most {MAX_DIGITS} digits; identifiers as text")
    return int(text)


def _checked(data: Any, path: str, faults: list[Problem]) -> Any:
    """Report duplicate keys and lone surrogates where they stand."""
    match data:
        case _Object():
            for key in data.twice:
                faults.append(problem("record-duplicate-key", f"{path}.{key}", found=key, expected="each field once"))
            return {
                key: _checked(value, f"{path}.{key}", faults)
                for key, value in data.items()
                if _is_text(key, path, faults)
            }
        case list():
            return [_checked(value, f"{path}[{place}]", faults) for place, value in enumerate(data)]
        case str() if not _is_text(data, path, faults):
            return Refused("record-text", "a lone surrogate", "text that is valid Unicode")
        case _:
            return data


def _is_text(text: str, path: str, faults: list[Problem]) -> bool:
    if any("\ud800" <= character <= "\udfff" for character in text):
        faults.append(problem("record-text", path, found="a lone surrogate", expected="text that is valid Unicode"))
        return False
    return True
