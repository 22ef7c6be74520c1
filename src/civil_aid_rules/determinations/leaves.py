"""What is unknown itself (a fact, an unset parameter), and the parts that an unknown value can rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from civil_aid_rules.backends.evaluation import Env
from civil_aid_rules.backends.interpreter import (
    applying,
    entries_of,
    evaluate,
    is_conflict,
    meeting,
    possible_cases,
    possible_exceptions,
    possible_rows,
)
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Branch,
    Cases,
    DateFunction,
    Decision,
    Division,
    Exceptions,
    FactRead,
    Graduated,
    IsSet,
    ListRead,
    Node,
    ParameterRead,
    Pick,
    Rank,
    TableRead,
    Through,
    Undefined,
)
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.traverse import children
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that is unknown."""

    kind: Literal["fact", "parameter", "conflict", "undefined"]
    name: str
    title: Bilingual
    set_by: tuple[str, ...] = ()

    def sort_key(self) -> tuple[str, str]:
        """Facts and parameters by name."""
        return (self.kind, self.name)


def leaf_of(node: Node, env: Env, rule: Rule) -> Leaf | None:
    """The unknown thing that a node itself is, if it is one. Call it only where the node's value is unknown."""
    match node:
        case FactRead():
            return Leaf("fact", f"{env.entries[node.variable].path}.{node.name}", node.title)
        case ParameterRead(parameter):
            return parameter_leaf(parameter)
        case Undefined():
            return Leaf("undefined", rule.key, rule.title)
        case TableRead(parameter, key) if evaluate(key, env) is not UNKNOWN:
            return Leaf("undefined", rule.key, rule.title) if parameter.is_set else parameter_leaf(parameter)
        case Graduated(parameter, base) if evaluate(base, env) is not UNKNOWN:
            return parameter_leaf(parameter)
        case DateFunction(calendar=ParameterValue() as calendar) if is_beyond_its_years(node, env):
            return parameter_leaf(calendar)
        case Exceptions() if is_conflict(node, env):
            return Leaf("conflict", rule.key, rule.title)
        case Decision(hit="unique") if not possible_rows(node, env):
            return Leaf("undefined", rule.key, rule.title)
        case Aggregate() | Pick() | Rank() if is_unknown_list(node, env):
            return list_leaf(node.entries, env)
        case Through(reference, target):
            return _leaf_through(evaluate(reference, env), target, env, rule)
        case _:
            return None


def is_beyond_its_years(node: DateFunction, env: Env) -> bool:
    """Whether day and count are known and the count is whole, so that only the calendar of a year can be lacking."""
    values = [evaluate(argument, env) for argument in node.arguments]
    return all(value is not UNKNOWN and not (isinstance(value, Fraction) and value % 1) for value in values)


def _leaf_through(reference: object, target: Node, env: Env, rule: Rule) -> Leaf | None:
    """The fact of the entry that is pointed to; where none is, the rule has no value."""
    if reference is NONE:
        return Leaf("undefined", rule.key, rule.title)
    if isinstance(reference, ItemReference) and isinstance(target, FactRead):
        path = env.facts.items[reference.scope][reference.ordinal].path
        return Leaf("fact", f"{path}.{target.name}", target.title)
    return None


def parameter_leaf(parameter: ParameterValue) -> Leaf:
    """An unset parameter."""
    return Leaf("parameter", parameter.key, parameter.title, parameter.set_by)


def list_leaf(entries: ListRead, env: Env) -> Leaf:
    """A list that is not known."""
    return Leaf("fact", f"{env.entries[entries.variable].path}.{entries.scope.rpartition('.')[2]}", entries.title)


def is_unknown_list(node: Node, env: Env) -> bool:
    """Whether a node runs through a list that is not known."""
    return isinstance(node, Aggregate | Pick | Rank) and entries_of(node.entries, env) is None


def unset_cases(node: Node) -> Iterator[tuple[ParameterValue, Node]]:
    """Cases passed over because a parameter is unset: setting it, with what that case then needs, would do as well."""
    if isinstance(node, Cases):
        for branch in node.branches:
            if isinstance(branch.test, IsSet) and not branch.test.parameter.is_set:
                yield branch.test.parameter, branch.value


# --- parts ------------------------------------------------------------------------------------------------------------


def parts_behind(node: Node, env: Env) -> Iterator[Node]:
    """The parts that an unknown value can rest on. Entries of lists are bound while their parts are looked at."""
    match node:
        case Cases():
            yield from _tests(node.branches, env)
            yield from possible_cases(node, env)
        case Exceptions():
            yield from (branch.test for branch in node.branches)
            yield from possible_exceptions(node, env)
        case Decision():
            yield from _parts_of_table(node, env)
        case Aggregate():
            yield from _parts_of_aggregate(node, env)
        case Pick() | Rank():
            for _ in meeting(node.entries, node.variable, node.condition, env):
                yield from () if node.condition is None else (node.condition,)
                yield node.by
            yield from (node.outside,) if isinstance(node, Rank) else ()
        case Division(left, right, if_zero):
            divisor = evaluate(right, env)
            may_be_zero = divisor == 0 or (divisor is UNKNOWN and not isinstance(if_zero, Undefined))
            yield right
            yield from () if divisor == 0 else (left,)
            yield from (if_zero,) if if_zero is not None and may_be_zero else ()
        case _:
            yield from children(node)


def _tests(branches: tuple[Branch, ...], env: Env) -> Iterator[Node]:
    """The tests that decide which case applies: up to the first that surely holds."""
    for branch in branches:
        yield branch.test
        if evaluate(branch.test, env) is True:
            return


def _parts_of_table(node: Decision, env: Env) -> Iterator[Node]:
    yes, maybe = applying(node.rows, env)
    if node.hit == "unique":
        yield from () if yes else (row.test for row in maybe)
        yield from (row.value for row in possible_rows(node, env))
    else:
        yield from (row.test for row in maybe)
        yield from (row.value for row in (*yes, *maybe))


def _parts_of_aggregate(node: Aggregate, env: Env) -> Iterator[Node]:
    """The conditions of entries that may or may not count, where that makes a difference; the values of all of them."""
    tests = [test for _, test in meeting(node.entries, node.variable, node.condition, env)]
    may_be_empty = node.if_empty is not None and True not in tests
    for _, test in meeting(node.entries, node.variable, node.condition, env):
        if test is UNKNOWN and node.condition is not None and not _is_without_effect(node, env, may_be_empty):
            yield node.condition
        if node.function != "count":
            yield node.value
    if node.if_empty is not None and may_be_empty and not (tests and isinstance(node.if_empty, Undefined)):
        yield node.if_empty


def _is_without_effect(node: Aggregate, env: Env, may_be_empty: bool) -> bool:
    """Whether an entry leaves the result as it is, counted or not."""
    match node.function:
        case "sum":
            return evaluate(node.value, env) == 0
        case "any":
            return evaluate(node.value, env) is False
        case "all":
            same = not may_be_empty or node.if_empty is None or evaluate(node.if_empty, env) is True
            return same and evaluate(node.value, env) is True
        case _:
            return False
