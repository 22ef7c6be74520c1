"""Columns of numbers near the end of 64 bits: exact, whichever way they are worked out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook
from tests.conformance.cases import PROGRAM, cases_in
from tests.conformance.record import Record

LARGEST = 10**15 - 1
ROUNDED = """
- rules:
    x: {type: number, is: a * 4611 / (b * 4611), if_zero: undefined, round: {to: '1', mode: MODE}}
  cases: [{case: none, record: {}, expect: {}}]
"""
SHOWN = """
- parameters: {tiny: '0.000001'}
  rules:
    month: {type: ISL/month, is: monthly * 1000}
    part: {type: number, is: a * tiny / b, if_zero: undefined}
  cases: [{case: none, record: {}, expect: {}}]
"""


def columns_of(text: str, folder: Path, record: dict[str, int], names: list[str]) -> dict[str, Any]:
    """The values of rules for one record."""
    (case,) = cases_in(text, "here")
    rulebook = Rulebook.load(case.group.write(folder), records={"record": Record})
    found = rulebook.evaluator(PROGRAM, on="2016-04-01").determine_columns(pa.Table.from_pylist([record]), rules=names)
    (row,) = found.determinations.to_pylist()
    return {name: row[name] for name in names}


@pytest.mark.parametrize("mode", ["half_up", "half_even", "up", "down"])
@pytest.mark.parametrize(("b", "quotient"), [(LARGEST - 7, (1, 1, 2, 1)), (LARGEST // 3, (3, 3, 3, 3))])
def test_rounding_holds_twice_what_it_divides(mode: str, b: int, quotient: tuple[int, ...], tmp_path: Path) -> None:
    """4611 × (10^15 - 1) is just below half of what 64 bits hold; twice that, and the divisor, is above all of it."""
    expected = dict(zip(["half_up", "half_even", "up", "down"], quotient, strict=True))[mode]
    text = ROUNDED.replace("MODE", mode)
    assert columns_of(text, tmp_path, {"a": LARGEST, "b": b}, ["x"]) == {"x": expected}


def test_an_amount_is_shown_in_hundredths_of_what_it_is_computed_in(tmp_path: Path) -> None:
    """10^18 - 10^3 fits into 64 bits; in hundredths it does not."""
    expected = Decimal(LARGEST * 1000).quantize(Decimal("0.01"))
    assert columns_of(SHOWN, tmp_path, {"monthly": LARGEST}, ["month"]) == {"month": expected}


def test_a_fraction_is_shown_over_its_scale_and_divisor_together(tmp_path: Path) -> None:
    """3 / (10^6 × (10^15 - 1)): 10^15 - 1 is three times 333,333,333,333,333."""
    expected = {"n": Decimal(1), "d": Decimal(333_333_333_333_333_000_000)}
    assert columns_of(SHOWN, tmp_path, {"a": 3, "b": LARGEST}, ["part"]) == {"part": expected}
