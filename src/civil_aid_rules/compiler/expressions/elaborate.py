"""An expression gone through: every name resolved, every type and unit inferred, each fault at its place."""

from __future__ import annotations

from typing import assert_never

from civil_aid_rules.compiler.expressions.arithmetic import ZERO, arithmetic, division, duration, extreme, per_period
from civil_aid_rules.compiler.expressions.comparisons import compare, compare_with_none
from civil_aid_rules.compiler.expressions.dates import date_function
from civil_aid_rules.compiler.expressions.faults import FAULTY, fault
from civil_aid_rules.compiler.expressions.fitting import PLAIN, YES_NO
from civil_aid_rules.compiler.expressions.legal_values import by_calendar, graduated, is_set, row, value_on
from civil_aid_rules.compiler.expressions.lists import aggregate, list_read
from civil_aid_rules.compiler.expressions.names import path_read
from civil_aid_rules.compiler.expressions.paths import narrowed_by
from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.wording import YES_OR_NO, type_words
from civil_aid_rules.ir.nodes import Connective, Constant, Node, Not
from civil_aid_rules.ir.types import NumberType, TextType, YesNoType
from civil_aid_rules.language import syntax

_ARGUMENTS = {
    "is_set": 1, "value_on": 2, "per_month": 1, "per_year": 1, "months": 1, "years": 1, "age": 2, "months_between": 2,
    "years_before": 2, "months_before": 2, "start_of_month": 1, "start_of_year": 1, "graduated": 2,
    "months_after": 2, "days_after": 2, "working_days_after": 3, "next_working_day": 2,
}  # fmt: skip
"""The functions that take values in order, and how many each takes."""


def elaborate(expression: syntax.Expression, scope: RuleScope) -> Typed:
    """The typed node of an expression. Faults go to `scope.problems`; the result is then FAULTY."""
    match expression:
        case syntax.Name() | syntax.Attribute():
            return path_read(expression, scope)
        case syntax.Number(value=value, at=at):
            return Typed(Constant(value), NumberType(PLAIN), literal=value, at=at)
        case syntax.Text(value=text, at=at):
            return Typed(Constant(text), TextType(), at=at)
        case syntax.YesNo(value=answer):
            return Typed(Constant(answer), YES_NO)
        case syntax.NoneLiteral(at=at):
            return fault(scope, "none-misplaced", at, "none", "x == none")
        case syntax.Negative(operand=operand, at=at):
            return arithmetic("-", ZERO, elaborate(operand, scope), at, scope)
        case syntax.Binary(op="/", left=left, right=right, at=at):
            return division(elaborate(left, scope), elaborate(right, scope), at, scope)
        case syntax.Binary(op=operator, left=left, right=right, at=at):
            return arithmetic(operator, elaborate(left, scope), elaborate(right, scope), at, scope)
        case syntax.Comparison():
            return _chain(expression, scope)
        case syntax.Membership():
            return _membership(expression, scope)
        case syntax.And() | syntax.Or():
            return _connective(expression, scope)
        case syntax.Not(operand=operand):
            typed = condition(operand, scope)
            return Typed(Not(typed.node), YES_NO) if typed.type else FAULTY
        case syntax.Call():
            return _call(expression, scope)
        case syntax.Subscript():
            return row(expression, elaborate(expression.key, scope), scope)
        case syntax.Aggregate():
            return _aggregate(expression, scope)
        case _:
            assert_never(expression)


def condition(expression: syntax.Expression, scope: RuleScope) -> Typed:
    """An expression that must be yes or no."""
    typed = elaborate(expression, scope)
    if typed.type is not None and not isinstance(typed.type, YesNoType):
        return fault(scope, "type-mismatch", expression.at, type_words(typed.type), YES_OR_NO)
    return typed


def _chain(expression: syntax.Comparison, scope: RuleScope) -> Typed:
    """`a < b <= c` is `a < b and b <= c`."""
    nodes: list[Node] = []
    left = expression.first
    for operator, right in expression.rest:
        typed = _comparison(operator, left, right, expression, scope)
        if typed.type is None:
            return FAULTY
        nodes.append(typed.node)
        left = right
    return Typed(nodes[0] if len(nodes) == 1 else Connective("and", tuple(nodes)), YES_NO)


def _comparison(
    operator: str, left: syntax.Expression, right: syntax.Expression, whole: syntax.Comparison, scope: RuleScope
) -> Typed:
    if isinstance(right, syntax.NoneLiteral):
        return compare_with_none(operator, elaborate(left, scope), whole.at, scope)
    if isinstance(left, syntax.NoneLiteral):
        return compare_with_none(operator, elaborate(right, scope), whole.at, scope)
    return compare(operator, elaborate(left, scope), elaborate(right, scope), whole.at, scope)


def _membership(expression: syntax.Membership, scope: RuleScope) -> Typed:
    """`x in ("a", "b")` is `x == "a" or x == "b"`."""
    item = elaborate(expression.item, scope)
    tests = [compare("==", item, elaborate(choice, scope), choice.at, scope) for choice in expression.choices]
    if any(test.type is None for test in tests):
        return FAULTY
    node: Node = tests[0].node if len(tests) == 1 else Connective("or", tuple(test.node for test in tests))
    return Typed(Not(node) if expression.negated else node, YES_NO)


def _connective(expression: syntax.And | syntax.Or, scope: RuleScope) -> Typed:
    """`and` / `or`; an operand may rely on what those before it say about none."""
    is_and = isinstance(expression, syntax.And)
    typed: list[Typed] = []
    for operand in expression.operands:
        typed.append(condition(operand, scope))
        scope = scope.narrow(narrowed_by(operand, is_and))
    if any(item.type is None for item in typed):
        return FAULTY
    return Typed(Connective("and" if is_and else "or", tuple(item.node for item in typed)), YES_NO)


def _call(expression: syntax.Call, scope: RuleScope) -> Typed:
    name, at = expression.function, expression.at
    if name in ("min", "max"):
        return extreme(name, [elaborate(argument, scope) for argument in expression.arguments], at, scope)
    if name not in _ARGUMENTS:
        return fault(scope, "call-form", at, f"{name}(…)", f"{name}(value for x in list if condition)")
    if len(expression.arguments) != _ARGUMENTS[name]:
        more: dict[str, object] = {"function": name}
        return fault(scope, "call-arguments", at, len(expression.arguments), _ARGUMENTS[name], more)
    match name:
        case "is_set":
            return is_set(expression, scope)
        case "value_on":
            return value_on(expression, scope)
        case "working_days_after" | "next_working_day":
            days = [elaborate(argument, scope) for argument in expression.arguments[:-1]]
            return by_calendar(expression, days, scope)
        case "graduated":
            return graduated(expression, elaborate(expression.arguments[0], scope), scope)
        case _:
            return _call_of_values(expression, scope)


def _call_of_values(expression: syntax.Call, scope: RuleScope) -> Typed:
    name, at = expression.function, expression.at
    typed = [elaborate(argument, scope) for argument in expression.arguments]
    if any(item.type is None for item in typed):
        return FAULTY
    if name in ("per_month", "per_year"):
        return per_period(name, typed[0], at, scope)
    return duration(name, typed[0], at, scope) if name in ("months", "years") else date_function(name, typed, at, scope)


def _aggregate(expression: syntax.Aggregate, scope: RuleScope) -> Typed:
    """The value may rely on what the condition says about none."""
    entries = list_read(expression.source, scope)
    if entries is None:
        return FAULTY
    read, field = entries
    name = expression.variable
    if name in scope.variables or name in scope.context.visible(scope.instance):
        return fault(scope, "variable-taken", expression.at, name, f"{name}_1")
    inner, variable = scope.new_variable(name, field.scope, field.unit)
    test: Typed | None = None
    if expression.condition is not None:
        test = condition(expression.condition, inner)
        inner = inner.narrow(narrowed_by(expression.condition, True))
    return aggregate(expression, read, variable, test, elaborate(expression.value, inner), scope)
