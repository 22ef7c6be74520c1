"""Every program for one record at once: what each decides, what displaces what, what stacks, and what it comes to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.result import ExactText, Holds, OutcomeLine, Part, Period, Result, RuleValue
from civil_aid_rules.determinations.totals import Amount, Total, totals_of
from civil_aid_rules.ir.program import Program, Relation
from civil_aid_rules.quantities.numbers import exact_text

MONTHS_IN_YEAR = 12


class AppliedRelation(Part):
    """How one program stands to others for this record, and for which of its entries that holds."""

    id: str
    kind: Literal["displaces", "stacks", "counts_as_income", "automatic", "settled_before"]
    program: str
    programs: tuple[str, ...]
    holds: Holds
    entries: tuple[str, ...]
    text: Bilingual
    citations: tuple[Citation, ...]


class NotDetermined(Part):
    """A program that decides nothing for this record on that day, and why: it is for other records, or not in force."""

    program: str
    why: Literal["other_record", "cannot_be_asked"]
    reason: Bilingual


class Counted(Part):
    """What one program adds to the totals, as exact text; `amount` None: not known.

    `pending` are the entries whose amount is not counted, because nothing was approved for them yet; `note` says so.
    """

    program: str
    currency: str
    period: Period
    amount: ExactText | None
    pending: tuple[str, ...] = ()
    note: Bilingual | None = None


class EntitlementsResult(Part):
    """All determinations of a record on one day, as data; JSON out and in is equal.

    Totals have one part for each currency. A month's total takes a twelfth of what is paid by the year, a year's twelve
    times what is paid by the month, both at the amounts of this one day; what is paid once stands apart.
    """

    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    titles: dict[str, Bilingual]
    results: dict[str, Result]
    not_determined: tuple[NotDetermined, ...]
    relations: tuple[AppliedRelation, ...]
    counted: tuple[Counted, ...]
    total_a_month: tuple[Total, ...]
    total_a_year: tuple[Total, ...]
    total_once: tuple[Total, ...]

    def __hash__(self) -> int:
        return hash(
            (self.on, self.known_on, self.jurisdiction, *(result.record_digest for result in self.results.values()))
        )


def relate(
    decided: Sequence[tuple[Program, Result]],
    not_determined: Sequence[NotDetermined],
    *,
    titles: Mapping[str, Bilingual],
    on: datetime.date,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> EntitlementsResult:
    """Put the results of all programs beside one another. Nothing is left out: what is not counted says why."""
    relations = tuple(
        _applied(program, relation, result) for program, result in decided for relation in program.outcome.relations
    )
    counted = tuple(item for program, result in decided if (item := _counted(program, result)) is not None)
    return EntitlementsResult(
        on=on,
        known_on=known_on,
        jurisdiction=jurisdiction,
        titles=dict(titles),
        results={program.id: result for program, result in decided},
        not_determined=tuple(not_determined),
        relations=relations,
        counted=counted,
        total_a_month=totals_of(_added(counted, {"month": Fraction(1), "year": Fraction(1, MONTHS_IN_YEAR)})),
        total_a_year=totals_of(_added(counted, {"month": Fraction(MONTHS_IN_YEAR), "year": Fraction(1)})),
        total_once=totals_of(_added(counted, {"once": Fraction(1)})),
    )


# --- relations ------------------------------------------------------------------------------------------------------


def _applied(program: Program, relation: Relation, result: Result) -> AppliedRelation:
    held = _values(program, relation, result)
    entries = tuple(sorted(entry for entry, value in held.items() if value == "yes"))
    holds: Holds = "yes" if entries else "unknown" if None in held.values() else "no"
    return AppliedRelation(
        id=relation.id,
        kind=relation.kind,
        program=program.id,
        programs=relation.programs,
        holds=holds,
        entries=entries,
        text=relation.say,
        citations=relation.citations,
    )


def _values(program: Program, relation: Relation, result: Result) -> Mapping[str, str | None]:
    """Whether the relation holds, for the record (`$`) or by entry. Without a condition it does where aid is due."""
    if relation.when is None:
        return {"$": {"eligible": "yes", "ineligible": "no", "undetermined": None}[result.status]}
    value: RuleValue = result.values[program.rules[relation.when].key]
    return {"$": value.value} if value.entries is None else value.entries


# --- totals ---------------------------------------------------------------------------------------------------------

_PENDING = Bilingual(
    en="not paid yet for {entries}: counted from its first month, and until then nothing is displaced",
    zh="{entries}的待遇尚未开始发放，自发放首月起计入；此前不影响其他救助",
)
_UNKNOWN = Bilingual(en="the amount is not known yet", zh="金额暂不能确定")
_BY_THE_DAY = Bilingual(en="paid by the day", zh="按日计发")


def _counted(program: Program, result: Result) -> Counted | None:
    """The program's amount; of a program that displaces others, only the lines for which it does so already."""
    payment = result.payment
    if payment is None or result.status == "ineligible":
        return None
    pending = _pending(program, result)
    lines = [line for line in result.lines if line not in pending]
    amounts = [line.amount for line in lines] if result.lines else [payment.amount]
    known = [Fraction(amount) for amount in amounts if amount is not None]
    amount = sum(known, Fraction(0)) if len(known) == len(amounts) else None
    return Counted(
        program=program.id,
        currency=payment.currency,
        period=payment.period,
        amount=None if amount is None else exact_text(amount),
        pending=tuple(line.entry for line in pending),
        note=_note(pending, amount, payment.period),
    )


def _pending(program: Program, result: Result) -> list[OutcomeLine]:
    """The lines that would displace another program and do not: nothing was approved for them, or that is not known."""
    displacing = [relation for relation in program.outcome.relations if relation.kind == "displaces"]
    held = [_values(program, relation, result) for relation in displacing]
    return [
        line
        for line in result.lines
        if line.status != "ineligible" and any(values.get(line.entry, values.get("$")) != "yes" for values in held)
    ]


def _note(pending: Sequence[OutcomeLine], amount: Fraction | None, period: Period) -> Bilingual | None:
    if pending:
        names = [line.id or line.entry.removeprefix("$.") for line in pending]
        return Bilingual(
            en=_PENDING.en.format(entries=", ".join(names)), zh=_PENDING.zh.format(entries="、".join(names))
        )
    return _UNKNOWN if amount is None else _BY_THE_DAY if period == "day" else None


def _added(counted: Sequence[Counted], factors: Mapping[str, Fraction]) -> Iterator[Amount]:
    """What each program adds to a total, by what it is paid per."""
    for item in counted:
        if item.period in factors:
            value = None if item.amount is None else Fraction(item.amount) * factors[item.period]
            yield Amount(item.program, item.currency, value)
