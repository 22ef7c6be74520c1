"""The figures of one county in one month, as its ledgers give them: for indicators, never for a determination."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from civil_aid_rules.quantities.fields import Fact, Note
from civil_aid_rules.quantities.money import Money
from civil_aid_rules.records.record import Record

MOST = 10**9


class County(Record):
    """A county's figures. Left out is not known; 0 is known to be none."""

    jurisdiction: Annotated[str | None, Note(en="Jurisdiction", zh="适用地区"), Field(max_length=60)] = None
    rural_recipients: Annotated[
        int | None, Fact(en="Rural dibao recipients", zh="农村低保人数", unit="person"), Field(ge=0, le=MOST)
    ] = None
    regular_recipients: Annotated[
        int | None, Fact(en="Of these, regular recipients", zh="其中常补对象人数", unit="person"), Field(ge=0, le=MOST)
    ] = None
    rural_spending: Annotated[
        Money | None, Fact(en="Spent on rural dibao this month", zh="当月农村低保支出", unit="CNY")
    ] = None
    supported_in_homes: Annotated[
        int | None, Fact(en="Supported in homes", zh="集中供养人数", unit="person"), Field(ge=0, le=MOST)
    ] = None
    supported_at_home: Annotated[
        int | None, Fact(en="Supported at home", zh="分散供养人数", unit="person"), Field(ge=0, le=MOST)
    ] = None
    support_spending: Annotated[Money | None, Fact(en="Spent on support this month", zh="当月供养支出", unit="CNY")] = (
        None
    )
    areas: Annotated[int | None, Fact(en="Areas", zh="地区总数"), Field(ge=0, le=10000)] = None
    areas_online: Annotated[
        int | None, Fact(en="Areas that verify online", zh="实现网上在线核对的地区数"), Field(ge=0, le=10000)
    ] = None
    registered_poor: Annotated[
        int | None, Fact(en="Registered poor", zh="建档立卡人数", unit="person"), Field(ge=0, le=MOST)
    ] = None
    poor_on_dibao: Annotated[
        int | None,
        Fact(en="Both on dibao and registered poor", zh="既在低保又在建档立卡人数", unit="person"),
        Field(ge=0, le=MOST),
    ] = None
    dibao_meeting_poverty_criteria: Annotated[
        int | None,
        Fact(
            en="On dibao only, and found to meet the poverty criteria",
            zh="仅在低保、经认定符合扶贫标准人数",
            unit="person",
        ),
        Field(ge=0, le=MOST),
    ] = None
    poor_meeting_dibao_conditions: Annotated[
        int | None,
        Fact(
            en="Registered poor only, and found to meet the dibao conditions",
            zh="仅在建档立卡、经认定符合低保条件人数",
            unit="person",
        ),
        Field(ge=0, le=MOST),
    ] = None
    dibao_above_standard: Annotated[
        int | None,
        Fact(en="On dibao, and found at or above the standard", zh="在低保、经认定不再符合条件人数", unit="person"),
        Field(ge=0, le=MOST),
    ] = None
