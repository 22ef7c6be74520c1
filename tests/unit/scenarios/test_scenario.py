"""A what-if: which values and rules it replaces, on which days, how it is shown, and what it may not do."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from civil_aid_rules.determination import Determination
from civil_aid_rules.errors import CivilAidError, RulebookError
from civil_aid_rules.evaluator import Evaluator
from civil_aid_rules.packs.scenario import Scenario, overlay_data, overlay_of_data
from civil_aid_rules.rulebook import Rulebook
from tests.packs.islandia_record import Hearth
from tests.packs.test_islandia import SPOUSES
from tests.unit.receipts.islandia import FAMILY, PROGRAM, RULES, hearth, islandia

LIMIT = "hearth_benefit.income_limit"
TAPER = "hearth_benefit.taper"


def evaluator(scenario: Scenario, on: str, program: str = PROGRAM, jurisdiction: str | None = None) -> Evaluator:
    return islandia().with_overlay(scenario).evaluator(program, on=on, jurisdiction=jurisdiction)


def codes(error: CivilAidError) -> list[str]:
    return [item.code for item in error.problems]


# Which values, on which days.


def test_a_bare_value_replaces_the_one_in_force_on_the_day_decided_for_as_long_as_that_one_holds() -> None:
    used = evaluator(Scenario({LIMIT: "155"}), "2012-05-01").parameters[LIMIT]
    assert (used.value, str(used.from_date), str(used.until)) == ("155", "2010-01-01", "2012-06-30")
    later = evaluator(Scenario({LIMIT: "155"}), "2012-08-01").parameters[LIMIT]
    assert (later.value, str(later.from_date), later.until) == ("155", "2012-07-01", None)


def test_a_bare_value_leaves_other_dates_as_they_are() -> None:
    """On 2012-05-01 the tax reads last year's allowance, 1300 from 2011; the scenario replaces this year's, 1500."""
    compiled = (
        islandia().with_overlay(Scenario({"harbour_tax.allowance": "2000"})).compile("harbour_tax", on="2012-05-01")
    )
    allowance = next(value for value in compiled.parameters if value.key == "harbour_tax.allowance")
    assert (allowance.value, str(allowance.from_date), allowance.hypothetical) == (1300, "2011-01-01", False)


def test_a_bare_value_replaces_what_was_known_on_the_day_asked_for() -> None:
    scenario = islandia().with_overlay(Scenario({"hearth_benefit.least_benefit": "22"}))
    for known_on in ("2011-02-05", "2011-04-01", None):
        used = scenario.evaluator(PROGRAM, on="2011-02-01", known_on=known_on).parameters[
            "hearth_benefit.least_benefit"
        ]
        assert (used.value, used.hypothetical) == ("22", True)


def test_a_bare_value_for_a_parameter_that_is_not_in_force_replaces_nothing() -> None:
    """The relief for elders is repealed from 2013 on."""
    scenario = Scenario({"harbour_tax.elder_relief": "200"})
    assert evaluator(scenario, "2012-12-31", "harbour_tax").parameters["harbour_tax.elder_relief"].value == "200"
    assert "harbour_tax.elder_relief" not in evaluator(scenario, "2013-01-01", "harbour_tax").parameters


def without_effect(scenario: Scenario, program: str, on: str) -> list[str]:
    notices = evaluator(scenario, on, program).determine(hearth(SPOUSES)).notices
    assert len(notices) == len([notice for notice in notices if notice.zh])
    return [notice.en for notice in notices if "without effect" in notice.en]


def test_what_a_scenario_sets_without_effect_is_said() -> None:
    """On 2012-05-01 the tax reads last year's allowance, 1300. On 2013-01-01 that one is still in force; no relief."""
    both = Scenario({"harbour_tax.elder_relief": "200", "harbour_tax.allowance": "2000"}, name="both")
    assert without_effect(both, "harbour_tax", "2012-05-01") == [
        "The scenario both sets harbour_tax.allowance without effect: no rule reads that on 2012-05-01."
    ]
    assert without_effect(both, "harbour_tax", "2013-01-01") == [
        "The scenario both sets harbour_tax.elder_relief without effect: no rule reads that on 2013-01-01."
    ]
    assert without_effect(Scenario({"harbour_tax.old_boat": "3"}), "harbour_tax", "2012-05-01") == []


def test_what_a_scenario_sets_for_another_program_is_no_matter_of_this_one() -> None:
    assert without_effect(Scenario({TAPER: "0.10"}), "harbour_tax", "2012-05-01") == []


def test_none_makes_a_parameter_unset_and_its_rules_unknown() -> None:
    determination = evaluator(Scenario({TAPER: None}), "2012-05-01").determine(hearth())
    assert determination.status == "eligible"
    assert determination.payment is not None and determination.payment.amount is None
    assert [(item.kind, item.name) for item in determination.missing] == [("parameter", TAPER)]


def test_whole_numbers_may_be_given_as_numbers() -> None:
    assert Scenario({LIMIT: 155}) == Scenario({LIMIT: "155"})


def test_dated_values_hold_from_their_days_only(tmp_path: Path) -> None:
    path = tmp_path / "rise.yaml"
    path.write_text(
        "overlay: rise\nkind: scenario\ntitle: {en: A rise, zh: 提高}\nparameters:\n  hearth_benefit.income_limit:\n"
        "    values: [{from: 2012-06-01, value: '170'}]\n",
        encoding="utf-8",
    )
    changed = islandia().with_overlay(path)
    by_day = {
        day: changed.evaluator(PROGRAM, on=day).parameters[LIMIT].value
        for day in ("2012-05-31", "2012-06-01", "2012-07-01")
    }
    assert by_day == {"2012-05-31": "150", "2012-06-01": "170", "2012-07-01": "170"}


# Rules, and layers.


def test_a_scenario_of_the_rulebook_replaces_a_whole_rule_by_name() -> None:
    """280 for four, not times 0.75; set off 400 x 0.10 = 40; 280 + 7 - 40 = 247, up to 250."""
    determination = islandia().with_overlay("kinder_taper").evaluator(PROGRAM, on="2012-05-01").determine(hearth())
    assert determination["base_amount"] == 280
    assert str(determination.payment and determination.payment.amount) == "250.00"


def test_a_scenario_stands_over_local_values_and_those_over_the_pack() -> None:
    """The skerry set 180 for itself from 2011-06-01; the pack leaves the limit of an island unset."""
    key = "hearth_benefit.island_limit"
    pack = islandia().evaluator(PROGRAM, on="2012-05-01").parameters[key]
    local = islandia().evaluator(PROGRAM, on="2012-05-01", jurisdiction="skerry").parameters[key]
    scenario = evaluator(Scenario({key: "90"}), "2012-05-01", jurisdiction="skerry").parameters[key]
    assert [(item.value, item.layer) for item in (pack, local, scenario)] == [
        (None, None),
        ("180", "skerry_council"),
        ("90", "scenario"),
    ]


def test_a_bare_value_over_a_local_one_holds_as_long_as_the_local_one() -> None:
    used = evaluator(Scenario({"hearth_benefit.island_limit": "90"}), "2012-05-01", jurisdiction="skerry")
    assert str(used.parameters["hearth_benefit.island_limit"].from_date) == "2011-06-01"


def test_two_scenarios_stand_together_when_they_set_different_names() -> None:
    changed = islandia().with_overlay(Scenario({TAPER: "0.10"})).with_overlay(Scenario({LIMIT: "155"}))
    parameters = changed.evaluator(PROGRAM, on="2012-05-01").parameters
    assert (parameters[TAPER].value, parameters[LIMIT].value) == ("0.1", "155")


def test_two_scenarios_that_set_one_name_are_an_error() -> None:
    with pytest.raises(RulebookError) as caught:
        islandia().with_overlay(Scenario({TAPER: "0.10"}, name="first")).with_overlay("kinder_taper")
    assert [(item.code, item.found) for item in caught.value.problems] == [("overlay-twice", TAPER)]
    assert "first" in caught.value.text()


def test_two_local_overlays_of_one_place_that_set_one_name_are_an_error(tmp_path: Path) -> None:
    rules = _copied(tmp_path)
    text = (rules / "overlays/skerry_council.yaml").read_text(encoding="utf-8")
    again = text.replace("overlay: skerry_council", "overlay: skerry_again").replace("skerry_notice", "other_notice")
    (rules / "overlays/skerry_again.yaml").write_text(again, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        Rulebook.load(rules, records={"hearth": Hearth}, programs=[PROGRAM])
    assert codes(caught.value) == ["overlay-twice"]


def test_an_overlay_in_a_second_file_does_not_bear_that_files_name(tmp_path: Path) -> None:
    rules = _copied(tmp_path)
    text = (rules / "overlays/kinder_taper.yaml").read_text(encoding="utf-8")
    (rules / "overlays/z_taper.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        Rulebook.load(rules, records={"hearth": Hearth}, programs=[PROGRAM])
    assert [(item.code, item.found) for item in caught.value.problems] == [("overlay-name-not-file", "kinder_taper")]


def _copied(folder: Path) -> Path:
    import shutil

    shutil.copytree(RULES, folder / "rules")
    return folder / "rules"


# Shown as hypothetical everywhere.


@pytest.fixture(scope="module")
def what_if() -> Determination:
    return islandia().with_overlay("kinder_taper").evaluator(PROGRAM, on="2012-05-01").determine(hearth())


def test_values_and_rules_of_a_scenario_say_that_they_are_hypothetical(what_if: Determination) -> None:
    assert what_if.hypothetical
    assert [value.key for value in what_if.identity.values if value.hypothetical] == [TAPER]
    assert [rule.key for rule in what_if.identity.rules if rule.hypothetical] == ["hearth_benefit.base_amount"]
    assert [(item.name, item.kind) for item in what_if.identity.overlays] == [("kinder_taper", "scenario")]


def test_the_trace_of_a_scenario_says_that_it_is_hypothetical(what_if: Determination) -> None:
    steps = {step["rule"]: step for step in json.loads(what_if.to_json(trace=True))["steps"]}
    assert [key for key, step in steps.items() if step["hypothetical"]] == ["hearth_benefit.base_amount"]
    inputs = {item["name"]: item["hypothetical"] for item in steps["hearth_benefit.income_set_off"]["inputs"]}
    assert inputs[TAPER] is True
    assert inputs["hearth_terms.monthly_income"] is False


def test_the_sources_of_a_scenario_are_of_the_kind_scenario(what_if: Determination) -> None:
    step = next(step for step in what_if.trace if step.name == "hearth_benefit.base_amount")
    assert step.citations[0].kind == "scenario"


@pytest.mark.parametrize(("language", "word"), [("en", "HYPOTHETICAL"), ("zh", "测算方案（假设）")])
@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_explanations_of_a_scenario_say_that_it_is_hypothetical(
    what_if: Determination, language: str, word: str, format: str
) -> None:
    shown = what_if.explain(language=language, format=format)  # type: ignore[arg-type]
    assert word in shown


def test_the_notices_of_a_scenario_name_it(what_if: Determination) -> None:
    """Its own notice where it has one, else its title."""
    assert any(notice.en == "Hypothetical." for notice in what_if.notices)
    plain = evaluator(Scenario({TAPER: "0.10"}), "2012-05-01").determine(hearth())
    assert any(
        "Hypothetical" in item.en and f"{TAPER} = 0.10" in item.en and "假设" in item.zh for item in plain.notices
    )


def test_the_receipt_of_a_scenario_says_that_it_is_hypothetical(what_if: Determination) -> None:
    receipt = what_if.receipt()
    assert receipt.hypothetical and str(receipt).startswith("HYPOTHETICAL")


def test_what_is_no_scenario_is_not_hypothetical() -> None:
    determination = islandia().evaluator(PROGRAM, on="2012-05-01", jurisdiction="skerry").determine(hearth())
    assert not determination.hypothetical
    assert not determination.receipt().hypothetical


# What a scenario may not be.


def test_every_fault_of_a_scenario_is_reported() -> None:
    with pytest.raises(RulebookError) as caught:
        Scenario({"taper": "0.10", "hearth_benefit.taper": True, "x.y": 1.5})  # type: ignore[dict-item]
    assert sorted(codes(caught.value)) == ["scenario-name", "scenario-value", "scenario-value"]


@pytest.mark.parametrize(
    ("values", "code", "expected"),
    [
        ({"hearth_benefit.tapr": "1"}, "overlay-unknown-name", "did you mean hearth_benefit.taper?"),
        ({"hearth_benefit.benefit": "5"}, "overlay-wrong-block", "rules:"),
        ({"hearth_benefit.base_by_size": "5"}, "overlay-shape", "rows (table, bands or scale)"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_where_it_stands(values: dict[str, str], code: str, expected: str) -> None:
    with pytest.raises(RulebookError) as caught:
        islandia().with_overlay(Scenario(values))
    assert [(item.code, str(item.at), item.expected) for item in caught.value.problems] == [
        (code, "<scenario>:1:1", expected)
    ]


def test_a_scenario_with_rows_for_a_plain_value_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.yaml"
    path.write_text(
        "overlay: rows\nkind: scenario\ntitle: {en: Rows, zh: 分档}\nparameters:\n  hearth_benefit.taper:\n"
        "    values: [{from: 2012-06-01, table: {'1': '0.1'}, past_end: last}]\n",
        encoding="utf-8",
    )
    with pytest.raises(RulebookError) as caught:
        islandia().with_overlay(path)
    assert [(item.code, item.found) for item in caught.value.problems] == [
        ("overlay-shape", "rows (table, bands or scale)")
    ]


def test_a_value_that_its_type_cannot_read_is_refused() -> None:
    with pytest.raises(RulebookError) as caught:
        islandia().with_overlay(Scenario({TAPER: "a tenth"}))
    assert codes(caught.value) == ["value-unreadable"]


def test_a_parameter_placed_among_the_rules_of_a_scenario_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "overlay: wrong\nkind: scenario\ntitle: {en: Wrong, zh: 错}\nrules:\n  hearth_benefit.taper:\n    is: 1 > 0\n",
        encoding="utf-8",
    )
    with pytest.raises(RulebookError) as caught:
        islandia().with_overlay(path)
    assert [(item.code, item.expected) for item in caught.value.problems] == [("overlay-wrong-block", "parameters:")]


def test_a_local_overlay_is_no_scenario() -> None:
    with pytest.raises(RulebookError) as caught:
        islandia().with_overlay("skerry_council")
    assert codes(caught.value) == ["overlay-kind"]


def test_a_scenario_file_that_is_not_there_is_one_error() -> None:
    with pytest.raises(RulebookError) as caught:
        Scenario.load("no-such-file.yaml")
    assert codes(caught.value) == ["yaml-unreadable"]


# A scenario as a value.


def test_a_scenario_is_equal_to_one_that_says_the_same_wherever_it_stands(tmp_path: Path) -> None:
    text = (RULES / "overlays/kinder_taper.yaml").read_text(encoding="utf-8")
    (tmp_path / "other.yaml").write_text("\n\n" + text, encoding="utf-8")
    loaded = Scenario.load(tmp_path / "other.yaml")
    assert loaded == Scenario.load(RULES / "overlays/kinder_taper.yaml")
    assert loaded != Scenario({TAPER: "0.10"}, name="kinder_taper")


def test_a_scenario_survives_pickling_and_being_kept_as_data() -> None:
    for scenario in (Scenario.load(RULES / "overlays/kinder_taper.yaml"), Scenario({TAPER: None, LIMIT: "155"})):
        assert pickle.loads(pickle.dumps(scenario)) == scenario
        assert Scenario.of_data(json.loads(json.dumps(scenario.data))) == scenario


def test_every_overlay_comes_back_from_data_with_the_same_effect() -> None:
    """A value that is unset in the file is unset again, and not the text null."""
    for block in islandia().packs.overlays.values():
        again = overlay_of_data(json.loads(json.dumps(overlay_data(block))))
        assert not isinstance(again, tuple)
        assert overlay_data(again) == overlay_data(block)
    unset = Scenario.of_data(Scenario({TAPER: None}).data)
    assert evaluator(unset, "2012-05-01").parameters[TAPER].value is None


def test_a_scenario_cannot_be_changed() -> None:
    scenario = Scenario({TAPER: "0.10"})
    with pytest.raises(AttributeError):
        scenario.block = scenario.block  # type: ignore[misc]


def test_the_rulebook_under_a_scenario_is_another_one_and_the_first_stays_as_it_is() -> None:
    before = islandia().digest
    changed = islandia().with_overlay(Scenario({TAPER: "0.10"}))
    assert changed.digest != before == islandia().digest
    assert Hearth.from_json(FAMILY) == hearth()
