"""Histories and payments in JSON and YAML, read as strictly as records: every fault together, each at its place.

The records inside a history are read by the model of their program; everything around them by the history's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from civil_aid_rules.caseload.over_time.faults import decision_faults, order_faults, payment_faults
from civil_aid_rules.caseload.over_time.supports import Said
from civil_aid_rules.errors import Problem, RecordError
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.records.fault import Fault
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.read import bytes_of, checked_data, json_places, read_data
from civil_aid_rules.records.record import Record
from civil_aid_rules.records.strict_json import parse_json
from civil_aid_rules.records.strict_yaml import can_be_read, yaml_data, yaml_faults
from civil_aid_rules.yaml_source import Mapping as MappingNode
from civil_aid_rules.yaml_source import Node, Scalar, read_yaml_despite_faults
from civil_aid_rules.yaml_source import Sequence as SequenceNode

AnyModel = TypeVar("AnyModel", bound=BaseModel)
RecordModels = type[Record] | Mapping[str, type[Record]]
"""The record model of all decisions of a history, or one for each program."""


def load_history(path: Path, model: type[AnyModel], record: RecordModels | None) -> AnyModel:
    """A file as a history: YAML by its ending, else JSON."""
    return _load(path, model, lambda data, node: _read_decisions(data, node, record))


def read_history(text: str | bytes, model: type[AnyModel], record: RecordModels | None) -> AnyModel:
    """A JSON text as a history."""
    data, faults = parse_json(text)
    prepared, more = _read_decisions(data, None, record)
    return read_data(prepared, model, [*faults, *more])


def load_payments(path: Path, model: type[AnyModel]) -> AnyModel:
    """A file as payments."""
    return _load(path, model, lambda data, _: (data, _payments_faults(data)))


def read_payments(text: str | bytes, model: type[AnyModel]) -> AnyModel:
    """A JSON text as payments."""
    data, faults = parse_json(text)
    return read_data(data, model, [*faults, *_payments_faults(data)])


Prepare = Callable[[Any, Node | None], tuple[Any, list[Fault]]]


def _load(path: Path, model: type[AnyModel], prepare: Prepare) -> AnyModel:
    content, file = bytes_of(path), str(path)
    others: list[Problem] = []
    node: Node | None
    if path.suffix.lower() in (".yaml", ".yml"):
        node, problems = read_yaml_despite_faults(content, file)
        if node is None or not can_be_read(problems):
            raise RecordError(yaml_faults(problems, None)[1])
        faults, others = yaml_faults(problems, node)
        prepared, more = prepare(yaml_data(node, model), node)
    else:
        data, faults = parse_json(content, file)
        prepared, more = prepare(data, None)
        node = json_places(content, file)
    return read_data(prepared, model, [*faults, *more], others=others, node=node)


# --- decisions ------------------------------------------------------------------------------------------------------


def _read_decisions(data: Any, node: Node | None, record: RecordModels | None) -> tuple[Any, list[Fault]]:
    """The data with each decision's record read, and the faults of records and of what the decisions say."""
    if not isinstance(data, dict) or not isinstance(data.get("decisions"), list):
        return data, []
    faults: list[Fault] = []
    prepared: list[Any] = []
    for place, item in enumerate(data["decisions"]):
        found, more = _read_decision(item, _inner(node, "decisions", place, "record"), record)
        prepared.append(found)
        faults += [replace(fault, steps=("decisions", place, *fault.steps)) for fault in more]
    return {**data, "decisions": prepared}, [*faults, *_order_faults(prepared)]


def _read_decision(item: Any, node: Node | None, record: RecordModels | None) -> tuple[Any, list[Fault]]:
    if not isinstance(item, dict):
        return item, []
    faults = decision_faults({**item, **{name: _day_if_any(item.get(name)) for name in ("decided_on", "happened_on")}})
    given = item.get("record")
    if not isinstance(given, dict):
        return item, faults
    model = _model_for(item.get("program"), record)
    read, more = checked_data(given if node is None else yaml_data(node, model), model, [])
    inside = [replace(fault, steps=("record", *fault.steps)) for fault in more]
    return {**item, "record": Record() if read is None else read}, [*faults, *inside]


def _model_for(program: Any, record: RecordModels | None) -> type[Record]:
    """The record model of a program; of one that is not known, that of the others."""
    if record is None:
        return Household
    if not isinstance(record, Mapping):
        return record
    return record.get(str(program)) or next(iter(record.values()), Household)


def _day_if_any(value: Any) -> Any:
    """A day that exists, as text; what is none is reported as such."""
    return value if isinstance(value, str) and read_day(value) is not None else None if value is None else value


def _order_faults(decisions: list[Any]) -> list[Fault]:
    """Only where every decision has its program, kind and day: else their order is not known."""
    whole = [item for item in decisions if _is_whole(item)]
    said = [(item["program"], Said(item["kind"], item["decided_on"], _text(item.get("happened_on")))) for item in whole]
    return order_faults(said) if len(said) == len(decisions) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _is_whole(item: Any) -> bool:
    return isinstance(item, dict) and all(isinstance(item.get(name), str) for name in ("program", "kind", "decided_on"))


def _inner(node: Node | None, *steps: str | int) -> Node | None:
    """The node that steps lead to, or None; of a key that stands twice, the last."""
    for step in steps:
        match node:
            case MappingNode():
                node = next((value for key, value in reversed(node.entries) if key.text == step), None)
            case SequenceNode() if isinstance(step, int):
                node = node.items[step] if step < len(node.items) else None
            case Scalar() | None | SequenceNode():
                return None
    return node


# --- payments -------------------------------------------------------------------------------------------------------


def _payments_faults(data: Any) -> list[Fault]:
    listed = data.get("paid") if isinstance(data, dict) else None
    return [
        replace(fault, steps=("paid", place, *fault.steps))
        for place, item in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(item, dict)
        for fault in payment_faults(item)
    ]
