"""Values of a place over those of the larger place that it lies within, over the pack's: in Islandia, by hand.

The skerry lies within the outer isles. The pack leaves `island_limit` unset; the outer isles say 170 from 2011-01-01
and 175 from 2012-01-01, the skerry 180 from 2011-06-01.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from civil_aid_rules.errors import RulebookError
from civil_aid_rules.packs.load import load_packs
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.recalculation import replay
from civil_aid_rules.rulebook import Rulebook
from tests.packs.islandia_record import Hearth
from tests.unit.receipts.islandia import OVERLAY, PROGRAM, changed_islandia, hearth, receipt

KEY = "hearth_benefit.island_limit"
NAME = "{en: Shire, zh: 郡}"
ISSUER = f"issuer: {{level: shire, name: {NAME}, in_the_name_of: {NAME}, number: '1', date: 2010-12-01}}"
OUTER = f"""\
overlay: outer_isles
kind: local
title: {{en: Limit of the outer isles, zh: 外岛郡限额}}
jurisdiction: outer_isles
level: shire
{ISSUER}
sources:
  shire_notice: {{title: {{en: Notice of the shire, zh: 郡公告}}, kind: source_document, issued: 2010-12-01}}
parameters:
  {KEY}:
    values:
      - {{from: 2011-01-01, value: "170", cite: shire_notice art. 1}}
      - {{from: 2012-01-01, value: "175", published: 2011-12-01, cite: shire_notice art. 2}}
"""
ROCK = """\
overlay: far_rock
kind: local
title: {en: The far rock, zh: 远礁}
jurisdiction: far_rock
level: islet
within: skerry
"""
ADD = ("overlays/outer_isles.yaml", "", OUTER)
WITHIN = (OVERLAY, "level: island\n", "level: island\nwithin: outer_isles\n")
MAY = ("benefit_frame/parameters.yaml", "set_by: [island_council]", "set_by: [island_council, shire]")


@pytest.fixture
def isles(tmp_path: Path) -> Rulebook:
    return changed_islandia(tmp_path, ADD, WITHIN, MAY, ("overlays/far_rock.yaml", "", ROCK))


def limit(rulebook: Rulebook, on: str, place: str, known_on: str | None = None) -> tuple[str | None, str | None]:
    """The limit in force and the overlay that it comes from."""
    held = rulebook.evaluator(PROGRAM, on=on, known_on=known_on, jurisdiction=place).parameters[KEY]
    return held.value, held.layer


def test_the_nearest_place_that_has_a_value_on_the_day_is_the_one_that_counts(isles: Rulebook) -> None:
    assert limit(isles, "2010-12-31", "skerry") == (None, None)
    assert limit(isles, "2011-05-31", "skerry") == ("170", "outer_isles")
    assert limit(isles, "2011-06-01", "skerry") == ("180", "skerry_council")
    assert limit(isles, "2012-05-01", "skerry") == ("180", "skerry_council")
    assert limit(isles, "2012-05-01", "outer_isles") == ("175", "outer_isles")


def test_what_is_not_yet_published_leaves_the_larger_places_value(isles: Rulebook) -> None:
    # The notice of the skerry is of 2011-05-15, that of the shire of 2010-12-01.
    assert limit(isles, "2011-06-01", "skerry", "2011-05-14") == ("170", "outer_isles")
    assert limit(isles, "2011-06-01", "skerry", "2010-11-30") == (None, None)


def test_a_place_without_values_of_its_own_has_those_of_all_that_it_lies_within(isles: Rulebook) -> None:
    assert limit(isles, "2011-05-31", "far_rock") == ("170", "outer_isles")
    assert limit(isles, "2011-06-01", "far_rock") == ("180", "skerry_council")
    names = [block.overlay for block in isles.overlays_for("far_rock")]
    assert names == ["far_rock", "skerry_council", "outer_isles"]


def test_a_what_if_stands_over_every_place(isles: Rulebook) -> None:
    supposed = isles.with_overlay(Scenario({KEY: "90"}))
    assert limit(supposed, "2012-05-01", "skerry") == ("90", "scenario")


def test_an_evaluator_holds_until_the_next_value_of_any_of_the_places(isles: Rulebook) -> None:
    evaluator = isles.evaluator(PROGRAM, on="2011-05-01", jurisdiction="skerry")
    assert (str(evaluator.valid_from), str(evaluator.valid_until)) == ("2011-01-01", "2011-05-31")
    assert evaluator.overlays == ("skerry_council", "outer_isles")


def test_a_receipt_keeps_every_overlay_and_comes_out_again_without_the_rulebooks(
    isles: Rulebook, tmp_path: Path
) -> None:
    kept = receipt(jurisdiction="skerry", on="2011-05-01", rulebook=isles)
    assert [data["overlay"] for data in kept.overlays] == ["skerry_council", "outer_isles"]
    assert replay(kept, isles).matches
    for file in ("skerry_council", "outer_isles", "far_rock"):
        (tmp_path / "rules" / "overlays" / f"{file}.yaml").unlink()
    without = Rulebook(load_packs(tmp_path / "rules", [PROGRAM]), isles.records, isles.vocabularies)
    replayed = replay(kept.to_json(), without)
    assert replayed.matches
    assert "skerry_council, outer_isles" in replayed.text()


def test_a_change_of_the_larger_places_value_is_named_when_it_was_the_one_used(isles: Rulebook, tmp_path: Path) -> None:
    kept = receipt(jurisdiction="skerry", on="2011-05-01", rulebook=isles)
    changed = (ADD[0], "", OUTER.replace('"170"', '"90"'))
    replayed = replay(kept, changed_islandia(tmp_path / "later", changed, WITHIN, MAY))
    assert {("value", KEY), ("overlay", "outer_isles")} <= {(item.kind, item.name) for item in replayed.differences}


def test_the_explanation_says_whose_value_it_is(isles: Rulebook) -> None:
    determination = isles.evaluator(PROGRAM, on="2011-05-01", jurisdiction="skerry").determine(hearth())
    rows = determination.explain().split("Standards and other legal values used")[1].split("  · ")
    (row,) = [row for row in rows if row.startswith("Income limit that an island sets for itself: 170.00")]
    assert "Source: Limit of the outer isles; Notice of the shire, art. 1" in row
    assert "依据：外岛郡限额；郡公告第1条" in determination.explain(language="zh")
    assert json.loads(determination.to_json())["jurisdiction"] == "skerry"


def test_programs_are_checked_under_all_that_holds_together_in_a_place(tmp_path: Path) -> None:
    """A value of the shire that is no amount is found though the skerry's stands over it."""
    wrong = (ADD[0], "", OUTER.replace('"175"', '"many"'))
    changed_islandia(tmp_path, wrong, WITHIN, MAY)
    with pytest.raises(RulebookError) as caught:
        Rulebook.load(tmp_path / "rules", records={"hearth": Hearth})
    assert [(item.code, item.found) for item in caught.value.problems] == [("value-unreadable", "many")]
