"""Which unknowns hold an outcome up, and which sets of them would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from civil_aid_rules.backends.evaluation import Env, Evaluation
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
    Connective,
    Decision,
    Division,
    EntryRead,
    Exceptions,
    FactRead,
    Graduated,
    IsSet,
    ListRead,
    Named,
    Node,
    Not,
    ParameterRead,
    Pick,
    Rank,
    RuleRead,
    TableRead,
    Through,
    Undefined,
)
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.traverse import children, walk
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference, Value

MOST_ALTERNATIVES = 16
_KEPT = 64


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


Alternative = frozenset[Leaf]


class Unknowns:
    """Looks through one evaluation for what is unknown."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.truncated = False
        self._settled: dict[tuple[int, int, bool | None], list[Alternative]] = {}

    def behind(self, slot: int, ordinal: int = 0) -> list[Leaf]:
        """Every unknown leaf that a rule's unknown value rests on; none when the value is known."""
        found: dict[Leaf, None] = {}
        seen: set[tuple[int, int]] = set()
        self._rule_leaves(slot, ordinal, found, seen)
        return sorted(found, key=Leaf.sort_key)

    def settling(self, slot: int, ordinal: int, targets: Iterable[bool | None]) -> list[Alternative]:
        """The smallest sets of leaves that settle the rule's value for at least one of their values."""
        every = [item for target in targets for item in self._settle_rule(slot, ordinal, target)]
        return self._smallest([item for item in every if item], MOST_ALTERNATIVES)

    # --- what is unknown -------------------------------------------------------------------------------------------

    def _rule_leaves(self, slot: int, ordinal: int, found: dict[Leaf, None], seen: set[tuple[int, int]]) -> None:
        if (slot, ordinal) in seen or self.evaluation.values[slot][ordinal] is not UNKNOWN:
            return
        seen.add((slot, ordinal))
        rule = self.evaluation.program.rules[slot]
        self._leaves(rule.body, self.evaluation.env(rule, ordinal), rule, found, seen)

    def _leaves(self, node: Node, env: Env, rule: Rule, found: dict[Leaf, None], seen: set[tuple[int, int]]) -> None:
        if evaluate(node, env) is not UNKNOWN:
            return
        leaf = leaf_of(node, env, rule)
        if leaf is not None:
            found[leaf] = None
            if isinstance(node, Aggregate | Pick | Rank) and entries_of(node.entries, env) is None:
                self._beyond_list(node, env, rule, found, seen)
        elif isinstance(node, RuleRead):
            self._rule_leaves(node.rule, env.entries[node.variable].ordinal, found, seen)
        elif isinstance(node, Through) and isinstance(reference := evaluate(node.reference, env), ItemReference):
            if isinstance(node.target, RuleRead):
                self._rule_leaves(node.target.rule, reference.ordinal, found, seen)
        else:
            for part in self._parts(node, env):
                self._leaves(part, env, rule, found, seen)
            self._set_instead(node, env, rule, found, seen)

    def _beyond_list(
        self, node: Aggregate | Pick | Rank, env: Env, rule: Rule, found: dict[Leaf, None], seen: set[tuple[int, int]]
    ) -> None:
        """Facts that do not belong to a list but would be read for its entries, once the list itself is known."""
        parts = [node.value] if isinstance(node, Aggregate) else [node.by]
        for part in [*parts, *([] if node.condition is None else [node.condition])]:
            self._free(part, frozenset({node.variable}), env, rule, found, seen)

    def _free(
        self,
        node: Node,
        bound: frozenset[int],
        env: Env,
        rule: Rule,
        found: dict[Leaf, None],
        seen: set[tuple[int, int]],
    ) -> None:
        """The leaves of those parts that read none of the `bound` variables, whose entries are not known yet."""
        if not reads(node, bound):
            self._leaves(node, env, rule, found, seen)
        elif isinstance(node, RuleRead):
            other = self.evaluation.program.rules[node.rule]
            if (node.rule, -1) not in seen:
                seen.add((node.rule, -1))
                depth = other.scope.count(".") + 1
                known = [item for index, item in enumerate(env.entries) if index < depth and index not in bound]
                entries = [*known, *(env.facts.root,) * (other.variables - len(known))]
                inner = Env(entries, env.values, env.facts, env.on, env.meanings)
                self._free(other.body, frozenset(range(len(known), depth + 1)), inner, other, found, seen)
        else:
            more = frozenset({node.variable}) if isinstance(node, Aggregate | Pick | Rank) else frozenset[int]()
            for part in children(node):
                self._free(part, bound | more, env, rule, found, seen)

    def _parts(self, node: Node, env: Env) -> Iterator[Node]:
        """The parts that an unknown value can rest on. Entries of lists are bound while their parts are looked at."""
        match node:
            case Cases():
                yield from _open_tests(node.branches, env)
                yield from possible_cases(node, env)
            case Exceptions():
                yield from _open_tests(node.branches, env)
                yield from possible_exceptions(node, env)
            case Decision():
                yes, maybe = applying(node.rows, env)
                rows = possible_rows(node, env) if node.hit == "unique" else [*yes, *maybe]
                yield from (branch.test for branch in maybe)
                yield from (row.value for row in rows)
            case Aggregate():
                yield from _aggregate_parts(node, env)
            case Pick() | Rank():
                for _, _ in meeting(node.entries, node.variable, node.condition, env):
                    yield from ([] if node.condition is None else [node.condition])
                    yield node.by
            case Through():
                yield node.reference
            case Division():
                yield node.left
                yield node.right
            case _:
                yield from children(node)

    def _set_instead(
        self, node: Node, env: Env, rule: Rule, found: dict[Leaf, None], seen: set[tuple[int, int]]
    ) -> None:
        """Cases passed over because a parameter is unset: setting it, with what that case then needs, would do as well."""
        for parameter, value in _unset_branches(node):
            found[parameter_leaf(parameter)] = None
            self._leaves(value, env, rule, found, seen)

    # --- what would settle it --------------------------------------------------------------------------------------

    def _settle_rule(self, slot: int, ordinal: int, target: bool | None) -> list[Alternative]:
        key = (slot, ordinal, target)
        if key not in self._settled:
            value = self.evaluation.values[slot][ordinal]
            if value is not UNKNOWN:
                self._settled[key] = _already(value, target)
            else:
                rule = self.evaluation.program.rules[slot]
                self._settled[key] = self._settle(rule.body, self.evaluation.env(rule, ordinal), rule, target)
        return self._settled[key]

    def _settle(self, node: Node, env: Env, rule: Rule, target: bool | None) -> list[Alternative]:
        value = evaluate(node, env)
        if value is not UNKNOWN:
            return _already(value, target)
        leaf = leaf_of(node, env, rule)
        if leaf is not None:
            return [frozenset({leaf})]
        match node:
            case Named(body=body):
                return self._settle(body, env, rule, target)
            case Not(operand):
                return self._settle(operand, env, rule, None if target is None else not target)
            case RuleRead():
                return self._settle_rule(node.rule, env.entries[node.variable].ordinal, target)
            case Connective() if target is not None:
                return self._settle_connective(node, env, rule, target)
            case Cases():
                return self._settle_cases(node, env, rule, target)
            case Exceptions():
                return self._settle_exceptions(node, env, rule, target)
            case Aggregate(function="any" | "all") if target is not None and entries_of(node.entries, env) is not None:
                return self._settle_quantifier(node, env, rule, target)
            case _:
                return self._all_open(node, env, rule)

    def _all_open(self, node: Node, env: Env, rule: Rule) -> list[Alternative]:
        found: dict[Leaf, None] = {}
        self._leaves(node, env, rule, found, set())
        return [frozenset(found)]

    def _settle_connective(self, node: Connective, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """To make an `and` no: any one open operand; to make it yes: all of them. `or` the reverse."""
        parts = [self._settle(operand, env, rule, target) for operand in node.operands]
        one_is_enough = target == (node.operator == "or")
        return self._smallest([item for part in parts for item in part]) if one_is_enough else self._product(parts)

    def _settle_cases(self, node: Cases, env: Env, rule: Rule, target: bool | None) -> list[Alternative]:
        found: list[Alternative] = []
        before: list[list[Alternative]] = []
        for branch in node.branches:
            test = self._settle_test(branch.test, env, rule)
            found += self._product([*before, test, self._settle(branch.value, env, rule, target)])
            before.append(self._settle(branch.test, env, rule, False))
        found += self._product([*before, self._settle(node.otherwise, env, rule, target)])
        return self._smallest(found)

    def _settle_test(self, test: Node, env: Env, rule: Rule) -> list[Alternative]:
        if isinstance(test, IsSet) and not test.parameter.is_set:
            return [frozenset({parameter_leaf(test.parameter)})]
        return self._settle(test, env, rule, True)

    def _settle_exceptions(self, node: Exceptions, env: Env, rule: Rule, target: bool | None) -> list[Alternative]:
        harmless = [self._settle_harmless(branch, env, rule, target) for branch in node.branches]
        found = self._product([*harmless, self._settle(node.base, env, rule, target)])
        for index, branch in enumerate(node.branches):
            others = [part for place, part in enumerate(harmless) if place != index]
            applies = [self._settle(branch.test, env, rule, True), self._settle(branch.value, env, rule, target)]
            found += self._product([*applies, *others])
        return self._smallest(found)

    def _settle_harmless(self, branch: Branch, env: Env, rule: Rule, target: bool | None) -> list[Alternative]:
        """What keeps an exception from saying anything else than `target`: it does not apply, or it says the same."""
        agrees = [] if target is None else self._settle(branch.value, env, rule, target)
        return self._smallest([*self._settle(branch.test, env, rule, False), *agrees])

    def _settle_quantifier(self, node: Aggregate, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """`any`: one entry that meets and holds settles it as yes, all entries settle it as no; `all` the reverse."""
        found: list[list[Alternative]] = []
        decisive = node.function == "any"
        for _ in meeting(node.entries, node.variable, node.condition, env):
            test = [frozenset[Leaf]()] if node.condition is None else self._settle(node.condition, env, rule, True)
            excluded = [] if node.condition is None else self._settle(node.condition, env, rule, False)
            if target == decisive:
                found.append(self._product([test, self._settle(node.value, env, rule, decisive)]))
            else:
                found.append(self._smallest([*excluded, *self._settle(node.value, env, rule, not decisive)]))
        return self._smallest([item for part in found for item in part]) if target == decisive else self._product(found)

    def _product(self, parts: list[list[Alternative]]) -> list[Alternative]:
        """Every way to take one alternative of each part."""
        found: list[Alternative] = [frozenset()]
        for part in parts:
            found = self._smallest([one | other for one in found for other in part])
        return found

    def _smallest(self, found: list[Alternative], most: int = _KEPT) -> list[Alternative]:
        """The alternatives that contain no other, smallest first."""
        kept: list[Alternative] = []
        for item in sorted(set(found), key=lambda item: (len(item), sorted(leaf.name for leaf in item))):
            if not any(other <= item for other in kept):
                if len(kept) == most:
                    self.truncated = True
                    break
                kept.append(item)
        return kept


def reads(node: Node, variables: frozenset[int]) -> bool:
    """Whether a node reads anything of the entries that these variables stand for."""
    for part in walk(node):
        if isinstance(part, FactRead | RuleRead | EntryRead) and part.variable in variables:
            return True
        if isinstance(part, Aggregate | Pick | Rank) and part.entries.variable in variables:
            return True
    return False


def _already(value: Value, target: bool | None) -> list[Alternative]:
    return [frozenset()] if target is None or value is target else []


def leaf_of(node: Node, env: Env, rule: Rule) -> Leaf | None:
    """The unknown thing that a node itself is, if it is one. Call it only where the node's value is unknown."""
    match node:
        case FactRead():
            return Leaf("fact", f"{env.entries[node.variable].path}.{node.name}", node.title)
        case ParameterRead(parameter):
            return parameter_leaf(parameter)
        case Undefined():
            return Leaf("undefined", rule.key, rule.title)
        case Division(right=right, if_zero=Undefined()) if evaluate(right, env) == 0:
            return Leaf("undefined", rule.key, rule.title)
        case TableRead(parameter, key) if evaluate(key, env) is not UNKNOWN:
            return Leaf("undefined", rule.key, rule.title) if parameter.is_set else parameter_leaf(parameter)
        case Graduated(parameter, base) if evaluate(base, env) is not UNKNOWN:
            return parameter_leaf(parameter)
        case Exceptions() if is_conflict(node, env):
            return Leaf("conflict", rule.key, rule.title)
        case Decision(hit="unique") if not possible_rows(node, env):
            return Leaf("undefined", rule.key, rule.title)
        case Aggregate(entries=entries) | Pick(entries=entries) | Rank(entries=entries) if (
            entries_of(entries, env) is None
        ):
            return _list_leaf(entries, env)
        case Aggregate(function="all" | "min" | "max", if_empty=Undefined()) if not any(
            islice(meeting(node.entries, node.variable, node.condition, env), 1)
        ):
            return Leaf("undefined", rule.key, rule.title)
        case Through(reference, FactRead() as target) if isinstance(found := evaluate(reference, env), ItemReference):
            return Leaf("fact", f"{env.facts.items[found.scope][found.ordinal].path}.{target.name}", target.title)
        case Through(reference) if evaluate(reference, env) is NONE:
            return Leaf("undefined", rule.key, rule.title)
        case _:
            return None


def parameter_leaf(parameter: ParameterValue) -> Leaf:
    """An unset parameter."""
    return Leaf("parameter", parameter.key, parameter.title, parameter.set_by)


def _list_leaf(entries: ListRead, env: Env) -> Leaf:
    return Leaf("fact", f"{env.entries[entries.variable].path}.{entries.scope.rpartition('.')[2]}", entries.title)


def _open_tests(branches: tuple[Branch, ...], env: Env) -> Iterator[Node]:
    """The tests that are unknown, up to the first that holds."""
    for branch in branches:
        yield branch.test


def _unset_branches(node: Node) -> Iterator[tuple[ParameterValue, Node]]:
    if isinstance(node, Cases):
        for branch in node.branches:
            if isinstance(branch.test, IsSet) and not branch.test.parameter.is_set:
                yield branch.test.parameter, branch.value


def _aggregate_parts(node: Aggregate, env: Env) -> Iterator[Node]:
    settles = {"any": True, "all": False}.get(node.function)
    sure = False
    for _, test in meeting(node.entries, node.variable, node.condition, env):
        sure = sure or test is True
        value = evaluate(node.value, env) if node.function != "count" else UNKNOWN
        without_effect = value == 0 if node.function == "sum" else settles is not None and value is (not settles)
        if test is UNKNOWN and not without_effect and node.condition is not None:
            yield node.condition
        if node.function != "count":
            yield node.value
    if node.if_empty is not None and not sure:
        yield node.if_empty
