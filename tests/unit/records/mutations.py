"""Ways in which a record can be wrong around a private value, for the tests that it never shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Mutation = Callable[[Any, random.Random], Any]


def family(name: str, number: str) -> dict[str, Any]:
    """A family whose members have this name and document number."""
    income = [{"kind": "wages", "amount": "900", "period": "month", "start": "2015-01-01"}]
    common: dict[str, Any] = {"registration": "unified", "registered_in_town": True, "lives_with_family": True}
    return {
        "asset_finding": "within",
        "members": [
            {"id": "a", "name": name, "document_number": number, "relation": "head", "income": income, **common},
            {"id": "b", "name": number, "relation": "spouse", "exclusions": [], "income": [], **common},
        ],
    }


def _members(data: Any) -> list[Any]:
    found = data.get("members") if isinstance(data, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _a_member(data: Any, chance: random.Random) -> dict[str, Any]:
    found = _members(data)
    return chance.choice(found) if found else {}


def wrap_private(data: Any, chance: random.Random) -> Any:
    """A private value of the wrong type: in a list, an object, as the whole member, as all members."""
    member = _a_member(data, chance)
    name = member.get("name")
    member["name"] = chance.choice([[name], {"is": name}, {"first": [name]}, 5, True])
    return data


def member_as_name(data: Any, chance: random.Random) -> Any:
    """Members given by their names only."""
    data["members"] = chance.choice(
        [[item.get("name") for item in _members(data)], _a_member(data, chance).get("name")]
    )
    return data


def nested_too_low(data: Any, chance: random.Random) -> Any:
    """A private field where there is none."""
    member = _a_member(data, chance)
    member["income"] = [{"name": member.get("name")}, member.get("name")]
    return data


def nested_too_high(data: Any, chance: random.Random) -> Any:
    """A private field on the household itself."""
    member = _a_member(data, chance)
    return {**data, "name": member.get("name"), "document_number": member.get("document_number")}


def whole_is_a_list(data: Any, chance: random.Random) -> Any:
    """The record in a list."""
    return data if chance.random() < 0.8 or not isinstance(data, dict) else {"members": [data]}


def name_for_an_id(data: Any, chance: random.Random) -> Any:
    """A spouse by name."""
    member = _a_member(data, chance)
    member["spouse"] = member.get("name")
    return data


def same_ids(data: Any, chance: random.Random) -> Any:
    """Every member with one id."""
    for member in _members(data):
        member["id"] = "a"
    return data


def surrogate_in_private(data: Any, chance: random.Random) -> Any:
    """Half of a character in a name."""
    member = _a_member(data, chance)
    member["name"] = f"{member.get('name')}\ud800"
    return data


def other_faults(data: Any, chance: random.Random) -> Any:
    """A fault beside the private value."""
    member = _a_member(data, chance)
    member[chance.choice(["birth_date", "registration", "incme", "income", "disability"])] = chance.choice(
        [5.5, "x", {}, []]
    )
    return data


MUTATIONS: list[Mutation] = [
    wrap_private,
    member_as_name,
    nested_too_low,
    nested_too_high,
    whole_is_a_list,
    name_for_an_id,
    same_ids,
    surrogate_in_private,
    other_faults,
]


def wrecked_yaml(name: str, number: str, chance: random.Random) -> str:
    """A YAML record with the private values written in ways that YAML or the record refuses, and then some damage."""
    ways = [
        "{}",
        '"{}"',
        "'{}'",
        "&{} x",
        "*{}",
        "!{} x",
        "!!{} x",
        "[{}]",
        "{{{}: 1}}",
        "? {}",
        "|\n      {}",
        "%{}",
        "@{}",
        "{}: {}",
        "\t{}",
    ]
    lines = [
        "asset_finding: within",
        "members:",
        "  - id: a",
        f"    name: {chance.choice(ways).format(name, number)}",
        f"    document_number: {chance.choice(ways).format(number, name)}",
        "    income: [{kind: wage, amount: 1e3}]",
        f"  - {{id: a, name: {chance.choice(ways[:8]).format(name)}, lives_with_family: yes}}",
    ]
    if chance.random() < 0.5:
        place = chance.randrange(len(lines))
        lines.insert(place, lines[place])
    text = "\n".join(lines) + "\n"
    if chance.random() < 0.5:
        place = chance.randrange(len(text))
        text = (
            text[:place] + chance.choice(["", '"', "'", ":", "{", "]", "\t", "#", "\n", "\u200b"]) + text[place + 1 :]
        )
    return text
