"""The worked examples pin the law: with one number, comparison, choice, date or condition changed, one of them fails.

The suite tries a few mutants. All of them, with the survivors: `python -m tests.packs.pack_mutants`, or this file with
`pytest -m slow`.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from civil_aid_rules.packs.locate import shipped_rules
from tests.packs.mutant_texts import Mutant, mutants
from tests.packs.pack_mutants import NO_DIFFERENCE, PINNED, tried

FEW = 4


@pytest.fixture(scope="module")
def every_mutant() -> list[Mutant]:
    return mutants(shipped_rules(), PINNED)


def alive(chosen: list[Mutant], folder: Path) -> list[str]:
    """The mutants that nothing kills, but for those that no household could show."""
    root, copy = shipped_rules(), folder / "rules"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("schema"))
    found = tried(chosen, copy)
    return [str(mutant) for mutant, killer in found if killer is None and mutant.key not in NO_DIFFERENCE]


def test_there_are_hundreds_of_mutants_and_each_differs_from_its_file(every_mutant: list[Mutant]) -> None:
    assert len(every_mutant) > 500
    assert len({(mutant.path, mutant.text, mutant.renamed) for mutant in every_mutant}) == len(every_mutant)
    for mutant in every_mutant:
        assert mutant.renamed or mutant.text != (shipped_rules() / mutant.path).read_text(encoding="utf-8"), mutant


def test_a_few_mutants_are_killed(every_mutant: list[Mutant], tmp_path: Path) -> None:
    chosen = random.Random(20160401).sample(every_mutant, FEW)
    assert alive(chosen, tmp_path) == []


def test_a_mutant_that_no_household_could_show_is_named_with_the_reason(every_mutant: list[Mutant]) -> None:
    assert NO_DIFFERENCE.keys() <= {mutant.key for mutant in every_mutant}
    assert all(NO_DIFFERENCE.values())


@pytest.mark.slow
def test_every_mutant_is_killed(every_mutant: list[Mutant], tmp_path: Path) -> None:
    assert alive(every_mutant, tmp_path) == []
