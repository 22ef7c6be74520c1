"""Notices word for word.

After a change: UPDATE_GOLDEN=1 pytest tests/unit/render/test_notice_golden.py, then read each line of the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest

from tests.unit.render.notice_cases import STORED, written

GOLDEN = Path(__file__).parents[2] / "golden" / "notice"
PAGES: dict[str, tuple[str, Literal["html", "markdown"]]] = {
    "approval-zh.html": ("approval", "html"),
    "refusal-zh.md": ("refusal", "markdown"),
}


def hold(name: str, text: str) -> None:
    """The text is the stored one; with UPDATE_GOLDEN it becomes it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", STORED)
def test_a_notice_is_as_stored(name: str, language: Literal["en", "zh"]) -> None:
    hold(f"{name}-{language}.txt", written(name, language=language))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_stored(name: str) -> None:
    case, format_ = PAGES[name]
    hold(name, written(case, language="zh", format=format_))


def test_no_stored_text_is_left_over() -> None:
    wanted = {*PAGES, *(f"{name}-{language}.txt" for name in STORED for language in ("en", "zh"))}
    assert {path.name for path in GOLDEN.iterdir()} == wanted
