"""Receipts that were edited, with and without new digests: each edit is named exactly, and none goes unseen."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from civil_aid_rules.digests import digest
from civil_aid_rules.errors import ReceiptError
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.recalculation import replay, replay_all
from civil_aid_rules.receipts.leaves import leaf_digests
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.replayed import Replay
from tests.unit.receipts.islandia import islandia, receipt

OTHER = "sha256:" + "0" * 64


@pytest.fixture(scope="module")
def genuine() -> dict[str, Any]:
    """The family of four on 2012-05-01: eligible, 120.00."""
    data: dict[str, Any] = json.loads(receipt(decided_at="2012-05-10").to_json())
    return data


def sealed(data: dict[str, Any]) -> str:
    """The receipt with its own digest made again, as someone would who knows how."""
    return json.dumps({**data, "digest": digest({key: value for key, value in data.items() if key != "digest"})})


def differences(data: dict[str, Any]) -> list[tuple[str, str]]:
    replayed = replay(sealed(data), islandia())
    assert replayed.matches is (not replayed.differences)
    return [(item.kind, item.name) for item in replayed.differences]


def edited(genuine: dict[str, Any], *path: str | int, to: Any) -> dict[str, Any]:
    data = copy.deepcopy(genuine)
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = to
    return data


def used(genuine: dict[str, Any], kind: str, key: str) -> int:
    return next(place for place, item in enumerate(genuine["result"]["identity"][kind]) if item["key"] == key)


def test_a_genuine_receipt_has_no_difference(genuine: dict[str, Any]) -> None:
    assert differences(genuine) == []


def test_without_a_new_digest_every_edit_is_seen(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "result", "payment", "amount", to="640.00")
    replayed = replay(json.dumps(data), islandia())
    assert [(item.kind, item.name) for item in replayed.differences] == [("receipt", "digest"), ("amount", "payment")]
    assert "edited after it was made" in replayed.text() and "制作后被改动" in replayed.text("zh")


# With a new digest.


def test_an_edited_amount_is_named(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "result", "payment", "amount", to="640.00")
    replayed = replay(sealed(data), islandia())
    (found,) = replayed.differences
    assert (found.kind, found.before, found.after) == (
        "amount",
        {"value": "640.00", "currency": "ISL", "period": "month"},
        {"value": "120.00", "currency": "ISL", "period": "month"},
    )
    assert "640.00 ISL a month" in found.text.en and "120.00 ISL a month" in found.text.en
    assert "每月640.00 ISL" in found.text.zh and "每月120.00 ISL" in found.text.zh


def test_an_edited_status_is_named(genuine: dict[str, Any]) -> None:
    assert differences(edited(genuine, "result", "status", to="ineligible")) == [("status", "status")]


def test_an_edited_value_of_a_rule_is_named(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "result", "values", "hearth_benefit.reckoned", "value", to="217")
    assert differences(data) == [("rule_value", "hearth_benefit.reckoned")]
    data = edited(genuine, "result", "values", "hearth_terms.adult_income", "entries", "$.adults[1]", to="1")
    assert differences(data) == [("rule_value", "hearth_terms.adult_income $.adults[1]")]


def test_a_value_of_a_rule_that_was_taken_out_or_added_is_named(genuine: dict[str, Any]) -> None:
    data = copy.deepcopy(genuine)
    del data["result"]["values"]["hearth_benefit.reckoned"]
    assert differences(data) == [("rule_value", "hearth_benefit.reckoned")]
    data = edited(
        genuine, "result", "values", "hearth_benefit.bonus", to={"type": "ISL/month", "value": "5", "entries": None}
    )
    assert differences(data) == [("rule_value", "hearth_benefit.bonus")]


def test_an_edited_unit_of_a_rule_is_named(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "result", "values", "hearth_benefit.reckoned", "type", to="ISL/year")
    assert differences(data) == [("rule_value", "hearth_benefit.reckoned")]


@pytest.mark.parametrize("field", ["digest", "value", "from_date", "published", "layer", "hypothetical"])
def test_whatever_is_edited_of_a_legal_value_its_parameter_is_named(genuine: dict[str, Any], field: str) -> None:
    to = {"digest": OTHER, "value": "0.5", "from_date": "2010-01-02", "published": "2010-01-02", "layer": "x"}
    place = used(genuine, "values", "hearth_benefit.taper")
    data = edited(genuine, "result", "identity", "values", place, field, to=to.get(field, True))
    assert differences(data) == [("value", "hearth_benefit.taper")]


@pytest.mark.parametrize("field", ["digest", "from_date", "layer", "hypothetical"])
def test_whatever_is_edited_of_a_rule_the_rule_is_named(genuine: dict[str, Any], field: str) -> None:
    place = used(genuine, "rules", "hearth_benefit.benefit")
    to = {"digest": OTHER, "from_date": "2010-01-02", "layer": "x"}
    data = edited(genuine, "result", "identity", "rules", place, field, to=to.get(field, True))
    assert differences(data) == [("rule", "hearth_benefit.benefit")]


def test_an_edited_digest_of_the_program_is_named(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "result", "identity", "program", to=OTHER)
    assert differences(data) == [("program", "hearth_benefit")]


def test_an_edited_fact_is_named_by_its_path_and_so_is_what_follows_from_it(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "record", "adults", 0, "wages", to="3600.00")
    found = differences(data)
    assert found[0] == ("record", "$.adults[0].wages")
    assert ("rule_value", "hearth_terms.adult_income $.adults[0]") in found
    assert ("amount", "payment") in found


def test_a_fact_that_no_rule_reads_is_named_all_the_same(genuine: dict[str, Any]) -> None:
    assert differences(edited(genuine, "record", "boats", 0, "id", to="swan")) == [("record", "$.boats[0].id")]


def test_facts_added_and_removed_are_named(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "record", "boats", 0, "hired_out", to=True)
    assert differences(data) == [("record", "$.boats[0].hired_out")]
    data = copy.deepcopy(genuine)
    del data["record"]["adults"][0]["works_at_sea"]
    assert differences(data)[0] == ("record", "$.adults[0].works_at_sea")


def test_no_value_of_the_record_appears_in_a_replay(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "record", "adults", 0, "id", to="secret-name")
    text = replay(sealed(data), islandia()).to_json()
    assert "secret-name" not in text


def test_an_edited_fact_with_its_own_digests_made_again_shows_in_what_follows_from_it(genuine: dict[str, Any]) -> None:
    """Who makes every digest again hides which fact it was, and not that the results are others (75 each, not 100)."""
    data = edited(genuine, "record", "adults", 0, "wages", to="3600.00")
    data["record_fields"] = leaf_digests(data["record"])
    data["result"]["record_digest"] = digest(data["record"])
    found = differences(data)
    assert ("rule_value", "hearth_terms.adult_income $.adults[0]") in found and ("amount", "payment") in found
    assert not any(kind == "record" for kind, _ in found)


def test_an_edited_digest_of_the_record_is_named(genuine: dict[str, Any]) -> None:
    assert differences(edited(genuine, "result", "record_digest", to=OTHER)) == [("record", "$")]
    assert differences(edited(genuine, "record_fields", "$.island", to=OTHER)) == [("record", "$.island")]


def test_a_record_that_cannot_be_read_any_more_is_named_and_no_crash(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "record", "adults", 0, "wages", to="much")
    replayed = replay(sealed(data), islandia())
    assert replayed.status is None
    assert {(item.kind, item.name) for item in replayed.differences} == {("record", "$.adults[0].wages")}
    assert "much" not in replayed.to_json()


def test_an_edited_day_shows_in_the_values_of_that_day(genuine: dict[str, Any]) -> None:
    found = differences(edited(genuine, "result", "on", to="2012-07-01"))
    assert ("value", "hearth_benefit.base_by_size") in found and ("amount", "payment") in found


def test_an_edited_known_on_shows_in_the_notices(genuine: dict[str, Any]) -> None:
    assert differences(edited(genuine, "result", "known_on", to="2012-05-01")) == [("result", "$.notices")]


def test_edited_words_of_the_result_are_named_by_their_path(genuine: dict[str, Any]) -> None:
    data = edited(genuine, "result", "reasons", 0, "text", "en", to="approved by the minister")
    assert differences(data) == [("result", "$.reasons[0].text.en")]
    data = edited(genuine, "result", "notices", to=[{"en": "Approved.", "zh": "已批准。"}])
    assert differences(data) == [("result", "$.notices")]


def test_a_notice_with_a_day_that_does_not_exist_is_named_and_no_crash(genuine: dict[str, Any]) -> None:
    notices = [{"en": "The rules have been checked through 2013-02-31 only.", "zh": "仅核对至2013-02-31。"}]
    data = edited(genuine, "result", "notices", to=[*genuine["result"]["notices"], *notices])
    assert differences(data) == [("result", "$.notices")]


def test_a_flag_that_was_taken_out_is_named(genuine: dict[str, Any]) -> None:
    assert all(name.startswith("$.flags") for _, name in differences(edited(genuine, "result", "flags", to=[])))
    assert differences(edited(genuine, "result", "flags", to=[])) != []


def test_an_edited_overlay_is_named() -> None:
    local = json.loads(receipt(jurisdiction="skerry").to_json())
    values = local["overlays"][0]["parameters"]["hearth_benefit.island_limit"]["values"]
    values[0]["value"] = "90"
    assert differences(local)[0] == ("overlay", "skerry_council")
    assert not any(kind == "amount" for kind, _ in differences(local))


def test_an_overlay_that_was_taken_out_or_added_is_named() -> None:
    local = json.loads(receipt(jurisdiction="skerry").to_json())
    assert ("overlay", "skerry_council") in differences({**local, "overlays": []})
    added = Scenario({"hearth_benefit.taper": "0.10"}, name="added").data
    found = differences({**local, "overlays": [*local["overlays"], added]})
    assert ("overlay", "added") in found and ("amount", "payment") in found


def test_an_edited_scenario_is_named_with_what_follows_from_it() -> None:
    what_if = json.loads(
        receipt(rulebook=islandia().with_overlay(Scenario({"hearth_benefit.taper": "0.10"}))).to_json()
    )
    what_if["overlays"][0]["parameters"]["hearth_benefit.taper"] = "0.20"
    found = differences(what_if)
    assert found[0] == ("overlay", "scenario")
    assert ("value", "hearth_benefit.taper") in found and ("amount", "payment") in found


def test_a_scenario_that_cannot_be_read_is_named_and_no_crash() -> None:
    what_if = json.loads(
        receipt(rulebook=islandia().with_overlay(Scenario({"hearth_benefit.taper": "0.10"}))).to_json()
    )
    what_if["overlays"][0]["parameters"]["hearth_benefit.taper"] = "a tenth"
    replayed = replay(sealed(what_if), islandia())
    assert replayed.status is None
    assert {item.kind for item in replayed.differences} == {"overlay", "program"}
    what_if["overlays"][0] = {"overlay": "scenario", "kind": "scenario"}
    assert ("overlay", "scenario") in differences(what_if)


# Every single place.


def _places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _places(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _places(value, (*path, place))
    else:
        yield path


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case None:
            return "2012-01-02"
        case "yes":
            return "no"
        case str() if value.startswith("sha256:"):
            return OTHER
        case str() if value.replace(".", "").replace("-", "").isdigit():
            return value[:-1] + ("1" if value[-1] != "1" else "2")
        case str():
            return value + "x"
        case _:
            return value + 1


def unseen(genuine: dict[str, Any], every: int) -> set[tuple[str | int, ...]]:
    """The places whose edit, sealed again, a replay neither refuses nor names nor notes."""
    places = [path for path in _places(genuine) if path != ("digest",)][::every]
    texts = (sealed(edited(genuine, *path, to=_other(_at(genuine, path)))) for path in places)
    found = zip(places, replay_all(texts, islandia()), strict=True)
    return {path for path, item in found if isinstance(item, Replay) and not item.differences and not item.notes}


CANNOT_BE_SEEN = {("decided_at",), ("result", "on")}
"""The day of the decision says nothing that could be computed; and on the next day everything was the same."""


def test_places_edited_and_sealed_again_are_refused_named_or_noted(genuine: dict[str, Any]) -> None:
    assert unseen(genuine, every=17) <= CANNOT_BE_SEEN


@pytest.mark.slow
def test_every_single_place_edited_and_sealed_again_is_refused_named_or_noted(genuine: dict[str, Any]) -> None:
    assert unseen(genuine, every=1) == CANNOT_BE_SEEN


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def test_edits_without_a_new_seal_are_all_seen_by_the_seal(genuine: dict[str, Any]) -> None:
    for path in list(_places(genuine))[::37]:
        data = edited(genuine, *path, to=_other(_at(genuine, path)))
        try:
            assert not Receipt.from_json(json.dumps(data)).is_intact
        except ReceiptError:
            continue
