"""One evaluation: the values of every rule for every entry, and the frames in which rules are evaluated."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from civil_aid_rules.facts.extract import Facts, Item
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.values import UNKNOWN, Value

Frame = tuple[Item, ...]
"""The record, then one entry for each `for_each` of the rule."""


@dataclass(frozen=True, slots=True)
class Env:
    """What one rule's body is evaluated in. `entries` has a place for each variable of the rule."""

    entries: list[Item]
    values: list[list[Value]]
    facts: Facts
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A program evaluated on one record. `values[slot][ordinal]` is a rule's value for the entry with that ordinal.

    `assumed` holds the (slot, ordinal) pairs whose value was unknown and was taken from `if_unknown`.
    """

    program: Program
    facts: Facts
    values: list[list[Value]]
    frames: dict[str, list[Frame]]
    assumed: frozenset[tuple[int, int]]

    def env(self, rule: Rule, ordinal: int) -> Env:
        """The environment of a rule for one entry."""
        frame = self.frames[rule.scope][ordinal]
        return new_env(rule, frame, self.values, self.facts, self.program.on)


def new_env(rule: Rule, frame: Frame, values: list[list[Value]], facts: Facts, on: datetime.date) -> Env:
    """An environment with room for every variable of the rule."""
    return Env([*frame, *(facts.root,) * (rule.variables - len(frame))], values, facts, on)


def frames_by_scope(facts: Facts, scopes: frozenset[str]) -> dict[str, list[Frame]]:
    """For each list's path: the frame of every entry, in the order of the entries' ordinals."""
    found: dict[str, list[Frame]] = {"": [(facts.root,)]}
    for scope in sorted(scopes):
        _add_frames(scope, facts, found)
    return found


def _add_frames(scope: str, facts: Facts, found: dict[str, list[Frame]]) -> None:
    if scope in found:
        return
    parent = scope.rpartition(".")[0]
    _add_frames(parent, facts, found)
    slot = facts.vocabulary.scopes[parent].lists[scope.rpartition(".")[2]].slot
    frames: list[Frame] = []
    for frame in found[parent]:
        entries = frame[-1].lists[slot]
        if entries is not UNKNOWN:
            frames.extend((*frame, entry) for entry in entries)
    found[scope] = frames
