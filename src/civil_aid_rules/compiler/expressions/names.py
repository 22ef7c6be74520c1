"""What a name or a dotted path stands for: a fact, a legal value, a rule, an entry of a list, `on`, `each`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from civil_aid_rules.compiler.expressions.faults import FAULTY, fault, refuse_none
from civil_aid_rules.compiler.expressions.fitting import DATE, PLAIN
from civil_aid_rules.compiler.expressions.paths import dotted, first_at, is_narrowed
from civil_aid_rules.compiler.namespace import DeclaredParameter
from civil_aid_rules.compiler.scope import NotInForce, RuleScope, Typed, title_of
from civil_aid_rules.compiler.wording import not_in_force as not_in_force_problem
from civil_aid_rules.compiler.wording import type_words
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import Constant, DecidedDay, EntryRead, FactRead, ParameterRead, RuleRead, Through
from civil_aid_rules.ir.parameters import Scale
from civil_aid_rules.ir.types import ItemType, NumberType, TextType
from civil_aid_rules.language import syntax
from civil_aid_rules.names import instead_of
from civil_aid_rules.source import SourceSpan

_NO_NAME = Both("expected a fact of the record, a parameter or a rule", "应为记录中的事实、参数或规则")


def path_read(expression: syntax.Name | syntax.Attribute, scope: RuleScope) -> Typed:
    """What a path of names reads."""
    parts = (dotted(expression) or "").split(".")
    if parts == [""]:
        return fault(scope, "name-after-value", expression.at, "(…)", "x.name")
    typed, used = _first(parts, first_at(expression), scope)
    while typed.type is not None and used < len(parts):
        typed, used = _after_dot(typed, parts, used, expression.at, scope)
    return typed


def _first(parts: list[str], at: SourceSpan, scope: RuleScope) -> tuple[Typed, int]:
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
    if len(parts) > 1 and name in scope.context.reached(scope.instance):
        other = scope.context.visible(name)
        if parts[1] in other:
            return _declared(other[parts[1]].key, at, scope), 2
        return _unknown(parts[1], at.shifted(len(name) + 1), other, scope), 2
    if name in scope.facts("").lists:
        return fault(scope, "list-misplaced", at, name, f"count(x for x in {name})"), 1
    known = {*scope.variables, *declared, *scope.facts("").facts, *scope.facts("").lists, "on", "each"}
    return _unknown(name, at, known, scope), 1


def _unknown(name: str, at: SourceSpan, known: Iterable[str], scope: RuleScope) -> Typed:
    facts = (field for facts in scope.context.vocabulary.scopes.values() for field in facts.facts.values())
    if any(isinstance(field.type, TextType) and name in field.type.choices for field in facts):
        return fault(
            scope, "name-unknown", at, name, Both(f'a text has quotation marks: "{name}"', f'文字要加引号："{name}"')
        )
    return fault(scope, "name-unknown", at, name, instead_of(name, sorted(known), _NO_NAME))


def _each(at: SourceSpan, scope: RuleScope) -> Typed:
    """One entry of the innermost list that has a unit: one person."""
    units = [variable.unit for variable in scope.variables.values() if variable.unit != PLAIN]
    if not units:
        return fault(scope, "each-misplaced", at, "each", "for_each: m in …")
    return Typed(Constant(1), NumberType(units[-1]))


def _fact(parts: list[str], used: int, fact_scope: str, variable: int, scope: RuleScope) -> tuple[Typed, int] | None:
    """The longest dotted name among the facts of `fact_scope` that the path continues with."""
    facts = scope.facts(fact_scope).facts
    for end in range(len(parts), used, -1):
        field = facts.get(".".join(parts[used:end]))
        if field is not None:
            path = ".".join(parts[:end])
            node = FactRead(variable, field.slot, field.name, title_of(field.en, field.zh), field.type)
            open_none = field.may_be_none and not is_narrowed(path, scope)
            return Typed(node, field.type, may_be_none=open_none, path=path), end
    return None


# --- after a dot -----------------------------------------------------------------------------------------------------


def _after_dot(base: Typed, parts: list[str], used: int, at: SourceSpan, scope: RuleScope) -> tuple[Typed, int]:
    """`.name` after something that is an entry of a list."""
    if not isinstance(base.type, ItemType):
        words, path = type_words(base.type), ".".join(parts[:used])
        value = Both(f"{path} ({words.en})", f"{path}（{words.zh}）")
        return fault(scope, "name-after-value", at, value, path), len(parts)
    if base.may_be_none:
        refuse_none(base, at, scope)
    target, used = _of_entry(base, base.type.scope, parts, used, at, scope)
    if target.type is None:
        return target, used
    assert isinstance(target.node, FactRead | RuleRead)
    path = ".".join(parts[:used])
    open_none = target.may_be_none and not is_narrowed(path, scope)
    node = target.node if isinstance(base.node, EntryRead) else Through(base.node, target.node)
    return Typed(node, target.type, may_be_none=open_none, path=path), used


def _of_entry(
    base: Typed, entry_scope: str, parts: list[str], used: int, at: SourceSpan, scope: RuleScope
) -> tuple[Typed, int]:
    """A fact or rule of the entry; behind a reference, the variable is that of nobody (-1)."""
    variable = base.node.variable if isinstance(base.node, EntryRead) else -1
    found = _fact(parts, used, entry_scope, variable, scope)
    if found is not None:
        return found
    after_dot = at.shifted(len(".".join(parts[:used])) + 1)
    return _entry_rule(parts[used], entry_scope, variable, after_dot, scope), used + 1


def _entry_rule(name: str, entry_scope: str, variable: int, at: SourceSpan, scope: RuleScope) -> Typed:
    """A rule that is computed for each entry of `entry_scope`."""
    declared = scope.context.visible(scope.instance)
    if name not in declared or isinstance(declared[name], DeclaredParameter):
        rules = [key for key, value in declared.items() if not isinstance(value, DeclaredParameter)]
        return _unknown(name, at, {*scope.facts(entry_scope).facts, *rules}, scope)
    signature = scope.context.signature(declared[name].key)
    if isinstance(signature, NotInForce):
        return not_in_force(name, at, signature, scope)
    if signature.type is None:
        return FAULTY
    if signature.scope != entry_scope:
        expected = f"x.{name} for x in {signature.scope}" if signature.scope else name
        return fault(scope, "name-scope", at, name, expected, {"scope": _computed(signature.scope)})
    node = RuleRead(variable, signature.slot)
    return Typed(node, signature.type, may_be_none=signature.may_be_none, path=name)


def _computed(scope: str) -> Both:
    """How often a rule is computed."""
    if not scope:
        return Both("once for the whole record", "对整份记录只算一次")
    return Both(f"for each entry of {scope}", f"对 {scope} 的每一项各算一次")


# --- parameters and rules --------------------------------------------------------------------------------------------


def _declared(key: str, at: SourceSpan, scope: RuleScope) -> Typed:
    """A parameter, or a rule of the whole record."""
    name = key.partition(".")[2]
    declared = scope.context.visible(key.partition(".")[0])[name]
    return _parameter(key, at, scope) if isinstance(declared, DeclaredParameter) else _record_rule(key, at, scope)


def _parameter(key: str, at: SourceSpan, scope: RuleScope) -> Typed:
    name, value = key.partition(".")[2], scope.context.parameter(key, None)
    if isinstance(value, NotInForce):
        return not_in_force(name, at, value, scope)
    if value.shape is not None:
        how = "graduated(x, {})" if isinstance(value.shape, Scale) else "{}[key]"
        return fault(scope, "table-misplaced", at, name, how.format(name))
    return Typed(ParameterRead(value), value.type)


def _record_rule(key: str, at: SourceSpan, scope: RuleScope) -> Typed:
    name, signature = key.partition(".")[2], scope.context.signature(key)
    if isinstance(signature, NotInForce):
        return not_in_force(name, at, signature, scope)
    if signature.type is None:
        return FAULTY
    if signature.scope:
        expected = f"x.{name} for x in {signature.scope}"
        return fault(scope, "name-scope", at, name, expected, {"scope": _computed(signature.scope)})
    open_none = signature.may_be_none and not is_narrowed(name, scope)
    return Typed(RuleRead(0, signature.slot), signature.type, may_be_none=open_none, path=name)


def not_in_force(
    name: str, at: SourceSpan, missing: NotInForce, scope: RuleScope, day: datetime.date | None = None
) -> Typed:
    """A name used on a day (that decided, unless `day` says another) on which it has no value or rule."""
    if not missing.reported:
        scope.problems.append(not_in_force_problem(name, at, missing, day or scope.context.on))
    return FAULTY
