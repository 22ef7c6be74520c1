"""Exact values as texts and amounts of a result."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from civil_aid_rules.determinations.texts import amount_of
from civil_aid_rules.errors import InternalError


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (0, "0.00"),
        (540, "540.00"),
        (Fraction(1, 20), "0.05"),
        (Fraction(1081, 2), "540.50"),
        (Fraction(-1, 2), "-0.50"),
        (-3, "-3.00"),
        (10**20, "100000000000000000000.00"),
    ],
)
def test_an_amount_has_two_decimals(value: int | Fraction, amount: str) -> None:
    with localcontext(prec=3):
        found = amount_of(value)
    assert isinstance(found, Decimal)
    assert str(found) == amount


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(1, 200), Fraction(-1, 1000)])
def test_what_is_no_whole_number_of_fen_is_no_amount(value: Fraction) -> None:
    with pytest.raises(InternalError, match="not in whole fen"):
        amount_of(value)
