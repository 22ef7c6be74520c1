"""Rows of a table, each determined by the rules of its own jurisdiction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from civil_aid_rules.determinations.column_rows import refused_rows
from civil_aid_rules.determinations.columns import ColumnProgram, columns_of_record, determine_batch
from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.facts.columns.dictionaries import sound
from civil_aid_rules.names import instead_of
from civil_aid_rules.records.fault import text_shown

_COLUMN = "jurisdiction"


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """The rules for each jurisdiction. `fixed`: all rows are decided by that one's, and name it or none."""

    program_for: Callable[[str | None], ColumnProgram]
    jurisdictions: tuple[str, ...]
    fixed: str | None

    def determine(self, batch: pa.RecordBatch, first_row: int) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """Like `determine_batch`: what is decided, and what is refused, each in the order of the rows."""
        named = self._named(batch)
        if len(named) == 1 and (found := self._rules(named[0])) is not None:
            return determine_batch(found, batch, first_row=first_row)
        default = self.program_for(self.fixed)
        parts = [determine_batch(default, batch.slice(0, 0))]
        for name in named:
            rows = _rows(batch.column(_COLUMN), name)
            rules = self._rules(name)
            taken = batch.take(rows)
            if rules is None:
                decided = parts[0][0], self._refused(default, columns_of_record(default, taken))
            else:
                decided = determine_batch(rules, taken)
            parts.append((_at_rows(decided[0], rows), _at_rows(decided[1], rows)))
        return (
            _in_order([accepted for accepted, _ in parts], first_row),
            _in_order([refused for _, refused in parts], first_row),
        )

    def _named(self, batch: pa.RecordBatch) -> list[str | None]:
        """The jurisdictions that rows name; a column that holds no texts is for the reader of columns to refuse."""
        place = batch.schema.get_field_index(_COLUMN)
        default = self.program_for(self.fixed)
        if place < 0 or _COLUMN not in default.model.model_fields:
            return [None]
        kind = batch.schema.field(place).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)) or not batch.num_rows:
            return [None]
        found: list[str | None] = pc.unique(_decoded(batch.column(place))).to_pylist()
        return found

    def _rules(self, name: str | None) -> ColumnProgram | None:
        """The rules of those that name a jurisdiction; None where there are none."""
        if name is None or name == self.fixed:
            return self.program_for(self.fixed)
        return self.program_for(name) if self.fixed is None and name in self.jurisdictions else None

    def _refused(self, rules: ColumnProgram, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Rows that name a jurisdiction without rules."""
        every = range(batch.num_rows)
        return refused_rows(batch, every, rules.model, rules.layout, self._fault, first_row=0)

    def _fault(self, name: str) -> Problem:
        at = f"$.{_COLUMN}"
        if self.fixed is not None:
            return problem("record-jurisdiction", at, found=text_shown(name), expected=self.fixed)
        return problem(
            "jurisdiction-unknown", at, found=text_shown(name), expected=instead_of(name, self.jurisdictions)
        )


def _decoded(column: pa.Array) -> pa.Array:
    """The texts; none where an index leads nowhere, which the reader of columns refuses."""
    return sound(column)[0].dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _rows(column: pa.Array, name: str | None) -> pa.Array:
    column = _decoded(column)
    here = pc.is_null(column) if name is None else pc.fill_null(pc.equal(column, name), False)
    return pc.indices_nonzero(here).cast(pa.int64())


def _at_rows(part: pa.RecordBatch, rows: pa.Array) -> pa.RecordBatch:
    """The numbers of the rows in the whole batch in place of those among the rows taken."""
    return part.set_column(0, part.schema.field(0), rows.take(part.column(0)))


def _in_order(parts: list[pa.RecordBatch], first_row: int) -> pa.RecordBatch:
    """The parts as one batch, by row."""
    table = pa.Table.from_batches(parts).unify_dictionaries().combine_chunks()
    table = table.take(pc.sort_indices(table, [("row", "ascending")]))
    numbers = pc.add(table.column("row"), pa.scalar(first_row, pa.int64()))
    table = table.set_column(0, table.schema.field(0), numbers)
    columns = [column.chunk(0) if column.num_chunks == 1 else column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)
