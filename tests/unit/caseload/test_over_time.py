"""Schedules and arrears of an invented coast (fishers.py): when decisions hold, payments, what was published.

Coast aid for two with an income of 50: 100 x 2 - 50 = 150 a month until 2011, 120 x 2 - 50 = 190 from 2012, published
on 2012-03-15. Values by hand.
"""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from civil_aid_rules import (
    Arrears,
    EvaluationError,
    History,
    PaidItem,
    RecordError,
    Rulebook,
    Scenario,
    Schedule,
    Total,
)
from tests.unit.caseload.fishers import Wreck, crew, decided, fishers, payment

TWO = crew()
APPROVED = decided("approval", "2011-06-10", TWO)
HISTORY = History(decisions=[APPROVED])


def dues(history: History, first: str, last: str) -> list[str | None]:
    return [month.due for month in fishers().entitlement_schedule(history, from_month=first, to_month=last).months]


def owed(
    paid: list[PaidItem], first: str, last: str, history: History = HISTORY, known_on: str | None = None
) -> Arrears:
    return fishers().arrears(history, paid, from_month=first, to_month=last, known_on=known_on)


def isl(amount: str | None, *open_programs: str, known: str | None = None) -> tuple[Total, ...]:
    return (Total(currency="ISL", amount=amount, known=known or amount or "0", open=open_programs),)


# --- when decisions hold ----------------------------------------------------------------------------------------------


def test_each_program_has_its_own_delays_with_their_source() -> None:
    """Aid from the month after approval; the pension, approved with no delay, from that month: 600 / 12 = 50."""
    keeper = crew(kept=1, approved=1)
    history = History(
        decisions=[
            decided("approval", "2012-05-10", keeper),
            decided("approval", "2012-05-10", keeper, program="keeper_pension"),
        ]
    )
    schedule = fishers().entitlement_schedule(history, from_month="2012-04", to_month="2012-06")
    by_program = {
        program: [month.due for month in schedule.months if month.program == program] for program in schedule.titles
    }
    assert by_program == {"coast_aid": ["0", "0", "70"], "keeper_pension": ["0", "50", "50"]}
    assert schedule.by_month == {"2012-04": isl("0"), "2012-05": isl("50"), "2012-06": isl("120")}
    assert schedule.by_year == {"2012": isl("170")}
    assert [(item.from_month.isoformat(), item.months_after) for item in schedule.decisions] == [
        ("2012-06-01", 1),
        ("2012-05-01", 0),
    ]
    assert {citation.article for item in schedule.decisions for citation in item.citations} == {"art. 7"}


def test_a_death_decided_on_late_ends_what_was_decided_in_between() -> None:
    """Died in January, a change decided in February, the death recorded in April: nothing from February on."""
    history = History(
        decisions=[
            APPROVED,
            decided("change", "2012-02-05", crew("10")),
            decided("death", "2012-04-20", happened="2012-01-31"),
        ]
    )
    assert dues(history, "2012-01", "2012-05") == ["190", "0", "0", "0", "0"]


def test_a_death_recorded_late_does_not_end_the_support_that_was_approved_anew_since() -> None:
    """Died on 20 January; stopped on 1 March, approved anew on 2 April with 230 for an income of 10; recorded in June.

    Due: January 190; none from February, by the death; from May 230, by the new approval, in June and July too.
    """
    decisions = [
        APPROVED,
        decided("stop", "2012-03-01"),
        decided("approval", "2012-04-02", crew("10")),
        decided("death", "2012-06-01", happened="2012-01-20"),
    ]
    for order in permutations(decisions):
        due = dues(History(decisions=list(order)), "2012-01", "2012-07")
        assert due == ["190", "0", "0", "0", "230", "230", "230"]
    schedule = fishers().entitlement_schedule(History(decisions=decisions), from_month="2012-03", to_month="2012-07")
    assert schedule.decisions[3].explanation.en.endswith(
        "It ends the support approved on 2011-06-10; the one approved on 2012-04-02, after the death, goes on"
    )
    later = decided("change", "2012-06-20", crew("20"))
    assert dues(History(decisions=[*decisions, later]), "2012-06", "2012-07") == ["230", "220"]


def test_a_death_that_could_end_either_of_two_supports_is_refused() -> None:
    """Approved anew after the death without a stop; or the support of the time had ended before the death."""
    anew, death = decided("approval", "2012-04-02", crew("10")), decided("death", "2012-06-01", happened="2012-01-20")
    for between in ([], [decided("stop", "2011-12-01")]):
        with pytest.raises(ValueError, match=r"happened_on: decision-death: support was approved on 2012-04-02"):
            History(decisions=[APPROVED, *between, anew, death])


def test_support_begins_anew_by_a_new_approval() -> None:
    history = History(
        decisions=[APPROVED, decided("stop", "2012-01-20"), decided("approval", "2012-03-01", crew("10"))]
    )
    assert dues(history, "2012-01", "2012-05") == ["190", "0", "0", "230", "230"]


def test_of_two_decisions_of_one_day_the_one_listed_last_holds() -> None:
    same_day = [decided("change", "2012-01-20", crew("10")), decided("change", "2012-01-20", crew("20"))]
    assert dues(History(decisions=[APPROVED, *same_day]), "2012-02", "2012-02") == ["220"]
    assert dues(History(decisions=[APPROVED, *reversed(same_day)]), "2012-02", "2012-02") == ["230"]


def test_a_stop_and_a_change_decided_on_late_say_so_in_their_own_words() -> None:
    """The job in January, decided in March: February and March late. The child in February, decided in April."""
    stop = History(decisions=[APPROVED, decided("stop", "2012-03-20", happened="2012-01-10")])
    schedule = fishers().entitlement_schedule(stop, from_month="2012-01", to_month="2012-04")
    assert [(month.due, month.late) for month in schedule.months] == [
        ("190", False),
        ("190", True),
        ("190", True),
        ("0", False),
    ]
    assert "late exit, not an overpayment" in schedule.months[1].explanation.en
    assert [f"{late:%Y-%m}" for late in schedule.decisions[1].late] == ["2012-02", "2012-03"]
    change = History(decisions=[APPROVED, decided("change", "2012-04-20", crew(people=3), "2012-02-10")])
    later = fishers().entitlement_schedule(change, from_month="2012-02", to_month="2012-05")
    assert [(month.due, month.late) for month in later.months] == [
        ("190", False),
        ("190", True),
        ("190", True),
        ("310", False),
    ]
    assert "exit" not in later.months[1].explanation.en


def test_a_month_that_is_not_known_names_what_is_missing_and_leaves_its_totals_open() -> None:
    unknown = crew().model_copy(update={"income": None})
    history = History(decisions=[APPROVED, decided("change", "2012-01-20", unknown)])
    schedule = fishers().entitlement_schedule(history, from_month="2012-01", to_month="2012-02")
    assert [(month.status, month.due) for month in schedule.months] == [("eligible", "190"), ("undetermined", None)]
    assert [text.en for text in schedule.months[1].grounds] == ["Income"]
    assert schedule.totals == {"coast_aid": None}
    assert schedule.by_year == {"2012": isl(None, "coast_aid", known="190")}
    assert "Needed: Income" in schedule.explain() and "需补充：收入" in schedule.explain(language="zh")
    lines = owed([], "2012-01", "2012-02", history).lines
    assert [(line.owed, line.beyond) for line in lines] == [("190", "0"), (None, None)]


def test_a_refusal_by_the_rules_says_why() -> None:
    history = History(decisions=[APPROVED, decided("change", "2012-01-20", crew("240"))])
    (month,) = fishers().entitlement_schedule(history, from_month="2012-02", to_month="2012-02").months
    assert (month.status, month.due) == ("ineligible", "0")
    assert [text.en for text in month.grounds] == ["the income must be below the line"]


def test_what_is_not_published_yet_is_not_known() -> None:
    history = History(decisions=[APPROVED])
    for known_on, due in (("2012-03-14", "150"), ("2012-03-15", "190")):
        schedule = fishers().entitlement_schedule(history, from_month="2012-01", to_month="2012-01", known_on=known_on)
        assert (str(schedule.known_on), schedule.months[0].due) == (known_on, due)


# --- payments ---------------------------------------------------------------------------------------------------------


def test_arrears_paid_in_one_sum_settle_what_each_month_lacked() -> None:
    """January and February lack 40 each, March (three people, 310 due, 240 paid) 70: one payment of 150 settles all."""
    history = History(decisions=[APPROVED, decided("change", "2012-02-16", crew(people=3))])
    regular = [payment("2012-01", "2012-02", "300"), payment("2012-03", "2012-03", "240")]
    assert owed(regular, "2012-01", "2012-03", history).totals == {"coast_aid": "150"}
    made_up = payment("2012-01", "2012-03", "150", kind="arrears", on="2012-04-20")
    after = owed([*regular, made_up], "2012-01", "2012-03", history)
    assert [line.owed for line in after.lines] == ["0", "0", "0"]
    assert after.payments[2].counted == {"2012-01": "40", "2012-02": "40", "2012-03": "70"}
    part = owed([*regular, made_up], "2012-02", "2012-03", history)
    assert part.payments[2].counted == {"2012-02": "40", "2012-03": "70"}
    assert (part.payments[2].left_out, part.totals) == ("40", {"coast_aid": "0"})


def test_arrears_beyond_what_was_lacking_count_for_the_last_month() -> None:
    paid = [payment("2012-01", "2012-02", "380"), payment("2012-01", "2012-02", "25", kind="arrears")]
    lines = owed(paid, "2012-01", "2012-02").lines
    assert [(line.owed, line.beyond) for line in lines] == [("0", "0"), ("0", "25")]


def test_the_order_of_payments_changes_nothing_where_they_overlap() -> None:
    """January and February lack 190 each. 190 for both months and 190 for January: in any order all is paid."""
    paid = [
        payment("2012-01", "2012-02", "190", kind="arrears"),
        payment("2012-01", "2012-01", "190", kind="arrears"),
        payment("2012-03", "2012-03", "100"),
    ]
    for order in permutations(paid):
        found = owed(list(order), "2012-01", "2012-03")
        assert [line.owed for line in found.lines] == ["0", "0", "90"]


def test_what_was_returned_is_taken_off() -> None:
    paid = [payment("2012-01", "2012-01", "190"), payment("2012-01", "2012-01", "30.50", kind="returned")]
    found = owed(paid, "2012-01", "2012-01")
    assert (found.lines[0].paid, found.lines[0].owed) == ("159.5", "30.5")
    assert found.payments[1].counted == {"2012-01": "-30.5"}


def test_what_was_paid_and_returned_is_owed_again_and_no_more() -> None:
    """190 for January, returned: 190 is owed. Sent again as arrears: nothing. 100 of 380 for two months."""
    paid = [payment("2012-01", "2012-01", "190"), payment("2012-01", "2012-01", "190", kind="returned")]
    found = owed(paid, "2012-01", "2012-01")
    assert (found.lines[0].paid, found.lines[0].owed) == ("0", "190")
    assert found.lines[0].reason is not None
    assert found.lines[0].reason.en == "what was paid for this month was returned"
    again = payment("2012-01", "2012-02", "380", kind="arrears", on="2012-03-10")
    assert [line.owed for line in owed([*paid, again], "2012-01", "2012-02").lines] == ["0", "0"]
    quarter = [payment("2012-01", "2012-02", "380"), payment("2012-01", "2012-02", "100", kind="returned")]
    assert [line.paid for line in owed(quarter, "2012-01", "2012-02").lines] == ["140", "140"]


def test_what_was_returned_for_several_months_comes_off_those_that_were_paid() -> None:
    """190 for January and nothing for February; 190 of both returned: January 0, February 0, never below."""
    paid = [payment("2012-01", "2012-01", "190"), payment("2012-01", "2012-02", "190", kind="returned")]
    assert [(line.paid, line.owed) for line in owed(paid, "2012-01", "2012-02").lines] == [("0", "190")] * 2
    later = [
        payment("2012-01", "2012-02", "80", kind="arrears", on="2012-03-10"),
        payment("2012-01", "2012-02", "80", kind="returned", on="2012-03-12"),
    ]
    assert [(line.paid, line.owed) for line in owed(later, "2012-01", "2012-02").lines] == [("0", "190")] * 2


def test_more_returned_than_was_paid_is_refused_at_its_place() -> None:
    """190 paid for January and 190 returned twice: 380 of 190. Without the payment, any."""
    once = payment("2012-01", "2012-01", "190", kind="returned", on="2012-01-20")
    with pytest.raises(RecordError) as caught:
        owed([once, payment("2012-01", "2012-01", "190"), once], "2012-01", "2012-02")
    (fault,) = caught.value.problems
    assert (fault.at, fault.code) == ("$.paid[0].amount", "payment-returned")
    assert fault.sentence().startswith("for 2012-01, 380 was returned, but only 190 was paid")
    assert fault.sentence("zh").startswith("2012年1月退回 380，但该月只发放了 190")
    with pytest.raises(RecordError):
        owed([once], "2012-01", "2012-01")


def test_a_payment_that_its_months_cannot_share_is_split_in_whole_fen_the_oldest_months_first() -> None:
    """100.01 for three months: 33.34 + 33.34 + 33.33. Due 190 each: 156.66 + 156.66 + 156.67 = 469.99 is owed."""
    found = owed([payment("2012-01", "2012-03", "100.01")], "2012-01", "2012-03")
    assert found.payments[0].counted == {"2012-01": "33.34", "2012-02": "33.34", "2012-03": "33.33"}
    assert [line.owed for line in found.lines] == ["156.66", "156.66", "156.67"]
    assert found.totals == {"coast_aid": "469.99"}


def test_a_payment_in_advance_settles_each_month_up_to_its_due() -> None:
    """Due 190, 190, and for three people from March 120 x 3 - 50 = 310: 690, paid in one sum. Nothing is owed."""
    history = History(decisions=[APPROVED, decided("change", "2012-02-16", crew(people=3))])
    found = owed([payment("2012-01", "2012-03", "690", on="2012-01-10")], "2012-01", "2012-03", history)
    assert [(line.paid, line.owed, line.beyond) for line in found.lines] == [
        ("190", "0", "0"),
        ("190", "0", "0"),
        ("310", "0", "0"),
    ]
    march = owed([payment("2012-01", "2012-03", "690", on="2012-01-10")], "2012-03", "2012-03", history)
    assert (march.lines[0].owed, march.payments[0].left_out) == ("0", "380")


def test_what_a_payment_has_beyond_all_that_its_months_lack_levels_them() -> None:
    """Due 190, 190, 310: of 840, the 150 beyond raise the lower two to 265 each. Stopped: due 190, 0 of 380."""
    history = History(decisions=[APPROVED, decided("change", "2012-02-16", crew(people=3))])
    found = owed([payment("2012-01", "2012-03", "840")], "2012-01", "2012-03", history)
    assert [line.paid for line in found.lines] == ["265", "265", "310"]
    stopped = History(decisions=[APPROVED, decided("stop", "2012-01-16")])
    found = owed([payment("2012-01", "2012-02", "380")], "2012-01", "2012-02", stopped)
    assert [(line.paid, line.beyond) for line in found.lines] == [("190", "0"), ("190", "190")]


def test_payments_that_overlap_settle_together_as_much_as_they_can() -> None:
    """190 each for January and February, February and March, March: all three months of 190, whatever the order."""
    paid = [
        payment("2012-01", "2012-02", "190", on="2012-01-10"),
        payment("2012-02", "2012-03", "190", on="2012-02-10"),
        payment("2012-03", "2012-03", "190", on="2012-03-10"),
    ]
    for order in permutations(paid):
        assert [line.owed for line in owed(list(order), "2012-01", "2012-03").lines] == ["0", "0", "0"]
        assert owed(list(order), "2012-01", "2012-01").totals == {"coast_aid": "0"}


def test_of_a_payment_the_months_that_are_known_are_settled_first() -> None:
    """February is not known: of 250 January gets its 190 before what may be due for February."""
    unknown = crew().model_copy(update={"income": None})
    history = History(decisions=[APPROVED, decided("change", "2012-01-20", unknown)])
    lines = owed([payment("2012-01", "2012-02", "250")], "2012-01", "2012-02", history).lines
    assert [(line.paid, line.owed) for line in lines] == [("190", "0"), ("60", None)]


def test_a_year_that_twelve_months_cannot_share_is_due_in_whole_fen() -> None:
    """100.00 a year: 12 x 8.33 = 99.96, so January to April get 8.34. Two pensions of 50 a year each."""
    history = History(decisions=[decided("approval", "2011-12-10", crew(kept=2, approved=2), program="keeper_pension")])
    lower = fishers().with_overlay(Scenario({"keeper_pension.pension_a_year": "50"}))
    schedule = lower.entitlement_schedule(history, from_month="2012-01", to_month="2012-12")
    assert [month.due for month in schedule.months] == ["8.34"] * 4 + ["8.33"] * 8
    assert schedule.totals == {"keeper_pension": "100"}
    assert lower.arrears(history, [], from_month="2012-01", to_month="2012-12").totals == {"keeper_pension": "100"}


def test_payments_that_count_for_nothing_are_listed_with_the_reason() -> None:
    paid = [
        payment("2012-01", "2012-01", "600", program="keeper_pension"),
        payment("2011-12", "2012-01", "300"),
        payment("2013-01", "2013-01", "5"),
    ]
    found = owed(paid, "2012-01", "2012-01")
    assert [(item.counted, item.left_out) for item in found.payments] == [
        ({}, "600"),
        ({"2012-01": "150"}, "150"),
        ({}, "5"),
    ]
    reasons = [item.reason.en if item.reason else "" for item in found.payments]
    assert reasons[0] == "the history holds no decision on this program"
    assert reasons[1] == reasons[2] == "for months outside 2012-01 to 2012-01"
    assert all(reason in found.explain() for reason in reasons)


def test_a_line_says_what_was_due_when_it_was_paid_and_what_was_published_since() -> None:
    found = owed(
        [payment("2012-01", "2012-01", "150"), payment("2012-03", "2012-03", "150", on="2012-03-20")],
        "2012-01",
        "2012-03",
    )
    january, february, march = found.lines
    assert (january.owed, january.due_when_paid) == ("40", "150")
    assert [(value.key, value.value, str(value.published)) for value in january.published_since] == [
        ("coast_aid.line", "120", "2012-03-15")
    ]
    assert (
        january.reason is not None
        and "Coast line 120.00 ISL per person a month (in force from 2012-01-01" in january.reason.en
    )
    assert (february.owed, february.due_when_paid, february.published_since) == ("190", None, ())
    assert february.reason is not None and february.reason.en == "nothing was paid for this month"
    assert (march.owed, march.due_when_paid, march.published_since) == ("40", "190", ())
    assert march.reason is not None and "the same amount was due already" in march.reason.en


def test_nothing_is_due_before_approval_and_what_was_paid_then_is_not_taken_off_later() -> None:
    found = owed([payment("2011-05", "2011-05", "150")], "2011-05", "2011-07")
    assert [(line.due, line.owed, line.beyond) for line in found.lines] == [
        ("0", "0", "150"),
        ("0", "0", "0"),
        ("150", "150", "0"),
    ]


def test_months_that_were_not_asked_for_and_had_no_rules_yet_stop_nothing() -> None:
    """The rules begin in 2010. Of 200 for December 2009 and January 2010, January's 150 are settled first."""
    early = History(decisions=[decided("approval", "2009-06-10", TWO)])
    joined = owed([payment("2009-12", "2010-01", "200")], "2010-01", "2010-02", early)
    assert [(line.paid, line.owed) for line in joined.lines] == [("150", "0"), ("0", "150")]
    assert (joined.payments[0].counted, joined.payments[0].left_out) == ({"2010-01": "150"}, "50")
    apart = owed([payment("2009-10", "2009-12", "90", kind="arrears")], "2010-01", "2010-01", early)
    assert (apart.payments[0].left_out, apart.totals) == ("90", {"coast_aid": "150"})


# --- questions that cannot be answered --------------------------------------------------------------------------------


def test_a_program_paid_once_has_no_schedule() -> None:
    history = History(decisions=[decided("approval", "2012-01-10", crew(), program="storm_grant")])
    with pytest.raises(EvaluationError) as caught:
        fishers().entitlement_schedule(history, from_month="2012-02", to_month="2012-02")
    assert caught.value.code == "schedule-payment"


def test_every_decision_on_a_program_or_record_that_does_not_fit_is_named() -> None:
    history = History(
        decisions=[
            decided("approval", "2012-01-10", crew(), program="cost_aid"),
            decided("approval", "2012-01-10", Wreck(is_raised=True)),
        ]
    )
    with pytest.raises(RecordError) as caught:
        fishers().entitlement_schedule(history, from_month="2012-02", to_month="2012-02")
    assert [(str(item.at), item.code) for item in caught.value.problems] == [
        ("$.decisions[0].program", "program-unknown"),
        ("$.decisions[1].record", "record-kind"),
    ]
    assert "did you mean coast_aid" in caught.value.text()


def test_a_payment_for_a_program_that_does_not_exist_is_named_with_the_one_meant() -> None:
    """Left out in silence, the month that it was for would be owed, and paid again."""
    paid = [payment("2012-01", "2012-01", "190"), payment("2012-02", "2012-02", "190", program="cost_aid")]
    with pytest.raises(RecordError) as caught:
        owed(paid, "2012-01", "2012-02")
    assert [(str(item.at), item.code) for item in caught.value.problems] == [("$.paid[1].program", "program-unknown")]
    assert "did you mean coast_aid" in caught.value.text()


def test_a_payment_for_a_program_that_is_there_and_not_loaded_is_no_fault() -> None:
    from civil_aid_rules import History, Household, Rulebook

    record = Household.model_validate(
        {
            "asset_finding": "within",
            "members": [
                {"id": "a", "relation": "head", "registration": "non_agricultural", "lives_with_family": True}
                | {"exclusions": [], "income": []}
            ],
        }
    )
    history = History.model_validate(
        {"decisions": [{"kind": "approval", "program": "urban_dibao", "decided_on": "2016-02-10", "record": record}]}
    )
    paid = [payment("2016-03", "2016-03", "480", program="rural_dibao")]
    found = Rulebook.load(programs=["urban_dibao"]).arrears(history, paid, from_month="2016-03", to_month="2016-03")
    assert [(one.program, one.counted, one.left_out) for one in found.payments] == [("rural_dibao", {}, "480")]


# --- as data ----------------------------------------------------------------------------------------------------------


def test_schedules_and_arrears_come_back_equal_from_json_and_explain_themselves() -> None:
    schedule = fishers().entitlement_schedule(HISTORY, from_month="2011-12", to_month="2012-02")
    read = Schedule.model_validate_json(schedule.to_json())
    assert read == schedule and hash(read) == hash(schedule)
    assert json.loads(schedule.to_json())["months"][0]["due"] == "150"
    assert "120.00 × 2 − 50.00" in schedule.explain() and "120.00 × 2" not in read.explain()
    found = owed([payment("2012-01", "2012-02", "300")], "2012-01", "2012-02")
    again = Arrears.model_validate_json(found.to_json())
    assert again == found and again.explain().splitlines()[:3] == found.explain().splitlines()[:3]
    assert fishers().entitlement_schedule(HISTORY, from_month="2012-01", to_month="2012-02") != schedule


def test_rows_for_tables_hold_exact_texts() -> None:
    found = owed([payment("2012-01", "2012-01", "150")], "2012-01", "2012-01")
    assert found.to_records() == [
        {
            "program": "coast_aid",
            "month": "2012-01",
            "due": "190",
            "paid": "150",
            "owed": "40",
            "beyond": "0",
            "currency": "ISL",
        }
    ]
    rows = fishers().entitlement_schedule(HISTORY, from_month="2012-01", to_month="2012-01").to_records()
    assert [(row["due"], row["decided_on"], row["late"]) for row in rows] == [("190", "2011-06-10", "no")]


def test_under_a_what_if_every_page_says_so() -> None:
    raised: Rulebook = fishers().with_overlay(Scenario({"coast_aid.line": "200"}))
    schedule = raised.entitlement_schedule(HISTORY, from_month="2012-01", to_month="2012-01")
    assert (schedule.hypothetical, schedule.totals) == (True, {"coast_aid": "350"})
    assert "HYPOTHETICAL" in schedule.explain()
    assert "HYPOTHETICAL" in raised.arrears(HISTORY, [], from_month="2012-01", to_month="2012-01").explain()
