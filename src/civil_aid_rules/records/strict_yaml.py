"""A record in YAML → plain data, each value as its field wants it, and the place of each value in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.records.fault import Fault, Steps, key_shown
from civil_aid_rules.records.fields import alternatives, entry_annotation, model_of
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import Mapping, Node, Scalar, Sequence

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_HARMLESS = ("yaml-duplicate-key", "yaml-anchor", "yaml-tag")
"""Faults of the YAML beside which the values can be read all the same."""

_SAYS_WHAT_STANDS_THERE = ("yaml-syntax", "yaml-anchor", "yaml-alias", "yaml-tag", "yaml-complex-key", "yaml-directive")


def yaml_data(node: Node, annotation: Any) -> Any:
    """true and false where the field is yes or no, whole numbers where it is one, null for not known; else the text."""
    match node:
        case Mapping():
            model = model_of(annotation)
            fields = model.model_fields if model is not None else {}
            return {
                key.text: yaml_data(value, fields[key.text].annotation if key.text in fields else None)
                for key, value in node.entries
            }
        case Sequence():
            inner = entry_annotation(annotation)
            return [yaml_data(item, inner) for item in node.items]
        case Scalar():
            return _scalar(node, set(alternatives(annotation)))


def _scalar(node: Scalar, kinds: set[Any]) -> str | bool | int | None:
    if node.quoted:
        return node.text
    if node.text in ("null", "~", ""):
        return None
    if bool in kinds and node.text in ("true", "false"):
        return node.text == "true"
    return int(node.text) if int in kinds and _WHOLE.fullmatch(node.text) else node.text


def place_at(node: Node, steps: Steps, *, key: bool = False) -> SourceSpan:
    """Where the value (or its key) stands that the steps lead to; the nearest thing around it where there is none."""
    at = node.at
    for number, step in enumerate(steps, 1):
        match node:
            case Mapping():
                found = [entry for entry in node.entries if entry[0].text == step]
            case Sequence():
                found = [(Scalar("", item.at, False), item) for item in node.items[int(step) :][:1]]
            case Scalar():
                found = []
        if not found:
            return at
        name, node = found[-1]
        at = name.at if key and number == len(steps) else node.at
    return at


def placed(faults: list[Fault], node: Node | None) -> list[Problem]:
    """The faults as errors carry them, each with its place in the file where there is one."""
    keys = ("record-unknown-field", "record-duplicate-key")
    return [
        fault.as_problem(None if node is None else place_at(node, fault.steps, key=fault.code in keys))
        for fault in faults
    ]


def can_be_read(problems: tuple[Problem, ...]) -> bool:
    """Whether the values can be read although the YAML has these faults."""
    return all(item.code in _HARMLESS for item in problems)


def yaml_faults(problems: tuple[Problem, ...], node: Node | None) -> tuple[list[Fault], list[Problem]]:
    """The YAML's own faults: keys that stand twice as faults of the record, the others without what may be a name."""
    keys = {} if node is None else dict(_keys(node, ()))
    twice = [item for item in problems if item.code == "yaml-duplicate-key" and item.at in keys]
    faults = [Fault("record-duplicate-key", keys[item.at], key_shown(str(keys[item.at][-1])), "1") for item in twice]
    return faults, [_without_values(item) for item in problems if item not in twice]


def _keys(node: Node, steps: Steps) -> Iterator[tuple[SourceSpan | str, Steps]]:
    match node:
        case Mapping():
            for key, value in node.entries:
                yield key.at, (*steps, key.text)
                yield from _keys(value, (*steps, key.text))
        case Sequence():
            for place, item in enumerate(node.items):
                yield from _keys(item, (*steps, place))
        case Scalar():
            return


def _without_values(item: Problem) -> Problem:
    """The problem without the text that stands there."""
    if item.code not in _SAYS_WHAT_STANDS_THERE:
        return item
    values: dict[str, str | Both] = {**dict(item.values), "found": "…"}
    if "says" in values:
        values["says"] = re.sub(r"'(?!<)[^']*'", "…", dict(item.values)["says"].en)
    else:
        values["expected"] = '"…"'
    return problem(item.code, item.at, found=values.pop("found"), expected=values.pop("expected"), **values)
