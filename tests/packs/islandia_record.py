"""The record of Islandia, an invented country of fishers: a hearth, its adults, harvests, children, boats, dwelling.

It shares nothing with the shipped record but how fields are marked: the engine must not know the difference.
"""

from __future__ import annotations

from typing import Annotated, Literal

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.quantities.money import Day, Money, SignedMoney
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part, Record


class Harvest(Part):
    """What an adult takes from land or sea, for as long as it runs."""

    crop: Annotated[Literal["barley", "herring", "kelp"] | None, Fact("crop", "种类")] = None
    worth: Annotated[
        SignedMoney | None, Fact("worth a year (below zero: a loss)", "年产值（亏损为负）", unit="ISL/year")
    ] = None
    begun: Annotated[Day | None, Fact("begun on", "开始日期")] = None
    ended: Annotated[
        Day | None,
        Fact(
            "ended on",
            "结束日期",
            absent="none",
            cite="Hearth Act (Act 3) art. 5: a harvest runs until its end is reported",
        ),
    ] = None


class Adult(Part):
    """An adult of the hearth."""

    id: str
    born: Annotated[Day | None, Fact("day of birth", "出生日期")] = None
    wages: Annotated[Money | None, Fact("wages a year", "年工资", unit="ISL/year")] = None
    spouse: Annotated[str | NoneKnown | None, Fact("spouse", "配偶", references="adults")] = None
    lodger: Annotated[bool | None, Fact("lodges here and keeps a purse apart", "寄宿且收支独立")] = None
    works_at_sea: Annotated[bool | None, Fact("works at sea", "出海作业")] = None
    harvests: Annotated[list[Harvest] | None, Entry("harvests", "收获")] = None


class Child(Part):
    """A child of the hearth, whatever its age."""

    id: str
    born: Annotated[Day | None, Fact("day of birth", "出生日期")] = None
    lives_here: Annotated[bool | None, Fact("lives in this hearth", "在本户居住")] = None
    keeper: Annotated[str | NoneKnown | None, Fact("the adult who keeps the child", "抚养人", references="adults")] = (
        None
    )
    fostered: Annotated[bool | None, Fact("fostered", "寄养")] = None
    boards: Annotated[bool | None, Fact("boards at school", "寄宿就读")] = None
    homes: Annotated[int | None, Fact("homes that share the child's care", "共同照料的家庭数")] = None
    months_schooled: Annotated[int | None, Fact("months of school since last summer", "上年夏季以来在学月数")] = None


class Boat(Part):
    """A boat of the hearth."""

    id: str
    kind: Annotated[Literal["rowing", "sail", "motor"] | None, Fact("kind of boat", "船型")] = None
    length: Annotated[int | None, Fact("length", "船长", unit="metre")] = None
    seasons: Annotated[int | None, Fact("years in service", "使用年数")] = None
    laid_up: Annotated[bool | None, Fact("laid up ashore", "停用")] = None
    hired_out: Annotated[bool | None, Fact("hired out", "出租")] = None
    inherited: Annotated[bool | None, Fact("inherited", "继承所得")] = None
    licence_until: Annotated[Day | NoneKnown | None, Fact("licensed until", "执照有效期至")] = None


class Dwelling(Part):
    """Where the hearth lives."""

    kind: Annotated[Literal["turf", "timber", "stone", "boathouse"] | None, Fact("kind of dwelling", "住房类型")] = None
    rooms: Annotated[int | None, Fact("rooms", "房间数", unit="room")] = None
    heated: Annotated[bool | None, Fact("can be heated", "可供暖")] = None


class Hearth(Record):
    """One hearth: those who eat at one fire. Children come before the adults that they refer to, on purpose."""

    jurisdiction: str | None = None
    island: Annotated[Literal["north", "south", "skerry"] | None, Fact("island", "所在岛")] = None
    arrived: Annotated[Day | None, Fact("came to Islandia on", "迁入日期")] = None
    paid_through: Annotated[Day | None, Fact("harbour tax paid through", "港口税缴至")] = None
    storm_on: Annotated[
        Day | None,
        Fact(
            "last storm damage on",
            "最近一次风暴受损日期",
            absent="none",
            cite="Winter Ordinance art. 2: no report, no storm",
        ),
    ] = None
    storm_damage: Annotated[Money | None, Fact("storm damage", "风暴损失", unit="ISL")] = None
    dwelling: Annotated[Dwelling | NoneKnown | None, Fact("dwelling", "住房")] = None
    children: Annotated[list[Child] | None, Entry("children", "子女", unit="person", id="id")] = None
    adults: Annotated[list[Adult] | None, Entry("adults", "成年人", unit="person", id="id")] = None
    boats: Annotated[list[Boat] | None, Entry("boats", "船只", unit="boat", id="id")] = None
