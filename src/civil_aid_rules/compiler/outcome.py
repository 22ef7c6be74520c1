"""The outcome block: which rules are the result, resolved and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from civil_aid_rules.compiler.expressions.elaborate import elaborate
from civil_aid_rules.compiler.forms.binding import bind_for_each, parsed
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.compiler.notices import Aside, compile_notices
from civil_aid_rules.compiler.outcome_parts import (
    YES_NO_RULE,
    beside_of,
    rule_words,
    signature_of,
    slot_of,
    yes_no_slot,
)
from civil_aid_rules.compiler.read_values import read_citations
from civil_aid_rules.compiler.scope import Context, NotInForce, RuleScope, Signature
from civil_aid_rules.compiler.wording import type_words
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import ParameterRead
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import OnRoll, Outcome, Procedure, Relation, Rule, Timing
from civil_aid_rules.ir.types import NumberType, YesNoType
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import OutcomeBlock, ProcedureBlock, RelationBlock, RollBlock, ScheduleBlock

_MONTHS = Both("a parameter of type month", "单位为月的参数")
_FOR_EACH = Both("a yes/no rule for each entry of a list", "对某个列表的每一项判断是或否的规则")


def compile_outcome(
    names: Namespace,
    context: Context,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
    aside: Aside,
    problems: list[Problem],
) -> Outcome | None:
    """The result's rules by slot; None with problems."""
    block = names.outcome
    if block is None:
        return None
    program = names.program.name
    scope = RuleScope(context, program, {}, problems)
    bound = bind_for_each(block.for_each, scope)
    lines = bound[1] if bound is not None and block.for_each is not None else ""
    on = context.on
    eligible = slot_of(block.eligible, program, on, signatures, problems)
    payment = None if block.payment is None else slot_of(block.payment, program, on, signatures, problems)
    in_force = [name for name in block.flags if not isinstance(signature_of(name, program, signatures), NotInForce)]
    flags = [slot_of(name, program, on, signatures, problems) for name in in_force]
    beside = tuple(
        item for label, text in block.beside.items() if (item := beside_of(label, text, scope, rules)) is not None
    )
    by_slot = {rule.slot: rule for rule in rules}
    if eligible is not None and payment is not None:
        _check(block, by_slot, eligible, payment, lines, problems)
    if eligible is None or (block.payment is not None and payment is None) or any(slot is None for slot in flags):
        return None
    return Outcome(
        lines=lines or None,
        eligible=eligible,
        payment=payment,
        beside=beside,
        flags=tuple(slot for slot in flags if slot is not None),
        procedure=_procedure(block.procedure, names, scope, signatures, rules),
        timing=_timing(block.schedule, scope),
        roll=_roll(block.roll, names, scope, signatures, rules),
        relations=tuple(_relation(item, names, scope, signatures, rules) for item in block.relations),
        notices=compile_notices(names, scope, signatures, rules, aside),
    )


def _procedure(
    block: ProcedureBlock | None,
    names: Namespace,
    scope: RuleScope,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
) -> Procedure | None:
    """The rule that says whether the prescribed steps are complete, and what is shown of them."""
    if block is None:
        return None
    slot = yes_no_slot(block.complete, "", names, scope, signatures, rules)
    shown = [beside_of(label, text, scope, rules) for label, text in block.beside.items()]
    return None if slot is None else Procedure(slot, tuple(item for item in shown if item is not None))


def _roll(
    block: RollBlock | None,
    names: Namespace,
    scope: RuleScope,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
) -> OnRoll | None:
    """For whom the aid is, and by what law cases are compared with a roll."""
    if block is None:
        return None
    covers = None if block.covers is None else yes_no_slot(block.covers, None, names, scope, signatures, rules)
    found = next((rule for rule in rules if rule.slot == covers), None)
    if block.covers is not None and found is not None and not found.scope:
        scope.problems.append(problem("outcome-type", block.covers.at, found=rule_words(found), expected=_FOR_EACH))
    return OnRoll(covers, read_citations(block.cite, names.sources, scope.problems))


def _timing(block: ScheduleBlock | None, scope: RuleScope) -> Timing | None:
    """The parameters that say when decisions take effect; None where the pack has none, or with a problem."""
    if block is None:
        return None
    found = [_months(text, scope) for text in (block.approval, block.change, block.death)]
    known = [value for value in found if value is not None]
    return Timing(*known) if len(known) == len(found) else None


def _months(text: Text, scope: RuleScope) -> ParameterValue | None:
    """A parameter of type month."""
    expression = parsed(text, scope)
    typed = None if expression is None else elaborate(expression, scope)
    if typed is None or typed.type is None:
        return None
    if isinstance(typed.node, ParameterRead) and str(typed.type) == "month":
        return typed.node.parameter
    scope.problems.append(problem("outcome-type", text.at, found=type_words(typed.type), expected=_MONTHS))
    return None


def _relation(
    block: RelationBlock,
    names: Namespace,
    scope: RuleScope,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
) -> Relation:
    """One relation; the programs that it names need not be loaded."""
    when = None if block.when is None else yes_no_slot(block.when, None, names, scope, signatures, rules)
    citations = read_citations(block.cite, names.sources, scope.problems)
    return Relation(block.id, block.kind, tuple(str(name) for name in block.programs), when, block.say, citations)


def _check(
    block: OutcomeBlock, rules: Mapping[int, Rule], eligible: int, payment: int, lines: str, problems: list[Problem]
) -> None:
    decides, pays = rules.get(eligible), rules.get(payment)
    if decides is None or pays is None or block.payment is None:
        return
    if not isinstance(decides.type, YesNoType) or decides.scope not in ("", lines):
        problems.append(problem("outcome-type", block.eligible.at, found=rule_words(decides), expected=YES_NO_RULE))
    if (
        not isinstance(pays.type, NumberType)
        or pays.type.unit.currency is None
        or pays.type.unit.period is None
        or pays.scope != lines
    ):
        where = Both(f"each entry of {lines}", f" {lines} 的每一项") if lines else Both("the whole record", "整份记录")
        expected = Both(
            f"a rule for {where.en} in money, or in money per month or year (CNY, CNY/month)",
            f"对{where.zh}计算的金额，一次性或按月、按年（CNY、CNY/month）",
        )
        problems.append(problem("outcome-type", block.payment.at, found=rule_words(pays), expected=expected))
