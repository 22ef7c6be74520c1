"""Texts made safe for one line: no control characters, no line breaks, nothing that turns the writing direction."""

from __future__ import annotations

import unicodedata

from civil_aid_rules.citations import Bilingual

_UNSAFE = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")


def one_line(text: Bilingual, language: str) -> str:
    """The text in one language, on one line."""
    return "".join(" " if unicodedata.category(sign) in _UNSAFE else sign for sign in text[language])
