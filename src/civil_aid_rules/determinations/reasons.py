"""The conditions and exceptions of the deciding rule: which hold, which decided, and by what margin."""

from __future__ import annotations

from fractions import Fraction

from civil_aid_rules.backends.evaluation import Env, Evaluation
from civil_aid_rules.backends.interpreter import applying, evaluate
from civil_aid_rules.determinations.result import Holds, Margin, Reason
from civil_aid_rules.ir.nodes import Comparison, Connective, Exceptions, Named, Node, ParameterRead, RuleRead
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import UNKNOWN, Value, exact
from civil_aid_rules.quantities.numbers import exact_text


def reasons_of(evaluation: Evaluation, slot: int, ordinal: int = 0) -> tuple[Reason, ...]:
    """The reasons for a yes/no rule's value: those that decided first, in the order of the law otherwise."""
    rule = evaluation.program.rules[slot]
    env = evaluation.env(rule, ordinal)
    value = evaluation.values[slot][ordinal]
    entry = None if not rule.scope else evaluation.frames[rule.scope][ordinal][-1].path
    found = _reasons(rule, rule.body, env, value, entry, evaluation)
    return tuple(sorted(found, key=lambda reason: not reason.decided))


def holds(value: Value) -> Holds:
    """yes, no or unknown."""
    return "unknown" if value is UNKNOWN else "yes" if value is True else "no"


def _reasons(rule: Rule, node: Node, env: Env, value: Value, entry: str | None, evaluation: Evaluation) -> list[Reason]:
    match node:
        case RuleRead(variable, slot):
            other = evaluation.program.rules[slot]
            inner = evaluation.env(other, env.entries[variable].ordinal)
            return _reasons(other, other.body, inner, value, entry, evaluation)
        case Connective(operator=operator, operands=operands):
            settles = operator == "or"
            settled = value is settles
            return [
                _condition(rule, part, env, settled, settles, entry, evaluation)
                for part in operands
                if isinstance(part, Named)
            ]
        case Exceptions():
            yes, maybe = applying(node.branches, env)
            base = _reasons(rule, node.base, env, UNKNOWN if yes else evaluate(node.base, env), entry, evaluation)
            if yes:
                base = [reason.model_copy(update={"decided": False}) for reason in base]
            over = [_exception(rule, branch.value, env, branch in yes, entry) for branch in (*yes, *maybe)]
            return [reason for part in over for reason in part] + base
        case Named(kind="condition"):
            return [_condition(rule, node, env, True, value is True, entry, evaluation)]
        case _:
            return []


def _condition(
    rule: Rule, node: Named, env: Env, settled: bool, settles: bool, entry: str | None, evaluation: Evaluation
) -> Reason:
    """One condition. It decided when it has the value that settles the list, or when the list is not settled by any one of them."""
    value = evaluate(node, env)
    decided = value is settles if settled else True
    return Reason(
        rule=rule.key,
        id=node.id,
        kind="condition",
        holds=holds(value),
        decided=decided,
        text=node.text or rule.title,
        citations=node.citations or rule.citations,
        margin=margin_of(node.body, env, evaluation),
        entry=entry,
    )


def _exception(rule: Rule, node: Node, env: Env, applies: bool, entry: str | None) -> list[Reason]:
    """An exception that applies, or may, and those nested in it."""
    if not isinstance(node, Named):
        return []
    nested: list[Reason] = []
    overridden = False
    if isinstance(node.body, Exceptions):
        yes, maybe = applying(node.body.branches, env)
        overridden = applies and bool(yes)
        nested = [
            reason
            for branch in (*yes, *maybe)
            for reason in _exception(rule, branch.value, env, applies and branch in yes, entry)
        ]
    own = Reason(
        rule=rule.key,
        id=node.id,
        kind="exception",
        holds="yes" if applies else "unknown",
        decided=applies and not overridden,
        text=node.text or rule.title,
        citations=node.citations or rule.citations,
        entry=entry,
    )
    return [*nested, own]


def margin_of(node: Node, env: Env, evaluation: Evaluation) -> Margin | None:
    """For a comparison of two known numbers: the limit (the side that is a legal value, else the right) minus the value."""
    if not isinstance(node, Comparison) or node.operator in ("==", "!="):
        return None
    left, right = evaluate(node.left, env), evaluate(node.right, env)
    unit = _unit(node.left, evaluation) or _unit(node.right, evaluation)
    if unit is None or not isinstance(left, int | Fraction) or not isinstance(right, int | Fraction):
        return None
    value, limit = (right, left) if isinstance(node.left, ParameterRead) else (left, right)
    gap = limit - value
    amount = gap if isinstance(gap, int) else exact(gap)
    return Margin(value=exact_text(value), limit=exact_text(limit), amount=exact_text(amount), unit=unit)


def _unit(node: Node, evaluation: Evaluation) -> str | None:
    match node:
        case RuleRead(rule=slot):
            type_ = evaluation.program.rules[slot].type
        case ParameterRead(parameter):
            type_ = parameter.type
        case _:
            return None
    return str(type_) if isinstance(type_, NumberType) else None
