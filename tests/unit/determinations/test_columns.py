"""Tables of households: what comes out of `Evaluator.determine_columns`, worked out by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook
from civil_aid_rules.determinations.columns import determine_batch
from civil_aid_rules.errors import EvaluationError
from civil_aid_rules.evaluator import Evaluator

WAGES = {"kind": "wages", "amount": Decimal("900.00"), "period": "month", "start": "2014-07-01"}
MEMBER = {"registration": "non_agricultural", "lives_with_family": True, "exclusions": [], "income": []}
FAMILY: dict[str, Any] = {
    "members": [
        {"id": "m1", **MEMBER, "relation": "head", "income": [WAGES]},
        {"id": "m2", **MEMBER, "relation": "spouse"},
        {"id": "m3", **MEMBER, "relation": "child"},
    ],
    "assets": [],
    "asset_finding": "within",
}


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")


def test_a_row_is_determined_a_bad_row_is_refused_and_all_are_counted(evaluator: Evaluator) -> None:
    unknown = {"asset_finding": "within"}
    bad = {**FAMILY, "asset_finding": "withn"}
    source = pa.Table.from_pylist([FAMILY, unknown, bad, {**FAMILY, "asset_finding": "exceeds"}])
    found = evaluator.determine_columns(source)
    # Income per person is 900 / 3 = 300; three recipients get 480 - 300 = 180 each.
    assert found.determinations.to_pylist() == [
        {
            "row": 0,
            "status": "eligible",
            "amount": Decimal("540.00"),
            "reasons": ["has_counted_members", "has_recipients", "below_standard", "asset_bar"],
        },
        {
            "row": 1,
            "status": "undetermined",
            "amount": None,
            "reasons": ["has_counted_members", "has_recipients", "below_standard"],
        },
        {"row": 3, "status": "ineligible", "amount": Decimal("0.00"), "reasons": ["asset_bar"]},
    ]
    assert [(row["row"], row["field"], row["code"]) for row in found.rejects.to_pylist()] == [
        (2, "$.asset_finding", "record-choice")
    ]
    assert len(found) + found.rejects.num_rows == source.num_rows
    assert pa.table(found).num_rows == 3


def test_a_batch_gives_what_was_decided_and_what_was_refused_by_the_rows_of_the_source(evaluator: Evaluator) -> None:
    batch = pa.RecordBatch.from_pylist([{"key": "a", **FAMILY}, {"key": "b", **FAMILY, "asset_finding": "?"}])
    accepted, refused = determine_batch(evaluator.columns(keep=["key"]), batch, first_row=70)
    assert accepted.select(["row", "key", "amount"]).to_pylist() == [
        {"row": 70, "key": "a", "amount": Decimal("540.00")}
    ]
    assert refused.column("row").to_pylist() == [71]


def test_what_was_decided_stays_while_other_batches_are_decided_at_the_same_time(evaluator: Evaluator) -> None:
    """Batches of one program share memory that is written over; no two may at once, and results lie outside of it."""
    poor = {**FAMILY, "members": FAMILY["members"][1:]}  # two without income: 480 each
    families = {Decimal("540.00"): FAMILY, Decimal("960.00"): poor}
    batches = {
        (amount, size): pa.RecordBatch.from_pylist([family] * size)
        for amount, family in families.items()
        for size in (1, 500, 20_000)
    }
    prepared = evaluator.columns(rules=["per_capita_income"])
    asked = list(batches) * 4
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda key: determine_batch(prepared, batches[key])[0], asked))
    for (amount, size), decided in zip(asked, found, strict=True):
        assert decided.column("amount").to_pylist() == [amount] * size
        income = 0 if amount == 960 else 300
        assert [value["n"] / value["d"] for value in decided.column("per_capita_income").to_pylist()] == [income] * size


def test_without_the_libraries_the_error_says_what_to_install(
    evaluator: Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EvaluationError) as caught:
        evaluator.determine_columns(pa.table({}))
    (item,) = caught.value.problems
    assert item.code == "library-missing"
    assert item.sentence("en") == (
        'tables need the library numpy, which is not installed; type pip install "civil-aid-rules[columnar]"'
    )
    assert item.sentence("zh") == '处理表格需要 numpy 库，尚未安装；请运行 pip install "civil-aid-rules[columnar]"'
