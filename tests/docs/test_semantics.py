"""docs/reference/semantics.md: a section for each node of the language, and examples that come out as it says."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.traverse import walk
from tests.docs.examples import differences, programs_of, rule_examples
from tests.docs.pages import REFERENCE, Block, headings_of, section_of

PAGE = REFERENCE / "semantics.md"
NODES = [node.__name__ for node in get_args(Node)]


def test_there_is_one_section_for_each_node_in_the_order_of_the_code() -> None:
    assert headings_of(PAGE, 2) == [*NODES, "The result"]


def test_the_page_says_how_many_nodes_there_are() -> None:
    assert f"There are {len(NODES)} kinds of node" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("node", NODES)
def test_each_section_says_when_the_value_is_unknown(node: str) -> None:
    assert "\nUnknown: " in section_of(PAGE, node)


@pytest.mark.parametrize("node", NODES)
def test_the_example_of_each_section_has_that_node_in_it(node: str, tmp_path: Path) -> None:
    section = section_of(PAGE, node)
    blocks = [block for block in rule_examples(PAGE) if block.text in section]
    used = {
        type(part).__name__
        for number, block in enumerate(blocks)
        for program in programs_of(block, tmp_path / str(number))
        for rule in program.rules
        for part in walk(rule.body)
    }
    assert node in used


@pytest.mark.parametrize("block", rule_examples(PAGE), ids=lambda block: block.where)
def test_each_example_comes_out_as_the_page_says(block: Block, tmp_path: Path) -> None:
    assert differences(block, tmp_path) == []
