"""Texts and files → records, strictly; every fault of a record together, each at its JSON path. Private values never appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from civil_aid_rules.errors import Problem, RecordError, problem, shortened
from civil_aid_rules.names import did_you_mean
from civil_aid_rules.quantities.fields import Private
from civil_aid_rules.records.record import Record
from civil_aid_rules.records.strict_json import Refused, parse_json
from civil_aid_rules.records.structure import model_of, structure_faults
from civil_aid_rules.yaml_source import Mapping as YamlMapping
from civil_aid_rules.yaml_source import Node, Scalar, read_yaml_file
from civil_aid_rules.yaml_source import Sequence as YamlSequence

AnyRecord = TypeVar("AnyRecord", bound=Record)
_STEP = re.compile(r"\.?([A-Za-z_][A-Za-z_0-9]*)|\[(\d+|\+)\]")


def read_json_record(text: str | bytes, model: type[AnyRecord]) -> AnyRecord:
    """A JSON text as a record."""
    data, faults = parse_json(text)
    return read_data(data, model, faults)


def load_record(path: Path, model: type[AnyRecord]) -> AnyRecord:
    """A file as a record: YAML by its ending, else JSON."""
    if path.suffix not in (".yaml", ".yml"):
        try:
            return read_json_record(path.read_bytes(), model)
        except OSError as error:
            raise RecordError(
                [problem("record-file", "$", found=path.name, expected=error.strerror or "a file")]
            ) from None
    node, faults = read_yaml_file(path, shown_as=str(path))
    if node is None:
        raise RecordError(faults)
    return read_record_node(node, model)


def read_record_node(node: Node, model: type[AnyRecord]) -> AnyRecord:
    """A YAML node as a record; every scalar is text until its field's type reads it."""
    return read_data(_from_yaml(node, model), model, [])


def changed_record(record: AnyRecord, changes: Mapping[str, Any]) -> AnyRecord:
    """The record with some facts changed."""
    data = record.model_dump(mode="json", exclude_none=True)
    faults = [fault for path, value in changes.items() if (fault := _change(data, path, value)) is not None]
    return read_data(data, type(record), faults)


def read_data(data: Any, model: type[AnyRecord], faults: list[Problem]) -> AnyRecord:
    """Plain data as a record. Raises RecordError with the faults found so far and every other one."""
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise RecordError(dict.fromkeys([*faults, *_problems(details, data, model)])) from None
    if faults:
        raise RecordError(faults)
    return record


# --- faults --------------------------------------------------------------------------------------------------------------


def _problems(details: list[ErrorDetails], data: Any, model: type[BaseModel]) -> list[Problem]:
    """Pydantic's faults, one per place, without the alternatives of a union."""
    found: dict[str, Problem] = {}
    for detail in details:
        if detail["type"] == "structure":
            continue
        steps, here, owner, name = _followed(detail["loc"], data, model)
        path = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
        made = _problem(detail, path, here, owner, name)
        known = found.get(path)
        if known is None or (known.code == "record-value" and made.code != "record-value"):
            found[path] = made
    structure = [
        problem(code, f"${path}", found=value, expected=expected)
        for code, path, value, expected in structure_faults(data, model)
    ]
    return [*found.values(), *structure]


def _followed(
    loc: tuple[int | str, ...], data: Any, model: type[BaseModel]
) -> tuple[list[int | str], Any, type[BaseModel] | None, str]:
    """The path of a fault in the data (a union's own steps left out), what stands there, and the model field it is."""
    steps: list[int | str] = []
    here: Any = data
    owner: type[BaseModel] | None = model
    name = ""
    field_model: type[BaseModel] | None = model
    for step in loc:
        if (
            isinstance(here, dict)
            and isinstance(step, str)
            and (step in here or (field_model and step in field_model.model_fields))
        ):
            owner, name = field_model, step
            field_model = (
                model_of(field_model.model_fields[step].annotation)
                if field_model and step in field_model.model_fields
                else None
            )
            here = here.get(step)
            steps.append(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
            steps.append(step)
    return steps, here, owner, name


def _problem(detail: ErrorDetails, path: str, here: Any, owner: type[BaseModel] | None, name: str) -> Problem:
    info = owner.model_fields.get(name) if owner is not None else None
    private = info is not None and any(isinstance(item, Private) for item in info.metadata)
    found = "a value that is not shown" if private else _shown(here)
    match detail["type"]:
        case "extra_forbidden":
            known = sorted(owner.model_fields) if owner is not None else []
            hint = did_you_mean(name, known)
            return problem("record-unknown-field", path, found=name, expected=f"{hint}?" if hint else ", ".join(known))
        case "missing":
            return problem("record-missing-field", path, found="nothing", expected=name)
        case _ if isinstance(here, Refused):
            return problem(here.code, path, found=here.text, expected=here.expected)
        case "money":
            return problem("record-amount", path, found=found, expected=detail["msg"])
        case "day":
            return problem("record-day", path, found=found, expected=detail["msg"])
        case "literal_error":
            expected = detail["ctx"]["expected"].replace("'", "")
            hint = (
                did_you_mean(str(here), expected.replace(" or ", ", ").split(", ")) if isinstance(here, str) else None
            )
            return problem(
                "record-choice", path, found=found, expected=f"{hint}? (known: {expected})" if hint else expected
            )
        case "too_short":
            return problem(
                "record-empty-list", path, found="an empty list", expected=f"at least {detail['ctx']['min_length']}"
            )
        case "too_long":
            return problem("record-too-many", path, found=found, expected=f"at most {detail['ctx']['max_length']}")
        case _:
            return problem("record-value", path, found=found, expected=_plain(detail["msg"]))


def _shown(here: Any) -> str:
    match here:
        case dict():
            return "an object"
        case list():
            return f"a list of {len(here)}"
        case None:
            return "nothing"
        case bool():
            return "true" if here else "false"
        case Refused():
            return here.text
        case _:
            return shortened(here, 40)


def _plain(message: str) -> str:
    for lead in ("Input should be a valid ", "Input should be an instance of ", "Input should be ", "Value error, "):
        message = message.removeprefix(lead)
    return message.replace("dictionary", "object").replace("boolean", "true or false")


# --- YAML ----------------------------------------------------------------------------------------------------------------


def _from_yaml(node: Node, hint: Any) -> Any:
    """YAML texts as the values that a field's type wants: true/false for bool, whole numbers for int, null for unknown."""
    kinds = _kinds(hint)
    match node:
        case YamlMapping():
            model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
            fields = model.model_fields if model is not None else {}
            return {
                key.text: _from_yaml(value, fields[key.text].annotation if key.text in fields else Any)
                for key, value in node.entries
            }
        case YamlSequence():
            return [_from_yaml(item, hint) for item in node.items]
        case Scalar(text=text, quoted=quoted):
            if not quoted and text in ("null", "~", ""):
                return None
            if not quoted and bool in kinds and text in ("true", "false"):
                return text == "true"
            if not quoted and int in kinds and re.fullmatch(r"0|[1-9][0-9]{0,17}", text):
                return int(text)
            return text


def _kinds(hint: Any) -> set[Any]:
    """The plain types that a hint is made of."""
    found: set[Any] = set()
    waiting = [hint]
    while waiting:
        here = waiting.pop()
        arguments = get_args(here)
        waiting.extend(arguments)
        if not arguments and isinstance(here, type):
            found.add(here)
    return found


# --- changes -------------------------------------------------------------------------------------------------------------


def _change(data: Any, path: str, value: Any) -> Problem | None:
    """Set one fact; a problem when the path leads nowhere."""
    text = path.removeprefix("$").removeprefix(".")
    steps = [found[1] or found[2] for found in _STEP.finditer(text)]
    if "".join(found[0] for found in _STEP.finditer(text)) != text or not steps:
        return problem("record-path", "$", found=path, expected="a path such as members[0].income[0].amount")
    here = data
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        last = following == ""
        if isinstance(here, list) and (step == "+" or (step.isdigit() and int(step) < len(here))):
            if step == "+":
                here.append(value if last else {})
                step = str(len(here) - 1)
            here[int(step)] = value if last else here[int(step)]
            here = here[int(step)]
        elif isinstance(here, dict) and step.isidentifier():
            if not last and step not in here:
                here[step] = [] if following == "+" else {}
            here[step] = value if last else here[step]
            here = here[step]
        else:
            return problem("record-path", "$", found=path, expected=f"a path that exists; {step} does not")
    return None
