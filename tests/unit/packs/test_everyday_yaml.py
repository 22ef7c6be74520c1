"""The tree of everyday YAML is the one that PyYAML's events give, at the same places, in a text without faults."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.yaml_source.everyday import everyday_tree
from civil_aid_rules.yaml_source.limits import MAX_DEPTH, MAX_NODES
from civil_aid_rules.yaml_source.tree import parsed
from tests.unit.packs.test_yaml_scanner import COUNT, PIECES, damaged

FILES = sorted(shipped_rules().rglob("*.yaml"))
HAND_WRITTEN = (
    "a: b\n", "- a\n", "a:\n", "  ", "    ", "\n", "- ", "- b: c\n", "b: ", "b c: ", "{a: b}", "{a: 1, b: {c: d}}",
    "[a, b]", "[]", "{}", ", ", ",\n  ", "'it''s'", '"a: b"', "'b': ", " # why\n", "# why\n", "b: >-\n    x\n",
    ">-\n  x y\n  z\n", "-1", "-", ":", "null", "a:b", "x{y", "2016-01-01: ", "是, ", "：", "<<: ",
)  # fmt: skip


def read(text: str) -> bool:
    """Whether the text is everyday YAML; then what is read of it must be what PyYAML's events say."""
    node = everyday_tree(text, "a.yaml")
    if node is None:
        return False
    tree = parsed(text, "a.yaml")
    assert tree.problems == []
    assert tree.root == node
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_shipped_file_is_everyday_yaml(path: Path) -> None:
    assert read(path.read_text(encoding="utf-8"))


def test_a_damaged_file_is_everyday_yaml_of_the_same_meaning_or_none() -> None:
    """A larger count on demand: MUTATIONS=20000 python -m pytest tests/unit/packs/test_everyday_yaml.py"""
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    everyday = 0
    for number in range(5 * COUNT):
        seed = random.Random(number)
        text = damaged(seed.choice(texts), seed)
        everyday += read(text[text.find("\n") + 1 :] + "\n")
    assert everyday > COUNT // 5


def test_lines_taken_out_put_in_and_moved_in_or_out_keep_the_meaning_or_are_left_to_pyyaml() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    everyday = 0
    for number in range(5 * COUNT):
        seed = random.Random(number)
        lines = seed.choice(texts).split("\n")
        start = seed.randrange(len(lines))
        lines = lines[start : start + seed.randrange(2, 25)]
        for _ in range(seed.randrange(3)):
            at = seed.randrange(len(lines))
            moved = [
                lines[at][seed.randrange(4) :],
                " " * seed.randrange(4) + lines[at],
                "",
                "# why",
                seed.choice(lines),
            ]
            lines[at : at + seed.randrange(2)] = [seed.choice(moved)]
        everyday += read("\n".join(lines) + "\n")
    assert everyday > COUNT // 5


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(HAND_WRITTEN) | st.sampled_from(PIECES), max_size=14))
def test_any_pieces_of_yaml_have_the_same_meaning_or_are_left_to_pyyaml(pieces: list[str]) -> None:
    read("".join(pieces) + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: b",  # no line end
        "a:\tb\n",
        "--- \na: b\n",
        "%YAML 1.1\n---\na: b\n",
        "a: &x b\n",
        "a: !!str b\n",
        "a: *x\n",
        "<<: {a: b}\n",
        "a: 1\na: 2\n",
        "{a: 1, a: 2}\n",
        "a: b: c\n",
        "a: b\n  c\n",
        "a: [b\n  c]\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: {b: , c: d}\n",
        "a: 'b\n  c'\n",
        'a: "\\u202e"\n',
        "a: |\n  b\n",
        "a: >-\n  b\n\n  c\n",
        "a: >-\n  b\n   c\n",
        "a: >-\n  b\n # why\n",
        "a: >-\nb\n",
        "a:\n",
        "? a\n: b\n",
        "- - a\n",
        "a\n",
        "[a]\n",
        "a: b\n c: d\n",
        "  a: b\nc: d\n",
        "",
        "# why\n",
        f"{'k' * 1025}: a\n",
    ],
)
def test_what_is_not_everyday_yaml_is_left_to_pyyaml(text: str) -> None:
    assert everyday_tree(text, "a.yaml") is None


def test_depth_and_nodes_are_limited_alike() -> None:
    deep, wide = "[" * (MAX_DEPTH - 1), ", ".join(["a"] * (MAX_NODES - 3))
    assert read(f"a: {deep}{']' * len(deep)}\n")
    assert not read(f"a: [{deep}{']' * len(deep)}]\n")
    assert read(f"a: [{wide}]\n")
    assert not read(f"a: [{wide}, a]\n")
