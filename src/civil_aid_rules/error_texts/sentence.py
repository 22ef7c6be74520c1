"""What one error code says, in English and Chinese."""

from __future__ import annotations

from typing import NamedTuple


class ErrorText(NamedTuple):
    """One code's sentence in both languages, with the names of its values in braces."""

    en: str
    zh: str
