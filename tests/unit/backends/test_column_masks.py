"""Masks of columns: what is settled is told without looking at a row, and nothing is worked out twice."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from civil_aid_rules.backends.columnar.called import among, count
from civil_aid_rules.backends.columnar.truth import ALWAYS, NEVER, Truth
from civil_aid_rules.determinations.columns import determine_batch
from tests.conformance.cases import PROGRAM
from tests.unit.backends.test_size_of_generated_source import rulebook_of


def test_a_condition_and_its_opposite_hold_always_together_and_never_both() -> None:
    truth = Truth()
    x = truth.atom(1)
    assert truth.either(x, truth.opposite(x)) == ALWAYS
    assert truth.both(x, truth.opposite(x)) == NEVER


def test_equal_conditions_are_the_same_however_they_are_written() -> None:
    truth = Truth()
    x, y = truth.atom(1), truth.atom(2)
    x_and_y = truth.both(x, y)
    y_or_not_x = truth.either(y, truth.opposite(x))
    assert x_and_y is not None and y_or_not_x is not None
    assert truth.both(x, y_or_not_x) == x_and_y
    assert truth.opposite(x_and_y) == truth.either(truth.opposite(y), truth.opposite(x))
    assert truth.either(x, x_and_y) == x
    assert len({x, y, x_and_y, y_or_not_x, truth.either(x, y)}) == 5


def test_a_text_is_exactly_one_of_its_choices() -> None:
    truth = Truth()
    red, green, blue = (truth.choice(1, [place == one for place in range(3)]) for one in range(3))
    for one, other in combinations((red, green, blue), 2):
        assert truth.both(one, other) == NEVER
    red_or_blue = truth.either(red, blue)
    assert red_or_blue is not None and truth.either(red_or_blue, green) == ALWAYS
    assert truth.opposite(green) == red_or_blue == truth.choice(1, [True, False, True])
    assert truth.chosen(red_or_blue, 1, 3) == (True, False, True)
    beside = truth.both(red_or_blue, truth.atom(2))
    assert beside is not None and truth.chosen(beside, 1, 3) is None


def test_a_condition_on_very_many_others_is_not_looked_into() -> None:
    """x1 = y1 and … and x20 = y20, asked in that order of all x before all y, would take a million decisions."""
    truth = Truth()
    found: int | None = ALWAYS
    for place in range(20):
        one, other = truth.atom(place), truth.atom(100 + place)
        both, neither = truth.both(one, other), truth.both(truth.opposite(one), truth.opposite(other))
        assert both is not None and neither is not None
        alike = truth.either(both, neither)
        assert alike is not None
        found = None if found is None else truth.both(found, alike)
    assert found is None
    assert len(truth.decisions) < 10_000


KINDS = [np.int8, np.uint8, np.int16, np.int32, np.int64]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wanted", ["", "a", "b", "az", "abcdefg", "abcdefghijklmnopqrst", "bcdefghijklmnopqrstuvwxyz"])
def test_an_index_is_among_those_wanted(kind: type[np.signedinteger], wanted: str) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    written = "thequickbrownfoxjumpsoverthelazydog"
    indices = np.array([letters.index(letter) for letter in written], kind)
    held = np.array([letter in wanted for letter in letters])
    expected = [letter in wanted for letter in written]
    assert among(indices, held).tolist() == expected
    assert among(indices, held, np.ones(len(written), np.bool_)).tolist() == expected


def test_texts_that_only_a_later_batch_holds_are_told_apart(tmp_path: Path) -> None:
    rulebook = rulebook_of('x: {is: colour != "red" and colour != "green"}', tmp_path)
    prepared = rulebook.evaluator(PROGRAM, on="2016-04-01").columns(rules=["x"])
    for colours, expected in [
        (["red"], [False]),
        (["green", "red", None], [False, False, None]),
        (["blue", "green"], [True, False]),
        (["red"], [False]),
        (["blue"], [True]),
    ]:
        found, _ = determine_batch(prepared, pa.record_batch({"colour": pa.array(colours).dictionary_encode()}))
        assert found.column("x").to_pylist() == expected
    assert len(prepared.kernels) <= 4


def test_what_holds_for_every_text_that_there_can_be_is_not_asked(tmp_path: Path) -> None:
    rulebook = rulebook_of('x: {is: colour == "red" or colour == "green" or colour == "blue"}', tmp_path)
    prepared = rulebook.evaluator(PROGRAM, on="2016-04-01").columns(rules=["x"])
    found, _ = determine_batch(prepared, pa.record_batch({"colour": ["red", "blue", "green"]}))
    assert found.column("x").to_pylist() == [True, True, True]
    (kernel,) = prepared.kernels.values()
    assert "among" not in kernel.source


@pytest.mark.parametrize("holding", [set(), {0}, {199}, {5, 100, 101}, set(range(0, 200, 2)), set(range(200))], ids=len)
def test_elements_are_counted_in_their_segment_be_they_few_or_many(holding: set[int]) -> None:
    """Two hundred elements in segments of 0, 5, 95, 0, 99, 1 and 0."""
    ends = [0, 0, 5, 100, 100, 199, 200, 200]
    mask = np.array([place in holding for place in range(200)])
    expected = [len(holding & set(range(*segment))) for segment in pairwise(ends)]
    assert count(mask, np.array(ends, np.intp)).tolist() == expected
    assert count(mask, np.array(ends, np.intp), np.full(7, 9)).tolist() == expected
