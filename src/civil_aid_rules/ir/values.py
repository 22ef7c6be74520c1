"""The values that facts and rules can have: known ones, `NONE` (known to be none) and `UNKNOWN`.

Numbers are exact: whole numbers are `int`, all others `Fraction`; a Fraction with denominator 1 never occurs (`exact`).
"""

from __future__ import annotations

import datetime
from enum import Enum
from fractions import Fraction
from typing import Final, Literal, NamedTuple


class Special(Enum):
    """The two values that are no quantity: not known, and known to be none."""

    UNKNOWN = "unknown"
    NONE = "none"

    def __repr__(self) -> str:
        return self.value


UNKNOWN: Final = Special.UNKNOWN
NONE: Final = Special.NONE


class ItemReference(NamedTuple):
    """One entry of a list: the list's path ("members", "members.income"), and its place among all of that path."""

    scope: str
    ordinal: int


Exact = int | Fraction
NUMBER: Final = (int, Fraction)
"""The classes of exact numbers, for `isinstance`."""
Known = bool | int | Fraction | datetime.date | str | ItemReference | Literal[Special.NONE]
Value = Known | Literal[Special.UNKNOWN]


def exact(number: Exact) -> Exact:
    """`number` as an int where it is whole."""
    return number.numerator if number.denominator == 1 else number
