"""Which types and units go together: in an operation, and where a value of a given type is wanted."""

from __future__ import annotations

from civil_aid_rules.compiler.expressions.faults import fault, refuse_none, unsourced, wrong_unit
from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.wording import A_NUMBER, in_branch, type_words, unit_hint, unit_words
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import Constant, Node
from civil_aid_rules.ir.types import DateType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.source import SourceSpan

PLAIN = Unit()
DAY, WORKING_DAY = Unit((("day", 1),)), Unit((("working_day", 1),))
MONTH = Unit((("month", 1),))
YEAR = Unit((("year", 1),))
YES_NO = YesNoType()
DATE = DateType()

_SIDES = {
    "added": Both("added to", "相加"),
    "subtracted": Both("less", "相减"),
    "compared": Both("compared with", "相比"),
}
_ONE_UNIT = Both("one unit on both sides", "两边单位相同")


def conform(typed: Typed, wanted: Type, at: SourceSpan, scope: RuleScope, what: str) -> Node:
    """The node, checked against the type that is wanted here; `what` names the branch."""
    if typed.type is None:
        return typed.node
    if fits(typed, wanted):
        if typed.may_be_none and not isinstance(wanted, ItemType):
            refuse_none(typed, at, scope)
    elif not isinstance(typed.type, NumberType) or not isinstance(wanted, NumberType):
        found = in_branch(type_words(typed.type), what)
        fault(scope, "type-mismatch", at, found, type_words(wanted), {"branch": what})
    elif typed.literal is not None:
        unsourced(scope, at, typed.literal)
    else:
        hint = unit_hint(typed.type.unit, wanted.unit)
        found = in_branch(unit_words(typed.type.unit), what)
        fault(scope, "unit-mismatch", at, found, unit_words(wanted.unit), {"hint": hint, "branch": what})
    return typed.node


def fits(typed: Typed, wanted: Type) -> bool:
    """Whether a value of this type may stand where `wanted` is expected: 0 has any unit, 1 is also a rate."""
    match typed.type, wanted:
        case NumberType(unit), NumberType(wanted_unit):
            if typed.literal is not None:
                return typed.literal == 0 or (wanted_unit == PLAIN and typed.literal == 1)
            return unit == wanted_unit
        case TextType(own), TextType(choices) if choices:
            if isinstance(typed.node, Constant):
                return typed.node.value in choices
            return bool(own) and set(own) <= set(choices)
        case found, _:
            return found == wanted


def are_numbers(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> bool:
    """Whether both are numbers that are not none; reports what is not."""
    fine = True
    for side in (left, right):
        if side.type is None:
            fine = False
        elif not isinstance(side.type, NumberType):
            fault(scope, "type-mismatch", at, type_words(side.type), A_NUMBER)
            fine = False
        elif side.may_be_none:
            refuse_none(side, at, scope)
            fine = False
    return fine


def common_unit(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope, how: str) -> Unit | None:
    """The unit of two numbers that must agree; a literal must be 0, or 1 beside a plain number or rate."""
    left_unit, right_unit = left.unit or PLAIN, right.unit or PLAIN
    for one, other in ((left, right_unit), (right, left_unit)):
        if one.literal is not None and (one.literal == 0 or (one.literal == 1 and other == PLAIN)):
            return other
        if one.literal is not None:
            unsourced(scope, one.at or at, one.literal)
            return None
    if left_unit != right_unit:
        _disagree(left_unit, right_unit, at, scope, how)
        return None
    return left_unit


def _disagree(left: Unit, right: Unit, at: SourceSpan, scope: RuleScope, how: str) -> None:
    """Two numbers of different units: the hint converts the one on the left."""
    one, other = unit_words(left), unit_words(right)
    hint = unit_hint(left, right)
    found = Both(f"{one.en} {_SIDES[how].en} {other.en}", f"{one.zh} 与 {other.zh} {_SIDES[how].zh}")
    side = Both(f"on the left {hint.en}, or do the reverse on the right", f"左边{hint.zh}，或对右边反向换算")
    wrong_unit(scope, at, found, _ONE_UNIT, side)


def words_of(typed: Typed) -> Both:
    """The type of what was found, or that it may be none."""
    words = type_words(typed.type) if typed.unit is None else unit_words(typed.unit)
    return Both(f"{words.en}, or none", f"{words.zh}，也可能为 none") if typed.may_be_none else words
