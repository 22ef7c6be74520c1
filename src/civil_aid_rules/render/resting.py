"""Which steps of a trace the outcome rests on: from the outcome's rules back through what each of them read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.determinations.trace import Step, trace
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Graduated,
    IsSet,
    Node,
    ParameterRead,
    Pick,
    Rank,
    RuleRead,
    TableRead,
    Through,
)
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.traverse import walk
from civil_aid_rules.ir.types import YesNoType


@dataclass(frozen=True, slots=True)
class Resting:
    """The steps that the outcome rests on, by rule, in evaluation order, and the legal values among what they read.

    `main` are those that the sum is made of; `details` the yes/no points and what is worked out for each entry.
    """

    main: tuple[tuple[Step, ...], ...]
    details: tuple[tuple[Step, ...], ...]
    parameters: tuple[ParameterValue, ...]


def resting(evaluation: Evaluation) -> Resting:
    """Everything that the status, the payment and what stands beside them rest on."""
    steps = trace(evaluation)
    reached = _reached(steps, evaluation)
    program = evaluation.program
    near = ("", program.outcome.lines)
    main: dict[str, list[Step]] = {}
    details: dict[str, list[Step]] = {}
    for step in reached:
        plain = step.rule.scope in near and not isinstance(step.rule.type, YesNoType)
        (main if plain else details).setdefault(step.rule.key, []).append(step)
    return Resting(_groups(main), _groups(details), _parameters(reached, evaluation))


def _groups(found: dict[str, list[Step]]) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(steps) for steps in found.values())


def _name(step: Step) -> str:
    return step.rule.key if step.entry == "$" else f"{step.rule.key} {step.entry}"


def _reached(steps: tuple[Step, ...], evaluation: Evaluation) -> list[Step]:
    """The steps reached, in evaluation order. Rules read in a list's condition count: they say who is left out."""
    by_name = {_name(step): step for step in steps}
    by_rule: dict[int, list[Step]] = {}
    for step in steps:
        by_rule.setdefault(step.rule.slot, []).append(step)
    seen: set[str] = set()
    waiting = [step for slot in _starts(evaluation) for step in by_rule.get(slot, [])]
    while waiting:
        step = waiting.pop()
        if _name(step) in seen:
            continue
        seen.add(_name(step))
        waiting.extend(by_name[item.name] for item in step.inputs if item.kind == "rule" and item.name in by_name)
        waiting.extend(other for slot in _conditions(step) for other in by_rule.get(slot, []))
    return [step for step in steps if _name(step) in seen]


def _starts(evaluation: Evaluation) -> Iterator[int]:
    outcome = evaluation.program.outcome
    yield outcome.eligible
    if outcome.payment is not None:
        yield outcome.payment
    for item in outcome.beside:
        yield from (node.rule for node in walk(item.node) if isinstance(node, RuleRead))


def _conditions(step: Step) -> Iterator[int]:
    """The rules that decide which entries of a list count."""
    for part in _parts_of_conditions(step):
        if isinstance(part, RuleRead):
            yield part.rule
        elif isinstance(part, Through) and isinstance(part.target, RuleRead):
            yield part.target.rule


def _parts_of_conditions(step: Step) -> Iterator[Node]:
    for node in walk(step.rule.body):
        if isinstance(node, Aggregate | Pick | Rank) and node.condition is not None:
            yield from walk(node.condition)


def _parameters(steps: Iterable[Step], evaluation: Evaluation) -> tuple[ParameterValue, ...]:
    """Every legal value read, once."""
    found: dict[tuple[str, object], ParameterValue] = {}
    for parameter in _read(steps, evaluation):
        found.setdefault((parameter.key, parameter.frozen_on), parameter)
    return tuple(found.values())


def _read(steps: Iterable[Step], evaluation: Evaluation) -> Iterator[ParameterValue]:
    for step in steps:
        yield from (item.parameter for item in step.inputs if item.parameter is not None)
        yield from _parameters_in(_parts_of_conditions(step))
    for beside in evaluation.program.outcome.beside:
        yield from _parameters_in(walk(beside.node))


def _parameters_in(nodes: Iterable[Node]) -> Iterator[ParameterValue]:
    for node in nodes:
        if isinstance(node, ParameterRead | TableRead | Graduated | IsSet):
            yield node.parameter
