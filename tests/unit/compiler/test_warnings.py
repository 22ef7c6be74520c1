"""Branches that no record reaches, found by the limits of what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from civil_aid_rules.rulebook import Rulebook
from tests.conformance.cases import PROGRAM, cases_in
from tests.conformance.record import Record

FEW = "number_of: {type: number, is: count(t for t in things)}"


LEGAL = "{most: '200', nearly: '199', limit: '2', more: '3'}"


def codes(folder: Path, branches: str) -> list[str]:
    """The warnings for one rule of cases beside a count of things."""
    rules = f"{{{FEW}, aid: {{type: number, cases: {branches}}}}}"
    text = f"- parameters: {LEGAL}\n  rules: {rules}\n  cases: [{{record: {{}}, expect: {{}}}}]"
    (case,) = cases_in(text, "warnings")
    rulebook = Rulebook.load(case.group.write(folder), records={"record": Record})
    assert rulebook.programs == (PROGRAM,)
    return [warning.code for warning in rulebook.warnings]


@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        ("[{if: number_of < 0, is: a}, {else: b}]", ["branch-never"]),
        ("[{if: number_of >= 0, is: a}, {else: b}]", ["branch-always"]),
        ("[{if: number_of > most, is: a}, {else: b}]", ["branch-never"]),  # a list has 200 entries at most
        ("[{if: number_of > nearly, is: a}, {else: b}]", []),
        ("[{if: a * a < 0, is: a}, {else: b}]", []),  # true, but not by the limits of a product
        ("[{if: p and number_of < 0, is: a}, {else: b}]", ["branch-never"]),
    ],
)
def test_a_branch_that_limits_settle_is_warned_of(branches: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, branches) == expected


def test_a_branch_that_a_legal_value_settles_is_not(tmp_path: Path) -> None:
    assert codes(tmp_path, "[{if: limit > more, is: a}, {else: b}]") == []
