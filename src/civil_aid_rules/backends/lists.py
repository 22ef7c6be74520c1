"""What aggregates and orderings over a list mean.

A list that is unknown makes all of them unknown. An entry whose filter is unknown may or may not count.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from civil_aid_rules.backends.evaluation import Env, Meaning
from civil_aid_rules.backends.operators import extreme_of
from civil_aid_rules.facts.extract import Item
from civil_aid_rules.ir.nodes import ListRead
from civil_aid_rules.ir.values import NONE, NUMBER, UNKNOWN, Exact, ItemReference, Value, exact


@dataclass(frozen=True, slots=True)
class Filtered:
    """The entries of a list that meet a condition, each bound to `variable` while it is looked at."""

    entries: ListRead
    variable: int
    condition: Meaning | None

    def is_known(self, env: Env) -> bool:
        """Whether it is known which entries the list has."""
        return env.entries[self.entries.variable].lists[self.entries.slot] is not UNKNOWN

    def meeting(self, env: Env) -> Iterator[tuple[Item, Value]]:
        """Each entry that meets the condition (True) or may meet it (UNKNOWN)."""
        for entry in entries_of(self.entries, env) or ():
            env.entries[self.variable] = entry
            test: Value = True if self.condition is None else self.condition(env)
            if test is not False:
                yield entry, test


def entries_of(read: ListRead, env: Env) -> tuple[Item, ...] | None:
    """The entries of a list, or None where the list is unknown."""
    found = env.entries[read.variable].lists[read.slot]
    return None if found is UNKNOWN else found


# --- aggregates -------------------------------------------------------------------------------------------------------


def count(over: Filtered) -> Meaning:
    """How many meet the condition; of nothing 0; unknown while one may or may not."""

    def value(env: Env) -> Value:
        tests = [test for _, test in over.meeting(env)]
        return len(tests) if over.is_known(env) and UNKNOWN not in tests else UNKNOWN

    return value


def total(over: Filtered, amount: Meaning) -> Meaning:
    """The sum; of nothing 0. An entry that may not count leaves it unknown, unless its amount is known to be 0."""

    def value(env: Env) -> Value:
        if not over.is_known(env):
            return UNKNOWN
        result: Exact = 0
        for _, test in over.meeting(env):
            part = amount(env)
            if not isinstance(part, NUMBER) or (test is UNKNOWN and part != 0):
                return UNKNOWN
            result += part
        return exact(result)

    return value


def any_of(over: Filtered, holds: Meaning) -> Meaning:
    """`or` over (condition and value); of nothing no."""

    def value(env: Env) -> Value:
        if not over.is_known(env):
            return UNKNOWN
        result: Value = False
        for _, test in over.meeting(env):
            found = holds(env)
            if found is True and test is True:
                return True
            if found is not False:
                result = UNKNOWN
        return result

    return value


def all_of(over: Filtered, holds: Meaning, if_empty: Meaning) -> Meaning:
    """`and` over (not condition or value); of nothing `if_empty`."""

    def value(env: Env) -> Value:
        if not over.is_known(env):
            return UNKNOWN
        result: Value = True
        may_be_empty = True
        for _, test in over.meeting(env):
            found = holds(env)
            if found is False and test is True:
                return False
            if found is not True:
                result = UNKNOWN
            may_be_empty = may_be_empty and test is UNKNOWN
        return _or_empty(result, if_empty, over, env) if may_be_empty else result

    return value


def _or_empty(result: Value, if_empty: Meaning, over: Filtered, env: Env) -> Value:
    """Nobody surely counts: the value for nothing, which must agree with what those who may count give."""
    nothing = if_empty(env)
    nobody = next(over.meeting(env), None) is None
    return nothing if nobody or nothing == result else UNKNOWN


def extreme_over(function: str, over: Filtered, amount: Meaning, if_empty: Meaning) -> Meaning:
    """The smallest or largest; of nothing `if_empty`."""

    def value(env: Env) -> Value:
        if not over.is_known(env):
            return UNKNOWN
        amounts = [UNKNOWN if test is UNKNOWN else amount(env) for _, test in over.meeting(env)]
        return extreme_of(function, amounts) if amounts else if_empty(env)

    return value


# --- one of a list, and the place in it -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ordering:
    """By what entries are ordered, which end comes first, and which of equals does."""

    over: Filtered
    by: Meaning
    highest_first: bool
    last_listed_first: bool

    def ordered(self, env: Env) -> list[tuple[Value, Item]] | None:
        """The entries that meet the condition, with what they are ordered by, in order; None while that is open."""
        if not self.over.is_known(env):
            return None
        keyed: list[tuple[Value, Item]] = []
        for entry, test in self.over.meeting(env):
            key = self.by(env)
            if test is UNKNOWN or key is UNKNOWN:
                return None
            keyed.append((key, entry))
        if self.last_listed_first:
            keyed.reverse()
        # Sorting keeps the order of equals, also in reverse: so the tie rule holds both ways.
        return sorted(keyed, key=_sort_key, reverse=self.highest_first)


def _sort_key(pair: tuple[Value, Item]) -> Exact:
    key = pair[0]
    if isinstance(key, datetime.date):
        return key.toordinal()
    return key if isinstance(key, NUMBER) else Fraction(0)


def pick(ordering: Ordering) -> Meaning:
    """The entry in first place; none where no entry meets the condition."""

    def value(env: Env) -> Value:
        ordered = ordering.ordered(env)
        if ordered is None:
            return UNKNOWN
        return ItemReference(ordered[0][1].scope, ordered[0][1].ordinal) if ordered else NONE

    return value


def rank(ordering: Ordering, subject: int, shared: bool, outside: Meaning) -> Meaning:
    """The place, from 1, of the entry that `subject` stands for; `outside` where it does not meet the condition.

    `shared`: equals share the first of their places; else the list's order decides.
    """

    def value(env: Env) -> Value:
        here = env.entries[subject]
        ordered = ordering.ordered(env)
        if ordered is None:
            return UNKNOWN
        places = [entry for _, entry in ordered]
        if here not in places:
            return outside(env)
        place = places.index(here)
        return [key for key, _ in ordered].index(ordered[place][0]) + 1 if shared else place + 1

    return value
