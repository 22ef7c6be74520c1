"""Random households of which parts are not known, and random ways to fill in what is not known; seeded.

Plain data, as a record file holds it. A household is an empty one filled in; a partial one is a full one with whole
lists, items, fields and dates taken out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fields import choices, model_of
from civil_aid_rules.records.household import Household, Person

Data = dict[str, Any]
MEANS_NONE = {"end", "due_not_received", "regular_recipient", "stopped_share", "included_as_group"}
"""Left out, these say that there is none: they are always known."""

_AMOUNTS = ["0", "0.01", "90", "150", "300", "479.99", "480", "810", "900", "1440", "2700", "3600", "5760"]
_STARTS = [
    "2012-01-01",
    "2013-04-02",
    "2015-05-01",
    "2015-12-31",
    "2016-03-31",
    "2016-04-01",
    "2016-04-02",
    "2017-01-01",
]
_ENDS = ["2015-12-31", "2016-03-31", "2016-04-01", "2016-04-30", "2018-06-30"]
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
_SHARE_KNOWN = 0.8

_VALUES: dict[str, list[Any]] = {
    "amount": _AMOUNTS,
    "value": ["0", "5000", "12000", "20000", "20000.01", "50000"],
    "start": _STARTS,
    "end": _ENDS,
    "resident_since": _STARTS,
    "birth_date": _BIRTHS,
    "grade": [1, 2, 3, 4],
}
_KINDS = {"IncomeItem": ["wages", "wages", "pension", "veterans_pension", "basic_pension_central", "social_relief"]}
_OFTEN: dict[str, list[str]] = {
    "registration": ["non_agricultural", "agricultural"],
    "relation": ["head", "spouse", "child"],
    "asset_finding": ["within", "within", "exceeds"],
    "period": ["month", "year", "once"],
}
_OFTEN_TRUE = {"lives_with_family", "registered_in_town"}


def filled_in(partial: Data, chance: random.Random) -> Data:
    """The household with everything that is not known filled in at random; what is known stays."""
    return _with_ids(_filled(partial, Household, chance, is_new=False), chance)


def _with_ids(household: Data, chance: random.Random) -> Data:
    """The household whose members all have an id, and are or are not somebody's spouse and ward."""
    members = [{"id": f"new{number}", **member} for number, member in enumerate(household["members"])]
    ids = [member["id"] for member in members]
    for member in members:
        for name in ("spouse", "guardian"):
            member.setdefault(name, chance.choice([*ids, "none"]))
    return {**household, "members": members}


def _somebody(household: Data, chance: random.Random) -> str:
    ids = [member["id"] for member in household.get("members") or ()]
    return str(chance.choice([*ids, "none"]))


def _filled(partial: Data, model: type[BaseModel], chance: random.Random, *, is_new: bool) -> Data:
    """A part of a record filled in. Only a new part can be given what, left out, says that there is none."""
    made = dict(partial)
    for name, info in model.model_fields.items():
        is_known = name in made or (name in MEANS_NONE and not is_new)
        inner = model_of(info.annotation)
        if name in ("spouse", "guardian") or not any(isinstance(item, Fact | Entry) for item in info.metadata):
            continue
        if not is_known:
            made[name] = _single(name, model, made, chance)
        elif inner is not None and isinstance(made.get(name), list):
            made[name] = [_filled(item, inner, chance, is_new=False) for item in made[name]]
        elif inner is not None and isinstance(made.get(name), dict):
            made[name] = _filled(made[name], inner, chance, is_new=False)
    return {name: value for name, value in made.items() if value != "none" or name not in MEANS_NONE}


def _single(name: str, model: type[BaseModel], household: Data, chance: random.Random) -> Any:
    """One field, with all that belongs to it."""
    if name in ("spouse", "guardian"):
        return _somebody(household, chance)
    info = model.model_fields[name]
    entry = next((item for item in info.metadata if isinstance(item, Entry)), None)
    inner = model_of(info.annotation)
    if entry is not None and inner is not None:
        number = max(entry.least, chance.choice([0, 0, 1, 1, 2]))
        return [_filled({}, inner, chance, is_new=True) for _ in range(number)]
    if inner is not None:
        is_none = chance.random() < (0.8 if name in MEANS_NONE else 0.5)
        return "none" if is_none else _filled({}, inner, chance, is_new=True)
    return _value(name, model, chance)


def _value(name: str, model: type[BaseModel], chance: random.Random) -> Any:
    if name in MEANS_NONE and chance.random() < 0.7:
        return "none"
    if name == "kind":
        return chance.choice(_KINDS.get(model.__name__) or choices(model.model_fields[name].annotation))
    if name in _VALUES:
        return chance.choice(_VALUES[name])
    found = [choice for choice in choices(model.model_fields[name].annotation) if choice != "none"]
    if found:
        often = _OFTEN.get(name, [])
        return chance.choice(often) if often and chance.random() < 0.8 else chance.choice(found)
    return chance.random() < (0.85 if name in _OFTEN_TRUE else 0.5)


def a_household(chance: random.Random) -> Data:
    """A household of which everything is known: one to four members, some of them regular recipients."""
    number = chance.choice([1, 2, 2, 3, 4])
    members = [_filled({"id": f"m{place}"}, Person, chance, is_new=True) for place in range(number)]
    for member in members:
        if chance.random() < 0.7:
            member["exclusions"] = []
    return filled_in(_filled({"members": members}, Household, chance, is_new=True), chance)


def partly_known(full: Data, chance: random.Random, *, per_cent: int) -> Data:
    """The household without about so many of a hundred of its lists, items, fields and dates."""
    made: Data = {}
    for name, value in full.items():
        keeps = name in ("id", *MEANS_NONE) or chance.randrange(100) >= per_cent
        if isinstance(value, list) and (keeps or (name == "members" and chance.random() < _SHARE_KNOWN)):
            made[name] = [
                {"id": item["id"]}
                if chance.randrange(400) < per_cent and "id" in item
                else partly_known(item, chance, per_cent=per_cent)
                for item in value
            ]
        elif isinstance(value, dict) and keeps:
            made[name] = partly_known(value, chance, per_cent=per_cent)
        elif keeps and not isinstance(value, list):
            made[name] = value
    return made


def with_fact(data: Data, path: str, chance: random.Random) -> Data:
    """The household with the fact, or the whole list or group, at a path such as `$.members[0].income` filled in."""
    steps = path.removeprefix("$.").replace("[", ".").replace("]", "").split(".")
    model: type[BaseModel] = Household
    made: Data = _copied(data)
    here: Any = made
    for number, step in enumerate(steps):
        if step.isdigit():
            here = here[int(step)]
            continue
        inner = model_of(model.model_fields[step].annotation)
        if number == len(steps) - 1 or here.get(step) is None:
            here[step] = _single(step, model, made, chance)
            return _with_ids(made, chance) if step == "members" else made
        assert inner is not None
        here, model = here[step], inner
    return made


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(item) for item in data] if isinstance(data, list) else data


def unknown_facts(data: Data, model: type[BaseModel] = Household, lead: str = "") -> Iterator[str]:
    """The paths, without the entries' places, of what is not known: `members[].income[].amount`, `assets`."""
    for name, info in model.model_fields.items():
        inner = model_of(info.annotation)
        is_list = any(isinstance(item, Entry) for item in info.metadata)
        path = f"{lead}{name}"
        if not is_list and not any(isinstance(item, Fact) for item in info.metadata):
            continue
        value = data.get(name)
        if value is None and name not in MEANS_NONE:
            yield path
        elif is_list and inner is not None:
            for item in value or ():
                yield from unknown_facts(item, inner, f"{path}[].")
        elif inner is not None and isinstance(value, dict):
            yield from unknown_facts(value, inner, f"{path}.")
