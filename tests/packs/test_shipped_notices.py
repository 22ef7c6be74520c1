"""The notices that the shipped packs word: which there are, that every fact has its paper, and what they never tell."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from civil_aid_rules.ir.notices import Notices
from civil_aid_rules.rulebook import Rulebook

SIX = {"approval", "refusal", "change", "stop", "missing", "public"}
THREE = {"approval", "refusal", "missing"}
DAYS = ("2016-04-01", "2016-10-11", "2021-07-01")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def notices(rulebook: Rulebook, on: str = "2016-04-01") -> Iterator[tuple[str, Notices]]:
    """The notices of each program that pays something."""
    for program in rulebook.programs:
        outcome = rulebook.compile(program, on=on).outcome
        if outcome.payment is not None:
            assert outcome.notices is not None, program
            yield program, outcome.notices


def test_every_program_that_pays_has_its_notices_and_dibao_all_six(rulebook: Rulebook) -> None:
    found = {program: {form.kind for form in stated.forms} for program, stated in notices(rulebook)}
    assert len(found) == 8
    for program, kinds in found.items():
        assert kinds == (SIX if program.endswith("_dibao") else THREE)


@pytest.mark.parametrize("on", DAYS)
def test_every_fact_that_a_rule_reads_has_a_paper_or_is_the_offices(rulebook: Rulebook, on: str) -> None:
    for program, stated in notices(rulebook, on):
        leads = [f"{lead}." for paper in stated.papers for lead in paper.supplies]
        facts = [f"{fact.path.replace('[]', '')}." for fact in rulebook.evaluator(program, on=on).facts]
        assert [fact for fact in facts if not any(fact.startswith(lead) for lead in leads)] == [], program


def test_no_fact_is_asked_for_by_two_papers(rulebook: Rulebook) -> None:
    for program, stated in notices(rulebook):
        leads = [lead for paper in stated.papers for lead in paper.supplies]
        doubled = {lead for lead in leads if leads.count(lead) > 1}
        assert doubled <= {"members.streamlined_worker"}, program  # the person's own certificate, where it is asked for


def test_no_flag_of_the_watch_list_and_none_of_the_procedure_is_told(rulebook: Rulebook) -> None:
    told = {
        flag
        for pack in rulebook.packs.packs.values()
        if pack.notices is not None
        for form in (pack.notices.approval, pack.notices.refusal, pack.notices.stop)
        if form is not None
        for flag in form.flags
    }
    assert told == {"refused_on_averaged_income", "refused_on_estimated_income"}
    assert told & set(rulebook.packs.packs["key_review"].rules) == set()


def test_each_decision_names_both_remedies_and_what_asks_for_papers_or_is_public_none(rulebook: Rulebook) -> None:
    for program, stated in notices(rulebook):
        for form in stated.forms:
            wanted = 0 if form.kind in ("missing", "public") else 2
            assert len(form.remedies) == wanted, (program, form.kind)


def test_the_public_notice_shows_name_members_and_proposed_amount_and_nothing_else(rulebook: Rulebook) -> None:
    """220号 art. 29: 公示内容包括申请人姓名、家庭成员、拟保障金额; art. 34: nothing beyond what dibao is about."""
    for program, stated in notices(rulebook):
        form = stated.form("public")
        if form is not None:
            assert [(name, title.zh) for name, title in form.fields] == [
                ("addressee", "申请人姓名"),
                ("people", "家庭成员"),
                ("amount", "拟保障金额"),
            ], program
            assert (form.shown, form.flags) == ((), ())
            assert {str(item.article) for item in form.citations} == {"art. 29(1)", "art. 34"}


def test_the_shared_texts_of_both_dibao_programs_stand_once(rulebook: Rulebook) -> None:
    packs = rulebook.packs.packs
    assert packs["urban_dibao"].notices is packs["rural_dibao"].notices is None
    assert packs["dibao"].notices is not None


def test_a_result_does_not_rest_on_what_its_notices_say(rulebook: Rulebook) -> None:
    """The days for a remedy are no part of a determination: neither of its values nor of its dates."""
    program = rulebook.compile("urban_dibao", on="2016-04-01")
    assert not [value.key for value in program.parameters if value.key.startswith("household_notices.")]
    assert program.valid.contains(datetime.date(2016, 3, 1))
    assert (
        rulebook.compile("urban_dibao", on="2015-04-30").digest
        == rulebook.compile("urban_dibao", on="2015-05-01").digest
    )


def test_no_notice_calls_itself_official(rulebook: Rulebook) -> None:
    """No national form was found for these years."""
    for _, stated in notices(rulebook):
        for form in stated.forms:
            texts = [*form.wording[0].title, *form.wording[0].say, *(said.text for said in form.also)]
            assert not [text for text in texts if "official" in str(text).lower() or "官方" in str(text)]
