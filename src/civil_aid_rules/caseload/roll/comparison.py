"""One case against its entry on the roll: what is due by the determination beside what is paid."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.caseload.roll.finding import Action, RollFinding, RollRemark
from civil_aid_rules.caseload.roll.roll import RollEntry
from civil_aid_rules.caseload.roll.words import REMARKS, amount_words, explained
from civil_aid_rules.compiler.order import slots_read
from civil_aid_rules.determinations.result import Payment, Reason, Result
from civil_aid_rules.errors import RecordError, problem
from civil_aid_rules.ir.program import Program
from civil_aid_rules.quantities.numbers import exact_text

_IN_A_YEAR = {"month": 12, "year": 1}


@dataclass(frozen=True, slots=True)
class Decided:
    """A case as the rules decide it: the result, and the evaluation behind it."""

    result: Result
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Persons:
    """For whom the aid is and who are not approved; those approved for whom it is not."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def compared(case: str, decided: Decided, held: tuple[int, RollEntry] | None) -> RollFinding:
    """The finding for one case. Raises RecordError where the roll's period cannot be compared with the program's."""
    result, program = decided.result, decided.evaluation.program
    entry = None if held is None else held[1]
    paid_now = entry is not None and entry.is_paid_on(result.on)
    persons = _persons(decided.evaluation, entry) if entry is not None and paid_now else Persons()
    reasons = _reasons(result, persons.left)
    paid = None if entry is None or not paid_now or entry.amount is None else Fraction(entry.amount)
    due = _due(result.payment, held) if paid_now else _amount(result.payment)
    action, remarks = _action(decided, entry, paid_now, paid, due)
    if persons.joined or persons.left:
        remarks.append("persons_differ")
    remarks += _of_an_end(entry, result.on)
    return _finding(
        case,
        program,
        action,
        remarks,
        entry,
        status=result.status,
        paid=None if paid is None else exact_text(paid),
        due=None if due is None else exact_text(due),
        difference=None if paid is None or due is None else exact_text(due - paid),
        period=_period(result.payment, entry if paid_now else None),
        currency=None if result.payment is None else result.payment.currency,
        joined=persons.joined,
        left=persons.left,
        reasons=reasons,
        missing=result.missing,
        flags=result.flags,
        record_digest=result.record_digest,
    )


def without_record(case: str, program: Program, entry: RollEntry) -> RollFinding:
    """The finding for an entry of the roll of which no record was given: nothing is known, so nothing ends."""
    paid = entry.amount if entry.is_paid_on(program.on) else None
    return _finding(
        case,
        program,
        "look",
        ["no_record", *_of_an_end(entry, program.on)],
        entry,
        status=None,
        paid=None if paid is None else exact_text(Fraction(paid)),
        due=None,
        difference=None,
        period=entry.period,
        currency=None,
        joined=(),
        left=(),
        reasons=(),
        missing=(),
        flags=(),
        record_digest=None,
    )


def _finding(
    case: str, program: Program, action: Action, remarks: list[Any], entry: RollEntry | None, **found: Any
) -> RollFinding:
    roll = program.outcome.roll
    paid, due = (amount_words(found[name], found["currency"], found["period"]) for name in ("paid", "due"))
    return RollFinding(
        case=case,
        program=program.id,
        title=program.title,
        on=program.on,
        known_on=program.known_on,
        jurisdiction=program.jurisdiction,
        action=action,
        since=None if entry is None else entry.since,
        until=None if entry is None else entry.until,
        remarks=tuple(RollRemark(kind=kind, text=REMARKS[kind]) for kind in remarks),
        citations=() if roll is None else roll.citations,
        explanation=explained(action, paid, due, found["missing"]),
        hypothetical=any(overlay.kind == "scenario" for overlay in program.overlays),
        rules_digest=program.digest,
        **found,
    )


def _action(
    decided: Decided, entry: RollEntry | None, paid_now: bool, paid: Fraction | None, due: Fraction | None
) -> tuple[Action, list[str]]:
    """What follows. Nobody is ended for an unknown, nor without a reason that can be written down."""
    result = decided.result
    if result.status == "undetermined":
        return "look", []
    if result.status == "eligible":
        return _of_eligible(result, entry, paid_now, paid, due)
    if not paid_now:
        return "stay_out", []
    if _rests_on_unknown(decided.evaluation):
        return "look", ["refusal_rests_on_unknown"]
    if not _reasons(result, ()):
        return "look", ["no_reason"]
    return "end", []


def _of_eligible(
    result: Result, entry: RollEntry | None, paid_now: bool, paid: Fraction | None, due: Fraction | None
) -> tuple[Action, list[str]]:
    if not paid_now:
        return "cover", []
    if result.payment is None:
        return "keep", []
    if due is None:
        return "look", []
    if paid is None:
        return "look", ["amount_not_known"]
    return ("keep" if paid == due else "change"), []


def _of_an_end(entry: RollEntry | None, on: datetime.date) -> list[str]:
    """Support that ended owes a written reason."""
    return ["ended_without_reason"] if entry is not None and entry.has_ended_by(on) and entry.reason is None else []


def _rests_on_unknown(evaluation: Evaluation) -> bool:
    """Whether the status rests on a rule whose value was unknown and was taken for something."""
    rules = evaluation.program.rules
    waiting, reached = [evaluation.program.outcome.eligible], set[int]()
    while waiting:
        slot = waiting.pop()
        if slot not in reached:
            reached.add(slot)
            waiting += slots_read(rules[slot])
    return any(slot in reached for slot, _ in evaluation.assumed)


def _reasons(result: Result, left: tuple[str, ...]) -> tuple[Reason, ...]:
    """The reasons that decided: of the record, else of each line refused; of an eligible record, for those who left."""
    decided = tuple(reason for reason in result.reasons if reason.decided)
    lines = [line for line in result.lines if line.status == "ineligible"]
    if result.status != "ineligible":
        lines = [line for line in lines if line.id in left]
    return (*decided, *(reason for line in lines for reason in line.reasons if reason.decided))


# --- amounts --------------------------------------------------------------------------------------------------------


def _amount(payment: Payment | None) -> Fraction | None:
    return None if payment is None or payment.amount is None else Fraction(payment.amount)


def _due(payment: Payment | None, held: tuple[int, RollEntry] | None) -> Fraction | None:
    """What is due per period of the roll, exactly: a year is twelve months."""
    due = _amount(payment)
    if payment is None or held is None or held[1].period is None or held[1].period == payment.period:
        return due
    place, period = held[0], held[1].period
    if period not in _IN_A_YEAR or payment.period not in _IN_A_YEAR:
        at = f"$.entries[{place}].period"
        raise RecordError([problem("roll-paid-per", at, found=period, expected=payment.period)])
    return None if due is None else due * _IN_A_YEAR[payment.period] / _IN_A_YEAR[period]


def _period(payment: Payment | None, entry: RollEntry | None) -> str | None:
    if entry is not None and entry.period is not None:
        return entry.period
    return None if payment is None else payment.period


# --- persons --------------------------------------------------------------------------------------------------------


def _persons(evaluation: Evaluation, entry: RollEntry) -> Persons:
    """Those for whom the aid is, by the pack's rule, beside those approved; whoever is not known is in neither."""
    roll = evaluation.program.outcome.roll
    if roll is None or roll.covers is None or entry.members is None:
        return Persons()
    rule = evaluation.program.rules[roll.covers]
    frames = evaluation.frames[rule.scope]
    values = {frame[-1].id: value for frame, value in zip(frames, evaluation.values[roll.covers], strict=True)}
    approved = tuple(dict.fromkeys(entry.members))
    joined = tuple(str(name) for name, value in values.items() if value is True and name not in approved)
    return Persons(joined, tuple(name for name in approved if values.get(name, False) is False))
