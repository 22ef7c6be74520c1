"""Month by month: which decision holds, what it entitles to, and the months in which a decision came late."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from civil_aid_rules.caseload.history import Decision, History, months_of, next_month
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.result import Part, Result, Status
from civil_aid_rules.quantities.numbers import exact_text
from civil_aid_rules.records.record import Record

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Delays:
    """After how many months a decision takes effect, as the program's parameters say, with their sources."""

    approval: int
    change: int
    death: int
    citations: tuple[Citation, ...]


class ScheduledMonth(Part):
    """One month of one program. `due`: exact text, None when not known; `late`: decided on too late for it."""

    program: str
    month: datetime.date
    status: Status | None
    due: str | None
    decided_on: datetime.date | None
    late: bool
    explanation: Bilingual
    citations: tuple[Citation, ...]


class Schedule(Part):
    """All months of all programs of a history, and the totals by program (None: a month is not known)."""

    from_month: datetime.date
    to_month: datetime.date
    known_on: datetime.date | None
    months: tuple[ScheduledMonth, ...]
    totals: dict[str, str | None]


Determine = Callable[[str, datetime.date, Record], Result]
DelaysOf = Callable[[str, datetime.date], Delays]


def schedule(
    history: History,
    months: tuple[datetime.date, datetime.date],
    known_on: datetime.date | None,
    *,
    determine: Determine,
    delays_of: DelaysOf,
) -> Schedule:
    """The schedule of a history. `determine` decides a record on a day; `delays_of`: when decisions take effect."""
    found: list[ScheduledMonth] = []
    for program in history.programs:
        decisions = [decision for decision in history.decisions if decision.program == program]
        effects = [(_effect(decision, months[0], delays_of), decision) for decision in decisions]
        found += [_month(program, month, effects, determine) for month in months_of(*months)]
    return Schedule(
        from_month=months[0],
        to_month=months[1],
        known_on=known_on,
        months=tuple(found),
        totals={program: _total([item for item in found if item.program == program]) for program in history.programs},
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """From which month a decision holds, and from which it would have held had it come in the month of its event."""

    month: datetime.date
    prompt: datetime.date
    delays: Delays


def _effect(decision: Decision, first: datetime.date, delays_of: DelaysOf) -> Effect:
    """Delays as of the decision; of one older than the first month asked for, as of that month."""
    delays = delays_of(decision.program, max(first, decision.decided_on))
    decided = decision.decided_on.replace(day=1)
    event = (decision.happened_on or decision.decided_on).replace(day=1)
    match decision.kind:
        case "death":
            from_month = next_month(event, delays.death)
            return Effect(from_month, from_month, delays)
        case "approval":
            return Effect(next_month(decided, delays.approval), next_month(decided, delays.approval), delays)
        case "change" | "stop":
            month = next_month(decided, delays.change)
            return Effect(month, min(month, next_month(event, delays.change)), delays)


def _month(
    program: str, month: datetime.date, effects: list[tuple[Effect, Decision]], determine: Determine
) -> ScheduledMonth:
    """The last decision that holds in the month, and what it entitles to."""
    holding = [(effect, decision) for effect, decision in effects if effect.month <= month]
    late = [decision for effect, decision in effects if effect.prompt <= month < effect.month]
    if not holding:
        return _unpaid(program, month, None, _NOT_YET, effects[0][0].delays.citations)
    effect, decision = max(holding, key=lambda pair: (pair[0].month, pair[1].decided_on))
    if decision.record is None:
        return _unpaid(program, month, decision, _ENDED, effect.delays.citations)
    result = determine(program, month, decision.record)
    due = monthly(result)
    text = _LATE if late else _DUE
    shown = {
        "day": decision.decided_on.isoformat(),
        "amount": "?" if due is None else exact_text(due),
        "late": ", ".join(item.decided_on.isoformat() for item in late),
    }
    return ScheduledMonth(
        program=program,
        month=month,
        status=result.status,
        due=None if due is None else exact_text(due),
        decided_on=decision.decided_on,
        late=bool(late),
        explanation=Bilingual(en=text.en.format_map(shown), zh=text.zh.format_map(shown)),
        citations=effect.delays.citations,
    )


def _unpaid(
    program: str, month: datetime.date, decision: Decision | None, text: Bilingual, citations: tuple[Citation, ...]
) -> ScheduledMonth:
    return ScheduledMonth(
        program=program,
        month=month,
        status=None,
        due="0",
        decided_on=None if decision is None else decision.decided_on,
        late=False,
        explanation=text,
        citations=citations,
    )


_NOT_YET = Bilingual(
    en="no decision holds yet: nothing is due before approval takes effect", zh="批准尚未生效，本月不发放"
)
_ENDED = Bilingual(en="support has ended by decision", zh="已决定停发")
_DUE = Bilingual(en="by the decision of {day}: {amount}", zh="按{day}的决定：{amount}元")
_LATE = Bilingual(
    en="by the decision of {day}: {amount}; the event was decided on late ({late}): a late exit, not an overpayment",
    zh="按{day}的决定：{amount}元；情况变化后至{late}才作出决定，属退出滞后，不作多发处理",
)


def monthly(result: Result) -> Fraction | None:
    """What a result comes to in one month: a yearly amount by twelve; None while it is not known."""
    if result.payment is None or result.payment.amount is None:
        return None
    amount = Fraction(result.payment.amount)
    return amount / MONTHS_IN_YEAR if result.payment.period == "year" else amount


def _total(months: list[ScheduledMonth]) -> str | None:
    known = [Fraction(item.due) for item in months if item.due is not None]
    return exact_text(sum(known, Fraction(0))) if len(known) == len(months) else None
