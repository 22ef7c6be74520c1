"""The record that the broken packs are about: a home with members."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.record import Part, Record


class Member(Part):
    """One member."""

    id: str
    wages: Annotated[Money | None, Fact(en="Wages", zh="工资", unit="CNY")] = None
    birth: Annotated[Day | None, Fact(en="Birth", zh="出生")] = None
    left: Annotated[Day | Literal["none"] | None, Fact(en="Left on", zh="离开日期")] = None


class Home(Record):
    """One home."""

    kind: ClassVar[str] = "home"

    members: Annotated[list[Member] | None, Entry(en="Members", zh="成员", unit="person", id="id")] = None
    area: Annotated[Literal["town", "land"] | None, Fact(en="Area", zh="地区")] = None
    savings: Annotated[Money | None, Fact(en="Savings", zh="存款", unit="CNY")] = None
