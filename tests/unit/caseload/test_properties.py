"""What holds of every schedule and of all arrears, on random histories and payments of the coast (fishers.py)."""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from civil_aid_rules import Arrears, Decision, History, PaidItem, Schedule
from civil_aid_rules.quantities.numbers import exact_text
from tests.unit.caseload.fishers import crew, decided, fishers, payment

MONTHS = tuple(f"{year}-{month:02d}" for year in (2011, 2012) for month in range(1, 13))
FIRST, LAST = "2011-03", "2012-08"
PUBLISHED = "2012-03-15"
"""When the raise to 120 from 2012 was published. It only raises, so whoever knows of it never expects less."""

records = st.builds(
    lambda income, people, approved: crew(str(income), people, kept=approved, approved=approved),
    st.integers(0, 300),
    st.integers(1, 3),
    st.integers(0, 1),
)
days = st.dates(datetime.date(2011, 1, 1), datetime.date(2012, 7, 31))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """An approval, and changes, stops, deaths and new approvals after it, some of them late."""
    found: list[Decision] = []
    approved = False
    for day in sorted(draw(st.lists(days, min_size=1, max_size=5, unique=True))):
        kind = draw(st.sampled_from(["approval", "change", "stop", "death"])) if approved else "approval"
        record = draw(records) if kind in ("approval", "change") else None
        late = day - datetime.timedelta(days=draw(st.integers(0, 120)))
        if kind == "death":  # of the support that holds
            late = max([late, *(item.decided_on for item in found if item.kind == "approval")])
        happened = late.isoformat() if kind == "death" or draw(st.booleans()) else None
        found.append(decided(kind, day.isoformat(), record, happened))
        approved = kind in ("approval", "change")
    return History(decisions=found)


@st.composite
def payments(draw: st.DrawFn) -> PaidItem:
    """A payment, not one returned, for one to four months."""
    first = draw(st.integers(2, 18))
    last = min(first + draw(st.integers(0, 3)), 19)
    kind = draw(st.sampled_from(["regular", "regular", "arrears", "correction"]))
    on = draw(days).isoformat()
    return payment(MONTHS[first], MONTHS[last], str(draw(st.integers(0, 400))), on=on, kind=kind)


@st.composite
def ledgers(draw: st.DrawFn, fewest: int = 0) -> list[PaidItem]:
    """Up to five payments, of some of which a part, or all, was returned."""
    found: list[PaidItem] = []
    for paid in draw(st.lists(payments(), min_size=fewest, max_size=5)):
        found.append(paid)
        if draw(st.integers(0, 3)) == 0:
            back = str(draw(st.integers(0, int(paid.amount))))
            on = paid.paid_on.isoformat()
            found.append(payment(paid.first_month, paid.last_month, back, on=on, kind="returned"))
    return found


paid_lists = ledgers()


def scheduled(history: History, known_on: str | None = None, first: str = FIRST, last: str = LAST) -> Schedule:
    return fishers().entitlement_schedule(history, from_month=first, to_month=last, known_on=known_on)


def owed(history: History, paid: list[PaidItem], known_on: str | None = None) -> Arrears:
    return fishers().arrears(history, paid, from_month=FIRST, to_month=LAST, known_on=known_on)


def number(text: str | None) -> Fraction:
    assert text is not None
    return Fraction(text)


@settings(max_examples=40, deadline=None)
@given(histories())
def test_the_sum_of_the_months_is_that_of_single_determinations(history: History) -> None:
    """Each month by itself: the last decision whose month has come, decided on the first of the month."""
    schedule = scheduled(history)
    single = Fraction(0)
    for month in schedule.months:
        pairs = zip(schedule.decisions, history.decisions, strict=True)
        holding = [decision for effect, decision in pairs if effect.from_month <= month.month]
        record = max(holding, key=lambda decision: decision.decided_on).record if holding else None
        if record is None:
            assert month.due == "0"
            continue
        payment = fishers().evaluator("coast_aid", on=month.month).determine(record).payment
        assert payment is not None and payment.amount is not None
        assert number(month.due) == Fraction(payment.amount)
        single += Fraction(payment.amount)
    assert number(schedule.totals["coast_aid"]) == single
    by_year = [total for totals in schedule.by_year.values() for total in totals]
    by_month = [total for totals in schedule.by_month.values() for total in totals]
    assert sum(number(total.amount) for total in by_year) == sum(number(total.amount) for total in by_month) == single


@settings(max_examples=40, deadline=None)
@given(histories(), st.integers(2, 18))
def test_a_schedule_in_two_parts_is_the_whole(history: History, cut: int) -> None:
    whole = scheduled(history)
    parts = (scheduled(history, last=MONTHS[cut]), scheduled(history, first=MONTHS[cut + 1]))
    assert whole.months == parts[0].months + parts[1].months


@settings(max_examples=40, deadline=None)
@given(histories(), paid_lists)
def test_arrears_are_never_negative_and_each_line_adds_up(history: History, paid: list[PaidItem]) -> None:
    for line in owed(history, paid).lines:
        due, given_out, lacking, beyond = (number(text) for text in (line.due, line.paid, line.owed, line.beyond))
        assert lacking >= 0 and beyond >= 0 and 0 in (lacking, beyond)
        assert given_out >= 0 and lacking <= due
        assert due - given_out == lacking - beyond


@settings(max_examples=40, deadline=None)
@given(histories(), paid_lists)
def test_nothing_is_due_before_the_month_after_the_first_approval(history: History, paid: list[PaidItem]) -> None:
    approved = history.decisions[0].decided_on
    for line in owed(history, paid).lines:
        if (line.month.year, line.month.month) <= (approved.year, approved.month):
            assert line.due == "0"


@settings(max_examples=40, deadline=None)
@given(histories(), ledgers(5), st.randoms())
def test_the_order_of_payments_is_irrelevant(history: History, paid: list[PaidItem], order: Random) -> None:
    first, second = owed(history, paid), owed(history, order.sample(paid, len(paid)))
    assert first.lines == second.lines and first.totals == second.totals and first.by_month == second.by_month
    assert sorted(item.model_dump_json() for item in first.payments) == sorted(
        item.model_dump_json() for item in second.payments
    )


@settings(max_examples=40, deadline=None)
@given(histories(), paid_lists)
def test_no_part_of_a_payment_is_lost(history: History, paid: list[PaidItem]) -> None:
    for item, counted in zip(paid, owed(history, paid).payments, strict=True):
        parts = sum((Fraction(part) for part in counted.counted.values()), Fraction(counted.left_out))
        assert parts == (-1 if item.kind == "returned" else 1) * Fraction(item.amount)


@settings(max_examples=40, deadline=None)
@given(histories(), paid_lists, st.dates(datetime.date(2011, 6, 1), datetime.date(2012, 12, 31)))
def test_who_knows_of_a_raise_never_expects_less(history: History, paid: list[PaidItem], known: datetime.date) -> None:
    """Before the raise was published all that is known is the same, and from then on it is all there is to know."""
    before, after = scheduled(history, "2012-03-14"), scheduled(history, PUBLISHED)
    assert all(number(old.due) <= number(new.due) for old, new in zip(before.months, after.months, strict=True))
    then = scheduled(history, known.isoformat())
    same = before if known.isoformat() < PUBLISHED else after
    assert then.months == same.months
    assert after.months == scheduled(history).months
    early, late = owed(history, paid, "2012-03-14"), owed(history, paid, PUBLISHED)
    assert number(early.totals["coast_aid"]) <= number(late.totals["coast_aid"])


@settings(max_examples=30, deadline=None)
@given(histories(), paid_lists)
def test_what_is_owed_is_settled_by_paying_it(history: History, paid: list[PaidItem]) -> None:
    """One payment of arrears over all months, of all that is owed: nothing is owed then, and nothing is paid beyond."""
    before = owed(history, paid)
    total = number(before.totals["coast_aid"])
    if any(item.kind == "arrears" for item in paid):
        return  # earlier arrears would be shared out anew
    settled = owed(history, [*paid, payment(FIRST, LAST, exact_text(total), kind="arrears")])
    assert settled.totals == {"coast_aid": "0"}
    assert [line.beyond for line in settled.lines] == [line.beyond for line in before.lines]


@settings(max_examples=60, deadline=None)
@given(histories(), paid_lists)
def test_no_month_is_owed_what_a_payment_for_it_has_beyond_the_due_of_another(
    history: History, paid: list[PaidItem]
) -> None:
    """Of each payment: none of its months has more than its due where another of them has less."""
    given_out = [item for item in paid if item.kind != "returned"]
    found = owed(history, given_out)
    lines = {f"{line.month:%Y-%m}": line for line in found.lines}
    for item, counted in zip(given_out, found.payments, strict=True):
        months = [lines[month] for month in MONTHS if item.first_month <= month <= item.last_month if month in lines]
        beyond = [line for line in months if line.beyond != "0" and f"{line.month:%Y-%m}" in counted.counted]
        assert not beyond or all(line.owed == "0" for line in months)


@settings(max_examples=40, deadline=None)
@given(histories(), paid_lists)
def test_all_amounts_are_whole_fen(history: History, paid: list[PaidItem]) -> None:
    found = owed(history, paid)
    texts = [text for line in found.lines for text in (line.due, line.paid, line.owed, line.beyond)]
    texts += [text for item in found.payments for text in (*item.counted.values(), item.left_out)]
    assert all((number(text) * 100).denominator == 1 for text in texts)
