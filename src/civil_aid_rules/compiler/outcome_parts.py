"""Names that an outcome or a notice gives: rules by their slot, and values that are shown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.expressions.elaborate import elaborate
from civil_aid_rules.compiler.forms.binding import parsed
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.compiler.scope import NotInForce, RuleScope, Signature
from civil_aid_rules.compiler.wording import not_in_force, type_words
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import FactRead, ParameterRead, RuleRead
from civil_aid_rules.ir.notices import Beside
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.types import YesNoType
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import Text

A_RULE = Both("expected the name of a rule", "应为规则的名字")
YES_NO_RULE = Both(
    "a yes/no rule for the whole record, or for each entry of for_each",
    "对整份记录（或 for_each 的每一项）判断是或否的规则",
)


def yes_no_slot(
    name: Text,
    wanted_scope: str | None,
    names: Namespace,
    scope: RuleScope,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
) -> int | None:
    """The slot of a yes/no rule named in the outcome; None with a problem."""
    slot = slot_of(name, names.program.name, scope.context.on, signatures, scope.problems)
    rule = next((rule for rule in rules if rule.slot == slot), None)
    if rule is None:
        return None
    if not isinstance(rule.type, YesNoType) or wanted_scope not in (None, rule.scope):
        scope.problems.append(problem("outcome-type", name.at, found=rule_words(rule), expected=YES_NO_RULE))
    return slot


def signature_of(
    name: Text, program: str, signatures: Mapping[str, Signature | NotInForce]
) -> Signature | NotInForce | None:
    """What is known of a rule named in the outcome. A flag that is not in force on the day says nothing."""
    own = f"{program}.{name}" if "." not in name else str(name)
    if own in signatures:
        return signatures[own]
    others = [key for key in signatures if key.endswith(f".{name}")]
    return signatures[others[0]] if len(others) == 1 else None


def slot_of(
    name: Text,
    program: str,
    on: datetime.date,
    signatures: Mapping[str, Signature | NotInForce],
    problems: list[Problem],
) -> int | None:
    """The slot of a rule named in the outcome."""
    found = signature_of(name, program, signatures)
    if found is None:
        expected = instead_of(str(name), [key.partition(".")[2] for key in signatures], A_RULE)
        problems.append(problem("name-unknown", name.at, found=name, expected=expected))
        return None
    if isinstance(found, NotInForce):
        problems.append(not_in_force(name, name.at, found, on))
        return None
    return found.slot


def beside_of(label: str, text: Text, scope: RuleScope, rules: Sequence[Rule]) -> Beside | None:
    """A value that is shown, with the title of what it reads; None with a problem."""
    expression = parsed(text, scope)
    typed = None if expression is None else elaborate(expression, scope)
    if typed is None or typed.type is None:
        return None
    match typed.node:
        case RuleRead(rule=slot):
            title = next((rule.title for rule in rules if rule.slot == slot), Bilingual(en=label, zh=label))
        case ParameterRead(parameter):
            title = parameter.title
        case FactRead(title=named):
            title = named
        case _:
            title = Bilingual(en=label, zh=label)
    return Beside(label, title, typed.type, typed.node, scope.counter[0])


def rule_words(rule: Rule) -> Both:
    """A rule with its type and what it is computed for."""
    words = type_words(rule.type)
    each = Both(f", for each entry of {rule.scope}", f"，对 {rule.scope} 的每一项") if rule.scope else Both("", "")
    name = rule.key.partition(".")[2]
    return Both(f"{name}, {words.en}{each.en},", f"{name} 是{words.zh}{each.zh}，")
