"""A household as an agency records it: who its members are, what they have and earn, and what officers have found."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from civil_aid_rules.quantities.fields import Entry, Fact, Note, Private, RestsOn
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.choices import (
    ASSET_FINDING,
    REGISTRATION,
    RELATION,
    AssetFinding,
    Registration,
    Relation,
)
from civil_aid_rules.records.circumstances import Disability, ExclusionItem, RegularRecipient, StoppedShare
from civil_aid_rules.records.finances import Asset, IncomeItem
from civil_aid_rules.records.hardship import Hardship
from civil_aid_rules.records.medical import AID_CLASS, AidClass, Bill
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.procedure import REVIEW_CLASS, ApplicationSteps, Checks, ReviewClass
from civil_aid_rules.records.record import Many, Part, Record
from civil_aid_rules.records.stop import StopDecision
from civil_aid_rules.records.support import (
    LIVING_SOURCE,
    SUPPORT_FORM,
    LivingSource,
    StreamlinedWorker,
    Supporter,
    SupportForm,
    SupportSpell,
)
from civil_aid_rules.records.support_application import SupportApplication


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
    lacks_capacity_by_local_rule: Annotated[
        bool | NoneKnown | None,
        Fact(
            en="Without capacity to work by a provincial rule",
            zh="属省级规定的其他无劳动能力情形",
            absent="none",
            cite="recorded only where a provincial rule adds a case, with the rule that is named",
        ),
        RestsOn("capacity_rule", when=True),
    ] = None
    capacity_rule: Annotated[str | None, Note(en="Provincial rule on capacity to work", zh="所依据的省级规定")] = None
    living_source_finding: Annotated[
        LivingSource | None, Fact(en="Finding on a source of living", zh="生活来源调查认定"), LIVING_SOURCE
    ] = None
    support_asset_finding: Annotated[
        AssetFinding | None,
        Fact(en="Finding on assets under the rules for tekun support", zh="特困人员财产状况调查认定"),
        ASSET_FINDING,
    ] = None
    supporters: Annotated[
        Many[Supporter] | None,
        Entry(en="Persons with a legal duty to support", zh="法定赡养、抚养、扶养义务人", limit=20),
    ] = None
    in_orphan_scheme: Annotated[
        bool | NoneKnown | None,
        Fact(
            en="Under the scheme for orphans",
            zh="已纳入孤儿保障",
            absent="none",
            cite="recorded only where a child is under that scheme",
        ),
    ] = None
    in_secondary_schooling: Annotated[
        bool | NoneKnown | None,
        Fact(
            en="Still in compulsory or secondary schooling at 18 or over",
            zh="年满18周岁仍在接受义务教育或者高中阶段教育",
            absent="none",
            cite="recorded only for a person of 18 or more",
        ),
    ] = None
    chosen_support_form: Annotated[
        SupportForm | None, Fact(en="Form of support chosen", zh="本人选择的供养方式"), SUPPORT_FORM
    ] = None
    support_spells: Annotated[
        Many[SupportSpell] | None, Entry(en="Forms of support over time", zh="供养方式变动情况", limit=60)
    ] = None
    streamlined_worker: Annotated[
        StreamlinedWorker | NoneKnown | None,
        Fact(
            en="Entry on the roll of streamlined workers",
            zh="精减退职老职工名册登记",
            absent="none",
            cite="the roll is closed; no entry, not on the roll",
        ),
    ] = None
    aid_class: Annotated[
        AidClass | None, Fact(en="Class on the roll", zh="在册救助对象类别"), AID_CLASS, RestsOn("aid_class_rule")
    ] = None
    aid_class_rule: Annotated[str | None, Note(en="Local rule on the class", zh="类别所依据的当地规定")] = None
    checks: Annotated[Checks | None, Fact(en="Data comparison", zh="数据比对结果")] = None
    died_on: Annotated[
        Day | NoneKnown | None,
        Fact(en="Date of death", zh="死亡日期", absent="none", cite="recorded when a person has died"),
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
    bills: Annotated[Many[Bill] | None, Entry(en="Hospital bills", zh="住院账单", id="id", limit=100)] = None
    hardships: Annotated[
        Many[Hardship] | None, Entry(en="Hardships that aid is asked for", zh="申请救助的困难情形", id="id", limit=20)
    ] = None
    receives_dibao: Annotated[bool | None, Fact(en="A dibao family", zh="低保家庭")] = None
    steps: Annotated[ApplicationSteps | None, Fact(en="Application", zh="申请审批过程")] = None
    support_applications: Annotated[
        Many[SupportApplication] | None,
        Entry(en="Applications for support in extreme difficulty", zh="特困人员救助供养申请", limit=20),
    ] = None
    stop: Annotated[
        StopDecision | NoneKnown | None,
        Fact(
            en="Decision to stop",
            zh="停发决定",
            absent="none",
            cite="the county decides; no entry, no decision",
        ),
    ] = None
    last_review_on: Annotated[Day | None, Fact(en="Last review", zh="上次复核日期")] = None
    review_class: Annotated[ReviewClass | None, Fact(en="Class for review", zh="复核类别"), REVIEW_CLASS] = None
    included_as_group: Annotated[
        bool | NoneKnown | None,
        Fact(en="Included as a group", zh="属群体纳入", absent="none", cite="recorded only where a group was included"),
    ] = None
    individually_verified: Annotated[bool | None, Fact(en="Individually verified", zh="已逐户调查核实")] = None

    def __repr__(self) -> str:
        return "<Household, members not known>" if self.members is None else f"<Household of {len(self.members)}>"

    __str__ = __repr__
