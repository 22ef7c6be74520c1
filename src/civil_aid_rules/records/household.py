"""A household as an agency records it: who its members are, what they have and earn, and what officers have found."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from civil_aid_rules.quantities.fields import Entry, Fact, Note, Private
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.choices import (
    ASSET_FINDING,
    DISABILITY_KIND,
    EXCLUSION,
    REGISTRATION,
    RELATION,
    AssetFinding,
    DisabilityKind,
    Exclusion,
    Registration,
    Relation,
)
from civil_aid_rules.records.finances import Asset, IncomeItem
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Many, Part, Record


class ExclusionItem(Part):
    """Why a person does not count among the members. A list that is present is complete as declared."""

    kind: Annotated[Exclusion | None, Fact(en="Reason", zh="不计入原因"), EXCLUSION] = None
    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still holds")
    ] = None
    local_rule: Annotated[str | None, Note(en="Local rule it rests on", zh="所依据的当地规定")] = None


class Disability(Part):
    """A disability certificate."""

    kind: Annotated[DisabilityKind | None, Fact(en="Kind of disability", zh="残疾类别"), DISABILITY_KIND] = None
    grade: Annotated[int | None, Fact(en="Grade", zh="残疾等级"), Field(ge=1, le=4)] = None


class RegularRecipient(Part):
    """The approving county's designation as a regular recipient: since when, until when, on what basis."""

    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still holds")
    ] = None
    basis: Annotated[str | None, Note(en="Basis of the designation", zh="认定依据")] = None


class StoppedShare(Part):
    """The county's decision to stop one person's share after refused job offers (Order 649 art. 45)."""

    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still holds")
    ] = None
    decision: Annotated[str | None, Note(en="Decision it rests on", zh="所依据的决定")] = None


class Person(Part):
    """One person. `id` is the agency's own key; explanations show it, and never the name or document number."""

    id: Annotated[
        str,
        Note(en="The agency's own key for this person", zh="人员编号（机构自编）"),
        Field(min_length=1, max_length=40, json_schema_extra={"not": {"const": "none"}}),
    ]
    name: Annotated[str | None, Private(en="Name", zh="姓名")] = None
    document_number: Annotated[str | None, Private(en="Document number", zh="证件号码")] = None
    birth_date: Annotated[Day | None, Fact(en="Date of birth", zh="出生日期")] = None
    relation: Annotated[Relation | None, Fact(en="Relation to the head", zh="与户主关系"), RELATION] = None
    registration: Annotated[Registration | None, Fact(en="Household registration", zh="户籍性质"), REGISTRATION] = None
    registered_in_town: Annotated[bool | None, Fact(en="Registered in a town", zh="户籍在城镇")] = None
    resident_since: Annotated[Day | None, Fact(en="Resident here since", zh="在本地居住起始日期")] = None
    has_contracted_land: Annotated[bool | None, Fact(en="Has contracted land", zh="有承包土地")] = None
    shares_collective_income: Annotated[
        bool | None, Fact(en="Shares in collective income", zh="参加集体经济收益分配")
    ] = None
    lives_with_family: Annotated[bool | None, Fact(en="Lives with the family", zh="共同生活")] = None
    exclusions: Annotated[
        Many[ExclusionItem] | None, Entry(en="Reasons not to count", zh="不计入共同生活家庭成员的情形", limit=20)
    ] = None
    income: Annotated[Many[IncomeItem] | None, Entry(en="Income", zh="收入")] = None
    disability: Annotated[Disability | NoneKnown | None, Fact(en="Disability", zh="残疾")] = None
    severe_illness: Annotated[bool | None, Fact(en="Severely ill", zh="患重病")] = None
    able_to_work: Annotated[bool | None, Fact(en="Able to work", zh="有劳动能力")] = None
    in_schooling: Annotated[bool | None, Fact(en="In schooling", zh="在校就读")] = None
    regular_recipient: Annotated[
        RegularRecipient | NoneKnown | None,
        Fact(
            en="Designated a regular recipient",
            zh="常补对象认定",
            absent="none",
            cite="the approving county designates; no entry, no designation",
        ),
    ] = None
    stopped_share: Annotated[
        StoppedShare | NoneKnown | None,
        Fact(
            en="Share stopped by decision",
            zh="停发本人份额的决定",
            absent="none",
            cite="the county decides; no entry, no decision",
        ),
    ] = None
    spouse: Annotated[str | NoneKnown | None, Fact(en="Spouse", zh="配偶", references="members")] = None
    guardian: Annotated[str | NoneKnown | None, Fact(en="Guardian", zh="监护人", references="members")] = None


class Household(Record):
    """A household. Left out is not known; `[]` and "none" are known to be none; a list that is there is complete."""

    jurisdiction: Annotated[str | None, Note(en="Jurisdiction", zh="适用地区"), Field(max_length=60)] = None
    members: Annotated[
        Many[Person] | None, Entry(en="Members", zh="家庭成员", unit="person", id="id", limit=100, least=1)
    ] = None
    assets: Annotated[Many[Asset] | None, Entry(en="Assets", zh="家庭财产")] = None
    asset_finding: Annotated[
        AssetFinding | None, Fact(en="Officer's finding on assets", zh="家庭财产调查认定"), ASSET_FINDING
    ] = None
    asset_finding_rule: Annotated[
        str | None, Note(en="Local rule that the finding rests on", zh="财产认定所依据的当地规定")
    ] = None
    included_as_group: Annotated[
        bool | NoneKnown | None,
        Fact(en="Included as a group", zh="属群体纳入", absent="none", cite="recorded only where a group was included"),
    ] = None
    individually_verified: Annotated[bool | None, Fact(en="Individually verified", zh="已逐户调查核实")] = None

    def __repr__(self) -> str:
        return "<Household, members not known>" if self.members is None else f"<Household of {len(self.members)}>"

    __str__ = __repr__
