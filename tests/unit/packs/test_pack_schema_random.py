"""Schemas and reader agree on blocks with random faults of shape: what the one marks, the other refuses.

What only the compiler asks of a block (a source, a title) stands in `allOf` and is left aside here: see
test_pack_schema_truth.py.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
import yaml

from civil_aid_rules.errors import RulebookError
from civil_aid_rules.packs.load import load_packs
from civil_aid_rules.packs.schema import PACK_FILES, PackFile, pack_schema
from civil_aid_rules.testing.examples import read_examples
from civil_aid_rules.yaml_source import Mapping
from tests.unit.packs.editors import ROOT, pack_files, schema_of

TRIALS = 100
SOUND = "program: x\ntitle: {en: X, zh: 某}\n"
FILES: dict[PackFile, str] = {
    "program": "x/program.yaml",
    "parameters": "x/parameters.yaml",
    "rules": "x/rules/2010-01-01.yaml",
    "notices": "x/notices.yaml",
    "overlay": "overlays/x.yaml",
    "example": "x/examples/x.yaml",
}
RULEBOOKS = ("tests/packs/islandia/rules", "tests/bad_packs/base", "tests/cli/small", "rules/overlays")


def texts(node: yaml.Node | None) -> Any:
    """A document in which every scalar is a text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: texts(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [texts(item) for item in node.value]
    return "" if node is None else node.value


def pieces(file: PackFile) -> list[Any]:
    """Sound small documents: each parameter, rule or example alone."""
    found: list[Any] = []
    for path in (path for root in RULEBOOKS for path in pack_files(ROOT / root)):
        if schema_of(path) == f"{file}.schema.json":
            data = texts(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))
            split = file in ("parameters", "rules")
            found += (
                [{key: value} for key, value in data.items()] if split else data if isinstance(data, list) else [data]
            )
    return found


def shape_only(file: PackFile) -> Callable[[Any], Any]:
    """The schema without what the compiler asks for beyond the shape of a block."""
    schema = pack_schema(file)
    for definition in schema["$defs"].values():
        definition.pop("allOf", None)
    made: Callable[[Any], Any] = fastjsonschema.compile(schema)
    return made


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping with each of its places."""
    for step, value in list(data.items()) if isinstance(data, dict) else list(enumerate(data)):
        yield data, step
        if isinstance(value, dict | list):
            yield from places(value)


def spoilt(sound: Any, pool: list[Any], chance: random.Random) -> Any:
    """A copy with one or two places left out, renamed, replaced by something from elsewhere, or added to."""
    data = copy.deepcopy(sound)
    for _ in range(chance.choice([1, 1, 2])):
        holder, step = chance.choice(list(places(data)) or [(None, None)])
        if holder is None:
            break
        other, other_step = chance.choice(list(places(chance.choice(pool))))
        value = copy.deepcopy(chance.choice([other[other_step], "no", "A b", {}, [], ["a"], {"en": "a", "zh": "b"}]))
        match chance.choice(["leave out", "rename", "replace", "add"]):
            case "leave out":
                del holder[step]
            case "rename" if isinstance(holder, dict):
                holder[chance.choice([f"{step}_", f"{step}s", str(step).title(), str(other_step)])] = holder.pop(step)
            case "add" if isinstance(holder, dict):
                holder[str(other_step)] = value
            case _:
                holder[step] = value
    return data


def is_taken(file: PackFile, data: Any, folder: Path) -> bool:
    """Whether the reader takes the document as the only file of its kind."""
    path = folder / "rules" / FILES[file]
    (folder / "rules" / "x").mkdir(parents=True, exist_ok=True)
    (folder / "rules" / "x" / "program.yaml").write_text(SOUND, encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, width=10**6), encoding="utf-8")
    try:
        if file == "example":
            return all(isinstance(record, Mapping) for _, record in read_examples(path, path.name))
        else:
            load_packs(folder / "rules")
    except RulebookError as error:
        other = {"pack-name-not-folder", "overlay-name-not-file"}
        return {item.code for item in error.problems} <= other
    return True


@pytest.mark.parametrize("file", PACK_FILES)
def test_the_schema_and_the_reader_agree(file: PackFile, tmp_path: Path) -> None:
    chance, sound, accepts = random.Random(f"2016-04-01 {file}"), pieces(file), shape_only(file)
    taken = 0
    for _ in range(TRIALS):
        data = spoilt(chance.choice(sound), sound, chance)
        try:
            accepts(data)
            marked = None
        except fastjsonschema.JsonSchemaValueException as error:
            marked = error.name
        assert (marked is None) == is_taken(file, data, tmp_path), (marked, yaml.safe_dump(data, allow_unicode=True))
        taken += marked is None
    assert TRIALS // 20 < taken < TRIALS - TRIALS // 20
