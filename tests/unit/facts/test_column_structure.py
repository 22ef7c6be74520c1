"""Every check of a record's models, held up against a table's row: both refuse, at the same field, in one sentence.

`ROWS` and `COLUMNS` together have each code of an error of records; `NOT_OF_TABLES` says why the others cannot occur.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from civil_aid_rules import Household, Rulebook
from civil_aid_rules.error_texts import ERROR_TEXTS
from civil_aid_rules.errors import RecordError
from civil_aid_rules.evaluator import Evaluator

Data = dict[str, Any]

WAGES = {"kind": "wages", "amount": "100", "period": "month", "start": "2014-07-01"}
MEMBER = {
    "registration": "non_agricultural",
    "relation": "head",
    "lives_with_family": True,
    "exclusions": [],
    "income": [WAGES],
}
FAMILY: Data = {"members": [{"id": "a", **MEMBER}, {"id": "b", **MEMBER}], "assets": [], "asset_finding": "within"}
OPEN = "by_local_rule"
LONG = "甲" * 41

# name: (path: what stands there instead, code, field)
ROWS: dict[str, tuple[Data, str, str]] = {
    "an id used twice": ({"members.1.id": "a"}, "record-duplicate-id", "members[1].id"),
    "an id used twice far apart": (
        {"members": [{"id": name, **MEMBER} for name in "abcdefghijklb"]},
        "record-duplicate-id",
        "members[12].id",
    ),
    "an id used twice in a list that no rule reads": (
        {"bills": [{"id": "x"}, {"id": "y"}, {"id": "x"}]},
        "record-duplicate-id",
        "bills[2].id",
    ),
    "no id": ({"members.1.id": None}, "record-missing-field", "members[1].id"),
    "an empty id": ({"members.1.id": ""}, "record-text-length", "members[1].id"),
    "an id of 41 characters": ({"members.1.id": LONG}, "record-text-length", "members[1].id"),
    "an id that says none": ({"members.0.id": "none"}, "record-reserved-id", "members[0].id"),
    "no members": ({"members": []}, "record-empty-list", "members"),
    "too many members": (
        {"members": [{"id": f"m{place}"} for place in range(101)]},
        "record-too-many",
        "members",
    ),
    "too many in a list that no rule reads": ({"assets": [{"kind": "house"}] * 201}, "record-too-many", "assets"),
    "too many in a list in a list": (
        {"members.1.exclusions": [{"kind": "prison"}] * 21},
        "record-too-many",
        "members[1].exclusions",
    ),
    "an entry that is null": ({"members": [{"id": "a"}, None]}, "record-value", "members[1]"),
    "an entry that is null in a list that no rule reads": (
        {"hardships": [None, {"id": "h"}]},
        "record-value",
        "hardships[0]",
    ),
    "an open exclusion": (
        {"members.1.exclusions": [{"kind": OPEN}]},
        "record-open-item",
        "members[1].exclusions[0].local_rule",
    ),
    "an open item with an empty note": (
        {"members.0.income": [{**WAGES, "kind": OPEN, "local_rule": ""}]},
        "record-open-item",
        "members[0].income[0].local_rule",
    ),
    "an open asset, which no rule reads": (
        {"assets": [{"kind": "house"}, {"kind": OPEN}]},
        "record-open-item",
        "assets[1].local_rule",
    ),
    "an open item in a group": ({"stop": {"reason": OPEN}}, "record-open-item", "stop.local_rule"),
    "an open item that is a yes": (
        {"members.1.lacks_capacity_by_local_rule": True},
        "record-open-item",
        "members[1].capacity_rule",
    ),
    "a reference to nobody": (
        {"support_applications": [{"applicant": "c"}]},
        "record-unknown-reference",
        "support_applications[0].applicant",
    ),
    "a reference into a list that is not known": (
        {"members": None, "support_applications": [{"applicant": "a"}]},
        "record-unknown-reference",
        "support_applications[0].applicant",
    ),
    "a reference that says none where there must be one": (
        {"bills": [{"id": "b", "patient": "none"}]},
        "record-unknown-reference",
        "bills[0].patient",
    ),
    "an amount below zero": ({"members.0.income.0.amount": "-1"}, "record-amount", "members[0].income[0].amount"),
    "a day that is none": ({"members.0.income.0.start": "2015-02-30"}, "record-day", "members[0].income[0].start"),
    "a day that says none where only its group may be none": (
        {"members.1.regular_recipient": {"start": "none"}},
        "record-day",
        "members[1].regular_recipient.start",
    ),
    "a text that is no choice": ({"members.1.registration": "urban"}, "record-choice", "members[1].registration"),
    "a number beyond its bounds": ({"steps": {"visitors": 21}}, "record-number", "steps.visitors"),
    "another jurisdiction": ({"jurisdiction": "example_county"}, "record-jurisdiction", "jurisdiction"),
}

# name: (path: what stands there instead, code, column)
COLUMNS: dict[str, tuple[Data, str, str, str]] = {
    "an id that is a number": ({"members.0.id": 1, "members.1.id": 2}, "record-value", "column-type", "members[].id"),
    "a name that is a number": ({"members.0.name": 5}, "record-value", "column-type", "members[].name"),
    "a note that is a number": ({"asset_finding_rule": 5}, "record-value", "column-type", "asset_finding_rule"),
    "a jurisdiction that is a number": ({"jurisdiction": 5}, "record-value", "column-type", "jurisdiction"),
    "a field that there is not": ({"members.0.ide": "a"}, "record-unknown-field", "column-unknown", "members[].ide"),
    "none of a group that a record must have": (
        {"steps": {"none": True}},
        "record-unknown-field",
        "column-unknown",
        "steps.none",
    ),
    "an amount that is a float": (
        {"members.0.income.0.amount": 0.5, "members.1.income.0.amount": 0.5},
        "record-float",
        "column-inexact",
        "members[].income[].amount",
    ),
}

NOT_OF_TABLES = {
    "record-file record-too-large record-encoding record-mark record-syntax record-depth record-duplicate-key "
    "record-not-a-number record-text": "a file or a JSON text that cannot be read",
    "record-path": "a change of a record",
    "record-more-faults": "a record with hundreds of faults; see test_a_row_with_hundreds_of_faults",
    "record-kind": "a record of another model",
    "record-month": "no field of these records is a month",
    "record-long-number": "whole numbers of the shipped records have bounds; see test_column_numbers",
}  # fmt: skip


@cache
def evaluator(program: str) -> Evaluator:
    return Rulebook.load(programs=[program]).evaluator(program, on="2016-04-01")


def rules(program: str) -> list[str]:
    return [rule.key for rule in evaluator(program).compiled.rules]


def changed(changes: Mapping[str, Any]) -> Data:
    data = copy.deepcopy(FAMILY)
    for path, value in changes.items():
        here: Any = data
        *steps, last = path.split(".")
        for step in steps:
            here = here[int(step)] if step.isdigit() else here[step]
        here[last] = value
    return data


def without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_null(held) for key, held in value.items() if held is not None}
    return [without_null(item) for item in value] if isinstance(value, list) else value


def table_of(rows: list[Data]) -> pa.RecordBatch:
    """The rows with every column that any of them has."""
    return pa.RecordBatch.from_struct_array(pa.array(rows))


def faults_of_record(data: Data, program: str) -> list[tuple[str, str, str, str]]:
    with pytest.raises(RecordError) as caught:
        evaluator(program).determine(Household.from_json(json.dumps(without_null(data))))
    return [(item.code, str(item.at), item.sentence(), item.sentence("zh")) for item in caught.value.problems]


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_the_record_refuses_is_refused_in_the_same_words(name: str) -> None:
    changes, code, field = ROWS[name]
    own = {"support_applications": "tekun", "a reference that says none where there must be one": "medical_assistance"}
    program = next((own[key] for key in (name, *changes) if key in own), "urban_dibao")
    data = changed(changes)
    expected = faults_of_record(data, program)
    assert expected[0][:2] == (code, f"$.{field}")
    found = evaluator(program).determine_columns(table_of([FAMILY, data, FAMILY]), rules=rules(program))
    columns = ("code", "field", "sentence", "sentence_zh")
    assert [(row["row"], *(row[name] for name in columns)) for row in found.rejects.to_pylist()] == [
        (1, *each) for each in expected
    ]
    assert found.determinations["row"].to_pylist() == [0, 2]


def test_everything_that_is_wrong_with_a_row_is_told_and_the_row_counts_once() -> None:
    """Two wrong rows of three; of the second four things are wrong, in the record, in a list, in a list within it."""
    wrong = {
        "asset_finding": "withn",
        "members.0.income.0.amount": "70.005",
        "members.1.id": "a",
        "members.1.birth_date": "1980-02-30",
    }
    data = changed(wrong)
    data["members"][1]["income"] = []
    found = evaluator("urban_dibao").determine_columns(table_of([FAMILY, data, changed({"asset_finding": "?"})]))
    assert [(row["row"], row["field"], row["code"]) for row in found.rejects.to_pylist()] == [
        (1, "$.asset_finding", "record-choice"),
        (1, "$.members[0].income[0].amount", "record-amount"),
        (1, "$.members[1].birth_date", "record-day"),
        (1, "$.members[1].id", "record-duplicate-id"),
        (2, "$.asset_finding", "record-choice"),
    ]
    assert found.determinations["row"].to_pylist() == [0]
    assert repr(found) == "<1 determinations, 2 rows refused>"


def test_a_row_with_hundreds_of_faults_has_the_first_ones_told_and_that_there_are_more() -> None:
    """A hundred members, three faults each, are 300: of them 200, and one line that says so."""
    wrong = {"relation": "hed", "registration": "urban", "birth_date": "1980-02-30"}
    data = changed({"members": [{"id": f"m{place}", **wrong} for place in range(100)]})
    found = evaluator("urban_dibao").determine_columns(table_of([data]))
    codes = found.rejects["code"].to_pylist()
    assert (len(codes), codes.count("record-more-faults"), set(found.rejects["row"].to_pylist())) == (201, 1, {0})


@pytest.mark.parametrize(
    ("kind", "wrong"), [(pa.date32(), -800_000), (pa.date32(), 3_000_000), (pa.string(), "0000-01-01")], ids=str
)
def test_a_day_that_no_calendar_has_refuses_its_row_and_no_other(kind: pa.DataType, wrong: Any) -> None:
    """Ages are counted from the day: -800,000 days from 1970 lie before the year 1, 3,000,000 after the year 9999."""
    born = pa.array(["1980-01-01", wrong, None]) if kind == pa.string() else pa.array([3652, wrong, None], pa.int32())
    days = born.cast(kind)
    members = pa.StructArray.from_arrays([pa.array(["a", "b", "c"]), days], ["id", "birth_date"])
    table = pa.record_batch({"members": pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), members)})
    found = evaluator("tekun").determine_columns(table, rules=rules("tekun"))
    assert [(row["row"], row["field"]) for row in found.rejects.to_pylist()] == [(1, "$.members[0].birth_date")]
    assert found.determinations["row"].to_pylist() == [0, 2]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_that_no_record_can_have_is_refused_as_a_whole(name: str) -> None:
    changes, code, column_code, column = COLUMNS[name]
    data = changed(changes)
    assert faults_of_record(data, "urban_dibao")[0][0] == code
    with pytest.raises(RecordError) as caught:
        evaluator("urban_dibao").determine_columns(table_of([data]))
    assert [(item.code, str(item.at)) for item in caught.value.problems] == [(column_code, column)]


def test_every_error_of_records_is_held_up() -> None:
    held = {code for _, code, _ in ROWS.values()} | {code for _, code, _, _ in COLUMNS.values()}
    elsewhere = {code for codes in NOT_OF_TABLES for code in codes.split()}
    of_records = {code for code in ERROR_TEXTS if re.match(r"record-(?!model-)", code)}
    assert of_records - held == elsewhere


SOUND: dict[str, Data] = {
    "an id of 40 characters": {"members.1.id": LONG[:40]},
    "the same id in two lists": {"bills": [{"id": "a"}], "hardships": [{"id": "a"}]},
    "an open item with its note": {"members.1.exclusions": [{"kind": OPEN, "local_rule": "rule 1"}]},
    "a day that says none, by itself": {"members.1.regular_recipient": {"start": "2015-01-01", "end": "none"}},
    "a yes with its note": {"members.1.lacks_capacity_by_local_rule": True, "members.1.capacity_rule": "rule 1"},
    "a hundred members": {"members": [{"id": f"m{place}"} for place in range(100)]},
}


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("batch_rows", [1, 3])
def test_what_the_record_accepts_is_determined(name: str, batch_rows: int) -> None:
    data = changed(SOUND[name])
    Household.from_json(json.dumps(data))
    batch = table_of([FAMILY, data, FAMILY])
    batches = [batch.slice(row, batch_rows) for row in range(0, 3, batch_rows)]
    found = evaluator("urban_dibao").determine_columns(pa.Table.from_batches(batches))
    assert (found.rejects.num_rows, found.determinations["row"].to_pylist()) == (0, [0, 1, 2])


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
)
def test_ids_are_compared_within_a_record_whatever_holds_the_texts(kind: pa.DataType) -> None:
    ids = [["a", "b"], ["a", "b"], ["b", "a", "b"], None, ["c"] * 12]
    person = pa.struct([("id", kind)])
    members = pa.array([None if one is None else [{"id": name} for name in one] for one in ids], pa.list_(person))
    for first in (0, 1):
        found = evaluator("urban_dibao").determine_columns(pa.record_batch({"members": members[first:]}))
        refused = [(row["row"] + first, row["field"]) for row in found.rejects.to_pylist()]
        assert refused == [(2, "$.members[2].id"), *((4, f"$.members[{place}].id") for place in range(1, 12))]


def test_ids_are_told_apart_by_more_than_how_they_end() -> None:
    """Ids that end alike, of one length, in one list; among them one that stands there twice, far apart."""
    names = [f"{place:03}-18" for place in range(60)]
    lists = [names, [*names, names[7]], ["a"], []]
    members = pa.array([[{"id": name} for name in one] for one in lists])
    found = evaluator("urban_dibao").determine_columns(pa.record_batch({"bills": members}))
    assert [(row["row"], row["field"]) for row in found.rejects.to_pylist()] == [(1, "$.bills[60].id")]


def test_a_household_written_twice_under_one_id_is_not_paid_twice() -> None:
    """Two times (480 - 100) would be 760."""
    person = {"id": "a", **MEMBER}
    once, twice = ({**FAMILY, "members": [person] * times} for times in (1, 2))
    found = evaluator("urban_dibao").determine_columns(table_of([once, twice]))
    assert [(row["row"], str(row["amount"])) for row in found.determinations.to_pylist()] == [(0, "380.00")]
    assert found.rejects["code"].to_pylist() == ["record-duplicate-id"]


def test_a_table_without_ids_is_determined() -> None:
    data = copy.deepcopy(FAMILY)
    for member in data["members"]:
        del member["id"]
    found = evaluator("urban_dibao").determine_columns(table_of([data, {**data, "asset_finding": "?"}]))
    # Income per person is (100 + 100) / 2; two recipients get 480 - 100 each.
    assert [str(row["amount"]) for row in found.determinations.to_pylist()] == ["760.00"]
    assert found.rejects["field"].to_pylist() == ["$.asset_finding"]
