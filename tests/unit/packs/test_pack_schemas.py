"""The JSON Schemas of pack files: committed, up to date, named by every shipped file, and true of every pack here.

After a change of the models: UPDATE_GOLDEN=1 pytest tests/unit/packs/test_pack_schemas.py, then read the difference.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from civil_aid_rules.packs.key_texts import BLOCKS, KEYS, KEYS_OF
from civil_aid_rules.packs.schema import PACK_FILES, PackFile, pack_schema, pack_schema_text
from tests.unit.packs.editors import (
    ROOT,
    SCHEMAS,
    Version,
    as_editor_reads,
    fault,
    fault_of_data,
    pack_files,
    schema_of,
)

SHIPPED = pack_files(ROOT / "rules")
RULEBOOKS = (ROOT / "tests/packs/islandia/rules", ROOT / "tests/bad_packs/base", ROOT / "tests/cli/small")
ALL = [*SHIPPED, *(path for root in RULEBOOKS for path in pack_files(root))]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", PACK_FILES)
def test_the_committed_schema_is_the_one_of_the_models(file: PackFile) -> None:
    path = SCHEMAS / f"{file}.schema.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(pack_schema_text(file), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == pack_schema_text(file)


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_the_first_line_of_a_shipped_file_names_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    lead, _, target = first.partition("$schema=")
    assert lead == "# yaml-language-server: "
    assert (path.parent / target).resolve() == SCHEMAS / schema_of(path)
    assert (path.parent / target).is_file()


def test_there_are_files_of_every_kind_among_the_shipped() -> None:
    assert {schema_of(path) for path in SHIPPED} == {f"{file}.schema.json" for file in PACK_FILES}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("path", ALL, ids=named)
def test_an_editor_marks_nothing_in_a_sound_file(path: Path, version: Version) -> None:
    assert fault(schema_of(path), path.read_text(encoding="utf-8"), version) is None


def record_of(program: str) -> str:
    """The record that a shipped program decides on."""
    text = (ROOT / "rules" / program / "program.yaml").read_text(encoding="utf-8")
    return str(as_editor_reads(text, "1.2").get("record", "household"))


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("path", [path for path in SHIPPED if path.parent.name == "examples"], ids=named)
def test_the_records_of_worked_examples_are_true_to_their_own_schemas(path: Path, version: Version) -> None:
    data = as_editor_reads(path.read_text(encoding="utf-8"), version)
    for example in data if isinstance(data, list) else [data]:
        found = fault_of_data(f"{record_of(example['program'])}.schema.json", example["record"])
        assert found is None, example["example"]


def test_the_record_to_begin_with_names_the_schema_of_the_record() -> None:
    path = ROOT / "examples" / "household.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../rules/schema/household.schema.json\n")
    assert fault("household.schema.json", text) is None


# --- what the schemas say --------------------------------------------------------------------------------------------


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


def blocks(file: PackFile) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = pack_schema(file)["$defs"]
    return found


@pytest.mark.parametrize("file", PACK_FILES)
def test_every_block_and_key_has_its_meaning_in_both_languages(file: PackFile) -> None:
    for name, block in blocks(file).items():
        shown = [block["description"], *(key["description"] for key in block["properties"].values())]
        bare = [text for text in shown if text.isascii() and text != "m in members"]
        assert bare == [], name


def test_no_meaning_is_kept_for_a_key_that_no_block_has() -> None:
    every = {name: block["properties"] for file in PACK_FILES for name, block in blocks(file).items()}
    every["RuleBlock"] = blocks("rules")["RuleBlock"]["properties"]
    assert BLOCKS.keys() == every.keys()
    assert [(name, key) for name, keys in KEYS_OF.items() for key in keys if key not in every[name]] == []
    general = {key for name, keys in every.items() for key in keys if key not in KEYS_OF.get(name, {})}
    assert KEYS.keys() == general


KEYWORDS = {
    "$schema", "$defs", "$ref", "title", "description", "type", "enum", "const", "properties", "required", "pattern",
    "additionalProperties", "propertyNames", "items", "minItems", "maxItems", "minProperties", "maxProperties",
    "anyOf", "oneOf", "allOf", "not", "if", "then", "else",
}  # fmt: skip
"""Keywords with one meaning in draft-07, which editors know, and in 2020-12."""


@pytest.mark.parametrize("file", PACK_FILES)
def test_a_schema_keeps_to_what_both_dialects_read_alike(file: PackFile) -> None:
    schema = pack_schema(file)
    held = {"$defs", "properties"}
    names = {id(part[key]) for part in parts(schema) for key in held if key in part}
    used = [part for part in parts(schema) if id(part) not in names]
    assert {key for part in used for key in part} <= KEYWORDS
    for part in used:
        if "$ref" in part:  # draft-07 reads nothing beside a reference: only words for people may stand there
            assert part.keys() <= {"$ref", "description", "$schema", "title", "$defs"}
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]


def test_a_schema_is_the_same_whenever_it_is_made() -> None:
    assert [pack_schema_text(file) for file in PACK_FILES] == [pack_schema_text(file) for file in PACK_FILES]
    assert json.loads(pack_schema_text("rules")) == pack_schema("rules")
