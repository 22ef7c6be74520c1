"""The types of values: numbers with a unit, yes/no, dates, texts, and entries of a list (persons, claims)."""

from __future__ import annotations

from dataclasses import dataclass

from civil_aid_rules.quantities.units import Unit


@dataclass(frozen=True, slots=True)
class NumberType:
    """An exact number with a unit; `Unit()` is a plain number or a rate."""

    unit: Unit

    def __str__(self) -> str:
        return str(self.unit)


@dataclass(frozen=True, slots=True)
class YesNoType:
    """Yes or no."""

    def __str__(self) -> str:
        return "yes_no"


@dataclass(frozen=True, slots=True)
class DateType:
    """A day."""

    def __str__(self) -> str:
        return "date"


@dataclass(frozen=True, slots=True)
class TextType:
    """One of a closed set of texts; an empty set means any text (only comparable for equality)."""

    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "choice" if self.choices else "text"


@dataclass(frozen=True, slots=True)
class ItemType:
    """An entry of the list at `scope` ("members", "members.income")."""

    scope: str

    def __str__(self) -> str:
        return f"an entry of {self.scope}"


@dataclass(frozen=True, slots=True)
class GroupType:
    """A group of facts that is there or known to be none (a disability, an award); may only be compared with `none`."""

    def __str__(self) -> str:
        return "group"


Type = NumberType | YesNoType | DateType | TextType | ItemType | GroupType
