"""Numbers in words: a unit as people say it, and shares that stand side by side in one form."""

from __future__ import annotations

from fractions import Fraction

import pytest

from civil_aid_rules.quantities.in_words import quantity, shares
from civil_aid_rules.quantities.units import parse_unit


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (480, "CNY/person/month", "480.00 CNY per person a month", "每人每月480.00元"),
        (Fraction(1750, 3), "CNY/month", "1750/3 (≈583.3333) CNY a month", "每月1750/3元（约583.3333元）"),
        (-5, "CNY/year", "−5.00 CNY a year", "每年−5.00元"),
        (1, "person", "1 person", "1人"),
        (3, "month", "3 months", "3个月"),
        (Fraction(7, 10), "rate", "70%", "70%"),
        (Fraction(1, 3), "rate", "1/3 (≈0.3333)", "1/3（约0.3333）"),
    ],
)
def test_a_quantity_is_said_with_its_unit(value: int | Fraction, unit: str, en: str, zh: str) -> None:
    read = parse_unit(unit)
    assert read is not None
    shown = quantity(value, read)
    assert (shown.en, shown.zh) == (en, zh)


def test_whole_shares_beside_percentages_are_percentages() -> None:
    assert [item.zh for item in shares([1, Fraction(7, 10), 0])] == ["100%", "70%", "0%"]
    assert [item.en for item in shares([1, 2, 0])] == ["1", "2", "0"]
