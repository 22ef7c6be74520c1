"""Walk a rule's body: its direct parts, every node under it, and the same node with its rule slots renamed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TypeVar, cast, get_args

from civil_aid_rules.ir.nodes import Branch, Node, RuleRead

NODE_TYPES: tuple[type, ...] = get_args(Node)
AnyNode = TypeVar("AnyNode")


def children(node: Node | Branch) -> Iterator[Node]:
    """The nodes that stand directly in `node`."""
    for field in dataclasses.fields(node):
        yield from _nodes_in(getattr(node, field.name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, NODE_TYPES):
        yield cast(Node, value)
    elif isinstance(value, Branch):
        yield from children(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


def walk(node: Node) -> Iterator[Node]:
    """`node` and every node under it, parents first."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(list(children(here))))


def with_slots(node: AnyNode, slot: Callable[[int], int]) -> AnyNode:
    """The same tree with each rule slot renamed."""
    if isinstance(node, RuleRead):
        return cast(AnyNode, RuleRead(node.variable, slot(node.rule)))
    if isinstance(node, tuple) and not hasattr(node, "_fields"):
        return cast(AnyNode, tuple(with_slots(item, slot) for item in node))
    if isinstance(node, (*NODE_TYPES, Branch)):
        changed = {f.name: with_slots(getattr(node, f.name), slot) for f in dataclasses.fields(node)}  # type: ignore[arg-type]
        return dataclasses.replace(node, **changed)  # type: ignore[type-var]
    return node
