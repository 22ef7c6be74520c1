"""Every page: its examples run, its links lead somewhere, its blocks are of a known language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT, all_pages, anchor_of, blocks_of, headings_of, links_of
from tests.docs.runner import LANGUAGES, run_page

PAGES = all_pages()
RUNNING = [page for page in PAGES if {block.language for block in blocks_of(page)} & {"python", "console"}]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [page for page in RUNNING if page.name != "README.zh.md"], ids=named)
def test_the_examples_of_each_page_run_as_printed(page: Path, tmp_path: Path) -> None:
    assert run_page(page, tmp_path) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_blocks_of_each_page_say_their_language(page: Path) -> None:
    assert {block.language for block in blocks_of(page)} <= LANGUAGES


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_links_of_each_page_lead_somewhere(page: Path) -> None:
    assert [link for link in links_of(page) if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or anchor in {anchor_of(heading) for heading in headings_of(target)}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_page_begins_with_one_title(page: Path) -> None:
    assert page.read_text(encoding="utf-8").startswith("# ")
    assert len(headings_of(page, 1)) == 1


def test_every_page_of_docs_is_linked_from_another_page() -> None:
    """A link to a folder is a link to the pages in it."""
    linked = {(page.parent / link.partition("#")[0]).resolve() for page in PAGES for link in links_of(page)}
    docs = [page for page in PAGES if page.is_relative_to(ROOT / "docs")]
    assert [named(page) for page in docs if page not in linked and page.parent not in linked] == []
