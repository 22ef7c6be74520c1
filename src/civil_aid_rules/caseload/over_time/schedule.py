"""Month by month: which decision holds, what it entitles to, and the months in which a decision came late."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from civil_aid_rules.caseload.over_time.effects import DecisionEffect, Terms, TermsOf, effects_of, support_numbers
from civil_aid_rules.caseload.over_time.equal_parts import FEN, equal_parts, in_fen
from civil_aid_rules.caseload.over_time.history import Decision, History
from civil_aid_rules.caseload.over_time.months import month_text, months_of
from civil_aid_rules.caseload.over_time.words import day_shown, filled, sum_shown
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.result import ExactText, Part, Result, Status
from civil_aid_rules.determinations.totals import Amount, Total, totals_of
from civil_aid_rules.quantities.numbers import exact_text
from civil_aid_rules.records.record import Record

MONTHS_IN_YEAR = 12


class ScheduledMonth(Part):
    """One month of one program.

    `due` is exact text, None when not known; `status` is None where no record is decided on: before approval takes
    effect, and after support has ended. `decided_on` is the decision that holds. `late`: a decision came too late for
    this month. `grounds` say why nothing is due by the rules, or what is missing; `note` says what else there is to say
    beside the decision and the amount: no approval yet, support has ended, a decision that came late.
    """

    program: str
    month: datetime.date
    status: Status | None
    due: ExactText | None
    currency: str
    decided_on: datetime.date | None
    late: bool
    grounds: tuple[Bilingual, ...]
    note: Bilingual | None
    explanation: Bilingual
    citations: tuple[Citation, ...]


class ScheduleResult(Part):
    """All months of all programs of a history, as data; JSON out and in is equal.

    `totals` are by program, exact text, None where a month is not known. `by_month` (`2016-01`) and `by_year` (`2016`)
    are over all programs, one total for each currency; a year only as far as its months were asked for.
    """

    from_month: datetime.date
    to_month: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    hypothetical: bool
    titles: dict[str, Bilingual]
    decisions: tuple[DecisionEffect, ...]
    months: tuple[ScheduledMonth, ...]
    totals: dict[str, ExactText | None]
    by_month: dict[str, tuple[Total, ...]]
    by_year: dict[str, tuple[Total, ...]]

    def __hash__(self) -> int:
        return hash((self.from_month, self.to_month, self.known_on, self.months))


Determine = Callable[[str, datetime.date, Record], Result]


def schedule(
    history: History,
    months: tuple[datetime.date, datetime.date],
    known_on: datetime.date | None,
    *,
    jurisdiction: str | None,
    determine: Determine,
    terms_of: TermsOf,
) -> ScheduleResult:
    """The schedule of a history. `determine` decides a record on a day; `terms_of`: when decisions take effect."""
    found: list[ScheduledMonth] = []
    all_effects: list[DecisionEffect] = []
    titles: dict[str, Bilingual] = {}
    results: list[Result] = []

    def determined(program: str, on: datetime.date, record: Record) -> Result:
        results.append(determine(program, on, record))
        return results[-1]

    for program in history.programs:
        decisions = [decision for decision in history.decisions if decision.program == program]
        terms = terms_of(program, max(months[0], decisions[0].decided_on))
        titles[program] = terms.title
        effects = effects_of(decisions, months[0], terms_of)
        all_effects += effects
        found += [_month(terms, program, month, _taken(effects, decisions), determined) for month in months_of(*months)]
    return ScheduleResult(
        from_month=months[0],
        to_month=months[1],
        known_on=known_on,
        jurisdiction=jurisdiction,
        hypothetical=any(result.hypothetical for result in results),
        titles=titles,
        decisions=tuple(all_effects),
        months=tuple(found),
        totals={program: _total([item for item in found if item.program == program]) for program in history.programs},
        **totals_over_time([(item.month, _amount(item.program, item.currency, item.due)) for item in found]),
    )


def due_beside(
    made: ScheduleResult, history: History, program: str, month: datetime.date, determine: Determine
) -> Fraction | None:
    """What was due for a month that the schedule was not asked for; None where it is not known."""
    effects = [effect for effect in made.decisions if effect.program == program]
    decisions = [decision for decision in history.decisions if decision.program == program]
    holding = _holding(month, _taken(effects, decisions))
    decision = holding[-1].decision if holding else None
    return (
        Fraction(0)
        if decision is None or decision.record is None
        else monthly(determine(program, month, decision.record))
    )


def _month(
    terms: Terms,
    program: str,
    month: datetime.date,
    decisions: Sequence[_Taken],
    determine: Determine,
) -> ScheduledMonth:
    """The last decision that holds in the month, and what it entitles to."""
    holding = _holding(month, decisions)
    late = [effect for effect, _ in decisions if month in effect.late]
    if not holding:
        return _unpaid(terms, program, month, None, decisions[0].effect.citations)
    effect, decision = holding[-1]
    if decision.record is None:
        return _unpaid(terms, program, month, decision, effect.citations)
    result = determine(program, month, decision.record)
    due = monthly(result)
    text = filled(_DUE, day=day_shown(decision.decided_on), amount=sum_shown(due, terms.currency))
    note = _late_note(late)
    return ScheduledMonth(
        program=program,
        month=month,
        status=result.status,
        due=None if due is None else exact_text(due),
        currency=terms.currency,
        decided_on=decision.decided_on,
        late=bool(late),
        grounds=_grounds(result),
        note=note,
        explanation=text if note is None else Bilingual(en=f"{text.en}; {note.en}", zh=f"{text.zh}；{note.zh}"),
        citations=tuple(dict.fromkeys((*effect.citations, *(one for item in late for one in item.citations)))),
    )


class _Taken(NamedTuple):
    """A decision and its effect."""

    effect: DecisionEffect
    decision: Decision


def _taken(effects: Sequence[DecisionEffect], decisions: Sequence[Decision]) -> list[_Taken]:
    """The decisions on one program in the order in which they were taken; of one day, as they are listed.

    So a death decided on late ends what came before it; but of a support that was approved anew since then, nothing.
    """
    numbers = support_numbers(decisions)
    ordered = sorted(range(len(decisions)), key=lambda place: (numbers[place], decisions[place].decided_on))
    return [_Taken(effects[place], decisions[place]) for place in ordered]


def _holding(month: datetime.date, decisions: Sequence[_Taken]) -> list[_Taken]:
    """The decisions whose month has come; the last of them holds."""
    return [one for one in decisions if one.effect.from_month <= month]


def _unpaid(
    terms: Terms, program: str, month: datetime.date, decision: Decision | None, citations: tuple[Citation, ...]
) -> ScheduledMonth:
    text = _NOT_YET if decision is None else filled(_ENDED, day=day_shown(decision.decided_on))
    return ScheduledMonth(
        program=program,
        month=month,
        status=None,
        due="0",
        currency=terms.currency,
        decided_on=None if decision is None else decision.decided_on,
        late=False,
        grounds=(),
        note=text,
        explanation=text,
        citations=citations,
    )


def _late_note(late: Sequence[DecisionEffect]) -> Bilingual | None:
    """Which decisions came too late for a month."""
    notes = [filled(_LATE[item.kind == "stop"], day=day_shown(item.decided_on)) for item in late]
    return (
        Bilingual(en="; ".join(item.en for item in notes), zh="；".join(item.zh for item in notes)) if notes else None
    )


def _grounds(result: Result) -> tuple[Bilingual, ...]:
    """What is missing; of a refusal, the conditions that decided."""
    if result.status == "ineligible":
        return tuple(reason.text for reason in result.reasons if reason.decided)
    return tuple(dict.fromkeys(item.title for item in result.missing))


_NOT_YET = Bilingual(
    en="no decision holds yet: nothing is due before approval takes effect", zh="批准尚未生效，本月不发放"
)
_ENDED = Bilingual(en="support has ended by the decision of {day}", zh="已按{day}的决定停发")
_DUE = Bilingual(en="by the decision of {day}: {amount}", zh="按{day}的决定：{amount}")
_LATE = {
    True: Bilingual(
        en="the stop was decided on only on {day}: a late exit, not an overpayment",
        zh="停发至{day}才作出决定，属退出滞后，不作多发处理",
    ),
    False: Bilingual(en="the change was decided on only on {day}", zh="情况变化至{day}才作出决定"),
}


# --- sums -----------------------------------------------------------------------------------------------------------


def monthly(result: Result) -> Fraction | None:
    """What a result comes to in its month, in whole fen; None while it is not known.

    Of a yearly amount a twelfth; of what twelve months cannot share, the first months of the year get one fen more.
    """
    if result.payment is None or result.payment.amount is None:
        return None
    amount = Fraction(result.payment.amount)
    if result.payment.period != "year":
        return amount
    months = equal_parts(in_fen(amount), [0] * MONTHS_IN_YEAR)
    return Fraction(months[result.on.month - 1], FEN)


def totals_over_time(amounts: Sequence[tuple[datetime.date, Amount]]) -> dict[str, dict[str, tuple[Total, ...]]]:
    """The totals of each month and of each year, in order: `by_month`, `by_year`."""
    months, years = (_grouped((f(month), amount) for month, amount in amounts) for f in (month_text, _year_text))
    return {"by_month": months, "by_year": years}


def _year_text(month: datetime.date) -> str:
    return f"{month:%Y}"


def _grouped(amounts: Iterable[tuple[str, Amount]]) -> dict[str, tuple[Total, ...]]:
    groups: dict[str, list[Amount]] = {}
    for period, amount in amounts:
        groups.setdefault(period, []).append(amount)
    return {period: totals_of(groups[period]) for period in sorted(groups)}


def _amount(program: str, currency: str, text: str | None) -> Amount:
    return Amount(program, currency, None if text is None else Fraction(text))


def _total(months: Sequence[ScheduledMonth]) -> str | None:
    known = [Fraction(item.due) for item in months if item.due is not None]
    return exact_text(sum(known, Fraction(0))) if len(known) == len(months) else None
