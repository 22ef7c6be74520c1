"""A program over households in columns: a batch of rows in, what is decided of each and what was refused out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from civil_aid_rules.backends.columnar.blocks import Scratch, blocks
from civil_aid_rules.backends.columnar.kernel import Kernel, Met, Plan, Wanted, kernel, met, signature
from civil_aid_rules.determinations.column_rows import other_jurisdiction, refused_rows, rows_elsewhere
from civil_aid_rules.determinations.column_rules import rule_type
from civil_aid_rules.determinations.column_values import Gathered, schema_of
from civil_aid_rules.determinations.column_wanted import Question, question_of
from civil_aid_rules.determinations.result_columns import check_apart
from civil_aid_rules.errors import RecordError, problem
from civil_aid_rules.facts.columns import Columns, read_columns
from civil_aid_rules.facts.columns.layout import Layout, layout_of
from civil_aid_rules.facts.columns.read import OWN_NAME
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.names import instead_of
from civil_aid_rules.records.record import Record

MOST_KERNELS = 100
"""Functions that one program keeps. A caseload has a few kinds of batches; small batches can each be of their own."""


@dataclass(frozen=True, slots=True)
class ColumnProgram:
    """A program made ready for batches of rows. `keep` names columns of the source that go along into the results.

    One that a field of the record is named like is read as well.

    `kernels` holds the functions made last, by what a batch holds of each column; `texts` the texts met so far;
    `scratch` what no thread is using: memory that is new takes longer than the work on a small batch.
    """

    program: Program
    vocabulary: Vocabulary
    model: type[Record]
    jurisdiction: str | None
    question: Question
    plan: Plan
    layout: Layout
    keep: tuple[str, ...]
    kernels: dict[tuple[object, ...], Kernel] = field(default_factory=dict, repr=False, compare=False)
    texts: Met = field(default_factory=dict, repr=False, compare=False)
    scratch: list[Scratch] = field(default_factory=list, repr=False, compare=False)

    @property
    def schema(self) -> pa.Schema:
        """The columns that are decided, without those kept."""
        return schema_of(self.question, [rule_type(column, self.plan.intervals) for column in self.question.columns])


def prepare_columns(
    program: Program,
    vocabulary: Vocabulary,
    model: type[Record],
    *,
    rules: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> ColumnProgram:
    """The program ready for `determine_batch`. `rules` names further rules whose values are wanted.

    Raises EvaluationError for a rule that there is not, and where two columns of the result would have one name.
    """
    question, plan = question_of(program, vocabulary, rules)
    layout = layout_of(vocabulary, model)
    prepared = ColumnProgram(program, vocabulary, model, program.jurisdiction, question, plan, layout, tuple(keep))
    check_apart([*prepared.schema.names, *keep])
    return prepared


def determine_batch(
    prepared: ColumnProgram, batch: pa.RecordBatch, *, first_row: int = 0
) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """What is decided of each row that is a record; of those that are not, a line for each thing that is wrong.

    `first_row` is the number of the batch's first row in the source. Raises RecordError where a column is not of a type
    that its field can have, or no field is named like it, or one to be kept is not there.
    """
    _check_kept(prepared, batch.schema.names)
    record_columns = columns_of_record(prepared, batch)
    columns = _columns(prepared, record_columns)
    plan = prepared.plan
    gathered = Gathered(prepared.question, plan.intervals, plan.texts, batch.num_rows)
    _compute(prepared, columns, gathered, None)
    columns.check_the_rest()
    bad = np.union1d(columns.records_of(columns.bad), rows_elsewhere(record_columns, prepared.jurisdiction))
    wide = np.setdiff1d(columns.records_of(columns.wide), bad)
    if len(wide):
        gathered.wide = wide
        rows = record_columns.take(pa.array(wide))
        _compute(prepared, replace(_columns(prepared, rows), limit=_NO_LIMIT), gathered, wide)
    good = np.setdiff1d(np.arange(batch.num_rows), bad) if len(bad) else None
    accepted = gathered.batch(first_row, good)
    for name in prepared.keep:
        column = batch.column(name)
        accepted = accepted.append_column(name, column if good is None else column.take(pa.array(good)))
    elsewhere = other_jurisdiction(prepared.jurisdiction)
    refused = refused_rows(
        record_columns, bad.tolist(), prepared.model, prepared.layout, elsewhere, first_row=first_row
    )
    return accepted, refused


def columns_of_record(prepared: ColumnProgram, batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch without the columns that are only kept."""
    only_kept = [name for name in prepared.keep if name not in prepared.model.model_fields]
    return batch.drop_columns(only_kept) if only_kept else batch


_NO_LIMIT = 2**63 - 1


def _check_kept(prepared: ColumnProgram, names: Sequence[str]) -> None:
    problems = [
        problem("column-kept", "keep", found=name, expected=instead_of(name, names))
        for name in prepared.keep
        if name not in names
    ]
    problems += [
        problem("column-twice", name, found=name, expected=OWN_NAME) for name in prepared.keep if names.count(name) > 1
    ]
    if problems:
        raise RecordError(problems)


def _columns(prepared: ColumnProgram, batch: pa.RecordBatch) -> Columns:
    reads, text_code = prepared.question.reads, prepared.plan.text_code
    found = read_columns(batch, prepared.layout, reads, text_code)
    return replace(found, limit=prepared.question.limit)


def _compute(prepared: ColumnProgram, columns: Columns, gathered: Gathered, rows: NDArray[np.intp] | None) -> None:
    """All blocks; `rows` are where the results belong, for rows that need numbers of any size."""
    is_wide = rows is not None
    texts = met(columns, prepared.texts)
    prepared.texts.update(texts)
    key = (is_wide, signature(columns, texts))
    made = prepared.kernels.get(key)
    if made is None:
        question = prepared.question
        wanted = Wanted(question.wanted, tuple(mask for _, mask in question.reasons))
        made = prepared.kernels[key] = kernel(prepared.plan, wanted, columns, texts, is_wide=is_wide)
        for oldest in list(prepared.kernels)[:-MOST_KERNELS]:
            prepared.kernels.pop(oldest, None)
    scratch = Scratch(is_wide) if is_wide else _taken_up(prepared)
    for first, last, results in blocks(made, columns, scratch):
        where: Any = slice(first, last) if rows is None else rows[first:last]
        gathered.take(where, last - first, results)
        gathered.take_rules(made, results, (columns, first, last))
    if not is_wide:
        prepared.scratch.append(scratch)


def _taken_up(prepared: ColumnProgram) -> Scratch:
    """Scratch that no other thread uses meanwhile."""
    try:
        return prepared.scratch.pop()
    except IndexError:
        return Scratch(is_wide=False)
