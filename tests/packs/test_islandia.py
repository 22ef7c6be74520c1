"""Islandia: a whole invented country through the engine, held against examples worked out by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from civil_aid_rules.errors import EvaluationError
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.testing.examples import ExampleResult, run_examples
from tests.packs.islandia_record import Hearth

RULES = Path(__file__).parent / "islandia" / "rules"

SPOUSES = """{
  "paid_through": "2012-02-01",
  "adults": [
    {"id": "asa", "born": "1970-05-01", "wages": "5000", "spouse": "bram",
     "harvests": [{"crop": "herring", "worth": "1400", "begun": "2008-03-01"}]},
    {"id": "bram", "born": "1972-02-02", "wages": "1800", "spouse": "asa", "harvests": []}
  ],
  "boats": [{"id": "gull", "kind": "sail", "length": 6, "seasons": 4, "laid_up": false, "hired_out": false,
             "licence_until": "none"}]
}"""

CHILDREN = """{
  "adults": [{"id": "kari", "born": "1975-01-01", "wages": "8000", "harvests": []}],
  "children": [
    {"id": "ulf", "born": "2000-04-01", "lives_here": true, "keeper": "kari", "fostered": false, "boards": false,
     "homes": 3, "months_schooled": 6},
    {"id": "vig", "born": "2008-02-29", "lives_here": true, "keeper": "kari", "fostered": false, "boards": true,
     "homes": 1, "months_schooled": 0},
    {"id": "wil", "born": "2008-02-29", "lives_here": true, "keeper": "kari", "boards": false, "homes": 1,
     "months_schooled": 0}
  ]
}"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(RULES, records={"hearth": Hearth})


@pytest.fixture(scope="module")
def results(rulebook: Rulebook) -> tuple[ExampleResult, ...]:
    return run_examples(rulebook)


def test_the_rulebook_has_four_programs_and_two_packs_of_definitions(rulebook: Rulebook) -> None:
    assert rulebook.programs == ("child_grant", "harbour_tax", "hearth_benefit", "winter_benefit")
    assert set(rulebook.packs.packs) - set(rulebook.programs) == {"hearth_terms", "benefit_frame"}
    assert rulebook.jurisdictions == ("skerry",)


def test_every_example_worked_out_by_hand_comes_out(results: tuple[ExampleResult, ...]) -> None:
    assert len(results) == 82
    assert {result.example: result.differences for result in results if not result.passed} == {}


def test_no_two_examples_have_one_name(results: tuple[ExampleResult, ...]) -> None:
    names = [result.example for result in results]
    assert sorted(names) == sorted(set(names))


def test_a_tax_of_a_year_is_paid_in_the_currency_of_its_country(rulebook: Rulebook) -> None:
    determination = rulebook.evaluator("harbour_tax", on="2012-05-01").determine(Hearth.from_json(SPOUSES))
    payment = determination.payment
    assert payment is not None
    assert (payment.amount, payment.currency, payment.period) == (Decimal("980.00"), "ISL", "year")
    # 4000 x 0.08 + 2900 x 0.22
    assert determination["joint_tax"] == 958
    assert determination["tax_alone"] == {"$.adults[0]": 820, "$.adults[1]": 50}


def test_the_larger_of_two_whole_calculations_is_named(rulebook: Rulebook) -> None:
    determination = rulebook.evaluator("harbour_tax", on="2012-05-01").determine(Hearth.from_json(SPOUSES))
    step = next(step for step in determination.trace if step.name == "harbour_tax.income_tax")
    assert [branch.id for branch in step.branches] == ["together"]


def test_a_frozen_date_follows_the_day_decided(rulebook: Rulebook) -> None:
    record = Hearth.from_json(SPOUSES)
    by_day = {
        day: rulebook.evaluator("harbour_tax", on=day).determine(record)["last_allowance"]
        for day in ("2011-12-31", "2012-01-01", "2012-02-29", "2012-12-31", "2013-01-01")
    }
    assert by_day == {
        "2011-12-31": 1200,
        "2012-01-01": 1300,
        "2012-02-29": 1300,
        "2012-12-31": 1300,
        "2013-01-01": 1500,
    }


def test_an_evaluator_says_for_which_days_it_holds(rulebook: Rulebook) -> None:
    """Between the change of rates (2012-07-01) and the repeal (2013-01-01) nothing changes, nor the old allowance."""
    evaluator = rulebook.evaluator("harbour_tax", on="2012-08-15")
    assert (evaluator.valid_from, evaluator.valid_until) == (datetime.date(2012, 7, 1), datetime.date(2012, 12, 31))


def test_a_program_with_a_line_for_each_child_pays_their_sum(rulebook: Rulebook) -> None:
    """The eldest: (60 + 8) / 3 = 22.67, to a half 22.50. The second boards. The third: fostered or not is unknown."""
    determination = rulebook.evaluator("child_grant", on="2012-05-01").determine(Hearth.from_json(CHILDREN))
    assert [(line.id, line.status, line.amount) for line in determination.lines] == [
        ("ulf", "eligible", Decimal("22.50")),
        ("vig", "ineligible", Decimal("0.00")),
        ("wil", "eligible", None),
    ]
    assert determination.status == "eligible"
    assert determination.payment is not None and determination.payment.amount is None
    assert [item.name for item in determination.missing] == ["$.children[2].fostered"]
    assert determination["grant"] == {"$.children[0]": Fraction(45, 2), "$.children[1]": 0, "$.children[2]": UNKNOWN}


def test_what_was_taken_for_unknown_is_listed(rulebook: Rulebook) -> None:
    record = Hearth.from_json('{"dwelling": {"kind": "turf"}, "adults": [], "children": [], "boats": []}')
    determination = rulebook.evaluator("hearth_benefit", on="2012-05-01").determine(record)
    assert [(item.rule, item.value) for item in determination.assumed] == [("hearth_benefit.can_heat", "yes")]


def test_two_programs_that_extend_one_pack_have_its_names_for_themselves(rulebook: Rulebook) -> None:
    hearth = rulebook.compile("hearth_benefit", on="2012-05-01")
    winter = rulebook.compile("winter_benefit", on="2012-05-01")
    assert hearth.rule("hearth_benefit.benefit") is not None and hearth.rule("winter_benefit.benefit") is None
    assert winter.rule("winter_benefit.benefit") is not None and winter.rule("hearth_benefit.benefit") is None
    assert winter.rule("hearth_terms.hearth_size") is not None


def test_a_scenario_for_one_of_them_leaves_the_other_as_it_is(rulebook: Rulebook) -> None:
    changed = rulebook.with_overlay("kinder_taper")
    for program, differs in (("hearth_benefit", True), ("winter_benefit", False)):
        before, after = (book.compile(program, on="2012-05-01").digest for book in (rulebook, changed))
        assert (before != after) is differs


@pytest.mark.parametrize("program", ["harbour_tax", "hearth_benefit", "child_grant"])
def test_before_the_first_rule_there_is_no_evaluator(rulebook: Rulebook, program: str) -> None:
    with pytest.raises(EvaluationError):
        rulebook.evaluator(program, on="2009-12-31")


def test_before_the_winter_scheme_there_is_no_evaluator(rulebook: Rulebook) -> None:
    with pytest.raises(EvaluationError):
        rulebook.evaluator("winter_benefit", on="2010-09-30")
