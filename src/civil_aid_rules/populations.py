"""One program over a population file of any size: which rules, which files, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts
from civil_aid_rules.caseload.population.caseload_files import (
    CaseloadTask,
    Layout,
    rejects_beside,
    write_one_file,
    write_parts,
)
from civil_aid_rules.caseload.population.caseload_outcome import Outcome
from civil_aid_rules.caseload.population.caseload_result import CaseloadProgress, CaseloadResult
from civil_aid_rules.caseload.population.files_apart import check_files_apart
from civil_aid_rules.caseload.population.lines_of_results import REJECT_COLUMNS
from civil_aid_rules.caseload.population.population_chunk import Cells, Chunk, Lines, Population
from civil_aid_rules.caseload.population.population_faults import cannot_open
from civil_aid_rules.caseload.population.population_kind import check_kind_of_results, is_one_file, kind_of
from civil_aid_rules.caseload.population.rows_determined import RowRules, outcome_of_rows
from civil_aid_rules.determinations.result_columns import OWN_COLUMNS, check_apart
from civil_aid_rules.determinations.texts import value_text
from civil_aid_rules.digests import Json, file_digest
from civil_aid_rules.errors import CaseloadError, EvaluationError, problem
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.many_records import Question
from civil_aid_rules.names import instead_of
from civil_aid_rules.records.record import Record
from civil_aid_rules.version import VERSION

if TYPE_CHECKING:
    from civil_aid_rules.caseload.population.arrow_population import ArrowPopulation
    from civil_aid_rules.caseload.population.jurisdictions_in_columns import ColumnRules
    from civil_aid_rules.caseload.population.parquet_population import ParquetPopulation
    from civil_aid_rules.determinations.columns import ColumnProgram


@dataclass(frozen=True, slots=True)
class PopulationQuestion:
    """A question asked of every row. `rules` names values that are wanted too, `keep` columns that go along too.

    It pickles; what is compiled is made again where it arrives.
    """

    question: Question
    rules: tuple[str, ...]
    keep: tuple[str, ...]

    def column_rules(self) -> ColumnRules:
        """The rules for tables. Raises EvaluationError where the libraries for them are not installed."""
        prepared: dict[str | None, ColumnProgram] = {
            None: self.question.evaluator(None).columns(rules=self.rules, keep=self.keep)
        }
        from civil_aid_rules.caseload.population.jurisdictions_in_columns import ColumnRules

        def program_for(jurisdiction: str | None) -> ColumnProgram:
            own = None if jurisdiction == self.question.jurisdiction else jurisdiction
            if own not in prepared:
                prepared[own] = self.question.evaluator(own).columns(rules=self.rules, keep=self.keep)
            return prepared[own]

        return ColumnRules(program_for, self.question.rulebook.jurisdictions, self.question.jurisdiction)

    def choices(self) -> frozenset[str]:
        """The paths of the facts that have few texts."""
        return frozenset(fact.path for fact in self.question.evaluator(None).facts if fact.type == "choice")

    def row_rules(self) -> RowRules:
        """The rules for records one by one. Raises EvaluationError for a rule that there is not."""
        evaluator = self.question.evaluator(None)
        for name in self.rules:
            if evaluator.compiled.rule(name) is None:
                known = tuple(rule.name for rule in evaluator.compiled.rules)
                raise EvaluationError([problem("column-rule", "rules", found=name, expected=instead_of(name, known))])
        check_apart([*OWN_COLUMNS, *self.rules, *self.keep])
        model = self.question.rulebook.records[evaluator.record]
        return RowRules(self._decided, model, self.keep, self.rules)

    def _decided(self, record: Record) -> dict[str, Json]:
        evaluator = self.question.evaluator_for(record)
        found = evaluator.determine(record)
        payment = found.payment
        return {
            "status": found.status,
            "amount": None if payment is None or payment.amount is None else str(payment.amount),
            "reasons": [reason.id for reason in found.reasons if reason.decided],
            **{name: _value(found.evaluation, evaluator.compiled.rule(name)) for name in self.rules},
        }

    def prepare(self) -> Callable[[Chunk], Iterator[Outcome]]:
        """The rules made ready, once in each process."""
        rows: list[RowRules] = []
        columns: list[ColumnRules] = []

        def outcomes(chunk: Chunk) -> Iterator[Outcome]:
            if isinstance(chunk, Lines | Cells):
                rows[:] = rows or [self.row_rules()]
                yield outcome_of_rows(rows[0], chunk)
            else:
                from civil_aid_rules.caseload.population.columns_determined import outcomes_of_columns

                columns[:] = columns or [self.column_rules()]
                yield from outcomes_of_columns(columns[0], chunk)

        return outcomes


def _value(evaluation: Evaluation, rule: Rule | None) -> Json:
    """A rule's value as exact text; of a rule for each entry of a list, a list."""
    assert rule is not None
    texts: list[Json] = [value_text(value, evaluation.facts) for value in evaluation.values[rule.slot]]
    return texts if rule.scope else texts[0]


@dataclass(frozen=True, slots=True)
class CaseloadRequest:
    """A population file, where results and refused rows go, how many processes, and who is told how far it is."""

    population: Path
    out: Path
    rejects: Path | None
    workers: int
    progress: Callable[[CaseloadProgress], object] | None


def run_caseload(asked: PopulationQuestion, request: CaseloadRequest) -> CaseloadResult:
    """See `Rulebook.determine_caseload`."""
    kind = kind_of(request.population)
    check_kind_of_results(request.out, kind)
    one_file = is_one_file(request.out)
    rejects = request.rejects or rejects_beside(request.out, one_file=one_file)
    check_kind_of_results(rejects, kind)
    check_files_apart(request.population, request.out, rejects, one_file=one_file)
    population, layout = _opened(asked, request.population)
    size = population.size

    def report(counts: CaseloadCounts, place: int) -> None:
        if request.progress is not None:
            request.progress(CaseloadProgress(counts=counts, place=place, size=size))

    task = CaseloadTask(asked.prepare, population, layout, request.workers, report)
    parts: int | None = None
    if one_file:
        counts = write_one_file(task, request.out, rejects)
    else:
        journal = write_parts(task, request.out, rejects, _run(asked, request.population))
        counts, parts = journal.counts, len(journal.parts)
    question = asked.question
    return CaseloadResult(
        program=question.program,
        on=question.on,
        known_on=question.known_on,
        jurisdiction=question.jurisdiction,
        rulebook=question.rulebook.digest,
        population=str(request.population),
        out=str(request.out),
        rejects=str(rejects),
        parts=parts,
        counts=counts,
    )


def _opened(asked: PopulationQuestion, path: Path) -> tuple[Population, Layout]:
    """The population, its columns held against the record model; what files of results look like."""
    kind = kind_of(path)
    if kind == "jsonl":
        from civil_aid_rules.caseload.population.json_population import JsonPopulation

        asked.row_rules()
        return JsonPopulation.open(path), Layout(kind, None, None)
    if kind == "csv":
        from civil_aid_rules.caseload.population.csv_population import CsvPopulation
        from civil_aid_rules.caseload.population.record_of_cells import fields_of_columns

        rules = asked.row_rules()
        cells = CsvPopulation.open(path)
        fields_of_columns(cells.names, rules.model, rules.keep, path.name)
        return cells, Layout(kind, rules.result_columns, REJECT_COLUMNS)
    columns = asked.column_rules()
    from civil_aid_rules.caseload.population.columns_determined import schemas_of

    table: ParquetPopulation | ArrowPopulation
    if kind == "parquet":
        from civil_aid_rules.caseload.population.parquet_population import ParquetPopulation

        table = ParquetPopulation.open(path, asked.choices())
    else:
        from civil_aid_rules.caseload.population.arrow_population import ArrowPopulation

        table = ArrowPopulation.open(path)
    _check_kept(asked.keep, table.schema.names, path)
    return table, Layout(kind, *schemas_of(columns, table.schema))


def _check_kept(keep: tuple[str, ...], names: list[str], path: Path) -> None:
    lacking = [name for name in keep if name not in names]
    if lacking:
        raise CaseloadError(
            [problem("caseload-column", path.name, found=name, expected=instead_of(name, names)) for name in lacking]
        )


def _run(asked: PopulationQuestion, population: Path) -> dict[str, str]:
    """Everything that the parts of a folder follow from, as text."""
    question = asked.question
    try:
        content = file_digest(population)
    except OSError as error:
        raise cannot_open(population, error) from None
    return {
        "program": question.program,
        "on": question.on.isoformat(),
        "known_on": "" if question.known_on is None else question.known_on.isoformat(),
        "jurisdiction": question.jurisdiction or "",
        "rules": " ".join(asked.rules),
        "keep": " ".join(asked.keep),
        "rulebook": question.rulebook.digest,
        "population": content,
        "version": VERSION,
    }
