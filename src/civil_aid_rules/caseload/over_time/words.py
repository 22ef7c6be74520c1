"""What schedules and arrears say, in English and simplified Chinese: amounts, months, days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.units import Unit


def filled(text: Bilingual, **parts: Bilingual | str) -> Bilingual:
    """A text with its parts filled in, in both languages."""
    en, zh = ({name: part if isinstance(part, str) else part[at] for name, part in parts.items()} for at in _LANGUAGES)
    return Bilingual(en=text.en.format_map(en), zh=text.zh.format_map(zh))


_LANGUAGES = ("en", "zh")


def sum_shown(value: Fraction | None, currency: str) -> Bilingual:
    """`540.00 CNY`, 540.00元; what is not known says so."""
    if value is None:
        return Bilingual(en="an amount not known yet", zh="暂不能确定的金额")
    return quantity(value, Unit(((currency, 1),)))


def day_shown(day: datetime.date) -> Bilingual:
    """`2016-04-18`, 2016年4月18日."""
    return Bilingual(en=day.isoformat(), zh=f"{day.year}年{day.month}月{day.day}日")


def month_shown(month: datetime.date) -> Bilingual:
    """`2016-04`, 2016年4月."""
    return Bilingual(en=f"{month:%Y-%m}", zh=f"{month.year}年{month.month}月")


def listed(texts: Sequence[Bilingual]) -> Bilingual:
    """Texts one after the other."""
    return Bilingual(en=", ".join(text.en for text in texts), zh="、".join(text.zh for text in texts))
