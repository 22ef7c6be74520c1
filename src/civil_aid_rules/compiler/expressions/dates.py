"""Functions of days: ages, months between, days so long before; and days frozen while compiling."""

from __future__ import annotations

import datetime

from civil_aid_rules.compiler.expressions.faults import fault, refuse_none, wrong_unit
from civil_aid_rules.compiler.expressions.fitting import DATE, DAY, MONTH, PLAIN, YEAR, words_of
from civil_aid_rules.compiler.expressions.paths import dotted
from civil_aid_rules.compiler.scope import FrozenDay, RuleScope, Typed
from civil_aid_rules.compiler.wording import type_words, unit_words
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import DateFunction
from civil_aid_rules.ir.types import DateType, NumberType
from civil_aid_rules.language import syntax
from civil_aid_rules.quantities import calendar
from civil_aid_rules.source import SourceSpan

_AGE_RULE = "age_rule: {reached_on: birthday, leap_day: mar1, cite: …}"
_FROZEN = "years_before(on, 1), months_before(on, 1), start_of_month(on), start_of_year(on)"


def date_function(name: str, typed: list[Typed], at: SourceSpan, scope: RuleScope) -> Typed:
    """A call of a function of days; all but the number of steps back are days that are not none."""
    days = typed if name in ("age", "months_between") else typed[:1]
    for item in days:
        if not isinstance(item.type, DateType):
            return fault(scope, "type-mismatch", at, type_words(item.type), type_words(DATE))
        if item.may_be_none:
            return refuse_none(item, at, scope)
    nodes = tuple(item.node for item in typed)
    match name:
        case "age":
            if scope.context.age_rule is None:
                return fault(scope, "age-rule-missing", at, "age(…)", _AGE_RULE)
            return Typed(DateFunction("age", nodes, scope.context.age_rule), NumberType(YEAR))
        case "months_between":
            return Typed(DateFunction("months_between", nodes, None), NumberType(MONTH))
        case "years_before" | "months_before" | "months_after" | "days_after":
            unit = {"years_before": YEAR, "days_after": DAY}.get(name, MONTH)
            if typed[1].unit not in (PLAIN, unit) or typed[1].may_be_none:
                hint = Both(f"write a plain number or {unit}s(…)", f"请写不带单位的数或 {unit}s(…)")
                return wrong_unit(scope, at, words_of(typed[1]), unit_words(unit), hint)
            return Typed(DateFunction(name, nodes, None), DATE)
        case "start_of_month" | "start_of_year":
            return Typed(DateFunction(name, nodes, None), DATE)
        case _:
            return fault(scope, "call-form", at, name, "a known function")


def frozen_day(expression: syntax.Expression, scope: RuleScope) -> FrozenDay | None:
    """A day computed from `on` alone, while compiling."""
    match expression:
        case syntax.Name(id="on"):
            return lambda on: on
        case syntax.Call(
            function="years_before" | "months_before" as name, arguments=(inner, syntax.Number(value=count))
        ):
            outer = frozen_day(inner, scope)
            return None if outer is None else _moved_back(name, outer, count)
        case syntax.Call(function="start_of_month" | "start_of_year" as name, arguments=(inner,)):
            outer = frozen_day(inner, scope)
            return None if outer is None else _started(name, outer)
        case _:
            fault(scope, "frozen-day", expression.at, dotted(expression) or "(…)", _FROZEN)
            return None


def _moved_back(name: str, outer: FrozenDay, count: int) -> FrozenDay:
    step = calendar.years_before if name == "years_before" else calendar.months_before
    return lambda on: step(outer(on), count) or datetime.date.min  # no calendar goes back so far: before every value


def _started(name: str, outer: FrozenDay) -> FrozenDay:
    start = calendar.start_of_month if name == "start_of_month" else calendar.start_of_year
    return lambda on: start(outer(on))
