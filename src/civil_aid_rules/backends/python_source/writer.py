"""Lines of source being written: indentation, names, and what each name can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from civil_aid_rules.backends.python_source.names import Names

_STANDS_ALONE = re.compile(r"\w+(\[\w+\])*|'\w*'")
"""A name, a whole number, a text, or something at an index."""


@dataclass(frozen=True, slots=True)
class Code:
    """An expression. `open`: its value is None where it is not known; else it is only valid where no guard holds.

    `guards` are the conditions under which the value is not known, each an expression: `income is None`.
    """

    text: str
    open: bool = False
    guards: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether it is a name or a constant, cheap to write twice."""
        return self.text.isidentifier() or self.text.lstrip("-").isdecimal()

    @property
    def within(self) -> str:
        """The text where an operand stands."""
        return self.text if _STANDS_ALONE.fullmatch(self.text) else f"({self.text})"


@dataclass(slots=True)
class Writer:
    """The lines so far, and the constants that they name."""

    names: Names
    constants: dict[str, object]
    lines: list[str] = field(default_factory=list)
    indent: int = 1

    def line(self, text: str) -> None:
        """One line of source."""
        self.lines.append("    " * self.indent + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """A statement and the lines under it; `pass` where there are none."""
        self.line(head)
        self.indent += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self.indent -= 1

    @contextmanager
    def aside(self) -> Iterator[list[str]]:
        """Lines written aside, to be placed later."""
        kept, self.lines = self.lines, []
        yield self.lines
        self.lines = kept

    def named(self, text: str, wanted: str) -> str:
        """The text under a name of its own."""
        name = self.names.of(wanted)
        self.line(f"{name} = {text}")
        return name

    def constant(self, wanted: str, value: object) -> str:
        """A name for a value that source cannot write."""
        for name, known in self.constants.items():
            if known is value:
                return name
        name = self.names.of(wanted)
        self.constants[name] = value
        return name


def or_none(code: Code) -> str:
    """The expression as a value: None where it is not known."""
    return f"None if {' or '.join(code.guards)} else {code.text}" if code.guards else code.text


def merged(*codes: Code) -> tuple[str, ...]:
    """The guards of all, each once."""
    return tuple(dict.fromkeys(guard for code in codes for guard in code.guards))
