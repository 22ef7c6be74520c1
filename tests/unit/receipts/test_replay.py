"""A receipt computed again: it comes out, or each difference is named; what merely grew is said and changes nothing."""

from __future__ import annotations

import datetime
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from civil_aid_rules.errors import ReceiptError
from civil_aid_rules.packs.load import load_packs
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.recalculation import replay, replay_all
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.replayed import Replay
from civil_aid_rules.records.household import Household
from civil_aid_rules.rulebook import Rulebook
from tests.packs.test_islandia import CHILDREN
from tests.unit.receipts.islandia import (
    COUPLE,
    FRAME,
    OVERLAY,
    PARAMETERS,
    PROGRAM,
    changed_islandia,
    hearth,
    islandia,
    receipt,
)
from tests.unit.receipts.worked import THREE, urban_dibao

LEAST = (
    '    - {from: 2011-01-01, published: 2011-03-15, value: "24", cite: circular p. 1, published_cite: yearbook p. 13, '
    "note: {en: The circular was misprinted., zh: 通函有误印。}}\n"
)
"""The correction of the least benefit, published on 2011-03-15."""


def named(replayed: Replay) -> list[tuple[str, str]]:
    return [(item.kind, item.name) for item in replayed.differences]


def noted(replayed: Replay) -> set[tuple[str, str]]:
    return {(item.kind, item.name) for item in replayed.notes}


# It comes out again.


@pytest.mark.parametrize(("on", "amount"), [("2016-04-01", "540.00"), ("2015-06-01", "450.00")])
def test_worked_example_t01_comes_out_again_on_the_shipped_packs(on: str, amount: str) -> None:
    """(480 - 300) x 3 = 540.00 and (450 - 300) x 3 = 450.00, from the JSON text alone, with the shipped rules."""
    determination = urban_dibao().evaluator("urban_dibao", on=on).determine(Household.from_json(THREE))
    replayed = replay(determination.receipt(decided_at="2016-04-18").to_json())
    assert replayed.matches and replayed.differences == () and replayed.notes == ()
    assert (replayed.status, str(replayed.payment and replayed.payment.amount)) == ("eligible", amount)


def test_a_receipt_comes_out_again_in_another_process_from_its_json_alone(tmp_path: Path) -> None:
    determination = urban_dibao().evaluator("urban_dibao", on="2016-04-01").determine(Household.from_json(THREE))
    path = tmp_path / "receipt.json"
    path.write_text(determination.receipt(decided_at="2016-04-18").to_json(), encoding="utf-8")
    code = (
        "import sys\nfrom civil_aid_rules.recalculation import replay\n"
        "from civil_aid_rules.receipts.receipt import Receipt\n"
        "replayed = replay(Receipt.load(sys.argv[1]))\nprint(replayed.matches, replayed.payment.amount)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("True 540.00\n", "")


def test_a_replay_is_computed_and_never_copied_from_the_receipt() -> None:
    """A receipt that claims 999 and names no rule at all still gets the family's 120."""
    data = json.loads(receipt().to_json())
    data["result"]["payment"]["amount"] = "999.00"
    data["result"]["values"], data["result"]["identity"]["rules"] = {}, []
    replayed = replay(json.dumps(data), islandia())
    assert str(replayed.payment and replayed.payment.amount) == "120.00"
    assert not replayed.matches


@pytest.mark.parametrize("jurisdiction", [None, "skerry"])
@pytest.mark.parametrize("known_on", [None, "2012-05-01"])
def test_every_kind_of_question_comes_out_again(jurisdiction: str | None, known_on: str | None) -> None:
    replayed = replay(receipt(jurisdiction=jurisdiction, known_on=known_on), islandia())
    assert (replayed.matches, replayed.notes) == (True, ())


@pytest.mark.parametrize("program", ["child_grant", "harbour_tax", "winter_benefit", "hearth_benefit"])
@pytest.mark.parametrize("on", ["2012-05-01", "2012-07-01"])
def test_every_program_comes_out_again_also_where_it_is_undetermined(program: str, on: str) -> None:
    kept = islandia().evaluator(program, on=on).determine(hearth(CHILDREN)).receipt()
    assert replay(Receipt.from_json(kept.to_json()), islandia()).matches


def test_a_scenario_comes_out_again_from_the_receipt_that_keeps_it() -> None:
    for scenario in (Scenario({"hearth_benefit.taper": "0.10"}), Scenario({"hearth_benefit.taper": None})):
        kept = receipt(rulebook=islandia().with_overlay(scenario))
        replayed = replay(Receipt.from_json(kept.to_json()), islandia())
        assert replayed.matches and replayed.hypothetical
        assert "HYPOTHETICAL" in replayed.text() and "测算方案（假设）" in replayed.text("zh")


def test_scenarios_of_the_rulebook_play_no_part() -> None:
    assert replay(receipt(), islandia().with_overlay("kinder_taper")).matches


# A value, a rule, or more was changed.


def test_a_changed_value_is_named_with_both_values_dates_and_digests(tmp_path: Path) -> None:
    """Set off 400 x 0.30 = 120, not 100: 97, up to 100."""
    book = changed_islandia(tmp_path, (PARAMETERS, 'value: "0.25"', 'value: "0.30"'))
    kept = receipt(decided_at="2012-05-10")
    replayed = replay(kept, book)
    assert not replayed.matches
    value, *rest = replayed.differences
    assert (value.kind, value.name) == ("value", "hearth_benefit.taper")
    assert value.before is not None and value.after is not None
    assert (value.before["value"], value.after["value"]) == ("0.25", "0.3")
    assert (value.before["from"], value.after["from"]) == ("2010-01-01", "2010-01-01")
    used = next(item for item in kept.values if item.key == "hearth_benefit.taper")
    assert value.before["digest"] == used.digest != value.after["digest"]
    assert [(item.kind, item.name) for item in rest] == [
        ("amount", "payment"),
        ("rule_value", "hearth_benefit.income_set_off"),
        ("rule_value", "hearth_benefit.reckoned"),
        ("rule_value", "hearth_benefit.benefit"),
        ("rule_value", "hearth_benefit.benefit_in_a_year"),
        ("result", "$.beside"),
    ]
    assert rest[0].before == {"value": "120.00", "currency": "ISL", "period": "month"}
    assert rest[0].after == {"value": "100.00", "currency": "ISL", "period": "month"}


def test_a_value_that_changed_without_effect_is_named_alone(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, (PARAMETERS, 'value: "400"', 'value: "390"'))
    assert named(replay(receipt(), book)) == [("value", "hearth_benefit.most_benefit")]


def test_a_value_whose_source_was_changed_is_named_although_the_number_is_the_same(tmp_path: Path) -> None:
    book = changed_islandia(
        tmp_path, (PARAMETERS, 'value: "0.25", cite: benefit_act art. 6', 'value: "0.25", cite: benefit_act art. 7')
    )
    (found,) = replay(receipt(), book).differences
    assert (found.kind, found.name) == ("value", "hearth_benefit.taper")
    assert "same value and dates" in found.text.en and "数值和日期相同" in found.text.zh


def test_a_changed_row_of_a_table_is_named_by_its_parameter(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, ("hearth_benefit/parameters.yaml", '"1": "120"', '"1": "121"'))
    (found,) = replay(receipt(), book).differences
    assert (found.kind, found.name) == ("value", "hearth_benefit.base_by_size")
    assert found.before is not None and found.after is not None
    assert (found.before["value"], found.after["value"]) == (
        "1: 120, 2: 190, 3: 240, 4: 280, past end: each further 35",
        "1: 121, 2: 190, 3: 240, 4: 280, past end: each further 35",
    )


def test_a_changed_rule_is_named(tmp_path: Path) -> None:
    """Half of what is reckoned below the lowest is not paid here: 117 up to the next 10 is 120 as before."""
    book = changed_islandia(tmp_path, (FRAME, 'round: {to: "5", mode: up', 'round: {to: "10", mode: up'))
    replayed = replay(receipt(), book)
    assert named(replayed) == [("rule", "hearth_benefit.benefit")]
    assert "its text was changed" in replayed.differences[0].text.en


def test_a_rule_that_is_gone_is_named(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "packs/islandia/rules" / FRAME).read_text(encoding="utf-8")
    start = text.index("oldest_age:")
    block = text[start : text.index("income_set_off:")]
    replayed = replay(receipt(), changed_islandia(tmp_path, (FRAME, block, "")))
    assert ("rule", "hearth_benefit.oldest_age") in named(replayed)
    assert replayed.differences[0].after is None
    assert not replayed.matches


def test_another_version_of_a_rule_for_the_same_day_is_named_by_its_dates(tmp_path: Path) -> None:
    new = (
        "benefit:\n  title: {en: Monthly benefit, zh: 月补助金额}\n  type: ISL/month\n  when: entitled\n"
        "  is: min(max(reckoned, least_benefit), most_benefit)\n"
        "  round: {to: '5', mode: down, cite: benefit_act art. 7}\n  cite: benefit_act art. 5\n"
    )
    replayed = replay(receipt(), changed_islandia(tmp_path, ("benefit_frame/rules/2012-01-01.yaml", "", new)))
    rule = replayed.differences[0]
    assert (rule.kind, rule.name) == ("rule", "hearth_benefit.benefit")
    assert rule.before is not None and rule.after is not None
    assert (rule.before["from"], rule.after["from"]) == ("2010-01-01", "2012-01-01")
    assert str(replayed.payment and replayed.payment.amount) == "115.00"  # 117 down to 115


def test_a_changed_outcome_is_named_as_the_program(tmp_path: Path) -> None:
    book = changed_islandia(
        tmp_path,
        ("benefit_frame/program.yaml", "flags: [crowded, one_earner, sea_hearth]", "flags: [crowded, one_earner]"),
    )
    found = named(replay(receipt(), book))
    assert found[0] == ("program", PROGRAM)
    assert ("result", "$.flags") in found


def test_a_source_with_another_title_is_named(tmp_path: Path) -> None:
    book = changed_islandia(
        tmp_path, ("benefit_frame/program.yaml", "Hearth Benefit Act (Act 4)", "Hearth Benefit Act (Act 14)")
    )
    replayed = replay(receipt(), book)
    assert not replayed.matches
    assert {kind for kind, _ in named(replayed)} == {"result"}
    assert all(".citations[" in name and name.endswith(".title.en") for _, name in named(replayed))


def test_a_program_that_the_rulebook_does_not_have_is_named() -> None:
    data = json.loads(receipt().to_json())
    data["result"]["program"] = "no_such_program"
    replayed = replay(json.dumps(data), islandia())
    assert replayed.status is None and ("program", "no_such_program") in named(replayed)


def test_a_day_before_the_first_rule_is_named_and_no_crash() -> None:
    data = json.loads(receipt().to_json())
    data["result"]["on"] = "2009-05-01"
    replayed = replay(json.dumps(data), islandia())
    assert replayed.status is None
    assert {kind for kind, _ in named(replayed)} == {"receipt", "program"}


# Corrections published later.


def test_a_correction_published_later_does_not_change_a_replay_that_says_what_was_known(tmp_path: Path) -> None:
    """27 as printed at first: up to 30. The rulebook of that time did not have the correction yet."""
    then = changed_islandia(tmp_path, (PARAMETERS, LEAST, ""))
    kept = receipt(on="2011-02-01", record=COUPLE, known_on="2011-02-05", rulebook=then)
    assert str(kept.result.payment and kept.result.payment.amount) == "30.00"
    replayed = replay(kept, islandia())
    assert replayed.matches
    assert ("later", "hearth_benefit.least_benefit") in noted(replayed)
    later = next(
        note for note in replayed.notes if note.kind == "later" and note.name == "hearth_benefit.least_benefit"
    )
    assert "24.00 ISL a month" in later.text.en and "2011-03-15" in later.text.en and "not used" in later.text.en


def test_a_correction_published_later_is_named_and_what_was_known_then_still_comes_out(tmp_path: Path) -> None:
    then = changed_islandia(tmp_path, (PARAMETERS, LEAST, ""))
    kept = receipt(on="2011-02-01", record=COUPLE, decided_at="2011-02-05", rulebook=then)
    replayed = replay(kept, islandia())
    assert not replayed.matches
    assert named(replayed)[:2] == [("value", "hearth_benefit.least_benefit"), ("amount", "payment")]
    value = replayed.differences[0]
    assert value.before is not None and value.after is not None
    assert (value.before["value"], value.after["value"], value.after["published"]) == ("27", "24", "2011-03-15")
    assert "published on 2011-03-15, after the day of the decision" in value.text.en
    assert replayed.as_known is not None
    assert replayed.as_known.known_on == datetime.date(2011, 2, 5)
    assert replayed.as_known.matches and replayed.as_known.differences == ()
    assert "comes out again" in replayed.text() and "与凭据的结果一致" in replayed.text("zh")


def test_without_the_day_of_the_decision_the_correction_is_named_all_the_same(tmp_path: Path) -> None:
    then = changed_islandia(tmp_path, (PARAMETERS, LEAST, ""))
    replayed = replay(receipt(on="2011-02-01", record=COUPLE, rulebook=then), islandia())
    assert named(replayed)[0] == ("value", "hearth_benefit.least_benefit")
    assert replayed.as_known is None


def test_a_value_edited_in_place_does_not_come_out_as_known_then_either(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, (PARAMETERS, 'value: "0.25"', 'value: "0.30"'))
    replayed = replay(receipt(decided_at="2012-05-10"), book)
    assert replayed.as_known is not None and not replayed.as_known.matches
    assert replayed.as_known.differences[0].name == "hearth_benefit.taper"
    assert "does not come out again either" in replayed.text()


# The rulebook grew.


def test_a_later_value_is_a_note_and_changes_nothing(tmp_path: Path) -> None:
    line = '    - {from: 2010-01-01, value: "0.25", cite: benefit_act art. 6}\n'
    more = line + '    - {from: 2012-07-01, value: "0.20", cite: amending_act art. 9}\n'
    replayed = replay(receipt(), changed_islandia(tmp_path, (PARAMETERS, line, more)))
    assert replayed.matches
    assert ("pack", "benefit_frame") in noted(replayed)
    assert "What changed since without touching this result" in replayed.text()
    assert "其后有变化但不影响本结果的事项" in replayed.text("zh")


def test_an_earlier_end_of_what_was_used_is_noted_with_what_follows(tmp_path: Path) -> None:
    line = '    - {from: 2010-01-01, value: "0.25", cite: benefit_act art. 6}\n'
    more = line + '    - {from: 2012-06-01, value: "0.20", published: 2012-05-20, cite: circular p. 9}\n'
    replayed = replay(receipt(), changed_islandia(tmp_path, (PARAMETERS, line, more)))
    assert replayed.matches
    assert {("validity", PROGRAM), ("later", "hearth_benefit.taper"), ("pack", "benefit_frame")} <= noted(replayed)
    later = next(note for note in replayed.notes if note.kind == "later")
    assert "From 2012-06-01 on" in later.text.en and "20%" in later.text.en


def test_a_new_rule_that_nothing_used_reads_is_a_note(tmp_path: Path) -> None:
    mark = "# --- for a person to look at ---\n"
    extra = (
        "extra_amount:\n  title: {en: Extra, zh: 另加}\n  type: ISL/month\n  is: cradle_supplement\n"
        "  cite: benefit_act art. 9\n"
    )
    replayed = replay(receipt(), changed_islandia(tmp_path, (FRAME, mark, extra + mark)))
    assert replayed.matches
    assert {("pack", "benefit_frame"), ("rule", "hearth_benefit.extra_amount")} <= noted(replayed)


def test_another_program_is_a_note(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "packs/islandia/rules/hearth_benefit/program.yaml").read_text(encoding="utf-8")
    new = text.replace("program: hearth_benefit", "program: guest_benefit")
    replayed = replay(receipt(), changed_islandia(tmp_path, ("guest_benefit/program.yaml", "", new)))
    assert replayed.matches
    assert noted(replayed) == {("packs", "guest_benefit")}


def test_a_better_title_is_a_note(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, ("hearth_benefit/program.yaml", "en: Hearth benefit", "en: Benefit for hearths"))
    replayed = replay(receipt(), book)
    assert replayed.matches
    assert ("wording", "$.title.en") in noted(replayed)


def test_rules_that_moved_within_their_file_are_a_note(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, (FRAME, "income_each:\n", "# a remark\nincome_each:\n"))
    replayed = replay(receipt(), book)
    assert replayed.matches
    assert {kind for kind, _ in noted(replayed)} == {"place"}


def test_rules_checked_for_longer_are_no_difference(tmp_path: Path) -> None:
    """On 2014-01-01 the answer carries a notice: the pack was checked through 2013. Now it is checked through 2014."""
    book = changed_islandia(tmp_path, ("hearth_benefit/program.yaml", "2013-12-31", "2014-12-31"))
    kept = receipt(on="2014-01-01")
    assert any("2013-12-31" in notice.en for notice in kept.result.notices)
    assert replay(kept, book).matches


def test_an_older_version_of_the_library_is_a_note_and_another_meaning_of_rules_is_a_difference() -> None:
    data = json.loads(receipt().to_json())
    data["result"]["identity"]["engine"] = "0.0.9"
    assert ("engine", "engine") in noted(replay(json.dumps(data), islandia()))
    data["result"]["identity"]["semantics"] = "0"
    assert ("engine", "semantics") in named(replay(json.dumps(data), islandia()))


# Local overlays.


def test_a_local_value_that_changed_is_named_with_its_overlay(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, (OVERLAY, 'value: "180"', 'value: "90"'))
    replayed = replay(receipt(jurisdiction="skerry"), book)
    assert named(replayed)[:2] == [("value", "hearth_benefit.island_limit"), ("status", "status")]
    assert ("overlay", "skerry_council") in named(replayed)
    overlay = next(item for item in replayed.differences if item.kind == "overlay")
    assert "hearth_benefit.island_limit" in overlay.text.en


def test_a_local_overlay_that_merely_grew_is_a_note(tmp_path: Path) -> None:
    line = '      - {from: 2011-06-01, value: "180", cite: skerry_notice art. 1}\n'
    more = line + '      - {from: 2013-06-01, value: "200", published: 2013-05-01, cite: skerry_notice art. 1}\n'
    replayed = replay(receipt(jurisdiction="skerry"), changed_islandia(tmp_path, (OVERLAY, line, more)))
    assert replayed.matches
    assert ("overlay", "skerry_council") in noted(replayed)


def test_a_local_overlay_that_the_rulebook_lacks_is_taken_from_the_receipt_and_that_is_said(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path)
    (tmp_path / "rules" / OVERLAY).unlink()
    without = Rulebook(load_packs(tmp_path / "rules", [PROGRAM]), book.records, book.vocabularies)
    kept = receipt(jurisdiction="skerry")
    replayed = replay(Receipt.from_json(kept.to_json()), without)
    assert replayed.matches
    assert ("overlay", "skerry_council") in noted(replayed)
    assert "those kept in the receipt were used" in replayed.text()


def test_a_place_that_neither_rulebook_nor_receipt_knows_is_named() -> None:
    data = json.loads(receipt().to_json())
    data["result"]["jurisdiction"] = "atlantis"
    assert ("overlay", "atlantis") in named(replay(json.dumps(data), islandia()))


# Many at once, and as data.


def test_a_file_of_receipts_is_replayed_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(f"{receipt().to_json()}\nno receipt\n{receipt(on='2012-07-01').to_json()}\n", encoding="utf-8")
    first, second, third = replay_all(Receipt.load_all(path), islandia())
    assert isinstance(first, Replay) and first.matches
    assert isinstance(second, ReceiptError) and str(second.problems[0].at).startswith("line 2: ")
    assert isinstance(third, Replay) and third.matches
    texts = list(replay_all([receipt().to_json(), "{"], islandia()))
    assert isinstance(texts[0], Replay) and isinstance(texts[1], ReceiptError)


def test_a_replay_survives_json_and_pickling(tmp_path: Path) -> None:
    book = changed_islandia(tmp_path, (PARAMETERS, 'value: "0.25"', 'value: "0.30"'))
    replayed = replay(receipt(decided_at="2012-05-10"), book)
    assert Replay.model_validate_json(replayed.to_json()) == replayed
    assert pickle.loads(pickle.dumps(replayed)) == replayed
    assert "\n" not in replayed.to_json()
    assert list(json.loads(replayed.to_json())) == list(json.loads(replay(receipt(), islandia()).to_json()))


def test_every_difference_and_note_is_said_in_both_languages(tmp_path: Path) -> None:
    book = changed_islandia(
        tmp_path,
        (PARAMETERS, 'value: "0.25"', 'value: "0.30"'),
        (FRAME, 'round: {to: "5", mode: up', 'round: {to: "10", mode: up'),
    )
    replayed = replay(receipt(decided_at="2012-05-10"), book)
    texts = [*(item.text for item in replayed.differences), *(item.text for item in replayed.notes)]
    assert len(texts) > 5
    assert [text for text in texts if not any("一" <= sign <= "鿿" for sign in text.zh)] == []
    assert [text for text in texts if text.en == text.zh] == []
    rows = replayed.to_records()
    assert [row["name"] for row in rows] == [item.name for item in replayed.differences]


def test_a_replay_in_words_begins_with_what_came_of_it() -> None:
    replayed = replay(receipt(), islandia())
    assert replayed.text().splitlines()[:3] == [
        "Hearth benefit, decided for 2012-05-01: replay",
        "The receipt comes out again, in every part.",
        "Computed now: eligible, 120.00 ISL a month.",
    ]
    assert replayed.text("zh").splitlines()[:3] == [
        "炉户补助（按2012年5月1日的规定）复算",
        "复算结果与凭据完全一致。",
        "复算结果：符合条件，每月120.00 ISL。",
    ]
    assert "comes out again" in replayed._repr_html_()


def test_a_text_that_is_no_receipt_is_an_error_that_says_how_to_read_a_file() -> None:
    with pytest.raises(ReceiptError, match=r"Receipt\.load"):
        replay("receipts/2016.json", islandia())
