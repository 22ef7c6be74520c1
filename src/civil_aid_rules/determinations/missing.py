"""Which unknown leaves an unknown value rests on: complete, so that knowing all of them makes the value known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from civil_aid_rules.backends.evaluation import Env, Evaluation, Frame, with_room
from civil_aid_rules.backends.interpreter import entries_of, evaluate, run
from civil_aid_rules.determinations.leaves import (
    Leaf,
    is_unknown_list,
    leaf_of,
    list_leaf,
    parameter_leaf,
    parts_behind,
    unset_cases,
)
from civil_aid_rules.facts.extract import Item
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Constant,
    EntryRead,
    FactRead,
    Graduated,
    IsSet,
    Node,
    Pick,
    Rank,
    RuleRead,
    TableRead,
    Through,
)
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.reads import target_scope
from civil_aid_rules.ir.traverse import children, walk, with_nodes
from civil_aid_rules.ir.values import UNKNOWN, ItemReference


class MissingLeaves:
    """The unknown leaves behind the open values of an evaluation's rules.

    A parameter that is missing and gets set can open cases that were passed over: what these lack is missing too. So
    the program is looked at once more as if it were set, to a value that is not known.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.readings = Readings()
        self._as_if: dict[frozenset[str], Evaluation] = {frozenset(): evaluation}
        self._askers: dict[int, frozenset[str]] | None = None

    def behind(self, slot: int) -> list[Leaf]:
        """What a rule lacks, for the record or for all entries of its list."""
        found: set[Leaf] = set()
        set_keys: frozenset[str] = frozenset()
        while True:
            evaluation = self._with_set(set_keys)
            found.update(Search(evaluation, self.readings).behind_all(slot))
            missing = {leaf.name for leaf in found if leaf.kind == "parameter"}
            asked = frozenset[str]().union(*self._asked_for().values()) & missing if missing else frozenset[str]()
            if asked <= set_keys:
                return sorted(found, key=Leaf.sort_key)
            set_keys |= asked

    def _asked_for(self) -> dict[int, frozenset[str]]:
        """By rule: the unset parameters that it asks `is_set` of."""
        if self._askers is None:
            self._askers = {rule.slot: _asked_for(rule.body) for rule in self.evaluation.program.rules}
        return self._askers

    def _with_set(self, keys: frozenset[str]) -> Evaluation:
        if keys not in self._as_if:
            rules = [self._rule_with_set(rule, keys) for rule in self.evaluation.program.rules]
            program = replace(self.evaluation.program, rules=tuple(rules))
            self._as_if[keys] = run(program, self.evaluation.facts)
        return self._as_if[keys]

    def _rule_with_set(self, rule: Rule, keys: frozenset[str]) -> Rule:
        if keys.isdisjoint(self._asked_for()[rule.slot]):
            return rule

        def settled(node: Node) -> Node | None:
            return Constant(True) if isinstance(node, IsSet) and node.parameter.key in keys else None

        return replace(rule, body=with_nodes(rule.body, settled))


def _asked_for(body: Node) -> frozenset[str]:
    """The unset parameters that a rule asks `is_set` of."""
    asked = (node.parameter for node in walk(body) if isinstance(node, IsSet))
    return frozenset(parameter.key for parameter in asked if not parameter.is_set)


Unentered = Mapping[int, Frame]
"""Variables that stand for an entry of a list that is not known, each with the known entries around that list."""


class Search:
    """Looks through one evaluation for the unknown leaves behind some of its values.

    Rules are followed one after the other, not one inside the other: a rulebook may be a thousand rules deep.
    """

    def __init__(self, evaluation: Evaluation, readings: Readings) -> None:
        self.evaluation = evaluation
        self.readings = readings
        self.found: dict[Leaf, None] = {}
        self._seen: set[tuple[int, int] | tuple[int, Frame]] = set()
        self._waiting: list[tuple[int, int] | tuple[int, Frame]] = []

    def behind_all(self, slot: int) -> list[Leaf]:
        """Every unknown leaf that a rule's unknown values rest on; of an unknown list, what any entry would need."""
        rule = self.evaluation.program.rules[slot]
        for ordinal in range(len(self.evaluation.values[slot])):
            self._rule(slot, ordinal)
        steps = rule.scope.split(".") if rule.scope else []
        for depth, name in enumerate(steps):
            for frame in self.evaluation.frames.get(".".join(steps[:depth]), ()):
                fields = self.evaluation.facts.vocabulary.scopes[frame[-1].scope].lists
                if frame[-1].lists[fields[name].slot] is UNKNOWN:
                    self._queue((slot, frame))
        return self._all()

    def behind_node(self, node: Node, env: Env, rule: Rule) -> list[Leaf]:
        """The same for one node of a rule."""
        self._leaves(node, env, rule)
        return self._all()

    def behind_any_entry(self, part: Node, node: Aggregate, env: Env, rule: Rule) -> list[Leaf]:
        """What a part of an aggregate over an unknown list needs beside that list."""
        self._free(part, {node.variable: self._frame(env.entries[node.entries.variable])}, env, rule)
        return self._all()

    def _all(self) -> list[Leaf]:
        while self._waiting:
            slot, at = self._waiting.pop()
            rule = self.evaluation.program.rules[slot]
            if isinstance(at, int):
                self._leaves(rule.body, self.evaluation.env(rule, at), rule)
            else:
                self._leaves_for_any_entry(rule, at)
        return sorted(self.found, key=Leaf.sort_key)

    def _queue(self, key: tuple[int, int] | tuple[int, Frame]) -> None:
        if key not in self._seen:
            self._seen.add(key)
            self._waiting.append(key)

    def _rule(self, slot: int, ordinal: int) -> None:
        if self.evaluation.values[slot][ordinal] is UNKNOWN:
            self._queue((slot, ordinal))

    # --- known entries -----------------------------------------------------------------------------------------------

    def _leaves(self, node: Node, env: Env, rule: Rule) -> None:
        if evaluate(node, env) is not UNKNOWN:
            return
        leaf = leaf_of(node, env, rule)
        if leaf is not None:
            self.found[leaf] = None
        if is_unknown_list(node, env):
            self._beyond_list(node, {}, env, rule)
        elif isinstance(node, RuleRead):
            self._rule(node.rule, env.entries[node.variable].ordinal)
        elif isinstance(node, Through):
            self._through(node, env, rule)
        elif leaf is None:
            self._parts(node, env, rule)

    def _parts(self, node: Node, env: Env, rule: Rule) -> None:
        if isinstance(node, TableRead | Graduated) and not node.parameter.is_set:
            self.found[parameter_leaf(node.parameter)] = None
        for part in parts_behind(node, env):
            self._leaves(part, env, rule)
        for parameter, value in unset_cases(node):
            self.found[parameter_leaf(parameter)] = None
            self._leaves(value, env, rule)

    def _through(self, node: Through, env: Env, rule: Rule) -> None:
        """What the entry that is pointed to lacks; while that is open, what any entry lacks that it may point to."""
        reference = evaluate(node.reference, env)
        if isinstance(reference, ItemReference):
            if isinstance(node.target, RuleRead):
                self._rule(node.target.rule, reference.ordinal)
        elif reference is UNKNOWN:
            self._leaves(node.reference, env, rule)
            self._any_target(node, env)

    def _any_target(self, node: Through, env: Env) -> None:
        scope = target_scope(node.reference, self.evaluation.program)
        for item in env.facts.items.get(scope, ()):
            if isinstance(node.target, RuleRead):
                self._rule(node.target.rule, item.ordinal)
            elif item.facts[node.target.slot] is UNKNOWN:
                self.found[Leaf("fact", f"{item.path}.{node.target.name}", node.target.title)] = None
        if isinstance(
            node.target, RuleRead
        ):  # references point to lists of the record, which may be unknown as a whole
            self._queue((node.target.rule, (env.facts.root,)))

    # --- entries that are not known yet ------------------------------------------------------------------------------

    def _beyond_list(self, node: Node, unentered: Unentered, env: Env, rule: Rule) -> None:
        """What does not belong to an unknown list but would be read for its entries, once the list itself is known."""
        assert isinstance(node, Aggregate | Pick | Rank)
        around = unentered.get(node.entries.variable) or self._frame(env.entries[node.entries.variable])
        inside = {**unentered, node.variable: around}
        for part in children(node):
            self._free(part, inside, env, rule)

    def _free(self, node: Node, unentered: Unentered, env: Env, rule: Rule) -> None:
        """The leaves of those parts that read nothing of the entries that are not known yet."""
        if isinstance(node, Through) and self.readings.any_of(node, unentered):
            self._free(node.reference, unentered, env, rule)
            self._any_target(node, env)
        elif not self.readings.any_of(node, unentered):
            self._leaves(node, env, rule)
        elif isinstance(node, RuleRead):
            self._queue((node.rule, unentered[node.variable]))
        elif isinstance(node, Aggregate | Pick | Rank):
            self._free_list(node, unentered, env, rule)
        else:
            for part in children(node):
                self._free(part, unentered, env, rule)

    def _free_list(self, node: Aggregate | Pick | Rank, unentered: Unentered, env: Env, rule: Rule) -> None:
        """A list inside: of an entry that is not known yet, not known itself, or known and then gone through."""
        entries = None if node.entries.variable in unentered else entries_of(node.entries, env)
        if entries is None:
            if node.entries.variable not in unentered:
                self.found[list_leaf(node.entries, env)] = None
            self._beyond_list(node, unentered, env, rule)
        for entry in entries or ():
            env.entries[node.variable] = entry
            for part in children(node):
                self._free(part, unentered, env, rule)

    def _leaves_for_any_entry(self, rule: Rule, around: Frame) -> None:
        """The leaves of a rule for entries of an unknown list, of which only what stands around them is known."""
        depth = rule.scope.count(".") + 1 if rule.scope else 0
        unentered = dict.fromkeys(range(len(around), depth + 1), around)
        entries = with_room(around, rule.variables)
        env = Env(entries, self.evaluation.values, self.evaluation.facts, self.evaluation.program.on)
        env.meanings = self.evaluation.meanings
        self._free(rule.body, unentered, env, rule)

    def _frame(self, item: Item) -> Frame:
        """An entry with the known entries around it."""
        frames = self.evaluation.frames.get(item.scope)
        root = self.evaluation.facts.root
        return frames[item.ordinal] if frames else (root,) if item is root else (root, item)


class Readings:
    """Which variables each node reads, worked out once per node of the programs looked at (which must stay alive)."""

    def __init__(self) -> None:
        self._of: dict[int, frozenset[int]] = {}

    def any_of(self, node: Node, variables: Unentered) -> bool:
        """Whether a node reads anything of the entries that these variables stand for."""
        return not self.variables(node).isdisjoint(variables)

    def variables(self, node: Node) -> frozenset[int]:
        """The variables of the entries that a node reads something of."""
        key = id(node)
        if key not in self._of:
            own: set[int] = set()
            if isinstance(node, FactRead | RuleRead | EntryRead):
                own.add(node.variable)
            elif isinstance(node, Aggregate | Pick | Rank):
                own.add(node.entries.variable)
            self._of[key] = frozenset(own.union(*(self.variables(part) for part in children(node))))
        return self._of[key]
