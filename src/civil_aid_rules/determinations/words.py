"""Exact texts of results in words: values with their unit, days, amounts, in English and Chinese."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Payment, UsedValue
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.numbers import read_exact_text
from civil_aid_rules.quantities.units import Unit, parse_unit

_FIXED = {"yes": ("yes", "是"), "no": ("no", "否"), "none": ("none", "无")}
_STATUS = {
    "eligible": ("eligible", "符合条件"),
    "ineligible": ("not eligible", "不符合条件"),
    "undetermined": ("cannot be decided yet", "暂不能认定"),
}
_PERIODS = {
    "day": ("a day", "每日"),
    "month": ("a month", "每月"),
    "year": ("a year", "每年"),
    "once": ("once", "一次性"),
}


def value_words(text: str | None, type_name: str) -> Bilingual:
    """A rule's value: `300.00 CNY per person a month`, 每人每月300.00元; yes, no, a day, a choice, or unknown."""
    if text is None:
        return Bilingual(en="unknown", zh="未知")
    unit = parse_unit(type_name)
    number = None if unit is None else read_exact_text(text)
    if unit is not None and number is not None:
        return quantity(number, unit)
    if type_name == "date" and text not in _FIXED:
        return day_words(datetime.date.fromisoformat(text))
    en, zh = _FIXED.get(text, (text, text))
    return Bilingual(en=en, zh=zh)


def used_value_words(used: UsedValue) -> Bilingual:
    """A legal value: with its unit, the title of a choice, its rows, or that it is not set."""
    if used.value is None:
        return Bilingual(en="not set", zh="未设定")
    if used.rows is not None:
        rows = ", ".join(f"{row}: {value}" for row, value in used.rows.items())
        return Bilingual(en=f"rows ({rows})", zh=f"分档（{rows}）")
    return used.value_title or value_words(used.value, used.unit)


def day_words(day: datetime.date) -> Bilingual:
    """`2016-04-01`, 2016年4月1日."""
    return Bilingual(en=day.isoformat(), zh=f"{day.year}年{day.month}月{day.day}日")


def status_words(status: str) -> Bilingual:
    """A status as people say it."""
    en, zh = _STATUS[status]
    return Bilingual(en=en, zh=zh)


def payment_words(payment: Payment | None) -> Bilingual:
    """`540.00 CNY a month`, 每月540.00元; not known; or that the program pays nothing."""
    if payment is None:
        return Bilingual(en="no payment in this program", zh="本项目不发放资金")
    if payment.amount is None:
        return Bilingual(en="amount not known yet", zh="金额暂不能计算")
    return money_words(payment.amount, payment.currency, payment.period)


def money_words(amount: Decimal, currency: str, period: str) -> Bilingual:
    """An amount with what it is paid per."""
    shown, (en, zh) = quantity(Fraction(amount), Unit(((currency, 1),))), _PERIODS[period]
    return Bilingual(en=f"{shown.en} {en}", zh=f"{zh}{shown.zh}")


def entry_words(entry: str) -> str:
    """An entry by its place: `members[0]`; nothing for the record itself."""
    return entry.removeprefix("$").removeprefix(".")
