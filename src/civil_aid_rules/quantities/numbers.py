"""Numbers as text, exactly: reading, writing, and showing them to people. No float."""

from __future__ import annotations

import re
from fractions import Fraction

from civil_aid_rules.quantities.rounding import round_to
from civil_aid_rules.quantities.units import Unit

_APPROXIMATION = Fraction(1, 10**4)

_NUMBER = re.compile(r"(-?)(0|[1-9][0-9]{0,17})(?:\.([0-9]{1,12}))?")
_EXACT = re.compile(r"-?(?:0|[1-9][0-9]{0,999})(?:\.[0-9]{1,12}|/[1-9][0-9]{0,999})?", re.ASCII)


def read_number(text: str) -> int | Fraction | None:
    """The number that `text` writes in ASCII digits (`480`, `0.70`), or None."""
    found = _NUMBER.fullmatch(text)
    if found is None or not text.isascii():
        return None
    sign, whole, decimals = found.groups()
    value = Fraction(int(whole + (decimals or "")), 10 ** len(decimals or ""))
    value = -value if sign else value
    return value.numerator if value.denominator == 1 else value


def exact_text(value: int | Fraction) -> str:
    """`480`, `300.5`, `1475/3`: a finite decimal where there is one, else a fraction."""
    if isinstance(value, int):
        return str(value)
    if value.denominator == 1:
        return str(value.numerator)
    places = _decimal_places(value.denominator)
    if places is None or places > 12:
        return f"{value.numerator}/{value.denominator}"
    return _fixed(value, places)


def _decimal_places(denominator: int) -> int | None:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _fixed(value: int | Fraction, places: int) -> str:
    """The value with so many decimals, the last one cut, not rounded."""
    scaled = abs(Fraction(value)) * 10**places
    digits = str(scaled.numerator // scaled.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def is_exact_text(text: str) -> bool:
    """Whether `read_exact_text` can read it."""
    return _EXACT.fullmatch(text) is not None


def read_exact_text(text: str) -> int | Fraction | None:
    """The inverse of `exact_text`, for values of any size that a rule can reach."""
    if not is_exact_text(text):
        return None
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else value


def shown_number(value: int | Fraction, *, unit: Unit) -> str:
    """A number for people: money with two decimals; what has no finite decimal as a fraction with its approximation."""
    places = _decimal_places(Fraction(value).denominator)
    if places is None:
        return f"{value} (≈{_fixed(round_to(value, _APPROXIMATION, 'half_up'), 4)})"
    if unit.currency is not None or any(base.isupper() for base, _ in unit.powers):
        return _fixed(Fraction(value), max(2, places))
    return exact_text(value)
