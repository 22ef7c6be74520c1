"""Where a piece of text stands: file, line and column, and the line with a caret under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """A place in a text file. Lines and columns count from 1; columns count characters, not bytes."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def shifted(self, characters: int) -> SourceSpan:
        """The place that many characters to the right on the same line."""
        return SourceSpan(self.file, self.line, self.column + characters)


def caret_snippet(text: str, span: SourceSpan) -> str:
    """The line of `text` at `span` with a caret under its column; empty when the line does not exist."""
    lines = text.replace("\r\n", "\n").split("\n")
    if not 1 <= span.line <= len(lines) or (span.line == len(lines) and not lines[-1]):
        return ""
    line = lines[span.line - 1]
    start = max(0, span.column - 60)
    shown = line[start : start + 120]
    lead = "".join("\u3000" if ord(c) > 0x2E80 else " " for c in shown[: span.column - 1 - start])
    return f"    {shown}\n    {lead}^"
