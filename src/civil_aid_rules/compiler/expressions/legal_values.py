"""Legal values beyond a bare name: whether one is set, its value on another day, tables, bands and scales."""

from __future__ import annotations

from typing import Literal

from civil_aid_rules.compiler.expressions.dates import frozen_day
from civil_aid_rules.compiler.expressions.faults import FAULTY, fault
from civil_aid_rules.compiler.expressions.fitting import DATE, PLAIN, WORKING_DAY, YES_NO, conform
from civil_aid_rules.compiler.expressions.names import not_in_force
from civil_aid_rules.compiler.expressions.paths import dotted
from civil_aid_rules.compiler.namespace import DeclaredParameter
from civil_aid_rules.compiler.scope import FrozenDay, NotInForce, RuleScope, Typed
from civil_aid_rules.compiler.wording import A_NUMBER, type_words
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import DateFunction, Graduated, IsSet, ParameterRead, TableRead
from civil_aid_rules.ir.parameters import ParameterValue, Scale
from civil_aid_rules.ir.types import NumberType, TextType, Type
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.language import syntax
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities.units import Unit, parse_unit
from civil_aid_rules.quantities.working_days import WorkingCalendar
from civil_aid_rules.source import SourceSpan

_TABLE = Both("table or bands", "table 或 bands")


def is_set(expression: syntax.Call, scope: RuleScope) -> Typed:
    """`is_set(parameter)`: settled when compiling."""
    value = _named(expression.arguments[0], expression.at, scope)
    return FAULTY if value is None else Typed(IsSet(value), YES_NO)


def value_on(expression: syntax.Call, scope: RuleScope) -> Typed:
    """`value_on(parameter, day)`: its value on a day that is computed from `on` alone."""
    day_of = frozen_day(expression.arguments[1], scope)
    value = None if day_of is None else _named(expression.arguments[0], expression.at, scope, day_of)
    return FAULTY if value is None else Typed(ParameterRead(value), value.type)


def graduated(expression: syntax.Call, base: Typed, scope: RuleScope) -> Typed:
    """`graduated(x, scale)`: the parts of x times the rates of their brackets."""
    first, second = expression.arguments
    value = _named(second, expression.at, scope)
    if value is None or base.type is None:
        return FAULTY
    wanted = _key_unit(value.key, scope)
    if value.is_set and not isinstance(value.shape, Scale):
        return fault(scope, "table-expected", second.at, _name(value), "scale")
    if wanted is None or not isinstance(base.type, NumberType) or base.may_be_none:
        return fault(scope, "type-mismatch", first.at, type_words(base.type), A_NUMBER)
    conform(base, NumberType(wanted), first.at, scope, "graduated(…)")
    rate = value.type.unit if isinstance(value.type, NumberType) else PLAIN
    return Typed(Graduated(value, base.node), NumberType(wanted * rate))


def by_calendar(expression: syntax.Call, typed: list[Typed], scope: RuleScope) -> Typed:
    """`working_days_after(day, n, calendar)` and `next_working_day(day, calendar)`."""
    name: Literal["working_days_after", "next_working_day"] = (
        "working_days_after" if expression.function == "working_days_after" else "next_working_day"
    )
    last = expression.arguments[-1]
    value = _named(last, expression.at, scope)
    if value is None or any(item.type is None for item in typed):
        return FAULTY
    if not isinstance(value.shape, WorkingCalendar):
        return fault(scope, "table-expected", last.at, _name(value), "calendar")
    kinds: tuple[Type, ...] = (DATE, NumberType(WORKING_DAY))
    for item, argument, wanted in zip(typed, expression.arguments, kinds, strict=False):
        conform(item, wanted, argument.at, scope, f"{name}(…)")
    return Typed(DateFunction(name, tuple(item.node for item in typed), None, value), DATE)


def row(expression: syntax.Subscript, key: Typed, scope: RuleScope) -> Typed:
    """`table[key]`: the row or band that the key falls on."""
    value = _named(expression.table, expression.at, scope)
    if value is None or key.type is None:
        return FAULTY
    if isinstance(value.shape, Scale) or (value.shape is None and value.value is not UNKNOWN):
        return fault(scope, "table-expected", expression.at, _name(value), _TABLE)
    unit = _key_unit(value.key, scope)
    choices = tuple(name for name, _ in value.choice_titles)
    wanted: Type = NumberType(unit) if unit is not None else TextType(choices)
    if key.literal is None or unit is None:  # a written number is a row's own number, whatever its unit
        conform(key, wanted, expression.key.at, scope, "the key")
    return Typed(TableRead(value, key.node), value.type)


def _named(
    expression: syntax.Expression, at: SourceSpan, scope: RuleScope, day_of: FrozenDay | None = None
) -> ParameterValue | None:
    """The value, on the day decided or frozen, of the parameter that an argument names."""
    key = _parameter_key(expression, scope)
    value = None if key is None else scope.context.parameter(key, day_of)
    if not isinstance(value, NotInForce):
        return value
    assert key is not None
    not_in_force(key.partition(".")[2], at, value, scope, None if day_of is None else day_of(scope.context.on))
    return None


def _parameter_key(expression: syntax.Expression, scope: RuleScope) -> str | None:
    parts = (dotted(expression) or "").split(".")
    instance, name = (scope.instance, parts[0]) if len(parts) == 1 else (parts[0], parts[-1])
    declared = scope.context.visible(instance).get(name)
    if isinstance(declared, DeclaredParameter):
        return declared.key
    visible = scope.context.visible(scope.instance)
    names = sorted(key for key, value in visible.items() if isinstance(value, DeclaredParameter))
    fault(scope, "parameter-expected", expression.at, dotted(expression) or "(…)", instead_of(name, names))
    return None


def _key_unit(key: str, scope: RuleScope) -> Unit | None:
    """The unit that a table parameter is looked up by; None for a table by choice."""
    declared = scope.context.visible(key.partition(".")[0])[key.partition(".")[2]]
    assert isinstance(declared, DeclaredParameter)
    text = declared.entry.block.key
    return None if text is None or text == "choice" else parse_unit(text)


def _name(value: ParameterValue) -> str:
    return value.key.partition(".")[2]
