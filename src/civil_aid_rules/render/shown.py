"""Values in words: numbers with their units, days, yes/no, choices, entries. Shown numbers are the exact numbers."""

from __future__ import annotations

import datetime
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.facts.extract import Facts, Item
from civil_aid_rules.ir.nodes import FactRead, Named, Node, ParameterRead, RuleRead, TableRead, Through
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.types import NumberType, TextType, Type
from civil_aid_rules.ir.values import NONE, UNKNOWN, Exact, ItemReference, Value
from civil_aid_rules.quantities.numbers import exact_text, read_exact_text, shown_number
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.phrases import phrase, same

Choices = tuple[tuple[str, Bilingual], ...]


def is_finite(value: Exact) -> bool:
    """Whether the number has a finite decimal."""
    return "/" not in exact_text(value)


def number_text(value: Exact, unit: Unit) -> str:
    """A number without its unit: money with two decimals, a rate as percent, a third as `1/3 (≈0.3333)`."""
    if not unit.powers and isinstance(value, Fraction) and is_finite(value * 100):
        return f"{exact_text(value * 100)}%"
    return shown_number(value, unit=unit)


def number_in_formula(value: Exact, unit: Unit) -> str:
    """A number as a part of a formula: exact, bracketed where it is a fraction or below zero."""
    text = number_text(value, unit) if is_finite(value) else str(value)
    return f"({text})" if value < 0 or not is_finite(value) else text


def quantity(value: Exact, unit: Unit) -> Bilingual:
    """A number with its unit: `300.00 CNY/person/month`, 300.00 元/人/月."""
    number = number_text(value, unit)
    if not unit.powers:
        return same(number)
    return Bilingual(en=f"{number} {_english(value, unit)}", zh=f"{number} {_chinese(unit)}")


def _english(value: Exact, unit: Unit) -> str:
    one = len(unit.powers) == 1 and unit.powers[0][1] == 1 and unit.currency is None
    return unit.shown("en") + ("s" if one and value != 1 else "")


def _chinese(unit: Unit) -> str:
    return "个月" if unit.powers == (("month", 1),) else unit.shown("zh")


def money(value: Exact, unit: Unit) -> Bilingual:
    """A number with its currency alone, as people say it: 180.00元."""
    if unit.currency is None:
        return quantity(value, unit)
    return amount_text(number_text(value, unit), unit.currency)


def amount_text(number: str, currency: str) -> Bilingual:
    """An amount already in digits, with its currency."""
    unit = Unit(((currency, 1),))
    return Bilingual(en=f"{number} {unit.shown('en')}", zh=f"{number}{unit.shown('zh')}")


def day(value: datetime.date) -> Bilingual:
    """`2016-04-01`, 2016年4月1日."""
    return Bilingual(en=value.isoformat(), zh=f"{value.year}年{value.month}月{value.day}日")


def choice(value: str, choices: Choices) -> Bilingual:
    """A choice by its title, where it has one."""
    return dict(choices).get(value, same(value))


def value_words(value: Value, type_: Type | None, facts: Facts | None, choices: Choices = ()) -> Bilingual:
    """Any value in words, with its unit. Entries are named only where the record's facts are at hand."""
    match value:
        case bool():
            return phrase("yes" if value else "no")
        case int() | Fraction():
            return quantity(value, type_.unit if isinstance(type_, NumberType) else Unit())
        case datetime.date():
            return day(value)
        case ItemReference(scope, ordinal):
            if facts is None:
                return phrase("on_record")
            return same(entry_name(facts.items[scope][ordinal], facts))
        case str():
            free = isinstance(type_, TextType) and not type_.choices and not choices
            return phrase("a_text") if free else choice(value, choices)
        case _:
            return phrase("unknown" if value is UNKNOWN else "none" if value is NONE else "on_record")


def text_words(text: str | None, type_name: str, unit: Unit | None) -> Bilingual:
    """A result's exact text in words, for results read back without their record."""
    if text is None:
        return phrase("unknown")
    number = None if unit is None else read_exact_text(text)
    if number is not None and unit is not None:
        return quantity(number, unit)
    if type_name == "yes_no" and text in ("yes", "no"):
        return phrase(text)
    return same(text)


def entry_name(item: Item, facts: Facts) -> str:
    """An entry of a list by its id, else by its place: `m1`, `m1.income[0]`. Never a name or document number."""
    own = item.id or item.path.rpartition(".")[2]
    parent = _parent(item, facts)
    return own if parent is None else f"{entry_name(parent, facts)}.{own}"


def _parent(item: Item, facts: Facts) -> Item | None:
    scope, path = item.scope.rpartition(".")[0], item.path.rpartition(".")[0]
    return next((other for other in facts.items[scope] if other.path == path), None) if scope else None


def entry_with_place(item: Item, facts: Facts) -> str:
    """`m1 [members[0]]`: the id and the place in the record."""
    name, place = entry_name(item, facts), item.path.removeprefix("$.")
    return name if name == place else f"{name} [{place}]"


def choices_of(node: Node, program: Program, facts: Facts) -> Choices:
    """The titles of the choices that a node's value is one of."""
    match node:
        case RuleRead(rule=slot):
            return program.rules[slot].choice_titles
        case ParameterRead(parameter):
            return parameter.choice_titles
        case TableRead(parameter):
            return parameter.choice_titles if isinstance(parameter.type, TextType) else ()
        case FactRead():
            return _fact_choices(node, facts)
        case Named(body=body):
            return choices_of(body, program, facts)
        case Through(target=target):
            return choices_of(target, program, facts)
        case _:
            return ()


def _fact_choices(node: FactRead, facts: Facts) -> Choices:
    fields = (scope.facts.get(node.name) for scope in facts.vocabulary.scopes.values())
    alike = (field for field in fields if field is not None and field.slot == node.slot and field.type == node.type)
    return next((field.choice_titles for field in alike), ())


def type_of(node: Node, program: Program) -> Type | None:
    """The type that a leaf declares; None for a node that is computed."""
    match node:
        case RuleRead(rule=slot):
            return program.rules[slot].type
        case ParameterRead(parameter) | TableRead(parameter):
            return parameter.type
        case FactRead(type=type_):
            return type_
        case Named(body=body):
            return type_of(body, program)
        case Through(target=target):
            return type_of(target, program)
        case _:
            return None
