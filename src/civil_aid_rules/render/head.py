"""The first lines of an explanation: what was decided, how much, by which program and day, why, and how the sum is made."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Payment, Result
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.quantities.numbers import shown_number
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.reasons import Places, reason_text
from civil_aid_rules.render.resting import Resting
from civil_aid_rules.render.shown import amount_text, day
from civil_aid_rules.render.works import Explainer

_MOST_NAMED = 3
Pair = tuple[Bilingual, Bilingual]


def head_of(result: Result, evaluation: Evaluation | None, rests: Resting | None, places: Places) -> tuple[Pair, ...]:
    """The head of an explanation."""
    how = () if evaluation is None or rests is None else _how(result, evaluation, rests)
    return (*_decided(result), *_why(result, evaluation, places), *how)


def _decided(result: Result) -> Iterator[Pair]:
    yield phrase("decision"), _status(result)
    if result.payment is not None:
        yield phrase("amount"), _payment(result, result.payment)
    yield phrase("program"), phrase("program_on", title=result.title, day=day(result.on))
    if result.jurisdiction is not None:
        yield phrase("place"), same(result.jurisdiction)


def _why(result: Result, evaluation: Evaluation | None, places: Places) -> tuple[Pair, ...]:
    """The deciding conditions in one sentence."""
    decided = tuple(reason for reason in result.reasons if reason.decided)
    if not decided:
        return ()
    texts = tuple(reason_text(reason, evaluation, places) for reason in decided[:_MOST_NAMED])
    return ((phrase("reasons"), joined(texts, en="; ", zh="；")),)


def _how(result: Result, evaluation: Evaluation, rests: Resting) -> tuple[Pair, ...]:
    """How the sum is made, in one line."""
    if result.status != "eligible":
        return ()
    explainer = Explainer(evaluation)
    chains = [explainer.in_short(step) for step in paying(evaluation, rests)[:_MOST_NAMED]]
    texts = tuple(joined(chain, en=" = ", zh=" = ") for chain in chains)
    return ((phrase("sum"), joined(texts, en="; ", zh="；")),) if texts else ()


def paying(evaluation: Evaluation, rests: Resting) -> list[Step]:
    """The steps of the payment that pay something."""
    payment = evaluation.program.outcome.payment
    steps = (step for steps in rests.main for step in steps)
    return [step for step in steps if step.rule.slot == payment and step.value not in (0, UNKNOWN)]


def _status(result: Result) -> Bilingual:
    lacks = _lacks(result, "status")
    if result.status == "undetermined" and lacks is not None:
        return phrase("undetermined_lacks", lacks=lacks)
    return phrase(result.status)


def _payment(result: Result, payment: Payment) -> Bilingual:
    if payment.amount is not None:
        return per_period(payment.amount, payment)
    lacks = _lacks(result, "payment") or _lacks(result, "status")
    return phrase("amount_open") if lacks is None else phrase("amount_unknown", lacks=lacks)


def per_period(amount: Decimal, payment: Payment) -> Bilingual:
    return phrase(f"per_{payment.period}", amount=_money(amount, payment.currency))


def _money(amount: Decimal, currency: str) -> Bilingual:
    number, unit = Fraction(amount), Unit(((currency, 1),))
    exact = number.numerator if number.denominator == 1 else number
    return amount_text(shown_number(exact, unit=unit), currency)


def _lacks(result: Result, what: str) -> Bilingual | None:
    """What is missing for the status or the payment, by title: the first few."""
    titles = tuple(dict.fromkeys(item.title for item in result.missing if what in item.holds_up))
    if not titles:
        return None
    if len(titles) <= _MOST_NAMED:
        return joined(titles)
    others = len(titles) - 1
    first = titles[0]
    return Bilingual(
        en=phrase("and_others", first=first, count=str(others)).en,
        zh=phrase("and_others", first=first, count=str(len(titles))).zh,
    )
