"""Faults on standard error: each with its place, its sentence, and the line it stands on with a caret."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import civil_aid_rules as aid
from civil_aid_rules.cli.console import print_error
from civil_aid_rules.cli.words import say
from civil_aid_rules.source import SourceSpan, caret_snippet

_MOST_BYTES = 1024 * 1024


def print_faults(
    error: aid.CivilAidError, *, language: str, rules: Path | None, given: Sequence[str | None], lead: str = ""
) -> None:
    """Every fault of `error`. Lines of the records given are never shown: they can hold names and document numbers."""
    texts: dict[str, str] = {}
    for item in error.problems:
        print_error(lead + item.located(language))
        if isinstance(item.at, SourceSpan) and item.at.file not in given:
            snippet = caret_snippet(_text(item.at.file, rules, texts), item.at)
            if snippet:
                print_error(snippet)
    count = len(error.problems)
    if count > 1:
        print_error(say(language, f"{count} faults", f"共 {count} 处错误"))
    unknown = [item.found for item in error.problems if item.code == "record-model-unknown"]
    if unknown:
        option = f"--record-model {unknown[0]}=MODULE:CLASS"
        print_error(say(language, f"Say which Python class it is: {option}", f"请指明其 Python 类：{option}"))


def _text(file: str, rules: Path | None, texts: dict[str, str]) -> str:
    """The file that a place names, from the folder above the rules or from here; empty when it cannot be read."""
    if file not in texts:
        candidates = [Path(file)] if rules is None else [rules.parent / file, Path(file)]
        path = next((path for path in candidates if path.is_file()), None)
        texts[file] = "" if path is None else _readable(path)
    return texts[file]


def _readable(path: Path) -> str:
    """The text with one sign for each character that a terminal would act on."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)
