"""Rolls and cases as files: read strictly, every fault at its place, nothing passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from civil_aid_rules import Case, Household, RecordError, Roll, RollEntry, Rulebook
from civil_aid_rules.rulebook import Rulebook as Book

LINE = '{"case": "17", "program": "urban_dibao", "amount": "450", "period": "month", "since": "2015-07-01"}'


def said(text: str) -> list[str]:
    with pytest.raises(RecordError) as caught:
        Roll.from_json(text)
    return [f"{item.at}: {item.code}" for item in caught.value.problems]


def entries(*lines: str) -> str:
    return f'{{"entries": [{", ".join(lines)}]}}'


def test_a_roll_is_read_from_json_yaml_and_lines(tmp_path: Path) -> None:
    expected = Roll(entries=[RollEntry.model_validate(json.loads(LINE))])
    assert Roll.from_json(entries(LINE)) == expected
    files = {
        "roll.json": entries(LINE),
        "roll.jsonl": f"{LINE}\n\n",
        "roll.yaml": (
            "entries:\n  - {case: 17, program: urban_dibao, amount: 450, period: month, since: 2015-07-01}\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert Roll.load(tmp_path / name) == expected, name


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"program": "p"}', "$.entries[0].case: record-missing-field"),
        ('{"case": "", "program": "p"}', "$.entries[0].case: record-text-length"),
        ('{"case": "1", "program": "p", "amount": 4.5, "period": "month"}', "$.entries[0].amount: record-float"),
        ('{"case": "1", "program": "p", "amount": "-1", "period": "month"}', "$.entries[0].amount: record-amount"),
        ('{"case": "1", "program": "p", "amount": "1"}', "$.entries[0].period: record-missing-field"),
        ('{"case": "1", "program": "p", "amount": "1", "period": "once"}', "$.entries[0].period: record-choice"),
        ('{"case": "1", "program": "p", "since": "2016-02-30"}', "$.entries[0].since: record-day"),
        (
            '{"case": "1", "program": "p", "since": "2016-02-02", "until": "2016-02-01"}',
            "$.entries[0].until: roll-dates",
        ),
        ('{"case": "1", "program": "p", "reason": "moved away"}', "$.entries[0].reason: roll-reason"),
        ('{"case": "1", "program": "p", "paid": "1"}', "$.entries[0].paid: record-unknown-field"),
    ],
)
def test_a_fault_of_an_entry_is_at_its_place(line: str, expected: str) -> None:
    assert said(entries(line)) == [expected]


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (("2015-01-01", "2015-12-31"), ("2016-01-01", None), False),
        (("2016-01-01", None), ("2015-01-01", "2015-12-31"), False),
        (("2015-01-01", "2016-01-01"), ("2016-01-01", None), True),
        (("2016-01-01", None), ("2015-01-01", "2016-01-01"), True),
        ((None, "2015-12-31"), (None, "2014-12-31"), True),
        ((None, None), ("2016-01-01", None), True),
    ],
)
def test_a_case_is_paid_once_for_each_day(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None], overlap: bool
) -> None:
    lines = [
        json.dumps({"case": "1", "program": "p", "since": since, "until": until}) for since, until in (first, second)
    ]
    if overlap:
        assert said(entries(*lines)) == ["$.entries[1].since: roll-twice"]
    else:
        assert len(Roll.from_json(entries(*lines)).entries) == 2
    other = [lines[0], lines[1].replace('"p"', '"q"')]
    assert len(Roll.from_json(entries(*other)).entries) == 2


def test_a_roll_made_in_python_is_checked_when_it_is_used() -> None:
    book = Book.load(programs=["urban_dibao"])
    twice = Roll(entries=[RollEntry(case="1", program="urban_dibao")] * 2)
    with pytest.raises(RecordError, match="roll-twice"):
        book.compare_with_roll([], twice, program="urban_dibao", on="2016-04-01")


def test_a_program_that_does_not_exist_is_a_fault_of_the_roll_and_another_that_does_is_none() -> None:
    rulebook = Rulebook.load(programs=["urban_dibao"])
    other = Roll(entries=[RollEntry(case="1", program="rural_dibao")])
    assert list(rulebook.compare_with_roll([], other, program="urban_dibao", on="2016-04-01")) == []
    wrong = Roll(entries=[*other.entries, RollEntry(case="2", program="urban_dibo")])
    with pytest.raises(RecordError) as caught:
        rulebook.compare_with_roll([], wrong, program="urban_dibao", on="2016-04-01")
    assert caught.value.text() == (
        "$.entries[1].program: program-unknown: there is no program urban_dibo; did you mean urban_dibao?"
    )


def test_the_written_reason_is_shown_nowhere() -> None:
    entry = RollEntry.model_validate({"case": "1", "program": "p", "until": "2016-01-01", "reason": "personal words"})
    assert "personal words" not in repr(entry) + repr(Roll(entries=[entry]))
    with pytest.raises(RecordError) as caught:
        Roll.from_json('{"entries": [{"case": "1", "program": "p", "reason": "personal words", "until": "x"}]}')
    assert "personal words" not in caught.value.text()


def test_every_line_of_a_roll_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        Roll.from_lines([LINE, "{", '{"case": "1"}'])
    assert [str(item.at) for item in caught.value.problems] == ["line 2: $", "line 3: $.program"]
    with pytest.raises(RecordError, match="record-file"):
        Roll.load(tmp_path / "nowhere.jsonl")


def test_cases_are_read_from_lines_and_from_a_folder_of_records(tmp_path: Path) -> None:
    record = '{"members": [{"id": "a"}]}'
    (tmp_path / "cases.jsonl").write_text(f'{{"case": "17", "record": {record}}}\n', encoding="utf-8")
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "17.json").write_text(record, encoding="utf-8")
    (folder / "18.yaml").write_text("members: [{id: a}]\n", encoding="utf-8")
    (folder / "19.yaml").write_text("members: 1\n", encoding="utf-8")
    (folder / "notes.txt").write_text("no record", encoding="utf-8")
    expected = Case(case="17", record=Household.from_json(record))
    assert list(Case.load_all(tmp_path / "cases.jsonl", Household)) == [expected]
    first, second, third = Case.load_all(folder, Household)
    assert first == expected
    assert isinstance(second, Case) and second.case == "18"
    assert isinstance(third, RecordError) and "19.yaml:1:10" in third.text()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x", ["line 1: $: record-syntax"]),
        ("[]", ["line 1: $: record-value"]),
        ('{"case": "1"}', ["line 1: $.record: record-missing-field"]),
        ('{"case": "1", "record": []}', ["line 1: $.record: record-value"]),
        (
            '{"case": 1, "record": {"members": [{"id": "a"}, {"id": "a"}], "x": 1}, "y": 1}',
            [
                "line 1: $.case: record-value",
                "line 1: $.record.members[1].id: record-duplicate-id",
                "line 1: $.record.x: record-unknown-field",
                "line 1: $.y: record-unknown-field",
            ],
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_one_error_with_every_fault(line: str, expected: list[str]) -> None:
    (found,) = Case.from_lines([line], Household)
    assert isinstance(found, RecordError)
    assert sorted(f"{item.at}: {item.code}" for item in found.problems) == expected
