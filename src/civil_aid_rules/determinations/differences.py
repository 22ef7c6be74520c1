"""Where two results differ: legal values, rules, and the values of rules. Compare and replay both stand on this."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Identity, Part, Result, RuleValue, UsedRule, UsedValue

_WORDS = {"title", "unit", "value_title"}
Only = Literal["before", "after"]


class ValueDifference(Part):
    """A dated legal value that is not the same on both sides; None: that side does not use it."""

    key: str
    title: Bilingual
    before: UsedValue | None
    after: UsedValue | None


class RuleDifference(Part):
    """A dated rule that is not the same on both sides; None: that side has no such rule."""

    key: str
    title: Bilingual
    before: UsedRule | None
    after: UsedRule | None


class Changed(Part):
    """A rule whose value differs, for the record ("$") or an entry. None is unknown; `only`: that side alone has it."""

    rule: str
    title: Bilingual
    entry: str
    type: str
    before: str | None
    after: str | None
    only: Only | None = None


def differing_values(before: Identity, after: Identity, *, frozen_days: bool = False) -> tuple[ValueDifference, ...]:
    """Legal values that differ in anything but their titles, by key; `frozen_days`: also in the day they are of."""
    mine, others = _by_key(before.values), _by_key(after.values)
    return tuple(
        ValueDifference(key=key.partition(" ")[0], title=(new or old).title, before=old, after=new)
        for key in sorted({*mine, *others})
        for old, new in zip_longest(mine.get(key, ()), others.get(key, ()))
        if _own(old, frozen_days) != _own(new, frozen_days)
    )


def differing_rules(before: Identity, after: Identity) -> tuple[RuleDifference, ...]:
    """Rules that differ in anything but their title and their place in a file, in evaluation order."""
    mine, others = ({rule.key: rule for rule in side.rules} for side in (before, after))
    found: list[RuleDifference] = []
    for key in evaluation_order(before, after):
        old, new = mine.get(key), others.get(key)
        named = new or old
        if named is not None and _stated(old) != _stated(new):
            found.append(RuleDifference(key=key, title=named.title, before=old, after=new))
    return tuple(found)


def changed_values(before: Result, after: Result) -> tuple[Changed, ...]:
    """Every rule whose value differs, entry by entry, in evaluation order."""
    titles = {rule.key: rule.title for side in (after, before) for rule in side.identity.rules}
    return tuple(
        changed
        for key in evaluation_order(before.identity, after.identity)
        for changed in _changed(key, titles[key], before.values.get(key), after.values.get(key))
    )


def evaluation_order(before: Identity, after: Identity) -> list[str]:
    """The rules of both sides: those of `before` in their order, each other behind the one it follows in `after`."""
    merged = [rule.key for rule in before.rules]
    known = set(merged)
    place = 0
    for rule in after.rules:
        if rule.key in known:
            place = merged.index(rule.key) + 1
        else:
            merged.insert(place, rule.key)
            known.add(rule.key)
            place += 1
    return merged


def _by_key(values: tuple[UsedValue, ...]) -> dict[str, list[UsedValue]]:
    """Each key's values: the one on the day decided first, then those on frozen days, in the order of the days."""
    found: dict[str, list[UsedValue]] = {}
    for value in sorted(values, key=lambda value: value.frozen_on or datetime.date.min):
        found.setdefault(f"{value.key} {'frozen' if value.frozen_on else ''}".strip(), []).append(value)
    return found


def _own(value: UsedValue | None, frozen_days: bool) -> dict[str, object] | None:
    left_out = _WORDS if frozen_days else {*_WORDS, "frozen_on"}
    return None if value is None else {k: v for k, v in value.__dict__.items() if k not in left_out}


def _stated(rule: UsedRule | None) -> tuple[object, ...] | None:
    return None if rule is None else (rule.from_date, rule.digest, rule.layer, rule.hypothetical)


def _changed(key: str, title: Bilingual, before: RuleValue | None, after: RuleValue | None) -> Iterator[Changed]:
    old, new = _entries(before), _entries(after)
    held = after or before
    if held is None:  # a result that was edited may name a rule and have no value for it
        return
    for entry in dict.fromkeys((*old, *new)):
        only: Only | None = "before" if entry not in new else "after" if entry not in old else None
        if only is not None or old[entry] != new[entry]:
            yield Changed(
                rule=key,
                title=title,
                entry=entry,
                type=held.type,
                before=old.get(entry),
                after=new.get(entry),
                only=only,
            )


def _entries(held: RuleValue | None) -> dict[str, str | None]:
    if held is None:
        return {}
    if held.entries is None:
        return {"$": held.value}
    return held.entries if held.value is None else {"$": held.value, **held.entries}
