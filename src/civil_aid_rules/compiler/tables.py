"""Exact analysis of decision tables: a combination that no row covers is a gap, one that two rows cover an overlap.

Columns count as independent. A numeric column is cut at every limit that its cells name; between limits a value of an
integral column (a count, an age) exists only where a whole number lies. Rows that compare with a parameter that is unset, or
with anything that is not a constant, cannot be analysed and are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from civil_aid_rules.compiler.scope import Typed
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    Node,
    ParameterRead,
    Rank,
)
from civil_aid_rules.ir.types import NumberType, TextType, YesNoType
from civil_aid_rules.ir.values import UNKNOWN, Exact
from civil_aid_rules.packs.models import DecisionBlock
from civil_aid_rules.quantities.numbers import exact_text
from civil_aid_rules.source import SourceSpan

_POSSIBLE = Both("a cell that something can meet, or delete the row", "能够满足的条件，或删去此行")


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a column's domain: a text, yes or no, a number, or the open run between two numbers (None: no end).

    `name` is the cell that it alone meets.
    """

    name: str
    low: Exact | None = None
    high: Exact | None = None
    choice: str | bool | None = None


def check_decision(
    block: DecisionBlock,
    columns: Sequence[Typed],
    cells: Sequence[tuple[Node, ...]],
    places: Sequence[SourceSpan],
    problems: list[Problem],
) -> None:
    """Report every first gap and overlap of a `unique` table, and rows that can never apply."""
    if block.hit == "collect" or any(not _is_constant(cell) for row in cells for cell in row):
        return
    domains = [_atoms(column, [row[index] for row in cells]) for index, column in enumerate(columns)]
    covered = [
        [frozenset(i for i, atom in enumerate(domains[c]) if _holds(cell, atom)) for c, cell in enumerate(row)]
        for row in cells
    ]
    for row, atoms in enumerate(covered):
        if not all(atoms):
            problems.append(
                problem(
                    "table-row-never", places[row], found=_unmet(block, row, atoms), expected=_POSSIBLE, row=row + 1
                )
            )
    witness = _find(covered, domains, list(range(len(covered))), 0, [])
    if witness is None:
        return
    combination, rows = witness
    pairs = zip(block.columns, combination, strict=True)
    named = ", ".join(_met(column, cell) for column, cell in pairs if cell != "-") or "…"
    if not rows:
        wanted = f"{{when: [{', '.join(repr(cell) for cell in combination)}], then: …}}"
        problems.append(problem("table-gap", block.at, found=named, expected=wanted))
    else:
        numbers = ", ".join(str(row + 1) for row in rows)
        problems.append(problem("table-overlap", places[rows[-1]], found=numbers, expected=1, combination=named))


def _met(column: str, cell: str) -> str:
    """A cell as a condition on its column, for people: `area = town`, `size < 3`."""
    limits = cell.split(" and ")
    return " and ".join(f"{column} {limit}" if limit[0] in "<>=" else f"{column} = {limit}" for limit in limits)


def _unmet(block: DecisionBlock, row: int, atoms: Sequence[frozenset[int]]) -> str:
    """The first cell that nothing meets."""
    column = next(index for index, met in enumerate(atoms) if not met)
    return f"{block.columns[column]} {block.rows[row].when[column]}"


def _find(
    covered: list[list[frozenset[int]]], domains: list[list[Atom]], rows: list[int], column: int, chosen: list[str]
) -> tuple[list[str], list[int]] | None:
    """The first combination of atoms that no row, or more than one row, covers."""
    if not rows:
        return [*chosen, *(domain[0].name if domain else "" for domain in domains[column:])], []
    if column == len(domains):
        return None if len(rows) == 1 else (chosen, rows)
    seen: set[tuple[int, ...]] = set()
    for index, atom in enumerate(domains[column]):
        left = [row for row in rows if index in covered[row][column]]
        if tuple(left) not in seen:
            seen.add(tuple(left))
            witness = _find(covered, domains, left, column + 1, [*chosen, atom.name])
            if witness is not None:
                return witness
    return None


def _is_constant(cell: Node) -> bool:
    match cell:
        case Constant():
            return True
        case Connective(operands=operands):
            return all(_is_constant(operand) for operand in operands)
        case Comparison(right=right):
            return _limit(right) is not None
        case _:
            return False


def _limit(node: Node) -> Exact | str | bool | None:
    """The constant that a cell compares with."""
    value = (
        node.value
        if isinstance(node, Constant)
        else node.parameter.value
        if isinstance(node, ParameterRead)
        else UNKNOWN
    )
    return value if isinstance(value, int | Fraction | str) else None


def _limits(cell: Node) -> set[Exact]:
    match cell:
        case Connective(operands=operands):
            return set[Exact]().union(*(_limits(operand) for operand in operands))
        case Comparison(right=right):
            limit = _limit(right)
            return {limit} if isinstance(limit, int | Fraction) and not isinstance(limit, bool) else set()
        case _:
            return set()


def _atoms(column: Typed, cells: Sequence[Node]) -> list[Atom]:
    """The pieces that a column's domain falls into."""
    match column.type:
        case YesNoType():
            return [Atom("yes", choice=True), Atom("no", choice=False)]
        case TextType(choices):
            return [Atom(choice, choice=choice) for choice in choices]
        case NumberType():
            return _number_atoms(
                sorted(set[Exact]().union(*(_limits(cell) for cell in cells))), _is_integral(column.node)
            )
        case _:
            return [Atom("-")]


def _number_atoms(limits: list[Exact], integral: bool) -> list[Atom]:
    if not limits:
        return [Atom("-")]
    atoms = [Atom(f"< {exact_text(limits[0])}", high=limits[0])]
    for index, limit in enumerate(limits):
        atoms.append(Atom(f"== {exact_text(limit)}", low=limit, high=limit))
        following = limits[index + 1] if index + 1 < len(limits) else None
        if following is None:
            atoms.append(Atom(f"> {exact_text(limit)}", low=limit))
        elif not integral or _whole_between(limit, following):
            atoms.append(Atom(f"> {exact_text(limit)} and < {exact_text(following)}", low=limit, high=following))
    return atoms


def _whole_between(low: Exact, high: Exact) -> bool:
    return low // 1 + 1 < high


def _is_integral(node: Node) -> bool:
    match node:
        case Aggregate(function="count") | Rank():
            return True
        case DateFunction(function=name):
            return name in ("age", "months_between")
        case _:
            return False


def _holds(cell: Node, atom: Atom) -> bool:
    """Whether a cell's condition holds on the whole of an atom."""
    match cell:
        case Constant(value):
            return bool(value)
        case Connective(operator=operator, operands=operands):
            results = [_holds(operand, atom) for operand in operands]
            return all(results) if operator == "and" else any(results)
        case Comparison(operator=operator, right=right):
            limit = _limit(right)
            if atom.choice is not None:
                return (atom.choice == limit) == (operator == "==")
            assert isinstance(limit, int | Fraction)
            return _number_holds(operator, limit, atom)
        case _:
            return False


def _number_holds(operator: str, limit: Exact, atom: Atom) -> bool:
    point = atom.low is not None and atom.low == atom.high
    below = atom.high is not None and (atom.high < limit or (atom.high == limit and not point))
    above = atom.low is not None and (atom.low > limit or (atom.low == limit and not point))
    equal = point and atom.low == limit
    return {"<": below, "<=": below or equal, ">": above, ">=": above or equal, "==": equal, "!=": not equal}[operator]
