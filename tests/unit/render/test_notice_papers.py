"""The one-time notice of missing facts: complete, and no paper more than an approval needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

import pytest

from civil_aid_rules import Determination
from civil_aid_rules.errors import EvaluationError
from tests.unit.render.cases import household, person, shipped, three, urban, wages
from tests.unit.render.notice_cases import NAMES, hearth, lacking
from tests.unit.render.test_notices import section

INCOME = "收入声明和收入证明（工资单、银行流水或者单位证明；没有收入的声明“无收入”）"
ASSETS = "家庭财产声明和核对授权书（签字确认）"
REGISTER = "户口簿和居民身份证"
MEMBERS = "家庭成员情况声明（有无服刑、长期离家的宗教教职人员或者已享受特困供养的人员）"
RESIDENCE = "居住情况证明（村（居）民委员会出具）"
DISABILITY = "残疾人证（没有的声明“无”）"


def test_each_paper_is_asked_for_once_with_all_that_it_is_for() -> None:
    text = lacking().notice("missing", names=NAMES)
    assert section(text, "需要补充的材料") == [
        f"· {INCOME}",
        "用于核实：收入（林涛、周小雨）",
        f"· {ASSETS}",
        "用于核实：家庭财产调查认定",
    ]


def test_a_limit_that_nobody_has_set_is_not_the_applicants_matter() -> None:
    """Unset limit and unknown assets would do as well, but no applicant can set a limit."""
    decided = urban(three(asset_finding=None, assets=None))
    assert {"urban_dibao.asset_limit", "$.assets", "$.asset_finding"} == {item.name for item in decided.missing}
    text = decided.notice("missing")
    assert section(text, "需要补充的材料") == [f"· {ASSETS}", "用于核实：家庭财产调查认定"]
    assert "限额" not in text


REMOVABLE: dict[str, tuple[str, Any]] = {
    "income": (INCOME, []),
    "registration": (REGISTER, "non_agricultural"),
    "exclusions": (MEMBERS, []),
    "lives_with_family": (RESIDENCE, True),
    "asset_finding": (ASSETS, "within"),
}
SUBSETS = list(chain.from_iterable(combinations(REMOVABLE, count) for count in range(1, 6)))


def family(known: Iterator[str] | set[str]) -> Determination:
    """Three people, of the second of whom (and of the assets) only this is known."""
    held = {name: value for name, (_, value) in REMOVABLE.items() if name in set(known)}
    finding = held.pop("asset_finding", None)
    second = {"id": "B", "relation": "spouse", **held}
    return urban(household(person("A", "head", wages("900")), second, person("C", "child"), asset_finding=finding))


@pytest.mark.parametrize("unknown", SUBSETS, ids="-".join)
def test_with_the_papers_asked_for_the_case_can_be_decided(unknown: tuple[str, ...]) -> None:
    """Whatever is missing: what the papers on the notice supply settles it, and nothing that is known is asked for.

    Where the registration is not known, it may be a unified one: then the proof of residence says since when.
    """
    known = set(REMOVABLE) - set(unknown)
    decided = family(known)
    if decided.status == "undetermined":
        asked = section(decided.notice("missing"), "需要补充的材料")
        wanted = {name for name, (paper, _) in REMOVABLE.items() if f"· {paper}" in asked}
        assert wanted <= {*unknown, *(["lives_with_family"] if "registration" in unknown else [])}
        assert family(known | wanted).status == "eligible"
    else:
        assert decided.status == "eligible"


def test_nearly_all_of_these_families_are_undetermined() -> None:
    assert sum(family(set(REMOVABLE) - set(unknown)).status == "undetermined" for unknown in SUBSETS) > 25


def tekun(**known: Any) -> Determination:
    """One person without work, living or supporters, of whom the given facts are known."""
    found = {"able_to_work": False, "living_source_finding": "none_found", "supporters": []}
    chosen = {"registration": "agricultural", "chosen_support_form": "dispersed", "support_spells": []}
    record = household(person("p", "head", **{**found, **chosen, **known}))
    return shipped().evaluator("tekun", on="2016-04-01").determine(record)


def test_where_different_papers_would_do_they_are_groups_to_choose_from() -> None:
    """Old enough, or disabled: either is enough. Both papers together are no third group."""
    text = tekun().notice("missing", names={"p": "周敏"})
    assert "【需要补充的材料】" not in text
    assert section(text, "补充以下任意一组即可") == [
        f"1. {REGISTER}",
        "用于核实：出生日期（周敏）",
        f"2. {DISABILITY}",
        "用于核实：残疾（周敏）",
    ]
    assert tekun(birth_date="1950-01-01").status == "eligible"
    assert tekun(birth_date="1990-01-01", disability={"grade": 1}).status == "eligible"


def test_what_may_be_needed_after_all_is_named_at_once() -> None:
    """A child needs no more than the day of birth; whoever is older the proof of capacity as well, or a disability."""
    text = tekun(able_to_work=None).notice("missing")
    assert section(text, "需要补充的材料")[::2] == [f"· {REGISTER}"]
    assert section(text, "上述材料仍不足以认定的，还需补充")[::2] == [f"· {DISABILITY}", "· 劳动能力情况证明"]


def test_what_every_way_needs_comes_before_the_groups() -> None:
    """Without the finding on a living there is no support, be it for age or for disability."""
    text = tekun(living_source_finding=None).notice("missing")
    assert section(text, "需要补充的材料")[::2] == ["· 生活来源情况声明"]
    assert section(text, "此外，补充以下任意一组即可")[::2] == [f"1. {REGISTER}", f"2. {DISABILITY}"]


def test_what_is_missing_for_the_amount_is_asked_for_too() -> None:
    decided = tekun(birth_date="1950-01-01", chosen_support_form=None)
    assert (decided.status, decided.payment and decided.payment.amount) == ("eligible", None)
    assert section(decided.notice("missing"), "需要补充的材料")[0] == "· 供养方式选择书（集中供养或者分散供养）"


def test_what_the_office_looks_up_is_named_and_not_asked_for() -> None:
    """Islandia: nobody needs to bring the boat register."""
    text = hearth("2012-07-01", boats=None, arrived=None).notice("missing")
    assert section(text, "需要补充的材料") == ["· 炉户名册摘录", "用于核实：迁入日期"]
    assert section(text, "由我们核实、您无须提供材料的事项") == ["船只登记册"]


def test_a_fact_without_a_paper_is_asked_for_in_writing() -> None:
    """No paper of Islandia supplies the island; without it the supplement is not known."""
    text = hearth("2012-07-01", island=None).notice("missing", language="en")
    assert "  · a statement in writing: island\n      For: island\n" in text


def test_where_only_the_office_lacks_something_there_is_nothing_to_ask_for() -> None:
    """The urban support standard is not set: no paper of the applicant's could settle the amount."""
    decided = tekun(birth_date="1950-01-01", registration="non_agricultural")
    assert [item.kind for item in decided.missing] == ["parameter"]
    with pytest.raises(EvaluationError) as caught:
        decided.notice("missing")
    assert caught.value.problems[0].located("en") == (
        "kind: notice-unfit: a notice of kind missing does not fit: found matters of the office alone; it needs a "
        "determination that lacks something of the applicant"
    )
