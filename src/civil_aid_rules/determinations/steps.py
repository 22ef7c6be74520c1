"""The trace as part of a result's JSON: each step as texts."""

from __future__ import annotations

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.determinations.result import Result, TraceInput, TraceStep
from civil_aid_rules.determinations.texts import type_name, value_text
from civil_aid_rules.determinations.trace import Input, Step, trace
from civil_aid_rules.facts.extract import Facts
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.text import node_text


def result_with_steps(result: Result, evaluation: Evaluation) -> Result:
    """The result with one step per rule and entry, in evaluation order."""
    rules = evaluation.program.rules
    formulas = {rule.slot: node_text(rule.body, lambda slot: rules[slot].key) for rule in rules}
    steps = tuple(_step(step, formulas[step.rule.slot], evaluation) for step in trace(evaluation))
    return result.model_copy(update={"steps": steps})


def _step(step: Step, formula: str, evaluation: Evaluation) -> TraceStep:
    rule, facts, outcome = step.rule, evaluation.facts, evaluation.program.outcome
    return TraceStep(
        rule=rule.key,
        entry=step.entry,
        title=rule.title,
        type=type_name(rule.type),
        value=value_text(step.value, facts),
        before_rounding=None if step.before_rounding is None else value_text(step.before_rounding, facts),
        outcome=("eligible" if rule.slot == outcome.eligible else "payment" if rule.slot == outcome.payment else None),
        formula=formula,
        branches=tuple(branch.id for branch in step.branches),
        inputs=tuple(_input(item, facts) for item in step.inputs),
        assumed=step.assumed,
        hypothetical=rule.hypothetical,
        at=step.at,
        citations=rule.citations,
    )


def _input(item: Input, facts: Facts) -> TraceInput:
    parameter: ParameterValue | None = item.parameter
    value = "table" if parameter is not None and parameter.shape is not None else value_text(item.value, facts)
    return TraceInput(
        kind=item.kind,
        name=item.name,
        title=item.title,
        value=value,
        unit=type_name(item.type),
        from_date=None if parameter is None else parameter.from_date,
        published=None if parameter is None else parameter.published,
        hypothetical=parameter is not None and parameter.hypothetical,
        citations=() if parameter is None else parameter.citations,
    )
