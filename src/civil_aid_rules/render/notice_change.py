"""What has changed between two determinations of one family: the values that the payment rests on, by their titles."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.render.legal_values import shown_parameter
from civil_aid_rules.render.notice_case import Case
from civil_aid_rules.render.phrases import phrase
from civil_aid_rules.render.resting import behind_payment
from civil_aid_rules.render.shown import parameter_title


def changes(before: Case, after: Case) -> Iterator[Bilingual]:
    """Each legal value and each number of the whole record that the payment rests on and that is another now."""
    old_steps, old_values = _read(before)
    steps, values = _read(after)
    for key, value in values.items():
        old = old_values.get(key)
        if old is not None and (old.value, old.shape) != (value.value, value.shape):
            yield _changed(parameter_title(value), shown_parameter(old), shown_parameter(value))
    for name, step in steps.items():
        earlier = old_steps.get(name)
        if earlier is not None and earlier.value != step.value and step.rule.slot != after.program.outcome.payment:
            yield _changed(step.rule.title, before.explainer.value(earlier), after.explainer.value(step))


def in_force_from(before: Case, after: Case) -> datetime.date | None:
    """Of one record, from when the legal values hold that make the difference; None where the record has changed."""
    old, new = _read(before)[1], _read(after)[1]
    days = [value.from_date for key, value in new.items() if key in old and old[key].from_date != value.from_date]
    return max(days, default=None) if before.result.record_digest == after.result.record_digest else None


def _changed(what: Bilingual, before: Bilingual, after: Bilingual) -> Bilingual:
    return phrase("changed", what=what, before=before, after=after)


def _read(case: Case) -> tuple[dict[str, Step], dict[object, ParameterValue]]:
    """The numbers of the whole record, and the legal values, that the payment rests on."""
    groups = behind_payment(case.reading)
    steps = [step for group in groups for step in group]
    numbers = {step.rule.key: step for step in steps if not step.rule.scope and isinstance(step.rule.type, NumberType)}
    read = [item.parameter for step in steps for item in step.inputs if item.parameter is not None]
    return numbers, {(value.key, value.frozen_on is not None): value for value in read}
