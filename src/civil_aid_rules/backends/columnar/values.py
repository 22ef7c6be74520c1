"""What a node becomes in columns: a name for an array of each part, or a constant where that is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ArrayKind = Literal["yes_no", "number", "day", "text", "fresh"]
"""`yes_no` and `number` stand in scratch arrays; `day` (of 1970), `text` (see Texts) and `fresh` are made by calls."""


@dataclass(frozen=True, slots=True)
class Register:
    """An array with one element for each row of a level, in the order in which they are worked out."""

    place: int
    kind: ArrayKind
    level: str

    @property
    def name(self) -> str:
        """Its name in the source."""
        return f"v{self.place}"


Mask = Register | bool
"""Yes or no for each row, or for all."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Where it holds, where it does not (None: where it does not hold it is no), where it is known to be none.

    `open`: masks outside of which it is known (None: nothing is said).
    """

    yes: Mask
    no: Mask | None
    none: Mask = False
    open: tuple[Mask, ...] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, day, code or place; where it is known (none counts as known); where it is known to be none."""

    n: Register | int
    known: Mask
    none: Mask = False


@dataclass(frozen=True, slots=True)
class Texts:
    """Which fact texts are of, that stand as indices of the column's dictionary; the codes of what they can be."""

    scope: str
    slot: int
    choices: tuple[int, ...]

    @property
    def codes(self) -> str:
        """In the source, the code that each index stands for."""
        return f"facts[{self.scope!r}, {self.slot}].codes"

    def indices_of(self, codes: tuple[int, ...]) -> str:
        """In the source, the indices that stand for some codes."""
        return f"columns.indices_of({self.scope!r}, {self.slot}, {codes!r})"


Argument = Register | int | str
"""A register, a number, or a name or expression of the source."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`name(arguments)` into one register or several. `is_elementwise`: it may write over what it reads."""

    outs: tuple[Register, ...]
    name: str
    arguments: tuple[Argument, ...]
    is_elementwise: bool


Held = Condition | Number
UNKNOWN_NUMBER = Number(0, False)
NONE_NUMBER = Number(0, True, True)


def as_condition(value: Held) -> Condition:
    """A value that is unknown or none as a condition."""
    if isinstance(value, Condition):
        return value
    return Condition(False, False, value.none)
