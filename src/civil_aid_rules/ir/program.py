"""A compiled program: the rules of one program for one legal period, in evaluation order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.notices import Beside, Notices
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.types import Type
from civil_aid_rules.ir.values import Known
from civil_aid_rules.quantities.calendar import Period
from civil_aid_rules.source import SourceSpan


@dataclass(frozen=True, slots=True)
class Assumed:
    """The value that a rule takes when its own is unknown, and on whose authority."""

    value: Known
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its value for the record (`scope` "") or for each entry of `scope`."""

    key: str
    slot: int
    scope: str
    variables: int
    type: Type
    title: Bilingual
    say: Bilingual | None
    citations: tuple[Citation, ...]
    body: Node
    assumed: Assumed | None
    is_flag: bool
    choice_titles: tuple[tuple[str, Bilingual], ...]
    from_date: datetime.date
    at: SourceSpan
    digest: str
    layer: str | None
    hypothetical: bool
    note: Bilingual | None = None

    @property
    def name(self) -> str:
        """The name without its pack."""
        return self.key.partition(".")[2]


RelationKind = Literal["displaces", "stacks", "counts_as_income", "automatic", "settled_before"]


@dataclass(frozen=True, slots=True)
class Relation:
    """How a program stands to others; `when` is the slot of the yes/no rule that it holds by (None: always)."""

    id: str
    kind: RelationKind
    programs: tuple[str, ...]
    when: int | None
    say: Bilingual
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """Whether the prescribed steps are complete, by slot, and what is shown of them."""

    complete: int
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """The parameters that say after how many months an approval, a change or stop, and a death take effect."""

    approval: ParameterValue
    change: ParameterValue
    death: ParameterValue


@dataclass(frozen=True, slots=True)
class OnRoll:
    """How cases are held against a roll: the slot of the yes/no rule that says for whom the aid is, and by what law."""

    covers: int | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which rules are the result, by slot."""

    lines: str | None
    eligible: int
    payment: int | None
    beside: tuple[Beside, ...]
    flags: tuple[int, ...]
    procedure: Procedure | None = None
    relations: tuple[Relation, ...] = ()
    timing: Timing | None = None
    roll: OnRoll | None = None
    notices: Notices | None = None


@dataclass(frozen=True, slots=True)
class Overlaid:
    """One overlay that is part of a program: a jurisdiction's own values or a scenario.

    `unread` names what it sets of this program without any effect on the day decided.
    """

    name: str
    kind: str
    title: Bilingual
    notice: Bilingual | None
    digest: str
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepealedSource:
    """An instrument that rules or values still rest on although it is repealed from `day` on."""

    title: Bilingual
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that one evaluation needs; nothing is looked up while running."""

    id: str
    title: Bilingual
    record: str
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    valid: Period
    checked_through: datetime.date | None
    rules: tuple[Rule, ...]
    outcome: Outcome
    parameters: tuple[ParameterValue, ...]
    overlays: tuple[Overlaid, ...]
    repealed: tuple[RepealedSource, ...]
    packs: tuple[tuple[str, str], ...]
    digest: str

    def rule(self, name: str) -> Rule | None:
        """The rule called `name` (`pack.rule`, or `rule` of the program itself, else of a pack that it uses)."""
        wanted = name if "." in name else f"{self.id}.{name}"
        for rule in self.rules:
            if rule.key == wanted:
                return rule
        found = [rule for rule in self.rules if rule.name == name]
        return found[0] if len(found) == 1 else None
