"""What is wrong with an expression as a text: checked before `ast` sees it, so that hostile text costs nothing."""

from __future__ import annotations

import re
import unicodedata

from civil_aid_rules.errors import Both, Problem, problem, shortened
from civil_aid_rules.language.instead import ASCII_SIGNS, LETTERS, OPERATORS, WORDS, syntax_hint
from civil_aid_rules.source import SourceSpan

MAX_LENGTH = 500
MAX_NESTING = 20
MAX_NAME = 60
MAX_DIGITS = 9

_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_TEXT_LETTERS = frozenset({"r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"})
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""Signs that nobody sees, and halves of characters: not in quotes either."""

_NEVER = "#$?`\\"
"""Signs that mean nothing in an expression, or something in Python that nobody would see."""

_HARMLESS = re.compile(r"""(?:[ !%&(-.0->@-\[\]^_a-~/]|"[ !#-\[\]-~]*"|'[ -&(-\[\]-~]*')*""")
"""Visible ASCII only, none of it among those; in quotes, which close, no backslash."""


def text_fault(text: str, at: SourceSpan) -> Problem | None:
    """The first fault that must not reach `ast`."""
    if not text.strip():
        return problem("expression-empty", at, found='""', expected="total / size < standard")
    if len(text) > MAX_LENGTH:
        return problem("expression-too-long", at, found=len(text), expected=MAX_LENGTH)
    if "\n" in text or "\r" in text or "\t" in text:
        place = min(text.find(c) for c in "\n\r\t" if c in text)
        return problem("expression-lines", at.shifted(place), found=text[place], expected="a + b")
    return _characters_fault(text, at) or _token_fault(text, at)


def _characters_fault(text: str, at: SourceSpan) -> Problem | None:
    """Outside quotes only signs that mean something, in quotes only visible ones; brackets nest so deep at most."""
    if _HARMLESS.fullmatch(text) and sum(map(text.count, "([{")) <= MAX_NESTING:
        return None
    quote, opened, depth = "", 0, 0
    for place, character in enumerate(text):
        if _UNSEEN.match(character) or (not quote and (not character.isascii() or character in _NEVER)):
            expected = _instead_of_sign(character)
            return problem("expression-character", at.shifted(place), found=character, expected=expected)
        if quote and character == "\\":
            return problem("expression-escape", at.shifted(place), found=text[place : place + 2], expected='"town"')
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote, opened = character, place
        elif character in "([{":
            depth += 1
            if depth > MAX_NESTING:
                return problem("expression-nesting", at.shifted(place), found=depth, expected=MAX_NESTING)
        elif character in ")]}":
            depth -= 1
    if quote:
        found = shortened(text[opened:], 30)
        return problem("expression-syntax", at.shifted(opened), found=found, expected=syntax_hint(text))
    return None


def _instead_of_sign(character: str) -> str | Both:
    near = unicodedata.normalize("NFKC", character)
    is_plain = near.isascii() and near.isprintable() and near.strip() != "" and near != character
    return ASCII_SIGNS.get(character) or (near if is_plain else LETTERS)


def _token_fault(text: str, at: SourceSpan) -> Problem | None:
    """Names that are too long, numbers that are not whole, words of other languages, texts that are not plain."""
    fault = _quotes_fault(text, at)
    if fault is not None:
        return fault
    bare = _TEXT.sub(lambda found: '"' * len(found[0]), text)
    for found in re.finditer(r"[A-Za-z_][A-Za-z_0-9]*|[0-9][0-9A-Za-z_.]*|\.[0-9]+", bare):
        fault = _word_fault(found[0], at.shifted(found.start()))
        if fault is not None:
            return fault
    for wrong, right in OPERATORS:
        if wrong in bare:
            return problem("expression-operator", at.shifted(bare.index(wrong)), found=wrong, expected=right)
    runs = re.search(r"(?:(?:\bnot\b|[-+~])\s*){8,}", bare)
    if runs is not None:
        sign = "not" if runs[0].startswith("not") else "-"
        return problem("expression-signs", at.shifted(runs.start()), found=shortened(runs[0], 20), expected=sign)
    return None


def _quotes_fault(text: str, at: SourceSpan) -> Problem | None:
    """Texts that Python would read otherwise than they look: with letters before them, or one after the other."""
    end: int | None = None
    for found in _TEXT.finditer(text):
        lead = re.search(r"[A-Za-z_0-9]+$", text[: found.start()])
        if lead is not None and lead[0].lower() in _TEXT_LETTERS:
            return problem("expression-text", at.shifted(lead.start()), found=f'{lead[0]}"…"', expected='"…"')
        if end is not None and not text[end : found.start()].strip():
            two = shortened(text[end - 1 :], 20)
            return problem("expression-text", at.shifted(found.start()), found=two, expected='"…"')
        end = found.end()
    return None


def _word_fault(word: str, place: SourceSpan) -> Problem | None:
    if word[0] in "0123456789.":
        if word[0].isdigit() and word.isdigit() and len(word) > MAX_DIGITS:
            return problem("expression-long-number", place, found=len(word), expected=MAX_DIGITS)
        if not re.fullmatch(r"0|[1-9][0-9]*", word):
            return problem("expression-number", place, found=shortened(word, 40), expected="parameters.yaml")
    elif len(word) > MAX_NAME and word.strip("_"):
        return problem("expression-long-name", place, found=len(word), expected=MAX_NAME)
    elif word in WORDS:
        return problem("expression-word", place, found=word, expected=WORDS[word])
    return None
