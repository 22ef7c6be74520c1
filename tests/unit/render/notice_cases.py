"""The notices whose words are stored and read: each kind on the family of T01, and one of Islandia.

Three people with 900 yuan a month get (480 - 300) x 3 = 540 in 2016; with 1200 yuan (480 - 400) x 3 = 240; with 1440
yuan their income per person is 480, which equals the standard: refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from civil_aid_rules import Determination
from tests.packs.islandia_record import Hearth
from tests.unit.render.cases import household, islandia, person, three, urban, wages

NAMES = {"A": "周敏", "B": "林涛", "C": "周小雨"}
STEPS = {"accepted_on": "2016-03-01", "decided_on": "2016-04-18"}

HEARTH = """{
  "island": "south", "arrived": "2005-01-01", "dwelling": {"kind": "turf", "rooms": 3, "heated": true},
  "adults": [{"id": "ida", "born": "1980-01-01", "wages": "1800", "lodger": false, "works_at_sea": false,
              "harvests": []}],
  "children": [], "boats": []
}"""


def approved(**more: Any) -> Determination:
    """540.00 a month."""
    return urban(three(steps=STEPS, **more))


def with_less() -> Determination:
    """240.00 a month."""
    return urban(three("1200"))


def refused() -> Determination:
    """The income per person equals the standard."""
    return urban(three("1440", steps={"accepted_on": "2016-03-01", "refusal": {"decided_on": "2016-04-11"}}))


def ended() -> Determination:
    """The same family, on the roll since April: the county stops the payment."""
    stop = {"decided_on": "2016-09-12", "reason": "income_not_below", "reasons_in_writing": True}
    return urban(three("1440", steps=STEPS, stop=stop), on="2016-09-01")


def lacking() -> Determination:
    """Nothing is known of the income of two, of the disability of anybody, or of the assets."""
    unknown = {"registration": "non_agricultural", "lives_with_family": True, "exclusions": []}
    members = person("A", "head", wages("900")), {"id": "B", "relation": "spouse", **unknown}
    return urban(household(*members, {"id": "C", "relation": "child", **unknown}, asset_finding=None, assets=None))


def hearth(on: str, **changes: Any) -> Determination:
    """Hearth benefit: 90.00 under the limit of 160 from July 2012; refused under the limit of 150 before."""
    record = Hearth.from_json(HEARTH).with_changes(changes) if changes else Hearth.from_json(HEARTH)
    return islandia().evaluator("hearth_benefit", on=on).determine(record)


def _given(**more: Any) -> dict[str, Any]:
    return {"addressee": "周敏", "names": NAMES, "office": "青山县民政局", **more}


STORED: dict[str, tuple[Callable[[], Determination], str, dict[str, Any]]] = {
    "approval": (approved, "approval", _given()),
    "approval_to_fill_in": (lambda: urban(three()), "approval", {}),
    "refusal": (refused, "refusal", _given()),
    "change": (with_less, "change", _given(earlier=approved, decided_on="2016-06-20")),
    "increase": (approved, "change", _given(earlier=lambda: urban(three(), on="2015-06-01"))),
    "stop": (ended, "stop", _given(earlier=approved)),
    "missing": (lacking, "missing", _given(office="青山镇人民政府", decided_on="2016-03-02")),
    "public": (approved, "public", _given()),
    "hearth": (lambda: hearth("2012-07-01"), "approval", {"addressee": "Ida", "decided_on": "2012-07-02"}),
}
"""Determination, kind, and what the caller gives; `earlier` is made when it is asked for."""


def written(name: str, **how: Any) -> str:
    """The notice of a case."""
    make, kind, stated = STORED[name]
    earlier = stated.get("earlier")
    more = {**stated, "earlier": None if earlier is None else earlier()}
    kinds: Any = kind
    return make().notice(kinds, **more, **how)
