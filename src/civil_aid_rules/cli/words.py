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
    after_option = "--language" in words and words[words.index("--language") + 1 :][:1] == ["zh"]
    return "zh" if after_option or "--language=zh" in words else "en"
