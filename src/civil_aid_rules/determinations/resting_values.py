"""The legal values that a result's status and payment rest on, out of all that the program uses."""

from __future__ import annotations

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.determinations.trace import trace


def resting_values(evaluation: Evaluation) -> frozenset[str]:
    """Their keys (`urban_dibao.standard`), found by following the trace back from the outcome."""
    outcome = evaluation.program.outcome
    steps = {(step.name, step.entry): step for step in trace(evaluation)}
    waiting = [place for place, step in steps.items() if step.rule.slot in (outcome.eligible, outcome.payment)]
    seen = set(waiting)
    found: set[str] = set()
    while waiting:
        for item in steps[waiting.pop()].inputs:
            if item.parameter is not None:
                found.add(item.parameter.key)
            name, _, entry = item.name.partition(" ")
            place = (name, entry or "$")
            if item.kind == "rule" and place in steps and place not in seen:
                seen.add(place)
                waiting.append(place)
    return frozenset(found)
