"""What the commands say themselves, in English and simplified Chinese."""

from __future__ import annotations


def say(language: str, en: str, zh: str) -> str:
    """The text in the language asked for."""
    return zh if language == "zh" else en


def both(en: str, zh: str) -> str:
    """A help text: English, and Chinese on the next line."""
    return f"{en}\n{zh}"


def wanted_language(words: list[str]) -> str:
    """The language that a command line asks for, readable also when the rest of it is not."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--language=zh" or (word == "--language" and following == "zh"):
            return "zh"
    return "en"
