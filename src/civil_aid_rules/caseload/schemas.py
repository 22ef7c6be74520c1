"""The JSON Schemas of histories, payments and rolls, for editors and for those who write such files.

They cannot say that a decision needs an approval before it, or that months are in order; the reader can.
"""

from __future__ import annotations

import json
from typing import Any

from civil_aid_rules.caseload.over_time.history import History, Payments
from civil_aid_rules.caseload.roll.roll import Roll
from civil_aid_rules.records.record import Record
from civil_aid_rules.records.schema import record_schema

HOUSEHOLD = "household.schema.json"
"""The schema of the shipped record, in the same folder as that of the history."""


def history_schema(record: type[Record] | str = HOUSEHOLD) -> dict[str, Any]:
    """The schema of a history. `record`: the model of its records, or the address of their schema.

    >>> history_schema()["$defs"]["Decision"]["properties"]["kind"]["enum"]
    ['approval', 'change', 'stop', 'death']
    """
    schema = record_schema(History)
    if isinstance(record, str):
        return {**schema, "$defs": {**schema["$defs"], "Record": {"$ref": record}}}
    inner = record_schema(record)
    inside = {key: value for key, value in inner.items() if key not in ("$schema", "$defs")}
    return {**schema, "$defs": {**schema["$defs"], **inner.get("$defs", {}), "Record": inside}}


def payments_schema() -> dict[str, Any]:
    """The schema of payments."""
    return record_schema(Payments)


def roll_schema() -> dict[str, Any]:
    """The schema of a roll."""
    return record_schema(Roll)


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
