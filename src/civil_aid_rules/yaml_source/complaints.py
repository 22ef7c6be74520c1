"""PyYAML's own complaints as faults: where, what stands there, and what to type instead."""

from __future__ import annotations

import yaml

from civil_aid_rules.errors import InternalError, Problem, problem
from civil_aid_rules.source import SourceSpan

_CLOSERS = {"'": "'", '"': '"', "[": "]", "{": "}"}

_EXPECTED = (
    ("mapping values are not allowed", 'key: "…: …"'),
    ("could not find expected ':'", "key: value"),
    ("expected ',' or ']'", ", ]"),
    ("expected ',' or '}'", ", }"),
    ("unknown escape character", r"\\ \" \n"),
    ("hexadecimal", r"\x00 \u0000 \U00000000"),
    ("cannot start any token", '"…"'),
)
"""What to type, by a piece of PyYAML's own words."""


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """PyYAML's error at its place; what was left open or lacks its colon at its beginning, not where that showed."""
    mark, says = error.problem_mark, str(error.problem)
    since = error.context_mark or mark
    if mark is None or since is None:
        raise InternalError(f"PyYAML gave an error without a place: {says}")
    expected = next((hint for words, hint in _EXPECTED if words in says), "key: value")
    if mark.index >= len(text.rstrip("\n")) or "could not find expected ':'" in says:
        mark = since
        expected = _CLOSERS.get(text[mark.index : mark.index + 1], expected)
    if text[mark.index : mark.index + 1] == "\t":
        return problem("yaml-tab", place(mark, file), found="TAB", expected='"  "')
    at, began = place(mark, file), place(since, file)
    return problem("yaml-syntax", at, found=excerpt(text, mark.index), expected=expected, says=says, since=began)


def excerpt(text: str, index: int) -> str:
    """What stands at `index`, to the end of its line."""
    rest = text[index : index + 40].split("\n")[0]
    return rest or ("⏎" if index < len(text) else "EOF")


def place(mark: object, file: str) -> SourceSpan:
    """PyYAML's mark as a place; it counts from 0."""
    if not isinstance(mark, yaml.Mark):
        raise InternalError("PyYAML's pure parser gave an event without a place")
    return SourceSpan(file, mark.line + 1, mark.column + 1)
