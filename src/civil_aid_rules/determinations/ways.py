"""Which sets of missing facts could bring about an award: a yes, and then a known amount."""

from __future__ import annotations

from dataclasses import replace

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.backends.interpreter import run
from civil_aid_rules.determinations.alternatives import Alternative, Alternatives
from civil_aid_rules.determinations.missing import Readings
from civil_aid_rules.ir.nodes import Constant
from civil_aid_rules.ir.values import UNKNOWN

Facts = frozenset[str]
"""Names of missing facts, such as `$.members[0].income`."""


def ways_to_award(evaluation: Evaluation) -> tuple[Facts, ...]:
    """The sets of facts with which an open case can become an award; one empty set where facts have no part in it.

    Of two ways the one that needs more legal values set is none; what is not a fact is not named. Empty where the list
    of lines itself is not known: all that is missing is then needed.
    """
    yes, amounts = _facts_of(_to_yes(evaluation)), _facts_of(_to_amount(evaluation))
    return tuple(dict.fromkeys(way | amount for way in yes for amount in amounts))


def _to_yes(evaluation: Evaluation) -> list[Alternative]:
    slot = evaluation.program.outcome.eligible
    values = evaluation.values[slot]
    if True in values:
        return [frozenset()]
    open_ordinals = [ordinal for ordinal, value in enumerate(values) if value is UNKNOWN]
    return Alternatives(evaluation, Readings()).of_yes(slot, open_ordinals)


def _to_amount(evaluation: Evaluation) -> list[Alternative]:
    """What the amount waits for once the status is yes: looked up as if it were."""
    program = evaluation.program
    outcome = program.outcome
    if outcome.payment is None:
        return [frozenset()]
    eligible = program.rules[outcome.eligible]
    rules = (
        *program.rules[: eligible.slot],
        replace(eligible, body=Constant(True)),
        *program.rules[eligible.slot + 1 :],
    )
    granted = run(replace(program, rules=rules), evaluation.facts)
    values, before = granted.values[outcome.payment], evaluation.values[outcome.eligible]
    refused = {ordinal for ordinal, value in enumerate(before) if value is False} if eligible.scope else set[int]()
    open_ordinals = [n for n, value in enumerate(values) if value is UNKNOWN and n not in refused]
    if not open_ordinals:
        return [frozenset()]
    return Alternatives(granted, Readings()).of_amount(outcome.payment, open_ordinals, ())


def _facts_of(ways: list[Alternative]) -> list[Facts]:
    """The facts of each way that needs nothing else, or no more else than another."""
    others = [frozenset(leaf for leaf in way if leaf.kind != "fact") for way in ways]
    kept = [way for way, other in zip(ways, others, strict=True) if not any(less < other for less in others)]
    return [frozenset(leaf.name for leaf in way if leaf.kind == "fact") for way in kept]
