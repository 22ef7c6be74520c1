"""The JSON Schema of each kind of pack file, read from the pack models: what editors check and complete.

An editor reads YAML before the schema sees it: an unquoted `2016-01-01`, `480` or `no` may come as a number or yes/no.
Where a pack has a text, all of these are accepted, as the strict reader accepts them. `null` is accepted only where it
means something; elsewhere the reader would take it for a word. What a text says (days, expressions, types, names of
other files) is for the loader to check. Only keywords are used that JSON Schema draft-07 and 2020-12 read alike.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from civil_aid_rules.errors import InternalError
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.key_texts import block_text, key_text
from civil_aid_rules.packs.models import ExampleBlock, Identifier, OverlayBlock, ParameterBlock, ProgramBlock, RuleBlock
from civil_aid_rules.packs.notice_models import NoticesBlock
from civil_aid_rules.quantities.fields import DIALECT

PackFile = Literal["program", "parameters", "rules", "notices", "overlay", "example"]
PACK_FILES: tuple[PackFile, ...] = get_args(PackFile)

Schema = dict[str, Any]
_TITLES: dict[PackFile, str] = {
    "program": "规则包 / program.yaml",
    "parameters": "参数 / parameters.yaml",
    "rules": "规则 / rules/DATE.yaml",
    "notices": "通知 / notices.yaml",
    "overlay": "叠加文件 / overlays/NAME.yaml",
    "example": "算例 / examples/NAME.yaml",
}
_SCALAR = ["string", "number", "boolean"]
_NULL_MEANS_UNSET = {
    ("ValueBlock", "value"),
    ("OverlayBlock", "parameters"),
    ("ExpectBlock", "amount"),
    ("ExpectBlock", "values"),
}


def _of_type(*names: str) -> Schema:
    return {"required": ["type"], "properties": {"type": {"enum": list(names)}}}


_CITED: Schema = {"if": {"required": ["repealed"]}, "else": {"required": ["cite"]}}
_CONDITIONS: dict[str, list[Schema]] = {
    "ParameterBlock": [{"if": _of_type("choice"), "then": {"required": ["choices"]}}],
    "BandBlock": [{"oneOf": [{"required": ["below"]}, {"required": ["rest"]}]}],
    "CaseBlock": [
        {
            "if": {"required": ["else"]},
            "then": {"not": {"anyOf": [{"required": ["if"]}, {"required": ["is"]}]}},
            "else": {"required": ["if", "is"]},
        }
    ],
    "RuleBlock": [
        {"if": {"required": ["flag"]}, "then": {"required": ["say"]}},
        {"if": {"required": ["rank"]}, "then": {"required": ["for_each", "title"]}},
        {
            "if": {"anyOf": [{"required": ["pick"]}, {"required": ["repealed"]}]},  # whose type is not read
            "else": {
                "allOf": [
                    {"if": _of_type("choice"), "then": {"required": ["choices"]}},
                    {
                        "if": {"required": ["type"], "not": _of_type("yes_no", "date", "calendar", "choice")},
                        "then": {"required": ["title"]},
                    },
                ]
            },
        },
    ],
    "OverlayBlock": [
        {
            "if": {"required": ["kind"], "properties": {"kind": {"const": "local"}}},
            "then": {
                "required": ["jurisdiction", "level"],
                "if": {"required": ["parameters"], "properties": {"parameters": {"minProperties": 1}}},
                "then": {"required": ["issuer"]},
                "properties": {
                    "rules": {"maxProperties": 0},
                    "parameters": {
                        "additionalProperties": {"type": "object", "properties": {"values": {"items": _CITED}}}
                    },
                },
            },
        }
    ],
}
"""What the compiler asks of a block beyond its keys, as far as its own shape says it."""


def pack_schema(file: PackFile) -> Schema:
    """The schema of one kind of pack file, as plain data.

    >>> pack_schema("program")["$defs"]["SourceBlock"]["required"]
    ['title', 'kind']
    """
    definitions: dict[str, Schema] = {}
    conditions = dict(_CONDITIONS)
    match file:
        case "program":
            whole = _value(ProgramBlock, definitions)
        case "parameters":
            whole = _value(dict[Identifier, ParameterBlock], definitions)
            conditions["ValueBlock"] = [_CITED]
        case "rules":
            whole = _value(dict[Identifier, RuleBlock], definitions)
            conditions["RuleBlock"] = [*_CONDITIONS["RuleBlock"], _CITED]
        case "notices":
            whole = _value(NoticesBlock, definitions)
        case "overlay":
            whole = _value(OverlayBlock, definitions)
            definitions["RuleBlock"]["properties"].pop("repealed")
            definitions["RuleBlock"]["oneOf"].remove({"required": ["repealed"]})
        case "example":
            one = _value(ExampleBlock, definitions)
            whole = {"if": {"type": "array"}, "then": {"items": one}, "else": one}
    for name in conditions.keys() & definitions.keys():
        definitions[name]["allOf"] = conditions[name]
    return {"$schema": DIALECT, "title": _TITLES[file], **whole, "$defs": dict(sorted(definitions.items()))}


def pack_schema_text(file: PackFile) -> str:
    """The schema as its file holds it."""
    return json.dumps(pack_schema(file), ensure_ascii=False, indent=1) + "\n"


def _value(annotation: Any, definitions: dict[str, Schema], *, scalar: list[str] = _SCALAR) -> Schema:
    """What may stand where a model says `annotation`; the blocks met on the way become definitions."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is str or annotation is Text:
        return {"type": scalar}
    if annotation is Any:
        return {"type": "object"}  # a record, which has a schema of its own
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        _define(annotation, definitions)
        return {"$ref": f"#/$defs/{annotation.__name__}"}
    if origin is Annotated:
        return _limited(_value(parts[0], definitions, scalar=scalar), parts[1:])
    if origin is Literal:
        return {"enum": [True, "true"] if parts == ("true",) else list(parts)}
    if origin in (Union, types.UnionType):
        ways = [_value(part, definitions, scalar=scalar) for part in parts if part is not types.NoneType]
        return ways[0] if len(ways) == 1 else {"anyOf": ways}
    if origin is list:
        return {"type": "array", "items": _value(parts[0], definitions, scalar=scalar)}
    if origin is dict:
        pattern = _value(parts[0], definitions).get("pattern")
        names = {} if pattern is None else {"propertyNames": {"pattern": pattern}}
        return {"type": "object", **names, "additionalProperties": _value(parts[1], definitions, scalar=scalar)}
    raise InternalError(f"a pack model has a field of a kind without a schema: {annotation}")


def _limited(made: Schema, metadata: tuple[object, ...]) -> Schema:
    """With the pattern of a name, or how many entries a list has. A name such as `on` may come as yes/no."""
    for item in _flat(metadata):
        if (pattern := getattr(item, "pattern", None)) is not None:
            made = {"type": ["string", "boolean"], "pattern": pattern}
        if "items" in made:
            least, most = getattr(item, "min_length", None), getattr(item, "max_length", None)
            made |= {} if least is None else {"minItems": least}
            made |= {} if most is None else {"maxItems": most}
    return made


def _flat(metadata: tuple[object, ...]) -> Iterator[object]:
    for item in metadata:
        yield item
        if isinstance(item, FieldInfo):
            yield from item.metadata
        if isinstance(item, WithJsonSchema):
            yield types.SimpleNamespace(**(item.json_schema or {}))


def _define(model: type[BaseModel], definitions: dict[str, Schema]) -> None:
    """The definition of a block: its keys with their meaning, none besides, and what must stand together."""
    name = model.__name__
    if name in definitions:
        return
    definitions[name] = {}  # it may hold itself
    annotations = get_type_hints(model, include_extras=True)
    properties: dict[str, Schema] = {}
    for field, info in model.model_fields.items():
        if not info.exclude:
            key = info.alias or field
            scalar = [*_SCALAR, "null"] if (name, field) in _NULL_MEANS_UNSET else _SCALAR
            shown = {"description": key_text(name, key)}
            properties[key] = {**_value(annotations[field], definitions, scalar=scalar), **shown}
    required = [info.alias or field for field, info in model.model_fields.items() if info.is_required()]
    one_of = getattr(model, "one_of", ())
    definitions[name] = {
        "description": block_text(name),
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": required} if required else {}),
        **({"oneOf": [{"required": [key]} for key in one_of]} if one_of else {}),
    }
