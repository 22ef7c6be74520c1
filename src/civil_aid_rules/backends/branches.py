"""What branching forms mean: cases, exceptions, decision tables, choices.

A form has the value of the branch that applies. Where a test is unknown, several branches are still possible; the form
then has a known value only if all of them are known and equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from civil_aid_rules.backends.evaluation import Env, Meaning
from civil_aid_rules.backends.operators import extreme_of
from civil_aid_rules.ir.values import NUMBER, UNKNOWN, Exact, Value, exact

Result = TypeVar("Result")
Tested = Sequence[tuple[Meaning, Result]]
"""Branches: what tests each, and what it results in."""


# --- which branches are possible --------------------------------------------------------------------------------------


def possible_cases(branches: Tested[Result], otherwise: Result, env: Env) -> list[Result]:
    """In order: after an unknown test the later branches stay possible, up to the first that surely holds."""
    possible: list[Result] = []
    for test, result in branches:
        holds = test(env)
        if holds is not False:
            possible.append(result)
        if holds is True:
            return possible
    possible.append(otherwise)
    return possible


def applying(branches: Tested[Result], env: Env) -> tuple[list[Result], list[Result]]:
    """Whatever their order: the branches whose test holds, and those whose test is unknown."""
    yes: list[Result] = []
    maybe: list[Result] = []
    for test, result in branches:
        holds = test(env)
        if holds is True:
            yes.append(result)
        elif holds is not False:
            maybe.append(result)
    return yes, maybe


def possible_exceptions(branches: Tested[Result], base: Result, env: Env) -> list[Result]:
    """The exceptions that apply or may apply, and the base while none surely applies."""
    yes, maybe = applying(branches, env)
    return [*yes, *maybe] if yes else [*maybe, base]


def agreed(possible: Sequence[Meaning], env: Env) -> Value:
    """The value that all have; unknown when one is unknown, when two differ, and when there is none."""
    if not possible:
        return UNKNOWN
    first = possible[0](env)
    for other in possible[1:]:
        if first is UNKNOWN or other(env) != first:
            return UNKNOWN
    return first


# --- forms ------------------------------------------------------------------------------------------------------------


def cases(branches: Tested[Meaning], otherwise: Meaning) -> Meaning:
    """The value of the first branch whose test holds; from an unknown test on, what all that are possible agree on."""

    def value(env: Env) -> Value:
        for test, result in branches:
            holds = test(env)
            if holds is True:
                return result(env)
            if holds is not False:
                return agreed(possible_cases(branches, otherwise, env), env)
        return otherwise(env)

    return value


def exceptions(base: Meaning, branches: Tested[Meaning]) -> Meaning:
    """The value of the exception that applies, else the base. Two that apply and differ are a conflict: unknown."""

    def value(env: Env) -> Value:
        return agreed(possible_exceptions(branches, base, env), env)

    return value


def unique_row(rows: Tested[Meaning | None]) -> Meaning:
    """The value of the row that applies; of those still possible where that is open. None: a row that cannot occur."""

    def value(env: Env) -> Value:
        yes, maybe = applying(rows, env)
        return agreed([row for row in (yes or maybe) if row is not None], env)

    return value


def collected_rows(rows: Tested[Meaning | None]) -> Meaning:
    """The rows that apply, added up. One that may apply leaves the sum unknown, unless it adds 0 or cannot occur."""

    def value(env: Env) -> Value:
        yes, maybe = applying(rows, env)
        amounts = [UNKNOWN if row is None else row(env) for row in yes]
        if any(row(env) != 0 for row in maybe if row is not None):
            return UNKNOWN
        return sum_of(amounts)

    return value


def sum_of(amounts: Sequence[Value]) -> Value:
    """Numbers added up; unknown if one of them is."""
    total: Exact = 0
    for amount in amounts:
        if not isinstance(amount, NUMBER):
            return UNKNOWN
        total += amount
    return exact(total)


def choice(take: str, options: Sequence[Meaning]) -> Meaning:
    """The highest, the lowest, or the first option above zero (0 where none is)."""

    def value(env: Env) -> Value:
        if take == "first_above_zero":
            return _first_above_zero(options, env)
        return extreme_of("max" if take == "highest" else "min", [option(env) for option in options])

    return value


def _first_above_zero(options: Sequence[Meaning], env: Env) -> Value:
    for option in options:
        found = option(env)
        if not isinstance(found, NUMBER):
            return UNKNOWN
        if found > 0:
            return found
    return 0
