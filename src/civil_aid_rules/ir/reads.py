"""Which facts of the record a program reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.nodes import Aggregate, EntryRead, FactRead, Node, Pick, Rank, RuleRead, Through
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.traverse import walk
from civil_aid_rules.ir.types import DateType, ItemType, NumberType, TextType, Type, YesNoType


def facts_read(program: Program) -> Iterator[tuple[str, str, Bilingual]]:
    """(path, type, title) of every fact that some rule reads: `members[].income[].amount`."""
    for rule in program.rules:
        nodes = list(walk(rule.body))
        scopes = _scopes(rule, nodes)
        for node in nodes:
            if isinstance(node, FactRead) and node.variable >= 0:
                yield _path(scopes[node.variable], node.name), _kind(node.type), node.title
            elif isinstance(node, Through) and isinstance(node.target, FactRead):
                yield (
                    _path(target_scope(node.reference, program), node.target.name),
                    _kind(node.target.type),
                    node.target.title,
                )


def _scopes(rule: Rule, nodes: Sequence[Node]) -> dict[int, str]:
    """The list that each variable of the rule stands for an entry of."""
    parts = rule.scope.split(".") if rule.scope else []
    found = {0: "", **{index + 1: ".".join(parts[: index + 1]) for index in range(len(parts))}}
    for node in nodes:
        if isinstance(node, Aggregate | Pick | Rank):
            found[node.variable] = node.entries.scope
    return found


def target_scope(reference: Node, program: Program) -> str:
    """The list that a reference points into."""
    match reference:
        case FactRead(type=ItemType(scope)):
            return scope
        case RuleRead(rule=slot):
            type_ = program.rules[slot].type
            return type_.scope if isinstance(type_, ItemType) else ""
        case EntryRead(scope=scope):
            return scope
        case _:
            return ""


def _path(scope: str, name: str) -> str:
    return f"{scope.replace('.', '[].')}[].{name}" if scope else name


def _kind(type_: Type) -> str:
    match type_:
        case NumberType() | YesNoType() | DateType() | TextType():
            return str(type_)
        case _:
            return "entry"
