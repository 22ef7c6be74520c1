"""`compare`, `receipt` and `replay`: the same record calculated twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from civil_aid_rules import Comparison, Receipt
from tests.cli.conftest import CASE, HOME, SMALL, Run

DECIDED = ("--decided-at", "2011-05-20")


@pytest.mark.parametrize(
    ("sides", "before", "after", "difference"),
    [
        (("--and-on", "2012-05-01"), "30.00", "50.00", "20.00"),  # 100 - 70, 120 - 70
        (("--and-overlay", "higher"), "30.00", "80.00", "50.00"),  # 150 - 70
        (("--and-set", "lamp_oil.standard=90"), "30.00", "20.00", "-10.00"),
        (("--and-jurisdiction", "westerby"), "30.00", "40.00", "10.00"),  # 110 - 70
        (("--overlay", "higher", "--and-set", "lamp_oil.standard=90"), "80.00", "20.00", "-60.00"),
        (("--overlay", "higher", "--and-on", "2012-05-01"), "80.00", "80.00", "0.00"),
    ],
)
def test_compare_says_what_each_side_pays_and_the_difference(
    small: Run, home: str, sides: tuple[str, ...], before: str, after: str, difference: str
) -> None:
    ran = small("compare", home, *CASE, *sides, "--json")
    found = Comparison.model_validate_json(ran.out)
    assert (ran.status, ran.err) == (0, "")
    paid = [str(side.payment.amount) for side in (found.before, found.after) if side.payment is not None]
    assert (paid, str(found.difference)) == ([before, after], difference)


def test_compare_with_what_was_published_later(small: Run, home: str) -> None:
    """The 120 of 2012 was published on 2011-12-15: a day earlier the 100 still stood."""
    words = ("--program", "lamp_oil", "--on", "2012-05-01", "--known-on", "2011-12-14", "--and-known-on", "2011-12-15")
    assert json.loads(small("compare", home, *words, "--json").out)["difference"] == "20.00"


def test_compare_names_the_rule_where_the_sides_part(small: Run, home: str) -> None:
    ran = small("compare", home, *CASE, "--and-on", "2012-05-01")
    assert "Monthly payment" in ran.out
    assert "Difference: +20.00 ISL a month" in ran.out
    assert "差额" in small("compare", home, *CASE, "--and-on", "2012-05-01", "--language", "zh").out


def test_compare_two_rulebooks(small: Run, home: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(SMALL, other)
    file = other / "lamp_oil" / "parameters.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('value: "100"', 'value: "105"'), encoding="utf-8")
    ran = small("compare", home, *CASE, "--and-rules", str(other), "--json")
    assert json.loads(ran.out)["difference"] == "5.00"


def test_compare_needs_a_second_side(small: Run, home: str) -> None:
    ran = small("compare", home, *CASE)
    assert (ran.status, ran.out) == (2, "")
    assert "nothing to compare" in ran.err


def test_compare_refuses_a_second_day_that_does_not_exist(small: Run, home: str) -> None:
    ran = small("compare", home, *CASE, "--and-on", "2012-02-30")
    assert (ran.status, ran.out) == (2, "")
    assert "day-unreadable" in ran.err


# --- receipts -------------------------------------------------------------------------------------------------------


def test_a_receipt_is_one_line_that_reads_back(small: Run, home: str) -> None:
    ran = small("receipt", home, *CASE, *DECIDED)
    assert (ran.status, ran.err, ran.out.count("\n")) == (0, "", 1)
    receipt = Receipt.from_json(ran.out)
    assert (str(receipt.decided_at), receipt.result.status) == ("2011-05-20", "eligible")


def test_a_receipt_goes_to_a_new_file_and_never_over_another(small: Run, home: str, tmp_path: Path) -> None:
    out = tmp_path / "receipt.json"
    ran = small("receipt", home, *CASE, *DECIDED, "--out", str(out))
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    written = out.read_bytes()
    assert written == small("receipt", home, *CASE, *DECIDED).out.encode()
    again = small("receipt", home, *CASE, *DECIDED, "--out", str(out))
    assert (again.status, out.read_bytes()) == (2, written)
    assert "exists already" in again.err
    nowhere = small("receipt", home, *CASE, *DECIDED, "--out", str(tmp_path / "no" / "folder"))
    assert nowhere.status == 2
    assert "cannot be written" in nowhere.err


def test_a_receipt_needs_a_day_of_decision_that_exists(small: Run, home: str) -> None:
    assert "--decided-at" in small("receipt", home, *CASE).err
    ran = small("receipt", home, *CASE, "--decided-at", "2011-05-32")
    assert (ran.status, ran.out) == (2, "")
    assert "2011-05-32" in ran.err


@pytest.fixture
def receipt(small: Run, home: str, tmp_path: Path) -> Path:
    """The receipt of the home in 2011: 30.00."""
    path = tmp_path / "receipt.json"
    path.write_text(small("receipt", home, *CASE, *DECIDED).out, encoding="utf-8")
    return path


def test_a_receipt_that_matches_is_exit_status_0(small: Run, receipt: Path) -> None:
    ran = small("replay", str(receipt))
    assert (ran.status, ran.err) == (0, "")
    assert "The receipt comes out again" in ran.out
    assert "复算结果与凭据完全一致" in small("replay", str(receipt), "--language", "zh").out


def test_an_edited_amount_is_named_and_exit_status_1(small: Run, receipt: Path) -> None:
    receipt.write_text(receipt.read_text(encoding="utf-8").replace('"30.00"', '"31.00"'), encoding="utf-8")
    ran = small("replay", str(receipt))
    assert (ran.status, ran.err) == (1, "")
    assert "31.00" in ran.out and "30.00" in ran.out
    found = json.loads(small("replay", str(receipt), "--json").out)
    assert (found["matching"], found["differing"], found["unreadable"]) == (0, 1, 0)
    assert found["replays"][0]["matches"] is False


def test_a_changed_rulebook_is_exit_status_1(run: Run, receipt: Path, tmp_path: Path) -> None:
    other = tmp_path / "small"
    shutil.copytree(SMALL, other)
    file = other / "lamp_oil" / "parameters.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('value: "100"', 'value: "105"'), encoding="utf-8")
    ran = run("replay", str(receipt), "--rules", str(other), "--record-model", HOME)
    assert ran.status == 1
    assert "Lamp oil standard" in ran.out


def test_a_file_of_receipts_is_counted_and_only_differences_are_shown(
    small: Run, receipt: Path, tmp_path: Path
) -> None:
    text = receipt.read_text(encoding="utf-8")
    many = tmp_path / "many.jsonl"
    many.write_text(text * 3 + text.replace('"30.00"', '"31.00"'), encoding="utf-8")
    ran = small("replay", str(many))
    assert ran.status == 1
    assert ran.out.splitlines()[-1] == "receipts: 3 match, 1 differ, 0 cannot be read"
    assert ran.out.count("replay\n") == 1


def test_a_receipt_that_cannot_be_read_is_exit_status_2_and_the_others_are_replayed(
    small: Run, receipt: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n" + receipt.read_text(encoding="utf-8") + "no receipt\n", encoding="utf-8")
    ran = small("replay", str(receipt), str(bad))
    assert ran.status == 2
    assert ran.out.splitlines()[-1] == "receipts: 2 match, 0 differ, 2 cannot be read"
    assert f"{bad}: line 1: " in ran.err
    assert f"{bad}: line 3: " in ran.err


def test_receipts_can_be_piped_from_one_command_into_the_other(small: Run, receipt: Path) -> None:
    assert small("replay", "-", stdin=receipt.read_bytes()).status == 0


def test_a_receipt_written_over_several_lines_is_one(small: Run, receipt: Path) -> None:
    receipt.write_text(json.dumps(json.loads(receipt.read_text(encoding="utf-8")), indent=2), encoding="utf-8")
    ran = small("replay", str(receipt))
    assert (ran.status, ran.err) == (0, "")


def test_a_receipt_file_that_is_not_there_is_named(small: Run) -> None:
    ran = small("replay", "nowhere.json")
    assert (ran.status, ran.out) == (2, "")
    assert "nowhere.json cannot be read" in ran.err


def test_a_receipt_of_a_program_that_the_rulebook_lacks_differs(run: Run, receipt: Path) -> None:
    ran = run("replay", str(receipt), "--json")
    found = json.loads(ran.out)
    assert (ran.status, ran.err) == (1, "")
    assert (found["differing"], found["replays"][0]["status"]) == (1, None)
