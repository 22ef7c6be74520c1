"""Which support each decision belongs to: from an approval where nothing is approved to the stop or death that ends it.

A death recorded late can be of a person whose support was stopped since and approved anew: it ends the support of its
own time, and not the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Said(NamedTuple):
    """What a decision on one program says, its days as `YYYY-MM-DD`, which compare as days do."""

    kind: str
    decided_on: str
    happened_on: str | None


class Belongs(NamedTuple):
    """The number of the support that a decision belongs to, from 0; None where nothing is approved.

    Of a death that could be of either of two supports, `approved_after` is the approval decided on after it.
    """

    support: int | None
    approved_after: str | None = None


@dataclass(slots=True)
class _Support:
    """The days of its approvals, and the day on which its end was decided on."""

    approved: list[str] = field(default_factory=list)
    ended: str | None = None


def supports_of(decisions: Sequence[Said]) -> list[Belongs]:
    """For each decision on one program, in the order given; they are taken in the order of their days."""
    supports: list[_Support] = []
    found: dict[int, Belongs] = {}
    for place, said in sorted(enumerate(decisions), key=lambda pair: pair[1].decided_on):
        is_open = bool(supports) and supports[-1].ended is None
        if said.kind not in ("change", "stop", "death"):
            if not is_open:
                supports.append(_Support())
            supports[-1].approved.append(said.decided_on)
            found[place] = Belongs(len(supports) - 1)
        elif not is_open:
            found[place] = Belongs(None)
        else:
            found[place] = _of_a_death(said, supports) if said.kind == "death" else Belongs(len(supports) - 1)
            if said.kind != "change" and found[place].support == len(supports) - 1:
                supports[-1].ended = said.decided_on
    return [found[place] for place in range(len(decisions))]


def _of_a_death(said: Said, supports: Sequence[_Support]) -> Belongs:
    """The last support, or the one of its time, where the last was approved only after the death."""
    day, last = said.happened_on or said.decided_on, len(supports) - 1
    if supports[last].approved[-1] <= day or supports[last].approved == [supports[0].approved[0]]:
        return Belongs(last)
    for place in range(last - 1, -1, -1):
        ended, approved = supports[place].ended, supports[place].approved
        if supports[last].approved[0] > day and approved[-1] <= day and ended is not None and day <= ended:
            return Belongs(place)
    return Belongs(last, next(approved for approved in supports[last].approved if approved > day))
