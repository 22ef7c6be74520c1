"""What a program consists of: its dated values and its dated rules, all of them or those in force on a day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

import civil_aid_rules as aid

if TYPE_CHECKING:
    from civil_aid_rules.compiler.namespace import DeclaredParameter, Namespace
    from civil_aid_rules.errors import Problem
    from civil_aid_rules.ir.parameters import ParameterValue
    from civil_aid_rules.packs.load import RuleVersion
    from civil_aid_rules.packs.models import ValueBlock


class ShownRule(NamedTuple):
    """One dated rule. `formula` is known only for a rule compiled for a day."""

    key: str
    title: aid.Bilingual | None
    type: str
    from_date: datetime.date
    at: str
    formula: str | None
    citations: tuple[aid.Citation, ...]


class Contents(NamedTuple):
    """Values and rules in the order in which the packs state them (for a day: in evaluation order).

    `repealed` holds the key and first day of those that only say that their name ends.
    """

    parameters: list[ParameterValue]
    rules: list[ShownRule]
    repealed: frozenset[tuple[str, datetime.date]]


def in_force(evaluator: aid.Evaluator) -> Contents:
    """The values and rules that decide on the evaluator's day."""
    from civil_aid_rules.determinations.texts import type_name
    from civil_aid_rules.ir.text import node_text

    program = evaluator.compiled
    rules = [
        ShownRule(
            rule.key,
            rule.title,
            type_name(rule.type),
            rule.from_date,
            str(rule.at),
            node_text(rule.body, lambda slot: program.rules[slot].key),
            rule.citations,
        )
        for rule in program.rules
    ]
    return Contents(list(program.parameters), rules, frozenset())


def everything(rulebook: aid.Rulebook, program: str) -> Contents:
    """Every dated value and rule of the program and of what it uses, as the packs state them, without overlays."""
    from civil_aid_rules.compiler.namespace import DeclaredParameter, DeclaredRule, build_namespace
    from civil_aid_rules.compiler.read_values import read_citations

    names = build_namespace(rulebook.packs, rulebook.packs.packs[program])
    faults: list[Problem] = []  # none: a rulebook that loaded has no fault
    parameters: list[ParameterValue] = []
    rules: list[ShownRule] = []
    repealed: set[tuple[str, datetime.date]] = set()
    for item in names.declared():
        match item:
            case DeclaredParameter(key):
                for block in item.entry.block.values:
                    parameters.append(_value(item, block, names, faults))
                    repealed |= {(key, parameters[-1].from_date)} if block.repealed else set()
            case DeclaredRule(key):
                for version in item.versions:
                    rules.append(_rule(key, version, read_citations(version.block.cite, names.sources, faults)))
                    repealed |= {(key, version.from_date)} if version.block.repealed else set()
    return Contents(parameters, rules, frozenset(repealed))


def _rule(key: str, version: RuleVersion, citations: tuple[aid.Citation, ...]) -> ShownRule:
    block = version.block
    return ShownRule(
        key, block.title or block.say, str(block.type or "yes_no"), version.from_date, str(version.at), None, citations
    )


def _value(item: DeclaredParameter, block: ValueBlock, names: Namespace, faults: list[Problem]) -> ParameterValue:
    from civil_aid_rules.compiler.read_values import published_day, read_citations, read_shape, read_type, read_value
    from civil_aid_rules.ir.parameters import ParameterValue
    from civil_aid_rules.quantities.days import read_day

    parameter = item.entry.block
    type_ = read_type(parameter.type, parameter.choices, faults)
    from_date = read_day(block.from_) or datetime.date.min
    return ParameterValue(
        key=item.key,
        title=parameter.title,
        type=type_,
        value=read_value(block, type_, faults),
        shape=read_shape(parameter, block, faults),
        from_date=from_date,
        until=None if block.until is None else read_day(block.until),
        published=published_day(block.published, block.cite, names.sources, from_date, block.at, faults),
        citations=read_citations(block.cite, names.sources, faults),
        unit_citations=read_citations(block.unit_cite, names.sources, faults),
        choice_titles=tuple((parameter.choices or {}).items()),
        set_by=tuple(parameter.set_by or ()),
        at=block.at,
        digest="",
        layer=None,
        hypothetical=False,
        frozen_on=None,
        note=block.note,
    )
