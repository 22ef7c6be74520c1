"""Explanations word for word.

After a change: UPDATE_GOLDEN=1 pytest tests/unit/render/test_golden.py, then read each line of the difference.
Digests and the lines of rule files are not stored: they change with packs whose explanations stay the same.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

import pytest

from tests.unit.render.cases import determination

GOLDEN = Path(__file__).parents[2] / "golden" / "explain"
STORED = (
    "shortfall",
    "income_equal_to_the_standard",
    "finding_on_assets_missing",
    "regular_recipient",
    "unified_registration",
    "stopped_share",
    "assets_beyond_a_local_limit",
    "what_if_flat_top_up",
    "tax_of_spouses",
    "grants_of_children",
)
PAGES: dict[str, tuple[str, Literal["en", "zh"], Literal["html", "markdown"]]] = {
    "shortfall-zh.html": ("shortfall", "zh", "html"),
    "mixed_registration-zh.md": ("mixed_registration", "zh", "markdown"),
}


def steady(text: str) -> str:
    """The text without what changes from pack to pack: digests and lines of files."""
    text = re.sub(r"\b[0-9a-f]{12}\b", "·" * 12, text)
    return re.sub(r"(\.yaml 第|\.yaml, at )[0-9、, ]+", r"\1…", text)


def hold(name: str, text: str) -> None:
    """The text is the stored one; with UPDATE_GOLDEN it becomes it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(steady(text), encoding="utf-8", newline="\n")
    assert steady(text) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", STORED)
def test_an_explanation_is_as_stored(name: str, language: Literal["en", "zh"]) -> None:
    hold(f"{name}-{language}.txt", determination(name).explain(language=language))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_stored(name: str) -> None:
    case, language, format_ = PAGES[name]
    hold(name, determination(case).explain(language=language, format=format_))


def test_no_stored_text_is_left_over() -> None:
    wanted = {*PAGES, *(f"{name}-{language}.txt" for name in STORED for language in ("en", "zh"))}
    assert {path.name for path in GOLDEN.iterdir()} == wanted
