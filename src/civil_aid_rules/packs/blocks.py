"""From YAML nodes to the data that the pack models validate: every text keeps its place in the file."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import Mapping, Node, Scalar, Sequence

NOWHERE = SourceSpan("<python>", 1, 1)
_AS_IT_IS = GetPydanticSchema(lambda _source, _handler: core_schema.any_schema())
"""Only `LocatedDict` gives places: to validate them would cost a fifth of all that loading the models costs."""


class Text(str):
    """A text of a pack file that remembers where its first character stands and whether it was quoted."""

    __slots__ = ("at", "quoted")

    at: SourceSpan
    quoted: bool

    def __new__(cls, text: str, at: SourceSpan = NOWHERE, quoted: bool = False) -> Text:
        made = super().__new__(cls, text)
        made.at = at
        made.quoted = quoted
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, SourceSpan, bool]]:
        return (Text, (str(self), self.at, self.quoted))

    @property
    def is_null(self) -> bool:
        """Whether the file says `null`: declared, but without a value."""
        return self == "null" and not self.quoted

    @property
    def inner_at(self) -> SourceSpan:
        """Where the first character inside the quotes stands."""
        return self.at.shifted(1) if self.quoted else self.at

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(_written, return_schema=core_schema.str_schema())
        return core_schema.is_instance_schema(cls, cls_repr="text", serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string"}


def _written(value: Any) -> str:
    """The text as written. Refuses anything else: where a block or list may stand in its place, that is dumped."""
    if isinstance(value, Text):
        return str(value)
    raise PydanticSerializationUnexpectedValue("no text")


class LocatedDict(dict[str, Any]):
    """A mapping of a pack file: where it stands and where each of its keys stands."""

    __slots__ = ("at", "keys_at")

    def __init__(self, entries: dict[str, Any], at: SourceSpan, keys_at: dict[str, SourceSpan]) -> None:
        super().__init__(entries)
        self.at = at
        self.keys_at = keys_at


def to_data(node: Node) -> Any:
    """The node as nested `LocatedDict`, list and `Text`."""
    match node:
        case Scalar():
            return Text(node.text, node.at, node.quoted)
        case Sequence():
            return [to_data(item) for item in node.items]
        case Mapping():
            entries: dict[str, Any] = {
                Text(key.text, key.at, key.quoted): to_data(value) for key, value in node.entries
            }
            return LocatedDict(entries, node.at, {key.text: key.at for key, _ in node.entries})


class Block(BaseModel):
    """One block of a pack file: strict, frozen, no unknown keys; `at` is where it stands."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    at: SkipJsonSchema[Annotated[SourceSpan, _AS_IT_IS]] = Field(default=NOWHERE, exclude=True, repr=False)
    keys_at: SkipJsonSchema[Annotated[dict[str, SourceSpan], _AS_IT_IS]] = Field(default={}, exclude=True, repr=False)

    @model_validator(mode="before")
    @classmethod
    def _with_place(cls, data: Any) -> Any:
        if not isinstance(data, LocatedDict):
            return data
        for key in ("at", "keys_at"):
            if key in data:
                raise PydanticCustomError("reserved_key", "{key}", {"key": key})
        return {**data, "at": data.at, "keys_at": data.keys_at}

    def place_of(self, key: str) -> SourceSpan:
        """Where a key stands in the file; the block's own place where it is left out."""
        return self.keys_at.get(key, self.at)
