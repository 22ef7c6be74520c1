"""Why so much is owed for a month, in English and simplified Chinese."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import NamedTuple

from civil_aid_rules.caseload.over_time.schedule import ScheduledMonth
from civil_aid_rules.caseload.over_time.words import day_shown, filled, listed, sum_shown
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import UsedValue
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.numbers import read_exact_text
from civil_aid_rules.quantities.units import parse_unit


class AsPublished(NamedTuple):
    """What was due for a month by what had been published on an earlier day, and the values published since."""

    due: Fraction | None
    since: tuple[UsedValue, ...]


def difference_words(month: ScheduledMonth, due: Fraction | None, paid: Fraction, owed: Fraction | None) -> Bilingual:
    """`due 540.00 CNY, paid 450.00 CNY: 90.00 CNY is owed`."""
    if due is None or owed is None:
        return filled(_UNKNOWN, paid=sum_shown(paid, month.currency))
    text = _OWED if owed > 0 else _NOTHING if due == paid else _MORE
    shown = {name: sum_shown(value, month.currency) for name, value in (("due", due), ("paid", paid), ("owed", owed))}
    return filled(text, **shown)


def reason_words(
    month: ScheduledMonth,
    due: Fraction | None,
    paid: Fraction,
    owed: Fraction | None,
    then: AsPublished | None,
    last_paid_on: datetime.date | None,
) -> Bilingual | None:
    """What is missing; why nothing is due; a late decision; what was published since it was paid; that it was not,
    or was returned."""
    if due is None:
        return filled(_NEEDS, what=listed(month.grounds)) if month.grounds else None
    if not due:
        return month.note or month.explanation
    if owed and not paid:
        return month.note or (_NOT_PAID if last_paid_on is None else _RETURNED)
    published = None if then is None or last_paid_on is None else _published(month, due, then, last_paid_on)
    return published if month.note is None else sentences(month.note, published)


def _published(month: ScheduledMonth, due: Fraction, then: AsPublished, last_paid_on: datetime.date) -> Bilingual:
    if then.due == due:
        return filled(_SAME_THEN, day=day_shown(last_paid_on))
    known = filled(_THEN, day=day_shown(last_paid_on), amount=sum_shown(then.due, month.currency))
    return sentences(
        known, filled(_SINCE, values=listed([_value(item) for item in then.since])) if then.since else None
    )


def _value(item: UsedValue) -> Bilingual:
    unit, number = parse_unit(item.unit), None if item.value is None else read_exact_text(item.value)
    title = item.title
    if unit is not None and number is not None:
        value = quantity(number, unit)
        title = Bilingual(en=f"{title.en} {value.en}", zh=f"{title.zh}{value.zh}")
    dates = {"start": day_shown(item.from_date), "published": day_shown(item.published)}
    return filled(_VALUE, title=title, **dates)


def sentences(first: Bilingual, second: Bilingual | None) -> Bilingual:
    """One sentence after the other."""
    if second is None:
        return first
    return Bilingual(en=f"{first.en}. {second.en[:1].upper()}{second.en[1:]}", zh=f"{first.zh}。{second.zh}")


_OWED = Bilingual(en="due {due}, paid {paid}: {owed} is owed", zh="应发{due}，已发{paid}，应补发{owed}")
_NOTHING = Bilingual(en="due {due}, paid {paid}: nothing is owed", zh="应发{due}，已发{paid}，无须补发")
_MORE = Bilingual(
    en="due {due}, paid {paid}: nothing is owed; what was paid beyond it is not taken back here",
    zh="应发{due}，已发{paid}，无须补发；多出部分不在补发中抵扣",
)
_UNKNOWN = Bilingual(en="what was due is not known yet; paid {paid}", zh="应发金额暂不能确定，已发{paid}")
_NEEDS = Bilingual(en="needed: {what}", zh="需补充：{what}")
_NOT_PAID = Bilingual(en="nothing was paid for this month", zh="本月尚未发放")
_RETURNED = Bilingual(en="what was paid for this month was returned", zh="本月已发的款项已全部退回")
_THEN = Bilingual(
    en="when it was last paid, on {day}, {amount} was due by what had been published",
    zh="{day}发放时，按当时已公布的规定应发{amount}",
)
_SAME_THEN = Bilingual(
    en="when it was last paid, on {day}, the same amount was due already",
    zh="{day}发放时，按当时已公布的规定即应发此数，系少发",
)
_SINCE = Bilingual(en="published since: {values}", zh="此后公布：{values}")
_VALUE = Bilingual(
    en="{title} (in force from {start}, published on {published})",
    zh="{title}（自{start}起执行，{published}公布）",
)
