"""One Arrow column as whole numbers: fen, days of 1970, codes of texts, yes and no. Nothing is rounded."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from civil_aid_rules.errors import Both
from civil_aid_rules.facts.columns.dictionaries import sound
from civil_aid_rules.facts.columns.stored import Bits
from civil_aid_rules.facts.vocabulary import FactField
from civil_aid_rules.ir.types import DateType, NumberType, TextType, YesNoType

EPOCH = datetime.date(1970, 1, 1).toordinal()
NOT_A_CHOICE = -1
_AMOUNT = r"^-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,2})?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FAR = Decimal(10) ** 11
_DECIMAL = pa.decimal128(38, 2)
_MOST_DIGITS = 76


class NotConvertible(Exception):
    """A column whose type its fact cannot have."""

    def __init__(self, code: str, expected: Both) -> None:
        super().__init__(code)
        self.code, self.expected = code, expected


@dataclass(frozen=True, slots=True)
class Converted:
    """See FactColumn: the values of a column, and those that it writes as texts that are none or cannot be read."""

    raw: Any = None
    bits: Bits | None = None
    high: Any = None
    is_none: NDArray[np.bool_] | None = None
    is_bad: NDArray[np.bool_] | None = None
    least: int = 0
    most: int = 0
    codes: NDArray[np.int64] | None = None


def converted(column: pa.Array, fact: FactField, text_code: Callable[[str], int]) -> Converted:
    """The values of a column. Raises NotConvertible."""
    column = plain(column) if not isinstance(fact.type, TextType) else column
    match fact.type:
        case TextType(choices):
            return _choices(column, {*choices, *(["none"] if fact.says_none else [])}, text_code)
        case YesNoType():
            return _yes_no(column, fact)
        case DateType():
            return _days(column, fact)
        case NumberType():
            return _amounts(column, fact) if fact.limits.scale == 100 else _numbers(column, fact)
        case _:
            raise AssertionError(fact.type)


def bits_of(column: pa.Array) -> Bits:
    """Where a column with nulls has values."""
    buffer = column.buffers()[0]
    return Bits(np.frombuffer(buffer, np.uint8), column.offset)


def plain(column: pa.Array) -> pa.Array:
    """A column without its dictionary; text views as texts."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pa.large_string()) if pa.types.is_string_view(column.type) else column


def fields_of(column: pa.Array) -> dict[str, pa.Array]:
    """The columns in a struct; indices of dictionaries that lead nowhere are null."""
    return {column.type.field(place).name: sound(column.field(place))[0] for place in range(column.type.num_fields)}


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds texts, or a dictionary of texts."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _none_texts(column: pa.Array, fact: FactField) -> tuple[NDArray[np.bool_] | None, pa.Array]:
    """Where a column of texts says none, and the other texts."""
    if not fact.says_none:
        return None, column
    says = pc.fill_null(pc.equal(column, "none"), False)
    if not pc.any(says).as_py():
        return None, column
    return says.to_numpy(zero_copy_only=False), pc.if_else(says, None, column)


def _readable(column: pa.Array, pattern: str) -> tuple[NDArray[np.bool_] | None, pa.Array]:
    """Where a text is not as the pattern says, and the other texts."""
    fits = pc.fill_null(pc.match_substring_regex(column, pattern), True)
    if pc.all(fits).as_py() is not False:
        return None, column
    return ~fits.to_numpy(zero_copy_only=False), pc.if_else(fits, column, None)


def _int64(column: pa.Array) -> Any:
    """The values of a column of 64-bit numbers, whatever where there is none."""
    return _memory(column, np.int64)


def _memory(column: pa.Array, kind: Any, times: int = 1) -> Any:
    """The memory of a column's values, so many numbers for each."""
    if not len(column):
        return np.zeros(0, kind)
    start = times * np.dtype(kind).itemsize * column.offset
    return np.frombuffer(column.buffers()[1], kind, times * len(column), start)


def bits_of_values(column: pa.Array) -> Bits:
    """The values of a column of yes and no."""
    return Bits(np.frombuffer(column.buffers()[1], np.uint8) if len(column) else np.zeros(0, np.uint8), column.offset)


def _either(one: NDArray[np.bool_] | None, other: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    return other if one is None else one if other is None else one | other


# --- numbers ----------------------------------------------------------------------------------------------------------

_MONEY = Both("decimal128(…, 2), whole numbers or texts", "decimal128(…, 2)、整数或文本")


def _amounts(column: pa.Array, fact: FactField) -> Converted:
    least, most = fact.limits.least, fact.limits.most
    kind, is_none, is_bad = column.type, None, None
    if is_text(kind):
        is_none, column = _none_texts(column, fact)
        is_bad, column = _readable(column, _AMOUNT)
        is_bad = _either(is_bad, _negative_zero(column))
        column = column.cast(_DECIMAL)
    elif pa.types.is_integer(kind):
        whole, is_bad = _as_int64(column)
        far = (whole > most // 100) | (whole < -(most // 100))
        found = np.where(far, 0, whole) * 100
        return Converted(found, is_bad=_either(is_bad, far if far.any() else None), least=least, most=most)
    elif not pa.types.is_decimal(kind):
        code = "column-inexact" if pa.types.is_floating(kind) else "column-type"
        raise NotConvertible(code, _MONEY)
    elif not (pa.types.is_decimal128(kind) and kind.scale == 2):
        column, is_bad = _in_fen(column)
    halves = _memory(column, np.int64, 2).reshape(-1, 2)
    return Converted(halves[:, 0], high=halves[:, 1], is_none=is_none, is_bad=is_bad, least=least, most=most)


def _negative_zero(column: pa.Array) -> NDArray[np.bool_] | None:
    says = pc.fill_null(pc.match_substring_regex(column, r"^-0(\.00?)?$"), False)
    return says.to_numpy(zero_copy_only=False) if pc.any(says).as_py() else None


def _in_fen(column: pa.Array) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    """A decimal column with two decimals, and where it has more, or is far too large."""
    try:
        return column.cast(_DECIMAL), None
    except pa.ArrowInvalid:
        pass
    scale = max(2, column.type.scale)
    if max(_FAR.adjusted() + 1, column.type.precision - column.type.scale) + scale > _MOST_DIGITS:
        return _in_fen_one_by_one(column)
    wide = column.cast(pa.decimal256(_MOST_DIGITS, scale))
    far = pc.fill_null(pc.greater(pc.abs(wide), pa.scalar(_FAR, wide.type)), False)
    near = pc.if_else(far, None, wide)
    cut = near.cast(pa.decimal256(_MOST_DIGITS, 2), safe=False)
    finer = pc.fill_null(pc.not_equal(cut.cast(wide.type, safe=False), near), False)
    bad = pc.or_(far, finer).to_numpy(zero_copy_only=False)
    return cut.cast(_DECIMAL, safe=False), bad


def _in_fen_one_by_one(column: pa.Array) -> tuple[pa.Array, NDArray[np.bool_]]:
    """The same of a column whose type is so large that Arrow has none for its numbers with two decimals."""
    fen = [None if value is None else _fen(value) for value in column.to_pylist()]
    kept = pa.array([None if one is None else Decimal(one).scaleb(-2) for one in fen], _DECIMAL)
    return kept, (kept.is_null().to_numpy(zero_copy_only=False) & column.is_valid().to_numpy(zero_copy_only=False))


def _fen(value: Decimal) -> int | None:
    """An amount in fen; None where it has more decimals, or is far too large."""
    above, below = value.as_integer_ratio()
    whole, rest = divmod(100 * above, below)
    return None if rest or abs(value) > _FAR else whole


def _as_int64(column: pa.Array) -> tuple[Any, NDArray[np.bool_] | None]:
    """Whole numbers as 64-bit ones, and where they do not fit."""
    if not pa.types.is_uint64(column.type):
        return _int64(column.cast(pa.int64())), None
    found = _memory(column, np.uint64)
    far = found > 2**63 - 1
    return found.view(np.int64), far if far.any() else None


def _numbers(column: pa.Array, fact: FactField) -> Converted:
    kind = column.type
    if pa.types.is_integer(kind):
        found, is_bad = _as_int64(column)
    elif pa.types.is_decimal(kind) and kind.scale == 0 and kind.precision <= 38:
        halves = column.cast(pa.decimal128(38, 0))
        parts = _memory(halves, np.int64, 2).reshape(-1, 2)
        found, high = parts[:, 0], parts[:, 1]
        return Converted(found, high=high, least=fact.limits.least, most=fact.limits.most)
    else:
        code = "column-inexact" if pa.types.is_floating(kind) else "column-type"
        raise NotConvertible(code, Both("whole numbers", "整数"))
    return Converted(found, is_bad=is_bad, least=fact.limits.least, most=fact.limits.most)


# --- days, yes and no, texts ------------------------------------------------------------------------------------------

_UNITS_OF_DAY = {"s": 86_400, "ms": 86_400 * 10**3, "us": 86_400 * 10**6, "ns": 86_400 * 10**9}
_DAYS = Both("date32, or texts YYYY-MM-DD", "date32 或 YYYY-MM-DD 文本")


def _days(column: pa.Array, fact: FactField) -> Converted:
    kind, is_none, is_bad = column.type, None, None
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        raise NotConvertible("column-timezone", _DAYS)
    if is_text(kind):
        is_none, column = _none_texts(column, fact)
        is_bad, column = _readable(column, _DAY)
        days = pc.strptime(column, format="%Y-%m-%d", unit="s", error_is_null=True)
        lost = pc.and_(pc.is_valid(column), pc.is_null(days))
        again = pc.fill_null(pc.not_equal(pc.strftime(days, format="%Y-%m-%d"), column.cast(pa.string())), False)
        wrong = pc.or_(lost, again).to_numpy(zero_copy_only=False)
        is_bad = _either(is_bad, wrong if wrong.any() else None)
        column = days.cast(pa.date32())
    elif pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        moments, units = _int64(column), _UNITS_OF_DAY["ms" if pa.types.is_date64(kind) else kind.unit]
        days, rest = np.divmod(moments, units)
        wrong = (rest != 0) | (np.abs(days) >= 2**31)
        return _of_days(np.where(wrong, 0, days).astype(np.int32), fact, None, wrong if wrong.any() else None)
    elif not pa.types.is_date32(kind):
        raise NotConvertible("column-type", _DAYS)
    return _of_days(_memory(column, np.int32), fact, is_none, is_bad)


def _of_days(
    days: Any, fact: FactField, is_none: NDArray[np.bool_] | None, is_bad: NDArray[np.bool_] | None
) -> Converted:
    least, most = fact.limits.least - EPOCH, fact.limits.most - EPOCH
    return Converted(days, is_none=is_none, is_bad=is_bad, least=least, most=most)


def _yes_no(column: pa.Array, fact: FactField) -> Converted:
    if pa.types.is_boolean(column.type):
        return Converted(bits=bits_of_values(column))
    if not (is_text(column.type) and fact.says_none):
        raise NotConvertible("column-type", Both("bool", "bool"))
    is_none, column = _none_texts(column, fact)
    is_bad, column = _readable(column, "^(true|false)$")
    values = pc.fill_null(pc.equal(column, "true"), False)
    return Converted(bits=bits_of_values(values), is_none=is_none, is_bad=is_bad)


def _text(value: pa.Scalar) -> str | None:
    """A text; None where its bytes are none."""
    try:
        text: str | None = value.as_py()
    except UnicodeDecodeError:
        return None
    return text


def _choices(column: pa.Array, choices: set[str], text_code: Callable[[str], int]) -> Converted:
    kind = column.type
    if not is_text(kind):
        raise NotConvertible("column-type", Both("texts", "文本"))
    if not pa.types.is_dictionary(kind):
        if pa.types.is_string_view(kind):
            column = column.cast(pa.large_string())
        column = column.dictionary_encode()
    texts = [_text(value) for value in column.dictionary]
    codes = np.array([text_code(text) if text in choices else NOT_A_CHOICE for text in texts], np.int64)
    found = _memory(column.indices, column.indices.type.to_pandas_dtype())
    found = found.view(np.int64) if found.dtype == np.uint64 else found  # arrays are not indexed with the latter
    is_none = _stand_for(found, codes, text_code("none")) if "none" in choices else None
    return Converted(found, is_none=is_none, is_bad=_stand_for(found, codes, NOT_A_CHOICE), codes=codes)


def _stand_for(indices: Any, codes: NDArray[np.int64], code: int) -> NDArray[np.bool_] | None:
    """Where an index stands for a code, anything where a row is null; None where no index does."""
    stands = codes == code
    return stands.take(indices, mode="clip") if stands.any() else None
