"""What nodes read: rules, facts and lists, through the rules that they read."""

from __future__ import annotations

from collections.abc import Iterable

from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import Scaled, ScaledRule, parts


def slots_read(nodes: Iterable[Scaled], rules: tuple[ScaledRule, ...]) -> set[int]:
    """The rules that nodes read, and those that these read."""
    found: set[int] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        read = node.target if isinstance(node, scaled.Through) else node
        if isinstance(read, scaled.RuleRead) and read.rule not in found:
            found.add(read.rule)
            waiting += held_by(rules[read.rule])
        waiting += parts(node)
    return found


def held_by(rule: ScaledRule) -> list[Scaled]:
    """The nodes of a rule."""
    return [node for node in (rule.value, rule.divisor, rule.assumed) if node is not None]


def lists_read(nodes: Iterable[Scaled], rules: tuple[ScaledRule, ...], scopes: Iterable[str]) -> tuple[str, ...]:
    """The lists that nodes and the rules behind them read or are for, and those that these stand in; "" first."""
    everything, found = list(nodes), {"", *scopes}
    for slot in slots_read(everything, rules):
        everything += held_by(rules[slot])
        found.add(rules[slot].scope)
    while everything:
        node = everything.pop()
        match node:
            case scaled.FactRead(scope=scope) | scaled.EntryRead(scope=scope) | scaled.Through(scope=scope):
                found.add(scope)
            case scaled.Fold() | scaled.Pick() | scaled.Rank():
                found.add(node.entries.scope)
            case _:
                pass
        if isinstance(node, scaled.Through) and isinstance(node.target, scaled.FactRead):
            found.add(node.target.scope)
        everything += parts(node)
    return tuple(
        sorted(found | {".".join(scope.split(".")[:end]) for scope in found for end in range(scope.count(".") + 1)})
    )


def facts_read(nodes: Iterable[Scaled], rules: tuple[ScaledRule, ...]) -> dict[str, set[int]]:
    """The slots of the facts that nodes and the rules behind them read, by path."""
    everything = list(nodes)
    for slot in slots_read(everything, rules):
        everything += held_by(rules[slot])
    found: dict[str, set[int]] = {}
    while everything:
        node = everything.pop()
        read = node.target if isinstance(node, scaled.Through) else node
        if isinstance(read, scaled.FactRead):
            found.setdefault(read.scope, set()).add(read.slot)
        everything += parts(node)
    return found
