"""Comparisons: of numbers and days by order, of texts and entries for equality, and with `none`."""

from __future__ import annotations

from civil_aid_rules.compiler.expressions.faults import FAULTY, fault, refuse_none
from civil_aid_rules.compiler.expressions.fitting import YES_NO, common_unit
from civil_aid_rules.compiler.expressions.paths import is_narrowed
from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.wording import together
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import Comparison, Constant
from civil_aid_rules.ir.types import DateType, ItemType, NumberType, TextType, YesNoType
from civil_aid_rules.ir.values import NONE
from civil_aid_rules.language.syntax import ComparisonOperator
from civil_aid_rules.names import instead_of
from civil_aid_rules.source import SourceSpan

OPERATORS: dict[str, ComparisonOperator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "!=": "!="}
_EQUALITY = ("==", "!=")
_KINDS = Both("two numbers, two days, or == between two of one kind", "两个数、两个日期，或用 == 比较同类的两项")


def compare(operator: str, left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """Two values compared: numbers of one unit, days, texts of one set, entries of one list."""
    if left.type is None or right.type is None or not _comparable(operator, left, right, at, scope):
        return FAULTY
    return Typed(Comparison(OPERATORS[operator], left.node, right.node), YES_NO)


def _comparable(operator: str, left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> bool:
    for side in (left, right):
        if side.may_be_none and (operator not in _EQUALITY or not isinstance(side.type, TextType | ItemType)):
            refuse_none(side, at, scope)
            return False
    match left.type, right.type:
        case NumberType(), NumberType():
            return common_unit(left, right, at, scope, "compared") is not None
        case DateType(), DateType():
            return True
        case (TextType(), TextType()) if operator in _EQUALITY:
            return _texts_agree(left, right, at, scope)
        case (ItemType(one), ItemType(other)) if operator in _EQUALITY and one == other:
            return True
        case (YesNoType(), YesNoType()) if operator in _EQUALITY:
            return True
    fault(scope, "type-mismatch", at, together(left.type, operator, right.type), _KINDS)
    return False


def _texts_agree(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> bool:
    """A text that is compared must be one that the other side can have."""
    for one, other in ((left, right), (right, left)):
        choices = other.type.choices if isinstance(other.type, TextType) else ()
        if isinstance(one.node, Constant) and choices and one.node.value not in choices:
            text = str(one.node.value)
            fault(scope, "choice-unknown", one.at or at, f'"{text}"', instead_of(text, choices))
            return False
    return True


def compare_with_none(operator: str, typed: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """Whether there is none: asked only of what may be none."""
    if typed.type is None:
        return FAULTY
    if operator not in _EQUALITY:
        return fault(scope, "none-misplaced", at, f"{operator} none", f"{typed.path or 'x'} == none")
    if not typed.may_be_none and (typed.path is None or not is_narrowed(typed.path, scope)):
        expected = Both("a fact or an entry that may be none", "可能为 none 的事实或列表项")
        return fault(scope, "none-impossible", at, typed.path or Both("this value", "此值"), expected)
    return Typed(Comparison(OPERATORS[operator], typed.node, Constant(NONE)), YES_NO)
