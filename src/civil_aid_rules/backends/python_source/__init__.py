"""Generated Python: one readable function per program, which gives the values of all rules for one record's facts.

`generated` prints and compiles it; see `source` for how it is written. It equals the interpreter exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from civil_aid_rules.backends.python_source.compiled import run
from civil_aid_rules.backends.python_source.layout import RuleWhere, Where
from civil_aid_rules.backends.python_source.names import Names
from civil_aid_rules.backends.python_source.reader import READER_CALLED, NotScaled, reader_source
from civil_aid_rules.backends.python_source.source import source_of
from civil_aid_rules.backends.python_source.support import CALLED
from civil_aid_rules.compiler.lower import lower
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.scaled import ScaledRule
from civil_aid_rules.ir.values import NONE, UNKNOWN, ItemReference, Value

Results = tuple[Any, ...]
"""What the generated function returns; `Generated` knows where each value is in it."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A program as two compiled functions, with their source.

    `lists` are the places of rows in the results; `slots` has each rule with where its value is, taken apart.
    """

    source: str
    read: Callable[[object], Any]
    values_of: Callable[[Any], Results]
    rules: tuple[ScaledRule, ...]
    where: tuple[RuleWhere, ...]
    lists: frozenset[int]
    slots: tuple[tuple[ScaledRule, RuleWhere, int, int | None], ...]

    def run(self, record: object) -> Results:
        """The values of all rules for a record. Raises NotScaled for one that only the interpreter can evaluate."""
        return self.values_of(self.read(record))

    def values(self, results: Results) -> list[list[Value]]:
        """The values as the interpreter has them: `[slot][ordinal]`."""
        columns = {rows: list(zip(*results[rows], strict=True)) for rows in self.lists}
        found: list[list[Value]] = []
        for rule, where, place, rows in self.slots:
            if where.divisor is not None:
                found.append(self.value(results, rule.slot))
            elif rows is not None:
                found.append(_values(rule, columns[rows][place]) if columns[rows] else [])
            elif (item := results[place]) is None or rule.scale != 1 or rule.kind in _COUNTED:
                found.append(_values(rule, (item,)))
            else:
                found.append([item])
        return found

    def value(self, results: Results, slot: int) -> list[Value]:
        """The values of one rule, for the record or for each entry."""
        rule, where = self.rules[slot], self.where[slot]
        numbers = _column(results, where.value)
        if where.divisor is None:
            return _values(rule, numbers)
        divisors = _column(results, where.divisor)
        if where.divisor.rows is None and where.value.rows is not None:
            divisors *= len(numbers)
        return [_number(item, rule.scale * by) for item, by in zip(numbers, divisors, strict=True)]

    def assumed(self, results: Results) -> frozenset[tuple[int, int]]:
        """The (slot, ordinal) of the values that were unknown and taken from `if_unknown`."""
        return frozenset(
            (slot, ordinal)
            for slot, where in enumerate(self.where)
            if where.assumed is not None
            for ordinal, was in enumerate(_column(results, where.assumed))
            if was
        )


def _column(results: Results, where: Where) -> list[Any]:
    if where.rows is None:
        return [results[where.place]]
    return [row[where.place] for row in results[where.rows]]


_COUNTED = ("day", "entry")
"""The kinds that are whole numbers in results, and something else outside."""


def _values(rule: ScaledRule, column: Sequence[Any]) -> list[Value]:
    """A rule without a divisor: most values are what they are, and most are known."""
    if rule.scale != 1:
        return [_number(item, rule.scale) for item in column]
    if rule.kind in _COUNTED:
        return [_plain(rule, item) for item in column]
    return [UNKNOWN if item is None else item for item in column] if None in column else list(column)


def _number(n: Any, below: int) -> Value:
    if n is None:
        return UNKNOWN
    if n is NONE or below == 1:
        found: Value = n
        return found
    whole, rest = divmod(n, below)
    return Fraction(n, below) if rest else whole


def _plain(rule: ScaledRule, item: Any) -> Value:
    if item is None:
        return UNKNOWN
    if item is not NONE and rule.kind == "day":
        return date.fromordinal(item)
    found: Value = ItemReference(rule.entries, item) if item is not NONE and rule.kind == "entry" else item
    return found


def generated(program: Program, vocabulary: Vocabulary) -> Generated:
    """The program as Python functions. A traceback shows the lines of their source."""
    scaled = lower(program, vocabulary)
    source = source_of(program.id, scaled, vocabulary)
    name = Names({source.name}).of(f"read_{program.id}")
    text = f"{source.text}\n\n{reader_source(name, vocabulary, source.shapes)}"
    file = f"<civil_aid_rules> {program.id} {program.on} {program.digest}"
    namespace = run(text, file, {**CALLED, **READER_CALLED, **source.constants})
    lists = frozenset(where.value.rows for where in source.where if where.value.rows is not None)
    slots = tuple(
        (rule, where, where.value.place, where.value.rows)
        for rule, where in zip(scaled.rules, source.where, strict=True)
    )
    return Generated(text, namespace[name], namespace[source.name], scaled.rules, source.where, lists, slots)


__all__ = ["Generated", "NotScaled", "Results", "generated"]
