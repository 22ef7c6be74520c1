"""A determination as data: JSON out and in, equality, pickling, tables, and the JSON Schemas of results and receipts.

After a change of the models: UPDATE_GOLDEN=1 pytest tests/unit/receipts/test_result_json.py, then read the difference.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from civil_aid_rules.caseload.over_time.arrears import ArrearsResult
from civil_aid_rules.caseload.over_time.schedule import ScheduleResult
from civil_aid_rules.determination import Determination
from civil_aid_rules.determinations.entitlements import EntitlementsResult
from civil_aid_rules.determinations.result import Margin, Payment, Result, read_value_text
from civil_aid_rules.errors import CivilAidError, ReceiptError
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.quantities.numbers import exact_text, read_exact_text
from civil_aid_rules.recalculation import replay_all
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.replayed import Replay
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.read import read_record_node
from civil_aid_rules.testing.examples import read_examples
from tests.packs.islandia_record import Hearth
from tests.packs.test_islandia import CHILDREN, SPOUSES
from tests.unit.receipts.islandia import PROGRAM, hearth, islandia
from tests.unit.receipts.worked import THREE, urban_dibao

SCHEMAS = Path(__file__).parents[3] / "docs" / "reference" / "schema"
MODELS: dict[str, type[BaseModel]] = {
    "result": Result,
    "receipt": Receipt,
    "entitlements": EntitlementsResult,
    "schedule": ScheduleResult,
    "arrears": ArrearsResult,
}


@pytest.fixture(scope="module")
def family() -> Determination:
    return islandia().evaluator(PROGRAM, on="2012-05-01").determine(hearth())


@pytest.fixture(scope="module")
def children() -> Determination:
    return islandia().evaluator("child_grant", on="2012-05-01").determine(hearth(CHILDREN))


def examples() -> Iterator[Determination]:
    """Every worked example of Islandia, determined."""
    for pack in islandia().packs.packs.values():
        for path in pack.examples:
            for block, node in read_examples(path, path.name):
                book = islandia()
                for overlay in block.overlays:
                    book = book.with_overlay(overlay)
                known_on = None if block.known_on is None else str(block.known_on)
                evaluator = book.evaluator(
                    block.program, on=str(block.on), known_on=known_on, jurisdiction=block.jurisdiction
                )
                yield evaluator.determine(read_record_node(node, Hearth))


# JSON out and in.


def test_every_worked_example_comes_back_equal_from_json_and_some_are_replayed() -> None:
    """With and without the trace; every seventh, kept as a receipt, is computed again."""
    kept: list[str] = []
    for determination in examples():
        plain = Result.model_validate_json(determination.to_json())
        assert plain == determination and determination == plain and plain == determination.result
        traced = determination.to_json(trace=True)
        assert Result.model_validate_json(traced).model_dump_json() == traced
        kept.append(determination.receipt(decided_at="2014-01-01").to_json())
    assert len(kept) > 80
    replayed = list(replay_all(kept[::7], islandia()))
    assert [item for item in replayed if not isinstance(item, Replay) or not item.matches] == []


def test_the_json_holds_no_record_and_the_trace_only_when_asked(family: Determination) -> None:
    named = urban_dibao().evaluator("urban_dibao", on="2016-04-01").determine(Household.from_json(THREE))
    assert "张三" not in named.to_json(trace=True) and "110101199001011234" not in named.to_json(trace=True)
    assert json.loads(family.to_json())["steps"] is None
    assert len(json.loads(family.to_json(trace=True))["steps"]) == len(family.trace)


def test_a_result_read_back_gives_its_values_exactly(children: Determination) -> None:
    read = Result.model_validate_json(children.to_json())
    assert read["grant"] == {"$.children[0]": Fraction(45, 2), "$.children[1]": 0, "$.children[2]": UNKNOWN}


@pytest.mark.parametrize(
    "ask",
    [
        lambda read: read.trace,
        lambda read: read.explain(),
        lambda read: read.explain(language="zh", format="html"),
        lambda read: read.receipt(),
        lambda read: read.record,
        lambda read: read.evaluation,
        lambda read: read.to_json(trace=True),
    ],
)
def test_a_result_read_back_without_its_record_says_what_it_lacks(
    family: Determination, ask: Callable[[Determination], object]
) -> None:
    read = Determination.model_validate_json(family.to_json())
    with pytest.raises(ReceiptError) as caught:
        ask(read)
    assert caught.value.code == "result-without-record"
    assert "evaluator.determine(record)" in caught.value.text() and "家庭记录" in caught.value.text("zh")


def test_a_result_read_back_still_shows_itself_and_compares(family: Determination) -> None:
    read = Determination.model_validate_json(family.to_json())
    assert "120.00" in read._repr_html_() and str(read) == str(family)
    assert read.compare(family).same_outcome


def test_an_unknown_field_or_a_float_in_a_result_is_refused(family: Determination) -> None:
    for change in ({"approved": True}, {"record_digest": 1.5}):
        with pytest.raises(ValidationError):
            Result.model_validate_json(json.dumps({**json.loads(family.to_json()), **change}))


# Equality, pickling, tables.


def test_determinations_are_equal_when_their_results_are(family: Determination) -> None:
    again = islandia().evaluator(PROGRAM, on="2012-05-01").determine(hearth())
    other = islandia().evaluator(PROGRAM, on="2012-07-01").determine(hearth())
    assert again == family and hash(again) == hash(family) == hash(family.result)
    assert other != family and family != other
    assert len({again, family, other}) == 2


def test_evaluators_results_and_determinations_survive_pickling(family: Determination) -> None:
    evaluator = islandia().evaluator(PROGRAM, on="2012-05-01", jurisdiction="skerry")
    again = pickle.loads(pickle.dumps(evaluator))
    assert again == evaluator and again.determine(hearth()) == evaluator.determine(hearth())
    assert pickle.loads(pickle.dumps(family.result)) == family.result


def test_a_determination_that_was_pickled_still_has_its_trace_explanation_and_receipt(family: Determination) -> None:
    again = pickle.loads(pickle.dumps(family))
    assert again == family
    assert [(step.name, step.value) for step in again.trace] == [(step.name, step.value) for step in family.trace]
    assert again.explain() == family.explain()
    assert again.receipt() == family.receipt()


def test_a_program_with_lines_gives_a_row_for_each(children: Determination) -> None:
    rows = children.to_records()
    assert [(row["entry"], row["id"], row["status"], row["amount"]) for row in rows] == [
        ("$.children[0]", "ulf", "eligible", "22.50"),
        ("$.children[1]", "vig", "ineligible", "0.00"),
        ("$.children[2]", "wil", "eligible", None),
    ]
    assert {row["period"] for row in rows} == {"month"} and {row["currency"] for row in rows} == {"ISL"}


def test_any_other_program_gives_one_row_the_same_for_a_result_read_back(family: Determination) -> None:
    rows = family.to_records()
    assert rows == Result.model_validate_json(family.to_json()).to_records()
    assert rows == [
        {
            "program": PROGRAM,
            "on": "2012-05-01",
            "known_on": None,
            "jurisdiction": None,
            "record_digest": family.record_digest,
            "entry": "$",
            "id": None,
            "status": "eligible",
            "amount": "120.00",
            "currency": "ISL",
            "period": "month",
        }
    ]


def test_many_records_give_a_determination_or_an_error_each() -> None:
    evaluator = islandia().evaluator("harbour_tax", on="2012-05-01")
    found = list(evaluator.determine_many([SPOUSES, "{", hearth(SPOUSES)]))
    assert isinstance(found[0], Determination) and isinstance(found[1], CivilAidError) and found[2] == found[0]


# Exact texts.


@pytest.mark.parametrize(
    "value", [0, -7, 10**40, Fraction(1475, 3), Fraction(-1, 8), Fraction(10**30, 7), Fraction(1, 10**12)]
)
def test_an_exact_text_is_read_back_as_the_same_number_whatever_its_size(value: int | Fraction) -> None:
    assert read_exact_text(exact_text(value)) == value
    assert read_value_text(exact_text(value), "CNY/month") == value


@pytest.mark.parametrize(
    "text", ["", "1.", ".5", "1e3", "+1", "01", "1/0", "1/2/3", "１", " 1", "1_000", "NaN", "1" * 5000]
)
def test_a_text_that_is_no_exact_number_is_none(text: str) -> None:
    assert read_exact_text(text) is None


@pytest.mark.parametrize(
    "amount", ["540", "540.0", "540.000", "1475/3", "5.4E+2", "NaN", "Infinity", " 540.00", 540, True]
)
def test_an_amount_in_a_result_is_whole_fen_with_two_decimals(amount: object) -> None:
    text = json.dumps({"amount": amount, "currency": "CNY", "period": "month"})
    with pytest.raises(ValidationError):
        Payment.model_validate_json(text)
    assert Payment.model_validate_json(text.replace(json.dumps(amount), '"540.00"')).amount == Decimal("540.00")


def test_an_amount_that_is_not_known_is_null() -> None:
    assert Payment.model_validate_json('{"amount": null, "currency": "CNY", "period": "month"}').amount is None


def test_a_margin_holds_exact_numbers_only() -> None:
    fields = {"value": "300", "limit": "1475/3", "amount": "575/3", "unit": "CNY/person/month", "asks": "below"}
    Margin.model_validate(fields)
    with pytest.raises(ValidationError):
        Margin.model_validate({**fields, "amount": "about 190"})


# The JSON Schemas.


def schema_text(model: type[BaseModel]) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", list(MODELS))
def test_the_committed_schema_is_the_one_of_the_models(name: str) -> None:
    path = SCHEMAS / f"{name}.schema.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(schema_text(MODELS[name]), encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(schema_text(MODELS[name]))


def _fits(data: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether the fields of `data` are those of the schema, all the way down."""
    if "$ref" in schema:
        return _fits(data, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        return any(_fits(data, part, root) for part in schema["anyOf"])
    match schema.get("type"):
        case "object" if isinstance(data, dict) and "properties" in schema:
            known = schema["properties"]
            asked = set(schema.get("required", ()))
            return asked <= set(data) <= set(known) and all(_fits(data[key], known[key], root) for key in data)
        case "object":
            inner = schema.get("additionalProperties")
            fits = not isinstance(inner, dict) or (
                isinstance(data, dict) and all(_fits(v, inner, root) for v in data.values())
            )
            return isinstance(data, dict) and fits
        case "array":
            return isinstance(data, list) and all(_fits(item, schema.get("items", {}), root) for item in data)
        case "string":
            return isinstance(data, str) and ("enum" not in schema or data in schema["enum"])
        case "boolean":
            return isinstance(data, bool)
        case "null":
            return data is None
        case _:
            return True


def test_results_and_receipts_fit_their_schemas(family: Determination, children: Determination) -> None:
    result, receipt = (
        json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")) for name in ("result", "receipt")
    )
    for determination in (family, children):
        assert _fits(json.loads(determination.to_json(trace=True)), result, result)
        assert _fits(json.loads(determination.receipt(decided_at="2012-05-10").to_json()), receipt, receipt)
    assert not _fits({**json.loads(family.to_json()), "status": "approved"}, result, result)
