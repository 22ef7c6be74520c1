"""What is wrong with a table, as one sentence that names the column; what is wrong with a row, in the rejects."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook
from civil_aid_rules.errors import EvaluationError, RecordError
from civil_aid_rules.evaluator import Evaluator


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")


def members(name: str, values: list[Any], kind: pa.DataType | None = None) -> pa.Table:
    """A household for each value, of one member with one income item that has it."""
    item = pa.StructArray.from_arrays([pa.array(values, kind)], [name])
    offsets = pa.array(range(len(values) + 1), pa.int32())
    person = pa.StructArray.from_arrays([pa.ListArray.from_arrays(offsets, item)], ["income"])
    return pa.table({"members": pa.ListArray.from_arrays(offsets, person)})


NOON = datetime.datetime(2016, 1, 1, 12)

WHOLE = {
    "texts": (
        pa.table({"asset_finding": [1]}),
        "asset_finding: column-type: this column holds int64; its field takes texts",
        "asset_finding: column-type: 该列为 int64；此字段应为文本",
    ),
    "amounts": (
        members("amount", [True]),
        "members[].income[].amount: column-type: this column holds bool; its field takes "
        "decimal128(…, 2), whole numbers or texts",
        "members[].income[].amount: column-type: 该列为 bool；此字段应为 decimal128(…, 2)、整数或文本",
    ),
    "NaN": (
        members("amount", [float("nan")]),
        "members[].income[].amount: column-inexact: this column holds double, which is not exact and may be NaN; "
        "write decimal128(…, 2), whole numbers or texts",
        "members[].income[].amount: column-inexact: 该列为 double，不精确且可能含 NaN；"
        "请写为 decimal128(…, 2)、整数或文本",
    ),
    "time zone": (
        members("start", [NOON], pa.timestamp("us", tz="Asia/Shanghai")),
        "members[].income[].start: column-timezone: this column holds timestamp[us, tz=Asia/Shanghai]: "
        "a day has no time zone; write date32, or texts YYYY-MM-DD",
        "members[].income[].start: column-timezone: 该列为 timestamp[us, tz=Asia/Shanghai]：日期没有时区；"
        "请写为 date32 或 YYYY-MM-DD 文本",
    ),
    "unknown": (
        members("amuont", ["900"]),
        "members[].income[].amuont: column-unknown: no field is named amuont; did you mean amount?",
        "members[].income[].amuont: column-unknown: 没有名为 amuont 的字段；是不是 amount？",
    ),
    "no list": (
        pa.table({"members": ["m1"]}),
        "members: column-type: this column holds string; its field takes list<struct<…>>",
        "members: column-type: 该列为 string；此字段应为 list<struct<…>>",
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_column_that_cannot_be_read_is_named_in_one_sentence(evaluator: Evaluator, name: str) -> None:
    table, en, zh = WHOLE[name]
    with pytest.raises(RecordError) as caught:
        evaluator.determine_columns(table)
    assert (caught.value.text("en"), caught.value.text("zh")) == (en, zh)


def test_offsets_that_do_not_match_are_a_fault_of_the_column(evaluator: Evaluator) -> None:
    person = pa.StructArray.from_arrays([pa.array([True, True, True])], ["lives_with_family"])
    offsets = pa.py_buffer(np.array([0, 3, 2], np.int32))
    broken = pa.Array.from_buffers(pa.list_(person.type), 2, [None, offsets], children=[person])
    with pytest.raises(RecordError) as caught:
        evaluator.determine_columns(pa.RecordBatch.from_arrays([broken], ["members"]))
    assert caught.value.text("en") == (
        "members: column-memory: this column cannot be read: offsets that do not match; "
        "its memory needs lengths and offsets that match"
    )


ROWS = {
    "three decimals": (members("amount", [Decimal("1.005")], pa.decimal128(10, 3)), "members[0].income[0].amount"),
    "three decimals as text": (members("amount", ["1.005"]), "members[0].income[0].amount"),
    "below zero": (members("amount", [Decimal("-1.00")], pa.decimal128(10, 2)), "members[0].income[0].amount"),
    "beyond 64 bits": (members("amount", [Decimal(2) ** 70], pa.decimal128(38, 2)), "members[0].income[0].amount"),
    "too much": (members("amount", [10**10 + 1]), "members[0].income[0].amount"),
    "no amount": (members("amount", ["much"]), "members[0].income[0].amount"),
    "an early day": (members("start", [datetime.date(1899, 12, 31)]), "members[0].income[0].start"),
    "a late day": (members("start", [datetime.date(3000, 1, 1)]), "members[0].income[0].start"),
    "no such day": (members("start", ["2015-02-30"]), "members[0].income[0].start"),
    "a moment": (members("start", [NOON]), "members[0].income[0].start"),
    "no choice": (members("kind", ["wage"]), "members[0].income[0].kind"),
    "no choice in a dictionary": (
        members("kind", ["wage"], pa.dictionary(pa.int8(), pa.string())),
        "members[0].income[0].kind",
    ),
    "no members": (pa.table({"members": pa.array([[]], pa.list_(pa.struct([("id", pa.string())])))}), "members"),
    "an entry that is null": (
        pa.table({"members": pa.array([[None]], pa.list_(pa.struct([("id", pa.string())])))}),
        "members[0]",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_goes_to_the_rejects_and_the_others_are_determined(evaluator: Evaluator, name: str) -> None:
    bad, field = ROWS[name]
    empty = pa.table(
        {name: pa.nulls(2, column.type) for name, column in zip(bad.schema.names, bad.columns, strict=True)}
    )
    found = evaluator.determine_columns(pa.concat_tables([empty, bad, empty]))
    (refused,) = found.rejects.to_pylist()
    assert (refused["row"], refused["field"]) == (2, f"$.{field}")
    assert refused["sentence"] and refused["sentence_zh"]
    assert found.determinations["row"].to_pylist() == [0, 1, 3, 4]
    assert found.determinations["status"].to_pylist() == ["undetermined"] * 4


def test_a_row_of_another_jurisdiction_is_refused(evaluator: Evaluator) -> None:
    found = evaluator.determine_columns(pa.table({"jurisdiction": ["example_county", None]}))
    assert [(row["row"], row["code"]) for row in found.rejects.to_pylist()] == [(0, "record-jurisdiction")]
    assert found.determinations["row"].to_pylist() == [1]


def test_a_rule_that_there_is_not_is_named(evaluator: Evaluator) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluator.determine_columns(pa.table({"asset_finding": ["within"]}), rules=["per_capita_incme"])
    assert caught.value.text("en").startswith("rules: column-rule: there is no rule per_capita_incme; did you mean")
