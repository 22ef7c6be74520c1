"""An outline as plain text: what a terminal shows and a clerk reads out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.blocks import (
    NOTHING,
    Block,
    Chain,
    Outline,
    Pairs,
    Paragraph,
    Points,
    Section,
    Table,
    Work,
    Works,
)
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
        if outline.foot is not None:
            yield from ("", self.say(outline.foot))

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
            case Paragraph(text):
                yield f"  {self.say(text)}"
            case Points(points, numbered):
                for number, point in enumerate(points, 1):
                    yield f"  {f'{number}.' if numbered else _MARKS[point.mark]} {self.say(point.text)}"
                    yield from (f"      {self.say(small)}" for small in (*point.asked, *point.facts, *point.small))
            case Pairs(pairs):
                yield from (f"  {self.labelled(label, value)}" for label, value in pairs)
            case Table(header, rows):
                for row in rows:
                    yield from self.row(header, row)
            case Works(works):
                for number, work in enumerate(works, 1):
                    yield from self.work(work, f"  {number}. ")

    def row(self, header: tuple[Bilingual, ...], row: tuple[Bilingual, ...]) -> Iterator[str]:
        """The first cell and its value on a line, the others under it."""
        yield f"  · {self.labelled(row[0], row[1])}"
        cells = zip(header[2:], row[2:], strict=True)
        yield from (f"      {self.labelled(label, cell)}" for label, cell in cells if cell != NOTHING)

    def work(self, work: Work, lead: str) -> Iterator[str]:
        title = lead + self.say(work.title)
        if work.formula is not None:
            title = f"{title} {work.sign} {self.say(work.formula)}"
        if len(work.chains) == 1 and work.chains[0].label is work.chains[0].above is None:
            yield from self.chain(work.chains[0], work.sign, f"{title} {work.sign} ")
        else:
            yield title
            for chain in work.chains:
                if chain.above is not None:
                    yield f"       {self.say(chain.above)}"
                label = "" if chain.label is None else self.labelled(chain.label, Bilingual(en="", zh=""))
                yield from self.chain(chain, work.sign, f"       {'' if chain.above is None else '  '}{label}")
        yield from (f"     {self.say(note)}" for note in (*work.notes, *work.small))

    def chain(self, chain: Chain, sign: str, lead: str) -> Iterator[str]:
        """On one line where it fits, else one part to a line."""
        parts = [self.say(part) for part in chain.parts]
        line = lead + f" {sign} ".join(parts)
        if _width(line) <= _WIDTH or len(parts) == 1:
            yield line
        else:
            yield lead + parts[0]
            yield from (f"         {sign} {part}" for part in parts[1:])
        if chain.source is not None:
            yield f"         {self.say(chain.source)}"


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
