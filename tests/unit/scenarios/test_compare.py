"""One record under two evaluators: both outcomes, the exact difference, and the first rule where they part."""

from __future__ import annotations

import pickle
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from civil_aid_rules.determinations.result import Result
from civil_aid_rules.errors import RecordError
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.recalculation import compare
from civil_aid_rules.records.household import Household
from civil_aid_rules.scenarios.comparison import Comparison
from tests.unit.receipts.islandia import COUPLE, FRAME, PARAMETERS, PROGRAM, changed_islandia, hearth, islandia
from tests.unit.receipts.worked import THREE, urban_dibao


@pytest.fixture(scope="module")
def two_years() -> Comparison:
    """Worked example T01: (450 - 300) x 3 = 450.00, then (480 - 300) x 3 = 540.00."""
    before, after = (urban_dibao().evaluator("urban_dibao", on=day) for day in ("2015-06-01", "2016-04-01"))
    return compare(Household.from_json(THREE), before, after)


@pytest.fixture(scope="module")
def new_act() -> Comparison:
    """The family of four before and after 2012-07-01: 0.75 x 280 becomes 0.75 x 294; 120 becomes 130."""
    before, after = (islandia().evaluator(PROGRAM, on=day) for day in ("2012-05-01", "2012-07-01"))
    return compare(hearth(), before, after)


# Two days.


def test_both_amounts_and_the_exact_difference_are_given(two_years: Comparison) -> None:
    assert (two_years.before.status, two_years.after.status) == ("eligible", "eligible")
    assert two_years.before.payment is not None and two_years.before.payment.amount == Decimal("450.00")
    assert two_years.after.payment is not None and two_years.after.payment.amount == Decimal("540.00")
    assert str(two_years.difference) == "90.00"
    assert not two_years.same_outcome and two_years.same_record


def test_the_calculations_part_at_the_first_rule_that_the_outcome_rests_on(two_years: Comparison) -> None:
    parting = two_years.parts_at
    assert parting is not None
    assert (parting.rule, parting.before, parting.after) == ("urban_dibao.monthly_payment", "450", "540")
    assert [(item.kind, item.name, item.before, item.after) for item in parting.inputs] == [
        ("parameter", "urban_dibao.standard", "450", "480")
    ]
    assert not parting.rule_changed


def test_every_legal_value_that_differs_is_named_with_its_dates(two_years: Comparison) -> None:
    found = {
        item.key: [(used.value, str(used.from_date), str(used.published)) for used in (item.before, item.after) if used]
        for item in two_years.values
    }
    assert found == {
        "urban_dibao.standard": [("450", "2015-01-01", "2015-01-01"), ("480", "2016-01-01", "2016-02-19")],
        "urban_dibao.average_top_up": [("290", "2015-01-01", "2015-01-01"), ("320", "2016-01-01", "2016-02-19")],
    }
    assert two_years.rules == ()


def test_every_rule_whose_value_differs_is_listed_in_evaluation_order(two_years: Comparison) -> None:
    changed = {(item.rule, item.entry): (item.before, item.after) for item in two_years.changed}
    assert changed[("urban_dibao.own_average", "$")] == ("150", "180")
    assert changed[("urban_dibao.own_share", "$.members[1]")] == ("150", "180")
    assert ("urban_dibao.per_capita_income", "$") not in changed
    order = [item.rule for item in two_years.changed]
    assert order.index("urban_dibao.own_share") < order.index("urban_dibao.own_average")


def test_rows_of_a_table_that_differ_are_given(new_act: Comparison) -> None:
    table = next(item for item in new_act.values if item.key == "hearth_benefit.base_by_size")
    assert table.before is not None and table.after is not None
    assert table.before.rows == {"1": "120", "2": "190", "3": "240", "4": "280", "past end": "each further 35"}
    assert table.after.rows == {"1": "126", "2": "200", "3": "252", "4": "294", "past end": "each further 36.75"}
    assert "4: 280" in new_act.text() and "4: 294" in new_act.text("zh")


def test_the_parting_is_the_first_even_where_a_later_rule_makes_the_amount_differ(new_act: Comparison) -> None:
    """The limit rises from 150 to 160; the family's 100 each are below both."""
    parting = new_act.parts_at
    assert parting is not None
    assert (parting.rule, parting.before, parting.after) == ("hearth_benefit.limit_in_force", "150", "160")
    assert [item.name for item in parting.inputs] == ["hearth_benefit.income_limit"]


def test_a_parting_at_a_table_says_so(tmp_path: Path) -> None:
    """0.75 x 294 = 220.50 in place of 0.75 x 280 = 210."""
    book = changed_islandia(tmp_path, ("hearth_benefit/parameters.yaml", '"4": "280"', '"4": "294"'))
    parting = compare(hearth(), *(one.evaluator(PROGRAM, on="2012-05-01") for one in (islandia(), book))).parts_at
    assert parting is not None
    assert (parting.rule, parting.before, parting.after) == ("hearth_benefit.base_amount", "210", "220.5")
    assert [(item.name, item.before, item.after) for item in parting.inputs] == [
        ("hearth_benefit.base_by_size", "table", "table")
    ]


# Two rulebooks, or a scenario.


def test_a_scenario_is_compared_with_what_holds_and_marked_as_hypothetical() -> None:
    """Set off a tenth: 210 + 7 - 40 = 177, up to 180: 60 more."""
    changed = islandia().with_overlay(Scenario({"hearth_benefit.taper": "0.10"}))
    found = compare(
        hearth(), islandia().evaluator(PROGRAM, on="2012-05-01"), changed.evaluator(PROGRAM, on="2012-05-01")
    )
    assert str(found.difference) == "60.00"
    assert (found.before.hypothetical, found.after.hypothetical) == (False, True)
    assert [(item.key, item.after and item.after.hypothetical) for item in found.values] == [
        ("hearth_benefit.taper", True)
    ]
    assert found.parts_at is not None and found.parts_at.rule == "hearth_benefit.income_set_off"
    assert "HYPOTHETICAL" in found.text() and "测算方案（假设）" in found.text("zh")
    assert "HYPOTHETICAL" in found._repr_html_()


def test_a_replaced_rule_is_named_as_the_reason() -> None:
    """280, not 210, for the base amount. Nothing else is replaced before it."""
    changed = islandia().with_overlay("kinder_taper")
    found = compare(
        hearth(), islandia().evaluator(PROGRAM, on="2012-05-01"), changed.evaluator(PROGRAM, on="2012-05-01")
    )
    assert [item.key for item in found.rules] == ["hearth_benefit.base_amount"]
    parting = found.parts_at
    assert parting is not None
    assert parting.rule in ("hearth_benefit.base_amount", "hearth_benefit.income_set_off")
    assert parting.rule_changed is (parting.rule == "hearth_benefit.base_amount")


def test_a_rule_that_one_side_alone_has_is_shown_as_such(tmp_path: Path) -> None:
    extra = (
        "extra_amount:\n  title: {en: Extra, zh: 另加}\n  type: ISL/month\n  is: cradle_supplement\n"
        "  cite: benefit_act art. 9\n"
    )
    line = "    - {id: cradle, is: cradle_supplement,"
    book = changed_islandia(
        tmp_path,
        (FRAME, "# --- for a person to look at ---\n", extra + "# --- for a person to look at ---\n"),
        (FRAME, line, "    - {id: extra, is: extra_amount, title: {en: extra, zh: 另加}}\n" + line),
    )
    before, after = (one.evaluator(PROGRAM, on="2012-05-01") for one in (islandia(), book))
    found = compare(hearth(), before, after)
    assert str(found.difference) == "5.00"  # 117 + 7 = 124, up to 125
    one_sided = {item.rule: (item.before, item.after) for item in found.changed if item.only == "after"}
    assert one_sided == {"hearth_benefit.extra_amount": (None, "7")}
    assert found.parts_at is not None and found.parts_at.rule == "hearth_benefit.reckoned"
    assert found.parts_at.rule_changed
    assert [(item.key, item.before is None) for item in found.rules] == [
        ("hearth_benefit.extra_amount", True),
        ("hearth_benefit.reckoned", False),
    ]
    back = compare(hearth(), after, before)
    assert {item.rule for item in back.changed if item.only == "before"} == {"hearth_benefit.extra_amount"}
    assert "no such rule" in back.text() and "无此规则" in back.text("zh")


def test_a_difference_that_changes_nothing_is_still_named(tmp_path: Path) -> None:
    book = changed_islandia(
        tmp_path, (PARAMETERS, 'value: "2", cite: benefit_act art. 4', 'value: "3", cite: benefit_act art. 4')
    )
    found = compare(hearth(), *(one.evaluator(PROGRAM, on="2012-05-01") for one in (islandia(), book)))
    assert [item.key for item in found.values] == ["hearth_benefit.fleet_limit"]
    assert found.parts_at is None and found.changed == () and str(found.difference) == "0.00"
    assert found.same_outcome
    assert "No rule gives another result." in found.text()


def test_nothing_differs_between_an_evaluator_and_itself() -> None:
    evaluator = islandia().evaluator(PROGRAM, on="2012-05-01")
    found = compare(hearth(), evaluator, evaluator)
    assert (found.values, found.rules, found.changed, found.parts_at) == ((), (), (), None)


# What cannot be subtracted.


def test_an_unknown_amount_has_no_difference() -> None:
    unset = islandia().with_overlay(Scenario({"hearth_benefit.taper": None}))
    found = compare(hearth(), islandia().evaluator(PROGRAM, on="2012-05-01"), unset.evaluator(PROGRAM, on="2012-05-01"))
    assert found.difference is None
    assert found.parts_at is not None
    assert (found.parts_at.before, found.parts_at.after, found.parts_at.only) == ("100", None, None)
    assert "cannot be stated" in found.text() and "无法计算" in found.text("zh")


def test_amounts_of_two_programs_that_are_paid_for_other_periods_are_not_subtracted() -> None:
    record = hearth('{"paid_through": "2012-02-01", "adults": [], "children": [], "boats": []}')
    tax = islandia().evaluator("harbour_tax", on="2012-05-01").determine(record)
    benefit = islandia().evaluator(PROGRAM, on="2012-05-01").determine(record)
    assert tax.compare(benefit).difference is None


def test_the_difference_is_exact_whatever_the_decimal_context_is() -> None:
    with localcontext() as context:
        context.prec = 2
        before, after = (islandia().evaluator(PROGRAM, on=day) for day in ("2012-05-01", "2012-07-01"))
        assert str(compare(hearth(), before, after).difference) == "10.00"
        assert str(compare(hearth(), after, before).difference) == "-10.00"


# Two records, and results read back.


def test_two_records_can_be_compared_and_the_page_says_that_they_differ() -> None:
    evaluator = islandia().evaluator(PROGRAM, on="2012-05-01")
    found = evaluator.determine(hearth()).compare(evaluator.determine(hearth(COUPLE)))
    assert not found.same_record
    assert "different records" in found.text() and "家庭记录不同" in found.text("zh")
    gone = [item for item in found.changed if item.rule == "hearth_terms.child_age"]
    assert [(item.entry, item.only) for item in gone] == [("$.children[0]", "before"), ("$.children[1]", "before")]


def test_a_changed_fact_is_named_as_the_reason() -> None:
    evaluator = islandia().evaluator(PROGRAM, on="2012-05-01")
    more = hearth().with_changes({"adults[0].wages": "5400"})
    found = evaluator.determine(hearth()).compare(evaluator.determine(more))
    assert found.parts_at is not None
    assert (found.parts_at.rule, found.parts_at.entry) == ("hearth_terms.adult_income", "$.adults[0]")
    assert [(item.kind, item.name, item.before, item.after) for item in found.parts_at.inputs] == [
        ("fact", "$.adults[0].wages", "4800", "5400")
    ]


def test_a_list_that_grew_is_named_as_the_reason() -> None:
    """A third child: five persons, not four, share the hearth."""
    evaluator = islandia().evaluator(PROGRAM, on="2012-05-01")
    three = {"id": "hild", "born": "2009-01-01", "lives_here": True}
    found = evaluator.determine(hearth()).compare(evaluator.determine(hearth().with_changes({"children[+]": three})))
    size = next(item for item in found.changed if item.rule == "hearth_terms.counted_children")
    assert (size.before, size.after) == ("2", "3")
    assert found.parts_at is not None and found.parts_at.rule == "hearth_terms.counted_children"
    assert Comparison.model_validate_json(found.to_json()) == found


def test_results_read_back_from_json_can_be_compared() -> None:
    read = [
        Result.model_validate_json(islandia().evaluator(PROGRAM, on=day).determine(hearth()).to_json())
        for day in ("2012-05-01", "2012-07-01")
    ]
    from civil_aid_rules.scenarios.compare import compare_results

    found = compare_results(read[0], read[1], None, None)
    assert str(found.difference) == "10.00"
    assert found.parts_at is not None and found.parts_at.inputs == ()


def test_a_record_of_another_kind_is_refused() -> None:
    evaluator = islandia().evaluator(PROGRAM, on="2012-05-01")
    with pytest.raises(RecordError):
        compare(Household.from_json(THREE), evaluator, evaluator)


# As data and in words.


def test_a_comparison_survives_json_and_pickling(new_act: Comparison) -> None:
    assert Comparison.model_validate_json(new_act.to_json()) == new_act
    assert pickle.loads(pickle.dumps(new_act)) == new_act


def test_a_comparison_gives_rows_for_tables(two_years: Comparison) -> None:
    rows = two_years.to_records()
    assert {tuple(row) for row in rows} == {("what", "name", "entry", "before", "after")}
    assert rows[:2] == [
        {"what": "status", "name": "urban_dibao", "entry": "$", "before": "eligible", "after": "eligible"},
        {"what": "amount", "name": "urban_dibao", "entry": "$", "before": "450.00", "after": "540.00"},
    ]
    assert {"what": "value", "name": "urban_dibao.standard", "entry": "$", "before": "450", "after": "480"} in rows


def test_a_comparison_in_english_begins_with_both_sides_and_the_parting(two_years: Comparison) -> None:
    assert two_years.text().splitlines()[1:6] == [
        "Before: Urban minimum living guarantee on 2015-06-01: eligible, 450.00 CNY a month",
        "After: Urban minimum living guarantee on 2016-04-01: eligible, 540.00 CNY a month",
        "Difference: +90.00 CNY a month",
        "The calculations part at: Monthly payment (urban_dibao.monthly_payment): "
        "450.00 CNY a month → 540.00 CNY a month",
        "  because Urban dibao standard: 450.00 CNY per person a month → 480.00 CNY per person a month",
    ]


def test_a_comparison_in_chinese_says_the_same(two_years: Comparison) -> None:
    assert two_years.text("zh").splitlines()[1:6] == [
        "调整前：城市居民最低生活保障，按2015年6月1日的规定：符合条件，每月450.00元",
        "调整后：城市居民最低生活保障，按2016年4月1日的规定：符合条件，每月540.00元",
        "差额：每月90.00元（增加）",
        "计算过程自此处起不同：月保障金额（urban_dibao.monthly_payment）：每月450.00元 → 每月540.00元",
        "  原因：城市低保标准：每人每月450.00元 → 每人每月480.00元",
    ]


def test_the_page_for_notebooks_is_escaped() -> None:
    title = {"en": "<script>alert(1)</script>", "zh": "<b>测算</b>"}
    book = islandia().with_overlay(Scenario({"hearth_benefit.taper": "0.10"}, title=title))
    page = compare(hearth(), *(one.evaluator(PROGRAM, on="2012-05-01") for one in (islandia(), book)))._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page
