"""What a program is compiled for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from civil_aid_rules.packs.models import OverlayBlock


@dataclass(frozen=True, slots=True)
class Request:
    """A program, on a day, as known on a day, in a jurisdiction, under overlays."""

    program: str
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    overlays: tuple[OverlayBlock, ...]
