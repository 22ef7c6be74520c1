"""What can be read at a point of the function, under which name, and what loops must unpack for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from civil_aid_rules.backends.python_source.layout import EntryShape
from civil_aid_rules.backends.python_source.passes import Item, parent
from civil_aid_rules.backends.python_source.writer import Code, Writer
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.scaled import ScaledRule
from civil_aid_rules.ir.values import UNKNOWN

Part = tuple[Item, str]
"""An item and which part of it: `value`, `divisor`, `assumed`."""

FactKey = tuple[int, str, "int | str"]
"""The variable and list of an entry, and what is read of it: a fact by slot, a list by path, `place`."""

PLACE = "place"
GROUPS = "(groups)"
"""What is read of an entry beside facts and lists: its place, and the tuple of the facts of groups."""


@dataclass(slots=True)
class Rows:
    """The values of one pass over a list: a tuple for each entry, in the order of the entries."""

    name: str
    scope: str
    parts: list[Part]
    codes: list[Code]

    def place(self, part: Part) -> int:
        """The index in each tuple."""
        return self.parts.index(part)

    def code(self, part: Part) -> Code:
        """What stood there."""
        return self.codes[self.place(part)]


@dataclass(slots=True)
class Known:
    """Names for what is read. `here` is what has been worked out for this entry and those above it.

    `used` are the facts that the loop around this point must unpack, `loaded` the values of earlier passes, `opened`
    the facts of groups that the block around this point must take out of their tuple.
    """

    writer: Writer
    vocabulary: Vocabulary
    shapes: dict[str, EntryShape]
    rules: tuple[ScaledRule, ...]
    here: dict[Part, Code] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    used: set[FactKey] = field(default_factory=set)
    loaded: dict[Part, Code] = field(default_factory=dict)
    opened: set[tuple[int, str, int]] = field(default_factory=set)
    fact_names: dict[FactKey, str] = field(default_factory=dict)
    load_names: dict[Part, str] = field(default_factory=dict)

    def stored(self, part: Part) -> Rows | None:
        """The rows that hold a value, if an earlier pass worked it out."""
        return next((rows for rows in self.rows if part in rows.parts), None)

    def part(self, part: Part) -> Code:
        """A value of this entry or of one above it."""
        if part in self.here:
            return self.here[part]
        rows = self.stored(part)
        assert rows is not None, part
        if part not in self.load_names:
            item = part[0]
            self.load_names[part] = self.writer.names.of(short_name(self.rules[item]) if isinstance(item, int) else "v")
        found = Code(self.load_names[part], rows.code(part).open)
        self.loaded[part] = found
        return found

    def fact(self, variable: int, scope: str, slot: int) -> Code:
        """A fact of an entry."""
        field_ = list(self.vocabulary.scopes[scope].facts.values())[slot]
        absent = (field_.absent, *(absent for _, absent in field_.within))
        if slot in self.shapes[scope].grouped:
            self.groups(variable, scope)
            self.opened.add((variable, scope, slot))
        return Code(self.name((variable, scope, slot), field_.name), UNKNOWN in absent)

    def groups(self, variable: int, scope: str) -> str:
        """The tuple of the facts of an entry's groups."""
        return self.name((variable, scope, GROUPS), "groups")

    def openings(self, only: int | None = None) -> list[str]:
        """Statements that take the facts of groups out of their tuples, for one entry or for all."""
        found = []
        for variable, scope in sorted({key[:2] for key in self.opened if only in (None, key[0])}):
            slots, groups = self.shapes[scope].grouped, self.groups(variable, scope)
            names = {
                slot: self.fact_names[variable, scope, slot] for slot in slots if (variable, scope, slot) in self.opened
            }
            if len(names) * 4 < len(slots):
                found += [f"{name} = {groups}[{slots.index(slot)}]" for slot, name in names.items()]
            else:
                found.append(f"{', '.join(names.get(slot, '_') for slot in slots)}, = {groups}")
        self.opened = {key for key in self.opened if only not in (None, key[0])}
        return found

    def entries(self, variable: int, scope: str) -> str:
        """A list of an entry."""
        return self.name((variable, parent(scope), scope), scope.rpartition(".")[2], plain=True)

    def place(self, variable: int, scope: str) -> str:
        """The place of an entry among all of its path."""
        return self.name((variable, scope, PLACE), PLACE)

    def name(self, key: FactKey, wanted: str, *, plain: bool = False) -> str:
        """The name that the loop around gives to what is read."""
        self.used.add(key)
        if key not in self.fact_names:
            lead = "" if plain or not key[1] else f"{key[1].rpartition('.')[2]}_"
            self.fact_names[key] = self.writer.names.of(f"{lead}{wanted}")
        return self.fact_names[key]

    def unpacked(self, variable: int, scope: str) -> list[str]:
        """The names for an entry's tuple, `_` for what is not read."""
        shape = self.shapes[scope]
        keys: list[FactKey] = [(variable, scope, PLACE), *((variable, scope, slot) for slot in shape.facts)]
        keys += [(variable, scope, GROUPS)] if shape.grouped else []
        keys += [(variable, scope, child) for child in shape.lists]
        return [self.fact_names[key] if key in self.used else "_" for key in keys]


def short_name(rule: ScaledRule) -> str:
    """The rule's name without its pack."""
    return rule.name.rpartition(".")[2]
