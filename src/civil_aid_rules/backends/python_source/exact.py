"""A rule's values as the interpreter has them, out of what the generated function returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from civil_aid_rules.backends.python_source.layout import RuleWhere
from civil_aid_rules.ir.scaled import ScaledRule
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference, Value

Results = tuple[Any, ...]
"""What the generated function returns; `RuleWhere` says where each value is in it."""

Column = Callable[[Results], list[Value]]
"""The values of one rule, for the record or for each entry."""


def column_of(rule: ScaledRule, where: RuleWhere) -> Column:
    """How to read a rule's values. Settled when compiling, since a trace reads all rules of every record."""
    place, rows = where.value.place, where.value.rows
    if where.divisor is not None:
        return _divided(rule.scale, where)
    if rule.scale == 1 and rule.kind not in ("day", "entry"):
        return _as_they_are(place, rows)
    exact = _exact(rule)
    if rows is None:
        return lambda results: [exact(results[place])]
    return lambda results: [exact(row[place]) for row in results[rows]]


def _as_they_are(place: int, rows: int | None) -> Column:
    if rows is None:
        return lambda results: [UNKNOWN if results[place] is None else results[place]]
    return lambda results: [UNKNOWN if row[place] is None else row[place] for row in results[rows]]


def _divided(scale: int, where: RuleWhere) -> Column:
    """Of an entry's rule, the divisor may be one that all entries share."""
    assert where.divisor is not None
    place, rows, below, own = where.value.place, where.value.rows, where.divisor.place, where.divisor.rows
    if rows is None:
        return lambda results: [_number(results[place], scale * results[below])]
    if own is None:
        return lambda results: [_number(row[place], scale * results[below]) for row in results[rows]]
    return lambda results: [
        _number(row[place], scale * other[below]) for row, other in zip(results[rows], results[own], strict=True)
    ]


def _exact(rule: ScaledRule) -> Callable[[Any], Value]:
    scale, entries = rule.scale, rule.entries
    if rule.kind == "day":
        return lambda item: _special(item) or date.fromordinal(item)
    if rule.kind == "entry":
        return lambda item: _special(item) or ItemReference(entries, item)
    return lambda item: _number(item, scale)


def _special(item: Any) -> Any:
    return UNKNOWN if item is None else item if item is NONE else None


def _number(n: Any, below: int) -> Value:
    if n is None:
        return UNKNOWN
    if n is NONE or below == 1:
        found: Value = n
        return found
    whole, rest = divmod(n, below)
    return Fraction(n, below) if rest else whole
