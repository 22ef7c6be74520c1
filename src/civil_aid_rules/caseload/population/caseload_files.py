"""Outcomes → the files of results: one that is renamed when whole, or a folder of parts, each renamed when whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts
from civil_aid_rules.caseload.population.caseload_journal import REJECTS, CaseloadJournal, FinishedPart, begun
from civil_aid_rules.caseload.population.caseload_outcome import Outcome
from civil_aid_rules.caseload.population.one_run import one_run
from civil_aid_rules.caseload.population.population_chunk import Chunk, Population
from civil_aid_rules.caseload.population.population_kind import PopulationKind
from civil_aid_rules.caseload.population.results_writer import results_writer
from civil_aid_rules.caseload.population.whole_file import cannot_write, whole_file
from civil_aid_rules.caseload.population.workers import Prepare, determined

Report = Callable[[CaseloadCounts, int], None]
"""Is told the counts so far, and the place in the population that is reached, after each outcome."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What files of results look like: for tables the schemas, for CSV the names of columns."""

    kind: PopulationKind
    accepted: Any
    rejected: Any


@dataclass(frozen=True, slots=True)
class CaseloadTask:
    """Rules made ready by `prepare`, the population, how many processes, and who is told how far it is."""

    prepare: Prepare
    population: Population
    layout: Layout
    workers: int
    report: Report


def rejects_beside(out: Path, *, one_file: bool) -> Path:
    """Where refused rows go unless another place is named."""
    return out.with_name(f"{out.stem}.rejects{out.suffix}") if one_file else out / REJECTS


def write_one_file(task: CaseloadTask, out: Path, rejects: Path) -> CaseloadCounts:
    """All results in one file, all refused rows in another. Begins from the start each time."""
    with whole_file(out) as accepted, whole_file(rejects) as rejected:
        results = results_writer(task.layout.kind, accepted, task.layout.accepted)
        refusals = results_writer(task.layout.kind, rejected, task.layout.rejected)
        counts, place = CaseloadCounts(), 0
        for item in determined(task.prepare, task.population.chunks(), task.workers):
            if isinstance(item, int):
                place = item
            else:
                results.write(item.accepted)
                if item.rejected:
                    refusals.write(item.rejected)
                counts += item.counts
            task.report(counts, place)
        results.finish()
        refusals.finish()
    return counts


def write_parts(task: CaseloadTask, folder: Path, rejects: Path, run: dict[str, str]) -> CaseloadJournal:
    """One part for each chunk of the population, those left out that an earlier run has finished."""
    for made in (folder, rejects):
        try:
            made.mkdir(exist_ok=True)
        except OSError as error:
            raise cannot_write(made, error) from None
    with one_run(folder), one_run(rejects):
        return _write_parts(task, folder, rejects, run)


def _write_parts(task: CaseloadTask, folder: Path, rejects: Path, run: dict[str, str]) -> CaseloadJournal:
    journal = begun(folder, rejects, run)
    chunks: Iterator[tuple[int, Chunk]] = task.population.chunks()
    before = journal.counts
    for place, _ in islice(chunks, len(journal.parts)):
        task.report(before, place)
    if not journal.is_complete:
        for outcomes, place in _by_chunk(determined(task.prepare, chunks, task.workers)):
            name = f"part-{len(journal.parts):05}.{_ENDINGS[task.layout.kind]}"
            journal = journal.with_part(_write_part(task.layout, folder / name, rejects / name, outcomes))
            journal.save(folder)
            task.report(journal.counts, place)
        journal = journal.model_copy(update={"is_complete": True})
        journal.save(folder)
    return journal


_ENDINGS: dict[PopulationKind, str] = {"parquet": "parquet", "arrow": "arrow", "jsonl": "jsonl", "csv": "csv"}


def _by_chunk(items: Iterable[Outcome | int]) -> Iterator[tuple[list[Outcome], int]]:
    outcomes: list[Outcome] = []
    for item in items:
        if isinstance(item, int):
            yield outcomes, item
            outcomes = []
        else:
            outcomes.append(item)


def _write_part(layout: Layout, path: Path, rejects: Path, outcomes: list[Outcome]) -> FinishedPart:
    refused = [item.rejected for item in outcomes if item.rejected]
    if refused:
        _write(layout.kind, layout.rejected, rejects, refused)
    else:
        rejects.unlink(missing_ok=True)
    _write(layout.kind, layout.accepted, path, [item.accepted for item in outcomes])
    counts = sum((item.counts for item in outcomes), CaseloadCounts())
    rejects_bytes = rejects.stat().st_size if refused else 0
    return FinishedPart(name=path.name, bytes=path.stat().st_size, rejects_bytes=rejects_bytes, counts=counts)


def _write(kind: PopulationKind, layout: Any, path: Path, contents: list[bytes]) -> None:
    with whole_file(path) as stream:
        writer = results_writer(kind, stream, layout)
        for content in contents:
            writer.write(content)
        writer.finish()
