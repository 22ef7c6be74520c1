"""The first lines of an explanation: what was decided, how much, by which program and day, why, the sum in one line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Payment, Reason, Result, Status
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.ir.values import UNKNOWN, exact
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.blocks import Pair
from civil_aid_rules.render.legal_values import shown_parameter
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.places import Places
from civil_aid_rules.render.reasons import reason_text
from civil_aid_rules.render.resting import Resting
from civil_aid_rules.render.shown import day, parameter_title
from civil_aid_rules.render.works import Explainer

_MOST_NAMED = 3


def head_of(result: Result, places: Places, explainer: Explainer | None, rests: Resting | None) -> tuple[Pair, ...]:
    """The head of an explanation."""
    supposed = () if rests is None else _supposed(rests)
    how = () if rests is None or explainer is None else _how(result, explainer, rests.payments)
    return (*_decided(result, places), *supposed, *_why(result, places), *how)


def _decided(result: Result, places: Places) -> Iterator[Pair]:
    yield phrase("decision"), _status(result, places)
    if result.payment is not None:
        refused = result.status == "ineligible"
        yield phrase("amount"), phrase("none") if refused else payment_words(result, result.payment, places)
    yield phrase("program"), phrase("program_on", title=result.title, day=day(result.on))
    if result.jurisdiction is not None:
        layers = {value.layer for value in result.identity.values}
        local = [overlay for overlay in result.identity.overlays if overlay.kind == "local"]
        read = [overlay.title for overlay in local if overlay.name in layers] or [overlay.title for overlay in local]
        yield phrase("place"), joined(tuple(read)) if read else same(result.jurisdiction)


def _supposed(rests: Resting) -> Iterator[Pair]:
    """What a scenario supposes: legal values and whole rules, by their titles."""
    values = [value for value in rests.parameters if value.hypothetical]
    texts = [phrase("supposed_value", title=parameter_title(value), value=shown_parameter(value)) for value in values]
    rules = [group[0].rule for group in (*rests.calculation, *rests.points) if group[0].rule.hypothetical]
    texts += [phrase("supposed_rule", title=rule.title) for rule in rules]
    if texts:
        yield phrase("supposed"), joined(tuple(texts), en="; ", zh="；")


def _why(result: Result, places: Places) -> Iterator[Pair]:
    """The deciding conditions in one sentence: all that failed; of those met, the ones measured against a limit."""
    decided = tuple(reason for reason in result.reasons if reason.decided)
    measured = tuple(reason for reason in decided if _is_measured(reason))
    shown = measured if result.status == "eligible" and measured else decided
    if result.status != "undetermined" and shown:
        texts = tuple(reason_text(reason, places) for reason in shown[:_MOST_NAMED])
        yield phrase("main_reason"), joined(texts, en="; ", zh="；")


def _is_measured(reason: Reason) -> bool:
    return reason.kind == "condition" and reason.margin is not None and reason.margin.limit_title is not None


def _how(result: Result, explainer: Explainer, payments: tuple[Step, ...]) -> Iterator[Pair]:
    """How the sum is made, in one line for each payment."""
    texts = tuple(joined(parts, en=" = ", zh=" = ") for parts in short_sums(result.status, explainer, payments))
    if texts:
        yield phrase("how_amount"), joined(texts, en="; ", zh="；")


def short_sums(
    status: Status | None, explainer: Explainer, payments: tuple[Step, ...]
) -> tuple[tuple[Bilingual, ...], ...]:
    """The sum behind each payment: formula in titles, in values, value. None where there are too many to read."""
    paid = [step for step in payments if step.value not in (0, UNKNOWN)]
    if status != "eligible" or len(paid) > _MOST_NAMED:
        return ()
    return tuple(explainer.in_short(step) for step in paid)


def _status(result: Result, places: Places) -> Bilingual:
    lacks = needed_words(result, places)
    if result.status == "undetermined" and lacks is not None:
        return phrase("undetermined_some" if len(result.alternatives) > 1 else "undetermined_lacks", lacks=lacks)
    return phrase(result.status)


def needed_words(result: Result, places: Places) -> Bilingual | None:
    """What the status waits for: the first few."""
    return _lacks(result, "status", places)


def payment_words(result: Result, payment: Payment, places: Places) -> Bilingual:
    """How much is paid, or what is needed to say so."""
    if payment.amount is not None:
        return per_period(payment.amount, payment)
    lacks = None if result.status == "undetermined" else _lacks(result, "payment", places)
    return phrase("amount_open") if lacks is None else phrase("amount_unknown", lacks=lacks)


def per_period(amount: Decimal, payment: Payment) -> Bilingual:
    """`540.00 CNY a month`, 每月540.00元."""
    return phrase(f"per_{payment.period}", amount=quantity(exact(Fraction(amount)), Unit(((payment.currency, 1),))))


def _lacks(result: Result, what: str, places: Places) -> Bilingual | None:
    """What is missing for the status or the payment: the first few."""
    titles = tuple(dict.fromkeys(places.missing(item) for item in result.missing if what in item.holds_up))
    if not titles:
        return None
    if len(titles) <= _MOST_NAMED:
        return joined(titles)
    others = len(titles) - 1
    return Bilingual(
        en=phrase("and_others", first=titles[0], count=str(others)).en,
        zh=phrase("and_others", first=titles[0], count=str(len(titles))).zh,
    )
