"""Walk a rule's body: its direct parts, every node under it, and the same node with its rule slots renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast, get_args

from civil_aid_rules.ir.nodes import Branch, Node, RuleRead

NODE_TYPES: tuple[type, ...] = get_args(Node)
_IS_NODE = frozenset(NODE_TYPES)
AnyNode = TypeVar("AnyNode")


def children(node: Node | Branch) -> Iterator[Node]:
    """The nodes that stand directly in `node`."""
    for name in node.__match_args__:
        yield from _nodes_in(getattr(node, name))


def _nodes_in(value: object) -> Iterator[Node]:
    kind = type(value)
    if kind in _IS_NODE:
        yield cast(Node, value)
    elif kind is Branch:
        yield from children(cast(Branch, value))
    elif kind is tuple:
        for item in cast("tuple[object, ...]", value):
            yield from _nodes_in(item)


def walk(node: Node) -> Iterator[Node]:
    """`node` and every node under it, parents first."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(list(children(here))))


def with_nodes(node: AnyNode, change: Callable[[Node], Node | None]) -> AnyNode:
    """The same tree with another node wherever `change` gives one; parts without any are the same objects."""
    return cast(AnyNode, _changed(node, change))


def _changed(value: Any, change: Callable[[Node], Node | None]) -> Any:
    kind = type(value)
    if kind is tuple:
        items = tuple(_changed(item, change) for item in value)
        return value if _all_same(items, value) else items
    if kind not in _IS_NODE and kind is not Branch:
        return value
    other = None if kind is Branch else change(value)
    if other is not None:
        return other
    held = [getattr(value, name) for name in kind.__match_args__]
    changed = [_changed(part, change) for part in held]
    return value if _all_same(changed, held) else kind(*changed)


def with_slots(node: AnyNode, slot: Callable[[int], int]) -> AnyNode:
    """The same tree with each rule slot renamed; parts without one are the same objects."""
    return cast(AnyNode, _renamed(node, slot))


def _renamed(value: Any, slot: Callable[[int], int]) -> Any:
    kind = type(value)
    if kind is RuleRead:
        return RuleRead(value.variable, slot(value.rule))
    if kind is tuple:
        items = tuple(_renamed(item, slot) for item in value)
        return value if _all_same(items, value) else items
    if kind in _IS_NODE or kind is Branch:
        held = [getattr(value, name) for name in kind.__match_args__]
        changed = [_renamed(part, slot) for part in held]
        return value if _all_same(changed, held) else kind(*changed)
    return value


def _all_same(new: Sequence[Any], old: Sequence[Any]) -> bool:
    return all(a is b for a, b in zip(new, old, strict=True))
