"""`civil-aid roll`: what is printed, counted and refused. Lamp oil pays 100 less the income a month on 2011-05-01."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CASE, Run

CASES = """\
{"case": "1", "record": {"income": "70", "rooms": 2}}
{"case": "2", "record": {"income": "100", "rooms": 2}}
{"case": "3", "record": {"rooms": 2}}
{"case": "4", "record": {"income": "70", "rooms": 2}}
"""
ROLL = """\
entries:
  - {case: "1", program: lamp_oil, amount: "20", period: month}
  - {case: "2", program: lamp_oil, amount: "20", period: month}
  - {case: "3", program: lamp_oil, amount: "20", period: month}
  - {case: "4", program: lamp_oil, amount: "30", period: month}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    cases, roll = tmp_path / "cases.jsonl", tmp_path / "roll.yaml"
    cases.write_text(CASES, encoding="utf-8")
    roll.write_text(ROLL, encoding="utf-8")
    return str(cases), str(roll)


def test_what_is_to_be_done_is_printed_with_the_counts(small: Run, files: tuple[str, str]) -> None:
    """100 - 70 = 30: the first is paid 10 too little, the last what is due; 100 is not below 100; nothing is known."""
    ran = small("roll", *files, *CASE)
    assert (ran.status, ran.err) == (0, "")
    assert "Case 1, " in ran.out and "paid 20.00 ISL a month, due 30.00 ISL a month" in ran.out
    assert "Case 2, " in ran.out and "not met: the income must be below the standard" in ran.out
    assert "Case 3, " in ran.out and "Case 4, " not in ran.out
    counts = ran.out[ran.out.index("4 cases") :].splitlines()
    assert counts[1:7] == ["cover: 0", "keep: 1", "change: 1", "end: 1", "look: 1", "stay out: 0"]
    assert "Case 4, " in small("roll", *files, *CASE, "--all").out


def test_json_holds_the_counts_and_every_finding(small: Run, files: tuple[str, str]) -> None:
    data = json.loads(small("roll", *files, *CASE, "--json").out)
    assert list(data) == ["counts", "findings"]
    assert data["counts"]["cases"] == 4
    assert [item["action"] for item in data["findings"]] == ["change", "end", "look", "keep"]


def test_a_what_if_is_held_against_the_roll_too(small: Run, files: tuple[str, str]) -> None:
    """Under a standard of 90 the first is due 90 - 70 = 20."""
    supposed = ("--set", "lamp_oil.standard=90")
    data = json.loads(small("roll", *files, *CASE, "--json", *supposed).out)
    assert [item["action"] for item in data["findings"]] == ["keep", "end", "look", "change"]
    assert {item["hypothetical"] for item in data["findings"]} == {True}
    for language, word in (("en", "HYPOTHETICAL"), ("zh", "测算方案（假设）")):
        assert small("roll", *files, *CASE, *supposed, "--language", language).out.count(word) == 3
    assert "HYPOTHETICAL" not in small("roll", *files, *CASE).out


def test_one_case_that_cannot_be_read_does_not_stop_the_others(
    small: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"case": "9", "record": {"owner": "Solveig", "incom": "1"}}\n' + CASES, encoding="utf-8")
    ran = small("roll", str(bad), files[1], *CASE)
    assert ran.status == 2
    assert "line 1: $.record.incom: record-unknown-field" in ran.err
    assert "Solveig" not in ran.err + ran.out
    assert "5 cases" in ran.out and "cannot be read: 1" in ran.out


def test_a_folder_of_records_is_read_by_the_numbers_in_their_names(
    small: Run, files: tuple[str, str], home: str
) -> None:
    folder = Path(home).parent / "homes"
    folder.mkdir()
    Path(home).rename(folder / "1.json")
    data = json.loads(small("roll", str(folder), files[1], *CASE, "--json").out)
    assert [(item["case"], item["action"]) for item in data["findings"]] == [
        ("1", "change"), ("2", "look"), ("3", "look"), ("4", "look"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cases", "roll", "expected"),
    [
        ("nowhere", None, "nowhere does not exist"),
        (None, "nowhere.yaml", "record-file"),
        (None, "reason: [moved away\n", "yaml-"),
        (None, 'entries: [{case: "1", program: lamp_oil, reason: moved away}]\n', "roll-reason"),
    ],
)
def test_what_cannot_be_used_is_refused_and_no_line_of_the_roll_is_shown(
    small: Run, files: tuple[str, str], tmp_path: Path, cases: str | None, roll: str | None, expected: str
) -> None:
    given = [cases or files[0], files[1]]
    if roll is not None and roll.endswith("\n"):
        (tmp_path / "bad.yaml").write_text(roll, encoding="utf-8")
        given[1] = str(tmp_path / "bad.yaml")
    elif roll is not None:
        given[1] = roll
    ran = small("roll", *given, *CASE)
    assert (ran.status, ran.out) == (2, "")
    assert expected in ran.err
    assert "moved away" not in ran.err
