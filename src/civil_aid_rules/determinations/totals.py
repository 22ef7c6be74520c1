"""Sums over programs that may be open: what is known so far, and which programs hold the rest up."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from civil_aid_rules.determinations.result import ExactText, Part
from civil_aid_rules.quantities.numbers import exact_text


class Total(Part):
    """A sum in one currency. `amount` is None while a part is not known; `known` is the sum of the parts that are.

    `open` names the programs whose part is not known.
    """

    currency: str
    amount: ExactText | None
    known: ExactText
    open: tuple[str, ...]


class Amount(NamedTuple):
    """What one program adds to a sum; None: not known."""

    program: str
    currency: str
    value: Fraction | None


def totals_of(amounts: Iterable[Amount]) -> tuple[Total, ...]:
    """One total for each currency, in the order in which they come."""
    by_currency: dict[str, list[Amount]] = {}
    for item in amounts:
        by_currency.setdefault(item.currency, []).append(item)
    return tuple(_total(currency, items) for currency, items in by_currency.items())


def _total(currency: str, items: list[Amount]) -> Total:
    known = exact_text(sum((item.value for item in items if item.value is not None), Fraction(0)))
    open_ones = tuple(dict.fromkeys(item.program for item in items if item.value is None))
    return Total(currency=currency, amount=None if open_ones else known, known=known, open=open_ones)
