"""The record of random programs: money and numbers, conditions, days, texts, none, lists in lists, references."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.quantities.money import Day, Money, SignedMoney
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part, Record

Colour = Literal["red", "green", "blue"]


class Bill(Part):
    """A bill of a person."""

    cost: Annotated[Money | None, Fact("cost", "费用", unit="CNY")] = None
    share: Annotated[int | None, Fact("share", "份额"), Field(ge=0, le=20)] = None
    valid: Annotated[bool | None, Fact("valid", "有效")] = None
    paid_on: Annotated[Day | NoneKnown | None, Fact("paid on", "支付日期")] = None


class Person(Part):
    """A person."""

    id: str
    income: Annotated[SignedMoney | None, Fact("income", "收入", unit="CNY")] = None
    heads: Annotated[int | None, Fact("heads", "人数"), Field(ge=-3, le=9)] = None
    counts: Annotated[bool | None, Fact("counts", "计入")] = None
    born: Annotated[Day | None, Fact("born", "出生日期")] = None
    colour: Annotated[Colour | NoneKnown | None, Fact("colour", "颜色")] = None
    spouse: Annotated[str | NoneKnown | None, Fact("spouse", "配偶", references="people")] = None
    bills: Annotated[list[Bill] | None, Entry("bills", "账单", limit=5)] = None


class Asset(Part):
    """An asset."""

    worth: Annotated[Money | None, Fact("worth", "价值", unit="CNY")] = None
    held: Annotated[bool | None, Fact("held", "持有")] = None


class Visit(Part):
    """A group of facts."""

    made_on: Annotated[Day | None, Fact("made on", "日期")] = None
    was_met: Annotated[bool | None, Fact("was met", "见到本人")] = None


class Family(Record):
    """What random programs read."""

    rent: Annotated[Money | None, Fact("rent", "租金", unit="CNY")] = None
    debt: Annotated[SignedMoney | NoneKnown | None, Fact("debt", "债务", unit="CNY")] = None
    size: Annotated[int | None, Fact("size", "人口"), Field(ge=-5, le=40)] = None
    urban: Annotated[bool | None, Fact("urban", "城镇")] = None
    old: Annotated[bool | None, Fact("old", "旧案")] = None
    begun: Annotated[Day | None, Fact("begun", "开始日期")] = None
    ended: Annotated[Day | None, Fact("ended", "结束日期", absent="none", cite="made up")] = None
    colour: Annotated[Colour | None, Fact("colour", "颜色")] = None
    visit: Annotated[Visit | NoneKnown | None, Fact("visit", "走访")] = None
    people: Annotated[list[Person] | None, Entry("people", "人员", unit="person", id="id", limit=6)] = None
    assets: Annotated[list[Asset] | None, Entry("assets", "财产", limit=4)] = None
