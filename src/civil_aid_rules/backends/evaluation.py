"""One evaluation: the values of every rule for every entry, and the frames in which rules are evaluated."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from civil_aid_rules.facts.extract import Facts, Item
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.values import UNKNOWN, Value

Frame = tuple[Item, ...]
"""The record, then an entry for each `for_each` on the way to a list's entry."""


@dataclass(slots=True)
class Env:
    """What one rule's body is evaluated in.

    `entries` has the entry that each variable stands for; a list that is looked through binds its own variable anew for
    each of its entries. `meanings` holds what the program's nodes mean, by the node's identity.
    """

    entries: list[Item]
    values: list[list[Value]]
    facts: Facts
    on: datetime.date
    meanings: dict[int, Meaning] = field(default_factory=dict)


Meaning = Callable[[Env], Value]
"""What a node means: its value in an environment."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A program evaluated on one record. `values[slot][ordinal]` is a rule's value for the entry with that ordinal.

    `assumed` holds the (slot, ordinal) pairs whose value was unknown and was taken from `if_unknown`. `prepared` holds
    what others have worked out from the program once, for all its evaluations, by what it is.
    """

    program: Program
    facts: Facts
    values: list[list[Value]]
    frames: dict[str, list[Frame]]
    assumed: frozenset[tuple[int, int]]
    meanings: dict[int, Meaning] = field(repr=False, compare=False)
    prepared: dict[type, Any] = field(repr=False, compare=False)

    def __deepcopy__(self, memo: dict[int, Any]) -> Evaluation:
        return self  # it never changes

    def column(self, slot: int) -> list[Value]:
        """The values of one rule, by ordinal."""
        return self.values[slot]

    @property
    def paths(self) -> dict[str, list[str]]:
        """The path of every entry, `$.members[1]`, by the list's."""
        return {scope: [frame[-1].path for frame in frames] for scope, frames in self.frames.items()}

    def env(self, rule: Rule, ordinal: int) -> Env:
        """The environment of a rule for one entry."""
        return self._env(self.frames[rule.scope][ordinal], rule.variables)

    def env_of_record(self, variables: int = 1) -> Env:
        """The environment of what is for the whole record, such as a value that stands beside the result."""
        return self._env(self.frames[""][0], variables)

    def _env(self, frame: Frame, variables: int) -> Env:
        return Env(with_room(frame, variables), self.values, self.facts, self.program.on, self.meanings)


def with_room(frame: Frame, variables: int) -> list[Item]:
    """The frame's entries, and room for the variables that lists bind."""
    return [*frame, *frame[:1] * (variables - len(frame))]


def frames_of(scopes: Iterable[str], facts: Facts) -> dict[str, list[Frame]]:
    """For each list's path, outer lists first: the frame of every entry, in the order of the entries' ordinals."""
    found: dict[str, list[Frame]] = {"": [(facts.root,)]}
    for scope in scopes:
        parent, _, name = scope.rpartition(".")
        slot = facts.vocabulary.scopes[parent].lists[name].slot
        found[scope] = [(*frame, entry) for frame in found[parent] for entry in _entries(frame[-1], slot)]
    return found


def _entries(item: Item, slot: int) -> tuple[Item, ...]:
    """The entries of a list; none where the list is unknown."""
    entries = item.lists[slot]
    return () if entries is UNKNOWN else entries
