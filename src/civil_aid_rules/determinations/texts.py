"""Values as the exact texts that results and traces hold."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from civil_aid_rules.errors import InternalError
from civil_aid_rules.facts.extract import Facts
from civil_aid_rules.ir.parameters import Bands, Scale, Table
from civil_aid_rules.ir.types import DateType, GroupType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.ir.values import UNKNOWN, Exact, ItemReference, Value
from civil_aid_rules.quantities.numbers import exact_text
from civil_aid_rules.quantities.working_days import WorkingCalendar


def value_text(value: Value, facts: Facts) -> str | None:
    """`480`, `1475/3`, `yes`, `2016-04-01`, a choice, an entry's path, `none`; None while unknown."""
    if isinstance(value, ItemReference):
        return facts.items[value.scope][value.ordinal].path
    return parameter_text(value)


def parameter_text(value: Value) -> str | None:
    """A value that is no entry of a list, as text; None while unknown or unset."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | Fraction():
            return exact_text(value)
        case datetime.date():
            return value.isoformat()
        case str():
            return value
        case _:
            return None if value is UNKNOWN else "none"


def rows_text(shape: Table | Bands | Scale | WorkingCalendar | None) -> dict[str, str] | None:
    """The rows of a table, of bands or of a scale, as texts by row; None for a plain value."""
    match shape:
        case None:
            return None
        case Table(rows, past_end):
            past = past_end if isinstance(past_end, str) else f"each further {exact_text(past_end)}"
            whole_numbers = any(isinstance(key, int) for key, _ in rows)
            return {str(key): exact_text(value) for key, value in rows} | ({"past end": past} if whole_numbers else {})
        case Bands(bands, rest):
            named = {f"below {exact_text(below)}": exact_text(value) for below, value in bands}
            return named | ({} if rest is None else {"rest": exact_text(rest)})
        case WorkingCalendar(years, off, work):
            days = {day.isoformat(): "off" for day in off} | {day.isoformat(): "worked" for day in work}
            return {"years": ", ".join(str(year) for year in sorted(years))} | dict(sorted(days.items()))
        case Scale(brackets):
            return {f"above {exact_text(above)}": exact_text(rate) for above, rate in brackets}


def type_name(type_: Type) -> str:
    """The type's name in results: a unit, yes_no, date, choice or entry."""
    match type_:
        case NumberType() | YesNoType() | DateType():
            return str(type_)
        case TextType():
            return "choice"
        case ItemType() | GroupType():
            return "entry"


def amount_of(value: Exact) -> Decimal:
    """An exact number of whole fen as a Decimal with two decimals, whatever the caller's decimal context is."""
    whole = value.numerator * 100
    fen, rest = divmod(abs(whole), value.denominator)
    if rest:
        raise InternalError(f"a payment that is not in whole fen: {value}")
    text = f"{'-' if whole < 0 else ''}{fen // 100}.{fen % 100:02}"
    return Decimal(text)  # a text is read exactly, in any context
