"""Bytes → text: UTF-8 only, within the limits, without characters that nobody can see."""

from __future__ import annotations

import re

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source.limits import MAX_BYTES, MAX_LINE, MAX_LINES, MAX_PROBLEMS


def decoded(data: bytes, file: str) -> str | Problem:
    """The text without a UTF-8 mark at its start and with CR LF as LF, which moves no line or column."""
    top = SourceSpan(file, 1, 1)
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024} KiB"
        return problem("yaml-too-large", top, found=f"> {limit}", expected=f"≤ {limit}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        return problem("yaml-encoding", top, found=_hexadecimal(data[:2]), expected="UTF-8", looks_like="UTF-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain_text(data[: error.start].decode("utf-8"))
        found, guess = _hexadecimal(data[error.start : error.start + 1]), _guessed_encoding(data)
        at = _place(before, len(before), file)
        return problem("yaml-encoding", at, found=found, expected="UTF-8", looks_like=guess)
    return _plain_text(text)


def _plain_text(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _hexadecimal(data: bytes) -> str:
    return " ".join(f"0x{byte:02X}" for byte in data)


def _guessed_encoding(data: bytes) -> str:
    """GBK where the bytes are possible in it (Chinese Windows saves so), else binary."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "binary"
    return "GBK"


def _place(text: str, index: int, file: str) -> SourceSpan:
    """The place of the character at `index`."""
    return SourceSpan(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


# --- refused lines and characters ---

_LINE_ENDS = "\r\x85\u2028\u2029"
"""Line ends to some programs only: line numbers would depend on who counts."""

_REFUSED_RANGES = (
    (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F),  # control characters other than tab and line feed
    (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2),
    (0x180E, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),  # format
    (0xE0000, 0xE00FF), (0xE01F0, 0xE0FFF),  # tags and what Unicode keeps for further invisible characters
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x3164, 0x3164), (0xFFA0, 0xFFA0),  # letters without a shape
    (0xD800, 0xDFFF),  # lone surrogates
    (0xE000, 0xF8FF), (0xF0000, 0xFFFFF), (0x100000, 0x10FFFF),  # private use
    (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF),  # not characters
)  # fmt: skip
"""Written out, not asked of `unicodedata`: every Python must refuse the same files."""

VISIBLE = "a–z, 0–9, 汉字"

REFUSED = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _REFUSED_RANGES) + "]")


def refused_lines(text: str, file: str) -> list[Problem]:
    """Lines too long to check by eye, and more lines than one file may have."""
    lines = text.removesuffix("\n").split("\n")
    found = [
        problem("yaml-long-line", SourceSpan(file, number, MAX_LINE + 1), found=len(line), expected=f"≤ {MAX_LINE}")
        for number, line in enumerate(lines, 1)
        if len(line) > MAX_LINE
    ]
    if len(lines) > MAX_LINES:
        at = SourceSpan(file, MAX_LINES + 1, 1)
        found.append(problem("yaml-too-many-lines", at, found=len(lines), expected=f"≤ {MAX_LINES}"))
    return found


def refused_characters(text: str, file: str) -> list[Problem]:
    found: list[Problem] = []
    for match in REFUSED.finditer(text):
        if len(found) == MAX_PROBLEMS:
            break
        at, shown = _place(text, match.start(), file), code_point(match[0])
        if match[0] in _LINE_ENDS:
            found.append(problem("yaml-line-break", at, found=shown, expected="LF / CR LF"))
        else:
            found.append(problem("yaml-character", at, found=shown, expected=VISIBLE))
    return found


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
