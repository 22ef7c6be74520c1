"""Named values: a value that is not known is refused and the known ones are named; an open item names its rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel

from civil_aid_rules.errors import RecordError
from civil_aid_rules.quantities.fields import ChoiceTitles, RestsOn
from civil_aid_rules.records.county import County
from civil_aid_rules.records.facility import Facility
from civil_aid_rules.records.fields import choices, holds_list, model_of
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.record import Record

MODELS: tuple[type[Record], ...] = (Household, Facility, County)
NOT_OPEN = {"other_supported", "other_business", "by_local_rule"}
"""Values whose titles say "other": two that the law defines itself (220号 art. 5, 16), and open items."""


class Field(NamedTuple):
    """A field of a record, and the way to it: the names of the fields, each with whether it is a list."""

    record: type[Record]
    way: tuple[tuple[str, bool, type[BaseModel]], ...]
    name: str
    annotation: Any
    metadata: tuple[Any, ...]

    def holding(self, **values: Any) -> str:
        """The JSON text of a record that holds these values where the field stands."""
        made: Any = {**self._key(len(self.way)), **values}
        for place in range(len(self.way) - 1, -1, -1):
            name, is_list, _ = self.way[place]
            made = {**self._key(place), name: [made] if is_list else made}
        return json.dumps(made)

    def _key(self, depth: int) -> dict[str, str]:
        model: type[BaseModel] = self.record if depth == 0 else self.way[depth - 1][2]
        return {name: "a" for name, info in model.model_fields.items() if info.is_required()}


def fields() -> Iterator[Field]:
    """Every field of the shipped record models, with the way to it."""

    def within(record: type[Record], model: type[BaseModel], way: Any) -> Iterator[Field]:
        for name, info in model.model_fields.items():
            inner = model_of(info.annotation)
            if inner is None:
                yield Field(record, way, name, info.annotation, tuple(info.metadata))
            else:
                yield from within(record, inner, (*way, (name, holds_list(info.annotation), inner)))

    for record in MODELS:
        yield from within(record, record, ())


def title_of(field: Field) -> str:
    return ".".join([field.record.__name__, *(name for name, _, _ in field.way), field.name])


ALL = list(fields())
CHOICES = [field for field in ALL if choices(field.annotation)]
OPEN = [field for field in ALL if any(isinstance(item, RestsOn) for item in field.metadata)]


def faults(field: Field, **values: Any) -> list[tuple[str, str, str]]:
    """Code, place and message of the faults of a record that holds these values."""
    try:
        field.record.from_json(field.holding(**values))
    except RecordError as error:
        return [(item.code, str(item.at), item.sentence()) for item in error.problems]
    return []


def test_all_the_fields_of_choices_are_looked_at() -> None:
    names = {title_of(field) for field in CHOICES}
    assert {"Household.members.aid_class", "Household.hardships.cause", "Household.hardships.severity"} <= names
    assert "Facility.rating.grade" in names
    assert len(CHOICES) >= 20


@pytest.mark.parametrize("field", CHOICES, ids=title_of)
def test_an_unknown_value_is_refused_and_the_known_ones_are_named(field: Field) -> None:
    known = choices(field.annotation)
    found = faults(field, **{field.name: "zzzzzz"})
    assert [code for code, _, _ in found] == ["record-choice"]
    named = [value for value in known if value in found[0][2]]
    assert len(named) == len(known) or len(named) >= 5


@pytest.mark.parametrize("field", CHOICES, ids=title_of)
def test_each_value_has_a_title_in_both_languages_and_none_but_an_open_item_is_called_other(field: Field) -> None:
    titles = next(item.titles for item in field.metadata if isinstance(item, ChoiceTitles))
    values = set(choices(field.annotation)) - {"none"}
    assert values == set(titles)
    for value, (en, zh) in titles.items():
        assert en and zh
        assert value in NOT_OPEN or ("其他" not in zh and "other" not in en.replace("mother", "").split()), value


@pytest.mark.parametrize("field", CHOICES, ids=title_of)
def test_a_value_by_local_rule_always_rests_on_something(field: Field) -> None:
    rests = any(isinstance(item, RestsOn) for item in field.metadata)
    assert ("by_local_rule" in choices(field.annotation)) == rests


@pytest.mark.parametrize("field", OPEN, ids=title_of)
def test_an_open_item_without_its_rule_is_refused_and_with_it_is_accepted(field: Field) -> None:
    rests = next(item for item in field.metadata if isinstance(item, RestsOn))
    alone = faults(field, **{field.name: rests.when})
    assert [code for code, _, _ in alone] == ["record-open-item"]
    assert alone[0][1].endswith(f".{rests.note}")
    assert faults(field, **{field.name: rests.when, rests.note: "County rules of 2016, art. 3"}) == []
