"""Generated Python behind `determine()`: the same determinations, readable source, and what it leaves alone."""

from __future__ import annotations

import copy
import datetime
import traceback
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import pytest

from civil_aid_rules import Household, Rulebook
from civil_aid_rules.backends.interpreter import run
from civil_aid_rules.backends.python_source import Generated, NotScaled, generated
from civil_aid_rules.backends.python_source.evaluated import Evaluated
from civil_aid_rules.determinations.trace import trace
from civil_aid_rules.evaluator import INTERPRETED, Evaluator
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.quantities import ordinals
from civil_aid_rules.quantities.fields import Fact
from civil_aid_rules.records.record import Record

EXAMPLE = Path(__file__).parents[3] / "examples" / "household.yaml"
PROGRAM = """program: aid
title: {en: Aid, zh: 救助}
record: purse
outcome: {eligible: eligible}
"""
RULES = """eligible: {is: held > 0, cite: {assumption: {en: made up, zh: 虚构}}}
thousandth:
  {type: CNY, is: held / 1000, title: {en: A thousandth, zh: 千分之一}, cite: {assumption: {en: made up, zh: 虚构}}}
"""


class Purse(Record):
    """A record whose amounts are not money of two decimals."""

    held: Annotated[Decimal | None, Fact("held", "持有", unit="CNY")] = None


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(programs=["urban_dibao"])


def with_generated(evaluator: Evaluator, record: Record) -> Evaluator:
    """The evaluator when it has seen enough records."""
    for _ in range(INTERPRETED):
        evaluator.determine(record)
    assert isinstance(evaluator.evaluate(record), Evaluated)
    return evaluator


def test_a_determination_is_the_same_whether_interpreted_or_generated(rulebook: Rulebook) -> None:
    household = Household.load(EXAMPLE)
    evaluator = rulebook.evaluator("urban_dibao", on="2016-04-01")
    interpreted = evaluator.determine(household)
    assert not isinstance(interpreted.evaluation, Evaluated)
    generated_one = with_generated(evaluator, household).determine(household)
    assert isinstance(generated_one.evaluation, Evaluated)
    assert generated_one.to_json(trace=True) == interpreted.to_json(trace=True)
    assert generated_one.explain() == interpreted.explain()
    assert str(generated_one) == "urban_dibao on 2016-04-01: eligible, 540.00 CNY/month"


@pytest.mark.parametrize("is_generated", [False, True])
def test_a_copy_in_depth_is_a_determination_too(rulebook: Rulebook, is_generated: bool) -> None:
    household = Household.load(EXAMPLE)
    known_on = "2016-06-01" if is_generated else "2016-07-01"  # an evaluator of its own each
    evaluator = rulebook.evaluator("urban_dibao", on="2016-04-01", known_on=known_on)
    if is_generated:
        with_generated(evaluator, household)
    decided = evaluator.determine(household)
    for copied in (copy.deepcopy(decided), decided.model_copy(deep=True), copy.copy(decided)):
        assert copied is not decided
        assert copied == decided
        assert str(copied) == "urban_dibao on 2016-04-01: eligible, 540.00 CNY/month"
        assert [step.value for step in copied.trace] == [step.value for step in decided.trace]
    assert str(decided.model_copy(deep=True, update={"program": "another"})).startswith("another on")


def test_how_a_program_is_traced_is_worked_out_once(rulebook: Rulebook) -> None:
    evaluator = rulebook.evaluator("urban_dibao", on="2016-04-01")
    first, second = (trace(evaluator.evaluate(Household.load(EXAMPLE))) for _ in range(2))
    assert first[0]._traced is second[0]._traced


@pytest.fixture(scope="module")
def urban(rulebook: Rulebook) -> Generated:
    return generated(rulebook.compile("urban_dibao", on="2016-04-01"), rulebook.vocabularies["household"])


def test_the_source_names_what_the_pack_names(urban: Generated) -> None:
    assert "def urban_dibao(facts):" in urban.source
    assert "own_income = " in urban.source
    assert "for _, income_kind, income_amount" in urban.source


def test_a_traceback_shows_the_line_of_the_generated_function(urban: Generated) -> None:
    facts = list(urban.read(Household.load(EXAMPLE)))
    with pytest.raises(TypeError) as caught:
        urban.values_of([*facts[:-1], 3])  # the last fact is the list of members
    shown = "".join(traceback.format_exception(caught.value))
    assert 'File "<civil_aid_rules> urban_dibao 2016-04-01 sha256:' in shown
    assert " in members:" in shown


def test_amounts_finer_than_the_fen_are_left_to_the_interpreter(tmp_path: Path) -> None:
    pack = tmp_path / "aid"
    (pack / "rules").mkdir(parents=True)
    (pack / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (pack / "rules" / "2010-01-01.yaml").write_text(RULES, encoding="utf-8")
    evaluator = Rulebook.load(tmp_path, records={"purse": Purse}).evaluator("aid", on="2016-04-01")
    with_generated(evaluator, Purse(held=Decimal("1.50")))
    assert str(evaluator.determine(Purse(held=Decimal("1.50")))["thousandth"]) == "3/2000"
    fine = Purse(held=Decimal("0.0125"))
    assert not isinstance(evaluator.evaluate(fine), Evaluated)
    assert str(evaluator.determine(fine)["thousandth"]) == "1/80000"
    with pytest.raises(NotScaled):
        generated(evaluator.compiled, evaluator._rulebook.vocabularies["purse"]).run(fine)


def test_days_and_texts_come_back_as_the_interpreter_has_them(rulebook: Rulebook) -> None:
    household = Household.load(EXAMPLE).with_changes({"steps": {"accepted_on": "2016-03-01"}})
    evaluator = with_generated(rulebook.evaluator("urban_dibao", on="2016-04-01"), household)
    due = evaluator.determine(household)["home_visit_due"]
    assert due == datetime.date(2016, 3, 15)  # ten working days after Tuesday 1 March


def test_months_from_the_first_of_a_month_to_the_first_of_another_are_a_difference() -> None:
    end = datetime.date(2016, 4, 1).toordinal()
    apart = {(2016, 3, 31): 1, (2016, 4, 1): 0, (2016, 4, 30): 0, (2016, 5, 1): -1, (2014, 7, 9): 21}
    for day, months in apart.items():
        start = datetime.date(*day).toordinal()
        assert ordinals.month_number(end) - ordinals.month_number(start) == months
        assert ordinals.months_between(ordinals.start_of_month(start), end) == months


def test_groups_that_are_given_for_one_person_and_left_out_for_others_count_for_that_person(
    rulebook: Rulebook, urban: Generated
) -> None:
    changes = {
        "steps": {"accepted_on": "2016-03-01"},
        "members[1].checks": {"owns_business": True},
        "members[1].disability": "none",
    }
    household = Household.load(EXAMPLE).with_changes(changes)
    program, vocabulary = rulebook.compile("urban_dibao", on="2016-04-01"), rulebook.vocabularies["household"]
    found = urban.values(urban.run(household))
    assert found == run(program, extract(household, vocabulary)).values
    by_name = {rule.name: found[rule.slot] for rule in program.rules}
    assert by_name["home_visit_due"] == [datetime.date(2016, 3, 15)]  # ten working days after Tuesday 1 March
    assert by_name["owns_business"] == [True]
