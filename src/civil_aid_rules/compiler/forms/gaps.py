"""Exact analysis of decision tables: a combination that no row covers is a gap, one that two rows cover an overlap.

Columns count as independent. A column of numbers or days is cut at every limit that its cells name; between two limits
of a column of whole numbers (a count, an age, a day) there is something only where a whole number lies. A row that
compares with a parameter that is unset cannot be analysed: it may cover whatever its other cells allow.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    DecidedDay,
    Node,
    ParameterRead,
    Rank,
)
from civil_aid_rules.ir.types import DateType, NumberType, TextType, YesNoType
from civil_aid_rules.ir.values import NUMBER, UNKNOWN, Exact, Value
from civil_aid_rules.packs.models import DecisionBlock
from civil_aid_rules.quantities.numbers import exact_text

_POSSIBLE = Both("a cell that something can meet, or delete the row", "能够满足的条件，或删去此行")
_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a column's domain: a text, yes or no, a point, or the open run between two points (None: no end).

    `name` is the cell that it alone meets.
    """

    name: str
    low: Exact | None = None
    high: Exact | None = None
    choice: str | bool | None = None


Row = list[frozenset[int]]
"""For each column, the atoms that a row's cell covers."""


def check_decision(
    block: DecisionBlock, columns: Sequence[Typed], rows: Sequence[tuple[Node, ...]], scope: RuleScope
) -> tuple[int, ...]:
    """Report the gaps and overlaps of a `unique` table, and rows that never apply; returns the rows not analysed."""
    cells = _Cells(scope.context.on)
    unset = tuple(index for index, row in enumerate(rows) if not all(cells.is_set(cell) for cell in row))
    if block.hit == "collect":
        return unset
    points = [
        sorted(set[Exact]().union(*(cells.points(cell) for cell in column))) for column in zip(*rows, strict=True)
    ]
    domains = [_atoms(column, found) for column, found in zip(columns, points, strict=True)]
    covered = [[_covered(cell, domain, cells) for cell, domain in zip(row, domains, strict=True)] for row in rows]
    table = _Table(block, domains, covered, scope.problems)
    table.refuse_rows_that_never_apply()
    table.refuse_overlaps([index for index in range(len(covered)) if index not in unset])
    table.refuse_gap()
    return unset


@dataclass(frozen=True, slots=True)
class _Table:
    """A table by atoms."""

    block: DecisionBlock
    domains: list[list[Atom]]
    covered: list[Row]
    problems: list[Problem]

    def refuse_rows_that_never_apply(self) -> None:
        """A row with a cell that nothing meets."""
        for index, row in enumerate(self.covered):
            empty = next((column for column, atoms in enumerate(row) if not atoms), None)
            if empty is not None:
                found = f"{self.block.columns[empty]} {self.block.rows[index].when[empty]}"
                at = self.block.rows[index].at
                self.problems.append(problem("table-row-never", at, found=found, expected=_POSSIBLE, row=index + 1))

    def refuse_overlaps(self, rows: Sequence[int]) -> None:
        """Two rows whose cells have something in common in every column."""
        for one, other in combinations(rows, 2):
            both = [a & b for a, b in zip(self.covered[one], self.covered[other], strict=True)]
            if all(both):
                named = self.named([domain[min(atoms)].name for atoms, domain in zip(both, self.domains, strict=True)])
                numbers, at = f"{one + 1}, {other + 1}", self.block.rows[other].at
                self.problems.append(problem("table-overlap", at, found=numbers, expected=1, combination=named))

    def refuse_gap(self) -> None:
        """The first combination that no row covers."""
        search = _GapSearch(self.domains, self.covered)
        gap = search.find(tuple(range(len(self.covered))), 0)
        if search.steps > _MOST_STEPS:
            size = f"{len(self.covered)} × {len(self.domains)}"
            self.problems.append(problem("table-too-large", self.block.at, found=size, expected=_MOST_STEPS))
        elif gap is not None:
            wanted = f"{{when: [{', '.join(repr(cell) for cell in gap)}], then: …}}"
            self.problems.append(problem("table-gap", self.block.at, found=self.named(gap), expected=wanted))

    def named(self, combination: Sequence[str]) -> str:
        """A combination for people: `area = town, size < 3`."""
        pairs = zip(self.block.columns, combination, strict=True)
        return ", ".join(_met(column, cell) for column, cell in pairs if cell != "-") or "…"


def _met(column: str, cell: str) -> str:
    limits = cell.split(" and ")
    return " and ".join(f"{column} {limit}" if limit[0] in "<>=" else f"{column} = {limit}" for limit in limits)


class _GapSearch:
    """Looks for a gap column by column; rows that are left for several pieces of a column are looked at once."""

    def __init__(self, domains: list[list[Atom]], covered: list[Row]) -> None:
        self.domains = domains
        self.covered = covered
        self.without_gap: set[tuple[int, tuple[int, ...]]] = set()
        self.steps = 0

    def find(self, rows: tuple[int, ...], column: int) -> list[str] | None:
        """A combination of pieces, from `column` on, that none of the rows covers; None where they cover all."""
        if not rows:
            return [domain[0].name for domain in self.domains[column:]]
        if column == len(self.domains) or (column, rows) in self.without_gap or self.steps > _MOST_STEPS:
            return None
        for index, atom in enumerate(self.domains[column]):
            self.steps += 1
            left = tuple(row for row in rows if index in self.covered[row][column])
            gap = self.find(left, column + 1)
            if gap is not None:
                return [atom.name, *gap]
        self.without_gap.add((column, rows))
        return None


# --- cells -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cells:
    """Looks at the conditions that cells are, on the day decided."""

    on: datetime.date

    def limit(self, node: Node) -> Value:
        """What a cell compares with: a written value, a legal value, `on`. UNKNOWN: one that is unset."""
        match node:
            case Constant(value):
                return value
            case ParameterRead(parameter):
                return parameter.value
            case DecidedDay():
                return self.on
            case _:
                return UNKNOWN

    def point(self, node: Node) -> Exact | None:
        """The place on the line of numbers or days that a cell compares with."""
        value = self.limit(node)
        if isinstance(value, datetime.date):
            return value.toordinal()
        return value if isinstance(value, NUMBER) and not isinstance(value, bool) else None

    def points(self, cell: Node) -> set[Exact]:
        """All such places of a cell."""
        match cell:
            case Connective(operands=operands):
                return set[Exact]().union(*(self.points(operand) for operand in operands))
            case Comparison(right=right):
                point = self.point(right)
                return set() if point is None else {point}
            case _:
                return set()

    def is_set(self, cell: Node) -> bool:
        """Whether a cell compares only with values that are set."""
        match cell:
            case Connective(operands=operands):
                return all(self.is_set(operand) for operand in operands)
            case Comparison(right=right):
                return self.limit(right) is not UNKNOWN
            case _:
                return True

    def holds(self, cell: Node, atom: Atom) -> bool:
        """Whether a cell's condition holds on the whole of an atom; one on a value that is unset may."""
        match cell:
            case Constant(value):
                return bool(value)
            case Connective(operator=operator, operands=operands):
                results = [self.holds(operand, atom) for operand in operands]
                return all(results) if operator == "and" else any(results)
            case Comparison(operator=operator, right=right):
                limit, point = self.limit(right), self.point(right)
                if limit is UNKNOWN:
                    return True
                if atom.choice is not None:
                    return (atom.choice == limit) == (operator == "==")
                return point is not None and _point_holds(operator, point, atom)
            case _:
                return False


def _point_holds(operator: str, limit: Exact, atom: Atom) -> bool:
    point = atom.low is not None and atom.low == atom.high
    below = atom.high is not None and (atom.high < limit or (atom.high == limit and not point))
    above = atom.low is not None and (atom.low > limit or (atom.low == limit and not point))
    equal = point and atom.low == limit
    return {"<": below, "<=": below or equal, ">": above, ">=": above or equal, "==": equal, "!=": not equal}[operator]


# --- domains ---------------------------------------------------------------------------------------------------------


def _covered(cell: Node, domain: Sequence[Atom], cells: _Cells) -> frozenset[int]:
    """The atoms of its column that a cell covers."""
    return frozenset(index for index, atom in enumerate(domain) if cells.holds(cell, atom))


def _atoms(column: Typed, points: list[Exact]) -> list[Atom]:
    """The pieces that a column's domain falls into."""
    match column.type:
        case YesNoType():
            return [Atom("yes", choice=True), Atom("no", choice=False)]
        case TextType(choices):
            return [Atom(choice, choice=choice) for choice in choices]
        case NumberType():
            return _runs(points, [exact_text(point) for point in points], whole=_is_whole(column.node))
        case DateType():
            names = [datetime.date.fromordinal(int(point)).isoformat() for point in points]
            return _runs(points, names, whole=True)
        case _:
            return [Atom("-")]


def _runs(points: list[Exact], names: list[str], *, whole: bool) -> list[Atom]:
    """The points, the runs between them and those beyond."""
    if not points:
        return [Atom("-")]
    atoms = [Atom(f"< {names[0]}", high=points[0])]
    for index, point in enumerate(points):
        atoms.append(Atom(f"== {names[index]}", low=point, high=point))
        following = points[index + 1] if index + 1 < len(points) else None
        if following is None:
            atoms.append(Atom(f"> {names[index]}", low=point))
        elif not whole or point // 1 + 1 < following:
            atoms.append(Atom(f"> {names[index]} and < {names[index + 1]}", low=point, high=following))
    return atoms


def _is_whole(node: Node) -> bool:
    """Whether a column has whole numbers only."""
    match node:
        case Aggregate(function="count") | Rank():
            return True
        case DateFunction(function=name):
            return name in ("age", "months_between")
        case _:
            return False
