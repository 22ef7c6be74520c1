"""The record of the conformance cases: numbers, conditions, days and texts, things with parts, and people."""

from __future__ import annotations

from typing import Annotated, Literal

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part as AnyPart
from civil_aid_rules.records.record import Record as AnyRecord

Colour = Literal["red", "green", "blue"]


class Part(AnyPart):
    """A part of a thing."""

    value: Annotated[int | None, Fact("value", "数值")] = None
    fits: Annotated[bool | None, Fact("fits", "合适")] = None


class Thing(AnyPart):
    """A thing: what aggregates, picks and ranks run over."""

    id: str
    size: Annotated[int | None, Fact("size", "大小")] = None
    counts: Annotated[bool | None, Fact("counts", "计入")] = None
    made: Annotated[Day | None, Fact("made on", "制成日期")] = None
    twin: Annotated[str | NoneKnown | None, Fact("twin", "另一件", references="things")] = None
    parts: Annotated[list[Part] | None, Entry("parts", "部件")] = None


class Person(AnyPart):
    """A person: counting persons gives persons."""

    income: Annotated[int | None, Fact("monthly income", "月收入", unit="ISL/month")] = None


class Record(AnyRecord):
    """Everything that a conformance case may read."""

    a: Annotated[int | None, Fact("a", "甲")] = None
    b: Annotated[int | None, Fact("b", "乙")] = None
    c: Annotated[int | None, Fact("c", "丙")] = None
    p: Annotated[bool | None, Fact("p", "条件一")] = None
    q: Annotated[bool | None, Fact("q", "条件二")] = None
    r: Annotated[bool | None, Fact("r", "条件三")] = None
    day: Annotated[Day | None, Fact("a day", "某日")] = None
    born: Annotated[Day | None, Fact("day of birth", "出生日期")] = None
    end: Annotated[Day | NoneKnown | None, Fact("an end, or none", "终止日期（可无）")] = None
    until: Annotated[
        Day | None, Fact("an end; left out, there is none", "终止日期（未填即无）", absent="none", cite="made up")
    ] = None
    colour: Annotated[Colour | None, Fact("colour", "颜色")] = None
    paint: Annotated[Colour | NoneKnown | None, Fact("paint, or none", "漆色（可无）")] = None
    yearly: Annotated[int | None, Fact("an amount a year", "年金额", unit="ISL/year")] = None
    monthly: Annotated[int | None, Fact("an amount a month", "月金额", unit="ISL/month")] = None
    things: Annotated[list[Thing] | None, Entry("things", "物件", id="id")] = None
    people: Annotated[list[Person] | None, Entry("people", "人员", unit="person")] = None
