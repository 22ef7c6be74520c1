"""Payments by the month they were for: in equal parts, or, where they made up for months, as far as those lacked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from civil_aid_rules.caseload.over_time.history import PaidItem
from civil_aid_rules.caseload.over_time.months import months_of, read_month

MonthKey = tuple[str, datetime.date]
"""A program and the first day of a month."""


@dataclass(slots=True)
class Spread:
    """One payment and what of it counts for each of its months; a returned amount is below zero."""

    item: PaidItem
    parts: dict[datetime.date, Fraction] = field(default_factory=dict)

    @property
    def months(self) -> list[datetime.date]:
        """The months that the payment is for."""
        first, last = read_month(self.item.first_month), read_month(self.item.last_month)
        assert first is not None and last is not None, "PaidItem holds months that can be read"
        return months_of(first, last)


def spread(paid: Sequence[PaidItem], due: Mapping[MonthKey, Fraction | None]) -> list[Spread]:
    """Each payment by month, in the order given. The result does not depend on that order."""
    spreads = [Spread(item) for item in paid]
    for one in spreads:
        if one.item.kind != "arrears":
            months = one.months
            amount = Fraction(one.item.amount) / len(months)
            one.parts = dict.fromkeys(months, -amount if one.item.kind == "returned" else amount)
    _settle([one for one in spreads if one.item.kind == "arrears"], _lacking(spreads, due))
    return spreads


def paid_by_month(spreads: Sequence[Spread]) -> dict[MonthKey, Fraction]:
    """What was paid for each month of each program."""
    found: dict[MonthKey, Fraction] = {}
    for one in spreads:
        for month, part in one.parts.items():
            key = (one.item.program, month)
            found[key] = found.get(key, Fraction(0)) + part
    return found


def _lacking(spreads: Sequence[Spread], due: Mapping[MonthKey, Fraction | None]) -> dict[MonthKey, Fraction]:
    """What each month lacks before arrears were paid; of a month whose due is not known, nothing can be said."""
    paid = paid_by_month(spreads)
    return {
        key: max(Fraction(0), amount - paid.get(key, Fraction(0))) for key, amount in due.items() if amount is not None
    }


def _settle(spreads: Sequence[Spread], lacking: dict[MonthKey, Fraction]) -> None:
    """Arrears go to the oldest month that lacks something; of several payments, the one whose months end first.

    So as much is settled as can be, whatever order the payments are listed in. What is left counts for the last month.
    """
    ordered = sorted(
        spreads, key=lambda one: (one.item.last_month, one.item.first_month, one.item.paid_on, one.item.amount)
    )
    rest = {id(one): Fraction(one.item.amount) for one in ordered}
    for program, month in sorted(lacking):
        for one in ordered:
            if one.item.program == program and one.months[0] <= month <= one.months[-1]:
                part = min(rest[id(one)], lacking[program, month])
                rest[id(one)] -= part
                lacking[program, month] -= part
                if part:
                    one.parts[month] = part
    for one in ordered:
        if rest[id(one)] or not one.parts:
            last = one.months[-1]
            one.parts[last] = one.parts.get(last, Fraction(0)) + rest[id(one)]
