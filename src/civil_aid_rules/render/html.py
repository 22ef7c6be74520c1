"""An outline as one self-contained HTML page: no script, no outside address, all of it escaped; for notebooks too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.blocks import Block, Outline, Pairs, Paragraph, Points, Section, Table, Work, Works
from civil_aid_rules.render.clean import one_line

_LANGUAGE = {"en": "en", "zh": "zh-CN"}
_MARKS = {"yes": "✓", "no": "✗", "unknown": "?", "plain": "·"}

_STYLE = """
.car{max-width:46em;margin:1em auto;padding:1.2em 1.6em;background:#fff;color:#1c2733;border:1px solid #d9dee4;
border-radius:6px;text-align:left;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.car h1{font-size:1.35em;margin:0 0 .6em;line-height:1.3;color:inherit}
.car h2,.car summary{font-size:1.05em;font-weight:600;margin:1.5em 0 .4em;color:#1f4e79}
.car summary{cursor:pointer}
.car .head{border-left:4px solid #8a96a3;padding:.3em 0 .3em 1em;margin:0}
.car .eligible{border-color:#2e7d4f}.car .ineligible{border-color:#a33b3b}.car .undetermined{border-color:#b7791f}
.car .head div:first-child,.car .head div:nth-child(2){font-size:1.15em;font-weight:600}
.car dl{margin:0}.car dl div{display:flex;gap:.6em}.car dt{color:#5b6875;flex:0 0 auto;font-weight:400}.car dd{margin:0}
.car ul,.car ol{margin:.2em 0;padding-left:1.5em}.car ul{list-style:none;padding-left:0}.car li{margin:.35em 0}
.car ul>li{padding-left:1.5em;text-indent:-1.5em}.car ul>li>*{text-indent:0}
.car b{display:inline-block;width:1.5em;text-indent:0;font-weight:600}
.car b.yes{color:#2e7d4f}.car b.no{color:#a33b3b}.car b.unknown{color:#b7791f}
.car .sum{font-variant-numeric:tabular-nums}.car .sum i{font-style:normal;color:#5b6875;padding:0 .15em}
.car small{display:block;color:#5b6875;font-size:.84em;line-height:1.45;overflow-wrap:anywhere}
.car table{border-collapse:collapse;width:100%;font-size:.86em;line-height:1.45;margin:.3em 0}
.car th,.car td{border:1px solid #d9dee4;padding:.3em .5em;text-align:left;vertical-align:top;background:#fff}
.car th{background:#f3f5f7}
.car .loud{background:#fff3cd;border:2px solid #b7791f;padding:.4em .8em;font-weight:700}
.car footer{margin-top:1.6em;padding-top:.6em;border-top:1px solid #d9dee4;color:#5b6875}
@media print{.car{border:0;margin:0;padding:0;max-width:none}.car li,.car tr{break-inside:avoid}
.car h2{break-after:avoid}}
"""


def html_of(outline: Outline, language: Language) -> str:
    """The outline as a page of its own."""
    return "".join(_Printer(language).page(outline)) + "\n"


class _Printer:
    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text: Bilingual) -> str:
        return escape(one_line(text, self.language))

    def page(self, outline: Outline) -> Iterator[str]:
        title = self.say(outline.title)
        yield f'<!doctype html>\n<html lang="{_LANGUAGE[self.language]}">\n<head><meta charset="utf-8">'
        yield f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        yield f"<style>{_STYLE}</style></head>\n"
        yield f'<body><article class="car">\n<h1>{title}</h1>\n'
        yield from (f'<p class="loud">{self.say(warning)}</p>\n' for warning in outline.warnings)
        yield f'<dl class="head {outline.status}">{self.pairs(outline.head)}</dl>\n'
        for section in outline.sections:
            yield from self.section(section)
        yield f"<footer>{self.say(outline.foot)}</footer>\n</article></body>\n</html>"

    def pairs(self, pairs: tuple[tuple[Bilingual, Bilingual], ...]) -> str:
        rows = (f"<div><dt>{self.say(label)}</dt><dd>{self.say(value)}</dd></div>" for label, value in pairs)
        return "".join(rows)

    def section(self, section: Section) -> Iterator[str]:
        heading = self.say(section.heading)
        yield f"<details><summary>{heading}</summary>\n" if section.folded else f"<h2>{heading}</h2>\n"
        for block in section.blocks:
            yield from self.block(block)
        if section.folded:
            yield "</details>\n"

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text, warning):
                yield f"<p{' class=loud' if warning else ''}>{self.say(text)}</p>\n"
            case Points(points):
                yield "<ul>"
                for point in points:
                    mark = f'<b class="{point.mark}">{_MARKS[point.mark]}</b>'
                    yield f"<li>{mark}{self.say(point.text)}{self.smalls(point.small)}</li>\n"
                yield "</ul>\n"
            case Pairs(pairs):
                yield f"<dl>{self.pairs(pairs)}</dl>\n"
            case Table(header, rows):
                yield f"<table><thead><tr>{self.cells('th', header)}</tr></thead><tbody>\n"
                yield from (f"<tr>{self.cells('td', row)}</tr>\n" for row in rows)
                yield "</tbody></table>\n"
            case Works(works, numbered):
                yield '<ol class="sum">' if numbered else '<ul class="sum">'
                yield from (f"<li>{self.work(work)}</li>\n" for work in works)
                yield "</ol>\n" if numbered else "</ul>\n"

    def cells(self, tag: str, cells: tuple[Bilingual, ...]) -> str:
        return "".join(f"<{tag}>{self.say(cell)}</{tag}>" for cell in cells)

    def smalls(self, texts: tuple[Bilingual, ...]) -> str:
        return "".join(f"<small>{self.say(text)}</small>" for text in texts)

    def work(self, work: Work) -> str:
        """The chain after its title; for entries, the title and one chain under the other."""
        if len(work.chains) == 1 and work.chains[0][0] == work.title:
            body = self.chain(work.chains[0], work.sign)
        else:
            body = self.say(work.title) + "".join(f"<div>{self.chain(chain, work.sign)}</div>" for chain in work.chains)
        return body + self.smalls((*work.notes, *work.small))

    def chain(self, chain: tuple[Bilingual, ...], sign: str) -> str:
        parts = [self.say(part) for part in chain]
        parts[-1] = f"<strong>{parts[-1]}</strong>"
        return f" <i>{sign}</i> ".join(parts)
