"""What payments settle of what is due, in whole fen. Together as much as can be: no month of a payment goes without
what that payment, or another in its place, has beyond the due of another month."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from civil_aid_rules.caseload.over_time.equal_parts import equal_parts

Fen = int


class Portions:
    """One sum for a run of months, and what of it falls to each; a sum that was returned is below zero."""

    def __init__(self, months: Sequence[datetime.date], amount: Fen) -> None:
        self.months = months
        self.amount = amount
        self.parts: dict[datetime.date, Fen] = dict.fromkeys(months, 0)

    def can_move(self, source: datetime.date, target: datetime.date) -> Fen:
        """How much can fall to one month in place of another: of a returned sum, as much as the target bears of it."""
        return self.parts[source] if self.amount >= 0 else -self.parts[target]


class Settlement:
    """The months of one program, with what is due (in fen; what is not known counts as 0) and what has been paid."""

    def __init__(self, due: Mapping[datetime.date, Fen]) -> None:
        self.due = due
        self.paid: dict[datetime.date, Fen] = dict.fromkeys(due, 0)
        self.movable: list[Portions] = []

    def lacking(self, month: datetime.date) -> Fen:
        """What the month still lacks."""
        return max(0, self.due[month] - self.paid[month])

    def pay(self, one: Portions) -> None:
        """In equal parts, but to no month more than it lacks while another of its months lacks something."""
        rooms = [self.lacking(month) for month in one.months]
        self._place(one, equal_parts(one.amount, rooms))

    def pay_oldest_first(self, one: Portions) -> None:
        """To the oldest month that lacks something; what is left falls to the last month."""
        left = one.amount
        parts = []
        for month in one.months:
            parts.append(min(left, self.lacking(month)))
            left -= parts[-1]
        parts[-1] += left
        self._place(one, parts)

    def take_back(self, one: Portions) -> None:
        """In equal parts, but from no month more than was paid for it while more was paid for another."""
        rooms = [max(0, self.paid[month]) for month in one.months]
        self._place(one, [-part for part in equal_parts(-one.amount, rooms)])

    def _place(self, one: Portions, parts: Sequence[Fen]) -> None:
        if len(one.months) > 1:
            self.movable.append(one)
        for month, part in zip(one.months, parts, strict=True):
            one.parts[month] += part
            self.paid[month] += part

    # --- what one month has beyond its due, for another that lacks it ---------------------------------------------

    def level(self) -> None:
        """Move what a month has beyond its due to months that lack it, as far as the payments cover both.

        What is below zero comes first, and takes from what is due elsewhere where it must.
        """
        nothing = dict.fromkeys(self.due, 0)
        for wanted, kept in ((nothing, self.due), (nothing, nothing), (self.due, self.due)):
            for month in sorted(self.due):
                while self.paid[month] < wanted[month]:
                    way = self._way_to(month, kept)
                    if not way:
                        break
                    self._move(way, wanted[month] - self.paid[month], self.paid[way[-1][1]] - kept[way[-1][1]])

    def _way_to(self, month: datetime.date, kept: Mapping[datetime.date, Fen]) -> list[_Step]:
        """The shortest way from a month that has more than is to be kept; empty where there is none."""
        steps: dict[datetime.date, _Step] = {}
        reached = [month]
        for target in reached:
            for one in self.movable:
                if target not in one.parts:
                    continue
                for source in one.months:
                    if source in steps or source == month or not one.can_move(source, target):
                        continue
                    steps[source] = (one, source, target)
                    reached.append(source)
                    if self.paid[source] > kept[source]:
                        return _along(steps, source, month)
        return []

    def _move(self, way: Sequence[_Step], lacking: Fen, beyond: Fen) -> None:
        amount = min(lacking, beyond, *(one.can_move(source, target) for one, source, target in way))
        for one, source, target in way:
            one.parts[source] -= amount
            one.parts[target] += amount
            self.paid[source] -= amount
            self.paid[target] += amount


_Step = tuple[Portions, datetime.date, datetime.date]
"""A sum, the month from which a part of it is moved, and the month to which."""


def _along(steps: Mapping[datetime.date, _Step], source: datetime.date, month: datetime.date) -> list[_Step]:
    """The steps from the month to the source, the source last."""
    way: list[_Step] = []
    while source != month:
        way.append(steps[source])
        source = steps[source][2]
    return way[::-1]
