"""Aggregates, and the places of entries in a list, in scaled form.

A sum of what is divided by each entry's own number is brought to one divisor, the product of all; `count`, `any` with a
condition and the others are written as the folds that they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.compiler.scaled_numbers import Number, Numbers
from civil_aid_rules.compiler.simplify import (
    YES,
    chosen,
    connected,
    divided,
    divisor,
    opposite,
    product,
)
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.nodes import Aggregate, EntryRead, FactRead, Node, Pick, Rank, RuleRead, Through
from civil_aid_rules.ir.scaled import Constant, Fold, FoldFunction, Scaled, parts
from civil_aid_rules.ir.traverse import children


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, the variable that stands for an entry while it is looked at, and the condition to count."""

    entries: scaled.ListRead
    variable: int
    condition: Scaled | None

    def fold(self, function: FoldFunction, value: Scaled) -> Scaled:
        """The values of all entries taken together."""
        return Fold(function, self.entries, self.variable, None, value)

    def any_counts(self) -> Scaled:
        """Whether an entry meets the condition."""
        return self.fold("any", YES if self.condition is None else self.condition)

    def if_counted(self, value: Scaled, otherwise: Scaled) -> Scaled:
        """The value for entries that meet the condition."""
        return value if self.condition is None else chosen(self.condition, value, otherwise)


def condition_over(function: Literal["any", "all"], listed: Listed, value: Scaled, if_empty: Scaled) -> Scaled:
    """`any` is or over (condition and value), `all` is and over (not condition or value)."""
    counts = () if listed.condition is None else (listed.condition,)
    if function == "any":
        return listed.fold("any", connected("and", [*counts, value]))
    every = listed.fold("all", connected("or", [*map(opposite, counts), value]))
    return every if if_empty == YES else chosen(listed.any_counts(), every, if_empty)


def count(listed: Listed) -> Number:
    """How many meet the condition."""
    return Number(listed.fold("sum", listed.if_counted(Constant(1), Constant(0))))


def total(numbers: Numbers, listed: Listed, value: Number) -> Number:
    """The sum; an entry that may not count adds 0 or leaves it unknown."""
    n, divisors = by_one_divisor(listed, Number(numbers.present(value.n), value.scale, value.divisors))
    return Number(listed.fold("sum", listed.if_counted(n, Constant(0))), value.scale, divisors)


def extreme_over(numbers: Numbers, listed: Listed, function: FoldFunction, value: Number, if_empty: Number) -> Number:
    """The smallest or largest, or what `if_empty` says."""
    n, divisors = by_one_divisor(listed, Number(numbers.present(value.n), value.scale, value.divisors))
    found = Number(Fold(function, listed.entries, listed.variable, listed.condition, n), value.scale, divisors)
    (one, other), scale, common = numbers.aligned([found, if_empty])
    return Number(chosen(listed.any_counts(), one, other), scale, common)


def by_one_divisor(listed: Listed, value: Number) -> tuple[Scaled, tuple[Scaled, ...]]:
    """`n` of each entry over a divisor that all have in common, and that divisor."""
    own = [part for part in value.divisors if listed.variable in variables_of(part)]
    common = tuple(part for part in value.divisors if part not in own)
    if not own:
        return value.n, common
    # It stands within the list's own loop, and so needs a variable of its own unless it can be gathered once.
    variable = listed.variable if listed.variable < scaled.FREE else listed.variable + scaled.FREE
    each = scaled.renamed(product(own), {listed.variable: variable})
    all_own = divisor(Fold("product", listed.entries, variable, None, each))
    n = product([value.n, divided(all_own, product(own), "down")])
    return n, (*common, all_own)


# --- variables --------------------------------------------------------------------------------------------------------


def variables_of(node: Scaled) -> set[int]:
    """The entries that a scaled node reads from outside of itself."""
    found: set[int] = set()
    for part in parts(node):
        found |= variables_of(part)
    match node:
        case (
            scaled.FactRead(variable=variable)
            | scaled.RuleRead(variable=variable)
            | scaled.EntryRead(variable=variable)
        ):
            found.add(variable)
        case scaled.Fold() | scaled.Pick():
            found = (found - {node.variable}) | {node.entries.variable}
        case scaled.Rank():
            found = (found - {node.variable}) | {node.entries.variable, node.subject}
        case _:
            pass
    return found - {THROUGH}


THROUGH = -1
"""The variable of what is read of an entry that a reference points to."""


def free_variables(node: Node) -> set[int]:
    """The entries that a typed node reads from outside of itself."""
    inner = [node.reference] if isinstance(node, Through) else list(children(node))
    found: set[int] = set().union(*map(free_variables, inner))
    match node:
        case FactRead(variable=variable) | RuleRead(variable=variable) | EntryRead(variable=variable):
            found.add(variable)
        case Aggregate() | Pick():
            found = (found - {node.variable}) | {node.entries.variable}
        case Rank():
            found = (found - {node.variable}) | {node.entries.variable, node.subject}
        case _:
            pass
    return found


def stands_alone(node: Aggregate | Pick | Rank) -> set[int]:
    """The entries that what is asked of each entry of a list reads, besides that entry itself."""
    asked = [part for part in children(node) if part is not getattr(node, "if_empty", None)]
    asked = [part for part in asked if part is not getattr(node, "outside", None)]
    return set().union(*map(free_variables, asked)) - {node.variable}
