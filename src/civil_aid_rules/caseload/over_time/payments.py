"""Payments by the month they were for; what of one that covers several months counts for each of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from civil_aid_rules.caseload.over_time.equal_parts import FEN, in_fen
from civil_aid_rules.caseload.over_time.history import PaidItem
from civil_aid_rules.caseload.over_time.months import count_of_months, months_of, read_month
from civil_aid_rules.caseload.over_time.settlement import Portions, Settlement
from civil_aid_rules.caseload.over_time.words import month_shown
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.quantities.numbers import exact_text

MonthKey = tuple[str, datetime.date]
"""A program and the first day of a month."""
Months = tuple[datetime.date, datetime.date]
"""The first days of a first and a last month."""


@dataclass(slots=True)
class Spread:
    """One payment and what of it counts for each of its months; a returned amount is below zero."""

    item: PaidItem
    parts: dict[datetime.date, Fraction] = field(default_factory=dict)

    @property
    def amount(self) -> Fraction:
        """What it comes to; below zero where it was returned."""
        return Fraction(self.item.amount) * (-1 if self.item.kind == "returned" else 1)


def months_together(asked: Months, paid: Iterable[PaidItem]) -> Months:
    """The months asked for, and those that payments over several months, one leading to the other, join to them.

    `paid`: the payments of one program. What of such a payment counts for one month hangs on what its others lack.
    """
    runs = [run for run in map(covered, paid) if run[0] < run[1]]
    first, last = asked
    while True:
        joined = [run for run in runs if run[0] <= last and first <= run[1]]
        wider = min([first, *(run[0] for run in joined)]), max([last, *(run[1] for run in joined)])
        if wider == (first, last):
            return wider
        first, last = wider


def covered(item: PaidItem) -> Months:
    """The first and the last month that a payment is for."""
    first, last = read_month(item.first_month), read_month(item.last_month)
    assert first is not None and last is not None, "PaidItem holds months that can be read"
    return first, last


def spread(paid: Sequence[PaidItem], due: Mapping[MonthKey, Fraction | None]) -> list[Spread]:
    """Each payment by month, in the order given, in whole fen. The result does not depend on that order.

    `due`: what is due for each month of each program, None where it is not known. A payment with a month that is not
    among them has no parts.
    """
    spreads = [Spread(item) for item in paid]
    for program in dict.fromkeys(program for program, _ in due):
        months = {month: amount for (name, month), amount in due.items() if name == program}
        inside = [one for one in spreads if one.item.program == program and months.keys() >= set(covered(one.item))]
        _settle(sorted(inside, key=_narrow_first), months)
    return spreads


def _settle(spreads: Sequence[Spread], due: Mapping[datetime.date, Fraction | None]) -> None:
    """First what was paid for its months, then what was returned, then what made up for what they lacked."""
    settlement = Settlement({month: in_fen(amount or Fraction(0)) for month, amount in due.items()})
    placed = {id(one): Portions(months_of(*covered(one.item)), in_fen(one.amount)) for one in spreads}
    for kinds, place in (
        (("regular", "correction"), settlement.pay),
        (("returned",), settlement.take_back),
        (("arrears",), settlement.pay_oldest_first),
    ):
        for one in spreads:
            if one.item.kind in kinds:
                place(placed[id(one)])
    settlement.level()
    for one in spreads:
        parts = placed[id(one)].parts
        one.parts = {month: Fraction(part, FEN) for month, part in parts.items() if part}


def _narrow_first(one: Spread) -> tuple[int, str, str, datetime.date, str, str]:
    """Of payments that overlap, the one with fewer months first: it has fewer to choose from."""
    item = one.item
    return count_of_months(*covered(item)), item.last_month, item.first_month, item.paid_on, item.kind, str(item.amount)


def returned_beyond(spreads: Sequence[Spread]) -> list[Problem]:
    """Each month of a program for which more was returned than was paid, at the last payment that was returned for it.

    So it was returned twice, or for another month, or what was paid is not listed: no such sum can be owed.
    """
    paid = paid_by_month(spreads)
    return [_returned_beyond(spreads, key) for key in sorted(paid) if paid[key] < 0]


def _returned_beyond(spreads: Sequence[Spread], key: MonthKey) -> Problem:
    program, month = key
    parts = [(one.parts.get(month, Fraction(0)), one) for one in spreads if one.item.program == program]
    last = max((one for part, one in parts if part < 0), key=lambda one: one.item.paid_on)
    returned, paid = (
        sum((abs(part) for part, _ in parts if (part < 0) is back), Fraction(0)) for back in (True, False)
    )
    place = next(place for place, one in enumerate(spreads) if one is last)
    shown = month_shown(month)
    at = f"$.paid[{place}].amount"
    return problem(
        "payment-returned", at, found=exact_text(returned), expected=exact_text(paid), month=Both(shown.en, shown.zh)
    )


def paid_by_month(spreads: Sequence[Spread]) -> dict[MonthKey, Fraction]:
    """What was paid for each month of each program."""
    found: dict[MonthKey, Fraction] = {}
    for one in spreads:
        for month, part in one.parts.items():
            key = (one.item.program, month)
            found[key] = found.get(key, Fraction(0)) + part
    return found
