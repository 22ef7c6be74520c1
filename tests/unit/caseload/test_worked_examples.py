"""Many months of one household, held against the worked examples T03, T04, T04b, T08, T09 and T20, by hand."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from civil_aid_rules.caseload.over_time.history import Decision, History, PaidItem
from civil_aid_rules.errors import EvaluationError
from civil_aid_rules.records.household import Household
from civil_aid_rules.rulebook import Rulebook


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(programs=["urban_dibao", "tekun", "streamlined_workers"])


def member(name: str, **facts: Any) -> dict[str, Any]:
    return {
        "id": name,
        "relation": "head",
        "registration": "non_agricultural",
        "lives_with_family": True,
        "exclusions": [],
        "income": [],
        **facts,
    }


def family(*members: dict[str, Any]) -> Household:
    return Household.model_validate({"members": list(members), "asset_finding": "within"})


def wages(amount: str, start: str = "2015-01-01") -> list[dict[str, str]]:
    return [{"kind": "wages", "amount": amount, "period": "month", "start": start, "provenance": "evidenced"}]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def decided(program: str, kind: str, on: str, record: Household | None = None, happened: str | None = None) -> Decision:
    return Decision.model_validate(
        {
            "program": program,
            "kind": kind,
            "decided_on": on,
            "happened_on": happened,
            "record": record,
        }
    )


def payment(program: str, first: str, last: str, amount: str) -> PaidItem:
    return PaidItem(program=program, paid_on=day(f"{last}-10"), first_month=first, last_month=last, amount=amount)  # type: ignore[arg-type]


T01 = family(member("a", income=wages("900")), member("b"), member("c"))


def test_t03_nothing_is_due_before_the_month_after_approval(rulebook: Rulebook) -> None:
    # Per person 465: (480 - 465) x 2 = 30 a month. Approved on 2016-04-18: first paid in May.
    household = family(member("a", income=wages("930")), member("b"))
    history = History(decisions=(decided("urban_dibao", "approval", "2016-04-18", household),))
    schedule = rulebook.entitlement_schedule(history, from_month="2016-01", to_month="2016-06")
    assert [month.due for month in schedule.months] == ["0", "0", "0", "0", "30", "30"]
    owed = rulebook.arrears(history, [], from_month="2016-01", to_month="2016-04")
    assert owed.totals == {"urban_dibao": "0"}


def test_t04_the_raise_is_paid_back_to_january(rulebook: Rulebook) -> None:
    # 540 due and 450 paid for January to March: 3 x 90 = 270; April 540; the transfer in April 270 + 540 = 810.
    history = History(decisions=(decided("urban_dibao", "approval", "2015-06-10", T01),))
    paid = [payment("urban_dibao", f"2016-0{month}", f"2016-0{month}", "450") for month in (1, 2, 3)]
    lines = rulebook.arrears(history, paid, from_month="2016-01", to_month="2016-04")
    assert [line.owed for line in lines.lines] == ["90", "90", "90", "540"]
    assert lines.totals == {"urban_dibao": "810"}
    assert lines.lines[0].explanation.zh.startswith("应发540.00元，已发450.00元，应补发90.00元。")


def test_before_the_new_value_was_published_the_old_one_was_due(rulebook: Rulebook) -> None:
    history = History(decisions=(decided("urban_dibao", "approval", "2015-06-10", T01),))
    paid = [payment("urban_dibao", "2016-01", "2016-01", "450")]
    known = rulebook.arrears(history, paid, from_month="2016-01", to_month="2016-01", known_on="2016-02-18")
    assert known.totals == {"urban_dibao": "0"}
    later = rulebook.arrears(history, paid, from_month="2016-01", to_month="2016-01", known_on="2016-02-19")
    assert later.totals == {"urban_dibao": "90"}


def test_t04b_a_newborn_approved_in_february_counts_from_march(rulebook: Rulebook) -> None:
    # March: per person 225. Old (450 - 225) x 4 = 900, new (480 - 225) x 4 = 1020. Owed 90 + 90 + 120 = 300.
    larger = family(member("a", income=wages("900")), member("b"), member("c"), member("d"))
    history = History(
        decisions=(
            decided("urban_dibao", "approval", "2015-06-10", T01),
            decided("urban_dibao", "change", "2016-02-16", larger, "2016-02-03"),
        )
    )
    paid = [payment("urban_dibao", f"2016-0{month}", f"2016-0{month}", "450") for month in (1, 2)]
    paid.append(payment("urban_dibao", "2016-03", "2016-03", "900"))
    lines = rulebook.arrears(history, paid, from_month="2016-01", to_month="2016-03")
    assert [line.due for line in lines.lines] == ["540", "540", "1020"]
    assert [line.owed for line in lines.lines] == ["90", "90", "120"]
    assert lines.totals == {"urban_dibao": "300"}


def test_t08_a_change_of_form_by_month(rulebook: Rulebook) -> None:
    # 2016: 3 x 290 + 9 x 365 = 4155. January to April: due 3 x 290 + 365 = 1235, paid 3 x 260 + 305 = 1085: 150.
    person = member(
        "p",
        registration="agricultural",
        birth_date="1940-05-01",
        able_to_work=False,
        disability="none",
        living_source_finding="none_found",
        support_asset_finding="within",
        supporters=[],
        support_spells=[
            {"form": "dispersed", "start": "2014-07-01", "end": "2016-03-31"},
            {"form": "centralized", "start": "2016-04-01"},
        ],
    )
    history = History(decisions=(decided("tekun", "approval", "2014-06-20", family(person)),))
    year = rulebook.entitlement_schedule(history, from_month="2016-01", to_month="2016-12")
    assert [month.due for month in year.months] == ["290"] * 3 + ["365"] * 9
    assert year.totals == {"tekun": "4155"}
    paid = [payment("tekun", f"2016-0{month}", f"2016-0{month}", "260") for month in (1, 2, 3)]
    paid.append(payment("tekun", "2016-04", "2016-04", "305"))
    assert rulebook.arrears(history, paid, from_month="2016-01", to_month="2016-04").totals == {"tekun": "150"}


def test_t09_relief_rises_and_the_shortfall_stays(rulebook: Rulebook) -> None:
    # Relief 4 x 30 = 120 owed. Dibao 480 - 365 = 115 in 2016, as 450 - 335 = 115 in 2015: nothing owed.
    relief = [
        {
            "kind": "streamlined_worker_relief",
            "amount": amount,
            "period": "month",
            "start": start,
            "end": end,
            "provenance": "evidenced",
        }
        for amount, start, end in (("335", "2015-01-01", "2015-12-31"), ("365", "2016-01-01", None))
    ]
    worker = {"residence": "urban", "start": "1965-07-01", "draws_pension": False}
    household = family(member("p", birth_date="1938-02-01", income=relief, streamlined_worker=worker))
    history = History(
        decisions=tuple(
            decided(program, "approval", "2015-06-10", household) for program in ("streamlined_workers", "urban_dibao")
        )
    )
    paid = [payment("streamlined_workers", f"2016-0{month}", f"2016-0{month}", "335") for month in (1, 2, 3, 4)]
    paid += [payment("urban_dibao", f"2016-0{month}", f"2016-0{month}", "115") for month in (1, 2, 3, 4)]
    owed = rulebook.arrears(history, paid, from_month="2016-01", to_month="2016-04")
    assert owed.totals == {"streamlined_workers": "120", "urban_dibao": "0"}
    schedule = rulebook.entitlement_schedule(history, from_month="2015-12", to_month="2016-01")
    assert [month.due for month in schedule.months if month.program == "urban_dibao"] == ["115", "115"]


def test_t20_a_stop_is_paid_through_the_month_of_the_decision(rulebook: Rulebook) -> None:
    # Starts work in March at 1200, which is not below 480; decided in March: last paid in March.
    history = History(
        decisions=(
            decided("urban_dibao", "approval", "2015-06-10", family(member("p"))),
            decided("urban_dibao", "stop", "2016-03-20", happened="2016-03-01"),
        )
    )
    schedule = rulebook.entitlement_schedule(history, from_month="2016-02", to_month="2016-04")
    assert [(month.due, month.late) for month in schedule.months] == [("480", False), ("480", False), ("0", False)]


def test_months_between_an_event_and_its_decision_are_a_late_exit(rulebook: Rulebook) -> None:
    # The event in January, the decision in March: February and March were paid late, April is not paid.
    history = History(
        decisions=(
            decided("urban_dibao", "approval", "2015-06-10", family(member("p"))),
            decided("urban_dibao", "stop", "2016-03-20", happened="2016-01-10"),
        )
    )
    schedule = rulebook.entitlement_schedule(history, from_month="2016-01", to_month="2016-04")
    assert [(month.due, month.late) for month in schedule.months] == [
        ("480", False),
        ("480", True),
        ("480", True),
        ("0", False),
    ]


def test_a_death_ends_payment_in_the_next_month_whenever_it_is_decided(rulebook: Rulebook) -> None:
    history = History(
        decisions=(
            decided("urban_dibao", "approval", "2015-06-10", family(member("p"))),
            decided("urban_dibao", "death", "2016-04-02", happened="2016-01-31"),
        )
    )
    schedule = rulebook.entitlement_schedule(history, from_month="2016-01", to_month="2016-02")
    assert [month.due for month in schedule.months] == ["480", "0"]


def test_a_quarter_paid_in_advance_counts_for_each_of_its_months(rulebook: Rulebook) -> None:
    history = History(decisions=(decided("urban_dibao", "approval", "2015-06-10", T01),))
    paid = [payment("urban_dibao", "2016-04", "2016-06", "1620")]
    lines = rulebook.arrears(history, paid, from_month="2016-04", to_month="2016-06")
    assert [line.paid for line in lines.lines] == ["540", "540", "540"]
    assert lines.totals == {"urban_dibao": "0"}


def test_more_than_due_is_never_a_negative_arrear(rulebook: Rulebook) -> None:
    history = History(decisions=(decided("urban_dibao", "approval", "2015-06-10", T01),))
    paid = [payment("urban_dibao", "2016-04", "2016-04", "600")]
    lines = rulebook.arrears(history, paid, from_month="2016-04", to_month="2016-05")
    assert [line.owed for line in lines.lines] == ["0", "540"]
    assert lines.totals == {"urban_dibao": "540"}


def test_a_month_that_is_none_is_refused(rulebook: Rulebook) -> None:
    history = History(decisions=(decided("urban_dibao", "approval", "2015-06-10", T01),))
    with pytest.raises(EvaluationError) as caught:
        rulebook.entitlement_schedule(history, from_month="2016-4", to_month="2016-06")
    assert caught.value.code == "month-unreadable"


def test_more_months_than_fifty_years_are_refused(rulebook: Rulebook) -> None:
    """From 2016-01 on, 2065-12 is month 600."""
    with pytest.raises(EvaluationError) as caught:
        rulebook.entitlement_schedule(History(decisions=()), from_month="2016-01", to_month="2066-01")
    assert (caught.value.code, caught.value.problems[0].at) == ("months-too-many", "to_month")
    whole = rulebook.entitlement_schedule(History(decisions=()), from_month="2016-01", to_month="2065-12")
    assert whole.months == ()


def test_months_in_the_wrong_order_are_refused(rulebook: Rulebook) -> None:
    history = History(decisions=(decided("urban_dibao", "approval", "2015-06-10", T01),))
    with pytest.raises(EvaluationError) as caught:
        rulebook.entitlement_schedule(history, from_month="2016-06", to_month="2016-05")
    assert caught.value.code == "months-order"
    assert caught.value.problems[0].at == "to_month"
    with pytest.raises(ValidationError, match="payment-months"):
        payment("urban_dibao", "2016-03", "2016-01", "450")


def test_a_program_without_a_schedule_says_so() -> None:
    rulebook = Rulebook.load(programs=["medical_premium"])
    history = History(decisions=(decided("medical_premium", "approval", "2016-01-10", T01),))
    with pytest.raises(EvaluationError) as caught:
        rulebook.entitlement_schedule(history, from_month="2016-02", to_month="2016-02")
    assert caught.value.code == "schedule-unknown"


def test_a_program_that_is_paid_once_has_no_schedule() -> None:
    """Paid once, so no month has an amount; the pack says nothing of delays either, which is met first."""
    rulebook = Rulebook.load(programs=["temporary_assistance"])
    history = History(decisions=(decided("temporary_assistance", "approval", "2016-01-10", T01),))
    with pytest.raises(EvaluationError) as caught:
        rulebook.entitlement_schedule(history, from_month="2016-02", to_month="2016-02")
    assert caught.value.code == "schedule-unknown"
