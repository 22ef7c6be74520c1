"""Every program for one record at once: what each decides, what displaces what, what stacks, and what it comes to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.result import Holds, Part, Result, RuleValue
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
    """A program that has nothing to say on that day, and why."""

    program: str
    reason: Bilingual


class Counted(Part):
    """What one program adds to the totals, as exact text; `amount` None: not known, with the reason."""

    program: str
    currency: str
    period: Literal["day", "month", "year", "once"]
    amount: str | None
    note: Bilingual | None = None


class Entitlements(Part):
    """All determinations of a record on one day. Totals are exact text; None while a part of them is not known."""

    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    results: dict[str, Result]
    not_determined: tuple[NotDetermined, ...]
    relations: tuple[AppliedRelation, ...]
    counted: tuple[Counted, ...]
    total_a_month: dict[str, str | None]
    total_a_year: dict[str, str | None]
    total_once: dict[str, str | None]


def relate(
    decided: Sequence[tuple[Program, Result]],
    not_determined: Sequence[NotDetermined],
    *,
    on: datetime.date,
    known_on: datetime.date | None,
    jurisdiction: str | None,
) -> Entitlements:
    """Put the results of all programs beside one another. Nothing is left out: what is not counted says why."""
    results = {program.id: result for program, result in decided}
    relations = tuple(
        _applied(program, relation, result) for program, result in decided for relation in program.outcome.relations
    )
    counted = tuple(item for program, result in decided if (item := _counted(program, result)) is not None)
    return Entitlements(
        on=on,
        known_on=known_on,
        jurisdiction=jurisdiction,
        results=results,
        not_determined=tuple(not_determined),
        relations=relations,
        counted=counted,
        total_a_month=_totals(counted, {"month": Fraction(1), "year": Fraction(1, MONTHS_IN_YEAR)}),
        total_a_year=_totals(counted, {"month": Fraction(MONTHS_IN_YEAR), "year": Fraction(1)}),
        total_once=_totals(counted, {"once": Fraction(1)}),
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
    en="not approved yet for {entries}: counted once it is, and until then nothing is displaced",
    zh="{entries}尚未批准，批准后计入；批准前不影响其他救助",
)
_UNKNOWN = Bilingual(en="the amount is not known yet", zh="金额暂不能确定")


def _counted(program: Program, result: Result) -> Counted | None:
    """The program's amount; of a program that displaces others, only the lines for which it does so already."""
    payment = result.payment
    if payment is None or result.status == "ineligible":
        return None
    displacing = [relation for relation in program.outcome.relations if relation.kind == "displaces"]
    held = [_values(program, relation, result) for relation in displacing]
    pending = [
        line.entry
        for line in result.lines
        if line.status != "ineligible" and any(values.get(line.entry, values.get("$")) != "yes" for values in held)
    ]
    lines = [line for line in result.lines if line.entry not in pending]
    if result.lines:
        amounts = [line.amount for line in lines]
        amount = (
            None
            if any(item is None for item in amounts)
            else sum(Fraction(item) for item in amounts if item is not None)
        )
    else:
        amount = None if payment.amount is None else Fraction(payment.amount)
    note = None
    if pending:
        note = Bilingual(
            en=_PENDING.en.format(entries=", ".join(pending)), zh=_PENDING.zh.format(entries="、".join(pending))
        )
    elif amount is None:
        note = _UNKNOWN
    return Counted(
        program=program.id,
        currency=payment.currency,
        period=payment.period,
        amount=None if amount is None else exact_text(Fraction(amount)),
        note=note,
    )


def _totals(counted: Sequence[Counted], factors: Mapping[str, Fraction]) -> dict[str, str | None]:
    """The sum by currency of what is paid in these periods; None where one amount is not known."""
    totals: dict[str, Fraction | None] = {}
    for item in counted:
        if item.period not in factors:
            continue
        sofar = totals.get(item.currency, Fraction(0))
        known = sofar is not None and item.amount is not None
        totals[item.currency] = (
            sofar + Fraction(item.amount or 0) * factors[item.period] if known and sofar is not None else None
        )
    return {currency: None if total is None else exact_text(total) for currency, total in totals.items()}
