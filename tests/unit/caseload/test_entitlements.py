"""Every program for one record: what excludes, stacks and is automatic, and the exact totals. Values by hand.

Of 2016: urban standard 480, rural 270 a month for each person; support for people in extreme difficulty at home 3480 a
year, 290 a month. Of the invented coast: see fishers.py.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from civil_aid_rules import (
    AppliedRelation,
    CivilAidError,
    Entitlements,
    EvaluationError,
    Household,
    ReceiptError,
    RecordError,
    Rulebook,
    Scenario,
    Total,
)
from tests.packs.islandia_record import Hearth
from tests.unit.caseload.fishers import Wreck, crew, fishers
from tests.unit.render.cases import islandia

FAMILY = ("urban_dibao", "rural_dibao")


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def three_programs() -> Rulebook:
    return Rulebook.load(programs=[*FAMILY, "tekun"])


def member(name: str, registration: str, income: str | None = None, **facts: Any) -> dict[str, Any]:
    wages = {"kind": "wages", "amount": income, "period": "month", "start": "2014-01-01", "provenance": "evidenced"}
    known: dict[str, Any] = {"relation": "head", "lives_with_family": True, "exclusions": [], "income": []}
    return {"id": name, "registration": registration, **known, **({"income": [wages]} if income else {}), **facts}


def household(*members: dict[str, Any], **more: Any) -> Household:
    return Household.model_validate({"asset_finding": "within", "assets": [], "members": list(members), **more})


def elder(registration: str, approved_from: str | None = None) -> dict[str, Any]:
    """Nobody supports this person of 75, who is not able to work and chose support at home."""
    exclusions = [] if approved_from is None else [{"kind": "tekun_approved", "start": approved_from}]
    return member(
        "elder",
        registration,
        birth_date="1940-05-01",
        able_to_work=False,
        disability="none",
        living_source_finding="none_found",
        support_asset_finding="within",
        supporters=[],
        support_spells=[],
        chosen_support_form="dispersed",
        exclusions=exclusions,
    )


def adult(registration: str) -> dict[str, Any]:
    """A grown person who is able to work, so in no group that support is for."""
    return member(
        "adult",
        registration,
        birth_date="1976-05-01",
        able_to_work=True,
        disability="none",
        living_source_finding="none_found",
        support_asset_finding="within",
        supporters=[],
        support_spells=[],
    )


def amounts(found: Entitlements) -> dict[str, str | None]:
    return {item.program: item.amount for item in found.counted}


def relation(found: Entitlements, program: str, kind: str) -> AppliedRelation:
    (only,) = [item for item in found.relations if (item.program, item.kind) == (program, kind)]
    return only


def total(
    amount: str | None, *open_programs: str, known: str | None = None, currency: str = "CNY"
) -> tuple[Total, ...]:
    return (Total(currency=currency, amount=amount, known=known or amount or "0", open=open_programs),)


# --- what excludes ---------------------------------------------------------------------------------------------------


def test_t11_a_mixed_family_applies_by_registration(three_programs: Rulebook) -> None:
    """840 over three is 280: not below 270; (480 - 280) x 2 = 400 for the two with urban registration; 4800 a year."""
    rulebook = Rulebook.load(programs=FAMILY)
    family = household(
        member("f", "agricultural", "840"), member("m", "non_agricultural"), member("c", "non_agricultural")
    )
    found = rulebook.determine_all(family, on="2016-04-01")
    assert {name: result.status for name, result in found.results.items()} == {
        "urban_dibao": "eligible",
        "rural_dibao": "ineligible",
    }
    assert amounts(found) == {"urban_dibao": "400"}
    assert (found.total_a_month, found.total_a_year, found.total_once) == (total("400"), total("4800"), ())


def test_merely_qualifying_for_support_excludes_nobody(three_programs: Rulebook) -> None:
    """Both count for rural dibao: 270 x 2 = 540. The elder qualifies for 3480 a year, and it is in no total."""
    found = three_programs.determine_all(household(elder("agricultural"), adult("agricultural")), on="2016-04-01")
    tekun = found.results["tekun"]
    assert [(line.id, line.status, str(line.amount)) for line in tekun.lines] == [
        ("elder", "eligible", "3480.00"),
        ("adult", "ineligible", "0.00"),
    ]
    assert amounts(found) == {"rural_dibao": "540", "tekun": "0"}
    (counted,) = [item for item in found.counted if item.program == "tekun"]
    assert counted.pending == ("$.members[0]",)
    assert counted.note is not None and "elder" in counted.note.en and "尚未开始发放" in counted.note.zh
    assert found.total_a_month == total("540")
    assert (relation(found, "tekun", "displaces").holds, relation(found, "tekun", "displaces").entries) == ("no", ())


def test_support_displaces_dibao_for_the_person_from_its_first_month(three_programs: Rulebook) -> None:
    """Approved on 20 March: in March 540 for two; in April 270 for one and 3480 a year: 560 a month, 6720 a year."""
    family = household(elder("agricultural", "2016-03-20"), adult("agricultural"))
    march = three_programs.determine_all(family, on="2016-03-01")
    assert (amounts(march), march.total_a_month) == ({"rural_dibao": "540", "tekun": "0"}, total("540"))
    april = three_programs.determine_all(family, on="2016-04-01")
    assert amounts(april) == {"rural_dibao": "270", "tekun": "3480"}
    assert (april.total_a_month, april.total_a_year) == (total("560"), total("6720"))
    displaces = relation(april, "tekun", "displaces")
    assert (displaces.programs, displaces.holds, displaces.entries) == (FAMILY, "yes", ("$.members[0]",))
    assert displaces.citations[0].article == "art. 15(3)"


def test_an_unset_rate_excludes_nobody_and_opens_no_total(three_programs: Rulebook) -> None:
    """Urban support is not set: the amount is unknown. Not approved, so the elder has urban dibao: 480 x 2 = 960."""
    found = three_programs.determine_all(
        household(elder("non_agricultural"), adult("non_agricultural")), on="2016-04-01"
    )
    assert found.results["tekun"].lines[0].amount is None
    assert amounts(found) == {"urban_dibao": "960", "tekun": "0"}
    assert (found.total_a_month, found.total_a_year) == (total("960"), total("11520"))


def test_approved_support_of_an_unset_rate_leaves_the_total_open_and_names_it(three_programs: Rulebook) -> None:
    family = household(elder("non_agricultural", "2016-03-20"), adult("non_agricultural"))
    found = three_programs.determine_all(family, on="2016-04-01")
    assert amounts(found) == {"urban_dibao": "480", "tekun": None}
    assert found.total_a_month == total(None, "tekun", known="480")
    assert found.total_a_year == total(None, "tekun", known="5760")


# --- what stacks, and what is automatic -------------------------------------------------------------------------------


def three(aid_class: str) -> Household:
    return household(
        member("a", "non_agricultural", "900", aid_class=aid_class),
        member("b", "non_agricultural", aid_class=aid_class),
        member("c", "non_agricultural", aid_class=aid_class),
    )


def test_the_premium_subsidy_comes_with_dibao_and_is_added_up() -> None:
    """540 a month and 3 x min(60, 150) = 180 a year: 540 + 15 = 555 a month; 6480 + 180 = 6660 a year."""
    rulebook = Rulebook.load(programs=["urban_dibao", "medical_premium"]).with_overlay(
        Scenario({"medical_premium.personal_contribution": "150", "medical_premium.fixed_subsidy": "60"})
    )
    found = rulebook.determine_all(three("dibao"), on="2016-04-01")
    assert amounts(found) == {"urban_dibao": "540", "medical_premium": "180"}
    assert (found.total_a_month, found.total_a_year) == (total("555"), total("6660"))
    automatic = relation(found, "urban_dibao", "automatic")
    assert (automatic.holds, automatic.programs) == ("yes", ("medical_assistance", "medical_premium"))
    assert "测算方案" in found.explain(language="zh")


def test_while_the_subsidy_is_not_set_the_total_says_what_is_known(shipped: Rulebook) -> None:
    found = shipped.determine_all(three("dibao"), on="2016-04-01")
    assert found.results["medical_premium"].status == "eligible"
    assert found.total_a_month == total(None, "medical_premium", known="540")


def test_temporary_assistance_stacks_and_medical_assistance_is_settled_first(shipped: Rulebook) -> None:
    found = shipped.determine_all(three("dibao"), on="2016-04-01")
    stacks = relation(found, "urban_dibao", "stacks")
    assert (stacks.holds, stacks.programs) == ("yes", ("temporary_assistance",))
    first = relation(found, "medical_assistance", "settled_before")
    assert first.programs == ("temporary_assistance", "special_assistance")
    assert [citation.article for citation in first.citations] == ["art. 29"]
    assert relation(found, "rural_dibao", "stacks").holds == "no"


def test_what_is_paid_once_is_in_a_total_of_its_own() -> None:
    """The coast: aid 120 x 2 - 50 = 190 a month, the storm grant 250 once."""
    found = fishers().determine_all(crew(hit_by_storm=True), on="2012-05-01")
    assert found.total_a_month == total("190", currency="ISL")
    assert found.total_a_year == total("2280", currency="ISL")
    assert found.total_once == total("250", currency="ISL")


# --- another country -------------------------------------------------------------------------------------------------


def test_a_pension_displaces_aid_for_the_approved_alone() -> None:
    """Two kept a light, one pension is approved: 120 x 1 - 50 = 70 and 600 a year: 70 + 50 = 120; 840 + 600 = 1440."""
    found = fishers().determine_all(crew(kept=2, approved=1), on="2012-05-01")
    assert amounts(found) == {"coast_aid": "70", "keeper_pension": "600", "lamp_ration": "3"}
    assert (found.total_a_month, found.total_a_year) == (total("120", currency="ISL"), total("1440", currency="ISL"))
    assert relation(found, "keeper_pension", "displaces").entries == ("$.people[0]",)


def test_what_is_paid_by_the_day_is_in_no_total_and_says_so() -> None:
    found = fishers().determine_all(crew(kept=1, approved=1), on="2012-05-01")
    (ration,) = [item for item in found.counted if item.program == "lamp_ration"]
    assert ration.period == "day" and ration.note is not None and ration.note.en == "paid by the day"
    assert "Not in the totals: paid by the day" in found.explain()


def test_a_whole_other_rulebook_is_added_up_the_same_way() -> None:
    """Islandia's example B01: the hearth benefit 120 a month, 1440 a year; nothing of it is Chinese."""
    record = Hearth.from_json(
        json.dumps(
            {
                "island": "north",
                "arrived": "2010-03-15",
                "dwelling": {"kind": "timber", "rooms": 2, "heated": True},
                "adults": [
                    {
                        "id": "dag",
                        "born": "1980-01-01",
                        "wages": 4800,
                        "lodger": False,
                        "works_at_sea": True,
                        "harvests": [],
                    },
                    {
                        "id": "eva",
                        "born": "1982-07-01",
                        "wages": 0,
                        "lodger": False,
                        "works_at_sea": False,
                        "harvests": [],
                    },
                ],
                "children": [
                    {"id": "finn", "born": "2005-06-01", "lives_here": True},
                    {"id": "gro", "born": "2011-03-01", "lives_here": True},
                ],
                "boats": [{"id": "gull", "inherited": False}],
            }
        )
    )
    found = islandia().determine_all(record, on="2012-05-01")
    assert amounts(found)["hearth_benefit"] == "120"
    assert {item.currency for item in found.total_a_month} == {"ISL"}
    assert "CNY" not in found.explain() and "元" not in found.explain(language="zh")


# --- what is not evaluated --------------------------------------------------------------------------------------------


def test_programs_for_other_records_are_reported(shipped: Rulebook) -> None:
    found = shipped.determine_all(three("dibao"), on="2016-04-01")
    assert [(item.program, item.why) for item in found.not_determined] == [
        ("county_indicators", "other_record"),
        ("elder_home", "other_record"),
    ]
    assert {*found.results, *(item.program for item in found.not_determined)} == set(shipped.programs)


def test_a_program_without_rules_on_the_day_says_from_when_it_has_some() -> None:
    found = fishers().determine_all(crew(), on="2010-05-01")
    (left,) = [item for item in found.not_determined if item.why == "cannot_be_asked"]
    assert left.program == "storm_grant"
    assert "2011-01-01" in left.reason.en and "2011-01-01" in left.reason.zh
    assert "rules/" not in left.reason.en and "name-not-in-force" not in left.reason.en
    assert left.reason.zh in found.explain(language="zh")


def test_for_a_record_of_another_kind_the_others_are_reported() -> None:
    found = fishers().determine_all(Wreck(is_raised=True), on="2012-05-01")
    assert found.results["wreck_prize"].status == "eligible"
    assert {item.program for item in found.not_determined} == {
        "coast_aid",
        "keeper_pension",
        "lamp_ration",
        "storm_grant",
    }
    assert (found.total_a_month, found.counted) == ((), ())


def test_a_jurisdiction_that_does_not_exist_is_a_fault_of_the_question() -> None:
    with pytest.raises(EvaluationError) as caught:
        fishers().determine_all(crew(), on="2012-05-01", jurisdiction="nowhere")
    assert caught.value.code == "jurisdiction-unknown"


def test_the_jurisdiction_is_the_records_own(shipped: Rulebook) -> None:
    own = shipped.determine_all(
        household(member("a", "non_agricultural"), jurisdiction="example_county"), on="2016-04-01"
    )
    assert own.jurisdiction == "example_county"
    assert own.results["urban_dibao"].jurisdiction == "example_county"
    with pytest.raises(RecordError) as caught:
        shipped.determine_all(household(member("a", "non_agricultural"), jurisdiction="exmple_county"), on="2016-04-01")
    assert [(item.code, item.at) for item in caught.value.problems] == [("jurisdiction-unknown", "$.jurisdiction")]


@pytest.mark.parametrize("question", [{"on": "2016-13-01"}, {"on": "2016-04-01", "known_on": "soon"}])
def test_a_day_that_is_none_is_refused(shipped: Rulebook, question: dict[str, str]) -> None:
    with pytest.raises(CivilAidError) as caught:
        shipped.determine_all(three("dibao"), **question)
    assert caught.value.code == "day-unreadable"


# --- as data ----------------------------------------------------------------------------------------------------------


def test_the_answer_comes_back_equal_from_json_and_still_explains_itself() -> None:
    found = fishers().determine_all(crew(kept=2, approved=1), on="2012-05-01")
    read = Entitlements.model_validate_json(found.to_json())
    assert read == found and found == read and hash(read) == hash(found)
    assert json.loads(found.to_json())["total_a_month"][0]["amount"] == "120"
    assert "Sum:" in found.explain() and "Sum:" not in read.explain()
    assert "p1" in read.explain() and "Keeper pension displaces Coast aid: holds here" in read.explain()
    assert found.determinations["coast_aid"]["aid"] == 70
    with pytest.raises(ReceiptError):
        _ = read.determinations
    other = fishers().determine_all(crew(kept=2, approved=2), on="2012-05-01")
    assert other != found


def test_a_row_for_each_program_or_line() -> None:
    rows = fishers().determine_all(crew(kept=1, approved=1), on="2012-05-01").to_records()
    assert [(row["program"], row["id"], row["amount"]) for row in rows][:3] == [
        ("coast_aid", None, "70.00"),
        ("keeper_pension", "p1", "600.00"),
        ("keeper_pension", "p2", "0.00"),
    ]
