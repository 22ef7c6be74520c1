"""The trace of an evaluation: one step per rule and entry, with what decided its value.

A step holds its value as it is (exact number, day); texts are made when someone looks. What the value rests on follows
from the evaluation, which never changes: it is worked out the first time that someone looks at the step, and kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from civil_aid_rules.backends.evaluation import Evaluation, Meaning
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.grounds import Grounds, Input, Look, Looks
from civil_aid_rules.ir.nodes import Named, Round
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.values import Value


class Step:
    """One rule for the record (`entry` "$") or for one entry of its list."""

    __slots__ = ("_evaluation", "_grounds", "_ordinal", "_traced", "entry", "value")

    def __init__(self, traced: TracedRule, evaluation: Evaluation, ordinal: int, entry: str, value: Value) -> None:
        self.entry = entry
        self.value = value
        self._traced = traced
        self._evaluation = evaluation
        self._ordinal = ordinal
        self._grounds: Grounds | None = None

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self._traced.rule

    @property
    def grounds(self) -> Grounds:
        """What the value rests on: looked at once."""
        if self._grounds is None:
            found = Grounds(self._evaluation.values, {}, [])
            self._traced.look(self._evaluation.env(self.rule, self._ordinal), found)
            self._grounds = found
        return self._grounds

    @property
    def before_rounding(self) -> Value | None:
        """The value before the rule rounds it; None where the rule does not round."""
        before = self._traced.before_rounding
        return None if before is None else before(self._evaluation.env(self.rule, self._ordinal))

    @property
    def assumed(self) -> bool:
        """Whether the value was unknown and taken from the rule's `if_unknown`."""
        return (self.rule.slot, self._ordinal) in self._evaluation.assumed

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The facts, rules and legal values that decided the value, each once."""
        return tuple(self.grounds.inputs.values())

    @property
    def branches(self) -> tuple[Named, ...]:
        """The cases, exceptions, rows and options taken."""
        return self.grounds.branches

    @property
    def conditions(self) -> tuple[tuple[Named, Value], ...]:
        """Each named condition with its value."""
        return self.grounds.conditions

    @property
    def lines(self) -> tuple[tuple[Named, Value], ...]:
        """Each line of a sum with its value."""
        return self.grounds.lines

    @property
    def name(self) -> str:
        """The rule's key, `urban_dibao.per_capita_income`."""
        return self._traced.rule.key

    @property
    def title(self) -> Bilingual:
        """The rule's title."""
        return self.rule.title

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The rule's legal sources."""
        return self.rule.citations

    @property
    def at(self) -> str:
        """file:line:column of the rule."""
        return str(self.rule.at)

    def __repr__(self) -> str:
        return f"<Step {self.name} {self.entry}: {self.value}>"


@dataclass(frozen=True, slots=True)
class TracedRule:
    """How a rule's steps are looked at: its value before rounding, and what it rests on."""

    rule: Rule
    before_rounding: Meaning | None
    look: Look


@dataclass(frozen=True, slots=True)
class Tracer:
    """How one program is traced, worked out once."""

    rules: tuple[TracedRule, ...]

    def trace(self, evaluation: Evaluation) -> tuple[Step, ...]:
        """Every step of an evaluation of the program, in evaluation order."""
        paths = evaluation.paths
        steps: list[Step] = []
        for traced, values in zip(self.rules, evaluation.values, strict=True):
            if traced.rule.scope:
                for place, (entry, value) in enumerate(zip(paths[traced.rule.scope], values, strict=True)):
                    steps.append(Step(traced, evaluation, place, entry, value))
            else:
                steps.append(Step(traced, evaluation, 0, "$", values[0]))
        return tuple(steps)


def _tracer_of(program: Program, meanings: dict[int, Meaning]) -> Tracer:
    looks = Looks(program, meanings)
    return Tracer(
        tuple(TracedRule(rule, _before_rounding(rule, meanings), looks.look(rule.body)) for rule in program.rules)
    )


def _before_rounding(rule: Rule, meanings: dict[int, Meaning]) -> Meaning | None:
    return meanings[id(rule.body.operand)] if isinstance(rule.body, Round) else None


def trace(evaluation: Evaluation) -> tuple[Step, ...]:
    """Every step, in evaluation order. How its program is traced is worked out for the first one."""
    tracer: Tracer | None = evaluation.prepared.get(Tracer)
    if tracer is None:
        tracer = evaluation.prepared[Tracer] = _tracer_of(evaluation.program, evaluation.meanings)
    return tracer.trace(evaluation)


__all__ = ["Input", "Step", "trace"]
