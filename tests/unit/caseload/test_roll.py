"""Cases held against the roll: who is covered, kept, paid another amount, ended, looked at; every figure by hand.

Urban dibao on 2016-04-01: the standard is 480. Three persons with 900 a month: 300 each, (480 - 300) x 3 = 540.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from civil_aid_rules import Case, Household, RecordError, Roll, RollCounts, RollEntry, RollFinding, Rulebook
from civil_aid_rules.errors import EvaluationError
from tests.bad_packs.record import Home
from tests.bad_packs.test_bad_packs import broken
from tests.unit.receipts.islandia import FAMILY, hearth, islandia

ON = "2016-04-01"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(programs=["urban_dibao", "tekun"])


def member(name: str, income: str = "0", **facts: Any) -> dict[str, Any]:
    item = {"kind": "wages", "amount": income, "period": "month", "start": "2015-01-01", "provenance": "evidenced"}
    return {
        "id": name,
        "relation": "head",
        "registration": "non_agricultural",
        "lives_with_family": True,
        "exclusions": [],
        "income": [item] if income != "0" else [],
        **facts,
    }


def family(income: str = "900", count: int = 3, **facts: Any) -> Household:
    members = [member("a", income), *(member(name) for name in "bcdefg"[: count - 1])]
    return Household.model_validate({"members": members, "asset_finding": "within", **facts})


def entry(case: str = "1", amount: str | None = "540", **facts: Any) -> RollEntry:
    given = {} if amount is None else {"amount": amount, "period": "month"}
    return RollEntry.model_validate({"case": case, "program": "urban_dibao", "since": "2015-07-01", **given, **facts})


def roll(*entries: RollEntry) -> Roll:
    return Roll(entries=list(entries))


def held(rulebook: Rulebook, record: Household, *entries: RollEntry, on: str = ON, **more: Any) -> RollFinding:
    """The finding for case 1."""
    found = list(
        rulebook.compare_with_roll(
            [Case(case="1", record=record)], roll(*entries), program="urban_dibao", on=on, **more
        )
    )
    assert len(found) == 1
    assert isinstance(found[0], RollFinding), found[0]
    return found[0]


# --- cover, keep, change, end, stay out -------------------------------------------------------------------------------


def test_an_eligible_household_that_is_not_on_the_roll_should_be_covered(rulebook: Rulebook) -> None:
    found = held(rulebook, family())
    assert (found.action, found.paid, found.due, found.difference) == ("cover", None, "540", None)
    assert "应保尽保" in found.explanation.zh


def test_an_eligible_household_that_is_paid_what_is_due_is_kept(rulebook: Rulebook) -> None:
    found = held(rulebook, family(), entry())
    assert (found.action, found.paid, found.due, found.difference) == ("keep", "540", "540", "0")
    assert str(found.since) == "2015-07-01"


def test_the_raise_changes_the_amount(rulebook: Rulebook) -> None:
    # (450 - 300) x 3 = 450 in 2015 and still paid; 540 due: 90 more.
    found = held(rulebook, family(), entry(amount="450"))
    assert (found.action, found.paid, found.due, found.difference) == ("change", "450", "540", "90")
    assert found.explanation.en == "eligible and on the roll: paid 450.00 CNY a month, due 540.00 CNY a month"
    assert [citation.article for citation in found.citations] == ["art. 9", "art. 11", "art. 13"]


def test_before_the_raise_was_published_the_old_amount_is_kept(rulebook: Rulebook) -> None:
    assert held(rulebook, family(), entry(amount="450"), known_on="2016-02-18").action == "keep"


def test_a_household_above_the_standard_ends_with_the_reason_and_its_article(rulebook: Rulebook) -> None:
    # 1500 / 3 = 500, not below 480.
    found = held(rulebook, family("1500"), entry())
    assert (found.action, found.status, found.due, found.difference) == ("end", "ineligible", "0", "-540")
    (reason,) = found.reasons
    assert (reason.id, reason.holds) == ("below_standard", "no")
    assert [citation.article for citation in reason.citations] == ["art. 9", "art. 4"]
    assert reason.margin is not None and (reason.margin.value, reason.margin.limit) == ("500", "480")
    assert "Written reason:\n  not met: " in found.text()
    assert "家庭月人均收入每人每月500.00元，城市低保标准每人每月480.00元" in found.text("zh")


def test_income_equal_to_the_standard_ends_and_a_fen_below_it_does_not(rulebook: Rulebook) -> None:
    assert held(rulebook, family("1440"), entry()).action == "end"
    # 1439.97 / 3 = 479.99: (480 - 479.99) x 3 = 0.03
    found = held(rulebook, family("1439.97"), entry())
    assert (found.action, found.due, found.difference) == ("change", "0.03", "-539.97")


def test_whoever_is_neither_eligible_nor_on_the_roll_stays_out(rulebook: Rulebook) -> None:
    assert held(rulebook, family("1500")).action == "stay_out"


# --- nobody is ended for an unknown -----------------------------------------------------------------------------------


def test_nobody_is_ended_for_what_is_not_known(rulebook: Rulebook) -> None:
    unknown = family().with_changes({"members[1].income": None})
    found = held(rulebook, unknown, entry())
    assert (found.action, found.status, found.due) == ("look", "undetermined", None)
    assert [item.name for item in found.missing] == ["$.members[1].income"]
    assert held(rulebook, unknown).action == "look"
    assert held(rulebook, Household(), entry()).action == "look"


def test_a_refusal_that_is_settled_ends_though_other_facts_are_not_known(rulebook: Rulebook) -> None:
    """1500 of one already make 500 each, but another's income may be a loss: only a finding on assets settles it."""
    beyond = family(asset_finding="exceeds").with_changes({"members[1].income": None})
    found = held(rulebook, beyond, entry())
    assert found.action == "end"
    assert [reason.id for reason in found.reasons] == ["asset_bar"]


def test_a_flag_ends_nobody(rulebook: Rulebook) -> None:
    # The county's limit of 20000 decides against the finding; both at once are a flag, and (480 - 300) x 3 is due.
    record = family(jurisdiction="example_county", asset_finding="exceeds", assets=[])
    found = held(rulebook, record, entry())
    assert (found.action, found.jurisdiction) == ("keep", "example_county")
    assert [flag.rule for flag in found.flags] == ["urban_dibao.finding_contradicts_number"]


def test_an_amount_that_the_roll_does_not_state_is_looked_at(rulebook: Rulebook) -> None:
    found = held(rulebook, family(), entry(amount=None))
    assert (found.action, found.due, [remark.kind for remark in found.remarks]) == ("look", "540", ["amount_not_known"])


def test_an_entry_of_which_no_record_is_given_is_looked_at(rulebook: Rulebook) -> None:
    found = list(
        rulebook.compare_with_roll([], roll(entry("7"), entry("8", until="2016-03-31")), program="urban_dibao", on=ON)
    )
    assert [(item.case, item.action, item.status, item.paid) for item in found if isinstance(item, RollFinding)] == [
        ("7", "look", None, "540"),
        ("8", "look", None, None),
    ]


def small(tmp_path: Path, old: str, new: str) -> Rulebook:
    """The small pack of the broken ones, with one thing said otherwise. Its standard is 480 on 2016-04-01."""
    root = broken({"replace": {"aid/rules/2014-03-01.yaml": {old: new}}}, tmp_path)
    return Rulebook.load(root, records={"home": Home})


def in_the_small_pack(rulebook: Rulebook, record: Home) -> RollFinding:
    item = RollEntry.model_validate({"case": "1", "program": "aid", "amount": "100", "period": "month"})
    (found,) = rulebook.compare_with_roll([Case(case="1", record=record)], roll(item), program="aid", on=ON)
    assert isinstance(found, RollFinding)
    return found


def test_a_refusal_that_rests_on_an_assumption_ends_nobody(tmp_path: Path) -> None:
    total = "  is: sum(m.income_total for m in members)\n"
    assumed = small(tmp_path, total, f'{total}  if_unknown: {{value: "9999", cite: act art. 5}}\n')
    unknown, known = (Home.model_validate({"members": [{"id": "a", **wages}]}) for wages in ({}, {"wages": "480"}))
    found = in_the_small_pack(assumed, unknown)
    assert (found.status, found.action) == ("ineligible", "look")
    assert [remark.kind for remark in found.remarks] == ["refusal_rests_on_unknown"]
    assert in_the_small_pack(assumed, known).action == "end"


def test_an_assumption_that_the_refusal_does_not_rest_on_is_no_matter(tmp_path: Path) -> None:
    old = "  is: any(age(m.birth, on) >= old_age for m in members)\n"
    assumed = small(tmp_path, old, f"{old}  if_unknown: {{value: 'yes', cite: act art. 3}}\n")
    assert in_the_small_pack(assumed, Home.model_validate({"members": [{"id": "a", "wages": "480"}]})).action == "end"


def test_a_refusal_by_a_plain_formula_has_its_rule_as_reason(tmp_path: Path) -> None:
    condition = (
        "  all:\n    - {id: below, if: per_head < standard, say: {en: income below the standard, zh: 收入低于标准}}\n"
    )
    bare = small(tmp_path, condition, "  title: {en: Eligible, zh: 符合条件}\n  is: per_head < standard\n")
    found = in_the_small_pack(bare, Home.model_validate({"members": [{"id": "a", "wages": "480"}]}))
    assert (found.action, [reason.text.en for reason in found.reasons]) == ("end", ["Eligible"])


def test_nobody_is_ended_without_a_reason_that_can_be_written_down() -> None:
    """A hearth known to have no children: no line of the child grant is refused, so no condition can be named."""
    item = RollEntry.model_validate({"case": "1", "program": "child_grant", "amount": "60", "period": "month"})
    record = hearth('{"adults": [], "children": []}')
    (found,) = islandia().compare_with_roll(
        [Case(case="1", record=record)], roll(item), program="child_grant", on="2012-05-01"
    )
    assert isinstance(found, RollFinding)
    assert (found.status, found.action, found.reasons) == ("ineligible", "look", ())
    assert [remark.kind for remark in found.remarks] == ["no_reason"]


# --- ended entries ----------------------------------------------------------------------------------------------------


def test_support_that_ended_without_a_written_reason_is_said(rulebook: Rulebook) -> None:
    without, with_reason = entry(until="2016-03-31"), entry(until="2016-03-31", reason="moved away")
    found = held(rulebook, family("1500"), without)
    assert (found.action, [item.kind for item in found.remarks]) == ("stay_out", ["ended_without_reason"])
    found = held(rulebook, family(), without)
    assert (found.action, [item.kind for item in found.remarks]) == ("cover", ["ended_without_reason"])
    assert held(rulebook, family("1500"), with_reason).remarks == ()


def test_the_last_day_paid_for_is_still_paid(rulebook: Rulebook) -> None:
    assert held(rulebook, family(), entry(until=ON)).action == "keep"
    assert held(rulebook, family(), entry(since="2016-04-02", until=None)).action == "cover"
    assert held(rulebook, family(), entry(since=ON)).action == "keep"


def test_of_several_entries_the_one_that_is_paid_on_the_day_counts(rulebook: Rulebook) -> None:
    old = entry(amount="450", since="2014-07-01", until="2015-12-31")
    assert held(rulebook, family(), old, entry(since="2016-01-01")).action == "keep"
    assert held(rulebook, family(), entry(since="2016-01-01"), old).action == "keep"
    ended = entry(amount="450", since="2016-01-01", until="2016-02-29", reason="x")
    assert held(rulebook, family(), ended, old).remarks == ()


# --- persons ----------------------------------------------------------------------------------------------------------


def test_persons_who_joined_or_left_since_the_approval_are_named(rulebook: Rulebook) -> None:
    found = held(rulebook, family(), entry(members=["a", "b", "x"]))
    assert (found.action, found.joined, found.left) == ("keep", ("c",), ("x",))
    assert [remark.kind for remark in found.remarks] == ["persons_differ"]
    same = held(rulebook, family(), entry(members=["c", "b", "a"]))
    assert (same.joined, same.left, same.remarks) == ((), (), ())


def test_a_person_of_whom_it_is_not_known_neither_joined_nor_left(rulebook: Rulebook) -> None:
    record = family().with_changes({"members[1].registration": None, "members[2].registration": None})
    found = held(rulebook, record, entry(members=["a", "b"]))
    assert (found.joined, found.left) == ((), ())


# --- other programs and periods ---------------------------------------------------------------------------------------


def supported(**facts: Any) -> Household:
    person = member(
        "p",
        registration="agricultural",
        birth_date="1940-05-01",
        able_to_work=False,
        disability="none",
        living_source_finding="none_found",
        support_asset_finding="within",
        supporters=[],
        support_spells=[{"form": "centralized", "start": "2014-07-01"}],
        **facts,
    )
    return Household.model_validate({"members": [person], "asset_finding": "within"})


@pytest.mark.parametrize(
    ("amount", "period", "action", "difference"),
    [("365", "month", "keep", "0"), ("4380", "year", "keep", "0"), ("305", "month", "change", "60")],
)  # 4380 a year = 12 x 365; 365 - 305 = 60
def test_what_is_due_a_year_is_held_against_what_is_paid_a_month(
    rulebook: Rulebook, amount: str, period: str, action: str, difference: str
) -> None:
    item = RollEntry.model_validate({"case": "1", "program": "tekun", "amount": amount, "period": period})
    cases = [Case(case="1", record=supported())]
    (found,) = rulebook.compare_with_roll(cases, roll(item), program="tekun", on=ON)
    assert isinstance(found, RollFinding)
    assert (found.action, found.difference, found.period) == (action, difference, period)


def test_the_reasons_of_a_program_for_each_person_are_those_of_its_lines(rulebook: Rulebook) -> None:
    item = RollEntry.model_validate(
        {"case": "1", "program": "tekun", "amount": "365", "period": "month", "members": ["p"]}
    )
    record = supported().with_changes({"members[0].living_source_finding": "has"})
    (found,) = rulebook.compare_with_roll([Case(case="1", record=record)], roll(item), program="tekun", on=ON)
    assert isinstance(found, RollFinding)
    assert (found.action, found.left) == ("end", ("p",))
    assert found.reasons and all(reason.entry == "$.members[0]" for reason in found.reasons)


def test_a_day_cannot_be_held_against_a_month(rulebook: Rulebook) -> None:
    cases = [Case(case="1", record=family())]
    (found,) = rulebook.compare_with_roll(cases, roll(entry(period="day")), program="urban_dibao", on=ON)
    assert isinstance(found, RecordError)
    assert found.text() == (
        "case 1: $.entries[0].period: roll-paid-per: what is paid per day cannot be held against what this program "
        "pays per month"
    )


# --- many cases, jurisdictions, counts --------------------------------------------------------------------------------


def cases() -> Iterable[Case | RecordError]:
    yield Case(case="1", record=family())
    yield Case(case="2", record=family())
    yield Case(case="3", record=family("1500"))
    yield Case(case="4", record=family("1500"))
    yield Case(case="5", record=Household())
    yield Case(case="6", record=family(jurisdiction="exmple_county"))
    yield Case(
        case="7", record=family(jurisdiction="example_county", assets=[{"kind": "deposits", "value": "20000.01"}])
    )
    yield Case(case="1", record=family())
    yield from Case.from_lines(['{"case": "8", "record": {"membres": []}}'], Household)


ROLL = roll(entry("2", "450"), entry("3"), entry("6"), entry("7"), entry("9"), entry("10", until="2016-01-31"))


def test_each_case_gives_one_finding_or_one_located_error_and_the_counts_add_up(rulebook: Rulebook) -> None:
    """7 ends: 20000.01 is over the limit of 20000 that the county has from its city, though the finding says within."""
    found = list(rulebook.compare_with_roll(cases(), ROLL, program="urban_dibao", on=ON))
    said = [item.action if isinstance(item, RollFinding) else item.code for item in found]
    assert said == [
        "cover", "change", "end", "stay_out", "look", "jurisdiction-unknown", "end", "case-twice",
        "record-unknown-field", "look", "look",
    ]  # fmt: skip
    errors = [item.text() for item in found if isinstance(item, RecordError)]
    assert errors[0] == (
        "case 6: $.jurisdiction: jurisdiction-unknown: there is no jurisdiction exmple_county; "
        "did you mean example_county?"
    )
    assert errors[1].startswith("case 1: $: case-twice: ")
    assert errors[2].startswith("line 1: $.record.membres: ")
    counts = RollCounts.of(found)
    assert counts.model_dump() == {
        "cases": 11, "cover": 1, "keep": 0, "change": 1, "end": 2, "look": 3, "stay_out": 1, "unreadable": 3,
        "without_record": 2, "ended_without_reason": 1,
    }  # fmt: skip
    assert counts == RollCounts.of(found[:4]) + RollCounts.of(found[4:])


def test_counts_that_do_not_add_up_are_refused() -> None:
    empty = RollCounts.of([]).model_dump()
    with pytest.raises(ValueError, match="do not add up"):
        RollCounts.model_validate({**empty, "cases": 1})


def test_a_jurisdiction_that_is_named_holds_for_all_and_refuses_records_of_another(rulebook: Rulebook) -> None:
    found = list(rulebook.compare_with_roll(cases(), ROLL, program="urban_dibao", on=ON, jurisdiction="example_county"))
    said = [item.action if isinstance(item, RollFinding) else item.code for item in found]
    assert said[5:7] == ["record-jurisdiction", "end"]
    assert {item.jurisdiction for item in found if isinstance(item, RollFinding)} == {"example_county"}


def test_one_evaluator_is_kept_for_each_jurisdiction(rulebook: Rulebook) -> None:
    first = rulebook.evaluator("urban_dibao", on=ON, jurisdiction="example_county")
    assert rulebook.evaluator("urban_dibao", on=ON, jurisdiction="example_county") is first
    assert rulebook.evaluator("urban_dibao", on=ON) is not first


def test_each_record_is_decided_by_the_rules_of_its_own_jurisdiction(rulebook: Rulebook) -> None:
    records: list[Household | str] = [
        family(),
        family(jurisdiction="example_city"),
        family(jurisdiction="nowhere"),
        '{"members": 1}',
        family(jurisdiction="example_county"),
    ]
    found = list(rulebook.determine_many("urban_dibao", records, on=ON))
    said = [item.code if isinstance(item, RecordError) else item.jurisdiction for item in found]
    assert said == [None, "example_city", "jurisdiction-unknown", "record-value", "example_county"]


def test_a_question_that_cannot_be_asked_is_refused_at_once(rulebook: Rulebook) -> None:
    with pytest.raises(EvaluationError, match="program-unknown"):
        rulebook.compare_with_roll([], roll(), program="urban_dibo", on=ON)
    with pytest.raises(EvaluationError, match="jurisdiction-unknown"):
        rulebook.determine_many("urban_dibao", [], on=ON, jurisdiction="nowhere")
    with pytest.raises(EvaluationError, match="day-unreadable"):
        rulebook.compare_with_roll([], roll(), program="urban_dibao", on="2016-4-1")


# --- Islandia ---------------------------------------------------------------------------------------------------------


def test_islandia_keeps_its_roll_in_its_own_currency() -> None:
    """FAMILY is due 120 a month on 2012-05-01 (worked out where it stands); 100 is paid."""
    item = RollEntry.model_validate({"case": "1", "program": "hearth_benefit", "amount": "100", "period": "month"})
    (found,) = islandia().compare_with_roll(
        [Case(case="1", record=hearth(FAMILY))], roll(item), program="hearth_benefit", on="2012-05-01"
    )
    assert isinstance(found, RollFinding)
    assert (found.action, found.paid, found.due, found.currency) == ("change", "100", "120", "ISL")
    assert (found.citations, found.joined, found.left) == ((), (), ())
    assert "paid 100.00 ISL a month, due 120.00 ISL a month" in found.text()


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_a_finding_survives_json(rulebook: Rulebook) -> None:
    for finding in rulebook.compare_with_roll(cases(), ROLL, program="urban_dibao", on=ON):
        if isinstance(finding, RollFinding):
            assert RollFinding.model_validate_json(finding.to_json()) == finding
            assert json.loads(finding.to_json())["action"] == finding.action
            assert finding.text() and finding.text("zh")
