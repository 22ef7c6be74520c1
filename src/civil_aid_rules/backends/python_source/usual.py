"""The usual entry, of which a record says little: groups of facts that are left out settle most of what reads them.

A household that has no steps of a procedure on record, a person on whom no data were compared: what rules over such
groups come to is worked out when compiling, and printed as the short one of two branches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from civil_aid_rules.backends.python_source.passes import Item, Needs, depth
from civil_aid_rules.compiler.simplify import NO_ENTRY, NOTHING_KNOWN, rebuilt
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.scaled import Constant, FactRead, RuleRead, Scaled, ScaledRule, parts
from civil_aid_rules.ir.types import GroupType
from civil_aid_rules.ir.values import NONE

FEWEST = 2
"""From so many rules on, two branches are worth their lines."""


@dataclass(slots=True)
class Usual:
    """What is settled of an entry while all its groups are left out; `name` is the condition that they are."""

    scope: str
    facts: dict[Scaled, Constant]
    rules: dict[int, Constant] = field(default_factory=dict)
    name: str = ""

    def settled(self, node: Scaled) -> Constant | None:
        """The constant that a fact or rule then is."""
        if isinstance(node, RuleRead) and node.variable == depth(self.scope) and node.part == "value":
            return self.rules.get(node.rule)
        return self.facts.get(node) if isinstance(node, FactRead) else None

    def simpler(self, node: Scaled) -> Scaled:
        """The node, as far as it is not settled."""
        return rebuilt(node, self.settled)

    def affects(self, node: Scaled, rules: Sequence[int] = ()) -> bool:
        """Whether a node reads what is settled, or one of the rules at its own entry."""
        if isinstance(node, RuleRead) and node.rule in rules and node.variable == depth(self.scope):
            return True
        return self.settled(node) is not None or any(self.affects(part, rules) for part in parts(node))


def usual_of(scope: str, grouped: Sequence[int], vocabulary: Vocabulary) -> Usual | None:
    """What is usual of the entries of a list, given the facts of groups that are read; None where there are none."""
    fields = list(vocabulary.scopes[scope].facts.values())
    facts: dict[Scaled, Constant] = {
        FactRead(depth(scope), scope, slot): NO_ENTRY if fields[slot].absent is NONE else NOTHING_KNOWN
        for slot in grouped
    }
    return Usual(scope, facts) if facts else None


def with_groups(slots: set[int], scope: str, vocabulary: Vocabulary) -> set[int]:
    """The facts that are read, and the groups that they stand in."""
    fields = list(vocabulary.scopes[scope].facts.values())
    within = {fields[slot].attribute for slot in slots if fields[slot].within}
    return slots | {item.slot for item in fields if item.name in within and isinstance(item.type, GroupType)}


def grouped_in(slots: set[int], scope: str, vocabulary: Vocabulary) -> set[int]:
    """The facts of groups that may be left out, and those that are groups, as far as they are read."""
    found = with_groups(slots, scope, vocabulary)
    fields = list(vocabulary.scopes[scope].facts.values())
    groups = {fields[slot].attribute for slot in found if isinstance(fields[slot].type, GroupType)}
    return {slot for slot in found if fields[slot].attribute in groups}


def affected_of(usual: Usual, rules: Sequence[ScaledRule], needs: Mapping[Item, Needs]) -> tuple[list[int], list[int]]:
    """The rules that a usual entry settles or makes simpler, in order, and those that must come after them.

    Rules with a divisor or a default are not settled; what reads such a rule comes after it, and so after the branches.
    """
    found: list[int] = []
    late: list[int] = []
    for rule in rules:
        near = needs[rule.slot].near
        if not near.isdisjoint(late):
            late.append(rule.slot)
        elif rule.assumed is None and rule.divisor is None and usual.affects(rule.value, found):
            found.append(rule.slot)
        elif not near.isdisjoint(found):
            late.append(rule.slot)
    return found, late
