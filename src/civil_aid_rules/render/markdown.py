"""An outline as Markdown, for reports and tickets. Everything that could be markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.blocks import Block, Chain, Outline, Pairs, Paragraph, Points, Section, Table, Work, Works
from civil_aid_rules.render.clean import one_line

_MARKS = {"yes": "✓ ", "no": "✗ ", "unknown": "? ", "plain": ""}
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!$])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])(?=\s|$)")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|www|mailto)([:.])")


def markdown_of(outline: Outline, language: Language) -> str:
    """The outline as Markdown, ending in a line break."""
    return "\n".join(_Printer(language).lines(outline)) + "\n"


def escaped(text: str) -> str:
    """Plain text that Markdown shows as it is: no markup, no HTML, no link, no list."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = _LEADING.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", _SPECIAL.sub(r"\\\1", plain))
    return _AUTOLINK.sub("\\1&#8203;\\2", plain).replace("@", "&#64;")


class _Printer:
    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text: Bilingual) -> str:
        return escaped(one_line(text, self.language).strip())

    def lines(self, outline: Outline) -> Iterator[str]:
        yield f"# {self.say(outline.title)}"
        yield ""
        for warning in outline.warnings:
            yield from (f"> **{self.say(warning)}**", "")
        yield from (f"- **{self.say(label)}**{self.colon}{self.say(value)}" for label, value in outline.head)
        for section in outline.sections:
            yield from self.section(section)
        if outline.foot is not None:
            yield from ("", f"*{self.say(outline.foot)}*")

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
            case Paragraph(text):
                yield self.say(text)
            case Points(points, numbered):
                for number, point in enumerate(points, 1):
                    lead = f"{number}." if numbered else "-"
                    yield f"{lead} {_MARKS[point.mark]}{self.say(point.text)}"
                    indent = " " * (len(lead) + 1)
                    yield from (f"{indent}- {self.say(small)}" for small in (*point.asked, *point.facts, *point.small))
            case Pairs(pairs):
                yield from (f"- {self.say(label)}{self.colon}{self.say(value)}" for label, value in pairs)
            case Table(header, rows):
                yield self.cells(header)
                yield "|" + " --- |" * len(header)
                yield from (self.cells(row) for row in rows)
            case Works(works):
                for number, work in enumerate(works, 1):
                    yield from self.work(work, f"{number}.")

    def cells(self, cells: tuple[Bilingual, ...]) -> str:
        return "| " + " | ".join(self.say(cell) for cell in cells) + " |"

    def work(self, work: Work, number: str) -> Iterator[str]:
        indent = " " * (len(number) + 1)
        title = f"{number} **{self.say(work.title)}**"
        if work.formula is not None:
            title = f"{title} {work.sign} {self.say(work.formula)}"
        if len(work.chains) == 1 and work.chains[0].label is work.chains[0].above is None:
            yield f"{title} {work.sign} {self.chain(work.chains[0], work.sign)}"
        else:
            yield title
            yield from (f"{indent}- {self.chain(chain, work.sign)}" for chain in work.chains)
        yield from (f"{indent}- {self.say(note)}" for note in (*work.notes, *work.small))

    def chain(self, chain: Chain, sign: str) -> str:
        parts = [self.say(part) for part in chain.parts]
        parts[-1] = f"**{parts[-1]}**"
        head = chain.above or chain.label
        label = "" if head is None else f"{self.say(head)}{self.colon}"
        source = "" if chain.source is None else f" — {self.say(chain.source)}"
        return f"{label}{f' {sign} '.join(parts)}{source}"
