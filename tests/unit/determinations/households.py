"""Random households of which parts are not known, and random ways to fill in what is not known; seeded.

Plain data, as a record file holds it, with the facts that one program reads and no others. A household is an empty one
filled in; a partial one is a full one with whole lists, items, fields and dates taken out.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules.quantities.fields import Entry, Fact, RestsOn
from civil_aid_rules.records.fields import alternatives, choices, model_of
from civil_aid_rules.records.household import Household

Data = dict[str, Any]

_AMOUNTS = ["0", "0.01", "90", "150", "300", "479.99", "480", "810", "900", "1440", "2700", "3600", "5760", "99999"]
_DAYS = ["2012-01-01", "2013-04-02", "2015-05-01", "2015-12-31", "2016-03-31", "2016-04-01", "2016-04-02", "2017-01-01"]
_BIRTHS = [
    "1931-07-01",
    "1956-04-01",
    "1956-04-02",
    "1975-03-08",
    "1996-02-29",
    "1998-04-01",
    "1998-04-02",
    "2010-09-09",
]
_OFTEN: dict[str, list[Any]] = {
    "registration": ["non_agricultural", "agricultural"],
    "relation": ["head", "spouse", "child"],
    "asset_finding": ["within"],
    "kind": ["wages", "pension", "basic_pension_central", "house", "deposits", "prison"],
    "lives_with_family": [True],
    "registered_in_town": [True],
}
"""What most households have, so that more than a few are eligible."""


class Households:
    """Makes households with the facts that are read: paths such as `members[].income[].amount`."""

    def __init__(self, reads: Iterable[str]) -> None:
        paths = [path.replace("[]", "").split(".") for path in reads]
        self.read = {".".join(path[:length]) for path in paths for length in range(1, len(path) + 1)}

    def household(self, chance: random.Random) -> Data:
        """A household of which everything is known: one to four members."""
        members: list[Data] = [{"id": f"m{place}"} for place in range(chance.choice([1, 2, 2, 3, 4]))]
        made = self._filled({"members": members}, Household, "", chance, is_new=True)
        for member in made["members"]:
            if chance.random() < 0.7:
                member["exclusions"] = []
        return made

    def filled_in(self, partial: Data, chance: random.Random) -> Data:
        """The household with everything that is not known filled in at random; what is known stays."""
        return self._filled(partial, Household, "", chance, is_new=False)

    def with_fact(self, data: Data, path: str, chance: random.Random) -> Data:
        """The household with a fact, or a whole list or group, filled in: `$.members[0].income`."""
        steps = path.removeprefix("$.").replace("[", ".").replace("]", "").split(".")
        model: type[BaseModel] = Household
        made: Data = copied(data)
        here: Any = made
        lead = ""
        for number, step in enumerate(steps):
            if step.isdigit():
                here = here[int(step)]
                continue
            inner = model_of(model.model_fields[step].annotation)
            if number == len(steps) - 1 or here.get(step) is None:
                here[step] = self._value(step, model.model_fields[step], f"{lead}{step}", made, chance)
                here.update(_noted(here, model))
                return made
            assert inner is not None
            here, model, lead = here[step], inner, f"{lead}{step}."
        return made

    def unknown(self, data: Data, model: type[BaseModel] = Household, lead: str = "") -> Iterator[str]:
        """The paths of what is read and not known; nothing of an entry that is not known itself."""
        for name, info in self._facts(model, lead):
            inner, value = model_of(info.annotation), data.get(name)
            if value is None and not means_none(info):
                yield f"{lead}{name}"
            elif inner is not None:
                for item in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
                    yield from self.unknown(item, inner, f"{lead}{name}.")

    def _facts(self, model: type[BaseModel], lead: str) -> list[tuple[str, FieldInfo]]:
        return [(name, info) for name, info in model.model_fields.items() if f"{lead}{name}" in self.read]

    def _filled(self, partial: Data, model: type[BaseModel], lead: str, chance: random.Random, *, is_new: bool) -> Data:
        """A part of a record filled in. Only a new part can be given what, left out, says that there is none."""
        made = dict(partial)
        for name, info in self._facts(model, lead):
            inner, path = model_of(info.annotation), f"{lead}{name}"
            if name not in made and (is_new or not means_none(info)):
                made[name] = self._value(name, info, path, made, chance)
            elif inner is not None and isinstance(made.get(name), list):
                made[name] = [
                    self._filled(item, inner, f"{path}.", chance, is_new="id" in item and is_new) for item in made[name]
                ]
            elif inner is not None and isinstance(made.get(name), dict):
                made[name] = self._filled(made[name], inner, f"{path}.", chance, is_new=False)
            if made.get(name) == "none" and means_none(info):
                del made[name]
        return _noted(made, model)

    def _value(self, name: str, info: FieldInfo, path: str, household: Data, chance: random.Random) -> Any:
        """One field, with all that belongs to it."""
        entry = next((item for item in info.metadata if isinstance(item, Entry)), None)
        inner = model_of(info.annotation)
        if entry is not None and inner is not None:
            named = [
                {"id": f"new{number}"} if entry.id else {}
                for number in range(max(entry.least, chance.choice([0, 0, 1, 1, 2])))
            ]
            return [self._filled(item, inner, f"{path}.", chance, is_new=True) for item in named]
        if may_be_none(info) and chance.random() < (0.8 if means_none(info) else 0.5):
            return "none"
        if inner is not None:
            return self._filled({}, inner, f"{path}.", chance, is_new=True)
        return _single(name, info, household, chance)


def _single(name: str, info: FieldInfo, household: Data, chance: random.Random) -> Any:
    fact = next(item for item in info.metadata if isinstance(item, Fact))
    kinds = list(alternatives(info.annotation))
    found = [choice for choice in choices(info.annotation) if choice != "none"]
    often = [value for value in _OFTEN.get(name, []) if value in found or isinstance(value, bool)]
    if often and chance.random() < 0.8:
        return chance.choice(often)
    if fact.references is not None:
        return chance.choice([*(item["id"] for item in household.get(fact.references) or ()), "none"])
    if datetime.date in kinds:
        return chance.choice(_BIRTHS if name == "birth_date" else _DAYS)
    if Decimal in kinds:
        return chance.choice(_AMOUNTS)
    if int in kinds:
        return chance.choice([1, 2, 3, 4])
    return chance.choice(found) if found else chance.random() < 0.5


def means_none(info: FieldInfo) -> bool:
    """Whether a field that is left out says that there is none: it is then always known."""
    return any(isinstance(item, Fact) and item.absent == "none" for item in info.metadata)


def may_be_none(info: FieldInfo) -> bool:
    """Whether a field can say that there is none."""
    return any(get_origin(part) is Literal and "none" in get_args(part) for part in alternatives(info.annotation))


def partly_known(full: Data, chance: random.Random, *, per_cent: int, model: type[BaseModel] = Household) -> Data:
    """The household without about so many of a hundred of its lists, items, fields and dates."""
    made: Data = {}
    for name, value in full.items():
        keeps = name == "id" or means_none(model.model_fields[name]) or chance.randrange(100) >= per_cent
        inner = model_of(model.model_fields[name].annotation)
        if isinstance(value, list) and inner is not None and (keeps or (name == "members" and chance.randrange(5))):
            made[name] = [
                {key: item[key] for key in ("id",) if key in item}
                if chance.randrange(400) < per_cent
                else partly_known(item, chance, per_cent=per_cent, model=inner)
                for item in value
            ]
        elif isinstance(value, dict) and inner is not None and keeps:
            made[name] = partly_known(value, chance, per_cent=per_cent, model=inner)
        elif keeps and not isinstance(value, list):
            made[name] = value
    return _noted(made, model)


def _noted(part: Data, model: type[BaseModel]) -> Data:
    """The part with the local rule named on which an open item of the law rests."""
    rests = [(name, item) for name, info in model.model_fields.items() for item in info.metadata]
    notes = {item.note: "rule 1" for name, item in rests if isinstance(item, RestsOn) and part.get(name) == item.when}
    return {**part, **notes}


def copied(data: Any) -> Any:
    """The data with no part shared."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(item) for item in data] if isinstance(data, list) else data
