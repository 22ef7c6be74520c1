"""Which sets of unknown leaves would settle an outcome, for one of their values at least: by structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.backends.interpreter import evaluate, meeting
from civil_aid_rules.determinations.leaves import Leaf, is_unknown_list, leaf_of, list_leaf, parameter_leaf
from civil_aid_rules.determinations.missing import Readings, Search
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Branch,
    Cases,
    Comparison,
    Connective,
    Constant,
    Exceptions,
    IsSet,
    Named,
    Node,
    Not,
    RuleRead,
    Through,
)
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.values import UNKNOWN, ItemReference, Value

MOST_ALTERNATIVES = 16
_KEPT = 64

Alternative = frozenset[Leaf]
Target = bool | None
"""What a value is to become: yes, no, or (None) known whatever it is."""

_Goal = tuple[int, int, Target]
_ANY_ABOVE_ZERO = {">": True, "!=": True, "<=": False, "==": False}
"""A number of entries compared with 0: which answer says that there is one."""


class _Entry(NamedTuple):
    """What settles one entry of a list that is gone through."""

    counts: list[Alternative]
    left_out: list[Alternative]
    holds: list[Alternative]
    fails: list[Alternative]


class Alternatives:
    """Works out what would settle the values of one evaluation."""

    def __init__(self, evaluation: Evaluation, readings: Readings) -> None:
        self.evaluation = evaluation
        self.readings = readings
        self.truncated = False
        self._settled: dict[_Goal, list[Alternative]] = {}
        self._needed: list[_Goal] = []
        self._open: dict[tuple[int, ...], Alternative] = {}

    def of_status(self, slot: int, ordinals: Sequence[int], lists: Sequence[Leaf]) -> list[Alternative]:
        """To make it yes, one line is enough; to make it no, all must be no. `lists`: lists of lines, not known."""
        whole = [[frozenset({leaf})] for leaf in lists]
        yes = [item for ordinal in ordinals for item in self._goal((slot, ordinal, True))]
        no = self._product([self._goal((slot, ordinal, False)) for ordinal in ordinals] + whole)
        return self._given([*yes, *no, *(item for part in whole for item in part)])

    def of_yes(self, slot: int, ordinals: Sequence[int]) -> list[Alternative]:
        """What would do for a yes: for one line of those given."""
        return self._given(item for ordinal in ordinals for item in self._goal((slot, ordinal, True)))

    def of_amount(self, slot: int, ordinals: Sequence[int], lists: Sequence[Leaf]) -> list[Alternative]:
        """To know an amount, every line of it must be known."""
        lines = [self._goal((slot, ordinal, None)) for ordinal in ordinals]
        return self._given(self._product(lines + [[frozenset({leaf})] for leaf in lists]))

    def _given(self, found: Iterable[Alternative]) -> list[Alternative]:
        return self._smallest([item for item in found if item], MOST_ALTERNATIVES)

    # --- rules, one after the other: a rulebook may be a thousand rules deep -----------------------------------------

    def _goal(self, goal: _Goal) -> list[Alternative]:
        waiting = [goal]
        while waiting:
            self._needed = []
            found = self._settle_rule(waiting[-1])
            if self._needed:
                waiting.extend(self._needed)
            else:
                self._settled[waiting.pop()] = found
        return self._settled[goal]

    def _settle_rule(self, goal: _Goal) -> list[Alternative]:
        slot, ordinal, target = goal
        value = self.evaluation.values[slot][ordinal]
        if value is not UNKNOWN:
            return _already(value, target)
        rule = self.evaluation.program.rules[slot]
        return self._settle(rule.body, self.evaluation.env(rule, ordinal), rule, target)

    def _settle_read(self, slot: int, ordinal: int, target: Target) -> list[Alternative]:
        """What another rule needs: at once where that is worked out already, else on the next attempt."""
        goal = (slot, ordinal, target)
        if goal not in self._settled:
            self._needed.append(goal)
        return self._settled.get(goal, [])

    # --- nodes -------------------------------------------------------------------------------------------------------

    def _settle(self, node: Node, env: Env, rule: Rule, target: Target) -> list[Alternative]:
        value = evaluate(node, env)
        if value is not UNKNOWN:
            return _already(value, target)
        if isinstance(node, Aggregate) and is_unknown_list(node, env):
            return self._settle_unknown_list(node, env, rule, target)
        leaf = leaf_of(node, env, rule)
        if leaf is not None:
            return [frozenset({leaf})]
        match node:
            case Named(body=body):
                return self._settle(body, env, rule, target)
            case Not(operand):
                return self._settle(operand, env, rule, None if target is None else not target)
            case RuleRead():
                return self._settle_read(node.rule, env.entries[node.variable].ordinal, target)
            case Through(reference, RuleRead(rule=slot)) if isinstance(held := evaluate(reference, env), ItemReference):
                return self._settle_read(slot, held.ordinal, target)
            case Connective() if target is not None:
                return self._settle_connective(node, env, rule, target)
            case Cases():
                return self._settle_cases(node, env, rule, target)
            case Exceptions():
                return self._settle_exceptions(node, env, rule, target)
            case Aggregate(function="any") if target is not None:
                return self._settle_any(node, env, rule, target)
            case Aggregate(function="all") if target is not None:
                return self._settle_all(node, env, rule, target)
            case Comparison() if target is not None:
                return self._settle_comparison(node, env, rule, target)
            case _:
                return self._all_open(node, env, rule)

    def _all_open(self, node: Node, env: Env, rule: Rule) -> list[Alternative]:
        place = (id(node), *(id(entry) for entry in env.entries))
        if place not in self._open:
            self._open[place] = frozenset(Search(self.evaluation, self.readings).behind_node(node, env, rule))
        return [self._open[place]]

    def _settle_connective(self, node: Connective, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """To make an `and` no: any one open operand; to make it yes: all of them. `or` the reverse."""
        parts = [self._settle(operand, env, rule, target) for operand in node.operands]
        one_is_enough = target == (node.operator == "or")
        return self._smallest([item for part in parts for item in part]) if one_is_enough else self._product(parts)

    def _settle_cases(self, node: Cases, env: Env, rule: Rule, target: Target) -> list[Alternative]:
        """One case applies and the ones before it do not; up to the first that surely applies."""
        found: list[Alternative] = []
        before: list[list[Alternative]] = []
        for branch in node.branches:
            test = self._settle_test(branch.test, env, rule)
            found += self._product([*before, test, self._settle(branch.value, env, rule, target)])
            if evaluate(branch.test, env) is True:
                return self._smallest(found)
            before.append(self._settle(branch.test, env, rule, False))
        found += self._product([*before, self._settle(node.otherwise, env, rule, target)])
        return self._smallest(found)

    def _settle_test(self, test: Node, env: Env, rule: Rule) -> list[Alternative]:
        if isinstance(test, IsSet) and not test.parameter.is_set:
            return [frozenset({parameter_leaf(test.parameter)})]
        return self._settle(test, env, rule, True)

    def _settle_exceptions(self, node: Exceptions, env: Env, rule: Rule, target: Target) -> list[Alternative]:
        harmless = [self._settle_harmless(branch, env, rule, target) for branch in node.branches]
        found: list[Alternative] = []
        if not any(evaluate(branch.test, env) is True for branch in node.branches):
            found += self._product([*harmless, self._settle(node.base, env, rule, target)])
        for index, branch in enumerate(node.branches):
            others = [part for place, part in enumerate(harmless) if place != index]
            applies = [self._settle(branch.test, env, rule, True), self._settle(branch.value, env, rule, target)]
            found += self._product([*applies, *others])
        return self._smallest(found)

    def _settle_harmless(self, branch: Branch, env: Env, rule: Rule, target: Target) -> list[Alternative]:
        """What keeps an exception from saying anything else than `target`: it does not apply, or it says the same."""
        agrees = [] if target is None else self._settle(branch.value, env, rule, target)
        return self._smallest([*self._settle(branch.test, env, rule, False), *agrees])

    def _settle_unknown_list(self, node: Aggregate, env: Env, rule: Rule, target: Target) -> list[Alternative]:
        """That the list has no entries would do, where that says the right thing; else that it has a decisive one."""
        known = [frozenset({list_leaf(node.entries, env)})]
        empty = self._product([known, self._settle_empty(node, env, rule, target)])
        if node.function not in ("any", "all") or target is None:
            return self._smallest([*empty, *self._all_open(node, env, rule)])
        if node.function == "any" and target is False:
            return empty
        counts = [] if node.condition is None else [self._settle_any_entry(node.condition, node, env, rule, True)]
        one = self._product([known, *counts, self._settle_any_entry(node.value, node, env, rule, target)])
        return self._smallest([*empty, *one])

    def _settle_empty(self, node: Aggregate, env: Env, rule: Rule, target: Target) -> list[Alternative]:
        """What the answer for no entries needs to be `target`."""
        match node.function:
            case "any":
                return _already(False, target)
            case "all" | "min" | "max":
                return [] if node.if_empty is None else self._settle(node.if_empty, env, rule, target)
            case _:
                return _already(0, target)

    def _settle_any_entry(self, part: Node, node: Aggregate, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """What a condition needs for an entry that is not known yet: what it reads of others, or what settles it."""
        if not self.readings.any_of(part, {node.variable: ()}):
            return self._settle(part, env, rule, target)
        return [frozenset(Search(self.evaluation, self.readings).behind_any_entry(part, node, env, rule))]

    def _settle_any(self, node: Aggregate, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """One entry that counts and holds makes it yes; to make it no, each must be left out or not hold."""
        entries = self._entries(node, env, rule)
        if target:
            return self._smallest(item for entry in entries for item in self._product([entry.counts, entry.holds]))
        return self._product([self._smallest([*entry.left_out, *entry.fails]) for entry in entries])

    def _settle_all(self, node: Aggregate, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """One entry that counts and does not hold makes it no; to make it yes, each must be left out or hold.

        Where nobody counts it is what it says about nothing: that must agree, unless somebody surely counts.
        """
        entries = self._entries(node, env, rule)
        nothing = [] if node.if_empty is None else self._settle(node.if_empty, env, rule, target)
        if not target:
            found = [item for entry in entries for item in self._product([entry.counts, entry.fails])]
            return self._smallest([*found, *self._product([*(entry.left_out for entry in entries), nothing])])
        harmless = [self._smallest([*entry.left_out, *entry.holds]) for entry in entries]
        found = self._product([*harmless, nothing])
        before = [self._product([])]
        for part in harmless:
            before.append(self._product([before[-1], part]))
        after = self._product([])
        for place in reversed(range(len(entries))):
            found += self._product([before[place], entries[place].counts, entries[place].holds, after])
            after = self._product([harmless[place], after])
        return self._smallest(found)

    def _entries(self, node: Aggregate, env: Env, rule: Rule) -> list[_Entry]:
        """For each entry that counts or may: what makes it count, be left out, hold, and not hold."""
        test = node.condition or Constant(True)
        return [
            _Entry(
                self._settle(test, env, rule, True),
                self._settle(test, env, rule, False),
                self._settle(node.value, env, rule, True),
                self._settle(node.value, env, rule, False),
            )
            for _ in meeting(node.entries, node.variable, node.condition, env)
        ]

    def _settle_comparison(self, node: Comparison, env: Env, rule: Rule, target: bool) -> list[Alternative]:
        """Numbers: all open operands. "More than 0 of them" can only become no where nobody surely counts."""
        counted = self._counted(node, env)
        if counted is not None and _ANY_ABOVE_ZERO[node.operator] is not target:
            count, inner = counted
            tests = [test for _, test in meeting(count.entries, count.variable, count.condition, inner)]
            if True in tests:
                return []
        return self._all_open(node, env, rule)

    def _counted(self, node: Comparison, env: Env) -> tuple[Aggregate, Env] | None:
        """The count that is compared with 0, and where it is evaluated."""
        sides = [side for side in (node.left, node.right) if not isinstance(side, Constant)]
        zeros = [side for side in (node.left, node.right) if isinstance(side, Constant) and side.value == 0]
        is_ordered = isinstance(node.right, Constant) or node.operator in ("==", "!=")
        if len(sides) != 1 or len(zeros) != 1 or not is_ordered or node.operator not in _ANY_ABOVE_ZERO:
            return None
        counted: Node = sides[0]
        if isinstance(counted, RuleRead):
            rule = self.evaluation.program.rules[counted.rule]
            env, counted = self.evaluation.env(rule, env.entries[counted.variable].ordinal), rule.body
        if isinstance(counted, Aggregate) and counted.function == "count" and not is_unknown_list(counted, env):
            return counted, env
        return None

    # --- sets --------------------------------------------------------------------------------------------------------

    def _product(self, parts: list[list[Alternative]]) -> list[Alternative]:
        """Every way to take one alternative of each part."""
        found: list[Alternative] = [frozenset()]
        for part in parts:
            found = self._smallest([one | other for one in found for other in part])
        return found

    def _smallest(self, found: Iterable[Alternative], most: int = _KEPT) -> list[Alternative]:
        """The alternatives that contain no other, smallest first."""
        kept: list[Alternative] = []
        for item in sorted(set(found), key=lambda item: (len(item), sorted(leaf.name for leaf in item))):
            if not any(other <= item for other in kept):
                if len(kept) == most:
                    self.truncated = True
                    break
                kept.append(item)
        return kept


def _already(value: Value, target: Target) -> list[Alternative]:
    return [frozenset()] if target is None or value is target else []
