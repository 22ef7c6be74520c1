"""The steps of an application as they were taken, and what a check of a household found, as written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from civil_aid_rules.quantities.fields import ChoiceTitles, Fact
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part

ReviewClass = Literal["unchanged_severe", "stable", "unstable_able"]
REVIEW_CLASS = ChoiceTitles(
    {
        "unchanged_severe": (
            "no source of living, or severely ill or disabled with income that hardly changes",
            "三无人员，或者有重病、重残人员且收入基本无变化",
        ),
        "stable": ("income stable in the short term", "短期内家庭状况和经济状况相对稳定"),
        "unstable_able": ("income unstable, able and free to work", "收入来源不固定、有劳动能力和劳动条件"),
    }
)

StepDay = Day | NoneKnown | None


class FailedCheck(Part):
    """The check of economic status found the conditions not met: the notice, an objection, the check made again."""

    notice_on: Annotated[StepDay, Fact(en="Told in writing, with reasons", zh="书面通知并说明理由日期")] = None
    objected_on: Annotated[StepDay, Fact(en="Objection to the check", zh="对核对结果提出异议日期")] = None
    rechecked_on: Annotated[StepDay, Fact(en="Checked again", zh="复查日期")] = None
    recheck_passed: Annotated[
        bool | None, Fact(en="The second check found the conditions met", zh="复查认定符合条件")
    ] = None


class ContestedAppraisal(Part):
    """The appraisal was much disputed, so the family's circumstances are surveyed once more."""

    surveyed_again_on: Annotated[StepDay, Fact(en="Surveyed again", zh="重新调查核实日期")] = None


class PublicationObjection(Part):
    """An objection to what the county published: investigated again, decided, published again."""

    raised_on: Annotated[Day | None, Fact(en="Objection raised", zh="提出异议日期")] = None
    investigated_again_on: Annotated[StepDay, Fact(en="Investigated again", zh="重新调查核实日期")] = None
    published_again_from: Annotated[StepDay, Fact(en="Published again from", zh="重新公示开始日期")] = None
    published_again_to: Annotated[StepDay, Fact(en="Published again to", zh="重新公示结束日期")] = None


class Refusal(Part):
    """The decision not to approve, and how the applicant was told."""

    decided_on: Annotated[Day | None, Fact(en="Refusal decided", zh="不予批准决定日期")] = None
    notice_on: Annotated[StepDay, Fact(en="Refusal notified in writing", zh="不予批准书面告知日期")] = None
    reasons_given: Annotated[bool | None, Fact(en="The notice gives reasons", zh="书面告知已说明理由")] = None


class ApplicationSteps(Part):
    """One application, step by step. A day is when the step was taken; "none": not taken; left out: not known."""

    applied_on: Annotated[
        Day | NoneKnown | None,
        Fact(
            en="Application made",
            zh="提出申请日期",
            absent="none",
            cite="recorded only where the application was made before the day on which it was complete and accepted",
        ),
    ] = None
    accepted_on: Annotated[Day | None, Fact(en="Application accepted", zh="受理日期")] = None
    authorised_on: Annotated[StepDay, Fact(en="Verification authorised by the family", zh="授权核对日期")] = None
    verified_on: Annotated[StepDay, Fact(en="Economic status verified", zh="家庭经济状况核对日期")] = None
    failed_check: Annotated[
        FailedCheck | NoneKnown | None,
        Fact(
            en="Check that found the conditions not met",
            zh="经核对不符合条件的情形",
            absent="none",
            cite="recorded only where the check of economic status finds the conditions not met",
        ),
    ] = None
    home_visit_on: Annotated[StepDay, Fact(en="Home visit", zh="入户调查日期")] = None
    visitors: Annotated[int | None, Fact(en="Visitors who signed", zh="入户调查签字人数"), Field(ge=0, le=20)] = None
    appraisal_on: Annotated[StepDay, Fact(en="Democratic appraisal (hearing)", zh="民主评议（听证）日期")] = None
    contested_appraisal: Annotated[
        ContestedAppraisal | NoneKnown | None,
        Fact(
            en="Appraisal that was much disputed",
            zh="民主评议争议较大的情形",
            absent="none",
            cite="recorded only where the appraisal is much disputed",
        ),
    ] = None
    township_publication_from: Annotated[StepDay, Fact(en="Township publication begins", zh="乡镇公示开始日期")] = None
    township_publication_to: Annotated[StepDay, Fact(en="Township publication ends", zh="乡镇公示结束日期")] = None
    county_received_on: Annotated[StepDay, Fact(en="Received by the county", zh="县级收到材料日期")] = None
    county_visit_on: Annotated[StepDay, Fact(en="Home visit by the county", zh="县级入户调查日期")] = None
    county_opinion_on: Annotated[StepDay, Fact(en="Opinion of the county", zh="县级提出审批意见日期")] = None
    county_publication_from: Annotated[StepDay, Fact(en="County publication begins", zh="县级公示开始日期")] = None
    county_publication_to: Annotated[StepDay, Fact(en="County publication ends", zh="县级公示结束日期")] = None
    objection: Annotated[
        PublicationObjection | NoneKnown | None,
        Fact(
            en="Objection to the county's publication",
            zh="对县级公示的异议",
            absent="none",
            cite="recorded only where an objection is raised",
        ),
    ] = None
    is_contested: Annotated[bool | None, Fact(en="An objection is open", zh="有未处理的异议")] = None
    relative_of_staff: Annotated[
        bool | None, Fact(en="Near relative of staff or village cadres", zh="为经办人员或者村（居）干部近亲属")
    ] = None
    relative_filed_on: Annotated[StepDay, Fact(en="Relation filed", zh="近亲属备案日期")] = None
    decided_on: Annotated[StepDay, Fact(en="Decision", zh="批准日期")] = None
    refusal: Annotated[
        Refusal | NoneKnown | None,
        Fact(
            en="Decision not to approve",
            zh="不予批准的决定",
            absent="none",
            cite="recorded only where the county decides not to approve",
        ),
    ] = None


class Checks(Part):
    """What data comparison shows of one person. Each is something to look at, and none of them decides anything."""

    on_public_payroll: Annotated[bool | None, Fact(en="On the public payroll", zh="财政供养人员")] = None
    owns_business: Annotated[
        bool | None, Fact(en="Registered trader, owner or investor", zh="登记为工商户、企业主或者投资人")
    ] = None
    graduate_at_work: Annotated[bool | None, Fact(en="Graduated and at work", zh="已毕业就业")] = None
    draws_pension: Annotated[bool | None, Fact(en="Draws a pension", zh="领取离退休金或者养老金")] = None
    recipient_elsewhere: Annotated[
        bool | None, Fact(en="Receives the same aid elsewhere", zh="在其他地方或者项目重复享受")
    ] = None
    well_off_supporters: Annotated[
        bool | None, Fact(en="Supporters are well off", zh="赡养、抚养、扶养义务人经济条件较好")
    ] = None
    reported: Annotated[bool | None, Fact(en="Reported or doubtful", zh="有举报或者疑点")] = None
