"""Amounts and days in records: read from text exactly, or refused. No float, no full-width digits, no exponents."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

from civil_aid_rules.quantities.days import read_day

_AMOUNT = re.compile(r"(-?)(0|[1-9][0-9]{0,10})(?:\.([0-9]{1,2}))?")
_MOST_FEN = 10**12
_MOST_DIGITS = 40
_POSITIVE = r"([1-9][0-9]{0,9}(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?)|10000000000(\.00?)?)"
_TEXT = rf"^({_POSITIVE}|0(\.00?)?)$"
_SIGNED_TEXT = rf"^(-?{_POSITIVE}|0(\.00?)?)$"
_DAY_TEXT = r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
"""The texts that are read, as JSON Schema can say it (a day in a month that is too short is refused all the same)."""


def _refused() -> PydanticCustomError:
    return PydanticCustomError(
        "money", 'an amount as text in ASCII digits with at most two decimals, such as "900" or "900.50"'
    )


def _as_text(value: Any) -> str:
    """The amount as plain text; floats and everything else that is no text, whole number or Decimal are refused."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST_FEN:
        return str(value)
    if isinstance(value, Decimal) and value.is_finite() and len(value.as_tuple().digits) <= _MOST_DIGITS:
        return _plain_decimal(value)
    raise _refused()


def _plain_decimal(value: Decimal) -> str:
    """A Decimal with two decimals, whatever its exponent; more decimals only where they are zeros."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    while exponent < -2 and len(digits) > 1 and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    if not (-2 <= exponent <= 12) and any(digits):
        raise _refused()
    fen = int("".join(map(str, digits))) * 10 ** (exponent + 2) if any(digits) else 0
    return f"{'-' if sign and fen else ''}{fen // 100}.{fen % 100:02d}"


def read_amount(value: Any, *, signed: bool) -> Decimal:
    """The amount that `value` writes, with two decimals whatever the caller's decimal context is."""
    found = _AMOUNT.fullmatch(_as_text(value))
    if found is None or (found[1] and not signed):
        raise _refused()
    fen = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    if fen > _MOST_FEN or (found[1] and not fen):
        raise _refused()
    return Decimal((1 if found[1] else 0, tuple(int(digit) for digit in str(fen).rjust(3, "0")), -2))


def _money_schema(signed: bool) -> core_schema.CoreSchema:
    return core_schema.no_info_plain_validator_function(
        lambda value: read_amount(value, signed=signed),
        json_schema_input_schema=core_schema.union_schema(
            [
                core_schema.str_schema(pattern=_SIGNED_TEXT if signed else _TEXT),
                core_schema.int_schema(ge=-(_MOST_FEN // 100) if signed else 0, le=_MOST_FEN // 100),
            ]
        ),
        serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
    )


def _read_date(value: Any) -> datetime.date:
    is_date = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    day = read_day(value.isoformat() if is_date else value) if is_date or isinstance(value, str) else None
    if day is None:
        raise PydanticCustomError("day", "a day that exists, as YYYY-MM-DD in ASCII digits")
    return day


Money = Annotated[Decimal, GetPydanticSchema(lambda _source, _handler: _money_schema(False))]
"""An amount of money, not below zero: text or whole number in, Decimal with two decimals in Python, text in JSON."""

SignedMoney = Annotated[Decimal, GetPydanticSchema(lambda _source, _handler: _money_schema(True))]
"""An amount of money that may be below zero (a loss)."""

Day = Annotated[
    datetime.date,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.no_info_plain_validator_function(
            _read_date,
            json_schema_input_schema=core_schema.str_schema(pattern=_DAY_TEXT),
            serialization=core_schema.plain_serializer_function_ser_schema(
                datetime.date.isoformat, return_schema=core_schema.str_schema()
            ),
        )
    ),
]
"""A day: `YYYY-MM-DD` in text, datetime.date in Python."""
