"""Columns that go along into the results, and the names of those: none is lost, none stands there twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook, batch_determiner
from civil_aid_rules.errors import EvaluationError, RecordError
from civil_aid_rules.evaluator import Evaluator

MEMBER = {
    "relation": "head",
    "registration": "non_agricultural",
    "lives_with_family": True,
    "exclusions": [],
    "income": [],
}
FAMILY: dict[str, Any] = {"household_id": "C-01", "members": [MEMBER], "asset_finding": "within"}


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")


def test_a_field_that_is_kept_is_read_as_well(evaluator: Evaluator) -> None:
    rows = [FAMILY, {**FAMILY, "asset_finding": "exceeds"}, {**FAMILY, "asset_finding": "?"}]
    found = evaluator.determine_columns(pa.Table.from_pylist(rows), keep=["asset_finding", "household_id"])
    # Nobody earns anything: the standard of 480 is paid where the finding allows it.
    assert [(row["amount"], row["asset_finding"]) for row in found.determinations.to_pylist()] == [
        (Decimal("480.00"), "within"),
        (Decimal("0.00"), "exceeds"),
    ]
    assert found.rejects["field"].to_pylist() == ["$.asset_finding"]


def test_a_jurisdiction_that_is_kept_is_looked_at(evaluator: Evaluator) -> None:
    rows = [{**FAMILY, "jurisdiction": "example_county"}]
    found = evaluator.determine_columns(pa.Table.from_pylist(rows), keep=["jurisdiction", "household_id"])
    assert found.rejects["code"].to_pylist() == ["record-jurisdiction"]


def test_a_column_to_keep_that_is_not_there_is_named(evaluator: Evaluator) -> None:
    for rows in ([FAMILY], []):
        table = pa.Table.from_pylist(rows, pa.Table.from_pylist([FAMILY]).schema)
        with pytest.raises(RecordError) as caught:
            evaluator.determine_columns(table, keep=["houshold_id", "household_id"])
        assert caught.value.text("en") == (
            "keep: column-kept: there is no column houshold_id to keep; did you mean household_id?"
        )
        assert caught.value.text("zh") == "keep: column-kept: 没有可保留的列 houshold_id；是不是 household_id？"


def test_a_column_to_keep_that_is_there_twice_is_refused(evaluator: Evaluator) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], ["key", "key"])
    with pytest.raises(RecordError) as caught:
        evaluator.determine_columns(batch, keep=["key"])
    assert [(item.code, str(item.at)) for item in caught.value.problems] == [("column-twice", "key")]


@pytest.mark.parametrize(
    ("rules", "keep", "name"),
    [
        (["per_capita_income"] * 2, [], "per_capita_income"),
        ([], ["household_id"] * 2, "household_id"),
        ([], ["status"], "status"),
        (["per_capita_income"], ["per_capita_income"], "per_capita_income"),
    ],
)
def test_two_columns_of_one_name_are_refused_when_they_are_asked_for(
    evaluator: Evaluator, rules: list[str], keep: list[str], name: str
) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluator.columns(rules=rules, keep=keep)
    assert caught.value.text("en") == (
        f"columns: column-twice: two columns are named {name}; ask for each once, or rename the column of the source"
    )
    assert caught.value.text("zh") == f"columns: column-twice: 有两列都名为 {name}；每项只要求一次，或改来源列名"


def test_where_results_and_refused_rows_stand_in_one_table_their_names_are_all_taken() -> None:
    with pytest.raises(EvaluationError) as caught:
        batch_determiner(None, "urban_dibao", on="2016-04-01", keep=["code"])
    assert [item.found for item in caught.value.problems] == ["code"]


def test_a_table_of_no_rows_is_held_against_the_record_too(evaluator: Evaluator) -> None:
    schema = pa.schema([("household_id", pa.string()), ("asset_finding", pa.string())])
    for source in (pa.table([[], []], schema), pa.RecordBatchReader.from_batches(schema, [])):
        found = evaluator.determine_columns(source, keep=["household_id"])
        assert found.determinations.schema.names == ["row", "status", "amount", "reasons", "household_id"]
    with pytest.raises(RecordError) as caught:
        evaluator.determine_columns(pa.RecordBatchReader.from_batches(schema, []))
    assert [(item.code, str(item.at)) for item in caught.value.problems] == [("column-unknown", "household_id")]
