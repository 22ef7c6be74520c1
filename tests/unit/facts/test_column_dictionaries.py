"""Columns of dictionaries: null among the values, indices beyond them, texts that are no UTF-8; two of one name."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook, batch_determiner
from civil_aid_rules.errors import RecordError
from civil_aid_rules.evaluator import Evaluator

MEMBER = {
    "relation": "head",
    "registration": "non_agricultural",
    "lives_with_family": True,
    "exclusions": [],
    "income": [],
}


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")


def coded(indices: list[int | None], values: list[Any], kind: pa.DataType) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(indices, kind), pa.array(values, pa.string()), safe=False)


def table(finding: pa.Array) -> pa.RecordBatch:
    """A person without income in each household: 480 are paid where the finding is within."""
    return pa.record_batch({"members": pa.array([[MEMBER]] * len(finding)), "asset_finding": finding})


KINDS = [pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.uint64()]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_null_in_a_dictionary_is_not_known(evaluator: Evaluator, kind: pa.DataType) -> None:
    found = evaluator.determine_columns(table(coded([0, 1, None, 2], ["within", None, "exceeds"], kind)))
    assert found.determinations["status"].to_pylist() == ["eligible", "undetermined", "undetermined", "ineligible"]
    assert found.rejects.num_rows == 0


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_an_index_beyond_the_dictionary_refuses_its_row(evaluator: Evaluator, kind: pa.DataType) -> None:
    far = 100 if pa.types.is_int8(kind) else 255 if pa.types.is_uint8(kind) else 256
    indices = [0, 2, far, None, -1 if pa.types.is_signed_integer(kind) else 3]
    found = evaluator.determine_columns(table(coded(indices, ["within", "exceeds"], kind)))
    assert found.determinations["row"].to_pylist() == [0, 3]
    refused = found.rejects.to_pylist()
    assert [(row["row"], row["field"], row["code"]) for row in refused] == [
        (row, "$.asset_finding", "column-memory") for row in (1, 2, 4)
    ]
    assert refused[0]["sentence"] == (
        "this column cannot be read: an index beyond the dictionary; its memory needs indices of the dictionary"
    )
    assert refused[0]["sentence_zh"] == "该列无法读取：超出字典的索引；其内存须字典内的索引"


def test_a_row_that_does_not_exist_may_have_any_index(evaluator: Evaluator) -> None:
    """What stands behind a group or an entry that is null is nobody's."""
    kinds = coded([0, 99], ["disrepair"], pa.int8())
    stop = pa.StructArray.from_arrays(
        [coded([0, 99], ["own_wish"], pa.int8())], ["reason"], mask=pa.array([False, True])
    )
    assert len(kinds) == 2
    batch = table(pa.array(["within", "within"])).append_column("stop", stop)
    found = evaluator.determine_columns(batch)
    assert found.rejects.num_rows == 0


@pytest.mark.parametrize("name", ["id", "name", "relation"])
def test_an_index_beyond_is_found_in_lists_whether_a_rule_reads_them_or_not(evaluator: Evaluator, name: str) -> None:
    person = pa.StructArray.from_arrays([coded([0, 0, 5], ["head"], pa.int8())], [name])
    members = pa.ListArray.from_arrays(pa.array([0, 1, 3], pa.int32()), person)
    found = evaluator.determine_columns(pa.record_batch({"members": members}))
    refused = [(row["row"], row["field"], row["code"]) for row in found.rejects.to_pylist()]
    assert refused == [(1, f"$.members[1].{name}", "column-memory")]


def test_a_jurisdiction_with_a_broken_index_refuses_its_row_where_each_row_has_its_own_rules() -> None:
    determine = batch_determiner(None, "urban_dibao", on="2016-04-01")
    batch = table(pa.array(["within"] * 3))
    batch = batch.append_column("jurisdiction", coded([None, 4, 0], ["example_county"], pa.int8()))
    (found,) = determine(iter([batch]))
    assert found.column("code").to_pylist() == [None, "column-memory", None]
    assert found.column("field").to_pylist() == [None, "$.jurisdiction", None]


@pytest.mark.parametrize("name", ["kind", "amount", "start"])
def test_bytes_that_are_no_text_refuse_their_row(evaluator: Evaluator, name: str) -> None:
    good = {"kind": b"wages", "amount": b"5", "start": b"2015-01-01"}[name]
    texts = pa.array([good, b"\xff\xfe"], pa.binary()).view(pa.string())
    one = pa.array([0, 1, 2], pa.int32())
    person = pa.StructArray.from_arrays(
        [pa.ListArray.from_arrays(one, pa.StructArray.from_arrays([texts], [name]))], ["income"]
    )
    found = evaluator.determine_columns(pa.record_batch({"members": pa.ListArray.from_arrays(one, person)}))
    refused = [(row["row"], row["field"], row["code"]) for row in found.rejects.to_pylist()]
    assert refused == [(1, f"$.members[0].income[0].{name}", "column-memory")]


def person_with(names: list[str]) -> pa.Array:
    person = pa.StructArray.from_arrays([pa.array(["head"])] * len(names), names)
    return pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), person)


def group_with(names: list[str]) -> pa.Array:
    return pa.StructArray.from_arrays([pa.array(["own_wish"])] * len(names), names)


TWICE = {
    "columns": (["asset_finding"] * 2, [pa.array(["within"]), pa.array(["exceeds"])], "asset_finding"),
    "fields of entries": (["members"], [person_with(["relation", "relation"])], "members[].relation"),
    "fields of a group": (["stop"], [group_with(["reason", "reason"])], "stop.reason"),
}


@pytest.mark.parametrize("name", TWICE)
def test_two_columns_of_one_name_are_refused(evaluator: Evaluator, name: str) -> None:
    names, columns, at = TWICE[name]
    with pytest.raises(RecordError) as caught:
        evaluator.determine_columns(pa.RecordBatch.from_arrays(columns, names))
    last = at.rpartition(".")[2]
    assert caught.value.text("en") == (
        f"{at}: column-twice: two columns are named {last}; leave one of them out, or rename it"
    )
    assert caught.value.text("zh") == f"{at}: column-twice: 有两列都名为 {last}；请去掉其中一列或改名"
