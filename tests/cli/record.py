"""The record of the small rulebook that the command line is tested on."""

from __future__ import annotations

from typing import Annotated

from civil_aid_rules import Fact, Money, Private, Record


class Home(Record):
    """A home: its income, and how many rooms it has."""

    owner: Annotated[str | None, Private()] = None
    income: Annotated[Money | None, Fact(en="Income", zh="收入", unit="ISL/month")] = None
    rooms: Annotated[int | None, Fact(en="Rooms", zh="房间数")] = None
