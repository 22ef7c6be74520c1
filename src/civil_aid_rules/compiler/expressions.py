"""Pass 3: expressions resolved and typed. Units are inferred through every branch; a mismatch has its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import assert_never

from civil_aid_rules.compiler.namespace import DeclaredParameter
from civil_aid_rules.compiler.scope import FrozenDay, NotInForce, RuleScope, Typed, title_of
from civil_aid_rules.compiler.wording import (
    A_NUMBER,
    YES_OR_NO,
    either,
    in_branch,
    not_in_force,
    together,
    type_words,
    unit_hint,
    unit_words,
)
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.facts.vocabulary import ListField
from civil_aid_rules.ir.nodes import (
    Aggregate,
    AggregateFunction,
    Arithmetic,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    DecidedDay,
    Division,
    EntryRead,
    Extreme,
    FactRead,
    Graduated,
    IsSet,
    ListRead,
    Node,
    Not,
    ParameterRead,
    RuleRead,
    TableRead,
    Through,
)
from civil_aid_rules.ir.parameters import Scale
from civil_aid_rules.ir.types import DateType, GroupType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.ir.values import NONE, UNKNOWN
from civil_aid_rules.language import syntax
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities import calendar
from civil_aid_rules.quantities.units import Unit, parse_unit
from civil_aid_rules.source import SourceSpan

PLAIN = Unit()
PERSON = Unit((("person", 1),))
MONTH = Unit((("month", 1),))
YEAR = Unit((("year", 1),))
_OPERATORS: dict[str, syntax.ComparisonOperator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "!=": "!="}
_AGGREGATES: dict[str, AggregateFunction] = {
    "sum": "sum",
    "count": "count",
    "any": "any",
    "all": "all",
    "min": "min",
    "max": "max",
}
_NO_NAME = Both("expected a fact of the record, a parameter or a rule", "应为记录中的事实、参数或规则")
FAULTY = Typed(Constant(0), None)
YES_NO = YesNoType()
DATE = DateType()


def elaborate(expression: syntax.Expression, scope: RuleScope) -> Typed:
    """The typed node of an expression. Faults go to `scope.problems`; the result is then FAULTY."""
    match expression:
        case syntax.Name() | syntax.Attribute():
            return _elaborate_path(expression, scope)
        case syntax.Number():
            return Typed(Constant(expression.value), NumberType(PLAIN), literal=expression.value, at=expression.at)
        case syntax.Text():
            return Typed(Constant(expression.value), TextType(), at=expression.at)
        case syntax.YesNo():
            return Typed(Constant(expression.value), YES_NO)
        case syntax.NoneLiteral():
            return _fault(scope, "none-misplaced", expression.at, "none", "x == none")
        case syntax.Negative():
            operand = elaborate(expression.operand, scope)
            return _arithmetic("-", Typed(Constant(0), NumberType(PLAIN), literal=0), operand, expression.at, scope)
        case syntax.Binary():
            left, right = elaborate(expression.left, scope), elaborate(expression.right, scope)
            if expression.op == "/":
                return _division(left, right, expression.at, scope)
            return _arithmetic(expression.op, left, right, expression.at, scope)
        case syntax.Comparison():
            return _chain(expression, scope)
        case syntax.Membership():
            return _membership(expression, scope)
        case syntax.And():
            return _connective("and", expression.operands, scope)
        case syntax.Or():
            return _connective("or", expression.operands, scope)
        case syntax.Not():
            operand = condition(expression.operand, scope)
            return Typed(Not(operand.node), YES_NO) if operand.type else FAULTY
        case syntax.Call():
            return _call(expression, scope)
        case syntax.Subscript():
            return _subscript(expression, scope)
        case syntax.Aggregate():
            return _aggregate(expression, scope)
        case _:
            assert_never(expression)


def condition(expression: syntax.Expression, scope: RuleScope) -> Typed:
    """An expression that must be yes or no."""
    typed = elaborate(expression, scope)
    if typed.type is not None and not isinstance(typed.type, YesNoType):
        return _fault(scope, "type-mismatch", expression.at, type_words(typed.type), YES_OR_NO)
    return typed


def conform(typed: Typed, wanted: Type, at: SourceSpan, scope: RuleScope, what: str) -> Node:
    """The node, checked against the type that is wanted here; `what` names the branch."""
    if typed.type is None or fits(typed, wanted):
        if typed.type is not None and typed.may_be_none and not isinstance(wanted, ItemType):
            _refuse_none(typed, at, scope)
        return typed.node
    if isinstance(typed.type, NumberType) and isinstance(wanted, NumberType):
        if typed.literal is not None:
            _unsourced(scope, at, typed.literal)
        else:
            hint = unit_hint(typed.type.unit, wanted.unit)
            _wrong_unit(scope, at, in_branch(unit_words(typed.type.unit), what), unit_words(wanted.unit), hint)
    else:
        _fault(scope, "type-mismatch", at, in_branch(type_words(typed.type), what), type_words(wanted))
    return typed.node


def fits(typed: Typed, wanted: Type) -> bool:
    """Whether a value of this type may stand where `wanted` is expected: 0 has any unit, 1 is also a rate."""
    match typed.type, wanted:
        case NumberType(unit), NumberType(wanted_unit):
            if typed.literal is not None:
                return typed.literal == 0 or (wanted_unit == PLAIN and typed.literal == 1)
            return unit == wanted_unit
        case TextType(), TextType(choices) if choices:
            if isinstance(typed.node, Constant):
                return typed.node.value in choices
            return (
                isinstance(typed.type, TextType)
                and set(typed.type.choices) <= set(choices)
                and bool(typed.type.choices)
            )
        case found, _:
            return found == wanted


def narrowed_by(expression: syntax.Expression, holds: bool) -> frozenset[str]:
    """The facts that are known not to be none once `expression` holds (or does not hold)."""
    match expression:
        case syntax.Comparison(first=first, rest=((operator, other),)):
            pair = (first, other) if isinstance(other, syntax.NoneLiteral) else (other, first)
            if isinstance(pair[1], syntax.NoneLiteral) and operator == ("!=" if holds else "=="):
                path = dotted(pair[0])
                return frozenset() if path is None else frozenset({path})
            return frozenset()
        case syntax.And(operands=operands) if holds:
            return frozenset().union(*(narrowed_by(operand, True) for operand in operands))
        case syntax.Or(operands=operands) if not holds:
            return frozenset().union(*(narrowed_by(operand, False) for operand in operands))
        case syntax.Not(operand=operand):
            return narrowed_by(operand, not holds)
        case _:
            return frozenset()


def dotted(expression: syntax.Expression) -> str | None:
    """`m.spouse.income` as text; None for anything that is no path of names."""
    if isinstance(expression, syntax.Name):
        return expression.id
    if isinstance(expression, syntax.Attribute):
        base = dotted(expression.base)
        return None if base is None else f"{base}.{expression.name}"
    return None


def _fault(
    scope: RuleScope, code: str, at: SourceSpan, found: object, expected: object, more: dict[str, object] | None = None
) -> Typed:
    scope.problems.append(problem(code, at, found=found, expected=expected, **(more or {})))
    return FAULTY


def _wrong_unit(scope: RuleScope, at: SourceSpan, found: Both, expected: Both, hint: Both) -> Typed:
    return _fault(scope, "unit-mismatch", at, found, expected, {"hint": hint})


def _unsourced(scope: RuleScope, at: SourceSpan, literal: int) -> Typed:
    """A number written out where a legal value should stand."""
    return _fault(scope, "literal-without-source", at, literal, "parameters.yaml")


def _refuse_none(typed: Typed, at: SourceSpan, scope: RuleScope) -> None:
    path = typed.path or "x"
    expected = either(f"`{path} == none or …`", f"`{path} != none and …`")
    _fault(scope, "none-unchecked", at, typed.path or Both("this value", "此值"), expected)


# --- names -----------------------------------------------------------------------------------------------------------


def _elaborate_path(expression: syntax.Name | syntax.Attribute, scope: RuleScope) -> Typed:
    parts = (dotted(expression) or "").split(".")
    if parts == [""]:
        return _fault(scope, "name-after-value", expression.at, "(…)", "x.name")
    at = _first_at(expression)
    typed, used = _head(parts, at, scope)
    while typed.type is not None and used < len(parts):
        typed, used = _member(typed, parts, used, expression.at, scope)
    return typed


def _first_at(expression: syntax.Expression) -> SourceSpan:
    while isinstance(expression, syntax.Attribute):
        expression = expression.base
    return expression.at


def _head(parts: list[str], at: SourceSpan, scope: RuleScope) -> tuple[Typed, int]:
    """What the first part of a path names, and how many parts that took."""
    name = parts[0]
    if name in scope.variables:
        variable = scope.variables[name]
        return Typed(EntryRead(variable.index, variable.scope), ItemType(variable.scope), path=name), 1
    if name == "on":
        return Typed(DecidedDay(), DATE), 1
    if name == "each":
        return _each(at, scope), 1
    found = _fact(parts, 0, "", 0, scope)
    if found is not None:
        return found
    declared = scope.context.visible(scope.instance)
    if name in declared:
        return _declared(declared[name].key, at, scope), 1
    if len(parts) > 1 and name in scope.context.instances:
        other = scope.context.visible(name)
        if parts[1] in other:
            return _declared(other[parts[1]].key, at, scope), 2
        return _unknown(parts[1], at.shifted(len(name) + 1), other, scope), 2
    if name in scope.facts("").lists:
        return _fault(scope, "list-misplaced", at, name, f"count(x for x in {name})"), 1
    known = {*scope.variables, *declared, *scope.facts("").facts, *scope.facts("").lists, "on", "each"}
    return _unknown(name, at, known, scope), 1


def _unknown(name: str, at: SourceSpan, known: Iterable[str], scope: RuleScope) -> Typed:
    return _fault(scope, "name-unknown", at, name, instead_of(name, sorted(known), _NO_NAME))


def _each(at: SourceSpan, scope: RuleScope) -> Typed:
    units = [variable.unit for variable in scope.variables.values() if variable.unit != PLAIN]
    if not units:
        return _fault(scope, "each-misplaced", at, "each", "for_each: m in …")
    return Typed(Constant(1), NumberType(units[-1]))


def _fact(parts: list[str], used: int, fact_scope: str, variable: int, scope: RuleScope) -> tuple[Typed, int] | None:
    """The longest dotted name among the facts of `fact_scope` that the path continues with."""
    facts = scope.facts(fact_scope).facts
    for end in range(len(parts), used, -1):
        field = facts.get(".".join(parts[used:end]))
        if field is not None:
            path = ".".join(parts[:end])
            node = FactRead(variable, field.slot, field.name, title_of(field.en, field.zh), field.type)
            open_none = field.may_be_none and not _narrowed(path, scope)
            return Typed(node, field.type, may_be_none=open_none, path=path), end
    return None


def _narrowed(path: str, scope: RuleScope) -> bool:
    prefixes = {path[:index] for index, character in enumerate(path) if character == "."} | {path}
    return bool(prefixes & scope.narrowed)


def _member(base: Typed, parts: list[str], used: int, at: SourceSpan, scope: RuleScope) -> tuple[Typed, int]:
    """`.name` after something that is an entry of a list."""
    if not isinstance(base.type, ItemType):
        words, path = type_words(base.type), ".".join(parts[:used])
        value = Both(f"{path} ({words.en})", f"{path}（{words.zh}）")
        return _fault(scope, "name-after-value", at, value, path), len(parts)
    if base.may_be_none:
        _refuse_none(base, at, scope)
    entry_scope = base.type.scope
    variable = base.node.variable if isinstance(base.node, EntryRead) else -1
    target: Typed
    found = _fact(parts, used, entry_scope, variable, scope)
    if found is not None:
        target, used = found
    else:
        after_dot = at.shifted(len(".".join(parts[:used])) + 1)
        target, used = _entry_rule(parts[used], entry_scope, variable, after_dot, scope), used + 1
    if target.type is None:
        return target, used
    assert isinstance(target.node, FactRead | RuleRead)
    path = ".".join(parts[:used])
    open_none = target.may_be_none and not _narrowed(path, scope)
    node = target.node if variable >= 0 else Through(base.node, target.node)
    return Typed(node, target.type, may_be_none=open_none, path=path), used


def _entry_rule(name: str, entry_scope: str, variable: int, at: SourceSpan, scope: RuleScope) -> Typed:
    """A rule that is computed for each entry of `entry_scope`."""
    declared = scope.context.visible(scope.instance)
    if name in declared and not isinstance(declared[name], DeclaredParameter):
        signature = scope.context.signature(declared[name].key)
        if isinstance(signature, NotInForce):
            return _not_in_force(name, at, signature, scope)
        if signature.type is None:
            return FAULTY
        if signature.scope == entry_scope:
            return Typed(
                RuleRead(variable, signature.slot), signature.type, may_be_none=signature.may_be_none, path=name
            )
        expected = f"x.{name} for x in {signature.scope}" if signature.scope else name
        return _fault(scope, "name-scope", at, name, expected, {"scope": _computed(signature.scope)})
    known = {
        *scope.facts(entry_scope).facts,
        *(key for key, value in declared.items() if not isinstance(value, DeclaredParameter)),
    }
    return _unknown(name, at, known, scope)


def _computed(scope: str) -> Both:
    """How often a rule is computed."""
    if not scope:
        return Both("once for the whole record", "对整份记录只算一次")
    return Both(f"for each entry of {scope}", f"对 {scope} 的每一项各算一次")


def _not_in_force(
    name: str, at: SourceSpan, missing: NotInForce, scope: RuleScope, day: datetime.date | None = None
) -> Typed:
    scope.problems.append(not_in_force(name, at, missing, day or scope.context.on))
    return FAULTY


def _declared(key: str, at: SourceSpan, scope: RuleScope) -> Typed:
    """A parameter, or a rule of the whole record."""
    name = key.partition(".")[2]
    declared = scope.context.visible(key.partition(".")[0])[name]
    if isinstance(declared, DeclaredParameter):
        value = scope.context.parameter(key, None)
        if isinstance(value, NotInForce):
            return _not_in_force(name, at, value, scope)
        if value.shape is not None:
            how = "graduated(x, {})" if isinstance(value.shape, Scale) else "{}[key]"
            return _fault(scope, "table-misplaced", at, name, how.format(name))
        return Typed(ParameterRead(value), value.type)
    signature = scope.context.signature(key)
    if isinstance(signature, NotInForce):
        return _not_in_force(name, at, signature, scope)
    if signature.type is None:
        return FAULTY
    if signature.scope:
        expected = f"x.{name} for x in {signature.scope}"
        return _fault(scope, "name-scope", at, name, expected, {"scope": _computed(signature.scope)})
    open_none = signature.may_be_none and not _narrowed(name, scope)
    return Typed(RuleRead(0, signature.slot), signature.type, may_be_none=open_none, path=name)


# --- operators -------------------------------------------------------------------------------------------------------


def _numbers(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> bool:
    """Whether both are numbers that are not none; reports what is not."""
    fine = True
    for side in (left, right):
        if side.type is None:
            fine = False
        elif not isinstance(side.type, NumberType):
            _fault(scope, "type-mismatch", at, type_words(side.type), A_NUMBER)
            fine = False
        elif side.may_be_none:
            _refuse_none(side, at, scope)
            fine = False
    return fine


def _arithmetic(operator: str, left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    if not _numbers(left, right, at, scope):
        return FAULTY
    left_unit, right_unit = left.unit or PLAIN, right.unit or PLAIN
    if operator == "*":
        return Typed(Arithmetic("*", left.node, right.node), NumberType(left_unit * right_unit))
    assert operator in ("+", "-")
    unit = _common_unit(left, right, at, scope, "added" if operator == "+" else "subtracted")
    node = Arithmetic("+" if operator == "+" else "-", left.node, right.node)
    return FAULTY if unit is None else Typed(node, NumberType(unit))


def _common_unit(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope, how: str) -> Unit | None:
    """The unit of two numbers that must agree; a literal must be 0, or 1 beside a plain number or rate."""
    left_unit, right_unit = left.unit or PLAIN, right.unit or PLAIN
    for one, other, unit in ((left, right_unit, right_unit), (right, left_unit, left_unit)):
        if one.literal is not None and (one.literal == 0 or (one.literal == 1 and other == PLAIN)):
            return unit
        if one.literal is not None:
            _unsourced(scope, one.at or at, one.literal)
            return None
    if left_unit != right_unit:
        _disagree(left_unit, right_unit, at, scope, how)
        return None
    return left_unit


_SIDES = {
    "added": Both("added to", "相加"),
    "subtracted": Both("less", "相减"),
    "compared": Both("compared with", "相比"),
}
_ONE_UNIT = Both("one unit on both sides", "两边单位相同")


def _disagree(left: Unit, right: Unit, at: SourceSpan, scope: RuleScope, how: str) -> None:
    """Two numbers of different units: the hint converts the one on the left."""
    one, other = unit_words(left), unit_words(right)
    hint = unit_hint(left, right)
    found = Both(f"{one.en} {_SIDES[how].en} {other.en}", f"{one.zh} 与 {other.zh} {_SIDES[how].zh}")
    side = Both(f"on the left {hint.en}, or do the reverse on the right", f"左边{hint.zh}，或对右边反向换算")
    _wrong_unit(scope, at, found, _ONE_UNIT, side)


def _division(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    if not _numbers(left, right, at, scope):
        return FAULTY
    if_zero: Node | None = None
    if can_be_zero(right.node):
        if scope.if_zero is None:
            return _fault(scope, "division-by-zero", at, right.path or "(…)", "if_zero:")
        if_zero = scope.if_zero()
    unit = (left.unit or PLAIN) / (right.unit or PLAIN)
    return Typed(Division(left.node, right.node, if_zero), NumberType(unit))


def can_be_zero(node: Node) -> bool:
    """Whether a divisor can be zero, as far as its structure tells."""
    match node:
        case Constant(value):
            return value == 0
        case ParameterRead(parameter):
            return parameter.value == 0
        case Arithmetic("*", left, right):
            return can_be_zero(left) or can_be_zero(right)
        case _:
            return True


def _chain(expression: syntax.Comparison, scope: RuleScope) -> Typed:
    """`a < b <= c` is `a < b and b <= c`."""
    nodes: list[Node] = []
    left = expression.first
    for operator, right in expression.rest:
        typed = _comparison(operator, left, right, expression.at, scope)
        if typed.type is None:
            return FAULTY
        nodes.append(typed.node)
        left = right
    return Typed(nodes[0] if len(nodes) == 1 else Connective("and", tuple(nodes)), YES_NO)


def _comparison(
    operator: str, left: syntax.Expression, right: syntax.Expression, at: SourceSpan, scope: RuleScope
) -> Typed:
    if isinstance(right, syntax.NoneLiteral) or isinstance(left, syntax.NoneLiteral):
        return _none_comparison(operator, left if isinstance(right, syntax.NoneLiteral) else right, at, scope)
    return compare(operator, elaborate(left, scope), elaborate(right, scope), at, scope)


def compare(operator: str, left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """Two values compared: numbers of one unit, days, texts of one set, entries of one list."""
    if left.type is None or right.type is None:
        return FAULTY
    if not _comparable(operator, left, right, at, scope):
        return FAULTY
    return Typed(Comparison(_OPERATORS[operator], left.node, right.node), YES_NO)


def _comparable(operator: str, left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> bool:
    for side in (left, right):
        if side.may_be_none and (operator not in ("==", "!=") or not isinstance(side.type, TextType | ItemType)):
            _refuse_none(side, at, scope)
            return False
    match left.type, right.type:
        case NumberType(), NumberType():
            return _common_unit(left, right, at, scope, "compared") is not None
        case (DateType(), DateType()):
            return True
        case (TextType(), TextType()) if operator in ("==", "!="):
            return _texts_agree(left, right, at, scope)
        case (ItemType(one), ItemType(other)) if operator in ("==", "!="):
            if one == other:
                return True
        case (YesNoType(), YesNoType()) if operator in ("==", "!="):
            return True
    _fault(
        scope,
        "type-mismatch",
        at,
        together(left.type, operator, right.type),
        Both("two numbers, two days, or == between two of one kind", "两个数、两个日期，或用 == 比较同类的两项"),
    )
    return False


def _texts_agree(left: Typed, right: Typed, at: SourceSpan, scope: RuleScope) -> bool:
    """A text that is compared must be one that the other side can have."""
    for one, other in ((left, right), (right, left)):
        choices = other.type.choices if isinstance(other.type, TextType) else ()
        if isinstance(one.node, Constant) and choices and one.node.value not in choices:
            text = str(one.node.value)
            _fault(scope, "choice-unknown", one.at or at, f'"{text}"', instead_of(text, choices))
            return False
    return True


def _none_comparison(operator: str, operand: syntax.Expression, at: SourceSpan, scope: RuleScope) -> Typed:
    typed = elaborate(operand, scope)
    if typed.type is None:
        return FAULTY
    if operator not in ("==", "!="):
        return _fault(scope, "none-misplaced", at, f"{operator} none", f"{typed.path or 'x'} == none")
    if not typed.may_be_none and not _was_narrowed(typed, scope):
        return _fault(
            scope,
            "none-impossible",
            at,
            typed.path or Both("this value", "此值"),
            Both("a fact or an entry that may be none", "可能为 none 的事实或列表项"),
        )
    return Typed(Comparison("==" if operator == "==" else "!=", typed.node, Constant(NONE)), YES_NO)


def _was_narrowed(typed: Typed, scope: RuleScope) -> bool:
    return typed.path is not None and _narrowed(typed.path, scope)


def _membership(expression: syntax.Membership, scope: RuleScope) -> Typed:
    item = elaborate(expression.item, scope)
    tests = [compare("==", item, elaborate(choice, scope), choice.at, scope) for choice in expression.choices]
    if any(test.type is None for test in tests):
        return FAULTY
    node: Node = tests[0].node if len(tests) == 1 else Connective("or", tuple(test.node for test in tests))
    return Typed(Not(node) if expression.negated else node, YES_NO)


def _connective(operator: str, operands: tuple[syntax.Expression, ...], scope: RuleScope) -> Typed:
    """`and` / `or`; an operand may rely on what those before it say about none."""
    nodes: list[Node] = []
    faulty = False
    for operand in operands:
        typed = condition(operand, scope)
        faulty = faulty or typed.type is None
        nodes.append(typed.node)
        scope = scope.narrow(narrowed_by(operand, operator == "and"))
    return FAULTY if faulty else Typed(Connective("and" if operator == "and" else "or", tuple(nodes)), YES_NO)


# --- calls, tables, lists --------------------------------------------------------------------------------------------


_COUNTS = {
    "is_set": 1, "value_on": 2, "per_month": 1, "per_year": 1, "months": 1, "years": 1, "age": 2, "months_between": 2,
    "years_before": 2, "months_before": 2, "start_of_month": 1, "start_of_year": 1, "graduated": 2,
}  # fmt: skip
"""The functions that take values in order, and how many each takes."""


def _call(expression: syntax.Call, scope: RuleScope) -> Typed:
    name, arguments = expression.function, expression.arguments
    if name in ("min", "max"):
        return _extreme(expression, scope)
    if name not in _COUNTS:
        return _fault(scope, "call-form", expression.at, f"{name}(…)", f"{name}(value for x in list if condition)")
    if len(arguments) != _COUNTS[name]:
        more: dict[str, object] = {"function": name}
        return _fault(scope, "call-arguments", expression.at, len(arguments), _COUNTS[name], more)
    if name in ("is_set", "value_on"):
        return _parameter_call(expression, scope)
    if name == "graduated":
        return _graduated(expression, scope)
    typed = [elaborate(argument, scope) for argument in arguments]
    if any(item.type is None for item in typed):
        return FAULTY
    if name in ("per_month", "per_year"):
        return _per(name, typed[0], expression.at, scope)
    if name in ("months", "years"):
        return _duration(name, typed[0], expression.at, scope)
    return _date_call(name, typed, expression.at, scope)


def _parameter_argument(expression: syntax.Expression, scope: RuleScope) -> str | None:
    """The key of the parameter that an argument names."""
    parts = (dotted(expression) or "").split(".")
    instance, name = (scope.instance, parts[0]) if len(parts) == 1 else (parts[0], parts[-1])
    declared = scope.context.visible(instance).get(name)
    if isinstance(declared, DeclaredParameter):
        return declared.key
    names = {
        key for key, value in scope.context.visible(scope.instance).items() if isinstance(value, DeclaredParameter)
    }
    expected = instead_of(name, sorted(names))
    _fault(scope, "parameter-expected", expression.at, dotted(expression) or "(…)", expected)
    return None


def _parameter_call(expression: syntax.Call, scope: RuleScope) -> Typed:
    key = _parameter_argument(expression.arguments[0], scope)
    if key is None:
        return FAULTY
    if expression.function == "is_set":
        value = scope.context.parameter(key, None)
        if isinstance(value, NotInForce):
            return _not_in_force(key.partition(".")[2], expression.at, value, scope)
        return Typed(IsSet(value), YES_NO)
    day_of = _frozen_day(expression.arguments[1], scope)
    if day_of is None:
        return FAULTY
    value = scope.context.parameter(key, day_of)
    if isinstance(value, NotInForce):
        return _not_in_force(key.partition(".")[2], expression.at, value, scope, day_of(scope.context.on))
    return Typed(ParameterRead(value), value.type)


def _frozen_day(expression: syntax.Expression, scope: RuleScope) -> FrozenDay | None:
    """A day computed from `on` alone, while compiling."""
    match expression:
        case syntax.Name(id="on"):
            return lambda on: on
        case syntax.Call(
            function="years_before" | "months_before" as name, arguments=(inner, syntax.Number(value=count))
        ):
            outer = _frozen_day(inner, scope)
            return None if outer is None else _moved_back(name, outer, count)
        case syntax.Call(function="start_of_month" | "start_of_year" as name, arguments=(inner,)):
            outer = _frozen_day(inner, scope)
            return None if outer is None else _started(name, outer)
        case _:
            _fault(
                scope,
                "frozen-day",
                expression.at,
                dotted(expression) or "(…)",
                "years_before(on, 1), months_before(on, 1), start_of_month(on), start_of_year(on)",
            )
            return None


def _moved_back(name: str, outer: FrozenDay, count: int) -> FrozenDay:
    step = calendar.years_before if name == "years_before" else calendar.months_before
    return lambda on: step(outer(on), count) or datetime.date.min  # no calendar goes back so far: before every value


def _started(name: str, outer: FrozenDay) -> FrozenDay:
    start = calendar.start_of_month if name == "start_of_month" else calendar.start_of_year
    return lambda on: start(outer(on))


def _graduated(expression: syntax.Call, scope: RuleScope) -> Typed:
    base = elaborate(expression.arguments[0], scope)
    key = _parameter_argument(expression.arguments[1], scope)
    if key is None or base.type is None:
        return FAULTY
    value = scope.context.parameter(key, None)
    if isinstance(value, NotInForce):
        return _not_in_force(key.partition(".")[2], expression.at, value, scope)
    wanted = _key_unit(key, scope)
    if value.is_set and not isinstance(value.shape, Scale):
        return _fault(scope, "table-expected", expression.arguments[1].at, key.partition(".")[2], "scale")
    if wanted is None or not isinstance(base.type, NumberType) or base.may_be_none:
        return _fault(scope, "type-mismatch", expression.arguments[0].at, type_words(base.type), A_NUMBER)
    conform(base, NumberType(wanted), expression.arguments[0].at, scope, "graduated(…)")
    rate = value.type.unit if isinstance(value.type, NumberType) else PLAIN
    return Typed(Graduated(value, base.node), NumberType(wanted * rate))


def _key_unit(key: str, scope: RuleScope) -> Unit | None:
    """The unit that a table parameter is looked up by; None for a table by choice."""
    declared = scope.context.visible(key.partition(".")[0])[key.partition(".")[2]]
    assert isinstance(declared, DeclaredParameter)
    text = declared.entry.block.key
    return None if text is None or text == "choice" else parse_unit(text)


def _subscript(expression: syntax.Subscript, scope: RuleScope) -> Typed:
    key = _parameter_argument(expression.table, scope)
    row = elaborate(expression.key, scope)
    if key is None or row.type is None:
        return FAULTY
    value = scope.context.parameter(key, None)
    if isinstance(value, NotInForce):
        return _not_in_force(key.partition(".")[2], expression.at, value, scope)
    if isinstance(value.shape, Scale) or (value.shape is None and value.value is not UNKNOWN):
        return _fault(
            scope, "table-expected", expression.at, key.partition(".")[2], Both("table or bands", "table 或 bands")
        )
    wanted = _key_unit(key, scope)
    expected: Type = (
        NumberType(wanted) if wanted is not None else TextType(tuple(name for name, _ in value.choice_titles))
    )
    if row.literal is None or wanted is None:
        conform(row, expected, expression.key.at, scope, "the key")
    return Typed(TableRead(value, row.node), value.type)


def _per(name: str, typed: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """`per_month(x)`: a yearly amount divided by 12 (a monthly one stays); `per_year(x)` the reverse."""
    unit = typed.unit
    source, target = (YEAR, MONTH) if name == "per_month" else (MONTH, YEAR)
    powers = dict(unit.powers) if unit is not None else {}
    if unit is None or typed.may_be_none or (powers.get("year", 0), powers.get("month", 0)) not in ((-1, 0), (0, -1)):
        return _wrong_unit(scope, at, _of(typed), _PER, Both(f"{name} converts nothing else", f"{name} 只换算这样的数"))
    if powers.get("month" if name == "per_month" else "year"):
        return typed
    converted = NumberType(unit * source / target)
    if name == "per_month":
        return Typed(Division(typed.node, Constant(12), None), converted)
    return Typed(Arithmetic("*", typed.node, Constant(12)), converted)


_PER = Both("an amount per month or per year", "按月或按年计的数")


def _of(typed: Typed) -> Both:
    """The type of what was found, or that it may be none."""
    words = type_words(typed.type) if typed.unit is None else unit_words(typed.unit)
    return Both(f"{words.en}, or none", f"{words.zh}，也可能为 none") if typed.may_be_none else words


def _duration(name: str, typed: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    if typed.unit != PLAIN or typed.may_be_none:
        hint = Both(f"{name} gives a plain number its unit", f"{name} 给不带单位的数加上单位")
        return _wrong_unit(scope, at, _of(typed), unit_words(PLAIN), hint)
    return Typed(typed.node, NumberType(MONTH if name == "months" else YEAR))


_AGE_RULE = "age_rule: {reached_on: birthday, leap_day: mar1, cite: …}"


def _date_call(name: str, typed: list[Typed], at: SourceSpan, scope: RuleScope) -> Typed:
    dates = typed[:1] if name in ("years_before", "months_before", "start_of_month", "start_of_year") else typed
    for item in dates:
        if not isinstance(item.type, DateType):
            return _fault(scope, "type-mismatch", at, type_words(item.type), type_words(DATE))
        if item.may_be_none:
            _refuse_none(item, at, scope)
            return FAULTY
    nodes = tuple(item.node for item in typed)
    match name:
        case "age":
            if scope.context.age_rule is None:
                return _fault(scope, "age-rule-missing", at, "age(…)", _AGE_RULE)
            return Typed(DateFunction("age", nodes, scope.context.age_rule), NumberType(YEAR))
        case "months_between":
            return Typed(DateFunction("months_between", nodes, None), NumberType(MONTH))
        case "years_before" | "months_before":
            unit = YEAR if name == "years_before" else MONTH
            if typed[1].unit not in (PLAIN, unit) or typed[1].may_be_none:
                hint = Both(f"write a plain number or {unit}s(…)", f"请写不带单位的数或 {unit}s(…)")
                return _wrong_unit(scope, at, _of(typed[1]), unit_words(unit), hint)
            return Typed(DateFunction(name, nodes, None), DATE)
        case "start_of_month" | "start_of_year":
            return Typed(DateFunction(name, nodes, None), DATE)
        case _:
            return _fault(scope, "call-form", at, name, "a known function")


def _extreme(expression: syntax.Call, scope: RuleScope) -> Typed:
    typed = [elaborate(argument, scope) for argument in expression.arguments]
    if len(typed) < 2:
        return _fault(
            scope,
            "call-arguments",
            expression.at,
            len(typed),
            Both("two or more", "两个以上"),
            {"function": expression.function},
        )
    first = typed[0]
    for other in typed[1:]:
        if not _numbers(first, other, expression.at, scope):
            return FAULTY
        unit = _common_unit(first, other, expression.at, scope, "compared")
        if unit is None:
            return FAULTY
        first = Typed(first.node, NumberType(unit))
    return Typed(
        Extreme("min" if expression.function == "min" else "max", tuple(item.node for item in typed)), first.type
    )


def list_read(source: syntax.Expression, scope: RuleScope) -> tuple[ListRead, ListField] | None:
    """The list that a comprehension or `for_each` runs over; None with a problem."""
    if isinstance(source, syntax.Name):
        found, variable, where = source.id, 0, ""
    elif (
        isinstance(source, syntax.Attribute)
        and isinstance(source.base, syntax.Name)
        and source.base.id in scope.variables
    ):
        bound = scope.variables[source.base.id]
        found, variable, where = source.name, bound.index, bound.scope
    else:
        _fault(
            scope,
            "list-unknown",
            source.at,
            dotted(source) or "(…)",
            instead_of(dotted(source) or "", scope.facts("").lists),
        )
        return None
    lists = scope.facts(where).lists
    if found not in lists:
        _fault(scope, "list-unknown", source.at, dotted(source) or found, instead_of(found, lists))
        return None
    field = lists[found]
    return ListRead(variable, field.slot, field.scope, title_of(field.en, field.zh)), field


def _aggregate(expression: syntax.Aggregate, scope: RuleScope) -> Typed:
    entries = list_read(expression.source, scope)
    if entries is None:
        return FAULTY
    read, field = entries
    if expression.variable in scope.variables or expression.variable in scope.context.visible(scope.instance):
        return _fault(scope, "variable-taken", expression.at, expression.variable, f"{expression.variable}_1")
    inner, variable = scope.new_variable(expression.variable, field.scope, field.unit)
    test: Typed | None = None
    if expression.condition is not None:
        test = condition(expression.condition, inner)
        inner = inner.narrow(narrowed_by(expression.condition, True))
    value = elaborate(expression.value, inner)
    if value.type is None or (test is not None and test.type is None):
        return FAULTY
    return _aggregate_of(expression, read, variable.index, test, value, field.unit, scope)


def _aggregate_of(
    expression: syntax.Aggregate,
    read: ListRead,
    variable: int,
    test: Typed | None,
    value: Typed,
    unit: Unit,
    scope: RuleScope,
) -> Typed:
    name = expression.function
    result: Type | None = value.type
    if name not in _AGGREGATES:
        return _fault(scope, "call-form", expression.at, name, "sum, count, any, all, min or max")
    if name == "count":
        if not (isinstance(value.node, EntryRead) and value.node.variable == variable):
            return _fault(
                scope,
                "call-form",
                expression.at,
                f"{name}(value for …)",
                f"count({expression.variable} for {expression.variable} in … if …)",
            )
        result = NumberType(unit)
    elif name in ("any", "all"):
        if not isinstance(value.type, YesNoType):
            return _fault(scope, "type-mismatch", expression.value.at, type_words(value.type), YES_OR_NO)
    elif not isinstance(value.type, NumberType) and not (name in ("min", "max") and isinstance(value.type, DateType)):
        return _fault(scope, "type-mismatch", expression.value.at, type_words(value.type), A_NUMBER)
    if isinstance(value.type, GroupType):
        return _fault(scope, "type-mismatch", expression.value.at, type_words(value.type), Both("one fact", "一项事实"))
    if value.may_be_none and name != "count":
        _refuse_none(value, expression.value.at, scope)
    if_empty: Node | None = None
    if name in ("all", "min", "max"):
        if scope.if_empty is None:
            return _fault(
                scope,
                "empty-list",
                expression.at,
                f"{name}(…)",
                "if_empty:",
            )
        if_empty = scope.if_empty()
    node = Aggregate(_AGGREGATES[name], read, variable, test.node if test else None, value.node, if_empty)
    return Typed(node, result)
