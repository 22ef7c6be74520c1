"""Income and assets as they are recorded: kind, amount, dates, and where the figure comes from."""

from __future__ import annotations

from typing import Annotated

from civil_aid_rules.quantities.fields import Fact, Note, RestsOn
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.choices import (
    ASSET_KIND,
    INCOME_KIND,
    INCOME_PERIOD,
    PROVENANCE,
    AssetKind,
    IncomeKind,
    IncomePeriod,
    Provenance,
)
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part


class IncomeItem(Part):
    """One source of income of one person, as written. `amount` is per `period`; rules bring it to a month."""

    kind: Annotated[IncomeKind | None, Fact(en="Kind of income", zh="收入类别"), INCOME_KIND, RestsOn("local_rule")] = (
        None
    )
    amount: Annotated[Money | None, Fact(en="Amount", zh="金额", unit="CNY")] = None
    period: Annotated[IncomePeriod | None, Fact(en="Paid per", zh="计算周期"), INCOME_PERIOD] = None
    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None,
        Fact(en="Until", zh="结束日期", absent="none", cite="an income without an end is still paid"),
    ] = None
    provenance: Annotated[Provenance | None, Fact(en="Where the figure comes from", zh="数据来源"), PROVENANCE] = None
    due_not_received: Annotated[
        bool | NoneKnown | None,
        Fact(
            en="Due but not received",
            zh="应得未得",
            absent="none",
            cite="recorded only where support that is due is not paid",
        ),
    ] = None
    local_rule: Annotated[str | None, Note(en="Local rule it rests on", zh="所依据的当地规定")] = None


class Asset(Part):
    """One asset of the family, as written."""

    kind: Annotated[AssetKind | None, Fact(en="Kind of asset", zh="财产类别"), ASSET_KIND, RestsOn("local_rule")] = None
    value: Annotated[Money | None, Fact(en="Value", zh="价值", unit="CNY")] = None
    provenance: Annotated[Provenance | None, Fact(en="Where the figure comes from", zh="数据来源"), PROVENANCE] = None
    local_rule: Annotated[str | None, Note(en="Local rule it rests on", zh="所依据的当地规定")] = None
