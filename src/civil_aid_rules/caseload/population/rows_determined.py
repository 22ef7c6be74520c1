"""Chunks of lines or CSV rows → outcomes: each row is read strictly as a record and determined by itself."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts
from civil_aid_rules.caseload.population.caseload_outcome import Outcome
from civil_aid_rules.caseload.population.csv_rows import cells_of
from civil_aid_rules.caseload.population.lines_of_results import REJECT_COLUMNS, csv_line, json_line, refused
from civil_aid_rules.caseload.population.population_chunk import Cells, Lines
from civil_aid_rules.caseload.population.record_of_cells import fields_of_columns, record_of_cells
from civil_aid_rules.digests import Json
from civil_aid_rules.errors import Both, RecordError, problem
from civil_aid_rules.records.read import read_data
from civil_aid_rules.records.record import Record
from civil_aid_rules.records.strict_json import parse_json

DecideRecord = Callable[[Record], dict[str, Json]]
"""status, amount, reasons and the values of the rules asked for. Raises RecordError."""


@dataclass(frozen=True, slots=True)
class RowRules:
    """How one record is determined. `keep` names what goes along into the results, `rules` whose values are wanted."""

    decide: DecideRecord
    model: type[Record]
    keep: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def result_columns(self) -> tuple[str, ...]:
        """The columns of a CSV file of results."""
        return ("row", "status", "amount", "reasons", *self.rules, *self.keep)


def outcome_of_rows(rules: RowRules, chunk: Lines | Cells) -> Outcome:
    """What is decided of the rows of a chunk."""
    statuses: dict[str, int] = {}
    accepted: list[str] = []
    rejected: list[str] = []
    refusals = 0
    is_json = isinstance(chunk, Lines)
    for row, item in enumerate(_determined(rules, chunk), chunk.first_row):
        if isinstance(item, RecordError):
            refusals += 1
            rejected += [
                json_line(fault) if is_json else csv_line([fault[name] for name in REJECT_COLUMNS])
                for fault in refused(row, item)
            ]
            continue
        found: dict[str, Json] = {"row": row, **item}
        statuses[str(item["status"])] = statuses.get(str(item["status"]), 0) + 1
        accepted.append(json_line(found) if is_json else csv_line(_cells_of_results(found, rules.result_columns)))
    counts = CaseloadCounts.of(statuses, refusals)
    return Outcome("".join(accepted).encode(), "".join(rejected).encode(), counts)


def _cells_of_results(found: dict[str, Json], columns: Sequence[str]) -> list[object]:
    """The cells of a row of results: reasons as names with a space between, values as they are."""
    reasons = found["reasons"]
    assert isinstance(reasons, list)
    return [" ".join(map(str, reasons)) if name == "reasons" else found[name] for name in columns]


def _determined(rules: RowRules, chunk: Lines | Cells) -> Iterator[dict[str, Json] | RecordError]:
    for record in _json_records(rules, chunk) if isinstance(chunk, Lines) else _csv_records(rules, chunk):
        if isinstance(record, RecordError):
            yield record
            continue
        try:
            yield {**rules.decide(record[0]), **record[1]}
        except RecordError as error:
            yield error


Kept = tuple[Record, dict[str, Json]]


def _json_records(rules: RowRules, chunk: Lines) -> Iterator[Kept | RecordError]:
    for line in chunk.lines:
        try:
            data, faults = parse_json(line)
            kept: dict[str, Json] = {}
            if isinstance(data, dict):
                fields = rules.model.model_fields
                kept = {name: data.get(name) if name in fields else data.pop(name, None) for name in rules.keep}
            yield read_data(data, rules.model, faults), kept
        except RecordError as error:
            yield error


def _csv_records(rules: RowRules, chunk: Cells) -> Iterator[Kept | RecordError]:
    fields = fields_of_columns(chunk.columns, rules.model, rules.keep, "")
    kept = {name: chunk.columns.index(name) for name in rules.keep}
    for row in chunk.rows:
        try:
            cells = _cells(row, len(chunk.columns))
            record = record_of_cells(cells, fields, rules.model)
            yield record, {name: cells[place] for name, place in kept.items()}
        except RecordError as error:
            yield error


def _cells(row: bytes, wanted: int) -> tuple[str, ...]:
    unreadable: csv.Error | UnicodeDecodeError
    try:
        cells = cells_of(row)
    except (csv.Error, UnicodeDecodeError) as error:
        unreadable = error
    else:
        if len(cells) == wanted:
            return cells
        raise RecordError([problem("caseload-cells", "$", found=len(cells), expected=wanted)])
    is_csv = isinstance(unreadable, csv.Error)
    raise RecordError([problem("caseload-row", "$", found=_NO_CSV if is_csv else _NO_UTF_8, expected=_SAVED)])


_NO_CSV = Both("a quote, a line break or a cell's length is wrong", "引号、换行或单元格长度有误")
_NO_UTF_8 = Both("it is not UTF-8", "不是 UTF-8 编码")
_SAVED = Both("a file saved as CSV UTF-8", "另存为“CSV UTF-8”的文件")
