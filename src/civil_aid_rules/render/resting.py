"""Which steps of a trace the outcome rests on: from the outcome's rules back through what each of them read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.determinations.grounds import Input
from civil_aid_rules.determinations.result import Status
from civil_aid_rules.determinations.trace import Step, trace
from civil_aid_rules.ir.nodes import Graduated, IsSet, Node, ParameterRead, RuleRead, TableRead
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.traverse import walk
from civil_aid_rules.ir.types import YesNoType
from civil_aid_rules.render.reading import Reading

Group = tuple[Step, ...]
"""The steps of one rule: one, or one for each entry."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What the outcome rests on, by rule, each behind what it reads, and the legal values among what was read.

    `calculation` are the numbers, days and choices, `points` the yes/no points. A line of a sum that is 0 rests on
    nothing here; the legal values behind it are named all the same.
    """

    payments: Group
    calculation: tuple[Group, ...]
    points: tuple[Group, ...]
    parameters: tuple[ParameterValue, ...]


def resting(reading: Reading, status: Status) -> Resting:
    """Everything that the status, the payment and what stands beside them rest on; of a refusal, the refusal alone."""
    evaluation = reading.evaluation
    steps = trace(evaluation)
    outcome = evaluation.program.outcome
    beside = [node.rule for item in outcome.beside for node in walk(item.node) if isinstance(node, RuleRead)]
    counting, full = (_Reached(steps, reading, zero_lines=zero_lines) for zero_lines in (False, True))
    others = [*([] if outcome.payment is None else [outcome.payment]), *beside]
    if status == "ineligible":
        others = [slot for slot in others if outcome.payment not in counting.slots(slot)]
    starts = [outcome.eligible, *others]
    groups = counting.groups(starts)
    points = tuple(group for group in groups if _is_point(group) and group[0].rule.slot != outcome.eligible)
    numbers = tuple(group for group in groups if not _is_point(group))
    payments = tuple(step for step in steps if step.rule.slot == outcome.payment)
    return Resting(payments, numbers, points, _parameters(full.groups(starts), evaluation))


def behind_payment(reading: Reading) -> tuple[Group, ...]:
    """The steps that the payment rests on, each behind what it reads; none where nothing is paid."""
    payment = reading.evaluation.program.outcome.payment
    reached = _Reached(trace(reading.evaluation), reading, zero_lines=False)
    return () if payment is None else reached.groups([payment])


def _is_point(group: Group) -> bool:
    return isinstance(group[0].rule.type, YesNoType)


class _Reached:
    """Follows what steps read; `zero_lines`: also through lines of a sum that are 0."""

    def __init__(self, steps: tuple[Step, ...], reading: Reading, *, zero_lines: bool) -> None:
        self.steps = steps
        self.reading = reading
        self.zero_lines = zero_lines
        self._by_name = {_name(step.rule.key, step.entry): step for step in steps}

    def groups(self, slots: Sequence[int]) -> tuple[Group, ...]:
        """The steps that the rules in these slots rest on, by rule: each behind what it reads, in the order read."""
        found = self._followed(slots)
        read: dict[int, list[int]] = {}
        for step, inputs in found.values():
            read.setdefault(step.rule.slot, []).extend(self._by_name[name].rule.slot for name in inputs)
        steps: dict[int, list[Step]] = {}
        for step in self.steps:
            if _name(step.rule.key, step.entry) in found:
                steps.setdefault(step.rule.slot, []).append(step)
        return tuple(tuple(steps[slot]) for slot in _behind(slots, read) if slot in steps)

    def slots(self, slot: int) -> set[int]:
        """The rules that one rule rests on, and that rule."""
        return {step.rule.slot for step, _ in self._followed([slot]).values()}

    def _followed(self, slots: Sequence[int]) -> dict[str, tuple[Step, list[str]]]:
        """Each step reached, with the names of those that it read."""
        found: dict[str, tuple[Step, list[str]]] = {}
        waiting = [step for step in self.steps if step.rule.slot in slots]
        while waiting:
            step = waiting.pop()
            name = _name(step.rule.key, step.entry)
            if name not in found:
                read = (_name(item.own_name, item.of or "$") for item in self._inputs(step) if item.kind == "rule")
                found[name] = (step, [other for other in read if other in self._by_name])
                waiting.extend(self._by_name[other] for other in found[name][1])
        return found

    def _inputs(self, step: Step) -> Iterator[Input]:
        """What a step read; without what only its lines of 0 read."""
        left_out: set[object] = set()
        if not self.zero_lines and any(value != 0 for _, value in step.lines):
            read = [
                (value == 0, self.reading.read_by(named.body, self.reading.env(step))) for named, value in step.lines
            ]
            left_out = {key for is_zero, keys in read if is_zero for key in keys}
            left_out -= {key for is_zero, keys in read if not is_zero for key in keys}
        return (item for key, item in step.grounds.inputs.items() if key not in left_out)


def _behind(slots: Sequence[int], read: dict[int, list[int]]) -> list[int]:
    """The slots with all that they read, each behind what it reads itself."""
    done: dict[int, None] = {}
    waiting = [(slot, False) for slot in reversed(slots)]
    while waiting:
        slot, is_read = waiting.pop()
        if is_read:
            done[slot] = None
        elif slot not in done:
            waiting.append((slot, True))
            waiting.extend((other, False) for other in reversed(read.get(slot, [])) if other not in done)
    return list(done)


def _name(key: str, entry: str) -> str:
    return f"{key} {entry}"


def _parameters(groups: Iterable[Group], evaluation: Evaluation) -> tuple[ParameterValue, ...]:
    """Every legal value read, once."""
    steps = (step for group in groups for step in group)
    read = [item.parameter for step in steps for item in step.inputs if item.parameter is not None]
    read += [value for item in evaluation.program.outcome.beside for value in _parameters_in(item.node)]
    return tuple({(value.key, value.frozen_on): value for value in read}.values())


def _parameters_in(node: Node) -> Iterator[ParameterValue]:
    for part in walk(node):
        if isinstance(part, ParameterRead | TableRead | Graduated | IsSet):
            yield part.parameter
