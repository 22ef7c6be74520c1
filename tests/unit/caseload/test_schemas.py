"""The JSON Schemas of histories and payments: committed, up to date, and those of the records inside.

After a change of the models: UPDATE_GOLDEN=1 pytest tests/unit/caseload/test_schemas.py, then read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from civil_aid_rules.caseload.schemas import history_schema, payments_schema, roll_schema, schema_text
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.schema import record_schema
from tests.packs.islandia_record import Hearth
from tests.unit.packs.editors import as_editor_reads

ROOT = Path(__file__).parents[3]
FOLDER, EXAMPLES = ROOT / "rules" / "schema", ROOT / "examples"
SCHEMAS = {"history": history_schema, "payments": payments_schema, "roll": roll_schema}


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


def test_every_reference_leads_to_a_definition_or_to_the_households_schema() -> None:
    named = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(history_schema())))
    inside = {f"#/$defs/{name}" for name in history_schema()["$defs"]}
    assert named - inside == {"household.schema.json"}
    assert (FOLDER / "household.schema.json").is_file()


@pytest.mark.parametrize(
    ("name", "schema", "wrong"),
    [
        ("history", history_schema(Household), ("decided_on: 2016-02-16", "decided_on: 2016-2-16")),
        ("history", history_schema(Household), ("kind: change", "kind: chance")),
        ("history", history_schema(Household), ("relation: spouse", "relation: spous")),
        ("payments", payments_schema(), ("first_month: 2016-02", "first_month: 2016-2")),
        ("payments", payments_schema(), ('amount: "1020"', 'amount: "1020.005"')),
        ("payments", payments_schema(), ("paid_on: 2016-02-10, ", "")),
    ],
)
def test_an_editor_takes_the_example_and_marks_what_the_reader_refuses(
    name: str, schema: dict[str, Any], wrong: tuple[str, str]
) -> None:
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    takes: Callable[[Any], Any] = fastjsonschema.compile(schema)
    takes(as_editor_reads(text, "1.2"))
    assert wrong[0] in text
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        takes(as_editor_reads(text.replace(*wrong), "1.2"))
