"""Arrears as an outline: each month due, paid and owed, and why; the payments; totals by month and year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.caseload.over_time.arrears import ArrearsLine, ArrearsResult, PaymentCounted
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.quantities.numbers import exact_text
from civil_aid_rules.render.blocks import (
    NOTHING,
    Block,
    Outline,
    Pair,
    Paragraph,
    Section,
    Table,
    Works,
)
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.schedule import works_of
from civil_aid_rules.render.shown import day
from civil_aid_rules.render.total_words import amount_words, over_all, title_of, total_words
from civil_aid_rules.render.totals_table import month, question_pairs, totals_section

ByMonth = Mapping[tuple[str, datetime.date], Evaluation]


def arrears_outline(answer: ArrearsResult, evaluated: ByMonth) -> Outline:
    """The outline; with the evaluations also the sums behind what was due."""
    sections = [
        *(_program(program, answer, evaluated) for program in answer.titles),
        _payments(answer),
        *totals_section(answer.by_month, answer.by_year, answer.titles, phrase("owed")),
    ]
    warnings = (phrase("hypothetical_banner"),) if answer.hypothetical else ()
    return Outline(phrase("arrears"), "none", tuple(_head(answer)), warnings, tuple(sections), phrase("disclaimer"))


def _head(answer: ArrearsResult) -> Iterator[Pair]:
    yield phrase("owed_in_all"), total_words(over_all(answer.by_year), answer.titles)
    if len(answer.titles) > 1:
        for program, total in answer.totals.items():
            currency = next((line.currency for line in answer.lines if line.program == program), "")
            yield phrase("owed_by_program", title=title_of(program, answer.titles)), amount_words(total, currency)
    yield from question_pairs(answer.from_month, answer.to_month, answer.known_on, answer.jurisdiction)


# --- one program ----------------------------------------------------------------------------------------------------


def _program(program: str, answer: ArrearsResult, evaluated: ByMonth) -> Section:
    lines = [line for line in answer.lines if line.program == program]
    header = tuple(phrase(key) for key in ("month", "owed", "due", "paid", "why"))
    rows = [*(_row(line) for line in lines), *([_sums(lines)] if lines else [])]
    blocks: list[Block] = [Table(header, tuple(rows)), Paragraph(phrase("arrears_note"))]
    works = works_of(lines, evaluated)
    if works:
        blocks += [Paragraph(phrase("behind_months")), Works(works)]
    return Section(title_of(program, answer.titles), tuple(blocks))


def _row(line: ArrearsLine) -> tuple[Bilingual, ...]:
    owed, due, paid = (amount_words(text, line.currency) for text in (line.owed, line.due, line.paid))
    return month(line.month), owed, due, paid, line.reason or NOTHING


def _sums(lines: Sequence[ArrearsLine]) -> tuple[Bilingual, ...]:
    """The sum of each column; not known where a month is not."""
    columns = ([line.owed for line in lines], [line.due for line in lines], [line.paid for line in lines])
    sums = (amount_words(_sum(texts), lines[0].currency) for texts in columns)
    return (phrase("sum_of_column"), *sums, NOTHING)


def _sum(texts: Sequence[str | None]) -> str | None:
    known = [Fraction(text) for text in texts if text is not None]
    return exact_text(sum(known, Fraction(0))) if len(known) == len(texts) else None


# --- payments -------------------------------------------------------------------------------------------------------


def _payments(answer: ArrearsResult) -> Section:
    if not answer.payments:
        return Section(phrase("payments"), (Paragraph(phrase("no_payments")),))
    header = tuple(
        phrase(key) for key in ("paid_on", "payment_amount", "payment_kind", "payment_program", "payment_counts")
    )
    currencies = {line.program: line.currency for line in answer.lines}
    rows = tuple(_payment(item, answer, currencies.get(item.program)) for item in answer.payments)
    return Section(phrase("payments"), (Table(header, rows),))


def _payment(item: PaymentCounted, answer: ArrearsResult, currency: str | None) -> tuple[Bilingual, ...]:
    counts = [
        phrase("counts_for", month=_month_of(text), amount=_amount(part, currency))
        for text, part in item.counted.items()
    ]
    if item.reason is not None:
        counts.append(phrase("left_out", amount=_amount(item.left_out, currency), reason=item.reason))
    return (
        day(item.paid_on),
        _amount(item.amount, currency),
        phrase(f"payment_{item.kind}"),
        title_of(item.program, answer.titles),
        joined(tuple(counts), en="; ", zh="；"),
    )


def _amount(text: str, currency: str | None) -> Bilingual:
    """An amount of a payment; of a program without decisions here, its currency is not known."""
    return Bilingual(en=text, zh=text) if currency is None else amount_words(text, currency)


def _month_of(text: str) -> Bilingual:
    return month(datetime.date.fromisoformat(f"{text}-01"))
