"""The JSON Schemas of histories and payments: committed, up to date, and those of the records inside.

After a change of the models: UPDATE_GOLDEN=1 pytest tests/unit/caseload/test_schemas.py, then read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from civil_aid_rules.caseload.schemas import history_schema, payments_schema, schema_text
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.schema import record_schema
from tests.packs.islandia_record import Hearth

FOLDER = Path(__file__).parents[3] / "docs" / "reference" / "schema"
SCHEMAS = {"history": history_schema, "payments": payments_schema}


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_the_committed_schema_is_the_one_of_the_models(name: str) -> None:
    path, text = FOLDER / f"{name}.schema.json", schema_text(SCHEMAS[name]())
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("model", [Household, Hearth])
def test_a_record_inside_a_history_has_the_schema_of_its_model(model: type[Household] | type[Hearth]) -> None:
    inside, alone = history_schema(model)["$defs"], record_schema(model)
    assert inside["Record"]["properties"] == alone["properties"]
    assert all(inside[name] == part for name, part in alone["$defs"].items())


def test_every_reference_leads_to_a_definition() -> None:
    text = json.dumps(history_schema())
    named = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert named <= set(history_schema()["$defs"])
