"""Answers over many programs or many months: data like a result, that explains itself in words.

Their JSON is that of the data alone, and reads back as an equal answer; that one still explains itself, without the
sums behind each amount, which need the record.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import PrivateAttr

from civil_aid_rules.caseload.arrears import ArrearsResult
from civil_aid_rules.caseload.schedule import ScheduleResult
from civil_aid_rules.citations import Language
from civil_aid_rules.determination import Determination, Format, without_record
from civil_aid_rules.determinations.entitlements import EntitlementsResult
from civil_aid_rules.determinations.result import Part

if TYPE_CHECKING:
    from civil_aid_rules.render.blocks import Outline

ByMonth = Mapping[tuple[str, datetime.date], Determination]


class Entitlements(EntitlementsResult):
    """Every program for one record on one day: what each decides, how they stand to one another, what it comes to."""

    _determinations: dict[str, Determination] | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, result: EntitlementsResult, determinations: Mapping[str, Determination]) -> Entitlements:
        """The answer with the determinations behind it."""
        made = cls(**_fields(result))
        made._determinations = dict(determinations)
        return made

    @property
    def determinations(self) -> Mapping[str, Determination]:
        """The determination of each program. Raises ReceiptError for an answer read back from JSON."""
        if self._determinations is None:
            raise without_record()
        return self._determinations

    def explain(self, *, language: Language = "en", format: Format = "text") -> str:
        """Every program with its decision and why, what displaces, stacks and is automatic, the totals, what is open.

        `language` is "en" or "zh"; `format` is "text", "markdown" or "html" (self-contained, escaped).
        """
        from civil_aid_rules.render import printed

        return printed(self._outline(), language=language, format=format)

    def to_json(self, *, indent: int | None = None) -> str:
        """The answer as JSON; `Entitlements.model_validate_json` reads back an equal one."""
        return self.model_dump_json(indent=indent)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per program, or per line of it, for tables: texts, amounts exact."""
        return [row for result in self.results.values() for row in result.to_records()]

    def _outline(self) -> Outline:
        from civil_aid_rules.render.entitlements import entitlements_outline

        evaluated = {name: made.evaluation for name, made in (self._determinations or {}).items()}
        return entitlements_outline(self, evaluated)

    def _repr_html_(self) -> str:
        return _notebook(self._outline())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntitlementsResult) and _fields(self) == _fields(other)

    __hash__ = EntitlementsResult.__hash__

    def __repr__(self) -> str:
        return f"<Entitlements on {self.on}: {', '.join(self.results)}>"

    __str__ = __repr__


class Schedule(ScheduleResult):
    """What each month entitles to, by the decisions of a history."""

    _determinations: ByMonth | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, result: ScheduleResult, determinations: ByMonth) -> Schedule:
        """The answer with the determinations behind its months."""
        made = cls(**_fields(result))
        made._determinations = dict(determinations)
        return made

    def explain(self, *, language: Language = "en", format: Format = "text") -> str:
        """Each decision with the month from which it holds, each month with its amount, late exits, the totals.

        `language` is "en" or "zh"; `format` is "text", "markdown" or "html" (self-contained, escaped).
        """
        from civil_aid_rules.render import printed

        return printed(self._outline(), language=language, format=format)

    def to_json(self, *, indent: int | None = None) -> str:
        """The answer as JSON; `Schedule.model_validate_json` reads back an equal one."""
        return self.model_dump_json(indent=indent)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per program and month, for tables: texts, amounts exact."""
        return [
            {
                "program": item.program,
                "month": f"{item.month:%Y-%m}",
                "status": item.status,
                "due": item.due,
                "currency": item.currency,
                "decided_on": None if item.decided_on is None else item.decided_on.isoformat(),
                "late": "yes" if item.late else "no",
            }
            for item in self.months
        ]

    def _outline(self) -> Outline:
        from civil_aid_rules.render.schedule import schedule_outline

        return schedule_outline(self, {key: made.evaluation for key, made in (self._determinations or {}).items()})

    def _repr_html_(self) -> str:
        return _notebook(self._outline())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ScheduleResult) and _fields(self) == _fields(other)

    __hash__ = ScheduleResult.__hash__

    def __repr__(self) -> str:
        return f"<Schedule {self.from_month:%Y-%m} to {self.to_month:%Y-%m}: {_shown(self.totals)}>"

    __str__ = __repr__


class Arrears(ArrearsResult):
    """What is owed for each month: what was due, less what was paid, never below zero."""

    _determinations: ByMonth | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, result: ArrearsResult, determinations: ByMonth) -> Arrears:
        """The answer with the determinations behind its months."""
        made = cls(**_fields(result))
        made._determinations = dict(determinations)
        return made

    def explain(self, *, language: Language = "en", format: Format = "text") -> str:
        """Each month with what was due, paid and is owed, and why; the payments; the totals.

        `language` is "en" or "zh"; `format` is "text", "markdown" or "html" (self-contained, escaped).
        """
        from civil_aid_rules.render import printed

        return printed(self._outline(), language=language, format=format)

    def to_json(self, *, indent: int | None = None) -> str:
        """The answer as JSON; `Arrears.model_validate_json` reads back an equal one."""
        return self.model_dump_json(indent=indent)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per program and month, for tables: texts, amounts exact."""
        return [
            {
                "program": line.program,
                "month": f"{line.month:%Y-%m}",
                "due": line.due,
                "paid": line.paid,
                "owed": line.owed,
                "beyond": line.beyond,
                "currency": line.currency,
            }
            for line in self.lines
        ]

    def _outline(self) -> Outline:
        from civil_aid_rules.render.arrears import arrears_outline

        return arrears_outline(self, {key: made.evaluation for key, made in (self._determinations or {}).items()})

    def _repr_html_(self) -> str:
        return _notebook(self._outline())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArrearsResult) and _fields(self) == _fields(other)

    __hash__ = ArrearsResult.__hash__

    def __repr__(self) -> str:
        return f"<Arrears {self.from_month:%Y-%m} to {self.to_month:%Y-%m}: {_shown(self.totals)}>"

    __str__ = __repr__


def _fields(answer: Part) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in type(answer).model_fields}


def _shown(totals: Mapping[str, str | None]) -> str:
    return ", ".join(f"{program} {'?' if total is None else total}" for program, total in totals.items())


def _notebook(outline: Outline) -> str:
    from civil_aid_rules.render import fragment

    return fragment(outline)
