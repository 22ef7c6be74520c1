"""The sum behind an amount, in one line: for answers that show many amounts."""

from __future__ import annotations

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Status
from civil_aid_rules.render.blocks import Chain
from civil_aid_rules.render.head import short_sums
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.resting import resting
from civil_aid_rules.render.works import Explainer


def sum_text(status: Status, reading: Reading) -> Bilingual | None:
    """`(480.00 − 300.00) × 3 = 540.00 CNY a month`, after the formula in titles; None where nothing is paid."""
    texts = [joined(parts, en=" = ", zh=" = ") for parts in _sums(status, reading)]
    return joined(tuple(texts), en="; ", zh="；") if texts else None


def sum_chains(status: Status, evaluation: Evaluation) -> tuple[Chain, ...]:
    """The same as parts, one chain for each payment, labelled as what is due."""
    return tuple(Chain(parts, phrase("due")) for parts in _sums(status, Reading(evaluation)))


def _sums(status: Status, reading: Reading) -> tuple[tuple[Bilingual, ...], ...]:
    return short_sums(status, Explainer(reading), resting(reading, status).payments)
