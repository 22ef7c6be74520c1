"""One fault of a record, by its path: `$.members[1].income[0].amount`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from civil_aid_rules.errors import Both, Problem, problem, shortened
from civil_aid_rules.source import SourceSpan

Step = str | int
Steps = tuple[Step, ...]
"""The keys and places that lead from the record to a value."""

HIDDEN = Both("a value that is not shown", "（不予显示的内容）")
"""What stands in a message for a value that may be a name or a document number."""

_LONG_NUMBER = re.compile(r"[0-9Xx]{15}")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z_0-9]{0,59}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault before it is worded: where, which code, what was found and what is accepted."""

    code: str
    steps: Steps
    found: str | Both
    expected: str | Both
    more: tuple[tuple[str, str | Both], ...] = ()

    def without(self, private: frozenset[str]) -> Fault:
        """The fault without a private value that was written into another field too (a name in place of an id)."""
        return replace(self, found=HIDDEN) if self.found in private else self

    def as_problem(self, place: SourceSpan | None = None) -> Problem:
        """The fault as errors carry it. `place`: where the value stands in its file, if that is known."""
        made = problem(self.code, path_text(self.steps), found=self.found, expected=self.expected, **dict(self.more))
        return made.standing_at(place)


def key_shown(key: str) -> str | Both:
    """A key as messages show it: only one that could be a field's name, for others may be a person's."""
    return key if _PLAIN_KEY.fullmatch(key) else HIDDEN


def text_shown(text: str) -> str | Both:
    """A text as messages show it: none with signs beyond ASCII and no long number: it may be private, misplaced."""
    foreign = any(not sign.isascii() and not sign.isdigit() for sign in text)
    return HIDDEN if foreign or _LONG_NUMBER.search(text) else shortened(text, 40) or '""'


def path_text(steps: Steps) -> str:
    """`$.members[1].id`; a key that could be no field's name is left out: `$["…"]`."""
    return "$" + "".join(_step_text(step) for step in steps)


def _step_text(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_KEY.fullmatch(step) else '["…"]'
