"""What a rulebook, an evaluator or a read-back result answers to a question that it cannot be asked."""

from __future__ import annotations

import datetime
import gc
import pickle
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest

from civil_aid_rules.determinations.result import Result
from civil_aid_rules.errors import CivilAidError, EvaluationError, ReceiptError, RecordError, RulebookError
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.quantities.fields import Note
from civil_aid_rules.records.household import Household
from civil_aid_rules.rulebook import Rulebook
from tests.bad_packs.record import Home

BASE = Path(__file__).parents[1] / "bad_packs" / "base"
COUNTY = """\
overlay: county
kind: local
title: {en: County, zh: 县}
jurisdiction: county
level: county
issuer: {level: city, name: {en: C, zh: 县}, in_the_name_of: {en: C, zh: 县}, number: "1", date: 2016-01-01}
parameters:
  aid.standard: {values: [{from: 2016-01-01, value: "500", published: 2016-01-01, cite: plan}]}
"""


class PlacedHome(Home):
    """A home that says where it is."""

    jurisdiction: Annotated[str | None, Note(en="Jurisdiction", zh="适用地区")] = None


@pytest.fixture
def rulebook() -> Rulebook:
    return Rulebook.load(BASE, records={"home": Home})


def said(raised: type[CivilAidError], ask: Callable[[], Any]) -> tuple[str, str]:
    """The only sentence of the error, located, in English and Chinese."""
    with pytest.raises(raised) as caught:
        ask()
    (item,) = caught.value.problems
    return item.located("en"), item.located("zh")


def test_an_unknown_program_gets_the_nearest_one(rulebook: Rulebook) -> None:
    assert said(EvaluationError, lambda: rulebook.evaluator("iad", on="2016-04-01")) == (
        "program: program-unknown: there is no program iad; did you mean aid?",
        "program: program-unknown: 没有名为 iad 的项目；是不是 aid？",
    )


def test_an_unknown_program_gets_the_known_ones_where_none_is_near(rulebook: Rulebook) -> None:
    assert said(EvaluationError, lambda: rulebook.evaluator("pension", on="2016-04-01")) == (
        "program: program-unknown: there is no program pension; expected one of aid",
        "program: program-unknown: 没有名为 pension 的项目；应为下列之一：aid",
    )


def test_an_unknown_jurisdiction_is_named(rulebook: Rulebook) -> None:
    assert said(EvaluationError, lambda: rulebook.evaluator("aid", on="2016-04-01", jurisdiction="county")) == (
        "jurisdiction: jurisdiction-unknown: there is no jurisdiction county; leave it out",
        "jurisdiction: jurisdiction-unknown: 没有辖区 county；请删去",
    )


@pytest.mark.parametrize("day", ["2016-02-30", "2016-4-1", "１999-01-01", "today", ""])
def test_a_day_that_is_none_says_how_days_are_written(rulebook: Rulebook, day: str) -> None:
    shown = day or '""'
    assert said(EvaluationError, lambda: rulebook.evaluator("aid", on=day)) == (
        f"on: day-unreadable: {shown} is no day; write one that exists, as YYYY-MM-DD",
        f"on: day-unreadable: {shown} 不是日期；请按 YYYY-MM-DD 写一个存在的日期",
    )


def test_a_time_of_day_is_no_day(rulebook: Rulebook) -> None:
    noon = datetime.datetime(2016, 4, 1, 12)
    english, _ = said(EvaluationError, lambda: rulebook.evaluator("aid", on="2016-04-01", known_on=noon))
    assert english.startswith("known_on: day-unreadable: 2016-04-01 12:00:00 is no day")


def test_a_day_before_the_first_rule_is_one_fault_and_names_the_days_that_can_be_asked(rulebook: Rulebook) -> None:
    """The standard begins on 2015-01-01, the rules on 2014-03-01: the later of the two is what has to be mended."""
    assert said(EvaluationError, lambda: rulebook.evaluator("aid", on="2013-04-01")) == (
        "base/aid/program.yaml:8:22: name-not-in-force: standard is not yet in force on 2013-04-01; "
        "ask for a day from 2015-01-01 on",
        "base/aid/program.yaml:8:22: name-not-in-force: 2013-04-01 时 standard 尚未施行；请改问 2015-01-01 起的日期",
    )


def test_what_was_not_published_yet_is_one_fault(rulebook: Rulebook) -> None:
    """Everything rests on the act, which was issued on 2014-01-01."""
    english, chinese = said(EvaluationError, lambda: rulebook.evaluator("aid", on="2016-04-01", known_on="2013-12-31"))
    assert "name-not-published: nothing published by 2013-12-31 says what " in english
    assert english.endswith("is on 2016-04-01; ask as known on a later day, or without known_on")
    assert "name-not-published: 截至 2013-12-31 公布的内容中没有 2016-04-01 时的 " in chinese
    assert chinese.endswith("；known_on 请用更晚的日期，或不写 known_on")


def test_a_record_of_another_kind_is_refused(rulebook: Rulebook) -> None:
    evaluator = rulebook.evaluator("aid", on="2016-04-01")
    assert said(RecordError, lambda: evaluator.determine(Household.from_json('{"members": [{"id": "a"}]}'))) == (
        "$: record-kind: the record is a Household; this program decides on a Home",
        "$: record-kind: 这份记录是 Household；此项目须用 Home",
    )


def test_a_record_of_another_jurisdiction_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(BASE, root)
    (root / "overlays").mkdir()
    (root / "overlays" / "county.yaml").write_text(COUNTY, encoding="utf-8")
    rulebook = Rulebook.load(root, records={"home": PlacedHome})
    evaluator = rulebook.evaluator("aid", on="2016-04-01", jurisdiction="county")
    assert said(RecordError, lambda: evaluator.determine(PlacedHome(jurisdiction="other_county"))) == (
        "$.jurisdiction: record-jurisdiction: the record belongs to other_county, but the rules asked are those of "
        "county; choose the rules of other_county, or correct the record",
        "$.jurisdiction: record-jurisdiction: 记录属于 other_county，所用规则却是 county 的；"
        "请改用 other_county 的规则，或更正记录",
    )


def test_a_result_without_its_record_cannot_be_explained(rulebook: Rulebook) -> None:
    determination = rulebook.evaluator("aid", on="2016-04-01").determine(Home())
    read_back = type(determination).model_validate_json(Result.model_dump_json(determination.result))
    assert said(ReceiptError, read_back.explain) == (
        "$: result-without-record: this is a result read back without its record, which holds no record to compute "
        "from; take the determination as evaluator.determine(record) returned it",
        "$: result-without-record: 这是读回的结果（不含家庭记录），其中没有可供计算的记录；"
        "请用 evaluator.determine(record) 返回的认定",
    )


def test_a_folder_that_does_not_exist_holds_no_packs(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    assert said(RulebookError, lambda: Rulebook.load(folder)) == (
        f"{folder}:1:1: pack-no-folder: there is no folder {folder}; "
        "give a folder whose sub-folders each hold a program.yaml",
        f"{folder}:1:1: pack-no-folder: 没有文件夹 {folder}；请给出规则库文件夹，其中每个子文件夹都有 program.yaml",
    )


def test_a_scenario_names_parameters_with_their_program() -> None:
    assert said(RulebookError, lambda: Scenario({"standard": "500"})) == (
        "<scenario>:1:1: scenario-name: a scenario cannot set standard; write the name with its program: "
        "program.parameter",
        "<scenario>:1:1: scenario-name: 测算方案不能设定 standard；请连同项目名一起写：program.parameter",
    )


def test_a_scenario_takes_no_float() -> None:
    value: Any = 500.5
    assert said(RulebookError, lambda: Scenario({"aid.standard": value})) == (
        "<scenario>:1:1: scenario-value: a scenario cannot set a value of this kind (aid.standard: float); "
        'write a text such as "500", or None for unset',
        "<scenario>:1:1: scenario-value: 测算方案中不能用这种值（aid.standard: float）；"
        '请写文字，如 "500"；未设定写 None',
    )


def test_a_local_overlay_is_no_what_if(rulebook: Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "county.yaml"
    file.write_text(COUNTY, encoding="utf-8")
    english, chinese = said(RulebookError, lambda: rulebook.with_overlay(file))
    assert english.endswith(
        "overlay-kind: an overlay of kind local is chosen with jurisdiction=, not as a what-if; "
        "expected one of kind scenario"
    )
    assert chinese.endswith("overlay-kind: local 类的叠加文件用 jurisdiction= 选用，不能当测算方案；应为 scenario 类")


def test_a_rulebook_keeps_only_the_questions_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that asks for each day of ten years, or each day of knowledge, must not grow by each."""
    monkeypatch.setattr("civil_aid_rules.rulebook.MOST_QUESTIONS", 3)
    rulebook = Rulebook.load(BASE, records={"home": Home})
    days = [datetime.date(2016, 4, day) for day in range(1, 31)]
    kept = [weakref.ref(rulebook.evaluator("aid", on=day)) for day in days]
    kept += [weakref.ref(rulebook.evaluator("aid", on="2016-04-01", known_on=day)) for day in days]
    gc.collect()
    assert [made() is not None for made in kept] == [False] * 57 + [True] * 3
    assert rulebook.evaluator("aid", on="2016-04-01", known_on=days[-1]) is kept[-1]()


def test_a_question_that_was_forgotten_gets_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("civil_aid_rules.rulebook.MOST_QUESTIONS", 1)
    rulebook = Rulebook.load(BASE, records={"home": Home})
    before = rulebook.evaluator("aid", on="2016-04-01")
    assert rulebook.evaluator("aid", on="2016-05-01").on == datetime.date(2016, 5, 1)
    again = rulebook.evaluator("aid", on="2016-04-01")
    assert again is not before
    assert again.compiled == before.compiled


def test_a_rulebook_that_was_pickled_keeps_questions_again(rulebook: Rulebook) -> None:
    read_back: Rulebook = pickle.loads(pickle.dumps(rulebook))
    assert read_back.evaluator("aid", on="2016-04-01") is read_back.evaluator("aid", on="2016-04-01")
