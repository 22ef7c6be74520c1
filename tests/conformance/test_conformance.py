"""Every conformance case on both back ends; every node, in each of its variants, occurs in some case."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.traverse import walk
from civil_aid_rules.rulebook import Rulebook
from tests.conformance.cases import DEFAULT_DAY, PROGRAM, Case, Group, all_cases, all_groups
from tests.conformance.record import Record
from tests.differential.agreement import BackEnds


class Rulebooks:
    """The rulebook of each group, written and loaded once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.load = cache(self._load)

    def _load(self, group: Group) -> Rulebook:
        folder = self.root / str(len(list(self.root.iterdir())))
        return Rulebook.load(group.write(folder), records={"record": Record})


@pytest.fixture(scope="module")
def rulebooks(tmp_path_factory: pytest.TempPathFactory) -> Rulebooks:
    return Rulebooks(tmp_path_factory.mktemp("conformance"))


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_each_rule_has_the_value_that_its_case_expects(case: Case, rulebooks: Rulebooks) -> None:
    evaluator = rulebooks.load(case.group).evaluator(PROGRAM, on=case.on)
    determination = evaluator.determine(case.record)
    came = {name: _by_entry(determination[name]) for name, _ in case.expected}
    assert came == dict(case.expected)


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_generated_python_gives_each_case_what_the_interpreter_gives(case: Case, rulebooks: Rulebooks) -> None:
    rulebook = rulebooks.load(case.group)
    back_ends = BackEnds.of(rulebook.compile(PROGRAM, on=case.on), rulebook.vocabularies["record"])
    assert list(back_ends.differences(case.record)) == []


def _by_entry(value: Any) -> Any:
    """A rule's value; the values of a rule for each entry as a list, in the order of the record."""
    return list(value.values()) if isinstance(value, dict) else value


def test_no_two_cases_have_one_name() -> None:
    names = [case.id for case in all_cases()]
    assert sorted(names) == sorted(set(names))


# --- every node has a case ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nodes_in_cases(rulebooks: Rulebooks) -> frozenset[tuple[str, str]]:
    """(node class, variant) of every node in the compiled programs of the cases."""
    found: set[tuple[str, str]] = set()
    for group in all_groups():
        for rule in rulebooks.load(group).compile(PROGRAM, on=DEFAULT_DAY).rules:
            for node in walk(rule.body):
                found |= {(type(node).__name__, ""), *_variants_of(node)}
    return frozenset(found)


def _variants_of(node: Node) -> Iterator[tuple[str, str]]:
    for name, _ in _literal_fields(type(node)):
        yield type(node).__name__, f"{name} {getattr(node, name)}"


def _literal_fields(node: type) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The fields of a node that choose between variants (an operator, an order, a mode), with their values."""
    hints = get_type_hints(node)
    for field in dataclasses.fields(node):
        if get_origin(hints[field.name]) is Literal:
            yield field.name, get_args(hints[field.name])


@pytest.mark.parametrize("node", get_args(Node), ids=lambda node: node.__name__)
def test_every_node_in_each_of_its_variants_occurs_in_some_case(
    node: type, nodes_in_cases: frozenset[tuple[str, str]]
) -> None:
    wanted = {(node.__name__, "")}
    wanted |= {(node.__name__, f"{name} {value}") for name, values in _literal_fields(node) for value in values}
    assert sorted(wanted - nodes_in_cases) == []
