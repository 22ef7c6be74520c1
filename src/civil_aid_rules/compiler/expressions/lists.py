"""Lists: which one an expression names, and what may be aggregated over its entries."""

from __future__ import annotations

from civil_aid_rules.compiler.expressions.faults import FAULTY, fault, refuse_none
from civil_aid_rules.compiler.expressions.paths import dotted
from civil_aid_rules.compiler.scope import RuleScope, Typed, Variable, title_of
from civil_aid_rules.compiler.wording import A_NUMBER, YES_OR_NO, type_words
from civil_aid_rules.errors import Both
from civil_aid_rules.facts.vocabulary import ListField
from civil_aid_rules.ir.nodes import Aggregate, AggregateFunction, EntryRead, ListRead, Node
from civil_aid_rules.ir.types import DateType, GroupType, NumberType, YesNoType
from civil_aid_rules.language import syntax
from civil_aid_rules.names import instead_of

_FUNCTIONS: dict[str, AggregateFunction] = {
    "sum": "sum", "count": "count", "any": "any", "all": "all", "min": "min", "max": "max",
}  # fmt: skip


def list_read(source: syntax.Expression, scope: RuleScope) -> tuple[ListRead, ListField] | None:
    """The list that a comprehension or `for_each` runs over; None with a problem."""
    named = _list_name(source, scope)
    if named is None:
        expected = instead_of(dotted(source) or "", scope.facts("").lists)
        fault(scope, "list-unknown", source.at, dotted(source) or "(…)", expected)
        return None
    variable, where, name = named
    lists = scope.facts(where).lists
    if name not in lists:
        fault(scope, "list-unknown", source.at, dotted(source) or name, instead_of(name, lists))
        return None
    field = lists[name]
    return ListRead(variable, field.slot, field.scope, title_of(field.en, field.zh)), field


def _list_name(source: syntax.Expression, scope: RuleScope) -> tuple[int, str, str] | None:
    """(variable, scope, name) of `members`, or of `m.income` where m is bound."""
    match source:
        case syntax.Name(id=name):
            return 0, "", name
        case syntax.Attribute(base=syntax.Name(id=base), name=name) if base in scope.variables:
            bound = scope.variables[base]
            return bound.index, bound.scope, name
        case _:
            return None


def aggregate(
    expression: syntax.Aggregate, read: ListRead, variable: Variable, test: Typed | None, value: Typed, scope: RuleScope
) -> Typed:
    """`sum(value for x in list if test)`, its parts being typed already."""
    if value.type is None or (test is not None and test.type is None):
        return FAULTY
    name = expression.function
    if name not in _FUNCTIONS:
        return fault(scope, "call-form", expression.at, name, "sum, count, any, all, min or max")
    refused = _refused_value(expression, variable, value, scope)
    if refused is not None:
        return refused
    if_empty: Node | None = None
    if name in ("all", "min", "max"):
        if scope.if_empty is None:
            return fault(scope, "empty-list", expression.at, f"{name}(…)", "if_empty:")
        if_empty = scope.if_empty(value.type)
    node = Aggregate(_FUNCTIONS[name], read, variable.index, test.node if test else None, value.node, if_empty)
    return Typed(node, NumberType(variable.unit) if name == "count" else value.type)


def _refused_value(expression: syntax.Aggregate, variable: Variable, value: Typed, scope: RuleScope) -> Typed | None:
    """The fault of what is aggregated, if it has one: `count` takes the entry itself, `any` and `all` conditions."""
    name, at = expression.function, expression.value.at
    if name == "count":
        if value.node == EntryRead(variable.index, variable.scope):
            return None
        expected = f"count({expression.variable} for {expression.variable} in … if …)"
        return fault(scope, "call-form", expression.at, f"{name}(value for …)", expected)
    if isinstance(value.type, GroupType):
        return fault(scope, "type-mismatch", at, type_words(value.type), Both("one fact", "一项事实"))
    if name in ("any", "all"):
        if not isinstance(value.type, YesNoType):
            return fault(scope, "type-mismatch", at, type_words(value.type), YES_OR_NO)
    elif not isinstance(value.type, NumberType) and not (name in ("min", "max") and isinstance(value.type, DateType)):
        return fault(scope, "type-mismatch", at, type_words(value.type), A_NUMBER)
    return refuse_none(value, at, scope) if value.may_be_none else None
