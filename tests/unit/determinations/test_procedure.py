"""The report on the procedure: what it lacks, and a calendar that is not on file, which nothing guesses."""

from __future__ import annotations

import pytest

from civil_aid_rules import Household, Rulebook
from civil_aid_rules.determinations.result import ProcedureReport

RECORD = """{"members": [{"id": "a", "relation": "head", "registration": "non_agricultural", "lives_with_family": true,
  "exclusions": [], "income": []}], "asset_finding": "within", "steps": {"accepted_on": "%s"%s}}"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(programs=["urban_dibao"])


def report(rulebook: Rulebook, accepted: str, more: str = "") -> ProcedureReport:
    """The report for a record of one person with an application accepted on a day."""
    household = Household.from_json(RECORD % (accepted, more))
    found = rulebook.evaluator("urban_dibao", on=accepted).determine(household).procedure
    assert found is not None
    return found


def due(found: ProcedureReport, label: str) -> str | None:
    return next(item.value for item in found.beside if item.label == label)


def test_a_year_without_a_calendar_gives_no_deadline_and_the_calendar_is_named(rulebook: Rulebook) -> None:
    """2017-12-27 and ten working days end in 2018, whose days off are not on file."""
    found = report(rulebook, "2017-12-27")
    assert due(found, "home_visit_due") is None
    assert [(item.kind, item.name) for item in found.missing if item.kind != "fact"] == [
        ("parameter", "public_holidays.working_calendar")
    ]


def test_a_year_with_a_calendar_lacks_no_calendar(rulebook: Rulebook) -> None:
    """2016-04-05 and ten working days: 6, 7, 8, 11 to 15, 18, 19 April."""
    found = report(rulebook, "2016-04-05")
    assert due(found, "home_visit_due") == "2016-04-19"
    assert all(item.kind == "fact" for item in found.missing)


def test_the_report_names_the_step_that_fails(rulebook: Rulebook) -> None:
    found = report(rulebook, "2016-04-05", ', "home_visit_on": "none", "decided_on": "none"')
    assert found.status == "incomplete"
    assert {reason.id for reason in found.reasons if reason.decided} == {"not_decided", "visited"}
