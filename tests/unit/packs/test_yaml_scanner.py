"""The faster steps of the YAML parser: the same events and complaints as PyYAML's own, at the same places."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.yaml_source.scanner import Parser

COUNT = int(os.environ.get("MUTATIONS", "400"))
PIECES = (
    ": ", ":", "- ", "-", "? ", ", ", "[", "]", "{", "}", "#", " #", "'", "''", '"', '\\"', "\\", "\n", "\n  ", "\n\n",
    "  ", "\t", "|\n", ">-\n", "&a ", "*a", "!x ", "%", "---\n", "...\n", "<<: ", "a b", "a: b", "[a, b: c]", '"a\n b"',
    "'a\n\n b'",
)  # fmt: skip


def said(parser: yaml.SafeLoader) -> Iterator[object]:
    """Every event with its places, and the complaint at the end if there is one."""
    try:
        while parser.check_event():
            event = parser.get_event()  # type: ignore[no-untyped-call]
            marks = [_place(mark) for mark in (event.start_mark, event.end_mark)]
            fields = {key: value for key, value in vars(event).items() if not key.endswith("_mark")}
            yield type(event).__name__, fields, marks
    except yaml.MarkedYAMLError as error:
        marks = [_place(mark) for mark in (error.context_mark, error.problem_mark)]
        yield type(error).__name__, error.context, error.problem, marks
    except (ValueError, OverflowError) as error:
        yield type(error).__name__, str(error)


def _place(mark: yaml.Mark | None) -> tuple[int, int, int] | None:
    return None if mark is None else (mark.index, mark.line, mark.column)


def assert_the_same(text: str) -> None:
    assert list(said(Parser(text))) == list(said(yaml.SafeLoader(text)))


def damaged(text: str, seed: random.Random) -> str:
    """The text with some pieces of YAML put in, taken out or written over, a few lines of it."""
    start = seed.randrange(len(text))
    text = text[start : start + seed.randrange(1, 600)]
    for _ in range(seed.randrange(1, 5)):
        place, length = seed.randrange(len(text) + 1), seed.choice([0, 0, 1, 2, 8])
        text = text[:place] + seed.choice(PIECES) + text[place + length :]
    return text


@pytest.mark.parametrize(
    "path", sorted(shipped_rules().rglob("*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_shipped_file_gives_the_events_of_pyyaml(path: Path) -> None:
    assert_the_same(path.read_text(encoding="utf-8"))


def test_damaged_files_give_the_events_and_complaints_of_pyyaml() -> None:
    """A larger count on demand: MUTATIONS=20000 python -m pytest tests/unit/packs/test_yaml_scanner.py"""
    texts = [path.read_text(encoding="utf-8") for path in sorted(shipped_rules().rglob("*.yaml"))]
    for number in range(COUNT):
        seed = random.Random(number)
        assert_the_same(damaged(seed.choice(texts), seed))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text("ab:#-,[]{} '\"\n", max_size=3), max_size=14))
def test_any_pieces_of_yaml_give_the_events_and_complaints_of_pyyaml(pieces: list[str]) -> None:
    assert_the_same("".join(pieces))
