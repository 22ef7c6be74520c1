"""Many programs at once, many months at once: questions to a rulebook that take more than one evaluator."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from civil_aid_rules.answers import Arrears, Entitlements, Schedule
from civil_aid_rules.caseload.over_time.arrears import arrears
from civil_aid_rules.caseload.over_time.arrears_words import AsPublished
from civil_aid_rules.caseload.over_time.effects import Terms
from civil_aid_rules.caseload.over_time.history import History, PaidItem
from civil_aid_rules.caseload.over_time.months import count_of_months, read_month
from civil_aid_rules.caseload.over_time.schedule import ScheduleResult, due_beside, monthly, schedule
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determination import Determination
from civil_aid_rules.determinations.differences import differing_values
from civil_aid_rules.determinations.entitlements import NotDetermined, relate
from civil_aid_rules.determinations.resting_values import resting_values
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.errors import Both, EvaluationError, Problem, RecordError, problem
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.many_records import jurisdiction_of
from civil_aid_rules.records.record import Record

if TYPE_CHECKING:
    from civil_aid_rules.evaluator import Evaluator
    from civil_aid_rules.rulebook import Rulebook

Months = tuple[datetime.date, datetime.date]
Decided = dict[tuple[str, datetime.date], Determination]


def determine_all(
    rulebook: Rulebook,
    record: Record,
    *,
    on: datetime.date,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> Entitlements:
    """Every program, on one record; see `Rulebook.determine_all`."""
    where = jurisdiction_of(rulebook, record, jurisdiction)
    rulebook.overlays_for(where)  # a jurisdiction that does not exist is a fault of the question, not of each program
    decided: dict[str, Determination] = {}
    left: list[NotDetermined] = []
    for name in rulebook.programs:
        kind = rulebook.packs.packs[name].block.record
        if not isinstance(record, rulebook.records[kind]):
            left.append(NotDetermined(program=name, why="other_record", reason=_for_other_records(kind)))
            continue
        try:
            decided[name] = rulebook.evaluator(name, on=on, known_on=known_on, jurisdiction=where).determine(record)
        except EvaluationError as error:
            left.append(NotDetermined(program=name, why="cannot_be_asked", reason=_sentences(error)))
    result = relate(
        [(made.evaluation.program, made.result) for made in decided.values()],
        left,
        titles={name: rulebook.packs.packs[name].block.title for name in rulebook.programs},
        on=on,
        known_on=known_on,
        jurisdiction=where,
    )
    return Entitlements.of(result, decided)


def _for_other_records(kind: str) -> Bilingual:
    return Bilingual(en=f"it decides on records of another kind ({kind})", zh=f"该项目针对另一类记录（{kind}）")


def _sentences(error: EvaluationError) -> Bilingual:
    en, zh = (" ".join(item.sentence(language) for item in error.problems) for language in ("en", "zh"))
    return Bilingual(en=en, zh=zh)


# --- months ---------------------------------------------------------------------------------------------------------


def entitlement_schedule(
    rulebook: Rulebook,
    history: History,
    *,
    from_month: str,
    to_month: str,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> Schedule:
    """The schedule of a history; see `Rulebook.entitlement_schedule`."""
    result, decided = _scheduled(rulebook, history, _as_months(from_month, to_month), known_on, jurisdiction)
    return Schedule.of(result, decided)


def arrears_of(
    rulebook: Rulebook,
    history: History,
    paid: Sequence[PaidItem],
    *,
    from_month: str,
    to_month: str,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> Arrears:
    """What is owed; see `Rulebook.arrears`. Other months of a payment for several months are looked at too."""
    _check_programs(rulebook, [item.program for item in paid], "paid")
    result, decided = _scheduled(rulebook, history, _as_months(from_month, to_month), known_on, jurisdiction)

    def determine(program: str, on: datetime.date, record: Record) -> Result:
        return _evaluator(rulebook, record, program, on, known_on, jurisdiction).determine(record).result

    def beside(program: str, month: datetime.date) -> Fraction | None:
        try:
            return due_beside(result, history, program, month, determine)
        except EvaluationError:
            return None  # a month that nobody asked for, with no rules: what was due is not known

    def as_published_on(program: str, month: datetime.date, day: datetime.date) -> AsPublished | None:
        made = decided.get((program, month))
        return None if made is None else _as_published(rulebook, made, day if known_on is None else min(day, known_on))

    return Arrears.of(arrears(result, paid, due_beside=beside, as_published_on=as_published_on), decided)


def _scheduled(
    rulebook: Rulebook, history: History, months: Months, known_on: datetime.date | None, jurisdiction: str | None
) -> tuple[ScheduleResult, Decided]:
    """The schedule, and the determination behind each month."""
    _check(rulebook, history)
    decided: Decided = {}

    def determine(program: str, on: datetime.date, record: Record) -> Result:
        evaluator = _evaluator(rulebook, record, program, on, known_on, jurisdiction)
        decided[program, on] = evaluator.determine(record)
        return decided[program, on].result

    def terms_of(program: str, on: datetime.date) -> Terms:
        record = next((item.record for item in history.decisions if item.program == program and item.record), None)
        where = jurisdiction if record is None else jurisdiction_of(rulebook, record, jurisdiction)
        return _terms(rulebook, program, on, known_on, where)

    made = schedule(history, months, known_on, jurisdiction=jurisdiction, determine=determine, terms_of=terms_of)
    return made, decided


def _check(rulebook: Rulebook, history: History) -> None:
    """Every program of the history is one of the rulebook's, and decides on records of this kind."""
    faults: list[Problem] = []
    for place, decision in enumerate(history.decisions):
        at = f"$.decisions[{place}]"
        if decision.program not in rulebook.programs:
            faults.append(rulebook.no_program(decision.program, at=f"{at}.program"))
            continue
        model = rulebook.records[rulebook.packs.packs[decision.program].block.record]
        if decision.record is not None and not isinstance(decision.record, model):
            found = type(decision.record).__name__
            faults.append(problem("record-kind", f"{at}.record", found=found, expected=model.__name__))
    if faults:
        raise RecordError(faults)


def _check_programs(rulebook: Rulebook, programs: Sequence[str], entries: str) -> None:
    """Every program of the entries is there: a misspelled payment would leave its month to be paid.

    Programs that are there and were not loaded are right: their entries count for nothing that is asked.
    """
    named = [(f"$.{entries}[{place}].program", program) for place, program in enumerate(programs)]
    known = {*rulebook.programs, *rulebook.packs.left_out}
    faults = [rulebook.no_program(program, at=at) for at, program in named if program not in known]
    if faults:
        raise RecordError(faults)


def _evaluator(
    rulebook: Rulebook,
    record: Record,
    program: str,
    on: datetime.date,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> Evaluator:
    where = jurisdiction_of(rulebook, record, jurisdiction)
    return rulebook.evaluator(program, on=on, known_on=known_on, jurisdiction=where)


def _as_published(rulebook: Rulebook, made: Determination, day: datetime.date) -> AsPublished | None:
    """The same question with what had been published by an earlier day; None where that was nothing."""
    try:
        evaluator = rulebook.evaluator(made.program, on=made.on, known_on=day, jurisdiction=made.jurisdiction)
    except EvaluationError:
        return None
    before = evaluator.determine(made.record)
    rests = resting_values(made.evaluation)
    used = (item.after for item in differing_values(before.identity, made.identity) if item.key in rests)
    since = tuple(value for value in used if value is not None and value.published > day)
    return AsPublished(monthly(before.result), since)


# --- when decisions take effect -------------------------------------------------------------------------------------


def _terms(
    rulebook: Rulebook, program: str, on: datetime.date, known_on: datetime.date | None, jurisdiction: str | None
) -> Terms:
    """When decisions of a program take effect, by its own parameters on that day, and what it is paid in."""
    compiled = rulebook.compile(program, on=on, known_on=known_on, jurisdiction=jurisdiction)
    timing, payment = compiled.outcome.timing, compiled.outcome.payment
    if timing is None:
        expected = Both("outcome: schedule: in its program.yaml", "其 program.yaml 中的 outcome: schedule:")
        raise EvaluationError([problem("schedule-unknown", "program", found=program, expected=expected)])
    unit = None if payment is None else compiled.rules[payment].type
    if not isinstance(unit, NumberType) or unit.unit.currency is None or unit.unit.period not in ("month", "year"):
        expected = Both("a payment by the month or by the year", "按月或按年发放的金额")
        raise EvaluationError([problem("schedule-payment", "program", found=program, expected=expected)])
    delays = (timing.approval, timing.change, timing.death)
    approval, change, death = (_whole(parameter) for parameter in delays)
    citations = (timing.approval.citations, timing.change.citations, timing.death.citations)
    return Terms(compiled.title, unit.unit.currency, approval, change, death, citations)


def _whole(parameter: ParameterValue) -> int:
    """A parameter's value as a count of whole months."""
    if isinstance(parameter.value, int | Fraction) and Fraction(parameter.value).denominator == 1:
        return int(parameter.value)
    expected = Both("a whole number of months", "整月数")
    raise EvaluationError([problem("schedule-unknown", parameter.key, found=parameter.key, expected=expected)])


def _as_months(from_month: str, to_month: str) -> Months:
    first, last = _as_month(from_month, "from_month"), _as_month(to_month, "to_month")
    if last < first:
        raise EvaluationError([problem("months-order", "to_month", found=to_month, expected=from_month)])
    if count_of_months(first, last) > MOST_MONTHS_ASKED:
        found = f"{from_month} – {to_month}"
        raise EvaluationError([problem("months-too-many", "to_month", found=found, expected=MOST_MONTHS_ASKED)])
    return first, last


MOST_MONTHS_ASKED = 600
"""Fifty years in one question: more is a year misspelled, and would be worked on for minutes."""


def _as_month(text: str, name: str) -> datetime.date:
    month = read_month(text)
    if month is None:
        expected = Both("a month such as 2016-04", "年月，如 2016-04")
        raise EvaluationError([problem("month-unreadable", name, found=text, expected=expected)])
    return month
