"""What a record says of support for people in extreme difficulty and for streamlined workers."""

from __future__ import annotations

from typing import Annotated, Literal

from civil_aid_rules.quantities.fields import ChoiceTitles, Fact, Note, RestsOn
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.circumstances import Disability
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part

SupportForm = Literal["centralized", "dispersed"]
SUPPORT_FORM = ChoiceTitles(
    {"centralized": ("in a home (centralized)", "集中供养"), "dispersed": ("at home (dispersed)", "分散供养")}
)

SupporterCircumstance = Literal["ordinary", "no_civil_capacity", "missing", "in_prison", "by_local_rule"]
SUPPORTER_CIRCUMSTANCE = ChoiceTitles(
    {
        "ordinary": ("none of these", "无特殊情形"),
        "no_civil_capacity": ("without capacity for civil conduct", "无民事行为能力"),
        "missing": ("declared missing", "被宣告失踪"),
        "in_prison": ("serving a sentence in prison", "在监狱服刑"),
        "by_local_rule": ("a case of a provincial rule that is named", "省级规定的其他情形（须注明规定）"),
    }
)

LivingSource = Literal["none_found", "has"]
LIVING_SOURCE = ChoiceTitles(
    {"none_found": ("no source of living", "无生活来源"), "has": ("has a source of living", "有生活来源")}
)

Residence = Literal["urban", "rural"]
RESIDENCE = ChoiceTitles({"urban": ("urban", "城市"), "rural": ("rural", "农村")})


class Supporter(Part):
    """A person with a legal duty to support this one, as found. `[]` says that there is nobody."""

    birth_date: Annotated[Day | None, Fact(en="Date of birth", zh="出生日期")] = None
    able_to_support: Annotated[bool | None, Fact(en="Found able to support", zh="经调查有履行义务能力")] = None
    circumstance: Annotated[
        SupporterCircumstance | None,
        Fact(en="Circumstance", zh="特殊情形"),
        SUPPORTER_CIRCUMSTANCE,
        RestsOn("local_rule"),
    ] = None
    meets_tekun_conditions: Annotated[
        bool | None, Fact(en="Meets the conditions for tekun support", zh="本人符合特困人员条件")
    ] = None
    receives_dibao: Annotated[bool | None, Fact(en="Receives dibao", zh="为低保对象")] = None
    disability: Annotated[Disability | NoneKnown | None, Fact(en="Disability", zh="残疾")] = None
    assets_within: Annotated[bool | None, Fact(en="Assets within the local rule", zh="财产符合当地规定")] = None
    yearly_income: Annotated[Money | None, Fact(en="Own income a year", zh="本人年收入", unit="CNY")] = None
    income_below_average: Annotated[
        bool | None,
        Fact(
            en="Own income found below last year's local income per head", zh="经调查本人收入低于当地上年人均可支配收入"
        ),
    ] = None
    assets_within_low_income: Annotated[
        bool | None, Fact(en="Assets within the rule for low-income families", zh="财产符合当地低收入家庭财产状况规定")
    ] = None
    local_rule: Annotated[str | None, Note(en="Local rule", zh="所依据的地方规定")] = None


class SupportSpell(Part):
    """One form of support over time, once support is approved: in a home or at home."""

    form: Annotated[SupportForm | None, Fact(en="Form of support", zh="供养方式"), SUPPORT_FORM] = None
    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still runs")
    ] = None


class StreamlinedWorker(Part):
    """The entry on the roll of workers laid off between 1961 and 1965: the residence class stands on the roll."""

    residence: Annotated[
        Residence | None, Fact(en="Residence class on the roll", zh="名册登记的城乡类别"), RESIDENCE
    ] = None
    draws_pension: Annotated[bool | None, Fact(en="Draws a retirement pension", zh="领取离退休金")] = None
    start: Annotated[Day | None, Fact(en="On the roll since", zh="列入名册日期")] = None
    end: Annotated[
        Day | NoneKnown | None,
        Fact(en="Until", zh="退出名册日期", absent="none", cite="without an end the entry stands"),
    ] = None
