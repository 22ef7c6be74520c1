"""Batches of households wherever they are worked at: Spark, Dask, Ray, DuckDB, a process pool."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from civil_aid_rules.determinations.result_columns import check_apart
from civil_aid_rules.many_records import Question
from civil_aid_rules.populations import PopulationQuestion
from civil_aid_rules.rulebook import Rulebook

if TYPE_CHECKING:
    import pyarrow as pa


_OF_REFUSED_ROWS = ("field", "code", "sentence", "sentence_zh")
"""The columns of a row that was refused; here they stand beside those of results."""


@dataclass(frozen=True, slots=True)
class BatchDeterminer:
    """A pure function from record batches of households to record batches of results: one row out for each row in.

    Unchanged it is what Spark's `mapInArrow` takes. It pickles; where it arrives, the rules are compiled once for each
    call.
    """

    asked: PopulationQuestion

    def schema_of(self, population: pa.Schema) -> pa.Schema:
        """The columns that come out, by those of the population. Raises RecordError for columns that cannot be read.

        `row` (from 0, within one call), `status` (null where the row was refused), `amount`, `reasons`, the columns
        kept; then of a refused row `field`, `code`, `sentence`, `sentence_zh`.
        """
        from civil_aid_rules.caseload.population.batches_determined import schema_of_all

        return schema_of_all(self.asked.column_rules(), population)

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Determine batch after batch. Raises RecordError for columns that cannot be read as a whole."""
        from civil_aid_rules.caseload.population.batches_determined import determine_batches

        return determine_batches(self.asked.column_rules(), batches)


def batch_determiner(
    rulebook: Rulebook | str | Path | None,
    program: str,
    *,
    on: str | datetime.date,
    known_on: str | datetime.date | None = None,
    jurisdiction: str | None = None,
    rules: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> BatchDeterminer:
    """The function to hand to an engine. `rulebook`: one, the folder of one, or None for the packs shipped.

    Each row is decided by the rules of its own jurisdiction, or all by those of `jurisdiction`. `rules` names values
    that are wanted too, `keep` columns that go along too, such as a key. Raises EvaluationError like `evaluator`.
    """
    if not isinstance(rulebook, Rulebook):
        rulebook = Rulebook.load(rulebook, programs=[program])
    evaluator = rulebook.evaluator(program, on=on, known_on=known_on, jurisdiction=jurisdiction)
    check_apart([*_OF_REFUSED_ROWS, *rules, *keep])
    question = Question(rulebook, program, evaluator.on, evaluator.known_on, jurisdiction)
    return BatchDeterminer(PopulationQuestion(question, tuple(rules), tuple(keep)))
