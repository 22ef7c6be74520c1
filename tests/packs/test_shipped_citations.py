"""Citations of the shipped packs, at any depth: the article is in the instrument, and the instrument is in force."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest

from civil_aid_rules.compiler.read_values import cited_sources
from civil_aid_rules.packs.blocks import Block, Text
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.rulebook import Rulebook

ARTICLES = {
    "order_649": 70,
    "order_271": 17,
    "order_456": 26,
    "measures_2012": 39,
    "measures_2021": 42,
    "tekun_measures_2021": 29,
}
"""The last article of each instrument whose whole text was read."""

ITEMS = {
    ("measures_2012", 5): 4,
    ("measures_2012", 11): 3,
    ("measures_2012", 12): 3,
    ("measures_2012", 16): 5,
    ("measures_2012", 17): 5,
    ("measures_2012", 19): 5,
    ("measures_2021", 8): 4,
    ("measures_2021", 13): 4,
    ("order_649", 11): 3,
    ("tekun_measures_2021", 5): 4,
    ("tekun_measures_2021", 8): 6,
    ("tekun_measures_2021", 24): 6,
}
"""The number of the last item of each article that is cited by items."""

PARAGRAPHS = {
    ("measures_2012", 5): 2,
    ("measures_2012", 6): 2,
    ("measures_2012", 14): 4,
    ("measures_2012", 20): 2,
    ("measures_2012", 26): 3,
    ("measures_2012", 29): 2,
    ("measures_2021", 13): 3,
    ("order_271", 2): 2,
    ("order_271", 8): 4,
    ("order_456", 7): 3,
    ("order_649", 12): 2,
    ("order_649", 13): 3,
    ("order_649", 15): 3,
    ("tekun_measures_2021", 6): 2,
    ("tekun_measures_2021", 15): 2,
    ("tekun_measures_2021", 24): 2,
}
"""The number of paragraphs of each article that is cited by paragraphs."""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def texts_of(block: object) -> Iterator[str]:
    """Every text of a block, at any depth."""
    if isinstance(block, Block):
        for name in type(block).model_fields:
            yield from texts_of(getattr(block, name))
    elif isinstance(block, dict):
        for value in block.values():
            yield from texts_of(value)
    elif isinstance(block, list | tuple):
        for value in block:
            yield from texts_of(value)
    elif isinstance(block, str | Text):
        yield str(block)


def cites_of(block: object) -> Iterator[object]:
    """Every citation of a block, at any depth."""
    if isinstance(block, Block):
        for name in type(block).model_fields:
            value = getattr(block, name)
            if name == "cite" and value is not None:
                yield value
            else:
                yield from cites_of(value)
    elif isinstance(block, dict):
        for value in block.values():
            yield from cites_of(value)
    elif isinstance(block, list | tuple):
        for value in block:
            yield from cites_of(value)


def test_each_article_paragraph_and_item_that_is_cited_exists(rulebook: Rulebook) -> None:
    blocks: list[object] = [pack.block for pack in rulebook.packs.packs.values()]
    for pack in rulebook.packs.packs.values():
        blocks += [entry.block for entry in pack.parameters.values()]
        blocks += [version.block for versions in pack.rules.values() for version in versions]
    pattern = re.compile(rf"({'|'.join(ARTICLES)}) art\. (\d+)(?:\((\d+)\))?(?: item (\d+))?")
    found = {match.groups() for block in blocks for text in texts_of(block) if (match := pattern.fullmatch(text))}
    wrong = [
        (source, article, paragraph, item)
        for source, article, paragraph, item in found
        if int(article) > ARTICLES[source]
        or (paragraph and int(paragraph) > PARAGRAPHS.get((source, int(article)), 0))
        or (item and int(item) > ITEMS.get((source, int(article)), 0))
    ]
    assert len(found) > 60
    assert sorted(map(str, wrong)) == []


def test_no_condition_and_no_case_rests_on_a_law_that_is_not_in_force_yet(rulebook: Rulebook) -> None:
    packs = rulebook.packs.packs
    sources = {name: source for pack in packs.values() for name, source in pack.block.sources.items()}
    cited = [
        (f"{pack.name}.{name}", version.from_date, cite)
        for pack in packs.values()
        for name, versions in pack.rules.items()
        for version in versions
        for cite in cites_of(version.block)
    ]
    early = [
        name
        for name, day, cite in cited
        for source in cited_sources(cite, sources)  # type: ignore[arg-type]
        if source.kind == "law" and source.in_force is not None and day < _day(source.in_force)
    ]
    assert len(cited) > 300
    assert sorted(set(early)) == []


def _day(text: Text) -> datetime.date:
    day = read_day(text)
    assert day is not None
    return day
