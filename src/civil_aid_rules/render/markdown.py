"""An outline as Markdown, for reports and tickets. Everything that could be markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.blocks import Block, Outline, Pairs, Paragraph, Points, Section, Table, Work, Works
from civil_aid_rules.render.clean import one_line

_MARKS = {"yes": "✓ ", "no": "✗ ", "unknown": "? ", "plain": ""}
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!$])")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|www|mailto)([:.])")


def markdown_of(outline: Outline, language: Language) -> str:
    """The outline as Markdown, ending in a line break."""
    return "\n".join(_Printer(language).lines(outline)) + "\n"


def escaped(text: str) -> str:
    """Plain text that Markdown shows as it is: no markup, no HTML, no link."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _AUTOLINK.sub("\\1&#8203;\\2", _SPECIAL.sub(r"\\\1", plain))


class _Printer:
    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text: Bilingual) -> str:
        return escaped(one_line(text, self.language))

    def lines(self, outline: Outline) -> Iterator[str]:
        yield f"# {self.say(outline.title)}"
        yield ""
        for warning in outline.warnings:
            yield from (f"> **{self.say(warning)}**", "")
        yield from (f"- **{self.say(label)}**{self.colon}{self.say(value)}" for label, value in outline.head)
        for section in outline.sections:
            yield from self.section(section)
        yield ""
        yield f"*{self.say(outline.foot)}*"

    @property
    def colon(self) -> str:
        return "：" if self.language == "zh" else ": "

    def section(self, section: Section) -> Iterator[str]:
        yield from ("", f"## {self.say(section.heading)}")
        for block in section.blocks:
            yield ""
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text, warning):
                yield f"> **{self.say(text)}**" if warning else self.say(text)
            case Points(points):
                for point in points:
                    yield f"- {_MARKS[point.mark]}{self.say(point.text)}"
                    yield from (f"  - {self.say(small)}" for small in point.small)
            case Pairs(pairs):
                yield from (f"- {self.say(label)}{self.colon}{self.say(value)}" for label, value in pairs)
            case Table(header, rows):
                yield self.cells(header)
                yield "|" + " --- |" * len(header)
                yield from (self.cells(row) for row in rows)
            case Works(works, numbered):
                for number, work in enumerate(works, 1):
                    yield from self.work(work, f"{number}." if numbered else "-")

    def cells(self, cells: tuple[Bilingual, ...]) -> str:
        return "| " + " | ".join(self.say(cell) for cell in cells) + " |"

    def work(self, work: Work, number: str) -> Iterator[str]:
        indent = " " * (len(number) + 1)
        yield f"{number} **{self.say(work.title)}**"
        for chain in work.chains:
            parts = chain[1:] if chain[0] == work.title else chain
            lead = f"{work.sign} " if chain[0] == work.title else ""
            yield f"{indent}- {lead}{f' {work.sign} '.join(self.say(part) for part in parts)}"
        yield from (f"{indent}- {self.say(note)}" for note in (*work.notes, *work.small))
