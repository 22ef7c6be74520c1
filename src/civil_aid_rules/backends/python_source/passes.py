"""In which order a program's values are worked out, in as few passes over each list as what they read allows.

An item is a rule, or what a list comes to (a `Fold`, `Pick` or `Rank` whose entries stand alone). Its level is the path
of the list whose entries it is worked out for. One pass over a list works out all items of its entries, and of the
lists within them, that read nothing later; what lists come to is gathered on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from civil_aid_rules.compiler.list_forms import variables_of
from civil_aid_rules.ir.scaled import Fold, Pick, Rank, RuleRead, Scaled, ScaledRule, Through, parts

ListNode = Fold | Pick | Rank
Item = int | ListNode
"""A rule by its slot, or what a list comes to."""


def depth(scope: str) -> int:
    """The variable of an entry of a list that stands on the way to a rule's own."""
    return scope.count(".") + 1 if scope else 0


def parent(scope: str) -> str:
    """The list that a list's entries stand in; "" for the record."""
    return scope.rpartition(".")[0]


def is_within(scope: str, outer: str) -> bool:
    """Whether a list is the outer one or stands in it."""
    return scope == outer or scope.startswith(f"{outer}.")


def table_of(node: ListNode) -> ListNode:
    """What all entries share of a rank: their places, whichever entry asks."""
    return Rank(node.entries, node.variable, *_rest(node)) if isinstance(node, Rank) else node


def _rest(node: Rank) -> tuple[int, Scaled | None, Scaled, bool, bool, bool]:
    return (node.variable, node.condition, node.by, node.highest_first, node.last_listed_first, node.shared)


def is_gathered(node: Scaled) -> bool:
    """Whether a list node's entries stand alone, so that one pass over the list can serve it."""
    if not isinstance(node, ListNode):
        return False
    above = depth(parent(node.entries.scope))
    if node.entries.variable != above or node.variable != above + 1:
        return False
    asked = {variable for part in asked_of_entries(node) for variable in variables_of(part)}
    return asked <= set(range(above + 2))


def asked_of_entries(node: ListNode) -> Iterator[Scaled]:
    """What is worked out for each entry."""
    if node.condition is not None:
        yield node.condition
    yield node.value if isinstance(node, Fold) else node.by


@dataclass(frozen=True, slots=True)
class Needs:
    """What an item reads: items of its own entry or those above, and rules of any entry."""

    near: frozenset[Item]
    anywhere: frozenset[int]


def level_of(item: Item, rules: tuple[ScaledRule, ...]) -> str:
    """The list for whose entries an item is worked out; of what a list comes to, that which the list stands in."""
    return rules[item].scope if isinstance(item, int) else parent(item.entries.scope)


def list_of(item: Item, rules: tuple[ScaledRule, ...]) -> str:
    """The list that a pass must run through for an item: a rule's own, or the one that it gathers from."""
    return rules[item].scope if isinstance(item, int) else item.entries.scope


def items_of(rules: tuple[ScaledRule, ...]) -> dict[Item, Needs]:
    """Every item with what it needs, in the order of the rules."""
    found: dict[Item, Needs] = {}
    for rule in rules:
        held = [node for node in (rule.value, rule.divisor) if node is not None]
        _add(rule.slot, held, found)
    return found


def _add(item: Item, held: list[Scaled], found: dict[Item, Needs]) -> None:
    near: set[Item] = set()
    anywhere: set[int] = set()
    for node in held:
        for inner in _gathered_in(node, near, anywhere, frozenset()):
            if inner not in found:
                _add(inner, list(asked_of_entries(inner)), found)
    found[item] = Needs(frozenset(near), frozenset(anywhere))


def _gathered_in(node: Scaled, near: set[Item], anywhere: set[int], bound: frozenset[int]) -> Iterator[ListNode]:
    """The list nodes gathered elsewhere; what else is read goes into `near` and `anywhere`."""
    match node:
        case RuleRead(variable, slot):
            if variable in bound:
                anywhere.add(slot)
            else:
                near.add(slot)
        case Through(reference, _, target):
            if isinstance(target, RuleRead):
                anywhere.add(target.rule)
            yield from _gathered_in(reference, near, anywhere, bound)
        case Fold() | Pick() | Rank():
            if is_gathered(node):
                table = table_of(node)
                near.add(table)
                yield table
                return
            for part in asked_of_entries(node):
                yield from _gathered_in(part, near, anywhere, bound | {node.variable})
        case _:
            for part in parts(node):
                yield from _gathered_in(part, near, anywhere, bound)
