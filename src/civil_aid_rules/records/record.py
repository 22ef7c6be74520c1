"""What every record model is: strict, frozen facts as written. Nothing here computes what a law defines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from civil_aid_rules.quantities.fields import Private
from civil_aid_rules.records.structure import structure_faults


class Part(BaseModel):
    """A part of a record: a person, an income item. Private fields never appear in its repr or in an error."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            private = name in fields and any(isinstance(item, Private) for item in fields[name].metadata)
            if value is not None and not private:
                yield name, value


class Record(Part):
    """A whole record that programs decide on. Extend it for a record model of your own.

    A field left out, or null, is not known; `"none"` (or an empty list) is known to be none.
    """

    @model_validator(mode="after")
    def _structure_is_sound(self) -> Self:
        """Ids are unique, references name an entry, lists keep their limits; nothing of the law."""
        faults = structure_faults(self, type(self))
        if faults:
            raise PydanticCustomError("structure", "ids, references or lists at fault", {"faults": faults})
        return self

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The record that a JSON text holds. Raises RecordError with every fault at its path, such as `$.members[1].id`."""
        from civil_aid_rules.records.read import read_json_record

        return read_json_record(text, cls)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The record in a .json, .yaml or .yml file. Raises RecordError with every fault at its path."""
        from civil_aid_rules.records.read import load_record

        return load_record(Path(path), cls)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """Like `from_json`: Pydantic's own reader would take the last of two equal keys without a word."""
        return cls.from_json(json_data if isinstance(json_data, str) else bytes(json_data))

    def with_changes(self, changes: Mapping[str, Any]) -> Self:
        """This record with some facts changed: `{"members[0].income[0].amount": "950"}`; `[+]` adds an entry, None makes unknown.

        Raises RecordError when a path leads nowhere or a value is refused.
        """
        from civil_aid_rules.records.read import changed_record

        return changed_record(self, changes)

    def canonical(self) -> dict[str, Any]:
        """The record as data without what is unknown: amounts with two decimals, days as text. Digests are taken of this."""
        return self.model_dump(mode="json", exclude_none=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__
