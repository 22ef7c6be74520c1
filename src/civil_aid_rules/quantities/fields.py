"""How a record model tells rules and people about its fields: unit, titles, what absence means, what is referred to.

Put these into `Annotated[...]`. A field without `Fact` or `Entry` (a name, a document number, a note) no rule can name.
In a JSON Schema of the model, each field then has its titles, its unit and its limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The JSON Schema that the schemas of records and pack files are written in."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that rules may name. `absent="none"`: leaving it out says that there is none, as `cite` explains.

    `unit` is required for amounts (`CNY`); `references` names the list whose entry ids a text field holds.
    """

    en: str
    zh: str
    unit: str | None = None
    absent: Literal["none"] | None = None
    cite: str | None = None
    references: str | None = None

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = _titled(handler(schema), self.en, self.zh)
        if self.absent is not None:
            made["description"] = f"未填即为无。Left out: none ({self.cite})."
        more = {"x-unit": self.unit, "x-absent": self.absent, "x-refers-to": self.references}
        return {**made, **{key: value for key, value in more.items() if value is not None}}


@dataclass(frozen=True, slots=True)
class Entry:
    """A list field: what one entry counts as (`person`, `number`), which field names an entry, how many there may be.

    A list that is present is complete as declared; `least=1` says that it is never empty.
    """

    en: str
    zh: str
    unit: str = "number"
    id: str | None = None
    limit: int = 200
    least: int = 0

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = _titled(handler(schema), self.en, self.zh)
        for part in (made, *made.get("anyOf", ())):
            if part.get("type") == "array":
                part.update({"minItems": self.least} if self.least else {}, maxItems=self.limit)
        return {**made, "x-unit": self.unit}


@dataclass(frozen=True, slots=True)
class Note:
    """A field for people: no rule reads it."""

    en: str
    zh: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return _titled(handler(schema), self.en, self.zh)


@dataclass(frozen=True, slots=True)
class Private:
    """A field that never appears in a message, explanation, log or repr: a name, a document number."""

    en: str = ""
    zh: str = ""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**_titled(handler(schema), self.en, self.zh), "x-private": True}


@dataclass(frozen=True, slots=True)
class RestsOn:
    """An open item of the law: where the field has this value, the note named must say which rule it rests on."""

    note: str
    when: str | bool = "by_local_rule"

    def schema_beside(self, field: str) -> dict[str, Any]:
        """The condition on the object that holds the field, in JSON Schema."""
        return {
            "if": {"properties": {field: {"const": self.when}}, "required": [field]},
            "then": {"properties": {self.note: {"type": "string", "minLength": 1}}, "required": [self.note]},
        }


@dataclass(frozen=True)
class ChoiceTitles:
    """The titles (en, zh) of the texts that a Literal field can have."""

    titles: Mapping[str, tuple[str, str]]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = handler(schema)
        for part in (made, *made.get("anyOf", ())):
            shown = [self.titles.get(choice, (choice, "")) for choice in part.get("enum", ())]
            part.update({"enumDescriptions": [f"{zh} {en}".strip() for en, zh in shown]} if shown else {})
        return made


def _titled(made: dict[str, Any], en: str, zh: str) -> dict[str, Any]:
    """The field's schema with both titles: one where editors show it, and both by language."""
    return {**made, "title": f"{zh} {en}", "x-titles": {"en": en, "zh": zh}} if en or zh else made
