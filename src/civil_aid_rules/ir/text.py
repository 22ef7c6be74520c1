"""One canonical text per node: a rule's body as one line, by names. What results with a trace hold as `formula`.

The entry that a variable stands for is written `e1`, `e2` …; what belongs to the record itself stands without one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
    Branch,
    Cases,
    Choose,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    DecidedDay,
    Decision,
    Division,
    EntryRead,
    Exceptions,
    Extreme,
    FactRead,
    Graduated,
    IsSet,
    ListRead,
    Named,
    Node,
    Not,
    ParameterRead,
    Pick,
    Rank,
    Round,
    RuleRead,
    TableRead,
    Through,
    Undefined,
)
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.values import ItemReference, Known
from civil_aid_rules.quantities.numbers import exact_text

OR, AND, NOT, COMPARE, ADD, MULTIPLY, WHOLE = range(1, 8)
"""How strongly the parts of a formula hold together; what holds more loosely than its place needs brackets."""


def strength(node: Node) -> int:
    """How strongly the written parts of a node hold together."""
    match node:
        case Connective(operator=operator):
            return OR if operator == "or" else AND
        case Not():
            return NOT
        case Comparison():
            return COMPARE
        case Arithmetic(operator=operator):
            return MULTIPLY if operator == "*" else ADD
        case Division(if_zero=None):
            return MULTIPLY
        case Named(body=body):
            return strength(body)
        case _:
            return WHOLE


def node_text(node: Node, names: Callable[[int], str]) -> str:
    """The node as one line; `names` gives the name of the rule in a slot."""
    return _Writer(names).text(node)


class _Writer:
    __slots__ = ("names",)

    def __init__(self, names: Callable[[int], str]) -> None:
        self.names = names

    def text(self, node: Node) -> str:
        match node:
            case Constant(value):
                return _constant(value)
            case DecidedDay():
                return "on"
            case Undefined():
                return "undefined"
            case FactRead(variable=variable, name=name):
                return _of(variable, name)
            case EntryRead(variable=variable):
                return f"e{variable}"
            case RuleRead(variable, slot):
                return _of(variable, self.names(slot))
            case ParameterRead(parameter):
                return _name(parameter)
            case IsSet(parameter):
                return f"is_set({_name(parameter)})"
            case TableRead(parameter, key):
                return f"{_name(parameter)}[{self.text(key)}]"
            case Graduated(parameter, base):
                return f"graduated({_name(parameter)}, {self.text(base)})"
            case Round(operand, step, mode):
                return f"round({self.text(operand)}, {exact_text(step)}, {mode})"
            case Named(id=name, body=body, kind=kind):
                return self.text(body) if kind == "case" else f"{name}: {self.text(body)}"
            case Through(reference, target):
                name = target.name if isinstance(target, FactRead) else self.names(target.rule)
                return f"{self.text(reference)}.{name}"
            case Arithmetic() | Division() | Comparison() | Connective() | Not():
                return self._operator(node)
            case Cases() | Exceptions() | Decision() | Choose():
                return self._branching(node)
            case Aggregate() | Pick() | Rank():
                return self._over_list(node)
            case DateFunction(function, arguments, rule, calendar):
                how = "" if rule is None else f", {rule.reached_on}, {rule.leap_day}"
                last = "" if calendar is None else f", {calendar.key}"
                return f"{function}({self._joined(arguments)}{how}{last})"
            case Extreme(function=function, operands=operands):
                return f"{function}({self._joined(operands)})"
            case _:
                assert_never(node)

    def _joined(self, nodes: tuple[Node, ...]) -> str:
        return ", ".join(self.text(node) for node in nodes)

    def _part(self, node: Node, least: int) -> str:
        text = self.text(node)
        return text if strength(node) >= least else f"({text})"

    def _operator(self, node: Arithmetic | Division | Comparison | Connective | Not) -> str:
        match node:
            case Arithmetic(operator, left, right):
                own = strength(node)
                return f"{self._part(left, own)} {operator} {self._part(right, own + (operator != '+'))}"
            case Division(left, right, if_zero):
                text = f"{self._part(left, MULTIPLY)} / {self._part(right, WHOLE)}"
                return text if if_zero is None else f"({text}, if_zero: {self.text(if_zero)})"
            case Comparison(operator, left, right):
                return f"{self._part(left, ADD)} {operator} {self._part(right, ADD)}"
            case Connective(operator, operands):
                return f" {operator} ".join(self._part(part, strength(node) + 1) for part in operands)
            case Not(operand):
                return f"not {self._part(operand, NOT)}"

    def _branching(self, node: Cases | Exceptions | Decision | Choose) -> str:
        match node:
            case Cases(branches, otherwise):
                return f"cases({self._branches(branches)}; else {self.text(otherwise)})"
            case Exceptions(base, branches):
                return f"{{{self.text(base)}}} except({self._branches(branches)})"
            case Decision(hit, rows):
                return f"decide_{hit}({self._branches(rows)})"
            case Choose(take, options):
                return f"{take}({self._joined(options)})"

    def _branches(self, branches: tuple[Branch, ...]) -> str:
        return "; ".join(f"if {self.text(branch.test)}: {self.text(branch.value)}" for branch in branches)

    def _over_list(self, node: Aggregate | Pick | Rank) -> str:
        source = f"for e{node.variable} in {_list(node.entries)}"
        condition = "" if node.condition is None else f" if {self.text(node.condition)}"
        match node:
            case Aggregate(function=function, value=value, if_empty=if_empty):
                each = f"e{node.variable}" if function == "count" else self.text(value)
                empty = "" if if_empty is None else f", if_empty: {self.text(if_empty)}"
                return f"{function}({each} {source}{condition}{empty})"
            case Pick(by=by, order=order, tie=tie):
                return f"pick({order} {self.text(by)} {source}{condition}, tie: {tie})"
            case Rank(by=by, order=order, tie=tie, outside=outside):
                place = f"{order} {self.text(by)} {source}{condition}, tie: {tie}, outside: {self.text(outside)}"
                return f"rank(e{node.subject} by {place})"


def _of(variable: int, name: str) -> str:
    return f"e{variable}.{name}" if variable else name


def _list(entries: ListRead) -> str:
    return _of(entries.variable, entries.scope.rpartition(".")[2])


def _name(parameter: ParameterValue) -> str:
    frozen = "" if parameter.frozen_on is None else f" on {parameter.frozen_on.isoformat()}"
    return parameter.key + frozen


def _constant(value: Known) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | Fraction():
            return exact_text(value)
        case datetime.date():
            return value.isoformat()
        case str():
            return f'"{value}"'
        case ItemReference(scope, ordinal):
            return f"{scope}[{ordinal}]"
        case _:
            return "none"
