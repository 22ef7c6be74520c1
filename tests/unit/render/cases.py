"""The determinations whose explanations are stored and read: one for each thing that an explanation has to say."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from civil_aid_rules import Determination, Household, Rulebook, Scenario
from tests.packs.islandia_record import Hearth
from tests.packs.test_islandia import CHILDREN, SPOUSES

RULES = Path(__file__).parents[2] / "packs" / "islandia" / "rules"
NAME, DOCUMENT = "张三丰", "110101197503080011"


@cache
def shipped() -> Rulebook:
    """The rulebook that comes with the library."""
    return Rulebook.load()


@cache
def islandia() -> Rulebook:
    """The fictional rulebook."""
    return Rulebook.load(RULES, records={"hearth": Hearth})


def wages(amount: str) -> dict[str, str]:
    """Evidenced monthly wages that still run."""
    return {"kind": "wages", "amount": amount, "period": "month", "start": "2014-06-01", "provenance": "evidenced"}


def person(key: str, relation: str, *income: dict[str, str], **more: Any) -> dict[str, Any]:
    """A person with non-agricultural registration who lives with the family."""
    known = {"registration": "non_agricultural", "lives_with_family": True, "exclusions": []}
    return {"id": key, "relation": relation, "income": list(income), **known, **more}


def household(*members: dict[str, Any], **more: Any) -> Household:
    """A household whose assets were found to be within the rule."""
    record = {"asset_finding": "within", "assets": [], "members": list(members), **more}
    return Household.from_json(json.dumps({key: value for key, value in record.items() if value is not None}))


def three(income: str = "900", first: dict[str, Any] | None = None, **more: Any) -> Household:
    """Worked example T01: three persons, one of whom earns."""
    named = {"name": NAME, "document_number": DOCUMENT, **(first or {})}
    members = person("A", "head", wages(income), **named), person("B", "spouse"), person("C", "child")
    return household(*members, **more)


def urban(record: Household, on: str = "2016-04-01", rulebook: Rulebook | None = None, **where: str) -> Determination:
    """Urban dibao."""
    return (rulebook or shipped()).evaluator("urban_dibao", on=on, **where).determine(record)


def _rural_regular() -> Determination:
    farmer = {"registration": "agricultural"}
    designated = {"regular_recipient": {"start": "2015-01-01", "basis": "重度残疾"}}
    record = household(person("A", "head", wages("300"), **farmer, **designated), person("B", "spouse", **farmer))
    return shipped().evaluator("rural_dibao", on="2016-04-01").determine(record)


def _mixed_registration() -> Determination:
    father = person("F", "head", wages("840"), registration="agricultural")
    return urban(household(father, person("M", "spouse"), person("C", "child")))


def _unified_registration() -> Determination:
    town = {"registered_in_town": True, "has_contracted_land": False, "shares_collective_income": False}
    settled = {"registration": "unified", "resident_since": "2014-01-01", **town}
    return urban(household(person("A", "head", wages("900"), **settled), person("B", "spouse", **settled)))


def _example_county() -> Determination:
    car, savings = {"kind": "mobility_vehicle", "value": "9000"}, {"kind": "deposits", "value": "25000"}
    return urban(three(assets=[savings, car]), jurisdiction="example_county")


def _in_islandia(program: str, record: str) -> Determination:
    return islandia().evaluator(program, on="2012-05-01").determine(Hearth.from_json(record))


CASES: dict[str, Callable[[], Determination]] = {
    "shortfall": lambda: urban(three()),
    "shortfall_of_the_year_before": lambda: urban(three(), on="2015-06-01"),
    "income_equal_to_the_standard": lambda: urban(three("1440")),
    "income_of_thirds": lambda: urban(three("1000")),
    "finding_on_assets_missing": lambda: urban(three(asset_finding=None, assets=None)),
    "regular_recipient": _rural_regular,
    "mixed_registration": _mixed_registration,
    "unified_registration": _unified_registration,
    "stopped_share": lambda: urban(three(first={"stopped_share": {"start": "2016-02-01"}})),
    "assets_beyond_a_local_limit": _example_county,
    "what_if_a_standard_of_500": lambda: urban(
        three(), rulebook=shipped().with_overlay(Scenario({"urban_dibao.standard": "500"}))
    ),
    "what_if_flat_top_up": lambda: urban(three(), rulebook=shipped().with_overlay("flat_top_up")),
    "beyond_the_day_checked": lambda: urban(three(), on="2018-04-01"),
    "tax_of_spouses": lambda: _in_islandia("harbour_tax", SPOUSES),
    "grants_of_children": lambda: _in_islandia("child_grant", CHILDREN),
}


@cache
def determination(name: str) -> Determination:
    """The determination of a case."""
    return CASES[name]()
