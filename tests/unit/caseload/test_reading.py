"""Histories and payments in JSON and YAML: read strictly, every fault together, each at its place; out and in again."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from civil_aid_rules import Decision, History, Household, PaidItem, Payments, Record, RecordError
from civil_aid_rules.caseload.over_time.reading import RecordModels
from tests.packs.islandia_record import Hearth

EXAMPLES = Path(__file__).parents[3] / "examples"
MEMBER = {"id": "m1", "name": "张三", "relation": "head"}
APPROVAL: dict[str, Any] = {
    "program": "urban_dibao",
    "kind": "approval",
    "decided_on": "2015-06-10",
    "record": {"members": [MEMBER]},
}
STOP: dict[str, Any] = {"program": "urban_dibao", "kind": "stop", "decided_on": "2016-03-20"}
PAID: dict[str, Any] = {
    "program": "urban_dibao",
    "paid_on": "2016-01-10",
    "first_month": "2016-01",
    "last_month": "2016-03",
    "amount": "1350.50",
}


def history(*decisions: Any) -> str:
    return json.dumps({"decisions": list(decisions)}, ensure_ascii=False)


def payments(*paid: Any) -> str:
    return json.dumps({"paid": list(paid)}, ensure_ascii=False)


def faults(text: str, model: type[History] | type[Payments]) -> list[tuple[str, str]]:
    """Path and code of every fault."""
    with pytest.raises(RecordError) as caught:
        model.from_json(text)
    return [(str(item.at), item.code) for item in caught.value.problems]


# --- read -----------------------------------------------------------------------------------------------------------


def test_the_example_history_is_read_with_its_records() -> None:
    read = History.load(EXAMPLES / "history.yaml")
    assert [(item.kind, item.decided_on.isoformat()) for item in read.decisions] == [
        ("approval", "2015-06-10"),
        ("change", "2016-02-16"),
        ("stop", "2016-08-22"),
    ]
    records = [item.record for item in read.decisions]
    assert [len(record.members or ()) if isinstance(record, Household) else None for record in records] == [3, 4, None]
    assert read.programs == ("urban_dibao",)


def test_the_example_payments_are_read() -> None:
    read = Payments.load(EXAMPLES / "payments.yaml")
    assert [str(item.amount) for item in read.paid] == ["450.00", "450.00", "900.00", "1020.00"]


@pytest.mark.parametrize("text", [history(APPROVAL, STOP), history()])
def test_a_history_comes_back_equal_from_json(text: str) -> None:
    read = History.from_json(text)
    assert History.from_json(read.to_json()) == read
    assert History.model_validate_json(read.to_json(indent=2)) == read


def test_json_of_a_history_holds_its_records_in_full() -> None:
    written = json.loads(History.from_json(history(APPROVAL)).to_json())
    assert written["decisions"][0]["record"]["members"][0]["id"] == "m1"


def test_payments_come_back_equal_from_json() -> None:
    read = Payments.from_json(payments(PAID, {**PAID, "kind": "returned"}))
    assert Payments.from_json(read.to_json()) == read == Payments.model_validate_json(read.to_json())
    assert json.loads(read.to_json())["paid"][0]["amount"] == "1350.50"


def test_the_record_model_is_chosen_for_all_decisions_or_by_program() -> None:
    text = history({**APPROVAL, "program": "hearth_benefit", "record": {"island": "north"}})
    by_program: dict[str, type[Record]] = {"urban_dibao": Household, "hearth_benefit": Hearth}
    models: tuple[RecordModels, ...] = (Hearth, by_program)
    for record in models:
        read = History.from_json(text, record=record)
        assert isinstance(read.decisions[0].record, Hearth)
    assert faults(text, History) == [("$.decisions[0].record.island", "record-unknown-field")]


def test_a_file_in_yaml_reads_as_the_same_in_json(tmp_path: Path) -> None:
    from_yaml = History.load(EXAMPLES / "history.yaml")
    path = tmp_path / "history.json"
    path.write_text(from_yaml.to_json(), encoding="utf-8")
    assert History.load(path) == from_yaml


# --- faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ({**APPROVAL, "record": None}, [(".record", "record-missing-field")]),
        ({**APPROVAL, "record": []}, [(".record", "record-value")]),
        ({**APPROVAL, "kind": "aproval"}, [(".kind", "record-choice")]),
        ({**APPROVAL, "decided_on": "2016-02-30"}, [(".decided_on", "record-day")]),
        ({**APPROVAL, "decided_on": None}, [(".decided_on", "record-day")]),
        ({**APPROVAL, "extra": 1}, [(".extra", "record-unknown-field")]),
        ({**APPROVAL, "happened_on": "2016-01-01"}, [(".happened_on", "decision-day")]),
        ("approval", [("", "record-value")]),
    ],
)
def test_a_fault_of_a_decision_stands_at_its_place(decision: Any, expected: list[tuple[str, str]]) -> None:
    assert faults(history(decision), History) == [(f"$.decisions[0]{path}", code) for path, code in expected]


@pytest.mark.parametrize(
    ("decision", "path", "code"),
    [
        ({**STOP, "record": {"members": [MEMBER]}}, ".record", "decision-record"),
        ({**STOP, "kind": "death"}, ".happened_on", "record-missing-field"),
        ({**STOP, "kind": "change"}, ".record", "record-missing-field"),
    ],
)
def test_what_a_later_decision_lacks_or_has_too_much(decision: Any, path: str, code: str) -> None:
    assert faults(history(APPROVAL, decision), History) == [(f"$.decisions[1]{path}", code)]


def test_nothing_is_decided_where_nothing_is_approved() -> None:
    """The first decision on each program, and the first after a stop, is an approval; the order is that of the days."""
    assert faults(history(STOP), History) == [("$.decisions[0].kind", "decision-unapproved")]
    again = {**STOP, "decided_on": "2016-05-20"}
    assert faults(history(APPROVAL, STOP, again), History) == [("$.decisions[2].kind", "decision-unapproved")]
    assert History.from_json(history(STOP, APPROVAL)).decisions[0].kind == "stop"
    other = {**APPROVAL, "program": "rural_dibao"}
    assert faults(history(other, STOP), History) == [("$.decisions[1].kind", "decision-unapproved")]


def test_a_death_before_the_approval_that_it_is_to_end_is_named_at_its_day() -> None:
    death = {"program": "urban_dibao", "kind": "death", "decided_on": "2016-06-01", "happened_on": "2016-01-20"}
    anew = {**APPROVAL, "decided_on": "2016-04-02"}
    assert faults(history(APPROVAL, anew, death), History) == [("$.decisions[2].happened_on", "decision-death")]
    only = {**APPROVAL, "decided_on": "2016-02-10"}
    assert len(History.from_json(history(only, death)).decisions) == 2  # there is no other support that it could end


def test_all_faults_of_a_history_come_together_those_of_its_records_too() -> None:
    wrong = {"members": [{**MEMBER, "income": [{"kind": "wages", "amount": "9oo"}]}, {"id": "m1"}]}
    text = history(
        {**APPROVAL, "record": wrong},
        {**STOP, "kind": "death"},
        {**APPROVAL, "decided_on": "soon", "record": {"members": [{"id": "m1", "relaton": "head"}]}},
    )
    assert sorted(faults(text, History)) == [
        ("$.decisions[0].record.members[0].income[0].amount", "record-amount"),
        ("$.decisions[0].record.members[1].id", "record-duplicate-id"),
        ("$.decisions[1].happened_on", "record-missing-field"),
        ("$.decisions[2].decided_on", "record-day"),
        ("$.decisions[2].record.members[0].relaton", "record-unknown-field"),
    ]


def test_private_values_of_a_record_never_appear_in_a_fault() -> None:
    text = history({**APPROVAL, "record": {"members": [{**MEMBER, "id": 5, "relation": "张三"}]}})
    with pytest.raises(RecordError) as caught:
        History.from_json(text)
    assert "张三" not in caught.value.text() and "张三" not in caught.value.text("zh")


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"first_month": "2016-1"}, ".first_month", "record-month"),
        ({"last_month": "2016-13"}, ".last_month", "record-month"),
        ({"last_month": 201603}, ".last_month", "record-month"),
        ({"last_month": "2015-12"}, ".first_month", "payment-months"),
        ({"last_month": "2061-03"}, ".last_month", "payment-too-long"),
        ({"first_month": "1900-01"}, ".last_month", "payment-too-long"),
        ({"amount": "-5"}, ".amount", "record-amount"),
        ({"amount": "5.005"}, ".amount", "record-amount"),
        ({"kind": "bonus"}, ".kind", "record-choice"),
        ({"paid": "x"}, ".paid", "record-unknown-field"),
    ],
)
def test_a_fault_of_a_payment_stands_at_its_place(changes: dict[str, Any], path: str, code: str) -> None:
    assert faults(payments(PAID, {**PAID, **changes}), Payments) == [(f"$.paid[1]{path}", code)]


def test_a_payment_for_ten_years_is_read_and_not_for_a_month_more() -> None:
    """2016-01 to 2025-12 are 120 months."""
    assert Payments.from_json(payments({**PAID, "first_month": "2016-01", "last_month": "2025-12"})).paid
    longer = payments({**PAID, "first_month": "2016-01", "last_month": "2026-01"})
    assert faults(longer, Payments) == [("$.paid[0].last_month", "payment-too-long")]


def test_all_faults_of_payments_come_together() -> None:
    text = payments({**PAID, "first_month": "x"}, {**PAID, "last_month": "2015-01"}, {**PAID, "amount": "x"})
    assert sorted(faults(text, Payments)) == [
        ("$.paid[0].first_month", "record-month"),
        ("$.paid[1].first_month", "payment-months"),
        ("$.paid[2].amount", "record-amount"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"paid": [{"amount": 450.5}]}', "record-float"),
        ('{"paid": [], "paid": []}', "record-duplicate-key"),
        ('{"paid": [', "record-syntax"),
        ("[]", "record-value"),
        ("{}", "record-missing-field"),
    ],
)
def test_json_is_read_as_strictly_as_records(text: str, code: str) -> None:
    assert code in [code for _, code in faults(text, Payments)]


def test_a_fault_in_yaml_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "history.yaml"
    path.write_text(
        "decisions:\n"
        "  - program: urban_dibao\n"
        "    kind: approval\n"
        "    decided_on: 2015-06-10\n"
        "    record:\n"
        "      members:\n"
        "        - {id: m1, lives_with_family: true, income: [{kind: wages, amount: 9oo}]}\n"
        "  - {program: urban_dibao, kind: stop, decided_on: 2016-02-30}\n",
        encoding="utf-8",
    )
    with pytest.raises(RecordError) as caught:
        History.load(path)
    places = [(item.place and (item.place.line, item.place.column), item.code) for item in caught.value.problems]
    assert sorted(places) == [((7, 76), "record-amount"), ((8, 52), "record-day")]


def test_a_fault_in_a_json_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "payments.json"
    path.write_text('{"paid": [\n  {"program": "a"}\n]}', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        Payments.load(path)
    assert {item.place.line for item in caught.value.problems if item.place} == {2}
    assert len(caught.value.problems) == 4  # paid_on, first_month, last_month, amount


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        History.load(tmp_path / "none.yaml")
    assert caught.value.code == "record-file"


# --- objects --------------------------------------------------------------------------------------------------------


def test_objects_are_refused_for_what_files_are_refused_for() -> None:
    day = datetime.date(2016, 3, 20)
    with pytest.raises(ValidationError, match="record-missing-field"):
        Decision(program="urban_dibao", kind="approval", decided_on=day)
    with pytest.raises(ValidationError, match="decision-record"):
        Decision(program="urban_dibao", kind="stop", decided_on=day, record=Household())
    with pytest.raises(ValidationError, match="decision-unapproved"):
        History(decisions=[Decision(program="urban_dibao", kind="stop", decided_on=day)])
    with pytest.raises(ValidationError, match="YYYY-MM"):
        PaidItem.model_validate({**PAID, "first_month": "2016-1"})
