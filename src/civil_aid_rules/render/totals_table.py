"""What schedules and arrears share on a page: the months asked for, months in words, totals by month and year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.totals import Total
from civil_aid_rules.render.blocks import Pair, Section, Table
from civil_aid_rules.render.phrases import phrase, same
from civil_aid_rules.render.shown import day
from civil_aid_rules.render.total_words import Titles, over_all, total_words


def month(first_day: datetime.date) -> Bilingual:
    """`2016-04`, 2016年4月."""
    return Bilingual(en=f"{first_day:%Y-%m}", zh=f"{first_day.year}年{first_day.month}月")


def months_words(first: datetime.date, last: datetime.date) -> Bilingual:
    """A run of months; of one month, that month."""
    return month(first) if first == last else phrase("month_range", first=month(first), last=month(last))


def question_pairs(
    first: datetime.date, last: datetime.date, known_on: datetime.date | None, jurisdiction: str | None
) -> Iterator[Pair]:
    """What was asked: months, what was published by when, which jurisdiction."""
    yield phrase("months"), months_words(first, last)
    if known_on is not None:
        yield phrase("known_on"), day(known_on)
    if jurisdiction is not None:
        yield phrase("place"), same(jurisdiction)


def totals_section(
    by_month: Mapping[str, tuple[Total, ...]], by_year: Mapping[str, tuple[Total, ...]], titles: Titles, what: Bilingual
) -> list[Section]:
    """The totals of all programs: of each month where there are several programs, of each year, and in all."""
    months = by_month if len(titles) > 1 else {}
    rows = [(_month_of(text), total_words(totals, titles)) for text, totals in months.items()]
    rows += [(phrase("whole_year", year=year), total_words(totals, titles)) for year, totals in by_year.items()]
    if len(by_year) > 1:
        rows.append((phrase("sum_of_column"), total_words(over_all(by_year), titles)))
    return [Section(phrase("over_time"), (Table((phrase("period_total"), what), tuple(rows)),))] if rows else []


def _month_of(text: str) -> Bilingual:
    return month(datetime.date.fromisoformat(f"{text}-01"))
