"""Values in words: quantities, days, yes/no, choices, entries."""

from __future__ import annotations

import datetime
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.facts.extract import Facts
from civil_aid_rules.ir.nodes import FactRead, Named, Node, ParameterRead, RuleRead, TableRead, Through
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.types import GroupType, NumberType, TextType, Type
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference, Value
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.numbers import read_exact_text
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.entries import Entries
from civil_aid_rules.render.phrases import phrase, same

Choices = tuple[tuple[str, Bilingual], ...]


# --- all values ------------------------------------------------------------------------------------------------------


def day(value: datetime.date) -> Bilingual:
    """`2016-04-01`, 2016年4月1日."""
    return Bilingual(en=value.isoformat(), zh=f"{value.year}年{value.month}月{value.day}日")


def choice(value: str, choices: Choices) -> Bilingual:
    """A choice by its title, where it has one."""
    return dict(choices).get(value, same(value))


def value_words(value: Value, type_: Type | None, entries: Entries | None, choices: Choices = ()) -> Bilingual:
    """Any value in words, with its unit. Entries are named only where the record is at hand."""
    match value:
        case bool():
            return phrase("on_record" if isinstance(type_, GroupType) else "yes" if value else "no")
        case int() | Fraction():
            return quantity(value, type_.unit if isinstance(type_, NumberType) else Unit())
        case datetime.date():
            return day(value)
        case ItemReference():
            return phrase("on_record") if entries is None else entries.referred(value)
        case str():
            free = isinstance(type_, TextType) and not type_.choices and not choices
            return phrase("a_text") if free else choice(value, choices)
        case _:
            return phrase("unknown" if value is UNKNOWN else "none" if value is NONE else "on_record")


def aged(words: Bilingual, type_: Type | None, title: Bilingual) -> Bilingual:
    """Years in Chinese as years of age, where the title says that it is an age."""
    is_age = isinstance(type_, NumberType) and type_.unit == Unit((("year", 1),)) and "年龄" in title.zh
    return (
        Bilingual(en=words.en, zh=f"{words.zh.removesuffix('年')}周岁") if is_age and words.zh[-1:] == "年" else words
    )


def text_words(text: str | None, type_name: str, unit: Unit | None) -> Bilingual:
    """A result's exact text in words, as results read back without their record have it."""
    if text is None:
        return phrase("unknown")
    number = None if unit is None else read_exact_text(text)
    if number is not None and unit is not None:
        return quantity(number, unit)
    if text in ("yes", "no", "none"):
        return phrase(text)
    return day(datetime.date.fromisoformat(text)) if type_name == "date" else same(text)


def parameter_title(parameter: ParameterValue) -> Bilingual:
    """A legal value's title, with the day it was frozen on where that is not the day decided."""
    if parameter.frozen_on is None:
        return parameter.title
    return phrase("frozen", title=parameter.title, day=day(parameter.frozen_on))


# --- what a node's value is ------------------------------------------------------------------------------------------


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
            return fact_choices(node.name, node.type, facts)
        case Named(body=body):
            return choices_of(body, program, facts)
        case Through(target=target):
            return choices_of(target, program, facts)
        case _:
            return ()


def fact_choices(name: str, type_: Type, facts: Facts) -> Choices:
    """The titles of the choices of a fact, by its name and type."""
    fields = (scope.facts.get(name) for scope in facts.vocabulary.scopes.values())
    return next((field.choice_titles for field in fields if field is not None and field.type == type_), ())


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
