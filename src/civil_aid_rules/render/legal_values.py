"""The legal values that a result rests on: each with its dates, its source and how sure that source is."""

from __future__ import annotations

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.parameters import Bands, ParameterValue, Scale, Table
from civil_aid_rules.ir.types import NumberType, Type
from civil_aid_rules.ir.values import UNKNOWN, Exact
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render import blocks
from civil_aid_rules.render.formula import parameter_title
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.shown import choice, day, quantity, value_words
from civil_aid_rules.render.works import shown_citations


def legal_values(parameters: tuple[ParameterValue, ...]) -> list[blocks.Section]:
    """One row per legal value used."""
    if not parameters:
        return []
    header = tuple(phrase(key) for key in ("name", "value", "in_force", "published", "citation"))
    rows = tuple(_row(parameter) for parameter in parameters)
    return [blocks.Section(phrase("values"), (blocks.Table(header, rows),))]


def _row(parameter: ParameterValue) -> tuple[Bilingual, ...]:
    name = parameter_title(parameter)
    if parameter.hypothetical:
        name = joined((name, phrase("was_hypothetical")), en=": ", zh="：")
    source = [shown_citations((*parameter.citations, *parameter.unit_citations))]
    if parameter.note is not None:
        source.append(parameter.note)
    cited = joined(tuple(source), en=". ", zh="。")
    return (name, shown_parameter(parameter), day(parameter.from_date), day(parameter.published), cited)


def shown_parameter(parameter: ParameterValue) -> Bilingual:
    """The value, or the rows of its table."""
    match parameter.shape:
        case Table(rows, past_end):
            shown = [phrase("row", key=_key(key, parameter), value=_number(held, parameter.type)) for key, held in rows]
            return joined((*shown, *_past(past_end, parameter.type)), en="; ", zh="；")
        case Bands(bands, rest):
            shown = [phrase("row_below", key=_plain(top), value=_number(held, parameter.type)) for top, held in bands]
            last = () if rest is None else (phrase("row_rest", value=_number(rest, parameter.type)),)
            return joined((*shown, *last), en="; ", zh="；")
        case Scale(brackets):
            above = [phrase("row_above", key=_plain(start), value=_number(rate, Unit())) for start, rate in brackets]
            return joined(tuple(above), en="; ", zh="；")
        case None:
            return _single(parameter)


def _single(parameter: ParameterValue) -> Bilingual:
    value = parameter.value
    if value is UNKNOWN:
        return phrase("unset")
    return value_words(value, parameter.type, None, parameter.choice_titles)


def _key(key: int | str, parameter: ParameterValue) -> Bilingual:
    return choice(key, parameter.choice_titles) if isinstance(key, str) else same(str(key))


def _number(value: Exact, type_: Type | Unit) -> Bilingual:
    if isinstance(type_, Unit):
        return quantity(value, type_)
    return quantity(value, type_.unit if isinstance(type_, NumberType) else Unit())


def _plain(value: Exact) -> Bilingual:
    return quantity(value, Unit())


def _past(past_end: str | Exact, type_: Type) -> tuple[Bilingual, ...]:
    if past_end == "undefined":
        return ()
    if isinstance(past_end, str):
        return (phrase("past_last"),)
    return (phrase("past_more", value=_number(past_end, type_)),)
