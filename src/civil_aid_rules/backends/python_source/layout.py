"""What the generated functions exchange: an entry's facts as a tuple, and where each rule's values come out."""

from __future__ import annotations

from dataclasses import dataclass

from civil_aid_rules.backends.python_source.usual import grouped_in, with_groups
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import Scaled, ScaledProgram, parts


@dataclass(frozen=True, slots=True)
class EntryShape:
    """The tuple of an entry: its place among all of its path first, then the facts and the lists that rules read.

    `grouped` are the facts of groups that may be left out. They stand together in one tuple after the other facts:
    where every group is left out, that is the tuple which the source calls `usual`.
    """

    facts: tuple[int, ...]
    grouped: tuple[int, ...]
    lists: tuple[str, ...]
    usual: str

    def at_fact(self, slot: int) -> str:
        """Where a fact stands: `[3]`, or `[5][2]` of a group."""
        if slot in self.grouped:
            return f"[{1 + len(self.facts)}][{self.grouped.index(slot)}]"
        return f"[{1 + self.facts.index(slot)}]"

    def place_of_list(self, scope: str) -> int:
        """The index of a list, named by its path."""
        return 1 + len(self.facts) + bool(self.grouped) + self.lists.index(scope)


def shapes_of(program: ScaledProgram, vocabulary: Vocabulary) -> dict[str, EntryShape]:
    """The tuple of the record and of the entries of every list that some rule reads or is for, by path."""
    facts: dict[str, set[int]] = {"": set()}
    for rule in program.rules:
        scopes = [rule.scope]
        for node in (rule.value, rule.divisor):
            if node is not None:
                _collect(node, facts, scopes)
        for scope in scopes:
            while scope:
                facts.setdefault(scope, set())
                scope = scope.rpartition(".")[0]
    lists = {
        scope: [other for other in sorted(facts) if other and other.rpartition(".")[0] == scope] for scope in facts
    }
    return {scope: _shape(scope, slots, lists[scope], vocabulary) for scope, slots in facts.items()}


def _shape(scope: str, read: set[int], lists: list[str], vocabulary: Vocabulary) -> EntryShape:
    slots, grouped = sorted(with_groups(read, scope, vocabulary)), grouped_in(read, scope, vocabulary)
    plain = tuple(slot for slot in slots if slot not in grouped)
    usual = f"usual_{scope.replace('.', '_') or 'record'}"
    return EntryShape(plain, tuple(slot for slot in slots if slot in grouped), tuple(lists), usual)


def _collect(node: Scaled, facts: dict[str, set[int]], scopes: list[str]) -> None:
    match node:
        case scaled.FactRead(scope=scope, slot=slot):
            facts.setdefault(scope, set()).add(slot)
            scopes.append(scope)
        case scaled.Through(scope=scope, target=target):
            scopes.append(scope)
            _collect(target, facts, scopes)
        case scaled.Fold() | scaled.Pick() | scaled.Rank():
            scopes.append(node.entries.scope)
        case _:
            pass
    for part in parts(node):
        _collect(part, facts, scopes)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a value comes out: by itself, at `place`; for entries, at `place` of the rows in `rows`."""

    place: int
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class RuleWhere:
    """Where a rule's `n`, its divisor, and whether it was assumed, come out; None: the rule has none."""

    value: Where
    divisor: Where | None = None
    assumed: Where | None = None
