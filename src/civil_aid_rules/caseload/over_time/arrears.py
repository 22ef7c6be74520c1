"""Back-payment: what was due each month, what was paid for it, and the difference, which is never below zero."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from civil_aid_rules.caseload.over_time.arrears_words import AsPublished, difference_words, reason_words, sentences
from civil_aid_rules.caseload.over_time.history import PaidItem, PaymentKind
from civil_aid_rules.caseload.over_time.months import month_text, months_of
from civil_aid_rules.caseload.over_time.payments import (
    MonthKey,
    Spread,
    months_together,
    paid_by_month,
    returned_beyond,
    spread,
)
from civil_aid_rules.caseload.over_time.schedule import ScheduledMonth, ScheduleResult, totals_over_time
from civil_aid_rules.caseload.over_time.words import filled, month_shown
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import ExactText, Part, Status, UsedValue
from civil_aid_rules.determinations.totals import Amount, Total
from civil_aid_rules.errors import RecordError
from civil_aid_rules.quantities.numbers import exact_text


class ArrearsLine(Part):
    """One month of one program, as exact text: due, paid, owed, and what was paid beyond what was due.

    `due` None: not known, so nothing is said of what is owed. Where something is owed that was paid for before,
    `due_when_paid` is what was due by what had been published on the day of the last payment, and `published_since`
    the legal values behind the amount that were published later. `explanation` is the sum in words, then the `reason`.
    """

    program: str
    month: datetime.date
    status: Status | None
    currency: str
    due: ExactText | None
    paid: ExactText
    owed: ExactText | None
    beyond: ExactText | None
    due_when_paid: ExactText | None
    published_since: tuple[UsedValue, ...]
    reason: Bilingual | None
    explanation: Bilingual


class PaymentCounted(Part):
    """One payment and what of it counts for each month (`2016-01`); `left_out` counts for none, `reason` says why."""

    program: str
    paid_on: datetime.date
    first_month: str
    last_month: str
    amount: ExactText
    kind: PaymentKind
    counted: dict[str, ExactText]
    left_out: ExactText
    reason: Bilingual | None


class ArrearsResult(Part):
    """All lines and what is owed, as data; JSON out and in is equal.

    `totals` are by program, exact text, None where a month is not known; `by_month` and `by_year` over all programs.
    """

    from_month: datetime.date
    to_month: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    hypothetical: bool
    titles: dict[str, Bilingual]
    lines: tuple[ArrearsLine, ...]
    payments: tuple[PaymentCounted, ...]
    totals: dict[str, ExactText | None]
    by_month: dict[str, tuple[Total, ...]]
    by_year: dict[str, tuple[Total, ...]]

    def __hash__(self) -> int:
        return hash((self.from_month, self.to_month, self.known_on, self.lines))


AsPublishedOn = Callable[[str, datetime.date, datetime.date], AsPublished | None]
"""For a program, month and day; None where nothing of the program had been published by then."""
DueBeside = Callable[[str, datetime.date], Fraction | None]
"""What was due of a program for a month that the schedule does not have; None where it is not known."""


def arrears(
    schedule: ScheduleResult, paid: Sequence[PaidItem], *, due_beside: DueBeside, as_published_on: AsPublishedOn
) -> ArrearsResult:
    """Hold a schedule against what was paid.

    `due_beside` is asked for months outside the schedule that a payment joins to it. Raises RecordError where more was
    returned for a month than was paid.
    """
    spreads = spread(paid, _due(schedule, paid, due_beside))
    faults = returned_beyond(spreads)
    if faults:
        raise RecordError(faults)
    by_month = paid_by_month(spreads)
    lines = tuple(_line(item, by_month, _last_paid_on(item, spreads), as_published_on) for item in schedule.months)
    owed = [(line.month, Amount(line.program, line.currency, _number(line.owed))) for line in lines]
    return ArrearsResult(
        from_month=schedule.from_month,
        to_month=schedule.to_month,
        known_on=schedule.known_on,
        jurisdiction=schedule.jurisdiction,
        hypothetical=schedule.hypothetical,
        titles=schedule.titles,
        lines=lines,
        payments=tuple(_counted(one, schedule) for one in spreads),
        totals={program: _owed(program, lines) for program in schedule.totals},
        **totals_over_time(owed),
    )


def _due(schedule: ScheduleResult, paid: Sequence[PaidItem], due_beside: DueBeside) -> dict[MonthKey, Fraction | None]:
    """What is due for the months of the schedule, and for those that payments join to them."""
    asked = (schedule.from_month, schedule.to_month)
    due = {(item.program, item.month): _number(item.due) for item in schedule.months}
    for program in schedule.titles:
        together = months_together(asked, [item for item in paid if item.program == program])
        for month in months_of(*together):
            if not asked[0] <= month <= asked[1]:
                due[program, month] = due_beside(program, month)
    return due


def _line(
    month: ScheduledMonth,
    by_month: Mapping[MonthKey, Fraction],
    last_paid_on: datetime.date | None,
    as_published_on: AsPublishedOn,
) -> ArrearsLine:
    due, paid = _number(month.due), by_month.get((month.program, month.month), Fraction(0))
    owed = None if due is None else max(Fraction(0), due - paid)
    then = as_published_on(month.program, month.month, last_paid_on) if owed and last_paid_on else None
    reason = reason_words(month, due, paid, owed, then, last_paid_on)
    return ArrearsLine(
        program=month.program,
        month=month.month,
        status=month.status,
        currency=month.currency,
        due=month.due,
        paid=exact_text(paid),
        owed=None if owed is None else exact_text(owed),
        beyond=None if due is None else exact_text(max(Fraction(0), paid - due)),
        due_when_paid=None if then is None or then.due is None else exact_text(then.due),
        published_since=() if then is None else then.since,
        reason=reason,
        explanation=sentences(difference_words(month, due, paid, owed), reason),
    )


def _last_paid_on(month: ScheduledMonth, spreads: Sequence[Spread]) -> datetime.date | None:
    """The last day on which something was paid for the month, whether or not it was returned."""
    mine = [one for one in spreads if one.item.program == month.program]
    days = [one.item.paid_on for one in mine if one.parts.get(month.month, Fraction(0)) > 0]
    return max(days, default=None)


def _counted(one: Spread, schedule: ScheduleResult) -> PaymentCounted:
    first, last = schedule.from_month, schedule.to_month
    inside = {month: part for month, part in one.parts.items() if first <= month <= last}
    left_out = one.amount - sum(inside.values(), Fraction(0))
    outside = filled(_OUTSIDE, first=month_shown(first), last=month_shown(last))
    return PaymentCounted(
        program=one.item.program,
        paid_on=one.item.paid_on,
        first_month=one.item.first_month,
        last_month=one.item.last_month,
        amount=exact_text(Fraction(one.item.amount)),
        kind=one.item.kind,
        counted={month_text(month): exact_text(part) for month, part in sorted(inside.items())},
        left_out=exact_text(left_out),
        reason=_NO_DECISION if one.item.program not in schedule.titles else outside if left_out else None,
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _owed(program: str, lines: Sequence[ArrearsLine]) -> str | None:
    mine = [line for line in lines if line.program == program]
    known = [Fraction(line.owed) for line in mine if line.owed is not None]
    return exact_text(sum(known, Fraction(0))) if len(known) == len(mine) else None


_NO_DECISION = Bilingual(en="the history holds no decision on this program", zh="历次决定中没有该项目的决定")
_OUTSIDE = Bilingual(en="for months outside {first} to {last}", zh="所属月份不在{first}至{last}之内")
