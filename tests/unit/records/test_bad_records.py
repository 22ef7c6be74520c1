"""What bad input gets: one located sentence per fault, in both languages, all faults of a record together."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from civil_aid_rules.errors import Problem, RecordError
from civil_aid_rules.records.household import Household
from civil_aid_rules.source import SourceSpan

Expected = list[tuple[str, str]]


def faults(text: str | bytes) -> tuple[Problem, ...]:
    """What the strict JSON reader says."""
    with pytest.raises(RecordError) as caught:
        Household.from_json(text)
    assert caught.value.__context__ is None, "the error must not carry the input along"
    return caught.value.problems


def located(problems: tuple[Problem, ...]) -> Expected:
    """(path, code) of each fault, after checking that each has its sentences."""
    for item in problems:
        english, chinese = item.located("en"), item.located("zh")
        assert len(english.splitlines()) == len(chinese.splitlines()) == 1
        assert english != chinese and re.search("[一-鿿]", chinese)
        assert item.found and item.expected
        assert "{" not in item.sentence("en") + item.sentence("zh")
    return [(str(item.at), item.code) for item in problems]


def person(**more: object) -> dict[str, object]:
    return {"id": "a", **more}


def household(*members: Mapping[str, object], **more: object) -> str:
    return json.dumps({"members": list(members), **more})


def income(**item: object) -> str:
    return household(person(income=[item]))


AMOUNT = "$.members[0].income[0].amount"
START = "$.members[0].income[0].start"

CASES: dict[str, tuple[str | bytes, Expected]] = {
    # the text
    "nothing": ("", [("$", "record-syntax")]),
    "trailing garbage": ('{"assets": []} and more', [("$", "record-syntax")]),
    "cut off": ('{"assets": [', [("$", "record-syntax")]),
    "trailing comma": ('{"assets": [],}', [("$", "record-syntax")]),
    "single quotes": ("{'assets': []}", [("$", "record-syntax")]),
    "a comment": ('{"assets": [] // none\n}', [("$", "record-syntax")]),
    "a raw line break in a text": ('{"jurisdiction": "a\nb"}', [("$", "record-syntax")]),
    "full-width digits without quotes": ('{"jurisdiction": ９}', [("$", "record-syntax")]),
    "a number with a leading zero": ('{"jurisdiction": 012}', [("$", "record-syntax")]),
    "a byte order mark": (b'\xef\xbb\xbf{"assets": []}', [("$", "record-mark")]),
    "a byte order mark in text": ('\ufeff{"assets": []}', [("$", "record-mark")]),
    "GBK": ('{"jurisdiction": "某县"}'.encode("gbk"), [("$", "record-encoding")]),
    "UTF-16": ('{"assets": []}'.encode("utf-16"), [("$", "record-encoding")]),
    "UTF-16 without a mark": ('{"assets": []}'.encode("utf-16-le"), [("$", "record-encoding")]),
    "binary": (b"\xff\xff\xff", [("$", "record-encoding")]),
    "too large": (json.dumps({"jurisdiction": "x" * 1024 * 1024}), [("$", "record-too-large")]),
    "too deep": ("[" * 33 + "]" * 33, [("$", "record-depth")]),
    "too deep by far": ("[" * 500_000, [("$", "record-depth")]),
    # the whole
    "a list": ("[]", [("$", "record-value")]),
    "a text": ('"x"', [("$", "record-value")]),
    "a number": ("7", [("$", "record-value")]),
    "null": ("null", [("$", "record-value")]),
    # fields
    "an unknown field": ('{"assetts": []}', [("$.assetts", "record-unknown-field")]),
    "an unknown field far in": (income(amuont="1"), [("$.members[0].income[0].amuont", "record-unknown-field")]),
    "an unknown field that is no name": ('{"a b\\n": 1}', [('$["…"]', "record-unknown-field")]),
    "a duplicate key": ('{"assets": [], "assets": []}', [("$.assets", "record-duplicate-key")]),
    "a duplicate key thrice": ('{"assets": [], "assets": [], "assets": []}', [("$.assets", "record-duplicate-key")]),
    "a duplicate key far in": (
        '{"members": [{"id": "a", "income": [{"kind": "wages", "kind": "wages"}]}]}',
        [("$.members[0].income[0].kind", "record-duplicate-key")],
    ),
    "a field that must be there": ('{"members": [{}]}', [("$.members[0].id", "record-missing-field")]),
    "a required field without a value": (household({"id": None}), [("$.members[0].id", "record-value")]),
    "a lone surrogate": ('{"jurisdiction": "\\ud800"}', [("$.jurisdiction", "record-text")]),
    "a lone surrogate in a key": ('{"x\\udfff": 1}', [("$", "record-text")]),
    "a lone surrogate in a text read in Python": ('{"jurisdiction": "\ud800"}', [("$.jurisdiction", "record-text")]),
    # numbers
    "a float": (income(amount=900.5), [(AMOUNT, "record-float")]),
    "a whole float": (income(amount=900.0), [(AMOUNT, "record-float")]),
    "an exponent": ('{"members": [{"id": "a", "income": [{"amount": 1e3}]}]}', [(AMOUNT, "record-float")]),
    "NaN": ('{"members": [{"id": "a", "income": [{"amount": NaN}]}]}', [(AMOUNT, "record-not-a-number")]),
    "Infinity": ('{"members": [{"id": "a", "income": [{"amount": -Infinity}]}]}', [(AMOUNT, "record-not-a-number")]),
    "minus zero": ('{"members": [{"id": "a", "income": [{"amount": -0}]}]}', [(AMOUNT, "record-number")]),
    "too many digits": (income(amount=10**15), [(AMOUNT, "record-long-number")]),
    "digits without end": (
        '{"members": [{"id": "a", "income": [{"amount": ' + "9" * 100_000 + "}]}]}",
        [(AMOUNT, "record-long-number")],
    ),
    "a grade that does not exist": (
        household(person(disability={"grade": 5})),
        [("$.members[0].disability.grade", "record-number")],
    ),
    "a grade as text": (
        household(person(disability={"grade": "1"})),
        [("$.members[0].disability.grade", "record-value")],
    ),
    "a grade as yes": (
        household(person(disability={"grade": True})),
        [("$.members[0].disability.grade", "record-value")],
    ),
    # lists, ids, references
    "no members": (household(), [("$.members", "record-empty-list")]),
    "101 members": (household(*({"id": str(n)} for n in range(101))), [("$.members", "record-too-many")]),
    "201 income items": (household(person(income=[{}] * 201)), [("$.members[0].income", "record-too-many")]),
    "201 assets": (json.dumps({"assets": [{}] * 201}), [("$.assets", "record-too-many")]),
    "21 exclusions": (household(person(exclusions=[{}] * 21)), [("$.members[0].exclusions", "record-too-many")]),
    "a duplicated member id": (
        household(person(), {"id": "b"}, person()),
        [("$.members[2].id", "record-duplicate-id")],
    ),
    "an id that says none": (household({"id": "none"}), [("$.members[0].id", "record-reserved-id")]),
    "an empty id": (household({"id": ""}), [("$.members[0].id", "record-text-length")]),
    "an id without end": (household({"id": "x" * 41}), [("$.members[0].id", "record-text-length")]),
    "an id as number": (household({"id": 1}), [("$.members[0].id", "record-value")]),
    "a spouse that is nobody": (
        household(person(spouse="b")),
        [("$.members[0].spouse", "record-unknown-reference")],
    ),
    "a guardian that is nobody": (
        household(person(), {"id": "b", "guardian": "c"}),
        [("$.members[1].guardian", "record-unknown-reference")],
    ),
    # wrong types
    "members as object": (json.dumps({"members": {"id": "a"}}), [("$.members", "record-value")]),
    "members as text": (json.dumps({"members": "a"}), [("$.members", "record-value")]),
    "a member as text": (json.dumps({"members": ["a"]}), [("$.members[0]", "record-value")]),
    "a member as null": (json.dumps({"members": [None]}), [("$.members[0]", "record-value")]),
    "yes as text": (household(person(able_to_work="yes")), [("$.members[0].able_to_work", "record-value")]),
    "yes as number": (household(person(able_to_work=1)), [("$.members[0].able_to_work", "record-value")]),
    "a spouse as list": (household(person(spouse=["a"])), [("$.members[0].spouse", "record-value")]),
    "a group as text": (household(person(disability="severe")), [("$.members[0].disability", "record-value")]),
    "a group as list": (household(person(regular_recipient=[])), [("$.members[0].regular_recipient", "record-value")]),
    "a list as none": (household(person(income="none")), [("$.members[0].income", "record-value")]),
    "a choice that does not exist": (income(kind="wage"), [("$.members[0].income[0].kind", "record-choice")]),
    "a choice in another case": (income(period="Month"), [("$.members[0].income[0].period", "record-choice")]),
    "none where none is no answer": (income(period="none"), [("$.members[0].income[0].period", "record-choice")]),
    "a choice as number": (income(period=12), [("$.members[0].income[0].period", "record-value")]),
    "a jurisdiction as list": ('{"jurisdiction": []}', [("$.jurisdiction", "record-value")]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_one_sentence_at_its_path(name: str) -> None:
    text, expected = CASES[name]
    assert located(faults(text)) == expected


@pytest.mark.parametrize(
    "amount",
    [
        "1.005", "1e3", "4_80", "-0", "-0.00", "-1", "+480", " 480", "480 ", "", "none", "480.",
        ".5", "0480", "００", "９００", "٤٨٠",
        "1,000", "1，000", "元480", "10000000000.01", "10000000001", "9" * 500, "NaN", "0x10", "1/3", "480\n",
        "4８0",
    ],
)  # fmt: skip
def test_text_that_is_no_amount_is_refused(amount: str) -> None:
    assert located(faults(income(amount=amount))) == [(AMOUNT, "record-amount")]


@pytest.mark.parametrize("amount", [True, [], {}, -1, 10_000_000_001, -(10**14)])
def test_a_value_that_is_no_amount_is_refused(amount: object) -> None:
    assert located(faults(income(amount=amount))) == [(AMOUNT, "record-amount")]


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        ("0", "0.00"),
        ("0.0", "0.00"),
        (0, "0.00"),
        ("900", "900.00"),
        (900, "900.00"),
        ("900.5", "900.50"),
        ("0.01", "0.01"),
        ("10000000000", "10000000000.00"),
        (10_000_000_000, "10000000000.00"),
    ],
)
def test_an_amount_keeps_exactly_what_is_written(amount: object, kept: str) -> None:
    read = Household.from_json(income(amount=amount))
    assert read.canonical()["members"][0]["income"][0]["amount"] == kept


@pytest.mark.parametrize(
    "day",
    [
        "2016-02-30", "2015-02-29", "2016-13-01", "2016-00-10", "2016-1-1", "20160101", "2016/01/01", "2016-01-01 ",
        "2016-01-01T00:00", "1899-12-31", "3000-01-01", "２０１６-01-01", "", "today", "1719792000", "2016-01-01\n",
        "-2016-01-01", "none",
    ],
)  # fmt: skip
def test_text_that_is_no_day_is_refused(day: str) -> None:
    assert located(faults(income(start=day))) == [(START, "record-day")]


@pytest.mark.parametrize("day", [20160101, True, [], {"day": 1}, 0])
def test_a_value_that_is_no_day_is_refused(day: object) -> None:
    assert located(faults(income(start=day))) == [(START, "record-day")]


@pytest.mark.parametrize("day", ["2016-02-29", "1900-01-01", "2999-12-31"])
def test_a_day_that_exists_is_read(day: str) -> None:
    assert Household.from_json(income(start=day)).canonical()["members"][0]["income"][0]["start"] == day


def test_none_is_an_end_and_no_start() -> None:
    assert Household.from_json(income(end="none")).canonical()["members"][0]["income"][0]["end"] == "none"


BAD_IN_MANY_WAYS = """{
 "asset_finding": "withn", "assets": {"kind": "house"}, "colour": 1, "colour": 2, "jurisdiction": "\\udc00",
 "members": [
  {"id": "a", "incme": [], "income": [
    {"amount": 900.5, "kind": "wage", "period": "month", "start": "2016-02-30", "end": 5},
    {"amount": "1e3"}, {"amount": NaN}]},
  {"id": "a", "spouse": "nobody", "name": 12345, "birth_date": "２０１６-01-01", "disability": {"grade": 9, "x": 1}},
  {"name": "n", "regular_recipient": "yes"},
  {"id": "none", "lives_with_family": "true"},
  {"id": "e", "id": "f", "exclusions": [null, {"kind": 1}]}
 ]}"""

IN_MANY_WAYS: Expected = [
    ("$.asset_finding", "record-choice"),
    ("$.assets", "record-value"),
    ("$.colour", "record-duplicate-key"),
    ("$.colour", "record-unknown-field"),
    ("$.jurisdiction", "record-text"),
    ("$.members[0].incme", "record-unknown-field"),
    ("$.members[0].income[0].amount", "record-float"),
    ("$.members[0].income[0].end", "record-day"),
    ("$.members[0].income[0].kind", "record-choice"),
    ("$.members[0].income[0].start", "record-day"),
    ("$.members[0].income[1].amount", "record-amount"),
    ("$.members[0].income[2].amount", "record-not-a-number"),
    ("$.members[1].birth_date", "record-day"),
    ("$.members[1].disability.grade", "record-number"),
    ("$.members[1].disability.x", "record-unknown-field"),
    ("$.members[1].id", "record-duplicate-id"),
    ("$.members[1].name", "record-value"),
    ("$.members[1].spouse", "record-unknown-reference"),
    ("$.members[2].id", "record-missing-field"),
    ("$.members[2].regular_recipient", "record-value"),
    ("$.members[3].id", "record-reserved-id"),
    ("$.members[3].lives_with_family", "record-value"),
    ("$.members[4].exclusions[0]", "record-value"),
    ("$.members[4].exclusions[1].kind", "record-value"),
    ("$.members[4].id", "record-duplicate-key"),
]


def test_all_faults_of_a_record_come_together_in_the_order_of_their_paths() -> None:
    assert located(faults(BAD_IN_MANY_WAYS)) == IN_MANY_WAYS


def test_entries_are_counted_as_numbers_and_not_as_text() -> None:
    text = household(*({"id": str(n), "x": 1} for n in range(11)))
    assert [path for path, _ in located(faults(text))] == [f"$.members[{n}].x" for n in range(11)]


def test_two_faults_at_one_list_are_both_said() -> None:
    text = household(*({"id": str(n)} for n in range(100)), {"id": "0", "x": 1})
    assert located(faults(text)) == [
        ("$.members", "record-too-many"),
        ("$.members[100].id", "record-duplicate-id"),
        ("$.members[100].x", "record-unknown-field"),
    ]


def test_of_very_many_faults_the_first_are_shown_and_the_others_counted() -> None:
    problems = faults(json.dumps({f"x{n}": 1 for n in range(5000)}))
    assert len(problems) == 201
    (last,) = [item for item in problems if item.code == "record-more-faults"]
    assert (last.at, last.found) == ("$", "≥ 4800")


def test_a_hint_names_the_field_that_was_meant() -> None:
    (problem,) = faults('{"asets": []}')
    assert problem.sentence() == "there is no field asets; did you mean assets?"
    assert problem.sentence("zh") == "没有字段 asets；是不是 assets？"


def test_a_wrong_amount_is_said_with_what_to_write() -> None:
    (problem,) = faults(income(amount=900.5))
    assert str(problem) == (
        f'{AMOUNT}: record-float: 900.5 has no quotation marks, so it is not exact; write it as text: "900" or "900.50"'
    )
    assert problem.located("zh") == (
        f'{AMOUNT}: record-float: 900.5 没有加引号，不是准确的数；请写成文字："900" 或 "900.50"'
    )


def test_a_gbk_file_is_told_where_and_how_to_save_it_again() -> None:
    (problem,) = faults('{"assets": [],\n "jurisdiction": "市"}'.encode("gbk"))
    assert problem.sentence() == (
        "the byte 0xCA at line 2, column 19 is not UTF-8 (the record looks like GBK); "
        "open it in the program that wrote it and save it as UTF-8"
    )


# In a file, each fault also has its line and column.


def from_file(folder: Path, name: str, text: str | bytes) -> tuple[Problem, ...]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(RecordError) as caught:
        Household.load(path)
    assert caught.value.__context__ is None
    return caught.value.problems


def places(problems: tuple[Problem, ...], folder: Path) -> list[str]:
    assert all(item.place is not None and item.place.file.startswith(str(folder)) for item in problems)
    return [f"{item.place.line}:{item.place.column} {item.at} {item.code}" for item in problems if item.place]


BAD_YAML = """\
members:
  - id: a
    incme: []
    income:
      - {kind: wage, amount: 900.555, start: 2016-02-30}
      - {kind: wages, amount: "１００",
         end: 20160101}
  - id: a
    name: [1]
    spouse: c
    lives_with_family: yes
    able_to_work: "true"
    disability: {grade: 9}
  - birth_date: 2001-01-01
    birth_date: 2001-01-02
"""


def test_the_faults_of_a_yaml_record_have_path_and_line(tmp_path: Path) -> None:
    problems = from_file(tmp_path, "record.yaml", BAD_YAML)
    located(problems)
    assert places(problems, tmp_path) == [
        "3:5 $.members[0].incme record-unknown-field",
        "5:16 $.members[0].income[0].kind record-choice",
        "5:30 $.members[0].income[0].amount record-amount",
        "5:46 $.members[0].income[0].start record-day",
        "6:31 $.members[0].income[1].amount record-amount",
        "7:15 $.members[0].income[1].end record-day",
        "8:9 $.members[1].id record-duplicate-id",
        "9:11 $.members[1].name record-value",
        "10:13 $.members[1].spouse record-unknown-reference",
        "11:24 $.members[1].lives_with_family record-value",
        "12:19 $.members[1].able_to_work record-value",
        "13:25 $.members[1].disability.grade record-number",
        "14:5 $.members[2].id record-missing-field",
        "15:5 $.members[2].birth_date record-duplicate-key",
    ]


def test_a_json_file_has_path_and_line_too(tmp_path: Path) -> None:
    text = '{"members": [{"id": "a"},\n\t{"id": "a", "x": 1,\n\t "income": [{"amount": 5.5}]}]}'
    assert places(from_file(tmp_path, "record.json", text), tmp_path) == [
        "2:9 $.members[1].id record-duplicate-id",
        "2:14 $.members[1].x record-unknown-field",
        "3:25 $.members[1].income[0].amount record-float",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [('{"members":\n [}', "2:3"), ('{"a": 1}\nx', "2:1"), ('{"jurisdiction":\n "市"}'.encode("gbk"), "2:3")],
)
def test_a_json_file_that_is_no_json_has_its_line(text: str | bytes, place: str, tmp_path: Path) -> None:
    (found,) = places(from_file(tmp_path, "record.json", text), tmp_path)
    assert found.split(" ")[0] == place


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "yaml-empty"),
        ("members: [", "yaml-syntax"),
        ("members: &a []", "yaml-anchor"),
        ("members: *a", "yaml-alias"),
        ("members: !!set {}", "yaml-tag"),
        ("<<: {members: []}", "yaml-merge"),
        ("a: 1\n---\nb: 1", "yaml-documents"),
        ("某县".encode("gbk"), "yaml-encoding"),
        ("jurisdiction: \u200b", "yaml-character"),
        ('jurisdiction: "\\ud800"', "yaml-character"),
        ("a: " + "[" * 40 + "]" * 40, "yaml-depth"),
        ("a: " + "x" * 3000, "yaml-long-line"),
    ],
)
def test_what_is_no_strict_yaml_is_refused_at_its_place(text: str | bytes, code: str, tmp_path: Path) -> None:
    problems = from_file(tmp_path, "record.yaml", text)
    assert code in {item.code for item in problems}
    assert all(isinstance(item.at, SourceSpan) or item.place is not None for item in problems)
    located(problems)


def test_faults_of_yaml_and_of_the_record_come_together_in_file_order(tmp_path: Path) -> None:
    text = "asset_finding: !!str within\nmembers: &all\n  - {id: a, income: [{amount: 1e3}]}\n"
    problems = from_file(tmp_path, "record.yml", text)
    assert [item.code for item in problems] == ["yaml-tag", "yaml-anchor", "record-amount"]


@pytest.mark.parametrize("name", ["record.json", "record.yaml"])
def test_a_file_that_is_too_large_is_not_read(name: str, tmp_path: Path) -> None:
    (problem,) = from_file(tmp_path, name, b" " * 1024 * 1024 + b"{}")
    assert (problem.code, problem.found, problem.expected) == ("record-too-large", "1048578", "1048576")


@pytest.mark.parametrize("name", ["absent.json", "absent.yaml", "nul\0.yaml", "."])
def test_a_file_that_cannot_be_opened_is_an_error_of_the_record(name: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        Household.load(tmp_path / name)
    assert located(caught.value.problems) == [("$", "record-file")]


# YAML scalars are texts until their field reads them.


def test_yaml_reads_each_scalar_as_its_field_wants_it(tmp_path: Path) -> None:
    path = tmp_path / "record.yaml"
    text = "members: [{id: 001, name: null, able_to_work: true, disability: {grade: 2}, income: [{amount: 0900.50}]}]"
    path.write_text(text.replace("0900", "900"), encoding="utf-8")
    (member,) = Household.load(path).canonical()["members"]
    assert member == {
        "id": "001",
        "able_to_work": True,
        "disability": {"grade": 2},
        "income": [{"amount": "900.50"}],
    }
