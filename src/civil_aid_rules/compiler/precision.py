"""What is paid is whole cents. A payment that its rule does not round to its precision is an error."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
    Cases,
    Choose,
    Constant,
    Decision,
    Exceptions,
    Extreme,
    FactRead,
    Named,
    Node,
    ParameterRead,
    Round,
    RuleRead,
    TableRead,
    Undefined,
)
from civil_aid_rules.ir.parameters import Bands, Table
from civil_aid_rules.ir.program import Outcome, Rule
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import Exact


def check_payment_precision(rules: Mapping[int, Rule], outcome: Outcome, problems: list[Problem]) -> None:
    """Report a payment rule whose value could have a fraction of a cent. `rules` by slot."""
    if outcome.payment is not None and not _in_cents(rules[outcome.payment].body, rules):
        rule = rules[outcome.payment]
        expected = 'round: {to: "0.01", mode: …, cite: …}'
        problems.append(
            problem(
                "payment-not-rounded",
                rule.at,
                found=rule.key,
                expected=expected,
            )
        )


def _whole(number: object, parts: int) -> bool:
    return isinstance(number, int) or (isinstance(number, Fraction) and (number * parts).denominator == 1)


def _in_cents(node: Node, rules: Mapping[int, Rule]) -> bool:
    """Whether the node's value is always a whole number of hundredths."""
    match node:
        case Constant(value):
            return _whole(value, 100)
        case Undefined():
            return True
        case ParameterRead(parameter):
            return not isinstance(parameter.value, Fraction) or _whole(parameter.value, 100)
        case TableRead(parameter):
            return all(_whole(amount, 100) for amount in _amounts(parameter.shape))
        case FactRead(type=NumberType(unit)):
            return unit.currency is not None
        case Round(step=step):
            return _whole(step, 100)
        case RuleRead(rule=slot):
            return _in_cents(rules[slot].body, rules)
        case Named(body=body):
            return _in_cents(body, rules)
        case Arithmetic("*", left, right):
            return (_in_cents(left, rules) and _is_whole(right, rules)) or (
                _is_whole(left, rules) and _in_cents(right, rules)
            )
        case Arithmetic(left=left, right=right):
            return _in_cents(left, rules) and _in_cents(right, rules)
        case Cases(branches, otherwise):
            return all(_in_cents(branch.value, rules) for branch in branches) and _in_cents(otherwise, rules)
        case Exceptions(base, branches):
            return _in_cents(base, rules) and all(_in_cents(branch.value, rules) for branch in branches)
        case Decision(rows=rows):
            return all(_in_cents(row.value, rules) for row in rows)
        case Choose(options=options):
            return all(_in_cents(option, rules) for option in options)
        case Extreme(operands=operands):
            return all(_in_cents(operand, rules) for operand in operands)
        case Aggregate(function="sum" | "min" | "max", value=value):
            return _in_cents(value, rules)
        case _:
            return _is_whole(node, rules)


def _amounts(shape: object) -> list[Exact]:
    match shape:
        case Table(rows, past_end):
            further = [] if isinstance(past_end, str) else [past_end]
            return [amount for _, amount in rows] + further
        case Bands(bands, rest):
            return [amount for _, amount in bands] + ([] if rest is None else [rest])
        case _:
            return []


def _is_whole(node: Node, rules: Mapping[int, Rule]) -> bool:
    """Whether the node's value is always a whole number."""
    match node:
        case Constant(value):
            return isinstance(value, int)
        case ParameterRead(parameter):
            return not isinstance(parameter.value, Fraction)
        case Aggregate(function="count"):
            return True
        case Aggregate(function="sum", value=value) | Named(body=value):
            return _is_whole(value, rules)
        case RuleRead(rule=slot):
            return _is_whole(rules[slot].body, rules)
        case Arithmetic(left=left, right=right):
            return _is_whole(left, rules) and _is_whole(right, rules)
        case _:
            return False
