"""Back-payment: what was due each month, what was paid for it, and the difference, which is never below zero."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from civil_aid_rules.caseload.history import PaidItem, months_of, read_month
from civil_aid_rules.caseload.schedule import Schedule, ScheduledMonth
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Part
from civil_aid_rules.errors import Both, RecordError, problem
from civil_aid_rules.quantities.numbers import exact_text


class ArrearsLine(Part):
    """One month of one program, as exact text: due, paid, owed. `due` None: not known, so nothing can be said."""

    program: str
    month: datetime.date
    due: str | None
    paid: str
    owed: str | None
    explanation: Bilingual


class Arrears(Part):
    """All lines, and what is owed by program (None: a month is not known)."""

    lines: tuple[ArrearsLine, ...]
    totals: dict[str, str | None]


def arrears(schedule: Schedule, paid: Sequence[PaidItem]) -> Arrears:
    """Hold a schedule against what was paid. A payment for several months counts for each in equal parts."""
    by_month = _paid_by_month(paid)
    lines = tuple(_line(item, by_month.get((item.program, item.month), Fraction(0))) for item in schedule.months)
    return Arrears(lines=lines, totals={program: _owed(program, lines) for program in schedule.totals})


def _paid_by_month(paid: Sequence[PaidItem]) -> dict[tuple[str, datetime.date], Fraction]:
    found: dict[tuple[str, datetime.date], Fraction] = {}
    for place, item in enumerate(paid):
        months = _months(item, place)
        sign = -1 if item.kind == "returned" else 1
        for month in months:
            key = (item.program, month)
            found[key] = found.get(key, Fraction(0)) + sign * Fraction(item.amount) / len(months)
    return found


def _months(item: PaidItem, place: int) -> list[datetime.date]:
    first, last = read_month(item.first_month), read_month(item.last_month)
    if first is None or last is None or last < first:
        expected = Both("two months, such as 2016-01 and 2016-03", "起止月份，如 2016-01 和 2016-03")
        found = f"{item.first_month} – {item.last_month}"
        raise RecordError([problem("payment-months", f"$.paid[{place}].first_month", found=found, expected=expected)])
    return months_of(first, last)


def _line(month: ScheduledMonth, paid: Fraction) -> ArrearsLine:
    due = None if month.due is None else Fraction(month.due)
    owed = None if due is None else max(Fraction(0), due - paid)
    text = _UNKNOWN if due is None or owed is None else _OWED if owed > 0 else _NOTHING if due == paid else _MORE
    shown = {"due": month.due or "?", "paid": exact_text(paid), "owed": "?" if owed is None else exact_text(owed)}
    return ArrearsLine(
        program=month.program,
        month=month.month,
        due=month.due,
        paid=exact_text(paid),
        owed=None if owed is None else exact_text(owed),
        explanation=Bilingual(en=text.en.format_map(shown), zh=text.zh.format_map(shown)),
    )


_OWED = Bilingual(en="due {due}, paid {paid}: {owed} is owed", zh="应发{due}元，已发{paid}元，应补发{owed}元")
_NOTHING = Bilingual(en="due {due}, paid {paid}: nothing is owed", zh="应发{due}元，已发{paid}元，无须补发")
_MORE = Bilingual(
    en="due {due}, paid {paid}: nothing is owed; what was paid beyond it is not taken back here",
    zh="应发{due}元，已发{paid}元，无须补发；多出部分不在补发中抵扣",
)
_UNKNOWN = Bilingual(en="what was due is not known yet", zh="应发金额暂不能确定")


def _owed(program: str, lines: Sequence[ArrearsLine]) -> str | None:
    mine = [line for line in lines if line.program == program]
    known = [Fraction(line.owed) for line in mine if line.owed is not None]
    return exact_text(sum(known, Fraction(0))) if len(known) == len(mine) else None
