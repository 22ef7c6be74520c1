"""Totals in words: what is known, and which programs hold the rest up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.totals import Amount, Total, totals_of
from civil_aid_rules.ir.values import exact
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.phrases import joined, phrase, same

Titles = Mapping[str, Bilingual]


def amount_words(text: str | None, currency: str) -> Bilingual:
    """An exact amount with its currency; one that is not known says so."""
    if text is None:
        return phrase("not_known")
    return quantity(exact(Fraction(text)), Unit(((currency, 1),)))


def title_of(program: str, titles: Titles) -> Bilingual:
    """A program's title; of one that the rulebook does not have, its name."""
    return titles.get(program) or same(program)


def titles_of(programs: Iterable[str], titles: Titles) -> Bilingual:
    """The titles of programs one after the other."""
    return joined(tuple(title_of(program, titles) for program in programs))


def total_words(totals: Iterable[Total], titles: Titles) -> Bilingual:
    """The total of each currency; of an open one what is known, and what is not."""
    return joined(tuple(_one(total, titles) for total in totals), en="; ", zh="；")


def _one(total: Total, titles: Titles) -> Bilingual:
    known = amount_words(total.known, total.currency)
    return known if not total.open else phrase("total_open", known=known, open=titles_of(total.open, titles))


def over_all(by_period: Mapping[str, tuple[Total, ...]]) -> tuple[Total, ...]:
    """The totals of all periods together."""
    amounts: list[Amount] = []
    for totals in by_period.values():
        for total in totals:
            amounts.append(Amount("", total.currency, Fraction(total.known)))
            amounts += [Amount(program, total.currency, None) for program in total.open]
    return totals_of(amounts)
