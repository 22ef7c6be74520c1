"""The trace of an evaluation: one step per rule and entry, with what decided its value. Built only when asked for.

Steps hold values as they are (exact numbers, days); texts are made when someone looks.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.backends.interpreter import applying, chosen_option, evaluate, meeting
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Branch,
    Cases,
    Choose,
    Connective,
    Constant,
    Decision,
    EntryRead,
    Exceptions,
    FactRead,
    Graduated,
    IsSet,
    Named,
    Node,
    ParameterRead,
    Pick,
    Rank,
    Round,
    RuleRead,
    TableRead,
    Through,
)
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.traverse import children
from civil_aid_rules.ir.types import Type
from civil_aid_rules.ir.values import UNKNOWN, ItemReference, Value


class Input(NamedTuple):
    """Something that a rule's value rests on: a fact (by its path), another rule (by its key), or a dated legal value."""

    kind: Literal["fact", "rule", "parameter"]
    name: str
    title: Bilingual
    type: Type
    value: Value
    parameter: ParameterValue | None


class Step(NamedTuple):
    """One rule for the record (`entry` "$") or for one entry of its list.

    `branches` names the cases, exceptions, rows and options taken; `conditions` each named condition with its value.
    """

    rule: Rule
    entry: str
    value: Value
    before_rounding: Value | None
    branches: tuple[Named, ...]
    conditions: tuple[tuple[Named, Value], ...]
    lines: tuple[tuple[Named, Value], ...]
    inputs: tuple[Input, ...]
    assumed: bool

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


def trace(evaluation: Evaluation) -> tuple[Step, ...]:
    """Every step, in evaluation order."""
    steps: list[Step] = []
    for rule in evaluation.program.rules:
        for ordinal, value in enumerate(evaluation.values[rule.slot]):
            steps.append(_step(evaluation, rule, ordinal, value))
    return tuple(steps)


def _step(evaluation: Evaluation, rule: Rule, ordinal: int, value: Value) -> Step:
    env = evaluation.env(rule, ordinal)
    before = evaluate(rule.body.operand, env) if isinstance(rule.body, Round) else None
    seen = _Seen(evaluation, env)
    seen.look(rule.body)
    entry = evaluation.frames[rule.scope][ordinal][-1].path
    assumed = (rule.slot, ordinal) in evaluation.assumed
    return Step(
        rule,
        entry,
        value,
        before,
        tuple(seen.branches),
        tuple(seen.conditions),
        tuple(seen.lines),
        tuple(seen.inputs.values()),
        assumed,
    )


class _Seen:
    """Collects what a value rests on: only the branches taken, only the conditions that settled it."""

    __slots__ = ("branches", "conditions", "env", "evaluation", "inputs", "lines")

    def __init__(self, evaluation: Evaluation, env: Env) -> None:
        self.evaluation = evaluation
        self.env = env
        self.inputs: dict[str, Input] = {}
        self.branches: list[Named] = []
        self.conditions: list[tuple[Named, Value]] = []
        self.lines: list[tuple[Named, Value]] = []

    def look(self, node: Node) -> None:
        """Add what `node` rests on."""
        match node:
            case FactRead():
                self._fact(node)
            case RuleRead():
                self._rule(node, evaluate(node, self.env), self.env.entries[node.variable].path)
            case ParameterRead(parameter) | IsSet(parameter):
                self._parameter(parameter)
            case Constant() | EntryRead():
                return
            case TableRead(parameter, inner) | Graduated(parameter, inner):
                self._parameter(parameter)
                self.look(inner)
            case Named():
                self._named(node)
            case Connective():
                self._connective(node)
            case Cases():
                self._cases(node)
            case Exceptions():
                self._exceptions(node)
            case Decision():
                self._branches(node.rows)
            case Choose():
                self._choose(node)
            case Aggregate():
                self._aggregate(node)
            case Pick() | Rank():
                for _ in meeting(node.entries, node.variable, node.condition, self.env):
                    self.look(node.by)
            case Through():
                self._through(node)
            case _:
                for child in children(node):
                    self.look(child)

    def _fact(self, node: FactRead) -> None:
        item = self.env.entries[node.variable]
        name = f"{item.path}.{node.name}"
        if name not in self.inputs:
            self.inputs[name] = Input("fact", name, node.title, node.type, item.facts[node.slot], None)

    def _rule(self, node: RuleRead, value: Value, path: str) -> None:
        rule = self.evaluation.program.rules[node.rule]
        name = rule.key if path == "$" else f"{rule.key} {path}"
        if name not in self.inputs:
            self.inputs[name] = Input("rule", name, rule.title, rule.type, value, None)

    def _parameter(self, parameter: ParameterValue) -> None:
        name = parameter.key if parameter.frozen_on is None else f"{parameter.key} {parameter.frozen_on}"
        if name not in self.inputs:
            self.inputs[name] = Input("parameter", name, parameter.title, parameter.type, parameter.value, parameter)

    def _named(self, node: Named) -> None:
        if node.kind == "condition":
            self.conditions.append((node, evaluate(node, self.env)))
        elif node.kind == "line":
            self.lines.append((node, evaluate(node, self.env)))
        else:
            self.branches.append(node)
        self.look(node.body)

    def _connective(self, node: Connective) -> None:
        settles = node.operator == "or"
        values = [evaluate(operand, self.env) for operand in node.operands]
        settled = any(value is settles for value in values)
        for operand, value in zip(node.operands, values, strict=True):
            if not settled or value is settles:
                self.look(operand)
            elif isinstance(operand, Named):
                self.conditions.append((operand, value))

    def _cases(self, node: Cases) -> None:
        for branch in node.branches:
            test = evaluate(branch.test, self.env)
            self.look(branch.test)
            if test is not False:
                self.look(branch.value)
            if test is True:
                return
        self.look(node.otherwise)

    def _exceptions(self, node: Exceptions) -> None:
        yes, _ = applying(node.branches, self.env)
        self._branches(node.branches)
        if not yes:
            self.look(node.base)

    def _branches(self, branches: tuple[Branch, ...]) -> None:
        for branch in branches:
            if evaluate(branch.test, self.env) is not False:
                self.look(branch.test)
                self.look(branch.value)

    def _choose(self, node: Choose) -> None:
        used = chosen_option(node, self.env)
        for option in node.options:
            self.look(option.body)
        if used is not None:
            self.branches.append(used)

    def _aggregate(self, node: Aggregate) -> None:
        for _, test in meeting(node.entries, node.variable, node.condition, self.env):
            if node.condition is not None and test is UNKNOWN:
                self.look(node.condition)
            if node.function != "count":
                self.look(node.value)

    def _through(self, node: Through) -> None:
        reference = evaluate(node.reference, self.env)
        self.look(node.reference)
        if not isinstance(reference, ItemReference):
            return
        item = self.env.facts.items[reference.scope][reference.ordinal]
        if isinstance(node.target, RuleRead):
            self._rule(node.target, evaluate(node, self.env), item.path)
        else:
            name = f"{item.path}.{node.target.name}"
            self.inputs[name] = Input(
                "fact", name, node.target.title, node.target.type, item.facts[node.target.slot], None
            )
