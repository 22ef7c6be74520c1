"""Arithmetic with units: sums, products, quotients, the smaller and larger of two, amounts per month and per year."""

from __future__ import annotations

from collections.abc import Sequence

from civil_aid_rules.compiler.expressions.faults import FAULTY, fault, wrong_unit
from civil_aid_rules.compiler.expressions.fitting import MONTH, PLAIN, YEAR, are_numbers, common_unit, words_of
from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.wording import unit_words
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import Arithmetic, Constant, Division, Extreme, Node, ParameterRead
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.source import SourceSpan

ZERO = Typed(Constant(0), NumberType(PLAIN), literal=0)
_PER = Both("an amount per month or per year", "按月或按年计的数")


def arithmetic(operator: str, left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """`+`, `-`, `*`: what is added must have one unit; units of factors multiply."""
    if not are_numbers(left, right, at, scope):
        return FAULTY
    if operator == "*":
        unit = (left.unit or PLAIN) * (right.unit or PLAIN)
        return Typed(Arithmetic("*", left.node, right.node), NumberType(unit))
    sign, how = ("+", "added") if operator == "+" else ("-", "subtracted")
    common = common_unit(left, right, at, scope, how)
    node = Arithmetic("+" if sign == "+" else "-", left.node, right.node)
    return FAULTY if common is None else Typed(node, NumberType(common))


def division(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """`/`: units divide; where the divisor can be zero, the rule says what then."""
    if not are_numbers(left, right, at, scope):
        return FAULTY
    type_ = NumberType((left.unit or PLAIN) / (right.unit or PLAIN))
    if_zero: Node | None = None
    if _can_be_zero(right.node):
        if scope.if_zero is None:
            return fault(scope, "division-by-zero", at, right.path or "(…)", "if_zero:")
        if_zero = scope.if_zero(type_)
    return Typed(Division(left.node, right.node, if_zero), type_)


def _can_be_zero(node: Node) -> bool:
    """Whether a divisor can be zero, as far as its structure tells."""
    match node:
        case Constant(value):
            return value == 0
        case ParameterRead(parameter):
            return parameter.value == 0
        case Arithmetic("*", left, right):
            return _can_be_zero(left) or _can_be_zero(right)
        case _:
            return True


def extreme(function: str, numbers: Sequence[Typed], at: SourceSpan, scope: RuleScope) -> Typed:
    """`min` and `max` of two or more numbers of one unit."""
    if len(numbers) < 2:
        more: dict[str, object] = {"function": function}
        return fault(scope, "call-arguments", at, len(numbers), Both("two or more", "两个以上"), more)
    first = numbers[0]
    for other in numbers[1:]:
        if not are_numbers(first, other, at, scope):
            return FAULTY
        unit = common_unit(first, other, at, scope, "compared")
        if unit is None:
            return FAULTY
        first = Typed(first.node, NumberType(unit))
    return Typed(Extreme("min" if function == "min" else "max", tuple(item.node for item in numbers)), first.type)


def per_period(name: str, typed: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """`per_month(x)`: a yearly amount divided by 12 (a monthly one stays); `per_year(x)` the reverse."""
    unit = typed.unit
    source, target = (YEAR, MONTH) if name == "per_month" else (MONTH, YEAR)
    powers = dict(unit.powers) if unit is not None else {}
    if unit is None or typed.may_be_none or (powers.get("year", 0), powers.get("month", 0)) not in ((-1, 0), (0, -1)):
        hint = Both(f"{name} converts nothing else", f"{name} 只换算这样的数")
        return wrong_unit(scope, at, words_of(typed), _PER, hint)
    if powers.get("month" if name == "per_month" else "year"):
        return typed
    converted = NumberType(unit * source / target)
    if name == "per_month":
        return Typed(Division(typed.node, Constant(12), None), converted)
    return Typed(Arithmetic("*", typed.node, Constant(12)), converted)


def duration(name: str, typed: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """`months(n)`, `years(n)`: a plain number given its unit."""
    if typed.unit != PLAIN or typed.may_be_none:
        hint = Both(f"{name} gives a plain number its unit", f"{name} 给不带单位的数加上单位")
        return wrong_unit(scope, at, words_of(typed), unit_words(PLAIN), hint)
    return Typed(typed.node, NumberType(MONTH if name == "months" else YEAR))
