"""A program as one function over a block of records, written for what a batch holds: what is missing costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from civil_aid_rules.backends.columnar.called import CALLED
from civil_aid_rules.backends.columnar.code import Code
from civil_aid_rules.backends.columnar.levels import Levels
from civil_aid_rules.backends.columnar.nodes import Nodes
from civil_aid_rules.backends.columnar.values import (
    NONE_NUMBER,
    UNKNOWN_NUMBER,
    Argument,
    Condition,
    Held,
    Mask,
    Number,
    Register,
    Texts,
)
from civil_aid_rules.backends.python_source.compiled import run
from civil_aid_rules.backends.python_source.passes import parent
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.facts.columns import Columns, FactColumn
from civil_aid_rules.facts.columns.stored import Bits
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.scaled import Scaled, ScaledRule
from civil_aid_rules.ir.types import DateType, GroupType, ItemType, NumberType, TextType, YesNoType
from civil_aid_rules.ir.values import NONE

MaskOf = Callable[[Nodes], Mask]
"""Where something holds, put together from nodes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a kernel gives: nodes, each for the entries of a list or the records, and masks over the records."""

    nodes: tuple[tuple[Scaled, str], ...]
    masks: tuple[MaskOf, ...] = ()


@dataclass(frozen=True, slots=True)
class Kernel:
    """A compiled function and its source. It returns, for each node, its value, where it is known, where it is none."""

    source: str
    run: Callable[..., tuple[Any, ...]]
    sizes: dict[tuple[str, str], int]
    is_condition: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A program for which kernels can be made. `texts` numbers every text."""

    name: str
    vocabulary: Vocabulary
    rules: tuple[ScaledRule, ...]
    scopes: tuple[str, ...]
    intervals: Intervals
    texts: dict[str, int]

    def text_code(self, text: str) -> int:
        """The number of a text."""
        return self.texts.setdefault(text, len(self.texts))


Met = dict[tuple[str, int], frozenset[int]]
"""Of each column of texts, by path and slot, which are in its dictionary."""


def met(columns: Columns, before: Met) -> Met:
    """The texts of a batch, and those of batches before: what can be met is soon the same for all."""
    return before | {
        key: before.get(key, frozenset()) | frozenset(column.codes.tolist())
        for key, column in columns.facts.items()
        if column.codes is not None
    }


def signature(columns: Columns, texts: Met) -> tuple[object, ...]:
    """What a kernel for a batch depends on."""
    facts = tuple(
        (key, *_states(column), column.codes is not None and texts[key])
        for key, column in sorted(columns.facts.items(), key=lambda item: item[0])
    )
    lists = tuple((scope, item.known is None, item.known is False) for scope, item in sorted(columns.lists.items()))
    return (facts, lists)


def _states(column: FactColumn) -> tuple[object, ...]:
    steps = tuple(step.there if step.there is None or step.there is False else True for step in column.steps)
    return column.has_values, column.is_none is not None, steps


def kernel(plan: Plan, wanted: Wanted, columns: Columns, texts: Met, *, is_wide: bool) -> Kernel:
    """The function for batches like this one; `is_wide`: with numbers of any size."""
    code = Code(is_wide=is_wide)
    levels = Levels(code, plan.scopes)
    constants: dict[str, object] = {}
    facts = _Facts(code, levels, columns, texts, plan.text_code)
    nodes = Nodes(code, levels, plan.rules, plan.intervals, facts.fact, facts.known_list, plan.text_code, constants)
    results: list[Argument | bool] = []
    kinds = []
    for node, scope in wanted.nodes:
        found = nodes.value(node, levels.of(scope))
        kinds.append(isinstance(found, Condition))
        results += _parts(code, found)
    results += [mask(nodes) for mask in wanted.masks]
    results = ["None" if item is None else item for item in results]
    lines, sizes = code.lines(results)
    text = _source(plan, lines, sizes, is_wide=is_wide)
    name = f"{plan.name}_columns"
    called = {**CALLED, **constants}
    file = f"<civil_aid_rules> columns {plan.name} {hash(text):x}"
    return Kernel(text, run(text, file, called)[name], sizes, tuple(kinds))


def _parts(code: Code, found: Held) -> list[Argument | bool]:
    if isinstance(found, Condition):
        return [found.yes, code.no(found), found.none]
    return [code.whole(found.n), found.known, found.none]


def _source(plan: Plan, lines: Sequence[str], sizes: Mapping[tuple[str, str], int], *, is_wide: bool) -> str:
    head = [f"def {plan.name}_columns(columns, facts, first_0, last_0, scratch):", "size_0 = last_0 - first_0"]
    for number, scope in enumerate(plan.scopes):
        if scope:
            above = plan.scopes.index(parent(scope))
            head.append(
                f"offsets_{number}, first_{number}, last_{number} = "
                f"columns.segments({scope!r}, first_{above}, last_{above})"
            )
            head.append(f"size_{number} = last_{number} - first_{number}")
    for kind, level in sorted(sizes):
        letter = "b" if kind == "yes_no" else "n"
        names = [f"{letter}{level}_{place}" for place in range(sizes[kind, level])]
        head.append(f"{', '.join(names)}, = scratch({kind!r}, {level!r}, {len(names)}, size_{level})")
    first, *rest = head
    return "\n".join([first, *(f"    {line}" for line in [*rest, *lines])]) + "\n"


@dataclass(slots=True)
class _Facts:
    """Writes how facts and lists are read, as a batch holds them."""

    code: Code
    levels: Levels
    columns: Columns
    texts: Met
    text_code: Callable[[str], int]
    steps: dict[int, str] = field(default_factory=dict)

    def fact(self, scope: str, slot: int) -> Held:
        """A fact of every entry."""
        column = self.columns.facts[scope, slot]
        if not column.has_values:
            if not column.may_be_none:
                return UNKNOWN_NUMBER
            if not column.may_be_unknown:
                return NONE_NUMBER
        level = self.levels.number(scope)
        place = f"facts[{scope!r}, {slot}]"
        unknown, none, there = self._absent(column, place, scope)
        known = self.code.opposite(unknown)
        if isinstance(column.field.type, YesNoType | GroupType):
            return self._condition(column, place, scope, unknown, none, there)
        if not column.has_values:
            return Number(0, known, none)
        match column.field.type:
            case NumberType():
                return Number(self._read("numbers", place, scope), known, none)
            case DateType():
                return Number(self._read("days", place, scope, "day"), known, none)
            case TextType(choices):
                found = self._read("plain", place, scope, "text")
                met_here = self.texts.get((scope, slot), frozenset())
                self.code.texts[found] = Texts(
                    scope, slot, tuple(code for code in map(self.text_code, choices) if code in met_here)
                )
                return Number(found, known, none)
            case ItemType(target):
                found = self._read("plain", place, scope)
                start = f"first_{self.levels.number(target)}"
                row = self.code.scratch("subtract", "number", level, found, start)
                return Number(row, known, none)
            case _:
                raise AssertionError(column.field.type)

    def _read(self, how: str, place: str, scope: str, kind: Any = "fresh") -> Register:
        level = self.levels.number(scope)
        return self.code.fresh(
            f"columns.{how}", level, place, repr(scope), f"first_{level}", f"last_{level}", kind=kind
        )

    def _absent(self, column: FactColumn, place: str, scope: str) -> tuple[Mask, Mask, Mask]:
        """Where a fact is unknown, where it is known to be none, where it has a value; facts of a group share masks."""
        code, level = self.code, self.levels.number(scope)
        rows = (f"first_{level}", f"last_{level}")
        unknown: Mask = False
        none: Mask = False
        there: Mask = True
        for number, step in enumerate(column.steps):
            here: Mask = step.there is None
            if isinstance(step.there, Bits):
                name = self.steps.setdefault(id(step.there), f"{place}.steps[{number}].there.block")
                here = code.fresh(name, level, *rows)
            missing = code.both(there, code.opposite(here))
            if step.absent is NONE:
                none = code.either(none, missing)
            else:
                unknown = code.either(unknown, missing)
            there = code.both(there, here)
        if column.is_none is not None:
            says = code.fresh("none_block", level, f"{place}.is_none", *rows)
            none = code.either(none, code.both(there, says))
            there = code.both(there, code.opposite(says))
        return unknown, none, there

    def _condition(
        self, column: FactColumn, place: str, scope: str, unknown: Mask, none: Mask, there: Mask
    ) -> Condition:
        yes: Mask = False
        is_always = column.has_values and column.bits is None
        if column.has_values:
            yes = True if is_always else self._read("yes_no", place, scope)
        if unknown is False and (none is False or is_always):
            return Condition(self.code.both(yes, there), None if none is False else False, none)
        if not column.has_values:
            there = False
        return Condition(
            self.code.both(yes, there),
            self.code.both(self.code.opposite(yes), there),
            none,
            tuple(mask for mask in (unknown,) if mask is not False),
        )

    def known_list(self, scope: str) -> Mask:
        """Where a list is known, for the entries that it stands in."""
        known = self.columns.lists[scope].known
        if known is None or known is False:
            return known is None
        above = self.levels.number(parent(scope))
        return self.code.fresh("columns.known", above, repr(scope), f"first_{above}", f"last_{above}")
