"""`entitlements`, `schedule` and `arrears`: what they print, what they refuse, and that JSON is the answer alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from civil_aid_rules import Arrears, Entitlements, Schedule
from tests.cli.conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"
HISTORY, PAID = str(EXAMPLES / "history.yaml"), str(EXAMPLES / "payments.yaml")
MONTHS = ("--from", "2012-01", "--to", "2012-03")


def test_the_family_of_the_examples_is_owed_300(run: Run) -> None:
    """540 - 450 twice, and (480 - 225) x 4 - 900 = 120: 300."""
    ran = run("arrears", HISTORY, PAID, "--from", "2016-01", "--to", "2016-03")
    assert (ran.status, ran.err) == (0, "")
    assert "Owed in all: 300.00 CNY" in ran.out


def test_what_was_published_by_a_day_is_all_that_counts(run: Run) -> None:
    ran = run("arrears", HISTORY, PAID, "--from", "2016-01", "--to", "2016-03", "--known-on", "2016-02-18")
    assert (ran.status, "Owed in all: 0.00 CNY" in ran.out) == (0, True)
    assert "As published by: 2016-02-18" in ran.out


def test_the_schedule_of_the_examples_in_chinese(run: Run) -> None:
    ran = run("schedule", HISTORY, "--from", "2016-01", "--to", "2016-10", "--language", "zh")
    assert (ran.status, ran.err) == (0, "")
    assert "应发合计：7200.00元" in ran.out  # 2 x 540 + 6 x 1020
    assert "2016年7月、2016年8月" in ran.out


def test_every_program_for_the_family_of_the_examples(run: Run) -> None:
    ran = run("entitlements", str(EXAMPLES / "household.yaml"), "--on", "2016-04-01")
    assert (ran.status, ran.err) == (0, "")
    assert "Urban minimum living guarantee: eligible, 540.00 CNY a month" in ran.out


def test_json_is_the_answer_and_nothing_else(coast: Run) -> None:
    ran = coast("entitlements", "CREW", "--on", "2012-05-01", "--json")
    assert Entitlements.model_validate_json(ran.out).total_a_month[0].amount == "120"
    ran = coast("schedule", "HISTORY", *MONTHS, "--json")
    assert Schedule.model_validate_json(ran.out).totals == {"coast_aid": "330", "keeper_pension": "150"}
    ran = coast("arrears", "HISTORY", "PAID", *MONTHS, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert Arrears.model_validate_json(ran.out).from_month.isoformat() == "2012-01-01"


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# What is owed"), ("html", "<!doctype html>")])
def test_the_formats(coast: Run, form: str, begins: str) -> None:
    assert coast("arrears", "HISTORY", "PAID", *MONTHS, "--format", form).out.startswith(begins)


def test_a_what_if_is_marked(coast: Run) -> None:
    ran = coast("schedule", "HISTORY", *MONTHS, "--set", "coast_aid.line=200")
    assert "HYPOTHETICAL" in ran.out


def test_a_history_or_payments_on_standard_input(coast: Run) -> None:
    paid = b'{"paid": []}'
    assert "Owed in all" in coast("arrears", "HISTORY", "-", *MONTHS, stdin=paid).out
    ran = coast("arrears", "-", "PAID", *MONTHS, stdin=b'{"decisions": []}')
    assert (ran.status, ran.err) == (0, "")
    assert "the history holds no decision on this program" in ran.out
    both = coast("arrears", "-", "-", *MONTHS)
    assert (both.status, both.out) == (2, "")
    assert "HISTORY and PAID cannot both be standard input" in both.err


def test_a_record_of_another_kind_is_asked_for_by_name(coast: Run) -> None:
    words = ("entitlements", "-", "--on", "2012-05-01")
    assert "Prize for a wreck: eligible" in coast(*words, "--record-kind", "wreck", stdin=b'{"is_raised": true}').out
    ran = coast(*words, "--record-kind", "ship", stdin=b"{}")
    assert (ran.status, ran.out) == (2, "")
    assert "--record-kind ship: no program decides on such records; known: crew, wreck" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("schedule", "HISTORY", "--from", "2012-1", "--to", "2012-03"), "from_month: month-unreadable: 2012-1"),
        (("schedule", "HISTORY", "--from", "2012-03", "--to", "2012-01"), "to_month: months-order"),
        (("schedule", "HISTORY", "--from", "2012-01"), "the following arguments are required: --to"),
        (("arrears", "HISTORY", *MONTHS), "the following arguments are required: PAID"),
        (("entitlements", "CREW"), "the following arguments are required: --on"),
        (("schedule", "no_such_file.yaml", *MONTHS), "record-file"),
        (("entitlements", "CREW", "--on", "2012-05-01", "--jurisdiction", "nowhere"), "jurisdiction-unknown"),
    ],
)
def test_what_cannot_be_used_has_status_2_and_says_why(coast: Run, words: tuple[str, ...], says: str) -> None:
    ran = coast(*words)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


def test_every_fault_of_a_history_is_told_at_its_line_and_its_lines_are_not_shown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.yaml"
    path.write_text(
        "decisions:\n"
        "  - {program: urban_dibao, kind: approval, decided_on: 2016-02-30,\n"
        "     record: {members: [{id: m1, name: 张三, x: 1}]}}\n"
        "  - {program: urban_dibo, kind: stop, decided_on: 2016-03-01, decided_on: 2016-03-02}\n",
        encoding="utf-8",
    )
    ran = run("schedule", str(path), "--from", "2016-01", "--to", "2016-02", "--language", "zh")
    assert (ran.status, ran.out) == (2, "")
    assert f"{path}:2:56: $.decisions[0].decided_on: record-day" in ran.err
    assert "$.decisions[0].record.members[0].x: record-unknown-field" in ran.err
    assert f"{path}:4:63: $.decisions[1].decided_on: record-duplicate-key" in ran.err
    assert "张三" not in ran.err


def test_a_program_that_the_rulebook_does_not_have_is_named_at_its_decision(coast: Run) -> None:
    decision = {"program": "cost_aid", "kind": "approval", "decided_on": "2012-01-10", "record": {"people": []}}
    ran = coast("schedule", "-", *MONTHS, stdin=json.dumps({"decisions": [decision]}).encode())
    assert (ran.status, ran.out) == (2, "")
    assert "$.decisions[0].program: program-unknown: there is no program cost_aid; did you mean coast_aid" in ran.err


def test_a_fault_of_payments_that_only_the_months_show_names_their_file(run: Run, tmp_path: Path) -> None:
    """More is returned than was paid."""
    paid = tmp_path / "paid.json"
    month = {"program": "urban_dibao", "first_month": "2016-02", "last_month": "2016-02"}
    items = [
        {**month, "amount": "100", "paid_on": "2016-02-10", "kind": "regular"},
        {**month, "amount": "200", "paid_on": "2016-03-10", "kind": "returned"},
    ]
    paid.write_text(json.dumps({"paid": items}), encoding="utf-8")
    ran = run("arrears", HISTORY, str(paid), "--from", "2016-01", "--to", "2016-03")
    assert ran.status == 2
    assert f"{paid}: $.paid[1].amount: payment-returned: " in ran.err
