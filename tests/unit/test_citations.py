"""How the place in an instrument is written for a Chinese reader."""

from __future__ import annotations

import pytest

from civil_aid_rules.citations import chinese_article


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("art. 9", "第9条"),
        ("art. 12(2)", "第12条第2款"),
        ("art. 11 item 3", "第11条第3项"),
        ("art. 5(2) item 1", "第5条第2款第1项"),
    ],
)
def test_an_article_its_paragraph_and_its_item_are_named_as_the_law_is_cited(written: str, read: str) -> None:
    assert chinese_article(written) == read


@pytest.mark.parametrize("written", ["section 3", "art. 9 and 10", "art. 5(2) item", "附则"])
def test_any_other_place_stays_as_it_is_written(written: str) -> None:
    assert chinese_article(written) == written
