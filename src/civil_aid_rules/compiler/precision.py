"""What is paid is whole cents. A payment that its rule does not round to its precision is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import assert_never

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
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
from civil_aid_rules.ir.parameters import Bands, Table
from civil_aid_rules.ir.program import Outcome, Rule
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import Exact

_ROUND = 'round: {to: "0.01", mode: …, cite: …}'


def check_payment_precision(rules: Mapping[int, Rule], outcome: Outcome, problems: list[Problem]) -> None:
    """Report a payment rule whose value could have a fraction of a cent. `rules` by slot, without cycles."""
    if outcome.payment is not None and not _Precision(rules).rule_is_in_cents(outcome.payment):
        rule = rules[outcome.payment]
        problems.append(problem("payment-not-rounded", rule.at, found=rule.key, expected=_ROUND))


class _Precision:
    """Whether values are always whole cents, or whole; each rule is looked at once."""

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        self.rules = rules
        self.cents: dict[int, bool] = {}
        self.whole: dict[int, bool] = {}

    def rule_is_in_cents(self, slot: int) -> bool:
        """Whether a rule's value, and what is assumed for it, is always a whole number of hundredths."""
        return self._rule(slot, self.cents, self.in_cents, 100)

    def rule_is_whole(self, slot: int) -> bool:
        """Whether a rule's value, and what is assumed for it, is always a whole number."""
        return self._rule(slot, self.whole, self.is_whole, 1)

    def _rule(self, slot: int, known: dict[int, bool], holds: Callable[[Node], bool], parts: int) -> bool:
        if slot not in known:
            rule = self.rules[slot]
            known[slot] = holds(rule.body) and (rule.assumed is None or _is_multiple(rule.assumed.value, parts))
        return known[slot]

    def in_cents(self, node: Node) -> bool:
        """Whether a node's value is always a whole number of hundredths."""
        match node:
            case Undefined():
                return True
            case Constant(value):
                return _is_multiple(value, 100)
            case ParameterRead(parameter):
                return not isinstance(parameter.value, Fraction) or _is_multiple(parameter.value, 100)
            case TableRead(parameter):
                return all(_is_multiple(amount, 100) for amount in _amounts(parameter.shape))
            case FactRead(type=type_):
                return isinstance(type_, NumberType) and type_.unit.currency is not None
            case Round(step=step):
                return _is_multiple(step, 100)
            case RuleRead(rule=slot) | Through(target=RuleRead(rule=slot)):
                return self.rule_is_in_cents(slot)
            case Named(body=body):
                return self.in_cents(body)
            case Arithmetic("*", left, right):
                one, other = self.in_cents(left) and self.is_whole(right), self.is_whole(left) and self.in_cents(right)
                return one or other
            case Arithmetic(left=left, right=right):
                return self.in_cents(left) and self.in_cents(right)
            case Cases(branches, last) | Exceptions(last, branches):
                return all(self.in_cents(branch.value) for branch in branches) and self.in_cents(last)
            case Decision(rows=rows):
                return all(self.in_cents(row.value) for row in rows)
            case Choose(options=parts) | Extreme(operands=parts):
                return all(self.in_cents(part) for part in parts)
            case Aggregate(function="sum" | "min" | "max", value=value, if_empty=if_empty):
                return self.in_cents(value) and (if_empty is None or self.in_cents(if_empty))
            case Aggregate() | Rank() | DateFunction() | Division() | Graduated() | Through():
                return self.is_whole(node)
            case DecidedDay() | EntryRead() | IsSet() | Comparison() | Connective() | Not() | Pick():
                return False
            case _:
                assert_never(node)

    def is_whole(self, node: Node) -> bool:
        """Whether a node's value is always a whole number; no where that is not plain from its structure."""
        match node:
            case Constant(value):
                return isinstance(value, int)
            case ParameterRead(parameter):
                return not isinstance(parameter.value, Fraction)
            case Aggregate(function="count") | Rank() | DateFunction(function="age" | "months_between"):
                return True
            case Aggregate(function="sum", value=value) | Named(body=value):
                return self.is_whole(value)
            case RuleRead(rule=slot):
                return self.rule_is_whole(slot)
            case Arithmetic(left=left, right=right):
                return self.is_whole(left) and self.is_whole(right)
            case _:
                return False


def _is_multiple(number: object, parts: int) -> bool:
    """Whether so many times the number is whole."""
    return isinstance(number, int) or (isinstance(number, Fraction) and (number * parts).denominator == 1)


def _amounts(shape: object) -> list[Exact]:
    match shape:
        case Table(rows, past_end):
            further = [] if isinstance(past_end, str) else [past_end]
            return [amount for _, amount in rows] + further
        case Bands(bands, rest):
            return [amount for _, amount in bands] + ([] if rest is None else [rest])
        case _:
            return []
