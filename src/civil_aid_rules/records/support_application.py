"""The steps of one application for support as a person in extreme difficulty, as they were taken."""

from __future__ import annotations

from typing import Annotated

from civil_aid_rules.quantities.fields import Fact
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.procedure import Refusal, StepDay
from civil_aid_rules.records.record import Part


class SupportApplication(Part):
    """One person's application. A day is when the step was taken; "none": not taken; left out: not known."""

    applicant: Annotated[str | None, Fact(en="Applicant", zh="申请人", references="members")] = None
    village_appraisal_on: Annotated[StepDay, Fact(en="Appraised by the village", zh="村民委员会民主评议日期")] = None
    village_notice_on: Annotated[StepDay, Fact(en="Announced in the village", zh="本村公告日期")] = None
    township_received_on: Annotated[
        Day | None, Fact(en="Received or accepted by the township", zh="乡镇收到评议意见或者受理日期")
    ] = None
    township_opinion_on: Annotated[StepDay, Fact(en="Opinion of the township", zh="乡镇提出意见日期")] = None
    published_from: Annotated[StepDay, Fact(en="Publication begins", zh="公示开始日期")] = None
    published_to: Annotated[StepDay, Fact(en="Publication ends", zh="公示结束日期")] = None
    objection_on: Annotated[
        Day | NoneKnown | None,
        Fact(
            en="Objection to the publication",
            zh="公示异议日期",
            absent="none",
            cite="recorded only where an objection is raised",
        ),
    ] = None
    second_opinion_on: Annotated[StepDay, Fact(en="Opinion after the objection", zh="异议后重新提出初审意见日期")] = (
        None
    )
    published_again_from: Annotated[StepDay, Fact(en="Published again from", zh="重新公示开始日期")] = None
    published_again_to: Annotated[StepDay, Fact(en="Published again to", zh="重新公示结束日期")] = None
    county_received_on: Annotated[StepDay, Fact(en="Received by the county", zh="县级收到材料日期")] = None
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
