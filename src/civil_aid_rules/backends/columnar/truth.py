"""Where masks hold, as functions of a few others: what holds always, never, or where another does, is told.

A function is a decision over atoms in their order: where the atom holds one function, where not another. Equal
functions have the same number. Of a text with a closed set of choices each choice but the last is an atom: the text is
that one, given that it is none of those before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NEVER, ALWAYS = 0, 1
MOST_DECISIONS = 32
"""Functions with more decisions are not looked into: the work grows with the product of two."""

Atom = tuple[int, int]
_AFTER_ALL = (2**62, 0)


@dataclass(slots=True)
class Truth:
    """The functions met so far. `decisions`: atom, function where it does not hold, function where it does."""

    decisions: list[tuple[Atom, int, int]] = field(
        default_factory=lambda: [(_AFTER_ALL, NEVER, NEVER), (_AFTER_ALL, ALWAYS, ALWAYS)]
    )
    numbers: dict[tuple[Atom, int, int], int] = field(default_factory=dict)
    joined: dict[tuple[int, int], int] = field(default_factory=dict)
    opposites: dict[int, int] = field(default_factory=lambda: {NEVER: ALWAYS, ALWAYS: NEVER})
    small: dict[int, bool] = field(default_factory=dict)

    def atom(self, place: int, number: int = 0) -> int:
        """Something about which nothing else is said: a mask, or one question about a number."""
        return self._decision((place, number), NEVER, ALWAYS)

    def choice(self, place: int, holds: Sequence[bool]) -> int:
        """Whether a text is one of some choices: `holds` says of each choice whether it is."""
        found = int(holds[-1]) if holds else NEVER
        for number in range(len(holds) - 2, -1, -1):
            found = self._decision((place, number), found, int(holds[number]))
        return found

    def chosen(self, function: int, place: int, size: int) -> tuple[bool, ...] | None:
        """The opposite of `choice`; None where the function is not about that text alone."""
        holds = []
        for number in range(size):
            at = function
            while at not in (NEVER, ALWAYS):
                atom, low, high = self.decisions[at]
                if atom[0] != place:
                    return None
                at = high if atom[1] == number else low
            holds.append(at == ALWAYS)
        return tuple(holds)

    def both(self, one: int, other: int) -> int | None:
        """Where two functions hold; None where that is not looked into."""
        is_settled = one == other or not {one, other}.isdisjoint((NEVER, ALWAYS))
        return self._both(one, other) if is_settled or (self._is_small(one) and self._is_small(other)) else None

    def either(self, one: int, other: int) -> int | None:
        """Where one of two functions holds, likewise."""
        neither = self.both(self.opposite(one), self.opposite(other))
        return None if neither is None else self.opposite(neither)

    def opposite(self, one: int) -> int:
        """Where a function does not hold."""
        if one not in self.opposites:
            atom, low, high = self.decisions[one]
            found = self._decision(atom, self.opposite(low), self.opposite(high))
            self.opposites[one], self.opposites[found] = found, one
        return self.opposites[one]

    def place(self, function: int) -> int:
        """The mask or text that a function asks first."""
        return self.decisions[function][0][0]

    def _is_small(self, function: int) -> bool:
        if function not in self.small:
            found, waiting = {function}, [function]
            while waiting and len(found) <= MOST_DECISIONS:
                new = set(self.decisions[waiting.pop()][1:]) - found
                found |= new
                waiting += new
            self.small[function] = len(found) <= MOST_DECISIONS
        return self.small[function]

    def _both(self, one: int, other: int) -> int:
        if one == other or other == ALWAYS:
            return one
        if one == ALWAYS or NEVER in (one, other):
            return other if one == ALWAYS else NEVER
        key = (one, other) if one < other else (other, one)
        if key not in self.joined:
            atom = min(self.decisions[one][0], self.decisions[other][0])
            low = self._both(self._where(one, atom, 1), self._where(other, atom, 1))
            high = self._both(self._where(one, atom, 2), self._where(other, atom, 2))
            self.joined[key] = self._decision(atom, low, high)
        return self.joined[key]

    def _where(self, function: int, atom: Atom, side: int) -> int:
        decision = self.decisions[function]
        return function if decision[0] != atom else decision[1] if side == 1 else decision[2]

    def _decision(self, atom: Atom, low: int, high: int) -> int:
        if low == high:
            return low
        key = (atom, low, high)
        if key not in self.numbers:
            self.numbers[key] = len(self.decisions)
            self.decisions.append(key)
        return self.numbers[key]
