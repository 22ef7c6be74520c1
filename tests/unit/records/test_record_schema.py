"""The JSON Schema of the shipped record: committed, up to date, and accepting what the strict reader accepts.

After a change of the models: UPDATE_GOLDEN=1 pytest tests/unit/records/test_record_schema.py, then read the difference.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from civil_aid_rules.errors import RecordError
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.schema import record_schema, record_schema_text

ROOT = Path(__file__).parents[3]
FILE = ROOT / "rules" / "schema" / "household.schema.json"
SCHEMA = record_schema(Household)


def test_the_committed_schema_is_the_one_of_the_models() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        FILE.write_text(record_schema_text(Household), encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8")) == json.loads(record_schema_text(Household))


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, model in {"Household": SCHEMA, **SCHEMA["$defs"]}.items():
        assert model["additionalProperties"] is False
        for field, schema in model["properties"].items():
            yield f"{name}.{field}", schema


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


# A validator of that part of JSON Schema which the file uses, so that the file can be held against the reader.


def accepts(schema: dict[str, Any], value: Any) -> bool:
    if "$ref" in schema:
        return accepts(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value)
    if "anyOf" in schema:
        return any(accepts(part, value) for part in schema["anyOf"])
    if not _is_of_type(schema.get("type"), value) or ("not" in schema and accepts(schema["not"], value)):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    match value:
        case bool() | None:
            return True
        case str():
            found = re.search(schema.get("pattern", ""), value, re.ASCII)
            return found is not None and within(len(value), schema, "minLength", "maxLength")
        case int():
            return within(value, schema, "minimum", "maximum")
        case list():
            fits = within(len(value), schema, "minItems", "maxItems")
            return fits and all(accepts(schema["items"], item) for item in value)
        case dict():
            known = schema["properties"]
            return set(schema.get("required", ())) <= set(value) <= set(known) and all(
                accepts(known[name], item) for name, item in value.items()
            )
        case _:
            return False


def within(value: int, schema: dict[str, Any], least: str, most: str) -> bool:
    return bool(schema.get(least, value) <= value <= schema.get(most, value))


def _is_of_type(name: str | None, value: Any) -> bool:
    types: dict[str | None, type] = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}
    if name is None:
        return True
    if name == "null":
        return value is None
    return isinstance(value, types[name]) and (name == "boolean") == isinstance(value, bool)


def is_read(value: Any) -> bool:
    """Whether the strict reader takes it, faults that a schema cannot say left aside."""
    beyond = {"record-duplicate-id", "record-unknown-reference"}
    try:
        Household.from_json(json.dumps(value))
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
    assert accepts(SCHEMA, family) and is_read(family)
    for path, name in places(family):
        for value in VALUES:
            changed = json.loads(json.dumps(family))
            at(changed, path)[name] = value
            assert accepts(SCHEMA, changed) == is_read(changed), (path, name, value)


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


def test_the_schema_and_the_reader_agree_on_random_records() -> None:
    chance = random.Random(20160401)
    for _ in range(400):
        value = random_value(SCHEMA, chance, wrong=0.02)
        assert accepts(SCHEMA, value) == is_read(value), value


def random_value(schema: dict[str, Any], chance: random.Random, *, wrong: float) -> Any:
    """A value that the schema describes, sometimes with a fault in it."""
    if chance.random() < wrong:
        return chance.choice(VALUES)
    if "$ref" in schema:
        return random_value(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], chance, wrong=wrong)
    if "anyOf" in schema:
        return random_value(chance.choice(schema["anyOf"]), chance, wrong=wrong)
    match schema.get("type"):
        case "object":
            return {
                name: random_value(part, chance, wrong=wrong)
                for name, part in schema["properties"].items()
                if name in schema.get("required", ()) or chance.random() < 0.5
            }
        case "array":
            return [random_value(schema["items"], chance, wrong=wrong) for _ in range(chance.choice([0, 1, 2]))]
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
