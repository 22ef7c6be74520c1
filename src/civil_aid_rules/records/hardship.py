"""A family's sudden hardship as it is reported and found: cause, severity, date, persons, what it cost."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from civil_aid_rules.quantities.fields import ChoiceTitles, Fact, Note, RestsOn
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.procedure import StepDay
from civil_aid_rules.records.record import Part

Cause = Literal[
    "fire",
    "traffic_accident",
    "sudden_accident",
    "sudden_major_illness",
    "natural_disaster",
    "education",
    "severe_disability",
    "by_local_rule",
]
CAUSE = ChoiceTitles(
    {
        "fire": ("fire", "火灾"),
        "traffic_accident": ("traffic accident", "交通事故"),
        "sudden_accident": ("sudden accident of another kind that is found", "意外事件"),
        "sudden_major_illness": ("sudden major illness", "突发重大疾病"),
        "natural_disaster": ("natural disaster", "自然灾害"),
        "education": ("cost of education", "教育费用"),
        "severe_disability": ("cost of a severe disability", "重度残疾"),
        "by_local_rule": ("a cause of a local rule that is named", "当地规定的其他原因（须注明规定）"),
    }
)

Severity = Literal["light", "moderate", "heavy"]
SEVERITY = ChoiceTitles({"light": ("light", "轻度"), "moderate": ("moderate", "中度"), "heavy": ("heavy", "重度")})


class Hardship(Part):
    """One hardship that aid is asked for."""

    id: Annotated[
        str, Note(en="The agency's own key for this claim", zh="申请编号"), Field(min_length=1, max_length=40)
    ]
    cause: Annotated[Cause | None, Fact(en="Cause", zh="困难原因"), CAUSE, RestsOn("local_rule")] = None
    severity: Annotated[Severity | None, Fact(en="Severity as found", zh="困难程度认定"), SEVERITY] = None
    occurred_on: Annotated[Day | None, Fact(en="Occurred on", zh="发生日期")] = None
    persons: Annotated[int | None, Fact(en="Persons in need", zh="受困人数", unit="person"), Field(ge=1, le=100)] = None
    spending: Annotated[Money | None, Fact(en="Necessary spending", zh="必需支出", unit="CNY")] = None
    spending_exceeds_means: Annotated[
        bool | None, Fact(en="Spending found beyond the family's means", zh="经调查支出超出家庭承受能力")
    ] = None
    meets_other_rule: Annotated[
        bool | None,
        Fact(en="Another special hardship under a local rule", zh="属当地规定的其他特殊困难"),
        RestsOn("local_rule", when=True),
    ] = None
    serious_difficulty: Annotated[
        bool | None,
        Fact(en="Basic living found in serious difficulty for a time", zh="经调查基本生活暂时出现严重困难"),
    ] = None
    is_urgent: Annotated[bool | None, Fact(en="Urgent", zh="情况紧急")] = None
    last_aid_same_cause: Annotated[
        Day | NoneKnown | None, Fact(en="Last aid for the same cause", zh="上次同一事由救助日期")
    ] = None
    paid_by_other_aid: Annotated[
        Money | None, Fact(en="Already paid for this cause by other aid", zh="同一事由已获其他救助金额", unit="CNY")
    ] = None
    reported_on: Annotated[Day | None, Fact(en="Applied for or discovered", zh="申请或者主动发现日期")] = None
    published_on: Annotated[StepDay, Fact(en="Published", zh="公示日期")] = None
    decided_on: Annotated[StepDay, Fact(en="Decision", zh="审批日期")] = None
    helped_on: Annotated[StepDay, Fact(en="Helped first", zh="先行救助日期")] = None
    papers_completed_on: Annotated[StepDay, Fact(en="Papers completed", zh="补齐手续日期")] = None
    local_rule: Annotated[str | None, Note(en="Local rule it rests on", zh="所依据的当地规定")] = None
