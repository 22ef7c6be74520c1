"""JSON read strictly: no duplicate keys, floats, NaN or lone surrogates; UTF-8 only; bounded size and depth."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from civil_aid_rules.errors import Both, RecordError
from civil_aid_rules.records.fault import HIDDEN, Fault, Steps, key_shown
from civil_aid_rules.records.structure import MOST_DIGITS
from civil_aid_rules.source import SourceSpan

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
_MARK = "\ufeff"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_END = Both("the end", "结尾")
_VALUE = Both(
    "a text, a whole number, true, false, null, a list or an object", "文字、整数、true、false、null、列表或一组字段"
)
_EXPECTED: tuple[tuple[str, str | Both], ...] = (
    ("property name", Both("a field name in double quotes", "双引号中的字段名")),
    ("',' delimiter", ","),
    ("':' delimiter", ":"),
    ("trailing comma", Both("no comma after the last one", "最后一项后不加逗号")),
    ("Extra data", _END),
    ("Unterminated string", Both('a " at its end', '末尾的 "')),
    ("control character", Both(r"\n or \t in its place", r"改写为 \n 或 \t")),
    ("escape", Both(r"\\ in its place", r"改写为 \\")),
    ("Expecting value", _VALUE),
)
"""What could be read at that place, by a piece of the JSON reader's own words."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in for a value that cannot be taken, so that all other faults are found too."""

    code: str
    text: str
    expected: str | Both


class _Doubled(dict[str, Any]):
    """A JSON object in which keys stood twice; it remembers which."""

    twice: tuple[str, ...] = ()


def parse_json(
    text: str | bytes, file: str | None = None, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> tuple[Any, list[Fault]]:
    """The data of a JSON text and its faults. Raises RecordError where no data can be had at all."""
    shown = _decoded(text, file, max_bytes)
    _check_depth(shown, file, max_depth)
    fault: Fault | None = None
    data: Any = None
    doubled: list[_Doubled] = []
    read_object = partial(_object, doubled)
    try:
        data = json.loads(
            shown, object_pairs_hook=read_object, parse_float=_float, parse_constant=_constant, parse_int=_int
        )
    except json.JSONDecodeError as error:
        fault = _syntax_fault(error.msg, shown, error.pos)
        line, column = error.lineno, error.colno
    if fault is not None:
        _refuse(fault, file, line, column)
    faults: list[Fault] = []
    is_plain = not doubled and "\\u" not in shown and _is_text(shown)
    return data if is_plain else _checked(data, (), faults), faults


def _refuse(fault: Fault, file: str | None, line: int = 1, column: int = 1) -> NoReturn:
    raise RecordError([fault.as_problem(None if file is None else SourceSpan(file, line, column))])


def _syntax_fault(says: str, text: str, at: int) -> Fault:
    """Where the text stops being JSON. Only a sign is shown, no letter or digit: the text may be a name."""
    sign = text[at : at + 1]
    is_sign = sign.isascii() and sign.isprintable() and not sign.isalnum()
    found = _END if not sign else sign if is_sign else HIDDEN
    expected = next((shown for words, shown in _EXPECTED if words in says), _VALUE)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Fault("record-syntax", (), found, expected, (("line", str(line)), ("column", str(column))))


def _decoded(text: str | bytes, file: str | None, max_bytes: int) -> str:
    if len(text) > max_bytes:
        _refuse(Fault("record-too-large", (), str(len(text)), str(max_bytes)), file)
    data = text if isinstance(text, bytes) else text[:2].encode("utf-8", "surrogatepass")
    if begins_as_utf_16(data):
        _refuse(_encoding(shown_bytes(data[:2]), "UTF-16", 1, 1), file)
    shown, wrong = text if isinstance(text, str) else "", 0
    if isinstance(text, bytes):
        try:
            shown = text.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong = error.start + 1
            before = text[: error.start].decode("utf-8")
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    if isinstance(text, bytes) and wrong:
        _refuse(
            _encoding(shown_bytes(text[wrong - 1 : wrong]), guessed_encoding(text), line, column), file, line, column
        )
    if shown.startswith(_MARK):
        _refuse(Fault("record-mark", (), "U+FEFF", "UTF-8"), file)
    return shown


def _encoding(found: str, looks_like: str, line: int, column: int) -> Fault:
    more = (("looks_like", looks_like), ("line", str(line)), ("column", str(column)))
    return Fault("record-encoding", (), found, "UTF-8", more)


def begins_as_utf_16(data: bytes) -> bool:
    """Whether the first two bytes are the mark of UTF-16, or a letter as it writes one."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]


def shown_bytes(data: bytes) -> str:
    """`0xD6 0xD0`."""
    return " ".join(f"0x{byte:02X}" for byte in data)


def guessed_encoding(data: bytes) -> str:
    """GBK where the bytes are possible in it (Chinese Windows saves so), else binary."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "binary"
    return "GBK"


def _check_depth(text: str, file: str | None, max_depth: int) -> None:
    if text.count("[") + text.count("{") <= max_depth:
        return
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += 1 if found[0] in "[{" else -1 if found[0] in "]}" else 0
        if depth > max_depth:
            _refuse(Fault("record-depth", (), str(depth), str(max_depth)), file)


def _object(doubled: list[_Doubled], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(key for key, _ in pairs)
    marked = _Doubled(found)
    marked.twice = tuple(key for key in found if times[key] > 1)
    doubled.append(marked)
    return marked


def _float(text: str) -> Refused:
    return Refused("record-float", text[:40], Both('"900" or "900.50"', '"900" 或 "900.50"'))


def _constant(text: str) -> Refused:
    return Refused("record-not-a-number", text, "null")


def _int(text: str) -> int | Refused:
    if text == "-0":
        return Refused("record-number", text, "0")
    digits = len(text.removeprefix("-"))
    return int(text) if digits <= MOST_DIGITS else Refused("record-long-number", str(digits), str(MOST_DIGITS))


def _checked(data: Any, steps: Steps, faults: list[Fault]) -> Any:
    """Report duplicate keys and lone surrogates where they stand."""
    match data:
        case dict():
            return _checked_object(data, steps, faults)
        case list():
            return [_checked(value, (*steps, place), faults) for place, value in enumerate(data)]
        case str() if not _is_text(data):
            fault = _surrogate(data, steps)
            faults.append(fault)
            return Refused(fault.code, str(fault.found), fault.expected)
        case _:
            return data


def _checked_object(data: dict[str, Any], steps: Steps, faults: list[Fault]) -> dict[str, Any]:
    twice = data.twice if isinstance(data, _Doubled) else ()
    faults += [Fault("record-duplicate-key", (*steps, key), key_shown(key), "1") for key in twice if _is_text(key)]
    faults += [_surrogate(key, steps) for key in data if not _is_text(key)]
    return {key: _checked(value, (*steps, key), faults) for key, value in data.items() if _is_text(key)}


def _is_text(text: str) -> bool:
    return text.isascii() or _SURROGATE.search(text) is None


def _surrogate(text: str, steps: Steps) -> Fault:
    """Half of a character, as broken programs write it; the text around it is not shown."""
    half = _SURROGATE.search(text)
    assert half is not None
    return Fault("record-text", steps, f"U+{ord(half[0]):04X}", "UTF-8")
