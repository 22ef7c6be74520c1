"""The table of the source document: every sentence has an answer, and every rule that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from civil_aid_rules.packs.load import load_packs
from civil_aid_rules.packs.locate import shipped_rules

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "source_document.md"
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]
AMOUNTS = [
    "450",
    "480",
    "290",
    "320",
    "240",
    "270",
    "165",
    "195",
    "3660",
    "4380",
    "3120",
    "3480",
    "335",
    "365",
    "295",
    "325",
    "15%",
    "13类",
    "70%",
]


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every rule and parameter of the shipped packs, by pack."""
    packs = load_packs(shipped_rules()).packs
    return {f"{name}.{item}" for name, pack in packs.items() for item in (*pack.parameters, *pack.rules)}


def test_the_sentences_are_numbered_in_order() -> None:
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)]
    assert len(ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_sentence_has_an_answer_whose_rules_exist(row: list[str], names: set[str]) -> None:
    _, sentence, where = row
    named = [name for name in re.findall(r"`([a-z_]+\.[a-z_]+)`", where) if not name.startswith("rulebook.")]
    assert sentence
    assert set(named) <= names
    assert named or re.match(r"(nothing|planned): \w|the record of a home ", where), where


def test_every_number_of_the_source_document_stands_in_the_table() -> None:
    text = "".join(row[1] for row in ROWS)
    assert [amount for amount in AMOUNTS if amount not in text] == []
