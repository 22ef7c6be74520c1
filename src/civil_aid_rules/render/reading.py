"""One evaluation as it is read out: what its entries are called, and what each of its steps was evaluated in."""

from __future__ import annotations

from collections.abc import Mapping

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.determinations.grounds import Grounds, Input, Key, Looks
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.render.entries import Entries


class Reading:
    """An evaluation and its entries. Rules are found by key, and entries by place, in one step each.

    `people`: on a notice, the names of persons by their ids.
    """

    def __init__(self, evaluation: Evaluation, people: Mapping[str, str] | None = None) -> None:
        self.evaluation = evaluation
        self.entries = Entries(evaluation.facts, people)
        self.rules: dict[str, Rule] = {rule.key: rule for rule in evaluation.program.rules}
        self._looks = Looks(evaluation.program, evaluation.meanings)
        self._ordinals = {
            (scope, frame[-1].path): ordinal
            for scope, frames in evaluation.frames.items()
            for ordinal, frame in enumerate(frames)
        }

    def env(self, step: Step) -> Env:
        """What a step was evaluated in."""
        return self.evaluation.env(step.rule, self._ordinals[step.rule.scope, step.entry])

    def env_of(self, rule: Rule, entry: str) -> Env | None:
        """What a rule is evaluated in for an entry; None where the entry is not of the rule's list."""
        ordinal = self._ordinals.get((rule.scope, entry))
        return None if ordinal is None else self.evaluation.env(rule, ordinal)

    def read_by(self, node: Node, env: Env) -> dict[Key, Input]:
        """What a part of a rule rests on."""
        grounds = Grounds(self.evaluation.values, {}, [])
        self._looks.look(node)(env, grounds)
        return grounds.inputs
