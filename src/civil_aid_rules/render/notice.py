"""A notice as an outline: to the person whom a determination is about, or (the public notice) to everybody.

Knows no law: titles, sentences, articles, remedies and papers are the pack's; amounts, reasons and sums come from the
determination; names, office and day from the caller. Flags appear only where the pack names them for the notice.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Payment, Reason
from civil_aid_rules.ir.notices import NoticeForm, Notices
from civil_aid_rules.ir.program import Program
from civil_aid_rules.render.blocks import Block, Outline, Pair, Pairs, Paragraph, Point, Points, Section
from civil_aid_rules.render.head import per_period
from civil_aid_rules.render.notice_case import Case, day_or_blank, month_after, month_or_blank
from civil_aid_rules.render.notice_change import changes, in_force_from
from civil_aid_rules.render.notice_fit import fitting_form, form_of
from civil_aid_rules.render.notice_papers import papers_sections
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.reasons import gap_words
from civil_aid_rules.render.sources import cited, shown_citations

_ONE_MONTH = 1


def notice_outline(
    kind: str, case: Case, earlier: Case | None, program_on: Callable[[datetime.date], Program]
) -> Outline:
    """The notice. `program_on`: the program's rules on another day, whose remedies hold for a decision of that day.

    Raises EvaluationError where the program has no such notice, or where it does not fit the determination.
    """
    form = fitting_form(kind, case, earlier)
    notices = case.program.outcome.notices
    assert notices is not None
    decided = case.stated.decided_on
    if decided is None:
        decided = case.day(form.decided_on)
    spoken = case.program if decided is None or decided == case.result.on else program_on(decided)
    form = replace(form_of(kind, spoken), shown=form.shown, flags=form.flags)  # slots are of the case's own program
    words = form.wording[0 if len(form.wording) == 1 or _is_more(earlier, case) else 1]
    sections = _SECTIONS[kind](form, words.say, case, earlier, _Days(notices, spoken, decided))
    return Outline(
        words.title,
        "none",
        _head(kind, case, notices),
        (),
        (*sections, *_ending(form, case, decided)),
        phrase("disclaimer"),
    )


class _Days:
    """The program's notices, the program as it stands on the day decided, and that day."""

    def __init__(self, notices: Notices, spoken: Program, decided: datetime.date | None) -> None:
        self.notices = notices
        self.timing = spoken.outcome.timing
        self.decided = decided

    def approved_from(self) -> Iterator[Pair]:
        """The first month of an approval, where the pack says when approvals take effect."""
        if self.timing is not None:
            yield phrase("first_month"), month_or_blank(month_after(self.decided, self.timing.approval.value))

    def changed_from(self, by_law: datetime.date | None) -> Iterator[Pair]:
        """The first month of a change: after the decision, or that in which the new legal value began to hold."""
        if by_law is not None:
            yield phrase("changed_from"), month_or_blank(by_law)
        elif self.timing is not None:
            yield phrase("changed_from"), month_or_blank(month_after(self.decided, self.timing.change.value))

    def paid_until(self) -> Iterator[Pair]:
        """The last month before a stop."""
        if self.timing is not None and isinstance(self.timing.change.value, int):
            last = month_after(self.decided, self.timing.change.value - _ONE_MONTH)
            yield phrase("last_month"), month_or_blank(last)


def _is_more(earlier: Case | None, case: Case) -> bool:
    old, new = (None if one is None or one.result.payment is None else one.result.payment for one in (earlier, case))
    return old is not None and new is not None and (old.amount or 0) < (new.amount or 0)


def _head(kind: str, case: Case, notices: Notices) -> tuple[Pair, ...]:
    if kind == "public":
        return ()
    name = case.stated.addressee
    head = (
        (phrase("addressee"), phrase("blank") if name is None else same(name)),
        (phrase("program"), case.result.title),
    )
    if kind in ("approval", "refusal") and notices.received_on is not None:
        return (*head, (phrase("received"), day_or_blank(case.day(notices.received_on))))
    return head


# --- each kind --------------------------------------------------------------------------------------------------------

Sections = Iterator[Section]


def _approval(form: NoticeForm, say: Bilingual, case: Case, _: Case | None, days: _Days) -> Sections:
    pairs = (*_people(case, days.notices), *_amounts(case), *days.approved_from())
    yield Section(phrase("notice_decision"), (Paragraph(say), *_pairs(pairs)))
    yield from _sum(case.shown(form.shown), _points(case.sums()))
    yield from _also(form, case)


def _refusal(form: NoticeForm, say: Bilingual, case: Case, _: Case | None, __: _Days) -> Sections:
    yield Section(phrase("notice_decision"), (Paragraph(say),))
    yield from _facts(form, case)
    yield from _reasons(case)
    yield from _also(form, case)


def _stop(form: NoticeForm, say: Bilingual, case: Case, earlier: Case | None, days: _Days) -> Sections:
    assert earlier is not None
    pairs = (*_amount(phrase("amount_before"), earlier), *days.paid_until())
    yield Section(phrase("notice_decision"), (Paragraph(say), *_pairs(pairs)))
    yield from _facts(form, case)
    yield from _reasons(case)
    yield from _also(form, case)


def _change(form: NoticeForm, say: Bilingual, case: Case, earlier: Case | None, days: _Days) -> Sections:
    assert earlier is not None
    before, after = (_amount(phrase(f"amount_{when}"), one) for when, one in (("before", earlier), ("after", case)))
    pairs = (
        *_people(case, days.notices),
        *before,
        *after,
        *_difference(earlier, case),
        *days.changed_from(in_force_from(earlier, case)),
    )
    yield Section(phrase("notice_decision"), (Paragraph(say), *_pairs(pairs)))
    changed = _points(tuple(Point(text) for text in changes(earlier, case)))
    if changed:
        yield Section(phrase("notice_changes"), changed)
    before_and_after = (("sum_before", earlier), ("sum_after", case))
    sums = [block for key, one in before_and_after for block in (Paragraph(phrase(key)), *_points(one.sums()))]
    yield from _sum(case.shown(form.shown), tuple(sums))
    yield from _also(form, case)


def _missing(form: NoticeForm, say: Bilingual, case: Case, _: Case | None, days: _Days) -> Sections:
    yield Section(phrase("notice_told"), (Paragraph(say),))
    yield from papers_sections(case, days.notices.papers)
    yield from _also(form, case)


def _public(form: NoticeForm, say: Bilingual, case: Case, _: Case | None, days: _Days) -> Sections:
    """Nothing but the fields of the form: names that the caller gives, how many they are, and the amount."""
    covered = case.covered(days.notices.people)
    stated = case.stated.names
    names = tuple(phrase("blank") if key not in stated else same(stated[str(key)]) for _, key in covered)
    payment = case.result.payment
    held: dict[str, Bilingual] = {
        "addressee": phrase("blank") if case.stated.addressee is None else same(case.stated.addressee),
        "people": joined(names) if names else phrase("blank"),
        "count": case.count(days.notices.people),
        "amount": phrase("blank") if payment is None else _paid(payment.amount, payment),
    }
    pairs = tuple((title, held[name]) for name, title in form.fields)
    yield Section(phrase("publication"), (Paragraph(say), Pairs(pairs)))
    yield from _also(form, case)


_SECTIONS: dict[str, Callable[[NoticeForm, Bilingual, Case, Case | None, _Days], Sections]] = {
    "approval": _approval,
    "refusal": _refusal,
    "change": _change,
    "stop": _stop,
    "missing": _missing,
    "public": _public,
}


# --- parts ------------------------------------------------------------------------------------------------------------


def _people(case: Case, notices: Notices) -> Iterator[Pair]:
    covered = case.covered(notices.people)
    if covered:
        names = joined(tuple(case.places.name(path) for path, _ in covered))
        yield phrase("people"), phrase("people_named", count=case.count(notices.people), names=names)


def _amounts(case: Case) -> Iterator[Pair]:
    """What is paid, under the name that the pack has for it; to each line that gets something, and in all."""
    payment, lines = case.result.payment, [line for line in case.result.lines if line.status == "eligible"]
    if payment is None:
        yield from ((case.places.name(line.entry), phrase("eligible")) for line in lines)
        return
    yield from ((case.places.name(line.entry), _paid(line.amount, payment)) for line in lines)
    if len(lines) != 1:
        yield phrase("total_amount") if lines else _payment_title(case), _paid(payment.amount, payment)


def _amount(label: Bilingual, case: Case) -> tuple[Pair, ...]:
    payment = case.result.payment
    return () if payment is None else ((label, _paid(payment.amount, payment)),)


def _difference(before: Case, after: Case) -> Iterator[Pair]:
    old, new = before.result.payment, after.result.payment
    if old is not None and new is not None and old.amount is not None and new.amount is not None:
        key = "amount_more" if new.amount > old.amount else "amount_less"
        yield phrase("amount_difference"), phrase(key, amount=_paid(abs(new.amount - old.amount), new))


def _paid(amount: Decimal | None, payment: Payment) -> Bilingual:
    return phrase("amount_open") if amount is None else per_period(amount, payment)


def _payment_title(case: Case) -> Bilingual:
    slot = case.program.outcome.payment
    return phrase("amount") if slot is None else case.program.rules[slot].title


def _pairs(pairs: tuple[Pair, ...]) -> tuple[Block, ...]:
    return (Pairs(pairs),) if pairs else ()


def _points(points: tuple[Point, ...]) -> tuple[Block, ...]:
    return (Points(points),) if points else ()


def _sum(shown: tuple[Pair, ...], sums: tuple[Block, ...]) -> Sections:
    """The values that the payment is made of, and the sum."""
    if shown or sums:
        yield Section(phrase("notice_sum"), (*_pairs(shown), *sums))


def _facts(form: NoticeForm, case: Case) -> Sections:
    shown = case.shown(form.shown)
    if shown:
        yield Section(phrase("notice_facts"), (Pairs(shown),))


def _reasons(case: Case) -> Sections:
    """The conditions that failed and the exceptions that apply; of lines, each with whose it is."""
    reasons = [(None, reason) for reason in case.result.reasons]
    lines = [line for line in case.result.lines if line.status == "ineligible"]
    of_lines = [(case.places.name(line.entry), reason) for line in lines for reason in line.reasons]
    points = tuple(_reason(reason, whose, case) for whose, reason in (*reasons, *of_lines) if reason.decided)
    if points:
        yield Section(phrase("notice_reasons"), (Points(points),))


def _reason(reason: Reason, whose: Bilingual | None, case: Case) -> Point:
    text = phrase("failed" if reason.kind == "condition" else "applied", text=reason.text)
    fact = case.evidence.of_reason(reason) if reason.margin is None else gap_words(reason.margin)
    named = text if whose is None else phrase("for_entry", entry=whose, text=text)
    return Point(named, facts=() if fact is None else (fact,), small=(cited(reason.citations),))


def _also(form: NoticeForm, case: Case) -> Sections:
    """What the person should know as well, and the flags that the pack wants the person to be told of."""
    keys = {case.program.rules[slot].key for slot in form.flags}
    told = [flag for flag in case.result.flags if flag.rule in keys]
    points = [Point(case.places.titled(flag.entry, flag.text), small=(cited(flag.citations),)) for flag in told]
    points += [Point(said.text, small=(cited(said.citations),)) for said in form.also]
    if points:
        yield Section(phrase("notice_also"), (Points(tuple(points)),))


def _ending(form: NoticeForm, case: Case, decided: datetime.date | None) -> Sections:
    yield Section(phrase("basis"), (Paragraph(shown_citations(form.citations)),))
    if form.remedies:
        points = tuple(Point(said.text, small=(cited(said.citations),)) for said in form.remedies)
        yield Section(phrase("remedies"), (Points(points),))
    stated = case.stated.office
    office = same(stated) if stated is not None else form.office or phrase("blank")
    pairs = ((phrase("signed_by"), office), (phrase("signed_on"), day_or_blank(decided)))
    yield Section(phrase("signed"), (Pairs(pairs),))
