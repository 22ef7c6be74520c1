"""The decision to stop a household's aid: when, for which reason, and whether the reasons were given in writing."""

from __future__ import annotations

from typing import Annotated, Literal

from civil_aid_rules.quantities.fields import ChoiceTitles, Fact, Note, RestsOn
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.record import Part

StopReason = Literal[
    "income_not_below",
    "assets_beyond",
    "registration_lost",
    "nobody_left",
    "tekun_support",
    "own_wish",
    "obtained_by_deceit",
    "by_local_rule",
]
STOP_REASON = ChoiceTitles(
    {
        "income_not_below": ("income per person is no longer below the standard", "人均收入不再低于低保标准"),
        "assets_beyond": ("assets no longer meet the local rule", "家庭财产不再符合当地规定"),
        "registration_lost": ("registration was moved away", "户籍迁出"),
        "nobody_left": ("no member is left who can receive", "家庭中已无保障对象"),
        "tekun_support": ("support for people in extreme difficulty was approved", "已批准特困人员救助供养"),
        "own_wish": ("the family asked for it", "家庭自愿退出"),
        "obtained_by_deceit": ("the aid was obtained by deceit", "骗取社会救助"),
        "by_local_rule": ("a reason of a local rule that is named", "当地规定的其他情形（须注明规定）"),
    }
)


class StopDecision(Part):
    """One decision to stop the aid of a household (Order 649 art. 13: reasons in writing)."""

    decided_on: Annotated[Day | None, Fact(en="Stop decided", zh="停发决定日期")] = None
    reason: Annotated[StopReason | None, Fact(en="Reason", zh="停发原因"), STOP_REASON, RestsOn("local_rule")] = None
    reasons_in_writing: Annotated[bool | None, Fact(en="Reasons given in writing", zh="已书面说明理由")] = None
    local_rule: Annotated[str | None, Note(en="Local rule or finding it rests on", zh="所依据的当地规定或者认定")] = (
        None
    )
