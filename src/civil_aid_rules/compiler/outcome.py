"""The outcome block: which rules are the result, resolved and checked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.expressions.elaborate import elaborate
from civil_aid_rules.compiler.forms.binding import bind_for_each, parsed
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.compiler.read_values import read_citations
from civil_aid_rules.compiler.scope import Context, NotInForce, RuleScope, Signature
from civil_aid_rules.compiler.wording import not_in_force, type_words
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import ParameterRead, RuleRead
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Beside, OnRoll, Outcome, Procedure, Relation, Rule, Timing
from civil_aid_rules.ir.types import NumberType, YesNoType
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import OutcomeBlock, ProcedureBlock, RelationBlock, RollBlock, ScheduleBlock

_MONTHS = Both("a parameter of type month", "单位为月的参数")
_A_RULE = Both("expected the name of a rule", "应为规则的名字")
_FOR_EACH = Both("a yes/no rule for each entry of a list", "对某个列表的每一项判断是或否的规则")
_YES_NO_RULE = Both(
    "a yes/no rule for the whole record, or for each entry of for_each",
    "对整份记录（或 for_each 的每一项）判断是或否的规则",
)


def compile_outcome(
    names: Namespace,
    context: Context,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
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
    eligible = _slot(block.eligible, program, on, signatures, problems)
    payment = None if block.payment is None else _slot(block.payment, program, on, signatures, problems)
    in_force = [name for name in block.flags if not isinstance(_signature(name, program, signatures), NotInForce)]
    flags = [_slot(name, program, on, signatures, problems) for name in in_force]
    beside = tuple(
        item for label, text in block.beside.items() if (item := _beside(label, text, scope, rules)) is not None
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
    slot = _yes_no(block.complete, "", names, scope, signatures, rules)
    shown = [_beside(label, text, scope, rules) for label, text in block.beside.items()]
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
    covers = None if block.covers is None else _yes_no(block.covers, None, names, scope, signatures, rules)
    found = next((rule for rule in rules if rule.slot == covers), None)
    if block.covers is not None and found is not None and not found.scope:
        scope.problems.append(problem("outcome-type", block.covers.at, found=_result(found), expected=_FOR_EACH))
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
    when = None if block.when is None else _yes_no(block.when, None, names, scope, signatures, rules)
    citations = read_citations(block.cite, names.sources, scope.problems)
    return Relation(block.id, block.kind, tuple(str(name) for name in block.programs), when, block.say, citations)


def _yes_no(
    name: Text,
    wanted_scope: str | None,
    names: Namespace,
    scope: RuleScope,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
) -> int | None:
    """The slot of a yes/no rule named in the outcome; None with a problem."""
    slot = _slot(name, names.program.name, scope.context.on, signatures, scope.problems)
    rule = next((rule for rule in rules if rule.slot == slot), None)
    if rule is None:
        return None
    if not isinstance(rule.type, YesNoType) or wanted_scope not in (None, rule.scope):
        scope.problems.append(problem("outcome-type", name.at, found=_result(rule), expected=_YES_NO_RULE))
    return slot


def _signature(
    name: Text, program: str, signatures: Mapping[str, Signature | NotInForce]
) -> Signature | NotInForce | None:
    """What is known of a rule named in the outcome. A flag that is not in force on the day says nothing."""
    own = f"{program}.{name}" if "." not in name else str(name)
    if own in signatures:
        return signatures[own]
    others = [key for key in signatures if key.endswith(f".{name}")]
    return signatures[others[0]] if len(others) == 1 else None


def _slot(
    name: Text,
    program: str,
    on: datetime.date,
    signatures: Mapping[str, Signature | NotInForce],
    problems: list[Problem],
) -> int | None:
    """The slot of a rule named in the outcome."""
    found = _signature(name, program, signatures)
    if found is None:
        expected = instead_of(str(name), [key.partition(".")[2] for key in signatures], _A_RULE)
        problems.append(problem("name-unknown", name.at, found=name, expected=expected))
        return None
    if isinstance(found, NotInForce):
        problems.append(not_in_force(name, name.at, found, on))
        return None
    return found.slot


def _beside(label: str, text: Text, scope: RuleScope, rules: Sequence[Rule]) -> Beside | None:
    expression = parsed(text, scope)
    typed = None if expression is None else elaborate(expression, scope)
    if typed is None or typed.type is None:
        return None
    match typed.node:
        case RuleRead(rule=slot):
            title = next((rule.title for rule in rules if rule.slot == slot), Bilingual(en=label, zh=label))
        case ParameterRead(parameter):
            title = parameter.title
        case _:
            title = Bilingual(en=label, zh=label)
    return Beside(label, title, typed.type, typed.node, scope.counter[0])


def _check(
    block: OutcomeBlock, rules: Mapping[int, Rule], eligible: int, payment: int, lines: str, problems: list[Problem]
) -> None:
    decides, pays = rules.get(eligible), rules.get(payment)
    if decides is None or pays is None or block.payment is None:
        return
    if not isinstance(decides.type, YesNoType) or decides.scope not in ("", lines):
        problems.append(problem("outcome-type", block.eligible.at, found=_result(decides), expected=_YES_NO_RULE))
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
        problems.append(problem("outcome-type", block.payment.at, found=_result(pays), expected=expected))


def _result(rule: Rule) -> Both:
    """A rule with its type and what it is computed for."""
    words = type_words(rule.type)
    each = Both(f", for each entry of {rule.scope}", f"，对 {rule.scope} 的每一项") if rule.scope else Both("", "")
    name = rule.key.partition(".")[2]
    return Both(f"{name}, {words.en}{each.en},", f"{name} 是{words.zh}{each.zh}，")
