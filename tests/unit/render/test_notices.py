"""Notices: what each must say and must never say, when one fits, and whose law its remedies are."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest

from civil_aid_rules import Determination, Household, Result, Scenario
from civil_aid_rules.errors import EvaluationError, ReceiptError
from tests.unit.render.cases import DOCUMENT, NAME, household, person, shipped, three, urban, wages
from tests.unit.render.notice_cases import NAMES, STEPS, approved, ended, hearth, lacking, refused, with_less

DISCLAIMER = "参考文本，以民政部门盖章文书为准。"
SUIT = "也可以自知道或者应当知道本决定之日起{}个月内，直接向人民法院提起行政诉讼。"


def refusal_of(make: Any) -> tuple[str, str]:
    """The only sentence of the error, located, in English and Chinese."""
    with pytest.raises(EvaluationError) as caught:
        make()
    (item,) = caught.value.problems
    return item.located("en"), item.located("zh")


def lines(text: str) -> list[str]:
    """The lines of a notice without their indents."""
    return [line.strip() for line in text.splitlines()]


def section(text: str, heading: str) -> list[str]:
    """The lines of one section of a Chinese notice."""
    return lines(text.split(f"【{heading}】\n")[1].split("\n\n")[0])


# --- amounts, months, remedies ----------------------------------------------------------------------------------------


def test_an_approval_says_the_sum_by_the_law_with_the_numbers() -> None:
    """(480 - 300) x 3 = 540: the standard less income per person, times the persons."""
    text = approved().notice("approval")
    assert section(text, "金额计算")[-2:] == [
        "· 补差：（标准－月人均收入）×人数",
        "(480.00 − 300.00) × 3 = 每月540.00元",
    ]
    assert "月保障金额：每月540.00元" in lines(text)


def test_of_several_parts_of_a_payment_each_is_there_with_the_total() -> None:
    """One regular recipient gets 480; of the other two each the shortfall of 180: 480 + 360 = 840."""
    text = urban(three(first={"regular_recipient": {"start": "2015-01-01", "basis": "重度残疾"}})).notice("approval")
    assert section(text, "金额计算")[4:] == [
        "· 常补对象：低保标准×人数",
        "480.00 × 1 = 每月480.00元",
        "· 补差：（标准－月人均收入）×人数",
        "(480.00 − 300.00) × 2 = 每月360.00元",
        "· 合计",
        "480.00 + 360.00 = 每月840.00元",
    ]


def test_an_approval_takes_effect_in_the_month_after_the_decision() -> None:
    assert "起发月份：2016年5月" in lines(approved().notice("approval"))
    assert "起发月份：2017年1月" in lines(approved().notice("approval", decided_on="2016-12-31"))
    assert "起发月份：____年__月" in lines(urban(three()).notice("approval"))


def test_a_stop_decided_in_march_pays_march_for_the_last_time() -> None:
    """Worked example T20: decision in 2016-03, last payment March."""
    stop = refused().notice("stop", earlier=approved(), decided_on="2016-03-10")
    assert "最后发放月份：2016年3月" in lines(stop)
    assert "原金额：每月540.00元" in lines(stop)
    assert "《社会救助暂行办法》第13条第3款" in stop


@pytest.mark.parametrize(("decided_on", "months"), [("2015-04-30", 3), ("2015-05-01", 6), ("2016-04-18", 6)])
def test_the_time_for_a_suit_is_that_of_the_day_of_the_decision(decided_on: str, months: int) -> None:
    """Three months under the Administrative Litigation Law of 1989, six as amended, in force from 2015-05-01."""
    for on in ("2015-04-01", "2016-04-01"):
        text = urban(three("1440"), on=on).notice("refusal", decided_on=decided_on)
        assert f"· {SUIT.format(months)}" in lines(text)
        assert ("1989年" in text) == (months == 3)
        assert "· 自知道本决定之日起60日内，可以向本机关的本级人民政府或者上一级民政部门申请行政复议。" in lines(text)


def test_without_a_day_of_decision_the_remedies_are_those_of_the_day_decided_for() -> None:
    text = urban(three("1440"), on="2015-04-01").notice("refusal")
    assert f"· {SUIT.format(3)}" in lines(text)
    assert "日期：____年__月__日" in lines(text)


def test_the_day_of_the_decision_is_the_records_unless_the_caller_states_one() -> None:
    assert "日期：2016年4月18日" in lines(approved().notice("approval"))
    assert "日期：2016年5月3日" in lines(approved().notice("approval", decided_on="2016-05-03"))
    assert "申请受理日期：2016年3月1日" in lines(approved().notice("approval"))
    assert "日期：2016年4月11日" in lines(refused().notice("refusal"))
    assert "日期：2016年9月12日" in lines(ended().notice("stop", earlier=approved()))
    assert "日期：____年__月__日" in lines(refused().notice("stop", earlier=approved()))


def test_a_change_is_not_dated_by_the_approval_before_it() -> None:
    later = urban(three("1200", steps=STEPS))
    assert "日期：____年__月__日" in lines(later.notice("change", earlier=approved()))
    assert "执行月份：____年__月" in lines(later.notice("change", earlier=approved()))


def test_a_change_says_before_after_and_what_changed() -> None:
    """From 540 to 240: 300 less; income from 900 to 1200, so 300 to 400 for each of three."""
    text = with_less().notice("change", earlier=approved())
    assert text.startswith("减发最低生活保障金通知书\n")
    assert section(text, "变化情况") == [
        "· 家庭核定收入：由每月900.00元变为每月1200.00元",
        "· 家庭月人均收入：由每人每月300.00元变为每人每月400.00元",
    ]
    assert section(text, "决定")[2:5] == [
        "原金额：每月540.00元",
        "现金额：每月240.00元",
        "相差：减少每月300.00元",
    ]
    assert section(text, "金额计算")[-6:] == [
        "原来的计算：",
        "· 补差：（标准－月人均收入）×人数",
        "(480.00 − 300.00) × 3 = 每月540.00元",
        "现在的计算：",
        "· 补差：（标准－月人均收入）×人数",
        "(480.00 − 400.00) × 3 = 每月240.00元",
    ]


def test_a_raise_of_the_standard_is_an_increase_that_names_the_standard_alone() -> None:
    """450 to 480 for three persons: 90 more."""
    text = urban(three()).notice("change", earlier=urban(three(), on="2015-06-01"))
    assert text.startswith("增发最低生活保障金通知书\n")
    assert section(text, "变化情况") == ["· 城市低保标准：由每人每月450.00元变为每人每月480.00元"]
    assert "相差：增加每月90.00元" in lines(text)


def test_a_raise_takes_effect_when_the_standard_does_and_not_when_somebody_decides() -> None:
    """480 holds from January 2016 (worked example T04): what was paid less since is owed."""
    for decided_on in (None, "2016-03-10"):
        text = urban(three()).notice("change", earlier=urban(three(), on="2015-06-01"), decided_on=decided_on)
        assert "执行月份：2016年1月" in lines(text)
    text = with_less().notice("change", earlier=urban(three(), on="2015-06-01"), decided_on="2016-03-10")
    assert "执行月份：2016年4月" in lines(text)


def test_a_refusal_says_by_how_much_the_condition_is_not_met_and_on_what_law() -> None:
    assert section(refused().notice("refusal"), "理由") == [
        "· 未满足的条件：共同生活的家庭成员人均收入须低于当地低保标准",
        "家庭月人均收入480.00元，城市低保标准480.00元，两者相等；须低于，等于不算",
        "依据：《社会救助暂行办法》第9条；《最低生活保障审核审批办法（试行）》第4条",
    ]


def test_a_notice_of_a_program_with_lines_names_each_line() -> None:
    record = household(
        person("A", "head", streamlined_worker={"residence": "rural", "draws_pension": False, "start": "2010-01-01"})
    )
    decided = shipped().evaluator("streamlined_workers", on="2016-04-01").determine(record)
    assert "周敏：每月325.00元" in lines(decided.notice("approval", names={"A": "周敏"}))


# --- when a notice fits -----------------------------------------------------------------------------------------------


UNFIT: dict[str, tuple[Any, str, str]] = {
    "approval of what is refused": (
        lambda: refused().notice("approval"),
        "kind: notice-unfit: a notice of kind approval does not fit: found a determination that is not eligible; it "
        "needs a determination that is eligible with a known amount",
        "kind: notice-unfit: 不能出具批准通知：现为不符合条件的认定；须为符合条件且金额已确定的认定",
    ),
    "refusal of what is approved": (
        lambda: approved().notice("refusal"),
        "kind: notice-unfit: a notice of kind refusal does not fit: found a determination that is eligible with a "
        "known amount; it needs a determination that is not eligible",
        "kind: notice-unfit: 不能出具不予批准通知：现为符合条件且金额已确定的认定；须为不符合条件的认定",
    ),
    "refusal of what is open": (
        lambda: lacking().notice("refusal"),
        "kind: notice-unfit: a notice of kind refusal does not fit: found a determination that cannot be decided yet; "
        "it needs a determination that is not eligible",
        "kind: notice-unfit: 不能出具不予批准通知：现为暂不能认定的认定；须为不符合条件的认定",
    ),
    "stop without an earlier award": (
        lambda: refused().notice("stop"),
        "earlier: notice-unfit: a notice of kind stop does not fit: found no earlier determination; it needs earlier=, "
        "an earlier determination that was eligible",
        "earlier: notice-unfit: 不能出具停发通知：现为没有此前的认定；须为earlier=，即此前符合条件的认定",
    ),
    "nothing lacks": (
        lambda: approved().notice("missing"),
        "kind: notice-unfit: a notice of kind missing does not fit: found a determination that is eligible with a "
        "known amount; it needs a determination that lacks something",
        "kind: notice-unfit: 不能出具补齐材料一次性告知书：现为符合条件且金额已确定的认定；须为缺少事项的认定",
    ),
}


@pytest.mark.parametrize("kind", ["approval", "refusal", "change", "stop", "missing", "public"])
def test_a_chinese_sentence_names_the_notice_in_chinese(kind: Any) -> None:
    found = approved() if kind == "missing" else lacking()
    _, chinese = refusal_of(lambda: found.notice(kind))
    assert re.search("notice-unfit: 不能出具[一-鿿]+：", chinese)


@pytest.mark.parametrize("name", UNFIT)
def test_a_notice_that_does_not_fit_is_a_located_error(name: str) -> None:
    make, en, zh = UNFIT[name]
    assert refusal_of(make) == (en, zh)


@pytest.mark.parametrize("kind", ["approval", "refusal", "change", "stop", "public"])
def test_of_what_is_open_there_is_no_notice_but_the_one_of_what_is_missing(kind: Any) -> None:
    earlier = approved() if kind in ("change", "stop") else None
    english, _ = refusal_of(lambda: lacking().notice(kind, earlier=earlier))
    assert english.startswith("kind: notice-unfit: ")
    assert "a determination that cannot be decided yet" in english


@pytest.mark.parametrize("kind", ["change", "stop"])
def test_a_change_and_a_stop_need_an_award_of_the_same_program(kind: Any) -> None:
    now = with_less() if kind == "change" else refused()
    never, other = urban(three("1500")), shipped().evaluator("rural_dibao", on="2016-04-01").determine(three())
    assert refusal_of(lambda: now.notice(kind, earlier=never))[0].startswith("earlier: notice-unfit: ")
    assert "same program" in refusal_of(lambda: now.notice(kind, earlier=other))[0]


def test_an_unchanged_amount_is_no_change() -> None:
    english, _ = refusal_of(lambda: approved().notice("change", earlier=urban(three())))
    assert english.endswith("found an unchanged amount; it needs an earlier determination with another amount")


def test_an_earlier_determination_is_not_silently_left_out() -> None:
    english, _ = refusal_of(lambda: approved().notice("approval", earlier=urban(three())))
    assert english.startswith("earlier: notice-unfit: ")


def test_a_what_if_is_no_decision() -> None:
    what_if = urban(three(), rulebook=shipped().with_overlay(Scenario({"urban_dibao.standard": "500"})))
    for now, kind, earlier in ((what_if, "approval", None), (approved(), "change", what_if)):
        kinds: Any = kind
        assert "found a what-if" in refusal_of(lambda n=now, k=kinds, e=earlier: n.notice(k, earlier=e))[0]


def test_a_program_without_that_notice_names_those_that_it_has() -> None:
    assert refusal_of(lambda: hearth("2012-07-01").notice("stop", earlier=hearth("2012-07-01"))) == (
        "kind: notice-unknown: the program hearth_benefit has no notice stop; expected one of approval, refusal, "
        "missing, public",
        "kind: notice-unknown: 项目 hearth_benefit 没有 stop 通知；应为下列之一：approval、refusal、missing、public",
    )


def test_a_name_for_nobody_on_the_record_is_refused() -> None:
    assert refusal_of(lambda: approved().notice("approval", names={"A": "周敏", "Z": "林涛"})) == (
        "names: notice-person: a name is given for Z, but nobody on the record has that id; the id of a person on the "
        "record",
        "names: notice-person: 为 Z 提供了姓名，但记录中没有此编号的人员；记录中的人员编号",
    )


def test_a_day_that_is_none_is_refused() -> None:
    assert refusal_of(lambda: approved().notice("approval", decided_on="2016-02-30"))[0] == (
        "decided_on: day-unreadable: 2016-02-30 is no day; write one that exists, as YYYY-MM-DD"
    )


def test_a_result_without_its_record_has_no_notice() -> None:
    read_back = Determination.model_validate_json(Result.model_dump_json(approved().result))
    with pytest.raises(ReceiptError, match="result-without-record"):
        read_back.notice("approval")


# --- what never appears -----------------------------------------------------------------------------------------------


Format = Literal["text", "markdown", "html"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html")


@pytest.mark.parametrize("format", FORMATS)
def test_no_name_and_no_document_number_is_taken_from_the_record(format: Format) -> None:
    for decided, kind, earlier in (
        (approved(), "approval", None),
        (refused(), "refusal", None),
        (refused(), "stop", approved()),
        (with_less(), "change", approved()),
        (approved(), "public", None),
        (urban(three(asset_finding=None)), "missing", None),
    ):
        kinds: Any = kind
        text = decided.notice(kinds, format=format, earlier=earlier)
        assert NAME not in text
        assert DOCUMENT not in text
        assert DISCLAIMER.rstrip("。") in text


SECRETS: dict[str, Any] = {
    "assets": [{"kind": "motor_vehicle", "value": "31415.92"}, {"kind": "house", "value": "27182.81"}] * 2,
    "steps": {"accepted_on": "2016-03-07", "relative_of_staff": True, "decided_on": "2016-04-18"},
    "included_as_group": True,
    "individually_verified": False,
    "asset_finding_rule": "秘密规定第7号",
}
CHECKS = {"on_public_payroll": True, "owns_business": True, "draws_pension": True, "reported": True}
PERSONAL: dict[str, Any] = {
    "birth_date": "1961-11-23",
    "severe_illness": True,
    "disability": {"kind": "mental", "grade": 2},
    "checks": CHECKS,
}


def secretive() -> Household:
    """Three people with everything that a neighbour must not learn; also 900 yuan a month."""
    own = {**wages("650.25"), "local_rule": "秘密"}, {**wages("249.75"), "kind": "pension"}
    head = person("K-7731", "head", *own, name=NAME, document_number=DOCUMENT, **PERSONAL)
    others = (person(key, relation, **PERSONAL) for key, relation in (("K-7732", "spouse"), ("K-7733", "child")))
    return household(head, *others, **SECRETS)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_public_notice_is_the_same_for_all_who_get_the_same(format: Format, language: Any) -> None:
    """Nothing but names (as given), members and amount: a record full of secrets reads like one with none."""
    names = dict(zip(("K-7731", "K-7732", "K-7733"), NAMES.values(), strict=True))
    secret, plain = urban(secretive()), urban(three())
    assert secret.payment == plain.payment
    given: dict[str, Any] = {"addressee": "周敏", "office": "青山县民政局", "language": language, "format": format}
    assert secret.notice("public", names=names, **given) == plain.notice("public", names=NAMES, **given)
    assert secret.notice("public", **given) == plain.notice("public", **given)


def test_the_public_notice_holds_its_lawful_fields_and_the_packs_words() -> None:
    text = urban(secretive()).notice("public", addressee="周敏")
    assert section(text, "公示内容")[1:] == [
        "申请人姓名：周敏",
        "家庭成员：____、____、____",
        "拟保障金额：每月540.00元",
    ]
    for secret in (
        "K-773",
        NAME,
        DOCUMENT,
        "650",
        "249",
        "900",
        "300.00",
        "31415",
        "27182",
        "1961",
        "2016年3月",
        "秘密",
    ):
        assert secret not in text


def test_a_flag_accuses_nobody_on_a_notice() -> None:
    decided = urban(secretive())
    assert len(decided.flags) > 5
    texts = [decided.notice("approval"), urban(secretive(), on="2015-06-01").notice("approval")]
    texts.append(decided.notice("change", earlier=urban(secretive(), on="2015-06-01")))
    for flag in decided.flags:
        assert all(flag.text.zh not in text for text in texts)


def test_a_refusal_on_estimated_income_says_what_would_replace_the_estimate() -> None:
    """1440 yuan a month on record as an estimate: without it the family would be below the standard."""
    decided = urban(
        household(
            person("A", "head", {**wages("1440"), "provenance": "imputed"}), person("B", "spouse"), person("C", "child")
        )
    )
    told = [flag.text.zh for flag in decided.flags if flag.rule.endswith("refused_on_estimated_income")]
    assert len(told) == 1
    assert f"· {told[0]}" in section(decided.notice("refusal"), "请注意")


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_what_the_caller_gives_is_escaped(format: Format) -> None:
    text = approved().notice("approval", format=format, addressee="<b>周敏</b>", names={"A": "<b>周敏</b>"})
    assert text.count("&lt;b&gt;周敏&lt;/b&gt;") == 2
    assert "<b>周敏" not in text
