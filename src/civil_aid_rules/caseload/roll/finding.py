"""What comes of holding a case against the roll: cover, keep, change, end, look at it, or leave it out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Literal, Self, get_args

from pydantic import model_validator

from civil_aid_rules.citations import Bilingual, Citation, Language
from civil_aid_rules.determinations.pages import Page, page_html, page_text
from civil_aid_rules.determinations.result import ExactText, Flag, Missing, Part, Reason, Status
from civil_aid_rules.errors import CivilAidError

Action = Literal["cover", "keep", "change", "end", "look", "stay_out"]
Remark = Literal[
    "ended_without_reason", "persons_differ", "no_record", "amount_not_known", "refusal_rests_on_unknown", "no_reason"
]
ACTIONS: tuple[Action, ...] = get_args(Action)


class RollRemark(Part):
    """Something beside the finding that a person should know. It changes nothing and accuses nobody."""

    kind: Remark
    text: Bilingual


class RollFinding(Part):
    """One case held against the roll on one day.

    `action` is what follows: `cover` (eligible, not on the roll), `keep`, `change` (the amount differs), `end` (on the
    roll, ineligible), `look` (not known: nobody is ended for it), `stay_out` (ineligible, not on the roll). `paid` and
    `due` are exact text per `period`, `difference` is due less paid. `reasons` are those that decided, with their
    articles: the written reason where support ends. `joined` are persons for whom the aid is and who are not approved,
    `left` those approved for whom it is not. `hypothetical`: a scenario stands over the rules, so it decides nothing.
    """

    case: str
    program: str
    title: Bilingual
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    action: Action
    status: Status | None
    paid: ExactText | None
    due: ExactText | None
    difference: ExactText | None
    period: Literal["day", "month", "year", "once"] | None
    currency: str | None
    since: datetime.date | None
    until: datetime.date | None
    joined: tuple[str, ...]
    left: tuple[str, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    flags: tuple[Flag, ...]
    remarks: tuple[RollRemark, ...]
    citations: tuple[Citation, ...]
    explanation: Bilingual
    hypothetical: bool
    record_digest: str | None
    rules_digest: str | None

    def text(self, language: Language = "en") -> str:
        """The finding in words, "en" or "zh"."""
        return page_text(self._page, language)

    def to_json(self, *, indent: int | None = None) -> str:
        """The finding as JSON; `RollFinding.model_validate_json` reads it back as an equal one."""
        return self.model_dump_json(indent=indent)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict, for tables: texts, amounts exact."""
        names = (
            "case",
            "program",
            "jurisdiction",
            "action",
            "status",
            "paid",
            "due",
            "difference",
            "period",
            "currency",
        )
        return [{**{name: getattr(self, name) for name in names}, "on": self.on.isoformat()}]

    @property
    def _page(self) -> Page:
        from civil_aid_rules.caseload.roll.words import finding_page

        return finding_page(self)

    def _repr_html_(self) -> str:
        return page_html(self._page, "en")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<RollFinding {self.case}: {self.action}>"


class RollCounts(Part):
    """How many cases came out how. Every case and every entry of the roll without a record is in exactly one count.

    `cases` is the sum of the actions and of `unreadable`; the last two count among them.
    """

    cases: int
    cover: int
    keep: int
    change: int
    end: int
    look: int
    stay_out: int
    unreadable: int
    without_record: int
    ended_without_reason: int

    @classmethod
    def of(cls, findings: Iterable[RollFinding | CivilAidError]) -> RollCounts:
        """Count findings, as they come from `compare_with_roll`."""
        counts: Counter[str] = Counter()
        for item in findings:
            counts["cases"] += 1
            if isinstance(item, RollFinding):
                counts[item.action] += 1
                counts.update(remark.kind for remark in item.remarks)
            else:
                counts["unreadable"] += 1
        renamed = {"without_record": "no_record"}
        return cls(**{name: counts[renamed.get(name, name)] for name in cls.model_fields})

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.cases != self.unreadable + sum(getattr(self, action) for action in ACTIONS):
            raise ValueError("the counts do not add up to the number of cases")
        return self

    def text(self, language: Language = "en") -> str:
        """The counts in words, "en" or "zh"."""
        from civil_aid_rules.caseload.roll.words import counts_page

        return page_text(counts_page(self), language)

    def __add__(self, other: RollCounts) -> RollCounts:
        names = type(self).model_fields
        return RollCounts(**{name: getattr(self, name) + getattr(other, name) for name in names})
