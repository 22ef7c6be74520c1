"""Validate one block of a pack file; every fault as a located problem."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.packs.blocks import NOWHERE, Block, LocatedDict, Text
from civil_aid_rules.source import SourceSpan

AnyBlock = TypeVar("AnyBlock", bound=Block)


def validate(model: type[AnyBlock], data: Any, at: SourceSpan) -> AnyBlock | tuple[Problem, ...]:
    """`data` as a `model`, or every fault of it, at its place in the file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
    places: dict[tuple[str, SourceSpan, str], list[str]] = {}
    for fault in faults:
        code, found, place, expected = _located(data, fault["loc"], fault["type"], fault["msg"], at)
        places.setdefault((code, place, found), []).append(expected)
    return tuple(
        problem(code, place, found=found, expected=" or ".join(dict.fromkeys(expected)))
        for (code, place, found), expected in places.items()
    )


def place_of(data: Any, at: SourceSpan) -> SourceSpan:
    """Where a piece of pack data stands; `at` where it does not know."""
    if isinstance(data, Text | LocatedDict):
        return data.at
    if isinstance(data, list) and data:
        return place_of(data[0], at)
    return at


def _located(
    data: Any, loc: tuple[int | str, ...], kind: str, message: str, at: SourceSpan
) -> tuple[str, str, SourceSpan, str]:
    """The code, what was found, where, and what was expected."""
    here, place = data, at
    for step in loc:
        place = place_of(here, place)
        if isinstance(here, LocatedDict) and isinstance(step, str) and step in here:
            if kind == "extra_forbidden" and step == loc[-1]:
                return "pack-unknown-key", step, here.keys_at[step], "a key of docs/reference/pack_format.md"
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif kind == "missing" and step == loc[-1]:
            return "pack-missing-key", "no such key", place_of(here, place), str(step)
    place = place_of(here, place)
    return "pack-wrong-value", _described(here), place if place != NOWHERE else at, _plain(message)


def _described(data: Any) -> str:
    match data:
        case Text():
            return str(data)
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return "nothing"


def _plain(message: str) -> str:
    """Pydantic's sentence without its lead."""
    for lead in ("Input should be a valid ", "Input should be an instance of ", "Input should be ", "Value error, "):
        if message.startswith(lead):
            return message.removeprefix(lead)
    return message
