"""Validate one block of a pack file: every fault as a located problem, one for each place."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import NOWHERE, Block, LocatedDict, Text
from civil_aid_rules.source import SourceSpan

AnyBlock = TypeVar("AnyBlock", bound=Block)

NAME_CHARACTERS = "a-z, 0-9, _"
NOTHING = Both("nothing", "无")
_A_TEXT = Both("a text", "一段文字")
_A_LIST = Both("a list", "列表")
A_MAPPING = Both("a mapping `name: …`", "“名字: …”形式的一组内容")
_WRONG_TYPES = {"is_instance_of", "string_type", "model_type", "model_attributes_type", "dict_type", "list_type"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fault is: the steps to it, what stands there, its place in the file, what types may stand there."""

    steps: tuple[str | int, ...]
    here: Any
    at: SourceSpan
    types: tuple[Any, ...]


def validate(model: type[AnyBlock], data: Any, at: SourceSpan) -> AnyBlock | tuple[Problem, ...]:
    """`data` as a `model`, or every fault of it, at its place in the file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    faults: dict[tuple[str | int, ...], tuple[_Place, list[ErrorDetails]]] = {}
    for detail in details:
        place = _followed(data, detail, model, at)
        faults.setdefault(place.steps, (place, []))[1].append(detail)
    return tuple(
        found
        for steps, (place, said) in faults.items()
        if not _looked_into(steps, said, faults)
        for found in _problems(place, said)
    )


def place_of(data: Any, at: SourceSpan) -> SourceSpan:
    """Where a piece of pack data stands; `at` where it does not know."""
    if isinstance(data, Text | LocatedDict):
        return data.at
    if isinstance(data, list) and data:
        return place_of(data[0], at)
    return at


def _looked_into(steps: tuple[str | int, ...], said: list[ErrorDetails], places: Any) -> bool:
    """Whether another alternative of the field was the right one, so that the fault is further in."""
    deeper = any(len(other) > len(steps) and other[: len(steps)] == steps for other in places)
    return deeper and all(detail["type"] in _WRONG_TYPES for detail in said)


def _followed(data: Any, detail: ErrorDetails, model: type[BaseModel], at: SourceSpan) -> _Place:
    """Follow Pydantic's location through the data; its names for the alternatives of a field are no steps."""
    place = _Place((), data, place_of(data, at), (model,))
    for step in detail["loc"]:
        here = place.here
        if isinstance(here, LocatedDict) and isinstance(step, str) and step in here:
            at_key = detail["type"] in ("extra_forbidden", "string_pattern_mismatch")
            inner = here.keys_at[step] if at_key else place_of(here[step], here.keys_at[step])
            place = _Place((*place.steps, step), here[step], inner, _types_of_key(place.types, step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            inner = place_of(here[step], place.at)
            place = _Place((*place.steps, step), here[step], inner, _types_of_entry(place.types))
    known = place.at != NOWHERE
    return place if known else _Place(place.steps, place.here, at, place.types)


def _problems(place: _Place, said: list[ErrorDetails]) -> list[Problem]:
    kinds = {detail["type"]: detail for detail in said}
    lacking = [str(detail["loc"][-1]) for detail in said if detail["type"] == "missing"]
    if lacking:
        found = ", ".join(place.here) if isinstance(place.here, dict) and place.here else NOTHING
        return [problem("pack-missing-key", place.at, found=found, expected=name) for name in lacking]
    if "extra_forbidden" in kinds or "reserved_key" in kinds:
        return [_unknown_key(place, kinds)]
    if "string_pattern_mismatch" in kinds:
        return [_bad_name(place, kinds["string_pattern_mismatch"])]
    if "literal_error" in kinds and isinstance(place.here, Text):
        words = _words(kinds["literal_error"])
        return [problem("pack-word", place.at, found=str(place.here) or '""', expected=instead_of(place.here, words))]
    if "too_short" in kinds:
        least = kinds["too_short"]["ctx"]["min_length"]
        expected = Both(f"a list with at least {least} of them", f"至少有 {least} 项的列表")
        return [problem("pack-wrong-value", place.at, found="[]", expected=expected)]
    if "too_long" in kinds:
        most = kinds["too_long"]["ctx"]["max_length"]
        expected = Both(f"at most {most} of them", f"至多 {most} 项")
        return [problem("pack-wrong-value", place.at, found=described(place.here), expected=expected)]
    if "value_error" in kinds:
        keys = kinds["value_error"]["msg"].rpartition("exactly one of ")[2]
        found = ", ".join(key for key in place.here if key in keys.split(", ")) or NOTHING
        return [problem("pack-one-of", place.at, found=found, expected=keys)]
    return [problem("pack-wrong-value", place.at, found=described(place.here), expected=_expected(place, said))]


def _unknown_key(place: _Place, kinds: dict[str, ErrorDetails]) -> Problem:
    if place.steps and str(place.steps[-1]).isdecimal():
        return problem("pack-unknown-key", place.at, found=place.steps[-1], expected=_COMMA)
    if "reserved_key" in kinds:
        name = str(kinds["reserved_key"]["ctx"]["key"])
        return problem("pack-unknown-key", place.here.keys_at[name], found=name, expected=instead_of("", _keys(place)))
    return problem(
        "pack-unknown-key", place.at, found=place.steps[-1], expected=instead_of(str(place.steps[-1]), _keys(place))
    )


_COMMA = Both(
    "a comma ends a value in braces, so write the number without one", "花括号内逗号表示值已结束，数字中请勿写逗号"
)


def _bad_name(place: _Place, detail: ErrorDetails) -> Problem:
    """A name that is none; of an overlay's keys, one without its program."""
    name = str(place.steps[-1]) if detail["loc"][-1] == "[key]" else str(place.here)
    if r"\." in detail["ctx"]["pattern"]:
        return problem(
            "overlay-bare-name", place.at, found=name, expected=f"program.{name.rpartition('.')[2] or 'parameter'}"
        )
    return problem("pack-bad-name", place.at, found=name or '""', expected=NAME_CHARACTERS)


def _words(detail: ErrorDetails) -> list[str]:
    expected = str(detail["ctx"]["expected"])
    return expected.replace("'", "").replace(" or ", ", ").split(", ")


def described(data: Any) -> str | Both:
    """What stands at a place: a text as it is, else of what kind it is."""
    match data:
        case Text():
            return str(data) or '""'
        case dict():
            return Both("a mapping", "一组“名字: …”")
        case list():
            return _A_LIST
        case _:
            return NOTHING


def _expected(place: _Place, said: list[ErrorDetails]) -> Both:
    """What may stand at a place, in words; what a block must hold as it is typed."""
    found: list[Both] = []
    for detail in said:
        match detail["type"]:
            case "is_instance_of" | "string_type":
                found.append(_A_TEXT)
            case "list_type":
                found.append(_A_LIST)
            case "literal_error":
                found += [Both(word, word) for word in _words(detail)]
            case "model_type" | "model_attributes_type":
                found += [_block(kind) for kind in place.types if _is_model(kind)] or [A_MAPPING]
            case _:
                found.append(A_MAPPING)
    unique = list(dict.fromkeys(found))
    return Both(" or ".join(item.en for item in unique), "，或".join(item.zh for item in unique))


def _block(model: type[BaseModel]) -> Both:
    """A block with the keys it must have, or may have where none is required."""
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    keys = required or [info.alias or name for name, info in model.model_fields.items() if not info.exclude][:2]
    shown = "{" + ", ".join(f"{key}: …" for key in keys) + "}"
    return Both(shown, shown)


# --- which types may stand at a place ------------------------------------------------------------------------------


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _keys(place: _Place) -> list[str]:
    """The keys that the blocks around a key may have; for a reserved key the blocks are at the place itself."""
    return [
        info.alias or name
        for kind in place.types
        if _is_model(kind)
        for name, info in kind.model_fields.items()
        if not info.exclude
    ]


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    """The types that an annotation is made of, without Annotated and unions."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return tuple(kind for part in get_args(annotation) for kind in _alternatives(part))
    return (annotation,)


def _types_of_key(kinds: tuple[Any, ...], key: str) -> tuple[Any, ...]:
    """The types that may stand under a key; for a key that no block has, the blocks themselves."""
    found: list[Any] = []
    for kind in kinds:
        if _is_model(kind):
            infos = [info for name, info in kind.model_fields.items() if (info.alias or name) == key]
            found += [inner for info in infos for inner in _alternatives(info.annotation)]
        elif get_origin(kind) is dict:
            found += _alternatives(get_args(kind)[1])
    return tuple(found) or kinds


def _types_of_entry(kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    return (
        tuple(inner for kind in kinds if get_origin(kind) is list for inner in _alternatives(get_args(kind)[0]))
        or kinds
    )
