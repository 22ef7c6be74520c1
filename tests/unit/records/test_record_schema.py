"""The JSON Schemas of the shipped records: committed, up to date, and accepting what the strict reader accepts.

After a change of the models: UPDATE_GOLDEN=1 pytest tests/unit/records/test_record_schema.py, then read the difference.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from civil_aid_rules.errors import RecordError
from civil_aid_rules.records.county import County
from civil_aid_rules.records.facility import Facility
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.record import Record
from civil_aid_rules.records.schema import record_schema, record_schema_text

ROOT = Path(__file__).parents[3]
RECORDS: dict[str, type[Record]] = {"household": Household, "county": County, "facility": Facility}
SCHEMAS = {name: record_schema(model) for name, model in RECORDS.items()}
VALIDATORS = {name: fastjsonschema.compile(schema) for name, schema in SCHEMAS.items()}
SCHEMA = SCHEMAS["household"]


@pytest.mark.parametrize("name", RECORDS)
def test_the_committed_schema_is_the_one_of_the_models(name: str) -> None:
    file = ROOT / "rules" / "schema" / f"{name}.schema.json"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(record_schema_text(RECORDS[name]), encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(record_schema_text(RECORDS[name]))


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    for schema in SCHEMAS.values():
        for name, model in {schema["title"]: schema, **schema.get("$defs", {})}.items():
            assert model["additionalProperties"] is False
            for field, part in model["properties"].items():
                yield f"{name}.{field}", part


@pytest.mark.parametrize(("name", "schema"), list(properties()), ids=lambda case: case if isinstance(case, str) else "")
def test_every_field_shows_its_titles_in_both_languages(name: str, schema: dict[str, Any]) -> None:
    assert set(schema["x-titles"]) == {"en", "zh"}
    assert schema["title"] == f"{schema['x-titles']['zh']} {schema['x-titles']['en']}"


def test_units_choices_limits_and_reasons_are_in_the_schema() -> None:
    person, item = SCHEMA["$defs"]["Person"]["properties"], SCHEMA["$defs"]["IncomeItem"]["properties"]
    assert item["amount"]["x-unit"] == "CNY"
    assert SCHEMA["properties"]["members"]["x-unit"] == "person"
    (members,) = [part for part in SCHEMA["properties"]["members"]["anyOf"] if part.get("type") == "array"]
    assert (members["minItems"], members["maxItems"]) == (1, 100)
    (period,) = [part for part in item["period"]["anyOf"] if "enum" in part]
    assert dict(zip(period["enum"], period["enumDescriptions"], strict=True)) == {
        "month": "按月 a month",
        "year": "按年 a year",
        "once": "一次性 once",
    }
    assert "without an end" in item["end"]["description"] or "still paid" in item["end"]["description"]
    assert person["spouse"]["x-refers-to"] == "members"
    assert person["name"]["x-private"] is True and person["document_number"]["x-private"] is True
    assert SCHEMA["$defs"]["Person"]["required"] == ["id"]


def accepts(name: str, value: Any) -> bool:
    """Whether the schema of a record takes it."""
    try:
        VALIDATORS[name](value)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def is_read(name: str, value: Any) -> bool:
    """Whether the strict reader takes it, faults that a schema cannot say left aside."""
    beyond = {"record-duplicate-id", "record-unknown-reference"}
    try:
        RECORDS[name].from_json(json.dumps(value))
    except RecordError as error:
        return all(item.code in beyond for item in error.problems)
    return True


VALUES: list[Any] = [
    None, True, False, 0, 1, 5, -1, 10**10, 10**10 + 1, 10**16, "", "none", "x", "a" * 41, "0", "0.00", "-0", "-1",
    "900", "900.5", "900.505", "0900", "1e3", "９００", "4_80", "10000000000", "10000000000.0", "10000000000.01",
    "9999999999.99", "10000000001", ".5", "5.", "2016-01-01", "2016-1-1", "1899-01-01", "1900-01-01", "2999-12-31",
    "3000-01-01", "2016-13-01", "2016-00-01", "2016-01-32", "month", "wages", "within", "head", "non_agricultural",
    "evidenced", "prison", "visual", [], {}, [{}], [None], {"grade": 1}, {"grade": 5}, {"start": "2016-01-01"},
    {"x": 1},
]  # fmt: skip


def test_the_schema_accepts_exactly_what_the_reader_accepts() -> None:
    family = json.loads((ROOT / "tests" / "records" / "family.json").read_text(encoding="utf-8"))
    assert accepts("household", family) and is_read("household", family)
    for path, name in places(family):
        for value in VALUES:
            changed = json.loads(json.dumps(family))
            at(changed, path)[name] = value
            assert accepts("household", changed) == is_read("household", changed), (path, name, value)


def places(family: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every field of the household, of a person, of an income item, an asset and of the groups."""
    parts: dict[tuple[str | int, ...], str] = {
        (): "",
        ("members", 0): "Person",
        ("members", 0, "income", 0): "IncomeItem",
    }
    for path, model in parts.items():
        for name in [*(SCHEMA if not model else SCHEMA["$defs"][model])["properties"], "unknown_field"]:
            yield path, name


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_and_the_reader_agree_on_random_records(name: str) -> None:
    chance, read = random.Random(20160401), 0
    for _ in range(400):
        value = random_value(SCHEMAS[name], chance, SCHEMAS[name].get("$defs", {}), wrong=0.02)
        assert accepts(name, value) == is_read(name, value), value
        read += is_read(name, value)
    assert 40 < read < 400


def random_value(schema: dict[str, Any], chance: random.Random, parts: dict[str, Any], *, wrong: float) -> Any:
    """A value that the schema describes, sometimes with a fault in it."""
    if chance.random() < wrong:
        return chance.choice(VALUES)
    if "$ref" in schema:
        return random_value(parts[schema["$ref"].rpartition("/")[2]], chance, parts, wrong=wrong)
    if "anyOf" in schema:
        return random_value(chance.choice(schema["anyOf"]), chance, parts, wrong=wrong)
    match schema.get("type"):
        case "object":
            return {
                name: random_value(part, chance, parts, wrong=wrong)
                for name, part in schema["properties"].items()
                if name in schema.get("required", ()) or chance.random() < 0.5
            }
        case "array":
            return [random_value(schema["items"], chance, parts, wrong=wrong) for _ in range(chance.choice([0, 1, 2]))]
        case "boolean":
            return chance.random() < 0.5
        case "integer":
            return chance.choice([schema.get("minimum", 0), schema.get("maximum", 9)])
        case "null":
            return None
        case _:
            return chance.choice(
                schema.get("enum", [schema.get("const", "none")] if "const" in schema else ["b", "900", "2016-02-29"])
            )
