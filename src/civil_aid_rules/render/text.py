"""An outline as plain text: what a terminal shows and a clerk reads out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.blocks import Block, Outline, Pairs, Paragraph, Points, Section, Table, Work, Works
from civil_aid_rules.render.clean import one_line

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "plain": "·"}
_WIDTH = 100


def text_of(outline: Outline, language: Language) -> str:
    """The outline as text, ending in a line break."""
    return "\n".join(_Printer(language).lines(outline)) + "\n"


class _Printer:
    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text: Bilingual) -> str:
        return one_line(text, self.language)

    def lines(self, outline: Outline) -> Iterator[str]:
        yield self.say(outline.title)
        yield from (f"!!! {self.say(warning)} !!!" for warning in outline.warnings)
        yield from (self.labelled(label, value) for label, value in outline.head)
        for section in outline.sections:
            yield from self.section(section)
        yield ""
        yield self.say(outline.foot)

    def labelled(self, label: Bilingual, value: Bilingual) -> str:
        return f"{self.say(label)}{'：' if self.language == 'zh' else ': '}{self.say(value)}"

    def section(self, section: Section) -> Iterator[str]:
        heading = self.say(section.heading)
        yield ""
        yield f"【{heading}】" if self.language == "zh" else f"{heading}\n{'-' * _width(heading)}"
        for block in section.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text, warning):
                yield f"!!! {self.say(text)} !!!" if warning else self.say(text)
            case Points(points):
                for point in points:
                    yield f"  {_MARKS[point.mark]} {self.say(point.text)}"
                    yield from (f"      {self.say(small)}" for small in point.small)
            case Pairs(pairs):
                yield from (f"  {self.labelled(label, value)}" for label, value in pairs)
            case Table(header, rows):
                for row in rows:
                    yield from self.row(header, row)
            case Works(works, numbered):
                for number, work in enumerate(works, 1):
                    yield from self.work(work, f"{number}. " if numbered else "")

    def row(self, header: tuple[Bilingual, ...], row: tuple[Bilingual, ...]) -> Iterator[str]:
        """The first cell and its value on a line, the others under it."""
        yield f"  · {self.labelled(row[0], row[1])}"
        between = "；" if self.language == "zh" else "; "
        dates = [self.labelled(label, cell) for label, cell in zip(header[2:-1], row[2:-1], strict=True)]
        yield f"      {between.join(dates)}"
        yield f"      {self.labelled(header[-1], row[-1])}"

    def work(self, work: Work, number: str) -> Iterator[str]:
        title = self.say(work.title)
        alone = [chain for chain in work.chains if chain[0] == work.title]
        if len(alone) == len(work.chains):
            for chain in work.chains:
                yield from self.chain(chain, work.sign, f"  {number}")
        else:
            yield f"  {number}{title}"
            for chain in work.chains:
                yield from self.chain(chain, work.sign, "     ")
        yield from (f"     {self.say(note)}" for note in (*work.notes, *work.small))

    def chain(self, chain: tuple[Bilingual, ...], sign: str, lead: str) -> Iterator[str]:
        """On one line where it fits, else one part to a line."""
        parts = [self.say(part) for part in chain]
        line = lead + f" {sign} ".join(parts)
        if _width(line) <= _WIDTH:
            yield line
            return
        yield lead + parts[0]
        yield from (f"       {sign} {part}" for part in parts[1:])


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
