"""The population, the results and the refused rows are three files: none is written over another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from civil_aid_rules.errors import Both, CaseloadError, Problem, problem

_EXPECTED = Both("a place of its own for each", "各自不同的位置")


def check_files_apart(population: Path, out: Path, rejects: Path, *, one_file: bool) -> None:
    """Looks through links and other spellings of a path. Raises CaseloadError before anything is written.

    Not `one_file`: results and refused rows go to folders, whose parts are not to replace a population that is named
    like one of them.
    """
    places = [(_POPULATION, population), (_RESULTS, out), (_REFUSED, rejects)]
    same: list[Problem] = []
    for (first, one), (second, other) in combinations(places, 2):
        if _is_same(one, other) or (not one_file and first is _POPULATION and _is_part_of(one, other)):
            found = Both(f"{first.en} and {second.en}", f"{first.zh}和{second.zh}")
            same.append(problem("caseload-same-file", other.name, found=found, expected=_EXPECTED))
    if same:
        raise CaseloadError(same)


_POPULATION = Both("the population", "名册")
_RESULTS = Both("the results", "结果")
_REFUSED = Both("the refused rows", "退回的行")


def _is_same(one: Path, other: Path) -> bool:
    if one.resolve() == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)


def _is_part_of(population: Path, folder: Path) -> bool:
    return population.name.startswith("part-") and _is_same(population.parent, folder)
