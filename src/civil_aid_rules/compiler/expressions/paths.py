"""Dotted paths of names, and which of them are known not to be none."""

from __future__ import annotations

from civil_aid_rules.compiler.scope import RuleScope
from civil_aid_rules.language import syntax
from civil_aid_rules.source import SourceSpan


def dotted(expression: syntax.Expression) -> str | None:
    """`m.spouse.income` as text; None for anything that is no path of names."""
    if isinstance(expression, syntax.Name):
        return expression.id
    if isinstance(expression, syntax.Attribute):
        base = dotted(expression.base)
        return None if base is None else f"{base}.{expression.name}"
    return None


def first_at(expression: syntax.Expression) -> SourceSpan:
    """Where the first name of a path stands."""
    while isinstance(expression, syntax.Attribute):
        expression = expression.base
    return expression.at


def narrowed_by(expression: syntax.Expression, holds: bool) -> frozenset[str]:
    """The facts that are known not to be none once `expression` holds (or does not hold)."""
    match expression:
        case syntax.Comparison(first=first, rest=((operator, other),)):
            pair = (first, other) if isinstance(other, syntax.NoneLiteral) else (other, first)
            if isinstance(pair[1], syntax.NoneLiteral) and operator == ("!=" if holds else "=="):
                path = dotted(pair[0])
                return frozenset() if path is None else frozenset({path})
            return frozenset()
        case syntax.And(operands=operands) if holds:
            return frozenset().union(*(narrowed_by(operand, True) for operand in operands))
        case syntax.Or(operands=operands) if not holds:
            return frozenset().union(*(narrowed_by(operand, False) for operand in operands))
        case syntax.Not(operand=operand):
            return narrowed_by(operand, not holds)
        case _:
            return frozenset()


def is_narrowed(path: str, scope: RuleScope) -> bool:
    """Whether a fact, or a group that it stands in, is known not to be none here."""
    prefixes = {path[:index] for index, character in enumerate(path) if character == "."} | {path}
    return bool(prefixes & scope.narrowed)
