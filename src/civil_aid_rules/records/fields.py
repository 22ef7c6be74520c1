"""What a field of a record model accepts, read from its annotation."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules.errors import Both
from civil_aid_rules.quantities.fields import Entry, Fact, Private, RestsOn

NONE_TEXT = "none"
"""How a record says that there is none."""

_WORDS: dict[Any, Both] = {
    bool: Both("true or false", "true 或 false"),
    int: Both("a whole number", "整数"),
    str: Both("a text", "文字"),
    Decimal: Both('"900" or "900.50"', '"900" 或 "900.50"'),
    datetime.date: Both("a day that exists, as YYYY-MM-DD", "真实存在的日期，写作 YYYY-MM-DD"),
}
LIST = Both("a list", "列表")
OBJECT = Both("an object", "一组字段")


def alternatives(annotation: Any) -> Iterator[Any]:
    """The plain types, lists and Literals that an annotation allows, without Annotated, unions and None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from alternatives(part)
    elif annotation is not type(None) and annotation is not None:
        yield annotation


def is_list(alternative: Any) -> bool:
    """Whether an alternative is a list of entries."""
    return get_origin(alternative) in (list, tuple, Sequence)


def entry_annotation(annotation: Any) -> Any:
    """What one entry of a list field is; None where the field is no list."""
    return next((get_args(part)[0] for part in alternatives(annotation) if is_list(part)), None)


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The model that a field's value, or an entry of its list, is of."""
    for part in alternatives(annotation):
        if is_list(part):
            return model_of(get_args(part)[0])
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def holds_model(annotation: Any) -> bool:
    """Whether an object may stand here."""
    return any(isinstance(part, type) and issubclass(part, BaseModel) for part in alternatives(annotation))


def holds_list(annotation: Any) -> bool:
    """Whether a list may stand here."""
    return any(is_list(part) for part in alternatives(annotation))


def choices(annotation: Any) -> tuple[str, ...]:
    """The texts that a field of choices has, `none` last; empty where other values may stand there too."""
    found: list[str] = []
    for part in alternatives(annotation):
        if get_origin(part) is not Literal:
            return ()
        found += [str(item) for item in get_args(part)]
    return tuple(sorted(found, key=lambda item: item == NONE_TEXT)) if found != [NONE_TEXT] else ()


def is_private(info: FieldInfo | None) -> bool:
    """Whether a field's value must never be shown."""
    return info is not None and any(isinstance(item, Private) for item in info.metadata)


def accepted(annotation: Any, info: FieldInfo | None) -> Both:
    """What may stand here, in words."""
    found: list[Both] = []
    for part in alternatives(annotation):
        if get_origin(part) is Literal:
            found += [Both(f'"{item}"', f'"{item}"') for item in get_args(part)]
        elif is_list(part):
            found.append(LIST)
        elif isinstance(part, type) and issubclass(part, BaseModel):
            found.append(OBJECT)
        else:
            found.append((part is int and _within(info)) or _WORDS.get(part) or _WORDS[str])
    ordered = sorted(dict.fromkeys(found), key=lambda item: item.en == f'"{NONE_TEXT}"') or [OBJECT]
    return Both(", or ".join(item.en for item in ordered), "，或 ".join(item.zh for item in ordered))


def _within(info: FieldInfo | None) -> Both | None:
    """The bounds of a whole number, where it has both."""
    held = [] if info is None else info.metadata
    least, most = (next((getattr(item, name) for item in held if hasattr(item, name)), None) for name in ("ge", "le"))
    if least is None or most is None:
        return None
    return Both(f"a whole number from {least} to {most}", f"{least} 至 {most} 的整数")


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What the structure of a record rests on in one field: a list, a reference, a model inside, a whole number."""

    name: str
    entry: Entry | None
    references: str | None
    inner: type[BaseModel] | None
    is_number: bool
    is_private: bool
    rests_on: RestsOn | None = None
    may_be_none: bool = False


def shape_of(model: type[BaseModel]) -> tuple[FieldShape, ...]:
    """The fields that its structure rests on. A model notes them when its class is made; else they are read here."""
    noted: tuple[FieldShape, ...] | None = model.__dict__.get("__shape__")
    return read_shape(model) if noted is None else noted


def read_shape(model: type[BaseModel]) -> tuple[FieldShape, ...]:
    """The fields that a model's structure rests on, read from its annotations."""
    found = [_field_shape(name, info) for name, info in model.model_fields.items()]
    return tuple(
        item
        for item in found
        if item.entry or item.references or item.inner or item.is_number or item.is_private or item.rests_on
    )


def _field_shape(name: str, info: FieldInfo) -> FieldShape:
    return FieldShape(
        name,
        next((item for item in info.metadata if isinstance(item, Entry)), None),
        next((item.references for item in info.metadata if isinstance(item, Fact)), None),
        model_of(info.annotation),
        int in alternatives(info.annotation),
        is_private(info),
        next((item for item in info.metadata if isinstance(item, RestsOn)), None),
        any(get_origin(part) is Literal and NONE_TEXT in get_args(part) for part in alternatives(info.annotation)),
    )
