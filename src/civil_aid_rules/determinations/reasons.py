"""The conditions and exceptions of the deciding rule: which hold, which decided, and by what margin."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.backends.interpreter import evaluate, possible_cases
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.result import Asks, Holds, Margin, Reason, unchecked
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Branch,
    Cases,
    Comparison,
    Connective,
    Exceptions,
    FactRead,
    Named,
    Node,
    Not,
    ParameterRead,
    RuleRead,
)
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.types import NumberType, Type, YesNoType
from civil_aid_rules.ir.values import UNKNOWN, Value, exact
from civil_aid_rules.quantities.numbers import exact_text

_ASKS: dict[str, Asks] = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
_TURNED: dict[Asks, Asks] = {"below": "above", "at_most": "at_least", "above": "below", "at_least": "at_most"}
_OPPOSITE: dict[Asks, Asks] = {"below": "at_least", "at_most": "above", "above": "at_most", "at_least": "below"}


def reasons_of(evaluation: Evaluation, slot: int, ordinal: int = 0) -> tuple[Reason, ...]:
    """The reasons for a yes/no rule's value: those that decided first, in the order of the law otherwise.

    A yes rests on every condition that had to hold and on every exception that does not apply; a no on every condition
    that failed and every exception that applies. While it is open, what is unknown holds it up.
    """
    rule = evaluation.program.rules[slot]
    entry = None if not rule.scope else evaluation.frames[rule.scope][ordinal][-1].path
    reader = _Reasons(evaluation, entry)
    found = reader.of(rule, rule.body, evaluation.env(rule, ordinal), True)
    return tuple(sorted(found, key=lambda reason: not reason.decided))


def holds(value: Value) -> Holds:
    """yes, no or unknown."""
    return "unknown" if value is UNKNOWN else "yes" if value is True else "no"


class _Source(NamedTuple):
    """What a reason says and on what authority."""

    id: str
    text: Bilingual
    citations: tuple[Citation, ...]


class _Reasons:
    """Collects the reasons for the value of one rule, through the rules that it hands the question on to."""

    def __init__(self, evaluation: Evaluation, entry: str | None) -> None:
        self.evaluation = evaluation
        self.entry = entry

    def of(self, rule: Rule, node: Node, env: Env, matters: bool) -> list[Reason]:
        """The reasons for a node's value; `matters`: whether the result rests on that value."""
        match node:
            case RuleRead(variable, slot):
                other = self.evaluation.program.rules[slot]
                inner = self.evaluation.env(other, env.entries[variable].ordinal)
                return self.of(other, other.body, inner, matters)
            case Connective():
                return self._connective(rule, node, env, matters)
            case Exceptions():
                return self._exceptions(rule, node, env, matters)
            case Cases():
                return self._cases(rule, node, env, matters)
            case Named(body=Connective() | Exceptions() | RuleRead() as body):
                return self.of(rule, body, env, matters)
            case _:
                return [self._condition(rule, node, env, matters)]

    def _connective(self, rule: Rule, node: Connective, env: Env, matters: bool) -> list[Reason]:
        """Those that settle it; all where it takes all; while it is open, the unknown ones."""
        value = evaluate(node, env)
        return [self._condition(rule, part, env, matters and evaluate(part, env) is value) for part in node.operands]

    def _cases(self, rule: Rule, node: Cases, env: Env, matters: bool) -> list[Reason]:
        """Those of the case that applies; of a `when` that fails, what it asks."""
        possible = possible_cases(node, env)
        if len(possible) > 1:
            return [self._condition(rule, node, env, matters)]
        used = possible[0]
        if isinstance(used, Named):
            return self.of(rule, used, env, matters)
        proviso = node.branches[0].test
        return self.of(rule, proviso if used is node.otherwise else used, env, matters)

    # --- exceptions ------------------------------------------------------------------------------------------------

    def _exceptions(self, rule: Rule, node: Exceptions, env: Env, matters: bool) -> list[Reason]:
        """Exceptions that apply or may, the base, then exceptions that do not apply."""
        value, tests = evaluate(node, env), [evaluate(branch.test, env) for branch in node.branches]
        applied = any(test is True for test in tests)
        base = self.of(rule, node.base, env, matters and (not applied or evaluate(node.base, env) is value))
        first: list[Reason] = []
        last: list[Reason] = []
        for branch, test in zip(node.branches, tests, strict=True):
            (last if test is False else first).extend(self._exception(rule, branch, env, value, matters))
        return [*first, *base, *last]

    def _exception(self, rule: Rule, branch: Branch, env: Env, value: Value, matters: bool) -> list[Reason]:
        """An exception, and those nested in it where it applies or may."""
        test, says = evaluate(branch.test, env), evaluate(branch.value, env)
        named = branch.value
        assert isinstance(named, Named)
        nested: list[Reason] = []
        overridden = False
        if isinstance(named.body, Exceptions) and test is not False:
            overridden = any(evaluate(inner.test, env) is True for inner in named.body.branches)
            nested = [
                reason
                for inner in named.body.branches
                for reason in self._exception(rule, inner, env, value, matters and test is True)
            ]
        if test is False:
            decided = value is not UNKNOWN and says is not value
        else:
            decided = test is UNKNOWN or (says is value and not overridden)
        own = self._reason(rule, branch.test, env, _named(named, rule), "exception", matters and decided)
        return [*nested, own] if overridden else [own, *nested]

    # --- one reason ------------------------------------------------------------------------------------------------

    def _condition(self, rule: Rule, node: Node, env: Env, decided: bool) -> Reason:
        return self._reason(rule, node, env, self._source(rule, node), "condition", decided)

    def _source(self, rule: Rule, node: Node) -> _Source:
        """A condition's own words and sources, else those of the rule or fact that it reads, else those of its rule."""
        match node:
            case Named():
                return _named(node, rule)
            case RuleRead(rule=slot) if isinstance(self.evaluation.program.rules[slot].type, YesNoType):
                other = self.evaluation.program.rules[slot]
                return _Source(other.name, other.say or other.title, other.citations)
            case FactRead(name=name, title=title):
                return _Source(name, title, rule.citations)
            case _:
                return _Source(rule.name, rule.say or rule.title, rule.citations)

    def _reason(self, rule: Rule, node: Node, env: Env, source: _Source, kind: str, decided: bool) -> Reason:
        fields = {
            "rule": rule.key,
            "id": source.id,
            "kind": "exception" if kind == "exception" else "condition",
            "holds": holds(evaluate(node, env)),
            "decided": decided,
            "text": source.text,
            "citations": source.citations,
            "margin": margin_of(node, env, self.evaluation),
            "entry": self.entry,
        }
        return unchecked(Reason, fields)


def _named(node: Named, rule: Rule) -> _Source:
    return _Source(node.id, node.text or rule.title, node.citations or rule.citations)


# --- margins ----------------------------------------------------------------------------------------------------------


def margin_of(node: Node, env: Env, evaluation: Evaluation) -> Margin | None:
    """How far the comparison that a condition comes down to is from its limit; None where there is no single one.

    The limit is the side that is a legal value, else the right one.
    """
    found = _comparison(node, env, evaluation)
    if found is None:
        return None
    comparison, inside, asks = found
    turned = isinstance(comparison.left, ParameterRead)
    one, other = (comparison.right, comparison.left) if turned else (comparison.left, comparison.right)
    value, limit = evaluate(one, inside), evaluate(other, inside)
    unit = _unit(one, evaluation) or _unit(other, evaluation)
    if unit is None or not isinstance(value, int | Fraction) or not isinstance(limit, int | Fraction):
        return None
    fields = {
        "value": exact_text(value),
        "limit": exact_text(limit),
        "amount": exact_text(exact(limit - value)),
        "unit": unit,
        "asks": _TURNED[asks] if turned else asks,
        "value_title": _title(one, evaluation),
        "limit_title": _title(other, evaluation),
    }
    return unchecked(Margin, fields)


def _comparison(node: Node, env: Env, evaluation: Evaluation) -> tuple[Comparison, Env, Asks] | None:
    """The one comparison of numbers that a condition comes down to, and what the condition asks of its left side."""
    match node:
        case Comparison(operator="<" | "<=" | ">" | ">="):
            return node, env, _ASKS[node.operator]
        case Named(body=body):
            return _comparison(body, env, evaluation)
        case Not(operand):
            found = _comparison(operand, env, evaluation)
            return None if found is None else (found[0], found[1], _OPPOSITE[found[2]])
        case RuleRead(variable, slot):
            rule = evaluation.program.rules[slot]
            return _comparison(rule.body, evaluation.env(rule, env.entries[variable].ordinal), evaluation)
        case Cases():
            possible = possible_cases(node, env)
            return _comparison(possible[0], env, evaluation) if len(possible) == 1 else None
        case _:
            return None


def _unit(node: Node, evaluation: Evaluation) -> str | None:
    type_ = _type(node, evaluation)
    return str(type_) if isinstance(type_, NumberType) else None


def _type(node: Node, evaluation: Evaluation) -> Type | None:
    match node:
        case RuleRead(rule=slot):
            return evaluation.program.rules[slot].type
        case ParameterRead(parameter):
            return parameter.type
        case FactRead(type=type_):
            return type_
        case _:
            return None


def _title(node: Node, evaluation: Evaluation) -> Bilingual | None:
    match node:
        case RuleRead(rule=slot):
            return evaluation.program.rules[slot].title
        case ParameterRead(parameter):
            return parameter.title
        case FactRead(title=title):
            return title
        case Aggregate(function="count", entries=entries):
            return entries.title
        case _:
            return None
