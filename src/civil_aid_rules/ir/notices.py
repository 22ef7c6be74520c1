"""What a compiled program knows of notices: words, sources, the values shown, and which papers supply which facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.types import Type

NoticeKind = Literal["approval", "refusal", "change", "stop", "missing", "public"]
PublicField = Literal["addressee", "people", "count", "amount"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A value that the pack shows beside a result, or on a notice."""

    label: str
    title: Bilingual
    type: Type
    node: Node
    variables: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its sources."""

    text: Bilingual
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Title and first sentence of a notice."""

    title: Bilingual
    say: Bilingual


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the paths of the facts and lists that it supplies; `by_office`: the office looks them up itself."""

    title: Bilingual
    supplies: tuple[str, ...]
    by_office: bool


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """One kind of notice. `wording`: one, or (a change) for more and for less; `flags` are rules by slot.

    `decided_on` is where the record states the day of this decision.
    `fields` of a public notice are all that it may show, each with its name.
    """

    kind: NoticeKind
    wording: tuple[Wording, ...]
    citations: tuple[Citation, ...]
    office: Bilingual | None
    decided_on: Beside | None = None
    shown: tuple[Beside, ...] = ()
    flags: tuple[int, ...] = ()
    also: tuple[Said, ...] = ()
    remedies: tuple[Said, ...] = ()
    fields: tuple[tuple[PublicField, Bilingual], ...] = ()


@dataclass(frozen=True, slots=True)
class Notices:
    """All that a program's notices need.

    `people` is the slot of the yes/no rule that says, for each entry of a list, who is covered; `received_on` is where
    the record states when the application was accepted.
    """

    people: int | None
    received_on: Beside | None
    papers: tuple[Paper, ...]
    forms: tuple[NoticeForm, ...]

    def form(self, kind: str) -> NoticeForm | None:
        """The form of one kind."""
        return next((form for form in self.forms if form.kind == kind), None)
