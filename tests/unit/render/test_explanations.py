"""What an explanation says, and what it never says. The figures of worked examples are worked out by hand."""

from __future__ import annotations

import re
from typing import Literal

import pytest

from civil_aid_rules import Result
from civil_aid_rules.render import notebook_html
from civil_aid_rules.render.outline import outline
from civil_aid_rules.render.phrases import _PHRASES
from tests.unit.render.cases import CASES, DOCUMENT, NAME, determination, shipped, three, urban

SHIPPED = [name for name in CASES if not name.startswith(("tax", "grants"))]
NAMED_BY_KEY = {"what_if_a_standard_of_500"}


def zh(name: str) -> str:
    return determination(name).explain(language="zh")


def en(name: str) -> str:
    return determination(name).explain(language="en")


# --- worked examples --------------------------------------------------------------------------------------------------


def test_worked_example_t01_can_be_done_again_by_hand() -> None:
    """900 / 3 = 300; (480 - 300) x 3 = 540."""
    text = zh("shortfall")
    for line in (
        "认定结论：符合条件",
        "拟保障金额：每月540.00元",
        "= 900.00（A） + 0.00（B） + 0.00（C）",
        "家庭月人均收入 = 家庭核定收入 ÷ 共同生活的家庭成员人数 = 900.00 ÷ 3 = 每人每月300.00元",
        "算式：(城市低保标准 − 家庭月人均收入) × ",
        "= (480.00 − 300.00) × 3 = 每月540.00元",
        "家庭月人均收入300.00元，城市低保标准480.00元，前者低180.00元",
        "依据：《社会救助暂行办法》第9条；《最低生活保障审核审批办法（试行）》第4条",
        "本户人均补助金额：每人每月180.00元",
    ):
        assert line in text


def test_worked_example_t01_in_english() -> None:
    text = en("shortfall")
    for line in (
        "Decision: eligible",
        "Proposed payment: 540.00 CNY a month",
        "= (480.00 − 300.00) × 3 = 540.00 CNY a month",
        "Monthly income per person: 300.00 CNY; Urban dibao standard: 480.00 CNY. That is 180.00 CNY below it",
        "Interim Measures for Social Assistance, art. 9",
    ):
        assert line in text


def test_the_year_before_pays_450() -> None:
    """(450 - 300) x 3 = 450."""
    assert "= (450.00 − 300.00) × 3 = 每月450.00元" in zh("shortfall_of_the_year_before")


def test_income_equal_to_the_standard_says_that_equal_is_not_below() -> None:
    text = zh("income_equal_to_the_standard")
    assert "认定结论：不符合条件" in text
    assert "家庭月人均收入480.00元，城市低保标准480.00元，两者相等；须低于，等于不算" in text


def test_thirds_of_a_yuan_are_rounded_once_and_shown_before_and_after() -> None:
    """1000 / 3; (480 - 1000/3) x 3 = 440 exactly: nothing is lost on the way."""
    text = zh("income_of_thirds")
    assert "= 每人每月1000/3元（约333.3333元）" in text
    assert "= (480.00 − (1000/3)) × 3 = 每月440.00元" in text


def test_a_regular_recipient_is_paid_the_full_standard_and_that_is_flagged() -> None:
    """270 x 1 + (270 - 150) x 1 = 390."""
    text = zh("regular_recipient")
    assert "= 270.00 × 1 = 每月270.00元" in text
    assert "合计：270.00 + 120.00 = 每月390.00元" in text
    assert "【核查提示】\n  以下事项请人工核实，不改变本结果。" in text


def test_a_stopped_share_is_taken_off() -> None:
    """540 - 540 / 3 = 360."""
    assert "合计：540.00 − 180.00 = 每月360.00元" in zh("stopped_share")


def test_who_receives_and_whose_income_counts_are_told_apart() -> None:
    """840 / 3 = 280 over the whole family; (480 - 280) x 2 for the two registered in town."""
    text = zh("mixed_registration")
    assert "840.00 ÷ 3 = 每人每月280.00元" in text
    assert "(480.00 − 280.00) × 2 = 每月400.00元" in text
    assert "F：否（情形：持有农业户口；户籍性质：农业户口）" in text


# --- what is still needed ---------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_with_the_few_that_may_be_enough() -> None:
    text = zh("finding_on_assets_missing")
    assert "家庭财产限额——尚未设定，须由省或市规定" in text
    assert "补充以下任意一组，就可能得出结果：\n  1. 家庭财产调查认定\n  2. 家庭财产，连同家庭财产限额" in text


def test_an_open_result_shows_what_would_be_paid_if_it_came_out_well() -> None:
    text = zh("finding_on_assets_missing")
    assert "(480.00 − 300.00) × 3 = 每月540.00元\n     仅当“符合条件”时如此计算，此点尚不能确定" in text


def test_a_parameter_that_nobody_has_set_says_who_is_to_set_it() -> None:
    text = en("unified_registration")
    assert re.search(r"has not been set; to be set by the province(, | or )the city", text)


# --- the procedure, beside the result ---------------------------------------------------------------------------------


def test_a_record_without_steps_says_no_more_than_that() -> None:
    assert "【办理程序（不影响认定结论）】\n  记录未载明办理程序各环节。\n" in zh("shortfall")


def test_steps_on_record_show_what_is_due_and_leave_the_result_alone() -> None:
    """Worked example T16: accepted 2016-04-05, so the decision is due by 2016-05-23, and no step has been taken."""
    days = ("home_visit_on", "appraisal_on", "county_received_on", "county_opinion_on", "decided_on")
    open_steps = dict.fromkeys((*days, "township_publication_to", "county_publication_to"), "none")
    found = urban(three(steps={"accepted_on": "2016-04-05", **open_steps}), on="2016-05-06")
    text = found.explain(language="zh").partition("【办理程序（不影响认定结论）】")[2]
    assert found.status == "eligible"
    assert text.startswith("\n  规定的环节尚未全部完成。\n  ✗ ")
    assert "作出批准决定期限：2016年5月23日" in text


# --- sources, overlays, dates -----------------------------------------------------------------------------------------


def test_what_is_assumed_says_so_where_it_is_used() -> None:
    assert re.search(r"执行日期：2016年1月1日（[^\n]*（推定）", zh("shortfall"))
    assert "(assumption)" in en("shortfall")


def test_a_published_average_is_never_taken_for_an_amount_that_is_due() -> None:
    assert "月人均补助水平是考核指标，不是个人应发标准" in zh("what_if_flat_top_up")
    assert "不是个人应发标准" in zh("shortfall")


@pytest.mark.parametrize("name", ["what_if_a_standard_of_500", "what_if_flat_top_up"])
def test_a_what_if_is_loud_about_being_one(name: str) -> None:
    assert zh(name).splitlines()[1] == "!!! 测算方案（假设）：以下为测算结果，不是认定结论。 !!!"
    assert "测算假设：" in zh(name)
    assert "HYPOTHETICAL" in en(name).splitlines()[1]


def test_a_local_limit_is_named_with_its_source_and_what_it_was_held_against() -> None:
    text = zh("assets_beyond_a_local_limit")
    assert "适用地区：示例县（示例，不是真实规定）" in text
    assert "核定家庭财产25000.00元，家庭财产限额20000.00元，前者高5000.00元" in text


def test_past_the_day_checked_the_explanation_says_so() -> None:
    assert "规则仅核对至2016年12月31日，其后的法律变化未收录。" in zh("beyond_the_day_checked")


def test_a_tax_by_brackets_shows_each_bracket_and_which_calculation_was_used() -> None:
    """4000 x 8% + 2900 x 22% = 958; 2000 x 10% + 3100 x 20% + 500 x 10% = 870; 958 + 15 + 9 = 982, down to 980."""
    text = en("tax_of_spouses")
    for line in (
        "= 4000.00 × 8% + (6900.00 − 4000.00) × 22%",
        "2000.00 × 10% + (5100.00 − 2000.00) × 20% = 820.00 ISL a year",
        "Used: spouses taxed together",
        "Total: 958.00 + 15.00 + 9.00 = 982.00 ISL a year",
        "982.00 ISL a year, rounded to 980.00 ISL a year",
        "Rounded down to a multiple of 5.00 ISL",
    ):
        assert line in text


def test_a_line_for_each_child_says_its_amount_or_why_there_is_none() -> None:
    text = en("grants_of_children")
    assert "✓ ulf: eligible, 22.50 ISL a month" in text
    assert "✗ vig: not eligible, 0.00 ISL a month" in text
    assert "boards at school: applies" in text
    assert "? wil: fostered: to be stated on the record" in text


# --- order and completeness -------------------------------------------------------------------------------------------

ORDER = [
    "认定结论",
    "【认定理由】",
    "【逐项结果】",
    "【需补充",
    "【计算过程】",
    "【逐项核对】",
    "【对照】",
    "【核查提示】",
    "【说明】",
    "【办理程序（不影响认定结论）】",
    "【所用标准与参数】",
    "【计算凭据信息】",
    "参考文本，以民政部门盖章文书为准。",
]


@pytest.mark.parametrize("name", CASES)
def test_the_answer_comes_first_then_why_then_the_calculation_then_sources_then_identity(name: str) -> None:
    text = zh(name)
    places = [text.index(heading) for heading in ORDER if heading in text]
    assert places == sorted(places)
    assert len(places) >= 7


@pytest.mark.parametrize("name", CASES)
def test_every_step_point_and_reason_has_its_source(name: str) -> None:
    found = determination(name)
    page = outline(found, found.evaluation)
    for section in page.sections:
        for block in section.blocks:
            for work in getattr(block, "works", ()):
                assert work.small[-1].zh.startswith("依据：") and len(work.small[-1].zh) > 3
        if section.heading.en in ("Why", "Points established"):
            points = [point for block in section.blocks for point in getattr(block, "points", ())]
            assert all(point.small[-1].en.startswith("Source: ") for point in points)


@pytest.mark.parametrize("name", CASES)
def test_every_legal_value_has_its_dates_and_its_kind_of_source(name: str) -> None:
    found = determination(name)
    sections = outline(found, found.evaluation).sections
    table = next(section for section in sections if section.heading.zh == "所用标准与参数")
    for row in table.blocks[0].rows:  # type: ignore[union-attr]
        assert len(row) == 5
        assert re.search(r"（(所依据的工作文件|法律、法规、规范性文件|实践参考|推定|测算假设)）", row[4].zh)
        if "未设定" not in row[1].zh and "测算假设" not in row[1].zh:
            assert re.match(r"\d+年\d+月\d+日", row[2].zh) and re.match(r"\d+年\d+月\d+日", row[3].zh)


@pytest.mark.parametrize("name", CASES)
def test_the_identity_names_engine_rules_and_record(name: str) -> None:
    found, text = determination(name), zh(name)
    assert f"civil_aid_rules {found.identity.engine}" in text
    for digest in (found.identity.program, found.record_digest, *found.identity.packs.values()):
        assert digest.removeprefix("sha256:")[:12] in text


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SHIPPED if name not in NAMED_BY_KEY])
def test_a_chinese_explanation_has_no_english_words(name: str) -> None:
    """But for digests, names of packs and files, and the keys of persons."""
    text = re.sub(r"\b[0-9a-f]{12}\b|civil_aid_rules|rules/\S+\.yaml|规则包 \w+", "", zh(name))
    assert re.findall(r"[A-Za-z]{2,}", text) == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in NAMED_BY_KEY])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_rule_and_no_fact_is_named_by_its_key(name: str, language: Literal["en", "zh"]) -> None:
    found = determination(name)
    text = found.explain(language=language)
    keys = {*found.values, *(value.key for value in found.identity.values)}
    assert [key for key in keys if key in text] == []
    assert "$." not in text and "members[" not in text and "income[" not in text


def test_fixed_phrases_are_in_their_language() -> None:
    """Placeholders and the library's name aside."""
    for english, chinese in _PHRASES.values():
        assert not re.search(r"[\u4e00-\u9fff]", english)
        assert re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}|civil_aid_rules", "", chinese)) == []


@pytest.mark.parametrize("name", CASES)
def test_names_and_document_numbers_of_persons_never_appear(name: str) -> None:
    found = determination(name)
    forms: tuple[Literal["text", "markdown", "html"], ...] = ("text", "markdown", "html")
    shown = [found.explain(language="zh", format=form) for form in forms]
    shown += [found.explain(language="en", format=form) for form in forms]
    shown += [found._repr_html_(), repr(found), str(found), found.to_json(trace=True)]
    assert not any(NAME in text or DOCUMENT in text for text in shown)


# --- notebooks --------------------------------------------------------------------------------------------------------


def test_a_notebook_shows_the_explanation_as_a_part_of_its_page() -> None:
    shown = determination("shortfall")._repr_html_()
    assert shown.startswith("<style>") and '<article class="car eligible" lang="en">' in shown
    assert "<html" not in shown and "<body" not in shown
    assert "(480.00 − 300.00) × 3" in shown


def test_a_notebook_shows_what_an_evaluator_holds() -> None:
    """Its day, the days for which it holds, each legal value with dates and source, the facts that it reads."""
    shown = shipped().evaluator("urban_dibao", on="2016-04-01")._repr_html_()
    assert shown.startswith("<style>") and "<script" not in shown
    for words in ("2016-01-01 to 2021-06-30", "480.00 CNY per person a month", "Published", "members[].birth_date"):
        assert words in shown


def test_a_notebook_is_loud_about_an_evaluator_with_a_scenario() -> None:
    raised = shipped().with_overlay("flat_top_up").evaluator("urban_dibao", on="2016-04-01")
    assert "HYPOTHETICAL" in raised._repr_html_()


def test_a_result_read_back_without_its_record_shows_what_it_says_by_itself() -> None:
    found = determination("shortfall")
    read = Result.model_validate_json(found.to_json())
    shown = notebook_html(read, None)
    for words in ("540.00 CNY a month", "That is 180.00 CNY below it", "art. 9", "eligible"):
        assert words in shown
    assert "900.00 ÷ 3" not in shown
