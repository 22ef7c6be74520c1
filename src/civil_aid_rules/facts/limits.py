"""Within which bounds a fact lies, by its type in the record model: what a record refuses cannot occur."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic.fields import FieldInfo

from civil_aid_rules.quantities.money import Money
from civil_aid_rules.records.structure import MOST_DIGITS

MOST_FEN = 10**12
_NOT_BELOW_ZERO = get_args(Money)[1]


@dataclass(frozen=True, slots=True)
class Limits:
    """The fact times `scale` is a whole number from `least` to `most`; days count from 0001-01-01 = 1."""

    scale: int
    least: int
    most: int


def limits_of(alternatives: Sequence[Any], markers: Sequence[Any]) -> Limits:
    """The limits of a field of a record model, given its plain types and what stands in its `Annotated`."""
    found = alternatives[0] if len(alternatives) == 1 else None
    if found is Decimal:
        return Limits(100, 0 if _NOT_BELOW_ZERO in markers else -MOST_FEN, MOST_FEN)
    if found is int:
        most = 10**MOST_DIGITS - 1
        held = list(_constraints(markers))
        least = max([-most, *(item.ge for item in held if hasattr(item, "ge"))])
        return Limits(1, least, min([most, *(item.le for item in held if hasattr(item, "le"))]))
    if found is datetime.date:
        return Limits(1, datetime.date(1900, 1, 1).toordinal(), datetime.date(2999, 12, 31).toordinal())
    return Limits(1, 0, 1)


def _constraints(markers: Sequence[Any]) -> Iterator[Any]:
    for marker in markers:
        yield from marker.metadata if isinstance(marker, FieldInfo) else [marker]
