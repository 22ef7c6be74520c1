"""Texts and files → records, strictly; every fault of a record together, each at its path and, in a file, its line.

Private values never appear: neither in a fault, nor in what an error carries with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from os import SEEK_END
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from civil_aid_rules.errors import Both, Problem, RecordError
from civil_aid_rules.records.changes import change
from civil_aid_rules.records.fault import Fault
from civil_aid_rules.records.strict_json import MAX_BYTES, parse_json
from civil_aid_rules.records.strict_yaml import can_be_read, placed, yaml_data, yaml_faults
from civil_aid_rules.records.structure import looked_into, private_values, structure_faults
from civil_aid_rules.records.validation import validation_faults
from civil_aid_rules.yaml_source import Node, read_yaml_despite_faults

AnyModel = TypeVar("AnyModel", bound=BaseModel)
MOST_FAULTS = 200
"""A record has so many faults reported, and the number of the others."""

_MOST_BYTES_PLACED = 64 * 1024
"""Only in a JSON file up to this size are lines looked up: that is done with the YAML reader, which is slow."""


def read_json_record(text: str | bytes, model: type[AnyModel]) -> AnyModel:
    """A JSON text as a record."""
    data, faults = parse_json(text)
    return read_data(data, model, faults)


def load_record(path: Path, model: type[AnyModel]) -> AnyModel:
    """A file as a record: YAML by its ending, else JSON."""
    data = bytes_of(path)
    if path.suffix.lower() in (".yaml", ".yml"):
        return _read_yaml(data, str(path), model)
    found, faults = parse_json(data, str(path))
    try:
        return read_data(found, model, faults)
    except RecordError:
        pass
    node = json_places(data, str(path))
    return read_data(found, model, faults, node=node)  # once more, now that it is worth finding the lines


def json_places(data: bytes, file: str) -> Node | None:
    """A JSON text as YAML, which knows the line of each value. Tabs are white space in one and not in the other."""
    if len(data) > _MOST_BYTES_PLACED:
        return None
    return read_yaml_despite_faults(data.replace(b"\t", b" "), file)[0]


def _read_yaml(data: bytes, file: str, model: type[AnyModel]) -> AnyModel:
    node, problems = read_yaml_despite_faults(data, file)
    if node is None or not can_be_read(problems):
        raise RecordError(yaml_faults(problems, None)[1])
    faults, others = yaml_faults(problems, node)
    return read_data(yaml_data(node, model), model, faults, others=others, node=node)


def read_record_node(node: Node, model: type[AnyModel]) -> AnyModel:
    """A YAML node as a record; every scalar is text until its field's type reads it."""
    return read_data(yaml_data(node, model), model, [], node=node)


def changed_record(record: AnyModel, changes: Mapping[str, Any]) -> AnyModel:
    """The record with some facts changed."""
    data, faults = change(record.model_dump(mode="json", exclude_none=True), changes)
    return read_data(data, type(record), faults)


def read_data(
    data: Any,
    model: type[AnyModel],
    faults: list[Fault],
    *,
    others: list[Problem] | None = None,
    node: Node | None = None,
) -> AnyModel:
    """Plain data as a record. Raises RecordError with the faults found so far and every other one."""
    record, found = checked_data(data, model, faults)
    # Raised out here, for an error raised where Pydantic's is caught would carry that with it, and so the input.
    if record is None or found or others:
        raise RecordError([*placed(found, node), *(others or [])])
    return record


def checked_data(data: Any, model: type[AnyModel], faults: list[Fault]) -> tuple[AnyModel | None, list[Fault]]:
    """Plain data as a record; the faults found so far and every other one, none of which shows a private value."""
    record: AnyModel | None = None
    found, left = faults, 0
    try:
        record = model.model_validate(looked_into(data, model))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        invalid, left = validation_faults(details, data, model, most=MOST_FAULTS)
        found = [*faults, *invalid, *islice(structure_faults(data, model), MOST_FAULTS + 1)]
    if record is not None and not found:
        return record, []
    private = frozenset(private_values(data, model))
    return record, [fault.without(private) for fault in _all_or_most(found, left)]


def _all_or_most(faults: list[Fault], left: int) -> list[Fault]:
    """The faults, each once; of very many the first ones, and that there are more."""
    unique = list(dict.fromkeys(faults))
    rest = len(unique[MOST_FAULTS:]) + left
    more = [Fault("record-more-faults", (), f"≥ {rest}", str(MOST_FAULTS))] if rest else []
    return [*unique[:MOST_FAULTS], *more]


def bytes_of(path: Path) -> bytes:
    """What a record's file holds. Raises RecordError where it cannot be read or is too large."""
    fault = Fault("record-file", (), path.name, Both("a file that exists and may be read", "存在且可以读取的文件"))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            size = len(data) if len(data) <= MAX_BYTES else stream.seek(0, SEEK_END)
        if size <= MAX_BYTES:
            return data
        fault = Fault("record-too-large", (), str(size), str(MAX_BYTES))
    except (OSError, ValueError):  # ValueError: a NUL in the path
        pass
    raise RecordError([fault.as_problem()])
