"""How deep rules go: what generated Python could not hold is refused when a pack loads, for every back end alike.

Python allows a hundred indented blocks and twenty loops within loops. Each case stands in the branch before it, each
aggregate in the loops of the lists around it. What is divided by, and what a band or a scale is read at, stands in the
source several times, so that such things within one another multiply.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Branch,
    Cases,
    Choose,
    Decision,
    Division,
    Graduated,
    Node,
    Pick,
    Rank,
    TableRead,
)
from civil_aid_rules.ir.parameters import Bands, ParameterValue, Scale
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.traverse import children

MOST_BRANCHES = 50
"""With two blocks for each list around it, a branch so deep stands within a hundred."""

MOST_LOOPS = 19
"""One less than Python allows: all entries of a list in a list can stand in a loop of their own."""

MOST_REPEATED = 20_000
"""Generating and compiling so many repeated parts takes less than a second."""

_COPIES_OF_A_DIVISOR = 6
"""Its sign, its size, whether it is 0, whether it is known; each alternative is brought to the same divisor."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Branches within branches, loops within loops, nodes as written, and nodes once repeated ones are written out."""

    branches: int = 0
    loops: int = 0
    written: int = 0
    all: int = 0


def check_depth(rule: Rule, problems: list[Problem]) -> None:
    """Report a rule that goes too deep."""
    found = extent(rule.body)
    around = rule.scope.count(".") + 1 if rule.scope else 0
    measures = (
        (found.branches, MOST_BRANCHES, _BRANCHES),
        (found.loops + around, MOST_LOOPS, _LOOPS),
        (found.all - found.written, MOST_REPEATED, _REPEATED),
    )
    for number, most, measure in measures:
        if number > most:
            values = {"expected": str(most), "measure": measure, "number": str(number)}
            problems.append(problem("rule-too-deep", rule.at, found=rule.key, **values))


_BRANCHES = Both("cases within cases (each case counts one)", "分支层层相套（每个情形算一层）")
_LOOPS = Both("lists run through within lists", "列表遍历层层相套")
_REPEATED = Both("parts repeated by divisors, bands or scales within one another", "除数、分档、累进相套造成的重复部分")


def extent(node: Node) -> Extent:
    """How far a node goes."""
    match node:
        case Cases(branches, otherwise):
            return _chain([*map(_of_branch, branches), extent(otherwise)])
        case Choose("first_above_zero", options):
            return _chain([_times(extent(option), 2) for option in options])
        case Decision("collect", rows):
            return _chain(list(map(_of_branch, rows)))
        case Division(left, right, if_zero):
            rest = [] if if_zero is None else [extent(if_zero)]
            return _deeper(_together([extent(left), _times(extent(right), _COPIES_OF_A_DIVISOR), *rest]))
        case TableRead(parameter, key) | Graduated(parameter, key):
            steps = _steps(parameter)
            return _deeper(_times(extent(key), 2 * steps + 1), steps)
        case Aggregate() | Pick() | Rank():
            return _deeper(_together(map(extent, children(node))), 2, 1)
        case _:
            return _together(map(extent, children(node)))


def _of_branch(branch: Branch) -> Extent:
    return _together([extent(branch.test), extent(branch.value)])


def _chain(found: Sequence[Extent]) -> Extent:
    """Each stands in the branch before it."""
    return _together(_deeper(item, place) for place, item in enumerate(found))


def _together(found: Iterable[Extent]) -> Extent:
    branches, loops, written, all_ = 0, 0, 1, 1
    for item in found:
        branches, loops = max(branches, item.branches), max(loops, item.loops)
        written, all_ = written + item.written, all_ + item.all
    return Extent(branches, loops, written, all_)


def _deeper(item: Extent, branches: int = 1, loops: int = 0) -> Extent:
    return Extent(item.branches + branches, item.loops + loops, item.written, item.all)


def _times(item: Extent, times: int) -> Extent:
    return Extent(item.branches, item.loops, item.written, item.all * times)


def _steps(parameter: ParameterValue) -> int:
    match parameter.shape:
        case Bands(bands):
            return len(bands)
        case Scale(brackets):
            return len(brackets)
        case _:
            return 0
