"""Numbers with their units in words, in English and Chinese. Shown numbers are the exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.quantities.numbers import exact_text, shown_number
from civil_aid_rules.quantities.units import Unit

MINUS = "−"

_EACH = {
    "person": ("per person", "每人"),
    "day": ("a day", "每日"),
    "month": ("a month", "每月"),
    "year": ("a year", "每年"),
}
_COUNTED = {"person": "人", "day": "天", "month": "个月", "year": "年"}
_CURRENCIES = {"CNY": "元"}


def is_finite(value: int | Fraction) -> bool:
    """Whether the number has a finite decimal."""
    return "/" not in exact_text(value)


def number_text(value: int | Fraction, unit: Unit) -> str:
    """A number without its unit: money with two decimals, a rate as percent, a third as `1/3 (≈0.3333)`."""
    if not unit.powers and isinstance(value, Fraction) and is_finite(value * 100):
        return f"{exact_text(value * 100)}%".replace("-", MINUS)
    return shown_number(value, unit=unit).replace("-", MINUS)


def shares(values: Sequence[int | Fraction]) -> list[Bilingual]:
    """Numbers without a unit side by side: all as percent where one is, so that 1 beside 70% is 100%."""
    if any(isinstance(value, Fraction) and is_finite(value * 100) for value in values):
        texts = [f"{exact_text(value * 100)}%".replace("-", MINUS) for value in values]
        return [Bilingual(en=text, zh=text) for text in texts]
    return [quantity(value, Unit()) for value in values]


def number_in_formula(value: int | Fraction, unit: Unit) -> str:
    """A number as a part of a formula: exact, bracketed where it is a fraction or below zero."""
    text = number_bare(value, unit)
    return f"({text})" if value < 0 or not is_finite(value) else text


def number_bare(value: int | Fraction, unit: Unit) -> str:
    """A number as the whole of a formula: exact, without an approximation."""
    return number_text(value, unit) if is_finite(value) else str(value).replace("-", MINUS)


def quantity(value: int | Fraction, unit: Unit) -> Bilingual:
    """A number with its unit: `480.00 CNY per person a month`, 每人每月480.00元; `3 persons`, 3人."""
    number = number_text(value, unit)
    if not unit.powers:
        return Bilingual(en=number, zh=_full_width(number))
    top, below = _parts(unit)
    if len(top) != 1:
        return Bilingual(en=f"{number} {unit.shown('en')}", zh=f"{_full_width(number)} {unit.shown('zh')}")
    return Bilingual(en=_english(number, value, top[0], below), zh=_chinese(number, top[0], below))


def money(value: int | Fraction, unit: Unit) -> Bilingual:
    """A number with its currency alone, where its title says what it is per: 180.00元."""
    return quantity(value, unit) if unit.currency is None else quantity(value, Unit(((unit.currency, 1),)))


def _parts(unit: Unit) -> tuple[list[str], list[str]]:
    """What is counted, and what it is per; a square or the like counts as nothing single."""
    top = [base for base, power in unit.powers for _ in range(power)]
    return top, [base for base, power in unit.powers for _ in range(-power)]


def _english(number: str, value: int | Fraction, top: str, below: list[str]) -> str:
    counted = top if top.isupper() or value == 1 else f"{top}s"
    return " ".join((number, counted, *(_EACH.get(base, (f"per {base}", ""))[0] for base in below)))


def _chinese(number: str, top: str, below: list[str]) -> str:
    """每人每月480.00元; of a fraction 每月1750/3元（约583.3333元）."""
    before = "".join(_EACH[base][1] for base in below if base in _EACH)
    counted = _CURRENCIES.get(top) or _COUNTED.get(top) or f" {top}"
    exactly, _, about = number.partition(" (≈")
    about = f"（约{about.removesuffix(')')}{counted}）" if about else ""
    return f"{before}{exactly}{counted}{''.join(f'/{base}' for base in below if base not in _EACH)}{about}"


def _full_width(number: str) -> str:
    """`1/3 (≈0.3333)` as Chinese text has it: 1/3（约0.3333）."""
    return number.replace(" (≈", "（约").replace(")", "）")
