"""`with_changes`: one record made into another, by path."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from civil_aid_rules.errors import RecordError
from civil_aid_rules.records.finances import IncomeItem
from civil_aid_rules.records.household import Household, Person

FAMILY = Household.from_json(
    """{"asset_finding": "within", "members": [
      {"id": "a", "income": [{"kind": "wages", "amount": "900", "period": "month"}]},
      {"id": "b", "income": [], "disability": "none", "spouse": "a"}]}"""
)


def changed(*changes: tuple[str, Any]) -> dict[str, Any]:
    return FAMILY.with_changes(dict(changes)).canonical()


@pytest.mark.parametrize("amount", ["950", 950, Decimal("950.00"), "950.0"])
def test_an_amount_is_changed_and_nothing_else(amount: object) -> None:
    before = FAMILY.canonical()
    after = changed(("members[0].income[0].amount", amount))
    assert after["members"][0]["income"][0].pop("amount") == "950.00"
    assert before["members"][0]["income"][0].pop("amount") == "900.00"
    assert after == before


def test_a_fact_of_the_record_itself_is_changed() -> None:
    assert changed(("asset_finding", "exceeds"))["asset_finding"] == "exceeds"
    assert "asset_finding" not in changed(("asset_finding", None))


def test_the_record_itself_stays_as_it_is() -> None:
    before = FAMILY.canonical()
    FAMILY.with_changes({"members[0].income[0].amount": "1", "asset_finding": None})
    assert FAMILY.canonical() == before


def test_a_path_may_begin_as_errors_show_it() -> None:
    assert changed(("$.asset_finding", "exceeds"))["asset_finding"] == "exceeds"


def test_none_makes_a_fact_unknown() -> None:
    after = changed(("asset_finding", None), ("members[0].income", None), ("members[1].disability", None))
    assert "asset_finding" not in after
    assert "income" not in after["members"][0]
    assert "disability" not in after["members"][1]


def test_a_plus_adds_an_entry() -> None:
    item = {"kind": "rent", "amount": "10", "period": "month"}
    assert changed(("members[1].income[+]", item))["members"][1]["income"] == [{**item, "amount": "10.00"}]
    assert len(changed(("members[+].id", "c"))["members"]) == 3


def test_changes_are_made_one_after_the_other() -> None:
    after = changed(("members[+]", {"id": "c"}), ("members[2].income", []), ("members[2].income[+].amount", "5"))
    assert after["members"][2] == {"id": "c", "income": [{"amount": "5.00"}]}


def test_what_the_caller_gave_is_left_alone() -> None:
    person: dict[str, Any] = {"id": "c"}
    changed(("members[+]", person), ("members[2].income", []))
    assert person == {"id": "c"}


def test_objects_of_python_may_be_given() -> None:
    item = IncomeItem(amount=Decimal("7"), start=datetime.date(2016, 1, 1))
    after = changed(("members[+]", Person(id="c", income=[item])), ("members[2].income[0].period", "month"))
    assert after["members"][2]["income"] == [{"amount": "7.00", "period": "month", "start": "2016-01-01"}]


def test_a_group_that_was_not_known_can_be_begun() -> None:
    after = changed(("members[0].disability.grade", 1), ("members[0].regular_recipient.start", "2016-01-01"))
    assert after["members"][0]["disability"] == {"grade": 1}
    assert after["members"][0]["regular_recipient"] == {"start": "2016-01-01"}


@pytest.mark.parametrize(
    "path",
    [
        "", "$", "$.", ".", "members[9].id", "members[-1].id", "members.id", "members[0]id", "members[0]..id",
        "members[0].", "asset_finding.kind", "members[0].income[1].amount", "members[0].income[0][0]", "members[x].id",
        "members[0][+]", "members[1].disability.grade", "assets[0].value", "assets[+]", "assets[+].value",
        "members[99999999999999999999]", "members[0].income[0].amount ", "members [0]", "１", "members[０].id", "+",
        "[0]", "members[+][+]",
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(RecordError) as caught:
        FAMILY.with_changes({path: "x"})
    assert [(item.at, item.code) for item in caught.value.problems] == [("$", "record-path")]
    assert caught.value.text("zh") != caught.value.text("en")


def test_an_entry_cannot_be_added_to_a_list_that_is_not_known() -> None:
    """It would then be complete as declared, which nobody said."""
    with pytest.raises(RecordError, match="record-path"):
        FAMILY.with_changes({"assets[+]": {"kind": "house"}})
    assert FAMILY.with_changes({"assets": [], "assets[+]": {"kind": "house"}}).assets is not None


@pytest.mark.parametrize(
    ("path", "value", "at", "code"),
    [
        ("members[0].income[0].amount", 950.5, "$.members[0].income[0].amount", "record-amount"),
        ("members[0].income[0].amount", "1e3", "$.members[0].income[0].amount", "record-amount"),
        ("members[0].income[0].start", "2016-02-30", "$.members[0].income[0].start", "record-day"),
        ("members[0].incme", [], "$.members[0].incme", "record-unknown-field"),
        ("members[0].id", "b", "$.members[1].id", "record-duplicate-id"),
        ("members[1].id", None, "$.members[1].id", "record-value"),
        ("members[0]", None, "$.members[0]", "record-value"),
        ("members", [], "$.members", "record-empty-list"),
        ("members[1].spouse", "zz", "$.members[1].spouse", "record-unknown-reference"),
    ],
)
def test_a_value_that_is_refused_is_said_at_its_path(path: str, value: object, at: str, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        FAMILY.with_changes({path: value})
    assert (at, code) in [(item.at, item.code) for item in caught.value.problems]


def test_all_faults_of_all_changes_come_together() -> None:
    with pytest.raises(RecordError) as caught:
        FAMILY.with_changes({"nowhere.at.all": 1, "members[7].id": "x", "asset_finding": "withn"})
    assert [item.code for item in caught.value.problems] == [
        "record-path",
        "record-choice",
        "record-unknown-field",
    ]
