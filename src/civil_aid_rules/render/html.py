"""An outline as one self-contained HTML page: no script, no outside address, all of it escaped; for notebooks too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.blocks import (
    Block,
    Chain,
    Outline,
    Pair,
    Pairs,
    Paragraph,
    Points,
    Section,
    Table,
    Work,
    Works,
)
from civil_aid_rules.render.clean import one_line
from civil_aid_rules.render.html_style import STYLE

_LANGUAGE = {"en": "en", "zh": "zh-CN"}
_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "plain": "·"}


def html_of(outline: Outline, language: Language) -> str:
    """The outline as a page of its own."""
    return "".join(_Printer(language).page(outline)) + "\n"


def fragment_of(outline: Outline, language: Language) -> str:
    """The outline as a part of another page: what a notebook shows."""
    return f"<style>{STYLE}</style>\n{''.join(_Printer(language).article(outline))}\n"


class _Printer:
    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text: Bilingual) -> str:
        return escape(one_line(text, self.language))

    def page(self, outline: Outline) -> Iterator[str]:
        yield f'<!doctype html>\n<html lang="{_LANGUAGE[self.language]}">\n<head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
        yield '<meta name="color-scheme" content="light dark">'
        yield f"<title>{self.say(outline.title)}</title><style>{STYLE}</style></head>\n<body>\n"
        yield from self.article(outline)
        yield "\n</body>\n</html>"

    def article(self, outline: Outline) -> Iterator[str]:
        yield f'<article class="car {outline.status}" lang="{_LANGUAGE[self.language]}">\n'
        yield f"<header><h1>{self.say(outline.title)}</h1>\n"
        yield from (f'<p class="loud">{self.say(warning)}</p>\n' for warning in outline.warnings)
        yield f'<dl class="head">{self.pairs(outline.head)}</dl>' if outline.head else ""
        yield "</header>\n"
        for section in outline.sections:
            yield from self.section(section)
        if outline.foot is not None:
            yield f"<footer>{self.say(outline.foot)}</footer>\n"
        yield "</article>"

    def pairs(self, pairs: tuple[Pair, ...]) -> str:
        rows = (f"<div><dt>{self.say(label)}</dt><dd>{self.say(value)}</dd></div>" for label, value in pairs)
        return "".join(rows)

    def section(self, section: Section) -> Iterator[str]:
        heading = f"<h2>{self.say(section.heading)}</h2>"
        yield f"<section><details><summary>{heading}</summary>\n" if section.folded else f"<section>{heading}\n"
        for block in section.blocks:
            yield from self.block(block)
        yield "</details></section>\n" if section.folded else "</section>\n"

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield f"<p>{self.say(text)}</p>\n"
            case Points(points, numbered):
                yield "<ol>" if numbered else '<ul class="points">'
                for point in points:
                    mark = "" if numbered else f'<b class="{point.mark}">{_MARKS[point.mark]}</b>'
                    facts = "".join(f'<p class="fact">{self.say(fact)}</p>' for fact in point.facts)
                    under = f"{self.smalls(point.asked)}{facts}{self.smalls(point.small)}"
                    yield f"<li>{mark}<div>{self.say(point.text)}{under}</div></li>\n"
                yield "</ol>\n" if numbered else "</ul>\n"
            case Pairs(pairs):
                yield f"<dl>{self.pairs(pairs)}</dl>\n"
            case Table(header, rows):
                yield from self.table(header, rows)
            case Works(works):
                yield '<ol class="sum">'
                yield from (f"<li>{self.work(work)}</li>\n" for work in works)
                yield "</ol>\n"

    def table(self, header: tuple[Bilingual, ...], rows: tuple[tuple[Bilingual, ...], ...]) -> Iterator[str]:
        """On a narrow screen each cell stands under the other, with the heading of its column before it."""
        heads = "".join(f'<th scope="col">{self.say(cell)}</th>' for cell in header)
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>\n"
        for row in rows:
            cells = zip(header[1:], row[1:], strict=True)
            data = "".join(f'<td data-of="{self.say(label)}">{self.say(cell)}</td>' for label, cell in cells)
            yield f'<tr><th scope="row">{self.say(row[0])}</th>{data}</tr>\n'
        yield "</tbody></table>\n"

    def smalls(self, texts: tuple[Bilingual, ...]) -> str:
        return "".join(f"<small>{self.say(text)}</small>" for text in texts)

    def work(self, work: Work) -> str:
        """The chain after its title; for lines and entries, the title and one chain under the other."""
        title = f"<span>{self.say(work.title)}</span>"
        if work.formula is not None:
            title = f"{title} {self.sign(work.sign)} {self.say(work.formula)}"
        if len(work.chains) == 1 and work.chains[0].label is work.chains[0].above is None:
            body = f"{title} {self.sign(work.sign)} {self.chain(work.chains[0], work.sign)}"
        else:
            chains = (f"<div>{self.chain(chain, work.sign)}</div>" for chain in work.chains)
            body = title + "".join(chains)
        return body + self.smalls((*work.notes, *work.small))

    def chain(self, chain: Chain, sign: str) -> str:
        colon = "：" if self.language == "zh" else ": "
        parts = [self.say(part) for part in chain.parts]
        parts[-1] = f"<strong>{parts[-1]}</strong>"
        label = "" if chain.label is None else f"<em>{self.say(chain.label)}{colon}</em>"
        label = label if chain.above is None else f"<em>{self.say(chain.above)}</em><br>"
        source = () if chain.source is None else (chain.source,)
        return label + f" {self.sign(sign)} ".join(parts) + self.smalls(source)

    def sign(self, sign: str) -> str:
        return f"<i>{sign}</i>"
