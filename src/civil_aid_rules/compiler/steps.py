"""From one sound compilation to the next: where a program is only checked, only what may differ is looked at.

A rulebook is checked on every day on which something begins, alone and under each overlay. From one of these questions
to the next nearly every name means the same. Where the one was without fault, so is the other if nothing is wrong with

- the names of which something begins or ends between the two days, or that an overlay of either sets;
- the rules whose own head changed by that, or that read a name which changed;
- what follows from all rules together: the outcome, their order, their bounds.

Where anything is, or a name comes into force or goes out of it, or a rule reads a day of its own, the whole program is
compiled, which says what is wrong. So faults never depend on the way by which a question was reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from civil_aid_rules.compiler.compilation import Compilation
from civil_aid_rules.compiler.memory import KeptRule, KeptValue, Memory, Sound
from civil_aid_rules.compiler.namespace import DeclaredParameter, DeclaredRule
from civil_aid_rules.compiler.request import Request
from civil_aid_rules.compiler.rules import RuleMaker
from civil_aid_rules.compiler.scope import NotInForce, Signature

_Meaning = Signature | KeptValue | NotInForce


def sound(work: Compilation) -> Sound | None:
    """What a whole compilation found; None where anything is wrong or reads a day."""
    if work.problems or work.maker is None or any(kept.reads.day is not None for kept in work.maker.made.values()):
        return None
    declared = [item.key for item in work.memory.names.declared() if isinstance(item, DeclaredParameter)]
    values = {key: work.lookups.in_force(key) for key in declared}
    return Sound(work.request, dict(work.lookups.signatures), values, dict(work.maker.made))


def still_sound(before: Sound | None, work: Compilation) -> Sound | None:
    """What is known after the step from `before` to what `work` is to compile; None where that cannot be said."""
    if before is None or work.maker is None or before.request.known_on is not None or work.request.known_on is not None:
        return None
    names = _that_may_differ(before.request, work.request, work.memory)
    declared = [item for item in work.memory.names.declared() if isinstance(item, DeclaredRule)]
    heads = {item.key: work.maker.signature(item) for item in declared if item.key in names}
    values = {key: work.lookups.in_force(key) for key in names & before.values.keys()}
    changed = _changed(before.signatures, heads) | _changed(before.values, values)
    after = Sound(work.request, before.signatures | heads, before.values | values, dict(before.rules))
    if work.problems or not all(_means_something(sound, key) for sound in (before, after) for key in changed):
        return None
    work.lookups.signatures |= after.signatures
    for item in declared:
        kept = after.rules.get(item.key)
        if kept is not None and (item.key in names or _reads(kept, changed)):
            kept = _worked_out(item, work.maker)
            if kept is None or kept.reads.day is not None:
                return None
            after.rules[item.key] = kept
    work.in_order(work.maker, [kept.rule for kept in after.rules.values()])
    return None if work.problems else after


def _that_may_differ(before: Request, after: Request, memory: Memory) -> set[str]:
    """The names that may mean something else: all others mean the same, as is known today."""
    overlays = (*before.overlays, *after.overlays)
    overlaid = {str(key) for overlay in overlays for key in (*overlay.parameters, *overlay.rules)}
    return overlaid | memory.stated.begins_or_ends(*sorted((before.on, after.on)))


def _changed(before: Mapping[str, _Meaning], after: Mapping[str, _Meaning]) -> set[str]:
    """The names that mean something else; of one not in force it does not matter since when."""
    return {key for key, meaning in after.items() if not _alike(before[key], meaning)}


def _alike(old: _Meaning, new: _Meaning) -> bool:
    return old is new or (isinstance(old, NotInForce) and isinstance(new, NotInForce))


def _means_something(known: Sound, key: str) -> bool:
    """Whether a name means something, and nothing is wrong with that."""
    value = known.values.get(key)
    if value is not None:
        return isinstance(value, KeptValue) and not value.problems
    return isinstance(known.signatures[key], Signature)


def _reads(kept: KeptRule, names: Set[str]) -> bool:
    return not (names.isdisjoint(kept.reads.signatures) and names.isdisjoint(kept.reads.parameters))


def _worked_out(declared: DeclaredRule, maker: RuleMaker) -> KeptRule | None:
    maker.versions[declared.key] = maker.selector.rule(declared)
    return maker.rule(declared)
