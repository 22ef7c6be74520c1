"""Why a result is as it is: conditions, exceptions, how far from the limit, on what authority. Figures by hand."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from civil_aid_rules import Determination, Household, Rulebook
from civil_aid_rules.determinations.result import Margin, Reason
from tests.packs.islandia_record import Hearth
from tests.packs.test_islandia import CHILDREN, SPOUSES

ISLANDIA = Path(__file__).parents[2] / "packs" / "islandia" / "rules"
PERSON = (
    '{{"id": "{id}", "relation": "{relation}", "registration": "{registration}", "lives_with_family": true, '
    '"exclusions": [], "income": {income}}}'
)
WAGES = '[{{"kind": "wages", "amount": "{0}", "period": "month", "start": "2014-06-01", "provenance": "evidenced"}}]'


@cache
def shipped() -> Rulebook:
    return Rulebook.load()


@cache
def islandia() -> Rulebook:
    return Rulebook.load(ISLANDIA, records={"hearth": Hearth})


def three(
    income: str | None, *, finding: str = "within", registration: str = "non_agricultural", assets: str = "[]"
) -> Determination:
    """Three persons, one with wages (None: whose income is not known)."""
    first = "null" if income is None else WAGES.format(income)
    rows = (("A", "head", first), ("B", "spouse", "[]"), ("C", "child", "[]"))
    members = ", ".join(PERSON.format(id=i, relation=r, income=w, registration=registration) for i, r, w in rows)
    record = f'{{"asset_finding": "{finding}", "assets": {assets}, "members": [{members}]}}'
    return shipped().evaluator("urban_dibao", on="2016-04-01").determine(Household.from_json(record))


def reason(determination: Determination, name: str) -> Reason:
    return next(reason for reason in determination.reasons if reason.id == name)


def margin(determination: Determination, name: str) -> Margin:
    found = reason(determination, name).margin
    assert found is not None
    return found


# --- margins ----------------------------------------------------------------------------------------------------------


def test_worked_example_t01_is_180_yuan_a_person_below_the_standard() -> None:
    """900 / 3 = 300; 480 - 300 = 180."""
    found = margin(three("900"), "below_standard")
    assert (found.value, found.limit, found.amount, found.unit) == ("300", "480", "180", "CNY/person/month")
    assert found.asks == "below"
    assert found.value_title is not None and found.value_title.zh == "家庭月人均收入"
    assert found.limit_title is not None and found.limit_title.zh == "城市低保标准"


def test_worked_example_t02_is_at_the_standard_and_so_refused() -> None:
    """1440 / 3 = 480; 480 - 480 = 0, and the law says below."""
    found = three("1440")
    assert found.status == "ineligible"
    assert margin(found, "below_standard").amount == "0"
    assert margin(found, "below_standard").asks == "below"
    assert reason(found, "below_standard").holds == "no"


def test_a_cent_below_the_standard_is_a_margin_of_a_third_of_a_cent() -> None:
    """1439.99 / 3 = 479.99666…; 480 - 479.99666… = 0.01 / 3."""
    found = three("1439.99")
    assert found.status == "eligible"
    assert margin(found, "below_standard").amount == "1/300"


def test_the_margin_of_a_refusal_is_below_zero() -> None:
    """1500 / 3 = 500; 480 - 500 = -20."""
    assert margin(three("1500"), "below_standard").amount == "-20"


def test_an_exception_has_the_margin_of_the_comparison_that_it_comes_down_to() -> None:
    """The bar holds where assets are not within the limit: 20000 - 25000 = -5000, and the bar asks for more."""
    assets = '[{"kind": "deposits", "value": "25000"}]'
    evaluator = shipped().evaluator("urban_dibao", on="2016-04-01", jurisdiction="example_county")
    found = margin(evaluator.determine(three("900", assets=assets).record), "asset_bar")
    assert (found.value, found.limit, found.amount, found.asks) == ("25000", "20000", "-5000", "above")


def test_a_condition_on_days_or_choices_has_no_margin() -> None:
    assert reason(three("900"), "asset_bar").margin is None


# --- which decided ----------------------------------------------------------------------------------------------------


def test_an_eligible_result_names_all_that_had_to_hold_and_the_exception_that_does_not_apply() -> None:
    found = {(item.id, item.kind, item.holds) for item in three("900").reasons if item.decided}
    assert found == {
        ("has_counted_members", "condition", "yes"),
        ("has_recipients", "condition", "yes"),
        ("below_standard", "condition", "yes"),
        ("asset_bar", "exception", "no"),
    }


def test_a_refusal_names_every_condition_that_failed() -> None:
    """Nobody is registered for the program, the income is above the standard, and the assets are beyond the rule."""
    found = three("1500", registration="agricultural", finding="exceeds")
    assert found.status == "ineligible"
    assert {(item.id, item.holds) for item in found.reasons if item.decided} == {
        ("has_recipients", "no"),
        ("below_standard", "no"),
        ("asset_bar", "yes"),
    }


def test_who_counts_for_nothing_is_not_refused_for_their_registration() -> None:
    """On tekun support and alone: nobody is left to count, which is the one reason."""
    alone = {"id": "a", "relation": "head", "registration": "agricultural", "lives_with_family": True, "income": []}
    alone["exclusions"] = [{"kind": "tekun_approved", "start": "2016-01-10"}]
    record = Household.model_validate({"asset_finding": "within", "members": [alone]})
    found = Rulebook.load(programs=["rural_dibao"]).evaluator("rural_dibao", on="2016-04-01").determine(record)
    assert [item.id for item in found.reasons if item.decided] == ["has_counted_members"]


def test_a_refusal_does_not_rest_on_what_was_met() -> None:
    found = three("1500")
    assert [item.id for item in found.reasons if item.decided] == ["below_standard"]
    assert {item.id for item in found.reasons if not item.decided} == {
        "has_counted_members",
        "has_recipients",
        "asset_bar",
    }


def test_an_exception_that_refuses_stands_before_conditions_that_were_met() -> None:
    found = three("900", finding="exceeds")
    assert [(item.id, item.decided) for item in found.reasons] == [
        ("asset_bar", True),
        ("has_counted_members", False),
        ("has_recipients", False),
        ("below_standard", False),
    ]


def test_an_open_result_is_held_up_by_what_is_unknown_and_by_nothing_else() -> None:
    found = three(None)
    assert found.status == "undetermined"
    assert [item.id for item in found.reasons if item.decided] == ["below_standard"]
    assert reason(found, "below_standard").holds == "unknown"


def test_every_reason_has_a_text_in_both_languages_and_a_source() -> None:
    for found in (three("900"), three("1500"), three(None)):
        assert found.reasons
        for item in found.reasons:
            assert item.text.en and item.text.zh and item.citations


def test_the_articles_of_a_condition_are_its_own() -> None:
    shown = [citation.shown("zh") for citation in reason(three("900"), "below_standard").citations]
    assert "《社会救助暂行办法》第9条（法律、法规、规范性文件）" in shown


# --- other forms ------------------------------------------------------------------------------------------------------


def test_one_of_several_conditions_is_enough_where_any_will_do() -> None:
    """5100 and 500 are taxable, and a boat pays 15: both conditions of `any` hold, and both decided."""
    found = islandia().evaluator("harbour_tax", on="2012-05-01").determine(Hearth.from_json(SPOUSES))
    assert [(item.id, item.holds, item.decided) for item in found.reasons] == [
        ("income", "yes", True),
        ("boats", "yes", True),
    ]


def test_the_reasons_of_a_line_are_those_of_its_entry() -> None:
    """vig boards and is not the eldest; ulf does not board."""
    found = islandia().evaluator("child_grant", on="2012-05-01").determine(Hearth.from_json(CHILDREN))
    by_id = {line.id: {item.id: item for item in line.reasons} for line in found.lines}
    assert (by_id["vig"]["boards"].holds, by_id["vig"]["boards"].decided) == ("yes", True)
    assert (by_id["ulf"]["boards"].holds, by_id["ulf"]["boards"].decided) == ("no", False)
    assert by_id["vig"]["boards"].entry == "$.children[1]"
    assert found.reasons == ()


@pytest.mark.parametrize(("boats", "decided"), [("true", {"inherited"}), ("false", {"fleet"})])
def test_an_exception_to_an_exception_decides_in_its_place(boats: str, decided: set[str]) -> None:
    """Three boats are a fleet, which bars the benefit; inherited ones do not."""
    fleet = ", ".join(f'{{"id": "{name}", "inherited": {boats}}}' for name in "abc")
    record = (
        '{"arrived": "2005-01-01", "dwelling": "none", "children": [], "boats": ['
        + fleet
        + '], "adults": [{"id": "ida", "born": "1980-01-01", "wages": "600", "lodger": false, "harvests": []}]}'
    )
    found = islandia().evaluator("hearth_benefit", on="2012-06-30").determine(Hearth.from_json(record))
    applied = {item.id for item in found.reasons if item.kind == "exception" and item.holds == "yes" and item.decided}
    assert applied == decided
    # 600 / 12 = 50 a month for one person; the limit of the act is 150
    low = next(item for item in found.reasons if item.id == "low_income").margin
    assert low is not None and Decimal(low.amount) == 100
