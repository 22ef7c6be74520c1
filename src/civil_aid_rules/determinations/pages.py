"""A short report in sections of plain lines, in both languages: as text, or as self-contained, escaped HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from civil_aid_rules.citations import Bilingual, Language

_UNSAFE = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")
_LANGUAGE = {"en": "en", "zh": "zh-CN"}
_STYLE = (
    "max-width:46em;padding:1em 1.4em;border:1px solid #d9dee4;border-radius:6px;background:#fff;color:#1c2733;"
    'text-align:left;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (None: none) and its lines."""

    heading: Bilingual | None
    lines: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A report: title, a warning that must not be overlooked, sections, and what the text is worth."""

    title: Bilingual
    warning: Bilingual | None
    sections: tuple[Section, ...]
    foot: Bilingual | None = None


def page_text(page: Page, language: Language) -> str:
    """The report as plain text, one line per line, ending in a line break."""
    return "\n".join(_text_lines(page, language)) + "\n"


def page_html(page: Page, language: Language) -> str:
    """The report as HTML, for notebooks: no script, no outside address, everything escaped."""
    return "".join(_html_parts(page, language))


def same(text: str) -> Bilingual:
    """A text that is the same in both languages."""
    return Bilingual(en=text, zh=text)


def worded(en: str, zh: str, /, **parts: Bilingual | str) -> Bilingual:
    """A sentence with its parts filled in, in both languages."""
    return Bilingual(en=en.format(**_in(parts, "en")), zh=zh.format(**_in(parts, "zh")))


def _in(parts: dict[str, Bilingual | str], language: Language) -> dict[str, str]:
    return {name: part if isinstance(part, str) else part[language] for name, part in parts.items()}


def _said(text: Bilingual, language: Language) -> str:
    return "".join(" " if unicodedata.category(sign) in _UNSAFE else sign for sign in text[language])


def _text_lines(page: Page, language: Language) -> Iterator[str]:
    yield _said(page.title, language)
    if page.warning is not None:
        yield f"!! {_said(page.warning, language)}"
    for section in page.sections:
        if section.heading is not None:
            yield from ("", _said(section.heading, language) + ("：" if language == "zh" else ":"))
        lead = "" if section.heading is None else "  "
        yield from (lead + _said(line, language) for line in section.lines)
    if page.foot is not None:
        yield from ("", _said(page.foot, language))


def _html_parts(page: Page, language: Language) -> Iterator[str]:
    def said(text: Bilingual) -> str:
        return escape(_said(text, language))

    yield f'<section lang="{_LANGUAGE[language]}" style="{escape(_STYLE)}"><h3>{said(page.title)}</h3>'
    if page.warning is not None:
        yield f"<p><strong>{said(page.warning)}</strong></p>"
    for section in page.sections:
        if section.heading is not None:
            yield f"<h4>{said(section.heading)}</h4>"
        yield "<ul>" + "".join(f"<li>{said(line)}</li>" for line in section.lines) + "</ul>"
    if page.foot is not None:
        yield f"<p><small>{said(page.foot)}</small></p>"
    yield "</section>"
