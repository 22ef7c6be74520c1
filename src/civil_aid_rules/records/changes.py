"""Some facts of a record changed, by path: what `with_changes` does to the record's plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from civil_aid_rules.errors import Both, shortened
from civil_aid_rules.records.fault import Fault

_PATH = re.compile(r"(?:\$\.)?([A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*|\[(?:[0-9]{1,6}|\+)\])*)")
_STEP = re.compile(r"[A-Za-z_][A-Za-z_0-9]*|[0-9]+|\+")
_EXAMPLE = "members[0].income[0].amount"


def change(data: dict[str, Any], changes: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The data with the changes made, and a fault for each path that leads nowhere; that change is then left out."""
    faults: list[Fault] = []
    for path, value in changes.items():
        attempt = _plain(data)
        fault = _change(attempt, path, value)
        if fault is None:
            data = attempt
        else:
            faults.append(fault)
    return data, faults


def _change(data: dict[str, Any], path: str, value: Any) -> Fault | None:
    found = _PATH.fullmatch(path)
    if found is None:
        return Fault("record-path", (), shortened(path, 60) or '""', Both(*(_EXAMPLE,) * 2))
    *steps, last = [int(step) if step.isdigit() else step for step in _STEP.findall(found[1])]
    here: Any = data
    for step, following in zip(steps, [*steps, last][1:], strict=True):
        here = _entered(here, step, following)
        if here is None:
            return _nowhere(path, step)
    match here, last:
        case list(), "+":
            here.append(_plain(value))
        case list(), int() if last < len(here):
            here[last] = _plain(value)
        case dict(), str() if last != "+":
            here[last] = _plain(value)
        case _:
            return _nowhere(path, last)
    return None


def _nowhere(path: str, step: str | int) -> Fault:
    expected = Both(f"a path that exists; {step} cannot be reached", f"存在的路径；到不了 {step}")
    return Fault("record-path", (), shortened(path, 60), expected)


def _entered(here: Any, step: str | int, following: str | int) -> Any:
    """One step further. A group that was not known begins empty; a list that is not known cannot be added to."""
    if isinstance(here, list) and step == "+":
        here.append({})
        return here[-1]
    if isinstance(here, list) and isinstance(step, int):
        return here[step] if step < len(here) else None
    if isinstance(here, dict) and isinstance(step, str) and step != "+":
        if here.get(step) is None and isinstance(following, str) and following != "+":
            here[step] = {}
        return here.get(step)
    return None


def _plain(value: Any) -> Any:
    """A copy of the value as plain data, so that later changes reach into it and never into the caller's own."""
    match value:
        case BaseModel():
            return value.model_dump(mode="json", exclude_none=True)
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value
