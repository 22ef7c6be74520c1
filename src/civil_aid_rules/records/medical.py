"""Medical bills as hospitals and insurers state them, and what a record says of a patient's class."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from civil_aid_rules.quantities.fields import ChoiceTitles, Fact, Note
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.record import Part

AidClass = Literal["tekun", "dibao", "low_income", "poor_child", "expenditure_patient", "by_local_rule", "no_class"]
AID_CLASS = ChoiceTitles(
    {
        "tekun": ("supported as a person in extreme difficulty", "特困供养人员"),
        "dibao": ("dibao member", "低保对象"),
        "low_income": ("member of a low-income family", "低收入家庭成员"),
        "poor_child": ("child of a poor family with a major illness", "贫困家庭大病儿童"),
        "expenditure_patient": (
            "patient with a serious illness of a low-income family poor by expenditure",
            "支出型贫困低收入家庭大病患者",
        ),
        "by_local_rule": ("a class of a local rule that is named", "按当地规定的其他困难人员（须注明规定）"),
        "no_class": ("none of these", "不属于救助对象"),
    }
)


class Bill(Part):
    """One stay in a hospital: what it cost and who has paid what, in the order of the law. A payment not made is 0."""

    id: Annotated[str, Note(en="The agency's own key for this bill", zh="账单编号"), Field(min_length=1, max_length=40)]
    patient: Annotated[str | None, Fact(en="Patient", zh="患者", references="members")] = None
    discharged_on: Annotated[Day | None, Fact(en="Discharged on", zh="出院日期")] = None
    designated_hospital: Annotated[bool | None, Fact(en="In a designated hospital", zh="定点医疗机构")] = None
    insured: Annotated[bool | None, Fact(en="Covered by basic insurance", zh="已参加基本医疗保险")] = None
    total: Annotated[Money | None, Fact(en="Total of the bill", zh="医疗总费用", unit="CNY")] = None
    out_of_policy: Annotated[Money | None, Fact(en="Costs outside the policy", zh="政策范围外费用", unit="CNY")] = None
    basic_paid: Annotated[Money | None, Fact(en="Paid by basic insurance", zh="基本医疗保险支付", unit="CNY")] = None
    critical_paid: Annotated[
        Money | None, Fact(en="Paid by critical-illness insurance", zh="大病保险支付", unit="CNY")
    ] = None
    supplementary_paid: Annotated[
        Money | None, Fact(en="Paid by supplementary and commercial insurance", zh="补充及商业保险支付", unit="CNY")
    ] = None
    charity_paid: Annotated[Money | None, Fact(en="Paid by charity", zh="慈善救助支付", unit="CNY")] = None
    aid_used_before: Annotated[
        Money | None, Fact(en="Medical assistance already used this year", zh="本年度已用医疗救助金额", unit="CNY")
    ] = None
