"""A YAML file as an editor sees it: scalars resolved by YAML 1.1 or 1.2, then held against a JSON Schema.

Nothing here is the library's: PyYAML composes, its own rules (1.1) or those of the 1.2 core schema resolve.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import fastjsonschema
import yaml

Version = Literal["1.1", "1.2"]
ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "rules" / "schema"

_CORE_NULL = re.compile(r"null|Null|NULL|~|")
_CORE_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_CORE_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_CORE_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"
)


def as_editor_reads(text: str, version: Version) -> Any:
    """The document; keys are texts as written, and a day is a text in both versions."""
    return _read(yaml.compose(text, Loader=yaml.SafeLoader), version)


def _read(node: yaml.Node | None, version: Version) -> Any:
    match node:
        case yaml.MappingNode():
            return {key.value: _read(value, version) for key, value in node.value}
        case yaml.SequenceNode():
            return [_read(item, version) for item in node.value]
        case yaml.ScalarNode():
            return _by_core_schema(node) if version == "1.2" else _by_1_1(node)
    return None


def _by_1_1(node: yaml.ScalarNode) -> Any:
    kind = node.tag.rpartition(":")[2]
    stand_ins = {"null": None, "bool": node.value.lower() in ("yes", "on", "true"), "int": 1, "float": 0.5}
    return stand_ins.get(kind, node.value)


def _by_core_schema(node: yaml.ScalarNode) -> Any:
    if node.style is not None:
        return node.value
    if _CORE_NULL.fullmatch(node.value):
        return None
    if _CORE_BOOL.fullmatch(node.value):
        return node.value.lower() == "true"
    if _CORE_INT.fullmatch(node.value):
        return 1
    return 0.5 if _CORE_FLOAT.fullmatch(node.value) else node.value


@cache
def _validator(name: str) -> Callable[[Any], Any]:
    made: Callable[[Any], Any] = fastjsonschema.compile(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))
    return made


@cache
def fault(schema: str, text: str, version: Version = "1.2") -> str | None:
    """Where an editor marks a fault, such as `data.standard.values[0]`; None where it marks none.

    `schema` is the name of a file of rules/schema.
    """
    return fault_of_data(schema, as_editor_reads(text, version))


def fault_of_data(schema: str, data: Any) -> str | None:
    """The same of what has been read."""
    try:
        _validator(schema)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        return str(error.name)
    return None


def schema_of(path: Path) -> str:
    """The schema of a file of a rulebook, by where it stands."""
    kinds = {"rules": "rules", "examples": "example", "overlays": "overlay"}
    return f"{kinds.get(path.parent.name, path.stem)}.schema.json"


def pack_files(root: Path) -> list[Path]:
    """The YAML files of a rulebook."""
    return sorted(path for path in root.glob("**/*.yaml") if path.parent.name != "schema")
