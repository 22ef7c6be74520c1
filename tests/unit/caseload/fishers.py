"""A coast of fishers, invented: aid by the month, a pension by the year that displaces it, a grant paid once, a ration.

Coast aid is line x people counted - income: the line is 100 until the end of 2011, and 120 from 2012, published on
2012-03-15. The keeper's pension is 600 a year for each person who kept a light, 50 a month; unset from 2013.
"""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from civil_aid_rules import Decision, Entry, Fact, Money, PaidItem, Part, Record, Rulebook

RULES = Path(__file__).parent / "fishers"


class Sailor(Part):
    """One of a crew."""

    id: str
    kept_a_light: Annotated[bool | None, Fact(en="Kept a light", zh="曾守灯塔")] = None
    pension_approved: Annotated[bool | None, Fact(en="Pension approved", zh="津贴已批准")] = None


class Crew(Record):
    """A crew, and what it earns together."""

    jurisdiction: str | None = None
    income: Annotated[Money | None, Fact(en="Income", zh="收入", unit="ISL/month")] = None
    hit_by_storm: Annotated[bool | None, Fact(en="Hit by a storm", zh="遭受风暴")] = None
    people: Annotated[list[Sailor] | None, Entry(en="People", zh="人员", unit="person", id="id")] = None


class Wreck(Record):
    """A wreck."""

    is_raised: Annotated[bool | None, Fact(en="Raised", zh="已打捞")] = None


@cache
def fishers() -> Rulebook:
    """The rulebook of the coast."""
    return Rulebook.load(RULES, records={"crew": Crew, "wreck": Wreck})


def crew(income: str = "50", people: int = 2, *, kept: int = 0, approved: int = 0, **more: Any) -> Crew:
    """A crew of so many people; the first so many kept a light, and have their pension approved."""
    listed = [
        {"id": f"p{place}", "kept_a_light": place <= kept, "pension_approved": place <= approved}
        for place in range(1, people + 1)
    ]
    return Crew.model_validate({"income": income, "hit_by_storm": False, "people": listed, **more})


def decided(
    kind: str, on: str, record: Record | None = None, happened: str | None = None, program: str = "coast_aid"
) -> Decision:
    """A decision."""
    return Decision.model_validate(
        {"program": program, "kind": kind, "decided_on": on, "happened_on": happened, "record": record}
    )


def payment(
    first: str, last: str, amount: str, *, on: str | None = None, kind: str = "regular", program: str = "coast_aid"
) -> PaidItem:
    """A payment; without a day, on the 10th of its last month."""
    return PaidItem.model_validate(
        {
            "program": program,
            "paid_on": datetime.date.fromisoformat(on or f"{last}-10"),
            "first_month": first,
            "last_month": last,
            "amount": amount,
            "kind": kind,
        }
    )
