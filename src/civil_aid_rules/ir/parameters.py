"""One dated legal value as a compiled program holds it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.types import Type
from civil_aid_rules.ir.values import UNKNOWN, Exact, Value
from civil_aid_rules.quantities.working_days import WorkingCalendar
from civil_aid_rules.source import SourceSpan


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by whole number or choice. Past the last whole number: the last row, undefined, or so much more per step."""

    rows: tuple[tuple[int | str, Exact], ...]
    past_end: Literal["last", "undefined"] | Exact = "undefined"


@dataclass(frozen=True, slots=True)
class Bands:
    """Lump-sum bands: (below, amount) in rising order, then the amount of the rest."""

    bands: tuple[tuple[Exact, Exact], ...]
    rest: Exact | None


@dataclass(frozen=True, slots=True)
class Scale:
    """Graduated brackets: (above, rate) in rising order."""

    brackets: tuple[tuple[Exact, Exact], ...]


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A parameter's value on a day: what it is, from when, published when, on whose authority.

    `value` is UNKNOWN where the parameter is declared but unset. `frozen_on` is the day of a `value_on` (last year's
    standard).
    `citations` are of the value; its first day, the day it was published and its unit may each have their own.
    `layer` names the overlay that set it; `hypothetical` says that this overlay is a scenario.
    """

    key: str
    title: Bilingual
    type: Type
    value: Value
    shape: Table | Bands | Scale | WorkingCalendar | None
    from_date: datetime.date
    until: datetime.date | None
    published: datetime.date
    citations: tuple[Citation, ...]
    unit_citations: tuple[Citation, ...]
    choice_titles: tuple[tuple[str, Bilingual], ...]
    set_by: tuple[str, ...]
    at: SourceSpan
    digest: str
    layer: str | None
    hypothetical: bool
    frozen_on: datetime.date | None
    note: Bilingual | None
    from_citations: tuple[Citation, ...] = ()
    published_citations: tuple[Citation, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether there is a value, or rows."""
        return self.shape is not None or self.value is not UNKNOWN
