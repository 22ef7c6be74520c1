"""Texts of packs read by their declared type: numbers, days, yes/no, choices, tables, bands, scales, citations."""

from __future__ import annotations

import datetime
from itertools import pairwise

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.parameters import Bands, Scale, Table
from civil_aid_rules.ir.types import DateType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.ir.values import UNKNOWN, Exact, Known, Special, Value
from civil_aid_rules.names import did_you_mean, instead_of, nearly
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import (
    CalendarBlock,
    Cite,
    EachFurtherBlock,
    ParameterBlock,
    ReasonedCitation,
    SourceBlock,
    ValueBlock,
)
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.quantities.numbers import exact_text, read_number
from civil_aid_rules.quantities.units import Unit, parse_unit
from civil_aid_rules.quantities.working_days import WorkingCalendar
from civil_aid_rules.source import SourceSpan

Shape = Table | Bands | Scale | WorkingCalendar
A_NUMBER = Both("a number in ASCII digits, such as 480 or 0.70", "半角数字，如 480 或 0.70")
A_DAY = Both("a day that exists, as YYYY-MM-DD", "存在的日期，按 YYYY-MM-DD 书写")
_TYPES = Both(
    "a unit such as CNY/person/month, person, rate or number, or date, yes_no or choice",
    "CNY/person/month、person、rate、number 之类的单位，或 date、yes_no、choice",
)
KEY_UNITS = Both("choice, or a unit such as person, year or number", "choice，或 person、year、number 之类的单位")
_USUAL_UNITS = ("day", "month", "year", "person")
_PAST_END = Both("past_end: last, undefined or {each_further: …}", "past_end: last、undefined 或 {each_further: …}")
_LIST_IT = Both(
    "list it under sources: in program.yaml, or write {assumption: {en: …, zh: …}}",
    "请在 program.yaml 的 sources: 下列出，或写 {assumption: {en: …, zh: …}}",
)


def read_type(text: Text | None, choices: dict[str, Bilingual] | None, problems: list[Problem]) -> Type:
    """The declared type; yes/no where none is declared."""
    if text is None or text == "yes_no":
        return YesNoType()
    if text in ("date", "calendar"):
        return DateType()
    if text == "choice":
        if not choices:
            problems.append(
                problem("type-no-choices", text.at, found="choice", expected="choices: {id: {en: …, zh: …}}")
            )
        return TextType(tuple(choices or ()))
    unit = read_unit(text, _TYPES, problems)
    return YesNoType() if unit is None else NumberType(unit)


def read_unit(text: Text, otherwise: Both, problems: list[Problem]) -> Unit | None:
    """The unit that `text` writes. A unit nearly called month or person is a typing error, not a unit of its own."""
    unit = parse_unit(text)
    meant = text
    own = [base for base, _ in unit.powers if base not in _USUAL_UNITS] if unit is not None else []
    for base in own:
        near = nearly(base, _USUAL_UNITS)
        meant = Text(meant.replace(base, near)) if near else meant
    if unit is not None and meant == text:
        return unit
    expected = otherwise if unit is None else Both(f"{meant}, if that is meant", f"{meant}，如果是这个意思")
    problems.append(problem("type-unknown", text.at, found=text or '""', expected=expected))
    return None


def read_known(text: Text, type_: Type, problems: list[Problem]) -> Known | None:
    """The value that `text` writes in `type_`; None with a problem when it writes none."""
    value: Known | None = None
    match type_:
        case NumberType():
            value, expected = read_number(text), A_NUMBER
        case DateType():
            value, expected = read_day(text), A_DAY
        case YesNoType():
            value, expected = {"yes": True, "no": False}.get(text), Both("yes or no", "yes 或 no")
        case TextType(choices):
            value, near = (str(text) if text in choices else None), did_you_mean(text, choices)
            expected = (
                Both(near, near) if near else Both(" or ".join(choices), "或".join(f" {c} " for c in choices).strip())
            )
        case _:
            expected = Both("null", "null")
    if value is None:
        problems.append(problem("value-unreadable", text.at, found=text, expected=expected))
    return value


def read_value(block: ValueBlock, type_: Type, problems: list[Problem]) -> Value:
    """The plain value of a dated value: UNKNOWN for `null`."""
    if block.value is None or block.value.is_null:
        return UNKNOWN
    value = read_known(block.value, type_, problems)
    return UNKNOWN if value is None else value


def _number(text: Text, problems: list[Problem]) -> Exact:
    value = read_number(text)
    if value is None:
        problems.append(problem("value-unreadable", text.at, found=text, expected=A_NUMBER))
        return 0
    return value


def read_shape(parameter: ParameterBlock, block: ValueBlock, problems: list[Problem]) -> Shape | None:
    """The rows of a table, bands or scale value; None for a plain value."""
    if block.table is not None:
        return _read_table(parameter, block, problems)
    if block.bands is not None:
        return _read_bands(block, problems)
    if block.scale is not None:
        pairs = tuple((_number(item.above, problems), _number(item.rate, problems)) for item in block.scale)
        _check_rising(tuple(above for above, _ in pairs), block.at, problems)
        return Scale(pairs)
    if block.calendar is not None:
        return _read_calendar(block.calendar, problems)
    return None


def _read_calendar(block: CalendarBlock, problems: list[Problem]) -> WorkingCalendar:
    """The weekdays off and weekend days worked of the years that a calendar states."""
    years = frozenset(int(text) for text in block.years if text.isdigit())
    days = {text: read_day(text) for text in (*block.off, *block.work)}
    for text, day in days.items():
        if day is None or day.year not in years:
            problems.append(problem("value-unreadable", text.at, found=text, expected=A_DAY))
    off, work = ({day for text in part if (day := days[text]) is not None} for part in (block.off, block.work))
    return WorkingCalendar(years, frozenset(off), frozenset(work))


def _read_table(parameter: ParameterBlock, block: ValueBlock, problems: list[Problem]) -> Table:
    assert block.table is not None
    by_choice = parameter.key == "choice"
    rows: list[tuple[int | str, Exact]] = []
    for key, text in block.table.items():
        number = read_number(key)
        if by_choice:
            rows.append((key, _number(text, problems)))
        elif isinstance(number, int):
            rows.append((number, _number(text, problems)))
        else:
            problems.append(problem("table-key", key.at, found=key, expected='"1"'))
    keys = [key for key, _ in rows]
    if by_choice and set(keys) != set(parameter.choices or ()):
        wanted, found = ", ".join(parameter.choices or ()), ", ".join(map(str, keys))
        problems.append(problem("table-rows", block.at, found=found, expected=wanted))
    if not by_choice:
        _check_rising(tuple(key for key in keys if isinstance(key, int)), block.at, problems)
    if not by_choice and block.past_end is None:
        found = str(keys[-1]) if keys else "…"
        problems.append(problem("table-past-end", block.at, found=found, expected=_PAST_END))
    past = block.past_end
    end = _number(past.each_further, problems) if isinstance(past, EachFurtherBlock) else past
    return Table(tuple(rows), end if end is not None else "undefined")


def _read_bands(block: ValueBlock, problems: list[Problem]) -> Bands:
    assert block.bands is not None
    bands: list[tuple[Exact, Exact]] = []
    rest: Exact | None = None
    for index, band in enumerate(block.bands):
        last = index == len(block.bands) - 1
        if (band.below is None) == (band.rest is None) or (band.rest is not None and not last):
            keys = ", ".join(key for key, value in (("below", band.below), ("rest", band.rest)) if value is not None)
            problems.append(problem("table-band", band.at, found=keys or "…", expected="{below: …, is: …}"))
        elif band.below is not None:
            bands.append((_number(band.below, problems), _number(band.is_, problems)))
        else:
            rest = _number(band.is_, problems)
    _check_rising(tuple(below for below, _ in bands), block.at, problems)
    return Bands(tuple(bands), rest)


def _check_rising(numbers: tuple[Exact, ...], at: SourceSpan, problems: list[Problem]) -> None:
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        shown, ordered = (", ".join(exact_text(item) for item in items) for items in (numbers, sorted(set(numbers))))
        problems.append(problem("table-order", at, found=shown, expected=ordered))


def read_citations(cite: Cite | None, sources: dict[str, SourceBlock], problems: list[Problem]) -> tuple[Citation, ...]:
    """The citations that `cite` names; an unknown source is a problem."""
    if cite is None:
        return ()
    items = cite if isinstance(cite, list) else [cite]
    found = [_read_citation(item, sources, problems) for item in items]
    return tuple(item for item in found if item is not None)


def _read_citation(
    item: Text | ReasonedCitation, sources: dict[str, SourceBlock], problems: list[Problem]
) -> Citation | None:
    if isinstance(item, ReasonedCitation):
        text = item.assumption or item.practice
        return Citation(kind="assumption" if item.assumption else "practice", text=text)
    source_id, _, article = item.partition(" ")
    source = sources.get(source_id)
    if source is None:
        expected = instead_of(source_id, sources, _LIST_IT)
        problems.append(problem("cite-unknown-source", item.at, found=source_id or '""', expected=expected))
        return None
    return Citation(kind=source.kind, source=source_id, title=source.title, article=article.strip() or None)


def cited_sources(cite: Cite | None, sources: dict[str, SourceBlock]) -> list[SourceBlock]:
    """The listed sources among the citations."""
    items = [] if cite is None else cite if isinstance(cite, list) else [cite]
    names = [str(item).partition(" ")[0] for item in items if isinstance(item, Text)]
    return [sources[name] for name in names if name in sources]


def published_day(
    stated: Text | None,
    cite: Cite | None,
    sources: dict[str, SourceBlock],
    from_date: datetime.date,
    at: SourceSpan,
    problems: list[Problem],
) -> datetime.date:
    """When a value or rule became known: as stated, else the latest issue day of the sources it cites.

    What rests on no source at all (a reasoned assumption) counts as known from its first day.
    """
    if stated is not None:
        day = read_day(stated)
        if day is None:
            problems.append(problem("value-unreadable", stated.at, found=stated, expected=A_DAY))
        return day or from_date
    cited = cited_sources(cite, sources)
    days = [read_day(source.issued) for source in cited if source.issued is not None]
    known = [day for day in days if day is not None]
    if not known and (not cited or any(source.issued is not None for source in cited)):
        return from_date  # a day of issue that cannot be read is reported where it stands
    if not known:
        named = ", ".join(name for name, source in sources.items() if source in cited)
        problems.append(problem("published-missing", at, found=named, expected="published: YYYY-MM-DD"))
        return from_date
    return max(known)


def is_none(value: Value | None) -> bool:
    """Whether a value is known to be none."""
    return value is Special.NONE
