"""Rulebooks of Islandia for what-ifs and replays: as it stands in the files, and with some lines changed."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

from civil_aid_rules.facts.vocabulary import read_vocabulary
from civil_aid_rules.packs.load import load_packs
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.rulebook import Rulebook
from tests.packs.islandia_record import Hearth

RULES = Path(__file__).parents[2] / "packs" / "islandia" / "rules"
PROGRAM = "hearth_benefit"
PARAMETERS = "benefit_frame/parameters.yaml"
FRAME = "benefit_frame/rules/2010-01-01.yaml"
OVERLAY = "overlays/skerry_council.yaml"

FAMILY = """{
  "island": "north", "arrived": "2010-03-15", "dwelling": {"kind": "timber", "rooms": 2, "heated": true},
  "adults": [
    {"id": "dag", "born": "1980-01-01", "wages": "4800", "lodger": false, "works_at_sea": true, "harvests": []},
    {"id": "eva", "born": "1982-07-01", "wages": "0", "lodger": false, "works_at_sea": false, "harvests": []}],
  "children": [
    {"id": "finn", "born": "2005-06-01", "lives_here": true},
    {"id": "gro", "born": "2011-03-01", "lives_here": true}],
  "boats": [{"id": "gull", "inherited": false}]
}"""
"""On 2012-05-01: 4800 / 12 = 400 a month, 100 each, below 150. Timber, a boat, 100 >= 50: 0.75 x 280 = 210. The younger
child is 1: 7. Set off 400 x 0.25 = 100. 210 + 7 - 100 = 117, up to 120."""

COUPLE = """{
  "island": "north", "arrived": "2009-03-15", "dwelling": {"kind": "stone", "rooms": 2, "heated": true},
  "adults": [
    {"id": "ivo", "born": "1970-01-01", "wages": "3576", "lodger": false, "works_at_sea": false, "harvests": []},
    {"id": "jon", "born": "1972-07-01", "wages": "0", "lodger": false, "works_at_sea": false, "harvests": []}],
  "children": [], "boats": [{"id": "tern", "inherited": false}]
}"""
"""On 2011-02-01: 3576 / 12 = 298, 149 each. Stone and a boat: 190 x 0.50 = 95. 95 - 298 x 0.25 = 20.50, below the least
benefit: 24 as corrected on 2011-03-15, up to 25; 27 as first printed, up to 30."""


@functools.cache
def islandia() -> Rulebook:
    """The rulebook as it stands, with every program."""
    return Rulebook.load(RULES, records={"hearth": Hearth})


def changed_islandia(folder: Path, *changes: tuple[str, str, str]) -> Rulebook:
    """The rulebook with (file, old text, new text) changed; an empty old text adds a file. Holds what PROGRAM uses."""
    rules = folder / "rules"
    shutil.copytree(RULES, rules)
    for file, old, new in changes:
        path = rules / file
        text = path.read_text(encoding="utf-8") if old else ""
        assert old in text, f"{file} does not say {old}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    return Rulebook(load_packs(rules, [PROGRAM]), {"hearth": Hearth}, {"hearth": read_vocabulary(Hearth)})


def hearth(text: str = FAMILY) -> Hearth:
    """A record of Islandia."""
    return Hearth.from_json(text)


def receipt(
    *,
    on: str = "2012-05-01",
    record: str = FAMILY,
    known_on: str | None = None,
    decided_at: str | None = None,
    jurisdiction: str | None = None,
    rulebook: Rulebook | None = None,
) -> Receipt:
    """A receipt of the hearth benefit."""
    book = islandia() if rulebook is None else rulebook
    evaluator = book.evaluator(PROGRAM, on=on, known_on=known_on, jurisdiction=jurisdiction)
    return evaluator.determine(hearth(record)).receipt(decided_at=decided_at)
