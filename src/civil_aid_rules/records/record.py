"""What every record model is: strict, frozen facts as written. Nothing here computes what a law defines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from civil_aid_rules.records.fields import FieldShape, is_private, read_shape
from civil_aid_rules.records.structure import structure_faults

AnyEntry = TypeVar("AnyEntry")


def _entries_schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """A list or tuple in, a tuple kept: a frozen record must not change through its lists."""
    entry = handler.generate_schema(get_args(source)[0])
    listed = core_schema.no_info_before_validator_function(
        lambda value: list(value) if isinstance(value, tuple) else value, core_schema.list_schema(entry, strict=True)
    )
    return core_schema.no_info_after_validator_function(
        tuple, listed, serialization=core_schema.plain_serializer_function_ser_schema(list)
    )


Many = Annotated[Sequence[AnyEntry], GetPydanticSchema(_entries_schema)]
"""The entries of a list, of whatever model: lists and tuples are accepted, a tuple is kept."""


class Part(BaseModel):
    """A part of a record: a person, an income item. Private fields never appear in its repr or in an error."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, defer_build=True)
    __shape__: ClassVar[tuple[FieldShape, ...] | None] = None

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        super().__pydantic_init_subclass__(**more)
        is_resolved = getattr(cls, "__pydantic_fields_complete__", cls.__pydantic_complete__)
        cls.__shape__ = read_shape(cls) if is_resolved else None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = handler.resolve_ref_schema(handler(schema))
        rests = [(field.name, field.rests_on) for field in read_shape(cls) if field.rests_on is not None]
        if rests:
            made["allOf"] = [open_item.schema_beside(name) for name, open_item in rests]
        return made

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            if value is not None and not is_private(fields.get(name or "")):
                yield name, value


class Record(Part):
    """A whole record that programs decide on. Extend it for a record model of your own.

    A field left out, or null, is not known; `"none"` (or an empty list) is known to be none.
    """

    @model_validator(mode="after")
    def _structure_is_sound(self) -> Self:
        """Ids are unique, references name an entry, lists keep their limits; nothing of the law."""
        faults = [fault.as_problem() for fault in structure_faults(self, type(self))]
        if faults:
            said = "; ".join(
                f"{fault.at}: {fault.code}, found {fault.found}, expected {fault.expected}" for fault in faults
            )
            raise PydanticCustomError("structure", "{said}", {"said": said})
        return self

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The record that a JSON text holds. Raises RecordError with every fault at its path (`$.members[1].id`)."""
        from civil_aid_rules.records.read import read_json_record

        return read_json_record(text, cls)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The record in a .json, .yaml or .yml file. Raises RecordError with every fault at its line and path."""
        from civil_aid_rules.records.read import load_record

        return load_record(Path(path), cls)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """Like `from_json`: Pydantic's own reader would take the last of two equal keys without a word."""
        return cls.from_json(json_data if isinstance(json_data, str) else bytes(json_data))

    def with_changes(self, changes: Mapping[str, Any]) -> Self:
        """This record with some facts changed: `{"members[0].income[0].amount": "950"}`, one after the other.

        `[+]` adds an entry to a list that is known, None makes a fact unknown. Raises RecordError when a path leads
        nowhere or a value is refused.
        """
        from civil_aid_rules.records.read import changed_record

        return changed_record(self, changes)

    def canonical(self) -> dict[str, Any]:
        """The record as data without what is unknown: amounts with two decimals, days as text. Digests rest on it."""
        return self.model_dump(mode="json", exclude_none=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__
