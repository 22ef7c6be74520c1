"""Generated Python: one readable function per program, which gives the values of all rules for one record's facts.

`generated` prints and compiles it; see `source` for how it is written. It equals the interpreter exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from civil_aid_rules.backends.python_source.compiled import run
from civil_aid_rules.backends.python_source.exact import Column, Results, column_of
from civil_aid_rules.backends.python_source.layout import Where
from civil_aid_rules.backends.python_source.names import Names
from civil_aid_rules.backends.python_source.reader import READER_CALLED, NotScaled, reader_source
from civil_aid_rules.backends.python_source.source import source_of
from civil_aid_rules.backends.python_source.support import CALLED
from civil_aid_rules.compiler.lower import lower
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.scaled import ScaledRule
from civil_aid_rules.ir.values import Value


@dataclass(frozen=True, slots=True)
class Generated:
    """A program as two compiled functions, with their source; `columns` reads each rule's values from the results."""

    source: str
    read: Callable[[object], Any]
    values_of: Callable[[Any], Results]
    rules: tuple[ScaledRule, ...]
    columns: tuple[Column, ...]
    assumptions: tuple[tuple[int, Where], ...]

    def run(self, record: object) -> Results:
        """The values of all rules for a record. Raises NotScaled for one that only the interpreter can evaluate."""
        return self.values_of(self.read(record))

    def values(self, results: Results) -> list[list[Value]]:
        """The values as the interpreter has them: `[slot][ordinal]`."""
        return [column(results) for column in self.columns]

    def assumed(self, results: Results) -> frozenset[tuple[int, int]]:
        """The (slot, ordinal) of the values that were unknown and taken from `if_unknown`."""
        return frozenset(
            (slot, ordinal)
            for slot, where in self.assumptions
            for ordinal, was in enumerate(_taken(results, where))
            if was
        )


def _taken(results: Results, where: Where) -> list[bool]:
    if where.rows is None:
        return [results[where.place]]
    return [row[where.place] for row in results[where.rows]]


def generated(program: Program, vocabulary: Vocabulary) -> Generated:
    """The program as Python functions. A traceback shows the lines of their source."""
    scaled = lower(program, vocabulary)
    source = source_of(program.id, scaled, vocabulary)
    name = Names({source.name}).of(f"read_{program.id}")
    text = f"{source.text}\n\n{reader_source(name, vocabulary, source.shapes)}"
    file = f"<civil_aid_rules> {program.id} {program.on} {program.digest}"
    namespace = run(text, file, {**CALLED, **READER_CALLED, **source.constants})
    columns = tuple(map(column_of, scaled.rules, source.where))
    assumptions = tuple((slot, where.assumed) for slot, where in enumerate(source.where) if where.assumed is not None)
    return Generated(text, namespace[name], namespace[source.name], scaled.rules, columns, assumptions)


__all__ = ["Generated", "NotScaled", "Results", "generated"]
