"""What was decided about a household over time, and what was paid: facts as an agency records them."""

from __future__ import annotations

import datetime
from typing import Any, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.record import Part, Record

DecisionKind = Literal["approval", "change", "stop", "death"]
PaymentKind = Literal["regular", "arrears", "correction", "returned"]


class Decision(Part):
    """One decision on one program: from then on the household is as `record` says, or (stop, death) no longer paid.

    `happened_on` is the day of the event behind it, where there is one: a birth, a job, a death.
    """

    program: str
    kind: DecisionKind
    decided_on: Day
    happened_on: Day | None = None
    record: Record | None = None

    @model_validator(mode="after")
    def _says_what_holds(self) -> Self:
        if (self.record is None) == (self.kind in ("approval", "change")):
            raise PydanticCustomError("decision", "a record for an approval or change, and none for a stop or death")
        if self.kind == "death" and self.happened_on is None:
            raise PydanticCustomError("decision", "the day of death as happened_on")
        return self


class PaidItem(Part):
    """One payment: when, for which months (first and last), how much. A `returned` amount is taken off."""

    program: str
    paid_on: Day
    first_month: str
    last_month: str
    amount: Money
    kind: PaymentKind = "regular"


class History(Part):
    """The decisions on one household, in the order in which they were taken."""

    decisions: tuple[Decision, ...]

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs that were decided on, in order."""
        return tuple(dict.fromkeys(decision.program for decision in self.decisions))


def read_month(text: str) -> datetime.date | None:
    """The first day of a month written `2016-04`, or None."""
    if len(text) != 7 or text[4] != "-" or not text.isascii() or not text.replace("-", "", 1).isdigit():
        return None
    year, month = int(text[:4]), int(text[5:])
    return datetime.date(year, month, 1) if 1 <= month <= 12 and year >= 1900 else None


def next_month(month: datetime.date, count: int = 1) -> datetime.date:
    """The first day of the month so many months later."""
    place = month.year * 12 + month.month - 1 + count
    return datetime.date(place // 12, place % 12 + 1, 1)


def months_of(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Every month from one to the other, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def decision_of(data: dict[str, Any], record: Record | None) -> Decision:
    """A decision from its data, with its record read already."""
    return Decision.model_validate({**data, "record": record})
