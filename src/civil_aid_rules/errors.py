"""The errors a user can meet: each fault has a stable code, a place, what was found and what was expected.

A fault is a `Problem` (a value, so that all faults of a file are collected and reported together); an exception carries
one or more of them. The sentences stand in `error_texts`, in English and Chinese, one per code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from civil_aid_rules.source import SourceSpan

_CHINESE = "[一-鿿，；：（）、？。“”《》]"
_GAP = f"(?<={_CHINESE}) \0+(?={_CHINESE})|(?<={_CHINESE})\0+ (?={_CHINESE})|\0"
"""The spaces that templates set beside values, where the value is Chinese words (which stand between two \\0)."""


class Both(NamedTuple):
    """A value that a sentence names in the reader's language; identifiers, formats and numbers are the same in both."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: its stable code, where it stands, and the values its sentence names.

    `at` is a SourceSpan for rule files and a JSON path (`$.members[1].id`) for records; `place` is where that value
    stands, for records read from YAML. Build it with `problem(...)`.
    """

    code: str
    at: SourceSpan | str
    values: tuple[tuple[str, Both], ...]
    place: SourceSpan | None = None

    @property
    def found(self) -> str:
        """What stood there, shortened; in English where it is words."""
        return dict(self.values)["found"].en

    @property
    def expected(self) -> str:
        """What would have been accepted; in English where it is words."""
        return dict(self.values)["expected"].en

    def sentence(self, language: str = "en") -> str:
        """The fault in one sentence, without its place ("en" or "zh")."""
        from civil_aid_rules.error_texts import ERROR_TEXTS  # read only where a sentence is wanted

        texts = ERROR_TEXTS[self.code]
        if language != "zh":
            return texts.en.format_map({name: value.en for name, value in self.values})
        values = {name: zh if en == zh else f"\0{zh}\0" for name, (en, zh) in self.values}
        return re.sub(_GAP, "", texts.zh.format_map(values))

    def located(self, language: str = "en") -> str:
        """`file:line:column: code: sentence`; for records `$.path: code: sentence`, after the file where it is YAML."""
        lead = "" if self.place is None else f"{self.place}: "
        return f"{lead}{self.at}: {self.code}: {self.sentence(language)}"

    def standing_at(self, place: SourceSpan | None) -> Problem:
        """The same problem, with the place in a file of the value that `at` leads to."""
        return replace(self, place=place)

    def __str__(self) -> str:
        return self.located()

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Orders problems by file, line and column, then by path (entry 2 of a list before entry 10) and code."""
        span = self.at if isinstance(self.at, SourceSpan) else self.place
        path = "" if isinstance(self.at, SourceSpan) else re.sub(r"\d+", lambda found: found[0].zfill(9), self.at)
        return ("", 0, 0, path, self.code) if span is None else (span.file, span.line, span.column, path, self.code)


def shortened(text: object, limit: int = 80) -> str:
    """`text` on one line, cut to `limit` characters, with control characters and lone surrogates escaped."""
    shown = "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in str(text)[: limit + 1]
    )
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def problem(code: str, at: SourceSpan | str, *, found: object, expected: object, **values: object) -> Problem:
    """A `Problem` with its values shortened to one line each; an empty text found is shown as "".

    A value of words is given as `Both`.
    """
    named: dict[str, object] = {"found": found if str(found) else '""', "expected": expected, **values}
    return Problem(code, at, tuple((name, _in_both(value)) for name, value in named.items()))


def _in_both(value: object) -> Both:
    if isinstance(value, Both):
        return Both(shortened(value.en, 200), shortened(value.zh, 200))
    shown = shortened(value, 200)
    return Both(shown, shown)


class CivilAidError(Exception):
    """Any fault in what the library was given. `problems` holds every one of them, in file or path order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=Problem.sort_key))
        super().__init__(self.problems)

    @property
    def code(self) -> str:
        """The stable code of the first problem."""
        return self.problems[0].code

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str = "en") -> str:
        """One located sentence per line."""
        return "\n".join(item.located(language) for item in self.problems)


class RulebookError(CivilAidError):
    """A pack or an overlay that cannot be loaded: every fault with file, line and column."""


class RecordError(CivilAidError):
    """A record that cannot be read: every fault with its JSON path. Never shows a name or a document number."""


class EvaluationError(CivilAidError):
    """A question that the rulebook cannot be asked: an unknown program, a day before its first rule."""


class ReceiptError(CivilAidError):
    """A receipt, or a result read back without its record, that cannot give what was asked of it."""


class CaseloadError(CivilAidError):
    """A population file that cannot be read as a whole, or results that cannot be written."""


class InternalError(Exception):
    """A fault of this library, never of its input. Please report it."""
