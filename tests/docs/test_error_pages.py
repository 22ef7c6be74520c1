"""The pages about errors: what they call wrong is refused under that code, and what they put in its place is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from civil_aid_rules.errors import RecordError
from civil_aid_rules.records.household import Household
from civil_aid_rules.yaml_source import read_yaml

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "errors"


def pairs(page: str, language: str) -> list[tuple[str, str, str]]:
    """(code, wrong, mended) of each section with two whole snippets in a language; `…` stands for what is left out."""
    found: list[tuple[str, str, str]] = []
    for section in (PAGES / f"{page}.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        blocks = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
        if len(blocks) == 2 and "…" not in "".join(blocks):
            found.append((section.split("\n", 1)[0], blocks[0], blocks[1]))
    return found


RECORDS = pairs("records", "json")


def test_the_records_page_shows_most_codes() -> None:
    assert len(RECORDS) >= 18


@pytest.mark.parametrize(("code", "wrong", "mended"), RECORDS, ids=[code for code, _, _ in RECORDS])
def test_a_wrong_record_of_the_page_is_refused_and_the_mended_one_read(code: str, wrong: str, mended: str) -> None:
    with pytest.raises(RecordError) as caught:
        Household.from_json(wrong)
    assert [item.code for item in caught.value.problems] == [code]
    assert Household.from_json(mended).members


PACK_PAGES = ("expressions", "packs", "values", "names", "rules", "tables")
SNIPPETS = [(code, text) for page in PACK_PAGES for code, *texts in pairs(page, "yaml") for text in texts]


@pytest.mark.parametrize(("code", "text"), SNIPPETS, ids=[code for code, _ in SNIPPETS])
def test_a_snippet_of_a_pack_is_yaml_that_packs_may_hold(code: str, text: str) -> None:
    file = "snippet.yaml"
    node, faults = read_yaml(text.encode(), file)
    assert node is not None and not faults, code
