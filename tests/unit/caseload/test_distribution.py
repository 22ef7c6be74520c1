"""The function that engines take: batches in, one row out for each row in; in this process and in others."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pyarrow as pa
import pytest

from civil_aid_rules import BatchDeterminer, Rulebook, batch_determiner
from tests.unit.caseload.population_homes import DECIDED, HOMES, ON, REFUSED, rulebook

TABLE = pa.Table.from_pylist(HOMES)


@pytest.fixture(scope="module")
def determine() -> BatchDeterminer:
    return batch_determiner(rulebook(), "lamp_oil", on=ON, keep=["key"])


def check(rows: list[dict[str, object]]) -> None:
    """The rows of all homes, worked out by hand."""
    assert len(rows) == len(HOMES)
    decided = [row for row in rows if row["status"] is not None]
    amounts = [None if row["amount"] is None else str(row["amount"]) for row in decided]
    assert [(row["row"], row["key"], row["status"]) for row in decided] == [item[:3] for item in DECIDED]
    assert amounts == [amount for *_, amount in DECIDED]
    assert [(row["row"], row["field"]) for row in rows if row["status"] is None] == REFUSED
    assert all(row["sentence"] is None and row["code"] is None for row in decided)


def test_batches_give_one_row_for_each_row_in_their_order(determine: BatchDeterminer) -> None:
    found = list(determine(iter(TABLE.to_batches(max_chunksize=3))))
    assert [batch.num_rows for batch in found] == [3, 3, 2]
    rows = [row for batch in found for row in batch.to_pylist()]
    assert [row["row"] for row in rows] == list(range(8))
    check(rows)


def test_the_schema_is_that_of_every_batch_and_holds_no_dictionary(determine: BatchDeterminer) -> None:
    batches = [*determine(iter(TABLE.to_batches())), *determine(iter(TABLE.slice(0, 2).to_batches()))]
    for batch in batches:
        assert batch.schema == determine.schema_of(TABLE.schema)
    assert determine.schema_of(TABLE.schema).names == [
        "row", "status", "amount", "reasons", "key", "field", "code", "sentence", "sentence_zh",
    ]  # fmt: skip
    assert determine.schema_of(TABLE.schema).field("status").type == pa.string()
    assert determine.schema_of(TABLE.schema).field("reasons").type == pa.list_(pa.string())


def test_a_row_with_several_faults_stays_one_row_that_names_each_on_a_line(determine: BatchDeterminer) -> None:
    rows = {"key": ["a", "b"], "income": ["70.005", "70"], "rooms": [10**15, 2], "jurisdiction": [None, "easterby"]}
    (found,) = determine(iter(pa.table(rows).to_batches()))
    assert found["row"].to_pylist() == [0, 1]
    assert found["field"].to_pylist() == ["$.income\n$.rooms", "$.jurisdiction"]
    assert found["code"].to_pylist() == ["record-amount\nrecord-long-number", "jurisdiction-unknown"]
    assert [said.count("\n") for said in found["sentence_zh"].to_pylist()] == [1, 0]


def test_no_batch_gives_no_batch_and_a_batch_of_no_rows_none(determine: BatchDeterminer) -> None:
    assert list(determine(iter([]))) == []
    assert list(determine(iter(TABLE.slice(0, 0).to_batches()))) == []


def test_the_function_is_pure_and_pickles(determine: BatchDeterminer) -> None:
    again = pickle.loads(pickle.dumps(determine))
    assert list(again(iter(TABLE.to_batches()))) == list(determine(iter(TABLE.to_batches())))
    assert list(determine(iter(TABLE.to_batches()))) == list(determine(iter(TABLE.to_batches())))


def _in_a_process(determine: BatchDeterminer, batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    return list(determine(iter(batches)))


def test_a_process_pool_gives_the_same_as_one_process(determine: BatchDeterminer) -> None:
    halves = [TABLE.slice(0, 4).to_batches(), TABLE.slice(4).to_batches()]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        first, second = pool.map(_in_a_process, [determine] * 2, halves)
    rows = [row for batch in first for row in batch.to_pylist()]
    rows += [{**row, "row": row["row"] + 4} for batch in second for row in batch.to_pylist()]
    check(rows)
    assert rows == [row for batch in determine(iter(TABLE.to_batches())) for row in batch.to_pylist()]


def test_the_rules_may_be_named_by_their_folder_or_be_those_shipped() -> None:
    family = {"members": [{"id": "m1", "registration": "non_agricultural"}], "asset_finding": "exceeds"}
    shipped = batch_determiner(None, "urban_dibao", on="2016-04-01")
    batches: Iterator[pa.RecordBatch] = iter(pa.Table.from_pylist([family]).to_batches())
    assert [row["status"] for batch in shipped(batches) for row in batch.to_pylist()] == ["ineligible"]
    assert isinstance(shipped.asked.question.rulebook, Rulebook)
