"""Pydantic's faults → one fault per place, in the record's own words. What may be private is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from civil_aid_rules.errors import Both
from civil_aid_rules.names import instead_of
from civil_aid_rules.records.fault import HIDDEN, Fault, Steps, key_shown, text_shown
from civil_aid_rules.records.fields import (
    LIST,
    OBJECT,
    accepted,
    choices,
    entry_annotation,
    holds_list,
    holds_model,
    is_private,
    model_of,
)
from civil_aid_rules.records.strict_json import Refused

MOST_HINTS = 20
"""So many unknown fields of one record get a "did you mean"."""

_NOTHING = Both("nothing", "空缺")
_MONTH = Both("a month, as YYYY-MM", "月份，写作 YYYY-MM")
_WRONG_TYPE = ("money", "day", "month", "literal_error", "is_instance_of", "none_required")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fault is: the steps to it, what stands there, and the field that it belongs to."""

    steps: Steps
    here: Any
    owner: type[BaseModel] | None
    info: FieldInfo | None
    annotation: Any


def validation_faults(
    details: Sequence[ErrorDetails], data: Any, model: type[BaseModel], *, most: int
) -> tuple[list[Fault], int]:
    """The faults, one per place (the alternatives of a field are one expectation), and how many were not looked at."""
    places: dict[Steps, tuple[_Place, list[ErrorDetails]]] = {}
    left = 0
    for number, detail in enumerate(details):
        place = _followed(detail["loc"], data, model)
        if place.steps not in places and len(places) == most:
            left = len(details) - number
            break
        if detail["type"] != "structure":
            places.setdefault(place.steps, (place, []))[1].append(detail)
    found = (_fault(place, said, hints=number < MOST_HINTS) for number, (place, said) in enumerate(places.values()))
    return [fault for fault in found if fault is not None], left


def _followed(loc: tuple[int | str, ...], data: Any, model: type[BaseModel]) -> _Place:
    """Follow Pydantic's location through the data; the names it gives to the alternatives of a field are no steps."""
    place = _Place((), data, None, None, model)
    for step in loc:
        here, annotation = place.here, place.annotation
        owner = model_of(annotation) if holds_model(annotation) else None
        known = owner.model_fields.get(str(step)) if owner is not None else None
        if isinstance(here, dict) and isinstance(step, str) and (step in here or known is not None):
            inner = known.annotation if known is not None else None
            place = _Place((*place.steps, step), here.get(step), owner, known, inner)
        elif isinstance(here, list | tuple) and isinstance(step, int) and step < len(here):
            place = _Place((*place.steps, step), here[step], place.owner, place.info, entry_annotation(annotation))
    return place


def _fault(place: _Place, details: list[ErrorDetails], *, hints: bool) -> Fault | None:
    types = {detail["type"] for detail in details}
    if isinstance(place.here, Refused):
        code = place.here.code
        shown = code in ("record-text", "record-long-number") or not is_private(place.info)
        return Fault(code, place.steps, place.here.text if shown else HIDDEN, place.here.expected)
    if "extra_forbidden" in types:
        return _unknown_field(place, hints=hints)
    if "missing" in types:
        return Fault("record-missing-field", place.steps, _NOTHING, str(place.steps[-1]))
    if _is_wrong_type(types) and _has_right_form(place):
        return None  # the faults are further in
    return _wrong_value(place, types, details[0])


def _has_right_form(place: _Place) -> bool:
    """Whether a list or object stands where one may: then it was looked into."""
    is_object = isinstance(place.here, dict) and holds_model(place.annotation)
    return is_object or (isinstance(place.here, list | tuple) and holds_list(place.annotation))


def _unknown_field(place: _Place, *, hints: bool) -> Fault:
    name = str(place.steps[-1])
    known = sorted(place.owner.model_fields) if place.owner is not None else []
    expected = instead_of(name if hints else "", known)
    return Fault("record-unknown-field", place.steps, key_shown(name), expected)


def _wrong_value(place: _Place, types: set[str], detail: ErrorDetails) -> Fault:
    found, expected = _shown(place), accepted(place.annotation, place.info)
    options = choices(place.annotation)
    if "money" in types:
        return Fault("record-amount", place.steps, found, expected)
    if "day" in types:
        return Fault("record-day", place.steps, found, expected)
    if "month" in types:
        return Fault("record-month", place.steps, found, _MONTH)
    if options and isinstance(place.here, str):
        return Fault("record-choice", place.steps, found, instead_of(place.here, options))
    if types & {"string_too_long", "string_too_short"}:
        return Fault("record-text-length", place.steps, str(len(place.here)), _length(detail))
    if types & {"greater_than_equal", "less_than_equal"}:
        return Fault("record-number", place.steps, found, expected)
    return Fault("record-value", place.steps, found, expected if _is_wrong_type(types) else detail["msg"])


def _is_wrong_type(types: set[str]) -> bool:
    return all(kind in _WRONG_TYPE or kind.endswith("_type") for kind in types)


def _length(detail: ErrorDetails) -> Both:
    limits = detail["ctx"]
    if "max_length" in limits:
        return Both(f"at most {limits['max_length']}", f"不超过 {limits['max_length']} 个")
    return Both(f"at least {limits['min_length']}", f"不少于 {limits['min_length']} 个")


def _shown(place: _Place) -> str | Both:
    """What stands there: a single value where the field is one and not private, else only of what kind it is."""
    if is_private(place.info):
        return HIDDEN
    match place.here:
        case None:
            return "null"
        case bool():
            return "true" if place.here else "false"
        case dict() | BaseModel():
            return OBJECT
        case list() | tuple():
            return LIST
        case _ if holds_model(place.annotation) or holds_list(place.annotation) or place.annotation is None:
            return Both("a text", "文字") if isinstance(place.here, str) else Both("a number", "数字")
        case _:
            return text_shown(str(place.here))
