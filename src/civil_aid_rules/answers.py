"""Answers over many programs or many months: data like a result, that explains itself in words.

Their JSON is that of the data alone, and reads back as an equal answer; that one still explains itself, without the
sums behind each amount, which need the record.
"""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import PrivateAttr

from civil_aid_rules.caseload.over_time.arrears import ArrearsResult
from civil_aid_rules.caseload.over_time.schedule import ScheduleResult
from civil_aid_rules.citations import Language
from civil_aid_rules.determination import Determination, Format, without_record
from civil_aid_rules.determinations.entitlements import EntitlementsResult
from civil_aid_rules.determinations.result import Part

if TYPE_CHECKING:
    from civil_aid_rules.render.blocks import Outline

ByMonth = Mapping[tuple[str, datetime.date], Determination]


class _Answer(Part):
    """What all answers can do. Equal to another answer, or to its data, when all fields are."""

    @abstractmethod
    def _outline(self) -> Outline:
        """What is said, before it is printed in a language and a format."""

    def explain(self, *, language: Language = "en", format: Format = "text") -> str:
        """The answer in words, line by line with what each rests on.

        `language` is "en" or "zh"; `format` is "text", "markdown" or "html" (self-contained, escaped). Names and
        document numbers of persons never appear.
        """
        from civil_aid_rules.render import printed

        return printed(self._outline(), language=language, format=format)

    def to_json(self, *, indent: int | None = None) -> str:
        """The answer as JSON, amounts as exact text; the class's `model_validate_json` reads back an equal one."""
        return self.model_dump_json(indent=indent)

    def _repr_html_(self) -> str:
        from civil_aid_rules.render import fragment

        return fragment(self._outline())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return super().__hash__()

    def __str__(self) -> str:
        return repr(self)


class Entitlements(_Answer, EntitlementsResult):
    """Every program for one record on one day: what each decides, how they stand to one another, what it comes to.

    Explained: each program with its decision and why, what displaces, stacks and is automatic, totals, what is open.
    """

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

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per program, or per line of it, for tables: texts, amounts exact."""
        return [row for result in self.results.values() for row in result.to_records()]

    def _outline(self) -> Outline:
        from civil_aid_rules.render.entitlements import entitlements_outline

        evaluated = {name: made.evaluation for name, made in (self._determinations or {}).items()}
        return entitlements_outline(self, evaluated)

    def __repr__(self) -> str:
        return f"<Entitlements on {self.on}: {', '.join(self.results)}>"


class Schedule(_Answer, ScheduleResult):
    """What each month entitles to, by the decisions of a history.

    Explained: each decision with the month from which it holds, each month with its amount, late exits, the totals.
    """

    _determinations: ByMonth | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, result: ScheduleResult, determinations: ByMonth) -> Schedule:
        """The answer with the determinations behind its months."""
        made = cls(**_fields(result))
        made._determinations = dict(determinations)
        return made

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

    def __repr__(self) -> str:
        return f"<Schedule {self.from_month:%Y-%m} to {self.to_month:%Y-%m}: {_shown(self.totals)}>"


class Arrears(_Answer, ArrearsResult):
    """What is owed for each month: what was due, less what was paid, never below zero.

    Explained: each month with what was due, paid and is owed, and why; the payments; the totals.
    """

    _determinations: ByMonth | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, result: ArrearsResult, determinations: ByMonth) -> Arrears:
        """The answer with the determinations behind its months."""
        made = cls(**_fields(result))
        made._determinations = dict(determinations)
        return made

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

    def __repr__(self) -> str:
        return f"<Arrears {self.from_month:%Y-%m} to {self.to_month:%Y-%m}: {_shown(self.totals)}>"


def _fields(answer: Part) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in type(answer).model_fields}


def _shown(totals: Mapping[str, str | None]) -> str:
    return ", ".join(f"{program} {'?' if total is None else total}" for program, total in totals.items())
