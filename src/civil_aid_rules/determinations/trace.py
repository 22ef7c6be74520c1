"""The trace of an evaluation: one step per rule and entry, with what decided its value. Built only when asked for.

Steps hold values as they are (exact numbers, days); texts are made when someone looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from civil_aid_rules.backends.evaluation import Evaluation, Meaning, with_room
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.grounds import Grounds, Input, Look, Looks
from civil_aid_rules.ir.nodes import Named, Round
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.values import Value


class Step(NamedTuple):
    """One rule for the record (`entry` "$") or for one entry of its list."""

    rule: Rule
    entry: str
    value: Value
    before_rounding: Value | None
    grounds: Grounds
    assumed: bool

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
        return self.rule.key

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


@dataclass(frozen=True, slots=True)
class Tracer:
    """How one program is traced, worked out once: for each rule its value before rounding, and what it rests on.

    `room` is the most variables that a rule has.
    """

    rules: tuple[tuple[Rule, Meaning | None, Look], ...]
    room: int

    def trace(self, evaluation: Evaluation) -> tuple[Step, ...]:
        """Every step of an evaluation of the program, in evaluation order."""
        steps: list[Step] = []
        env = evaluation.env_of_record()
        bound = {scope: [with_room(frame, self.room) for frame in found] for scope, found in evaluation.frames.items()}
        for rule, before_rounding, look in self.rules:
            values, entries = evaluation.values[rule.slot], evaluation.frames[rule.scope]
            for ordinal, env.entries in enumerate(bound[rule.scope]):
                grounds = Grounds(evaluation.values, {}, [])
                look(env, grounds)
                before = None if before_rounding is None else before_rounding(env)
                assumed = (rule.slot, ordinal) in evaluation.assumed
                steps.append(Step(rule, entries[ordinal][-1].path, values[ordinal], before, grounds, assumed))
        return tuple(steps)


def tracer_of(program: Program, meanings: dict[int, Meaning]) -> Tracer:
    """The tracer of a program, whose nodes mean what `meanings` says."""
    looks = Looks(program, meanings)
    rules = tuple((rule, _before_rounding(rule, meanings), looks.look(rule.body)) for rule in program.rules)
    return Tracer(rules, max(rule.variables for rule in program.rules))


def _before_rounding(rule: Rule, meanings: dict[int, Meaning]) -> Meaning | None:
    return meanings[id(rule.body.operand)] if isinstance(rule.body, Round) else None


def trace(evaluation: Evaluation) -> tuple[Step, ...]:
    """Every step, in evaluation order."""
    return tracer_of(evaluation.program, evaluation.meanings).trace(evaluation)


__all__ = ["Input", "Step", "Tracer", "trace", "tracer_of"]
