"""The outcome block: which rules are the result, resolved and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.expressions import elaborate
from civil_aid_rules.compiler.forms import bind_for_each, parsed
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.compiler.scope import Context, NotInForce, RuleScope, Signature
from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.ir.nodes import ParameterRead, RuleRead
from civil_aid_rules.ir.program import Beside, Outcome, Rule
from civil_aid_rules.ir.types import NumberType, YesNoType
from civil_aid_rules.names import did_you_mean
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import OutcomeBlock


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
    eligible = _slot(block.eligible, program, signatures, problems)
    payment = None if block.payment is None else _slot(block.payment, program, signatures, problems)
    flags = [_slot(name, program, signatures, problems) for name in block.flags]
    beside = tuple(
        item for label, text in block.beside.items() if (item := _beside(label, text, scope, rules)) is not None
    )
    by_slot = {rule.slot: rule for rule in rules}
    if eligible is not None and payment is not None:
        _check(block, by_slot, eligible, payment, lines, problems)
    if eligible is None or (block.payment is not None and payment is None) or any(slot is None for slot in flags):
        return None
    return Outcome(lines or None, eligible, payment, beside, tuple(slot for slot in flags if slot is not None))


def _slot(
    name: Text, program: str, signatures: Mapping[str, Signature | NotInForce], problems: list[Problem]
) -> int | None:
    """The slot of a rule named in the outcome."""
    own = f"{program}.{name}" if "." not in name else str(name)
    found = signatures.get(own)
    if found is None:
        others = [key for key in signatures if key.endswith(f".{name}")]
        found = signatures[others[0]] if len(others) == 1 else None
    if found is None:
        hint = did_you_mean(str(name), [key.partition(".")[2] for key in signatures])
        problems.append(
            problem("name-unknown", name.at, found=name, expected=f"{hint}?" if hint else "the name of a rule")
        )
        return None
    if isinstance(found, NotInForce):
        ranges = ", ".join(str(period) for period in found.ranges) or "no day at all"
        code = "name-ended" if found.ended else "name-not-in-force"
        problems.append(problem(code, name.at, found=name, expected=f"a day in {ranges}"))
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
        problems.append(
            problem("outcome-type", block.eligible.at, found=decides.type, expected="a yes/no rule of the record")
        )
    if (
        not isinstance(pays.type, NumberType)
        or pays.type.unit.currency is None
        or pays.type.unit.period is None
        or pays.scope != lines
    ):
        where = f"for each entry of {lines}" if lines else "of the record"
        problems.append(
            problem(
                "outcome-type",
                block.payment.at,
                found=pays.type,
                expected=f"money, or money per month or year, {where}",
            )
        )
