"""An elder home as its register and the cross-check of ratings show it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Fact, Note, RestsOn
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Many, Part, Record

FacilityItem = Literal[
    "fire_safety",
    "electrical_safety",
    "food_safety",
    "barrier_free",
    "emergency_call",
    "nursing_bed",
    "bathing_aid",
    "rehabilitation",
    "by_local_rule",
]
FACILITY_ITEM = ChoiceTitles(
    {
        "fire_safety": ("fire safety", "消防安全设施"),
        "electrical_safety": ("electrical safety", "用电安全设施"),
        "food_safety": ("food safety", "食品安全设施"),
        "barrier_free": ("barrier-free access", "无障碍设施"),
        "emergency_call": ("emergency call", "紧急呼叫设备"),
        "nursing_bed": ("nursing beds", "护理床"),
        "bathing_aid": ("bathing aids", "助浴设备"),
        "rehabilitation": ("rehabilitation equipment", "康复设备"),
        "by_local_rule": ("an item of a local rule that is named", "当地规定的其他设施设备（须注明规定）"),
    }
)


class Installation(Part):
    """One safety installation or piece of nursing equipment: whether it is there and works."""

    kind: Annotated[FacilityItem | None, Fact(en="Kind", zh="设施设备类别"), FACILITY_ITEM, RestsOn("local_rule")] = (
        None
    )
    is_sound: Annotated[bool | None, Fact(en="There and in working order", zh="具备且完好")] = None
    local_rule: Annotated[str | None, Note(en="Local rule it rests on", zh="所依据的当地规定")] = None


FacilityGrade = Literal["one_star", "two_star", "three_star", "not_rated", "by_local_rule"]
FACILITY_GRADE = ChoiceTitles(
    {
        "one_star": ("one star", "一星级"),
        "two_star": ("two stars", "二星级"),
        "three_star": ("three stars", "三星级"),
        "not_rated": ("not rated", "未评定等级"),
        "by_local_rule": ("a grade of a local rule that is named", "当地规定的其他等级（须注明规定）"),
    }
)


class Rating(Part):
    """The grade a home was given. The names of the grades were not checked against the national rules on rating."""

    grade: Annotated[FacilityGrade | None, Fact(en="Grade", zh="评定等级"), FACILITY_GRADE, RestsOn("local_rule")] = (
        None
    )
    given_on: Annotated[Day | None, Fact(en="Given on", zh="评定日期")] = None
    local_rule: Annotated[
        str | None, Note(en="Scheme or local rule it rests on", zh="所依据的评定办法或者当地规定")
    ] = None


class Finding(Part):
    """One finding of the rating cross-check: when it is due, and when it was put right."""

    id: Annotated[str, Note(en="Number of the finding", zh="问题编号"), Field(min_length=1, max_length=40)]
    due: Annotated[Day | None, Fact(en="To be put right by", zh="整改期限")] = None
    closed: Annotated[
        Day | NoneKnown | None,
        Fact(en="Put right on", zh="整改完成日期", absent="none", cite="without a date it is open"),
    ] = None
    verified: Annotated[
        Day | NoneKnown | None,
        Fact(en="Verified on", zh="验收日期", absent="none", cite="without a date it is not verified"),
    ] = None
    text: Annotated[str | None, Note(en="What was found", zh="问题内容")] = None


class Facility(Record):
    """An elder home. Left out is not known; `[]` is known to be empty; a list that is there is complete."""

    jurisdiction: Annotated[str | None, Note(en="Jurisdiction", zh="适用地区"), Field(max_length=60)] = None
    beds: Annotated[int | None, Fact(en="Beds", zh="床位总数"), Field(ge=0, le=10000)] = None
    standard_beds: Annotated[
        int | None, Fact(en="Beds that meet the standard", zh="标准化床位数"), Field(ge=0, le=10000)
    ] = None
    safety: Annotated[Many[Installation] | None, Entry(en="Safety installations", zh="安全设施")] = None
    nursing: Annotated[Many[Installation] | None, Entry(en="Nursing equipment", zh="护理设备")] = None
    rating: Annotated[Rating | NoneKnown | None, Fact(en="Rating", zh="等级评定")] = None
    findings: Annotated[
        Many[Finding] | None, Entry(en="Findings of the cross-check", zh="交叉检查发现的问题", id="id")
    ] = None
    residents_supported: Annotated[
        int | None,
        Fact(en="Residents supported in the home", zh="在院集中供养人数", unit="person"),
        Field(ge=0, le=10000),
    ] = None
    persons_paid: Annotated[
        int | None,
        Fact(en="Persons paid as supported in a home here", zh="按集中供养发放人数", unit="person"),
        Field(ge=0, le=10000),
    ] = None
    is_care_pilot: Annotated[
        bool | NoneKnown | None,
        Fact(
            en="Pilot for the care of those unable to look after themselves",
            zh="失能老年人护理服务试点",
            absent="none",
            cite="recorded for pilots only",
        ),
    ] = None
