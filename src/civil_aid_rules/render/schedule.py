"""A schedule as an outline: decisions and their months, each month with its amount and why, late exits, totals."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.caseload.over_time.arrears import ArrearsLine
from civil_aid_rules.caseload.over_time.effects import DecisionEffect
from civil_aid_rules.caseload.over_time.schedule import ScheduledMonth, ScheduleResult
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.render.blocks import (
    NOTHING,
    Block,
    Outline,
    Pair,
    Paragraph,
    Point,
    Points,
    Section,
    Table,
    Work,
    Works,
)
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.short_sums import sum_chains
from civil_aid_rules.render.shown import day
from civil_aid_rules.render.sources import cited
from civil_aid_rules.render.total_words import amount_words, over_all, title_of, total_words
from civil_aid_rules.render.totals_table import month, months_words, question_pairs, totals_section

ByMonth = Mapping[tuple[str, datetime.date], Evaluation]
MonthDecided = ScheduledMonth | ArrearsLine


def schedule_outline(answer: ScheduleResult, evaluated: ByMonth) -> Outline:
    """The outline; with the evaluations also the sums behind the amounts."""
    sections = [
        *_decisions(answer),
        *(_program(program, answer, evaluated) for program in answer.titles),
        *_late(answer),
        *totals_section(answer.by_month, answer.by_year, answer.titles, phrase("due")),
    ]
    warnings = (phrase("hypothetical_banner"),) if answer.hypothetical else ()
    return Outline(phrase("schedule"), "none", tuple(_head(answer)), warnings, tuple(sections), phrase("disclaimer"))


def _head(answer: ScheduleResult) -> Iterator[Pair]:
    yield phrase("due_in_all"), total_words(over_all(answer.by_year), answer.titles)
    if len(answer.titles) > 1:
        for program, total in answer.totals.items():
            currency = next((item.currency for item in answer.months if item.program == program), "")
            yield phrase("due_by_program", title=title_of(program, answer.titles)), amount_words(total, currency)
    yield from question_pairs(answer.from_month, answer.to_month, answer.known_on, answer.jurisdiction)


def _decisions(answer: ScheduleResult) -> list[Section]:
    points = tuple(
        Point(
            phrase("program_decision", title=title_of(item.program, answer.titles), text=item.explanation),
            small=(cited(item.citations),),
        )
        for item in answer.decisions
    )
    return [Section(phrase("decisions"), (Points(points),))] if points else []


# --- one program ----------------------------------------------------------------------------------------------------


def _program(program: str, answer: ScheduleResult, evaluated: ByMonth) -> Section:
    months = [item for item in answer.months if item.program == program]
    rows = [_row(item) for item in months]
    total = amount_words(answer.totals[program], months[0].currency if months else "")
    rows.append((phrase("sum_of_column"), total, NOTHING, NOTHING))
    header = tuple(phrase(key) for key in ("month", "due", "by_decision", "why"))
    blocks: list[Block] = [Table(header, tuple(rows))]
    works = works_of(months, evaluated)
    if works:
        blocks += [Paragraph(phrase("behind_months")), Works(works)]
    return Section(title_of(program, answer.titles), tuple(blocks))


def _row(item: ScheduledMonth) -> tuple[Bilingual, ...]:
    decided = phrase("no_decision") if item.decided_on is None else day(item.decided_on)
    return month(item.month), amount_words(item.due, item.currency), decided, _why(item)


def _why(item: ScheduledMonth) -> Bilingual:
    """What there is to say beside decision and amount: why the rules refuse, what is missing, a late decision."""
    parts = [] if item.note is None else [item.note]
    if item.status == "ineligible" and item.grounds:
        parts.append(phrase("not_met", grounds=joined(item.grounds, en="; ", zh="；")))
    elif item.grounds and (item.status == "undetermined" or item.due is None):
        parts.append(phrase("needs", lacks=joined(item.grounds)))
    return joined(tuple(parts), en=". ", zh="。") if parts else NOTHING


def works_of(months: Sequence[MonthDecided], evaluated: ByMonth) -> tuple[Work, ...]:
    """The sum behind each amount, once for each run of months in which it is the same."""
    shown = [
        (item, sum_chains(item.status, evaluated[item.program, item.month]))
        for item in months
        if item.status is not None and (item.program, item.month) in evaluated
    ]
    found: list[Work] = []
    for chains, group in groupby(shown, key=lambda pair: pair[1]):
        run = [item for item, _ in group]
        if chains:
            yearly = _is_yearly(evaluated[run[0].program, run[0].month])
            notes = (phrase("a_twelfth"),) if yearly else ()
            found.append(Work(months_words(run[0].month, run[-1].month), None, chains, notes))
    return tuple(found)


def _is_yearly(evaluation: Evaluation) -> bool:
    payment = evaluation.program.outcome.payment
    type_ = None if payment is None else evaluation.program.rules[payment].type
    return isinstance(type_, NumberType) and type_.unit.period == "year"


# --- late exits -----------------------------------------------------------------------------------------------------


def _late(answer: ScheduleResult) -> list[Section]:
    points = tuple(_late_point(item, answer) for item in answer.decisions if item.late)
    if not points:
        return []
    return [Section(phrase("late_exits"), (Paragraph(phrase("late_exits_note")), Points(points)))]


def _late_point(item: DecisionEffect, answer: ScheduleResult) -> Point:
    months = joined(tuple(month(one) for one in item.late))
    text = phrase("late_months", title=title_of(item.program, answer.titles), months=months)
    return Point(text, small=(item.explanation, cited(item.citations)))
