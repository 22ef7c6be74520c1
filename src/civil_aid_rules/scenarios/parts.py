"""What a comparison is made of: its two sides, and the rule where they part."""

from __future__ import annotations

import datetime
from typing import Literal

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Part, Payment, Result, Status, UsedOverlay


class Side(Part):
    """One of the two results: which program and day, under which overlays, and what came out."""

    program: str
    title: Bilingual
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    overlays: tuple[UsedOverlay, ...]
    hypothetical: bool
    status: Status
    payment: Payment | None
    program_digest: str
    record_digest: str


class InputDifference(Part):
    """What the parting rule read and found different: a fact, a list (how many entries), a rule or a legal value.

    None is unknown.
    """

    kind: Literal["fact", "list", "rule", "parameter"]
    name: str
    title: Bilingual
    unit: str
    before: str | None
    after: str | None


class Taken(Part):
    """A case, exception, row or option that was taken, with what it says."""

    id: str
    text: Bilingual | None


class Parting(Part):
    """The first rule, in evaluation order, that the outcome rests on and whose value differs, with both values.

    `rule_changed`: the rule itself is another version or was replaced. `branches_…` are the cases, exceptions, rows and
    options taken. They and `inputs` are empty where a side was read back without its record; the parting is then the
    first of all rules that differ, as it is where nothing that the outcome rests on does.
    """

    rule: str
    title: Bilingual
    entry: str
    type: str
    before: str | None
    after: str | None
    only: Literal["before", "after"] | None
    rule_changed: bool
    branches_before: tuple[Taken, ...]
    branches_after: tuple[Taken, ...]
    inputs: tuple[InputDifference, ...]


def side_of(result: Result) -> Side:
    """A result as one side of a comparison."""
    return Side(
        program=result.program,
        title=result.title,
        on=result.on,
        known_on=result.known_on,
        jurisdiction=result.jurisdiction,
        overlays=result.identity.overlays,
        hypothetical=result.hypothetical,
        status=result.status,
        payment=result.payment,
        program_digest=result.identity.program,
        record_digest=result.record_digest,
    )
