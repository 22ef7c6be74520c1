"""One row of a table as a record of its model: what a bad row's sentence says comes from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civil_aid_rules.records.read import read_data
from civil_aid_rules.records.record import Record


def record_of_row(row: Mapping[str, Any], model: type[Record]) -> Record:
    """The record that a row holds, null being what is not given. Raises RecordError with every fault at its path."""
    return read_data(_given(row), model, [])


def _given(value: Any) -> Any:
    """The value without what is null in it; an entry of a list stays, null or not."""
    if isinstance(value, Mapping):
        return {name: _given(held) for name, held in value.items() if held is not None}
    return [_given(item) for item in value] if isinstance(value, list) else value
