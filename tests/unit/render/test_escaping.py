"""Whatever a record or a pack says: in HTML and Markdown it is text, and never markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.render.blocks import Chain, Outline, Pairs, Paragraph, Point, Points, Section, Table, Work, Works
from civil_aid_rules.render.html import fragment_of, html_of
from civil_aid_rules.render.markdown import escaped, markdown_of
from civil_aid_rules.render.text import text_of
from tests.unit.render.cases import CASES, determination, household, person, urban, wages

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg/onload=alert(1)>",
    "[pay](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "`code` **bold** _it_ ~~no~~ | cell",
    "# heading",
    "1. list\n- list\n> quote",
    "&lt;b&gt; &#60;b&#62;",
    "\u202egnp.exe \u0000\u001b[31m",
)
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "article",
    "header",
    "footer",
    "section",
    "details",
    "summary",
}
TAGS |= {"h1", "h2", "p", "dl", "div", "dt", "dd", "ul", "ol", "li", "b", "i", "em", "strong", "small", "span", "br"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
EMPTY = {"meta", "br"}
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "scope", "data-of"}


class Page(HTMLParser):
    """Reads a page: its tags must be ours and closed in order; collects its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        self.attributes += attrs
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def page_of(text: str) -> Outline:
    """A page that says the text wherever a page can say something."""
    both = Bilingual(en=text, zh=text)
    blocks = (
        Paragraph(both),
        Points((Point(both, "yes", (both,), (both,), (both,)),)),
        Points((Point(both),), numbered=True),
        Pairs(((both, both),)),
        Table((both, both, both), ((both, both, both),)),
        Works((Work(both, both, (Chain((both, both), both, both, both),), (both,), (both,)), Work(both, None, ()))),
    )
    sections = (Section(both, blocks), Section(both, blocks, folded=True))
    return Outline(both, "eligible", ((both, both),), (both,), sections, both)


@settings(deadline=None)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(alphabet="<>&\"'`*_[]()#|!~$\\-+= \n\tscript:/.@wht")))
def test_any_text_is_text_in_html(text: str) -> None:
    for page in (html_of(page_of(text), "zh"), fragment_of(page_of(text), "en")):
        read = Page(page)
        assert "<script" not in page.lower()
        assert any(_plain(text) in _plain(part) for part in read.texts)


def _plain(text: str) -> str:
    """A text without what a page may not hold or does not show alike: control and format signs, white space."""
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


@given(st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(alphabet="<>&`*_[]()#|!~$\\-+=1. htpsw:/@")))
def test_any_text_is_text_in_markdown(text: str) -> None:
    found = escaped(" ".join(text.split()))
    assert "<" not in found and ">" not in found
    bare = found.replace("\\\\", "")
    for mark in "`*_{}[]#|~!$":
        assert all(
            bare[place - 1 : place] == "\\"
            for place, sign in enumerate(bare)
            if sign == mark and not _is_entity(bare, place)
        )
    assert "://" not in found.replace("&#8203;", "") or "http" not in found.lower() or "&#8203;" in found


def _is_entity(text: str, place: int) -> bool:
    """Whether a `#` stands in a character entity of our own making."""
    return text[place] == "#" and text[place - 1 : place] == "&" and text[place + 1 : place + 2].isdigit()


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_each_text_on_the_line_of_its_point(text: str) -> None:
    plain = markdown_of(page_of("x"), "en").splitlines()
    hostile = markdown_of(page_of(text), "en").splitlines()
    assert len(plain) == len(hostile)
    assert [line[: len(line) - len(line.lstrip())] for line in plain] == [
        line[: len(line) - len(line.lstrip())] for line in hostile
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_keeps_each_text_on_its_line_and_turns_no_writing_direction(text: str) -> None:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    assert len(text_of(page_of(text), "zh").splitlines()) == len(text_of(page_of(plain), "zh").splitlines())
    assert not any(sign in text_of(page_of(text), "en") for sign in "\u202e\u0000\u001b")


@pytest.mark.parametrize("key", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a&b|c`d"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_id_that_is_markup_is_shown_as_it_is(key: str, language: Literal["en", "zh"]) -> None:
    found = urban(household(person(key, "head", wages("900")), person("B", "spouse")))
    page = found.explain(language=language, format="html")
    assert any(key in text for text in Page(page).texts)
    assert key not in page
    assert "<script" not in page and "<img" not in page
    assert "<" not in found.explain(language=language, format="markdown")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_stands_for_itself(name: str, language: Literal["en", "zh"]) -> None:
    """No script, no address, nothing to load; at most 30 kB; its language is said; dark screens and paper are met."""
    page = determination(name).explain(language=language, format="html")
    read = Page(page)
    assert page.startswith("<!doctype html>\n")
    assert ("lang", {"en": "en", "zh": "zh-CN"}[language]) in read.attributes
    assert not any(word in page for word in ("http", "url(", "@import", "src=", "href=", "<script", "javascript"))
    assert len(page.encode()) <= 30_000
    assert "prefers-color-scheme:dark" in page and "@media print" in page
