"""Many programs at once, many months at once: questions to a rulebook that take more than one evaluator."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from civil_aid_rules.caseload.history import History, read_month
from civil_aid_rules.caseload.schedule import Delays, Schedule, schedule
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.entitlements import Entitlements, NotDetermined, relate
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.errors import Both, EvaluationError, problem
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Program
from civil_aid_rules.records.record import Record

if TYPE_CHECKING:
    from civil_aid_rules.evaluator import Evaluator
    from civil_aid_rules.rulebook import Rulebook


def determine_all(
    rulebook: Rulebook,
    record: Record,
    *,
    on: datetime.date,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> Entitlements:
    """Every program whose record model this record is; see `Rulebook.determine_all`."""
    where = _own_jurisdiction(rulebook, record, jurisdiction)
    decided: list[tuple[Program, Result]] = []
    left: list[NotDetermined] = []
    for name in rulebook.programs:
        if not isinstance(record, rulebook.records[rulebook.packs.packs[name].block.record]):
            continue
        try:
            made = rulebook.evaluator(name, on=on, known_on=known_on, jurisdiction=where).determine(record)
        except EvaluationError as error:
            left.append(NotDetermined(program=name, reason=Bilingual(en=error.text("en"), zh=error.text("zh"))))
        else:
            decided.append((made.evaluation.program, made.result))
    return relate(decided, left, on=on, known_on=known_on, jurisdiction=where)


def entitlement_schedule(
    rulebook: Rulebook, history: History, *, from_month: str, to_month: str, known_on: datetime.date | None
) -> Schedule:
    """The schedule of a history; see `Rulebook.entitlement_schedule`."""
    months = (_as_month(from_month, "from_month"), _as_month(to_month, "to_month"))

    def determine(program: str, on: datetime.date, record: Record) -> Result:
        return _evaluator(rulebook, record, program, on, known_on).determine(record).result

    return schedule(
        history, months, known_on, determine=determine, delays_of=lambda program, on: _delays(rulebook, program, on)
    )


def _evaluator(
    rulebook: Rulebook, record: Record, program: str, on: datetime.date, known_on: datetime.date | None
) -> Evaluator:
    where = _own_jurisdiction(rulebook, record, None)
    return rulebook.evaluator(program, on=on, known_on=known_on, jurisdiction=where)


def _own_jurisdiction(rulebook: Rulebook, record: Record, named: str | None) -> str | None:
    """The jurisdiction named, else the record's own where it has overlays."""
    own = getattr(record, "jurisdiction", None)
    return named if named is not None else own if own in rulebook.jurisdictions else None


def _delays(rulebook: Rulebook, program: str, on: datetime.date) -> Delays:
    """When decisions of a program take effect, by its own parameters on that day."""
    timing = rulebook.compile(program, on=on).outcome.timing
    if timing is None:
        expected = Both("outcome: schedule: in its program.yaml", "其 program.yaml 中的 outcome: schedule:")
        raise EvaluationError([problem("schedule-unknown", "program", found=program, expected=expected)])
    parameters = (timing.approval, timing.change, timing.death)
    citations = tuple(dict.fromkeys(citation for item in parameters for citation in item.citations))
    return Delays(_whole(timing.approval), _whole(timing.change), _whole(timing.death), citations)


def _whole(parameter: ParameterValue) -> int:
    """A parameter's value as a count of whole months."""
    if isinstance(parameter.value, int):
        return parameter.value
    expected = Both("a whole number of months", "整月数")
    raise EvaluationError([problem("schedule-unknown", parameter.key, found=parameter.key, expected=expected)])


def _as_month(text: str, name: str) -> datetime.date:
    month = read_month(text)
    if month is None:
        expected = Both("a month such as 2016-04", "年月，如 2016-04")
        raise EvaluationError([problem("month-unreadable", name, found=text, expected=expected)])
    return month
