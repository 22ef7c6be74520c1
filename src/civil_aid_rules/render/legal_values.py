"""The legal values that a result rests on: each with its dates, its source and how sure that source is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.parameters import Bands, ParameterValue, Scale, Table
from civil_aid_rules.ir.program import Overlaid
from civil_aid_rules.ir.types import NumberType, Type
from civil_aid_rules.ir.values import UNKNOWN, Exact
from civil_aid_rules.quantities.in_words import quantity, shares
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.quantities.working_days import WorkingCalendar
from civil_aid_rules.render import blocks
from civil_aid_rules.render.phrases import any_one, joined, level, phrase, same
from civil_aid_rules.render.shown import aged, choice, day, parameter_title, value_words
from civil_aid_rules.render.sources import shown_citations


def legal_values(parameters: tuple[ParameterValue, ...], overlays: tuple[Overlaid, ...]) -> list[blocks.Section]:
    """One row per legal value used; one that a jurisdiction set for itself says whose it is."""
    if not parameters:
        return []
    header = tuple(phrase(key) for key in ("name", "value", "in_force", "published", "citation"))
    places = {overlay.name: overlay.title for overlay in overlays if overlay.kind == "local"}
    rows = tuple(_row(parameter, places.get(parameter.layer or "")) for parameter in parameters)
    return [blocks.Section(phrase("values"), (blocks.Table(header, rows),))]


def _row(parameter: ParameterValue, place: Bilingual | None) -> tuple[Bilingual, ...]:
    value = shown_parameter(parameter)
    if parameter.hypothetical:
        value = phrase("kind_behind", kind=phrase("was_hypothetical"), text=value)
    return (
        parameter_title(parameter),
        value,
        _dated(parameter.from_date, parameter.from_citations, parameter),
        _dated(parameter.published, parameter.published_citations, parameter),
        _source(parameter) if place is None else joined((place, _source(parameter)), en="; ", zh="；"),
    )


def _dated(day_of: datetime.date, citations: tuple[Citation, ...], parameter: ParameterValue) -> Bilingual:
    """A day, and on whose authority it is that day where that is a source of its own; none for what nobody has set."""
    if parameter.hypothetical or not parameter.is_set:
        return blocks.NOTHING
    if not citations:
        return day(day_of)
    return phrase("dated_by", day=day(day_of), citations=shown_citations(citations, every_kind=True))


def _source(parameter: ParameterValue) -> Bilingual:
    parts = [shown_citations(parameter.citations, every_kind=True)]
    if parameter.unit_citations:
        unit = shown_citations(parameter.unit_citations, every_kind=True)
        parts.append(phrase("source_of", what=phrase("unit_source"), citations=unit))
    found = joined(tuple(parts), en="; ", zh="；")
    return found if parameter.note is None else joined((found, parameter.note), en=". ", zh="。")


def shown_parameter(parameter: ParameterValue) -> Bilingual:
    """The value, or the rows of its table."""
    match parameter.shape:
        case Table(rows, past_end):
            held = _numbers([value for _, value in rows], parameter.type)
            shown = [
                phrase("row", key=_key(row[0], parameter), value=value) for row, value in zip(rows, held, strict=True)
            ]
            return joined((*shown, *_past(past_end, parameter.type)), en="; ", zh="；")
        case Bands(bands, rest):
            shown = [phrase("row_below", key=_plain(top), value=_number(held, parameter.type)) for top, held in bands]
            last = () if rest is None else (phrase("row_rest", value=_number(rest, parameter.type)),)
            return joined((*shown, *last), en="; ", zh="；")
        case Scale(brackets):
            above = [phrase("row_above", key=_plain(start), value=_number(rate, Unit())) for start, rate in brackets]
            return joined(tuple(above), en="; ", zh="；")
        case WorkingCalendar(years=years):
            return phrase("calendar_years", years=", ".join(str(year) for year in sorted(years)))
        case None:
            return _single(parameter)


def _single(parameter: ParameterValue) -> Bilingual:
    value = parameter.value
    if value is UNKNOWN:
        who = any_one(tuple(level(name) for name in parameter.set_by))
        return phrase("unset_by", who=who) if parameter.set_by else phrase("unset")
    words = value_words(value, parameter.type, None, parameter.choice_titles)
    return aged(words, parameter.type, parameter.title)


def _key(key: int | str, parameter: ParameterValue) -> Bilingual:
    return choice(key, parameter.choice_titles) if isinstance(key, str) else same(str(key))


def _number(value: Exact, type_: Type | Unit) -> Bilingual:
    if isinstance(type_, Unit):
        return quantity(value, type_)
    return quantity(value, type_.unit if isinstance(type_, NumberType) else Unit())


def _numbers(values: Sequence[Exact], type_: Type) -> list[Bilingual]:
    """The values of the rows of a table."""
    unit = type_.unit if isinstance(type_, NumberType) else Unit()
    return [quantity(value, unit) for value in values] if unit.powers else shares(values)


def _plain(value: Exact) -> Bilingual:
    return quantity(value, Unit())


def _past(past_end: str | Exact, type_: Type) -> tuple[Bilingual, ...]:
    if past_end == "undefined":
        return ()
    if isinstance(past_end, str):
        return (phrase("past_last"),)
    return (phrase("past_more", value=_number(past_end, type_)),)
