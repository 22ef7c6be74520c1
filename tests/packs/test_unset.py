"""Values that the source document leaves open: they are named with who sets them; once set, there is an amount.

One household or home per program. The example city and county are invented; their values are in rules/overlays.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from civil_aid_rules import Household, Rulebook, Scenario
from civil_aid_rules.determination import Determination
from civil_aid_rules.records.facility import Facility

ON = "2016-04-01"
HIGHER = ("province", "city")
LOWER = ("city", "county")
ALL_LEVELS = ("province", "city", "county")


class Case(NamedTuple):
    """A record of a program, what it lacks out of the box, and the amount where the values are set."""

    program: str
    record: dict[str, Any]
    status: str
    lacks: dict[str, tuple[str, ...]]
    jurisdiction: str
    amount: str


def person(**more: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "relation": "head",
        "birth_date": "1940-05-01",
        "registration": "non_agricultural",
        "lives_with_family": True,
        "exclusions": [],
        "income": [],
        **more,
    }


SUPPORTED = {
    "disability": "none",
    "able_to_work": False,
    "living_source_finding": "none_found",
    "supporters": [],
    "support_spells": [],
    "chosen_support_form": "dispersed",
}
FIRE = {
    "id": "h",
    "cause": "fire",
    "severity": "moderate",
    "occurred_on": "2016-03-20",
    "persons": 3,
    "serious_difficulty": True,
    "last_aid_same_cause": "2014-01-01",
    "paid_by_other_aid": "0",
}
TUITION = {"id": "h", "cause": "education", "persons": 3, "spending": "8000", "paid_by_other_aid": "0"}
BILL = {
    "id": "b",
    "patient": "a",
    "designated_hospital": True,
    "insured": True,
    "total": "40000",
    "out_of_policy": "4000",
    "basic_paid": "21600",
    "critical_paid": "3000",
    "supplementary_paid": "0",
    "charity_paid": "0",
    "aid_used_before": "0",
}
CASES = (
    # 480 − 0, with assets of 5000 under the example limit of 20000
    Case(
        "urban_dibao",
        {"members": [person()], "assets": [{"kind": "deposits", "value": "5000"}]},
        "undetermined",
        {"urban_dibao.asset_limit": HIGHER},
        "example_city",
        "480.00",
    ),
    # 270 − 0, with assets of 5000 under the example limit of 12000
    Case(
        "rural_dibao",
        {
            "members": [person(registration="agricultural")],
            "assets": [{"kind": "deposits", "value": "5000"}],
        },
        "undetermined",
        {"rural_dibao.asset_limit": HIGHER},
        "example_city",
        "270.00",
    ),
    # at home in the example city: 6600 a year
    Case(
        "tekun",
        {"members": [person(**SUPPORTED)], "assets": []},
        "eligible",
        {"tekun.urban_support_standard": HIGHER},
        "example_city",
        "6600.00",
    ),
    # 480 × 3 persons × 3 months; 27 months since the last aid for the same cause, more than 12
    Case(
        "temporary_assistance",
        {"receives_dibao": False, "hardships": [FIRE]},
        "undetermined",
        {
            "temporary_assistance.cap_months": LOWER,
            "temporary_assistance.months_if_moderate": LOWER,
            "temporary_assistance.same_cause_window": LOWER,
        },
        "example_county",
        "4320.00",
    ),
    # (8000 − 5000) × 0.50
    Case(
        "special_assistance",
        {"receives_dibao": False, "hardships": [TUITION]},
        "undetermined",
        {
            "special_assistance.most_paid": LOWER,
            "special_assistance.share_paid": LOWER,
            "special_assistance.spending_threshold": LOWER,
        },
        "example_county",
        "1500.00",
    ),
    # 36000 − 21600 − 3000 = 11400, and 0.70 of it
    Case(
        "medical_assistance",
        {"members": [person(aid_class="dibao")], "bills": [BILL]},
        "eligible",
        {"medical_assistance.assistance_ratio": LOWER, "medical_assistance.yearly_cap": LOWER},
        "example_county",
        "7980.00",
    ),
    # the fixed subsidy of the example city, below its contribution of 120
    Case(
        "medical_premium",
        {"members": [person(aid_class="dibao")]},
        "eligible",
        {"medical_premium.fixed_subsidy": LOWER, "medical_premium.personal_contribution": HIGHER},
        "example_city",
        "50.00",
    ),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def determined(rulebook: Rulebook, case: Case, **question: Any) -> Determination:
    record = Household.from_json(json.dumps(case.record))
    return rulebook.evaluator(case.program, on=ON, **question).determine(record)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.program)
def test_a_value_that_is_not_set_is_named_with_who_sets_it(case: Case, rulebook: Rulebook) -> None:
    found = determined(rulebook, case)
    assert found.status == case.status
    assert found.payment is not None and found.payment.amount is None
    assert {item.name: item.set_by for item in found.missing if item.kind == "parameter"} == case.lacks


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.program)
def test_with_the_example_values_the_same_record_gets_an_amount(case: Case, rulebook: Rulebook) -> None:
    found = determined(rulebook, case, jurisdiction=case.jurisdiction)
    assert (found.status, found.missing) == ("eligible", ())
    assert found.payment is not None and found.payment.amount == Decimal(case.amount)


def test_without_a_share_every_bed_counts_and_with_one_the_share(rulebook: Rulebook) -> None:
    """64 of 80 beds are four fifths: enough for the example city, not without a share."""
    home = Facility.from_json(
        '{"beds": 80, "standard_beds": 64, "safety": [], "nursing": [], "findings": [],'
        ' "residents_supported": 40, "persons_paid": 40}'
    )
    assert rulebook.evaluator("elder_home", on=ON).determine(home).status == "ineligible"
    assert rulebook.evaluator("elder_home", on=ON, jurisdiction="example_city").determine(home).status == "eligible"


def test_a_township_limit_for_the_household_sends_the_claim_to_the_county(rulebook: Rulebook) -> None:
    """Worked example T14: 4320 is within 480 × 3 × 3 persons, and above 480 × 3 for the household."""
    case = next(case for case in CASES if case.program == "temporary_assistance")
    by_person = determined(rulebook, case, jurisdiction="example_county")
    assert "temporary_assistance.county_decides" not in {flag.rule for flag in by_person.flags}
    per_household = rulebook.with_overlay(Scenario({"temporary_assistance.township_limit_per": "household"}))
    by_household = determined(per_household, case, jurisdiction="example_county")
    assert by_household["township_limit"] == {"$.hardships[0]": 1440}
    assert "temporary_assistance.county_decides" in {flag.rule for flag in by_household.flags}


def test_once_the_local_average_is_set_it_decides_on_a_supporter_and_not_the_finding(rulebook: Rulebook) -> None:
    """Measures of 2021 art. 8 item 3: 70 or older, income below the average of 20000 a year, assets within the rule."""
    supporter = {
        "birth_date": "1945-01-01",
        "disability": "none",
        "circumstance": "ordinary",
        "meets_tekun_conditions": False,
        "receives_dibao": False,
        "income_below_average": False,
        "yearly_income": "19999.99",
        "assets_within_low_income": True,
    }
    applicant = person(**{**SUPPORTED, "supporters": [supporter], "support_asset_finding": "within"})
    record = Household.from_json(json.dumps({"members": [{**applicant, "registration": "agricultural"}], "assets": []}))
    on = "2021-08-01"
    assert rulebook.evaluator("tekun", on=on).determine(record).status == "ineligible"
    average = rulebook.with_overlay(Scenario({"tekun.local_income_per_head": "20000"}))
    assert average.evaluator("tekun", on=on).determine(record).status == "eligible"
    equal = record.with_changes({"members[0].supporters[0].yearly_income": "20000"})
    assert average.evaluator("tekun", on=on).determine(equal).status == "ineligible"
