"""A row of a CSV file → a record: each cell as its field wants it, a list read as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from civil_aid_rules.errors import CaseloadError, Problem, RecordError, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.records.fault import Fault
from civil_aid_rules.records.fields import alternatives, holds_list, model_of
from civil_aid_rules.records.read import read_data
from civil_aid_rules.records.record import Record
from civil_aid_rules.records.strict_json import parse_json

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")


@dataclass(frozen=True, slots=True)
class CellField:
    """The field that a column stands for: its path, and how its cells are read."""

    path: tuple[str, ...]
    is_json: bool
    kinds: frozenset[Any]


def fields_of_columns(
    names: Sequence[str], model: type[Record], keep: Sequence[str], file: str
) -> list[CellField | None]:
    """What the columns stand for; None where one is only kept. Raises CaseloadError for names that no field has."""
    problems: list[Problem] = []
    found: list[CellField | None] = []
    for name in names:
        field = _field(tuple(name.split(".")), model)
        if field is None and name not in keep:
            expected = instead_of(name, tuple(model.model_fields))
            problems.append(problem("caseload-column", file, found=name, expected=expected))
        else:
            found.append(field)
    problems += [
        problem("caseload-column", file, found=name, expected=instead_of(name, names))
        for name in keep
        if name not in names
    ]
    if problems:
        raise CaseloadError(problems)
    return found


def _field(path: tuple[str, ...], model: type[Any]) -> CellField | None:
    annotation: Any = model
    for step in path:
        inner = model_of(annotation)
        if inner is None or step not in inner.model_fields or holds_list(annotation):
            return None
        annotation = inner.model_fields[step].annotation
    is_json = holds_list(annotation) or model_of(annotation) is not None
    return CellField(path, is_json, frozenset(alternatives(annotation) if not is_json else ()))


def record_of_cells(cells: Sequence[str], fields: Sequence[CellField | None], model: type[Record]) -> Record:
    """The record of a row. Raises RecordError with every fault at its path."""
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    for cell, field in zip(cells, fields, strict=True):
        if cell == "" or field is None:
            continue
        group = data
        for step in field.path[:-1]:
            group = group.setdefault(step, {})
        group[field.path[-1]] = _value(cell, field, faults)
    return read_data(data, model, faults)


def _value(cell: str, field: CellField, faults: list[Fault]) -> Any:
    if not field.is_json:
        if bool in field.kinds and cell in ("true", "false"):
            return cell == "true"
        return int(cell) if int in field.kinds and _WHOLE.fullmatch(cell) else cell
    if cell == "none":
        return cell
    problems: tuple[Problem, ...]
    try:
        value, found = parse_json(cell)
        faults += [Fault(item.code, (*field.path, *item.steps), item.found, item.expected, item.more) for item in found]
        return value
    except RecordError as error:
        problems = error.problems
    raise RecordError([_inside(item, field) for item in problems])


def _inside(item: Problem, field: CellField) -> Problem:
    """The problem of a cell's JSON at the path of its field."""
    from dataclasses import replace

    return replace(item, at="$." + ".".join(field.path))
