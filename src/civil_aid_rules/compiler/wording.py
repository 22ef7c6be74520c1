"""What faults of rules say in words, in both languages: types, units that do not fit, days in force, joined names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from civil_aid_rules.compiler.scope import NotInForce
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.types import GroupType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.quantities.calendar import Period
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.source import SourceSpan

A_NUMBER = Both("a number", "数")
THE_KEY = Both("the key", "查表的键")
YES_OR_NO = Both("yes or no", "判断（是/否）")
_ONE_DAY = datetime.timedelta(days=1)


def type_words(type_: Type | None) -> Both:
    """A type as a sentence names it. None (already at fault) is nothing."""
    match type_:
        case None:
            return Both("nothing", "无")
        case NumberType(unit):
            return Both(f"a number in {unit}", f"以 {unit} 计的数") if unit.powers else unit_words(unit)
        case YesNoType():
            return YES_OR_NO
        case TextType():
            return Both("a text", "文字")
        case ItemType(scope):
            return Both(f"an entry of {scope}", f"{scope} 的一项")
        case GroupType():
            return Both("a group of facts", "一组事实")
        case _:
            return Both("a day", "日期")


def unit_words(unit: Unit) -> Both:
    """A unit as it is typed; in words where there is none."""
    return Both(str(unit), str(unit)) if unit.powers else Both("a plain number", "不带单位的数")


def in_branch(words: Both, branch: str) -> Both:
    """A type, with the part of the rule that it stands in: `case 2`, `row 3`, `else`, the id of a line."""
    found = re.fullmatch(r"(case|row) (\d+)", branch)
    zh = branch if found is None else f"第 {found[2]} {'种情形' if found[1] == 'case' else '行'}"
    if branch == THE_KEY.en:
        return Both(f"{words.en} ({THE_KEY.en})", f"{words.zh}（{THE_KEY.zh}）")
    return Both(f"{words.en} (in `{branch}`)", f"{words.zh}，位于{zh if zh[0] == '第' else f' {zh}'}")


def together(left: Type | None, operator: str, right: Type | None) -> Both:
    """Two types on both sides of an operator."""
    one, other = type_words(left), type_words(right)
    return Both(f"{one.en} {operator} {other.en}", f"{one.zh} {operator} {other.zh}")


def unit_hint(found: Unit, wanted: Unit) -> Both:
    """How a number of one unit becomes one of another."""
    factor = (wanted / found).powers
    match factor:
        case (("person", 1),):
            return Both("multiply by a number of persons", "请乘以人数")
        case (("person", -1),):
            return Both("divide by a number of persons", "请除以人数")
        case (("month", 1), ("year", -1)) | (("month", -1), ("year", 1)):
            name = "per_year(…)" if factor[0][1] > 0 else "per_month(…)"
            return Both(f"convert with {name}", f"请用 {name} 换算")
        case (("month" | "year" as period, power),):
            way = "divide by" if power < 0 else "multiply by"
            return Both(f"{way} {period}s(1)", f"请{'除以' if power < 0 else '乘以'} {period}s(1)")
        case _ if not found.powers:
            return Both("use a name that has this unit", "请用带此单位的名字")
        case _:
            return Both("convert it, or use another name", "请换算，或改用别的名字")


def days_of(ranges: Sequence[Period]) -> Both:
    """Runs of days in words; runs that touch are one."""
    joined: list[Period] = []
    for run in sorted(ranges, key=lambda item: item.start or datetime.date.min):
        last = joined[-1] if joined else None
        if last is not None and (last.end is None or (run.start is not None and run.start <= last.end + _ONE_DAY)):
            end = None if last.end is None or run.end is None else max(last.end, run.end)
            joined[-1] = Period(last.start, end)
        else:
            joined.append(run)
    if not joined:
        return Both("on which it holds (the files have none)", "其施行期内（文件中没有）")
    en = [f"from {run.start or '…'} {'on' if run.end is None else f'to {run.end}'}" for run in joined]
    zh = [f"{run.start or '…'} {'起' if run.end is None else f'至 {run.end}'}" for run in joined]
    return Both(" or ".join(en), "，或 ".join(zh))


def not_in_force(name: str, at: SourceSpan, missing: NotInForce, day: datetime.date) -> Problem:
    """A name that has no value or rule on a day. `since` is when it has one, for choosing among several."""
    since = min((run.start or datetime.date.min for run in missing.ranges), default=datetime.date.max)
    if missing.known_on is not None and not missing.ranges:
        known, later = missing.known_on, Both("a later day, or without known_on", "更晚的日期，或不写 known_on")
        return problem("name-not-published", at, found=name, expected=later, day=day, known_on=known, since=since)
    code = "name-ended" if missing.ended else "name-not-in-force"
    return problem(code, at, found=name, expected=days_of(missing.ranges), day=day, since=since)


def either(first: str, other: str) -> Both:
    """One of two things to type."""
    return Both(f"{first} or {other}", f"{first} 或 {other}")
