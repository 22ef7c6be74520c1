"""The rows that values are worked out for: records, the entries of a list, or pairs of a row and an entry."""

from __future__ import annotations

from dataclasses import dataclass, field

from civil_aid_rules.backends.columnar.code import Code
from civil_aid_rules.backends.columnar.values import Register
from civil_aid_rules.backends.python_source.passes import depth, parent
from civil_aid_rules.ir.scaled import ListRead


@dataclass(frozen=True, slots=True)
class Level:
    """Rows, each standing for an entry by each variable: `bound` has (variable, path of its list).

    `own`: the rows are the entries of that list (or the records), else pairs made by `Levels.within`.
    """

    name: str
    bound: tuple[tuple[int, str], ...]
    own: str | None

    def scope(self, variable: int) -> str:
        """The list whose entry a variable stands for."""
        return dict(self.bound)[variable]


@dataclass(slots=True)
class Levels:
    """The levels of one program, and where the row of another level is that a row belongs to."""

    code: Code
    scopes: tuple[str, ...]
    indexes: dict[tuple[str, int], Register | None] = field(default_factory=dict)
    pairs: dict[tuple[str, ListRead, int], tuple[Level, Register]] = field(default_factory=dict)

    def of(self, scope: str) -> Level:
        """The entries of a list."""
        steps = scope.split(".") if scope else []
        bound = tuple((place, ".".join(steps[:place])) for place in range(len(steps) + 1))
        return Level(self.number(scope), bound, scope)

    def number(self, scope: str) -> str:
        """The name of a list's rows in the source."""
        return str(self.scopes.index(scope))

    def index(self, level: Level, variable: int) -> Register | None:
        """For each row the place of the entry that a variable stands for; None: it is the row itself."""
        key = (level.name, variable)
        if key not in self.indexes:
            self.indexes[key] = self._index(level, variable)
        return self.indexes[key]

    def _index(self, level: Level, variable: int) -> Register | None:
        assert level.own is not None
        if variable == depth(level.own):
            return None
        above = self.of(parent(level.own))
        owner = self.code.fresh("owners", level.name, self.offsets(level.own))
        further = self.index(above, variable)
        return owner if further is None else self.code.fresh("take", level.name, further, owner)

    def offsets(self, scope: str) -> str:
        """The name of a list's offsets: where the entries of each row above begin."""
        return f"offsets_{self.number(scope)}"

    def within(self, level: Level, entries: ListRead, variable: int) -> tuple[Level, Register | str]:
        """A row for each entry of a list, bound to a variable, and where those of each row above begin."""
        at = level.own is not None and entries.variable == depth(level.own)
        if at and variable == entries.variable + 1:
            return self.of(entries.scope), self.offsets(entries.scope)
        key = (level.name, entries, variable)
        if key not in self.pairs:
            made = Level(f"p{len(self.pairs)}", (*level.bound, (variable, entries.scope)), None)
            self.code.expanded.add(made.name)
            row = self.index(level, entries.variable)
            rows: Register | str = self.code.size(level.name) if row is None else row
            offsets, owner, entry, self.code.sizes[made.name] = self.code.several(
                "pairs", ("fresh", "fresh", "fresh", "fresh"), made.name, self.offsets(entries.scope), rows
            )
            self.indexes[made.name, variable] = entry
            for outer in dict(level.bound).keys() - {variable}:
                further = self.index(level, outer)
                self.indexes[made.name, outer] = (
                    owner if further is None else self.code.fresh("take", made.name, further, owner)
                )
            self.indexes[made.name, -1] = owner
            self.pairs[key] = (made, offsets)
        return self.pairs[key]

    def owner(self, level: Level, outer: Level) -> Register:
        """For each row of a list's entries the row above it that it was made for."""
        found = self.index(level, -1) if level.own is None else self.index(level, depth(outer.own or ""))
        assert found is not None
        return found
