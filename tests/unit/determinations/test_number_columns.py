"""The values of named rules that are large: exact in 64 bits, in 128, or as text; never wrapped, never cut."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from civil_aid_rules import Rulebook
from civil_aid_rules.determinations.columns import determine_batch, prepare_columns
from civil_aid_rules.errors import EvaluationError
from tests.conformance.cases import cases_in
from tests.conformance.record import Record

BIG = 999_999_999_999_999
"""10^15 - 1, the largest whole number of a record."""

RULES = {
    "thousandfold": {"type": "ISL/month", "is": "monthly * 1000"},
    "product": {"type": "number", "is": "a * b"},
    "digits_38": {"type": "number", "is": "a * b * 100000000"},
    "digits_39": {"type": "number", "is": "a * b * 100000000 * 10"},
    "cube": {"type": "number", "is": "a * b * c"},
    "money_of_51_digits": {"type": "ISL/month", "is": "monthly * a * b * 10000"},
    "millionth": {"type": "number", "is": "a * tiny / b", "if_zero": "undefined"},
    "share": {"type": "number", "is": "a * b * c / (b * b)", "if_zero": "undefined"},
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    group = {"cases": [{"record": {}, "expect": {}}], "rules": RULES, "parameters": {"tiny": "0.000001"}}
    (case,) = cases_in(yaml.safe_dump([group]), "large")
    root: Path = case.group.write(tmp_path_factory.mktemp("large"))
    return Rulebook.load(root, records={"record": Record})


def column(book: Rulebook, rule: str, rows: list[dict[str, int]]) -> tuple[pa.DataType, list[Any]]:
    batch = pa.RecordBatch.from_struct_array(pa.array(rows))
    found = book.evaluator("conformance", on="2016-04-01").determine_columns(batch, rules=[rule])
    assert found.rejects.num_rows == 0
    return found.determinations.schema.field(rule).type, found.determinations[rule].to_pylist()


NINES = str(BIG * BIG)
"""(10^15 - 1)² = 10^30 - 2 · 10^15 + 1."""


def test_the_square_of_the_largest_number_by_hand() -> None:
    assert NINES == "9" * 14 + "8" + "0" * 14 + "1"


VALUES: dict[str, tuple[pa.DataType, list[dict[str, int]], list[Any]]] = {
    "thousandfold": (
        pa.decimal128(38, 2),
        [{"monthly": 5}, {"monthly": BIG}, {"monthly": -BIG}, {}],
        [Decimal("5000.00"), Decimal(f"{BIG}000.00"), Decimal(f"-{BIG}000.00"), None],
    ),
    "product": (
        pa.decimal128(38, 0),
        [{"a": 3, "b": 7}, {"a": BIG, "b": -BIG}, {"a": BIG}, {"a": 2**32, "b": 1000}],
        [Decimal(21), Decimal(f"-{NINES}"), None, Decimal("4294967296000")],
    ),
    "digits_38": (
        pa.decimal128(38, 0),
        [{"a": BIG, "b": BIG}, {"a": -1, "b": 1}],
        [Decimal(f"{NINES}00000000"), Decimal(-100_000_000)],
    ),
    "digits_39": (
        pa.string(),
        [{"a": BIG, "b": BIG}, {"a": -1, "b": 1}, {}],
        [f"{NINES}000000000", "-1000000000", None],
    ),
    "cube": (pa.string(), [{"a": 2, "b": -3, "c": 7}, {"a": BIG, "b": 1, "c": 1}], ["-42", str(BIG)]),
    "money_of_51_digits": (
        pa.string(),
        [{"monthly": BIG, "a": BIG, "b": 1}, {"monthly": -1, "a": 1, "b": 1}, {}],
        [f"{NINES}0000.00", "-10000.00", None],
    ),
    "millionth": (
        pa.struct([("n", pa.decimal128(38, 0)), ("d", pa.decimal128(38, 0))]),
        # 3 / (7 · 10^6); 10^15 - 1 = 3 · 333333333333333.
        [{"a": 3, "b": 7}, {"a": 3, "b": BIG}, {"a": -1, "b": 1}, {"a": 1}],
        [
            {"n": Decimal(3), "d": Decimal(7_000_000)},
            {"n": Decimal(1), "d": Decimal(333_333_333_333_333_000_000)},
            {"n": Decimal(-1), "d": Decimal(1_000_000)},
            None,
        ],
    ),
    "share": (
        pa.struct([("n", pa.string()), ("d", pa.string())]),
        [{"a": 3, "b": 7, "c": 1}, {"a": BIG, "b": BIG, "c": BIG}, {"a": 1, "b": -2, "c": 1}, {"a": 1, "b": 2}],
        [{"n": "3", "d": "7"}, {"n": str(BIG), "d": "1"}, {"n": "-1", "d": "2"}, None],
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", VALUES)
def test_a_rule_has_its_exact_value_however_large(book: Rulebook, rule: str) -> None:
    kind, rows, values = VALUES[rule]
    assert column(book, rule, rows) == (kind, values)


@pytest.mark.parametrize("rule", VALUES)
def test_a_small_value_is_the_same_alone_and_beside_a_large_one(book: Rulebook, rule: str) -> None:
    _, rows, values = VALUES[rule]
    for row, value in zip(rows, values, strict=True):
        nothing: dict[str, Any] = dict.fromkeys(("a", "b", "c", "monthly"))
        batch = pa.RecordBatch.from_pylist([{**nothing, **row}], pa.schema([(name, pa.int64()) for name in nothing]))
        found = book.evaluator("conformance", on="2016-04-01").determine_columns(batch, rules=[rule])
        assert found.determinations[rule].to_pylist() == [value]


def test_a_payment_that_no_column_holds_is_refused_when_it_is_asked_for(book: Rulebook) -> None:
    compiled = book.evaluator("conformance", on="2016-04-01").compiled
    vocabulary = book.vocabularies["record"]

    def paying(name: str) -> Any:
        rule = compiled.rule(name)
        assert rule is not None
        program = replace(compiled, outcome=replace(compiled.outcome, payment=rule.slot))
        return prepare_columns(program, vocabulary, Record)

    with pytest.raises(EvaluationError) as caught:
        paying("money_of_51_digits")
    assert [(item.code, str(item.at)) for item in caught.value.problems] == [
        ("column-large", "conformance.money_of_51_digits")
    ]
    assert caught.value.problems[0].sentence("zh") == (
        "money_of_51_digits 为发放金额，可能大到任何列都容纳不下；应为小数点前不超过 36 位"
    )
    decided, _ = determine_batch(paying("thousandfold"), pa.record_batch({"monthly": [BIG]}))
    assert decided.num_rows == 1
