"""`determine` and `explain`: 100 - 70 = 30 ISL a month in 2011, 120 - 70 = 50 in 2012."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from civil_aid_rules import Result
from tests.cli.conftest import CASE, Run

EXAMPLE = Path(__file__).parents[2] / "examples" / "household.yaml"


def test_a_family_of_three_with_900_yuan_gets_540_in_2016_and_450_in_2015(run: Run) -> None:
    """Worked example T01: (480 - 300) x 3 = 540; (450 - 300) x 3 = 450."""
    for day, amount in (("2016-04-01", "540.00"), ("2015-04-01", "450.00")):
        ran = run("determine", str(EXAMPLE), "--program", "urban_dibao", "--on", day)
        assert (ran.status, ran.err) == (0, "")
        assert f"Proposed payment: {amount} CNY a month" in ran.out


def test_the_explanation_is_in_the_language_asked_for(run: Run) -> None:
    words = ("explain", str(EXAMPLE), "--program", "urban_dibao", "--on", "2016-04-01")
    assert "拟保障金额：每月540.00元" in run(*words, "--language", "zh").out
    assert "Proposed payment: 540.00 CNY a month" in run(*words).out


def test_the_json_is_the_result_and_nothing_else(small: Run, home: str) -> None:
    ran = small("determine", home, *CASE, "--json")
    result = Result.model_validate_json(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert (result.status, result.payment and str(result.payment.amount)) == ("eligible", "30.00")
    assert result.steps is None
    assert "Solveig" not in ran.out


def test_the_json_has_the_steps_when_asked_for(small: Run, home: str) -> None:
    steps = json.loads(small("determine", home, *CASE, "--json", "--trace").out)["steps"]
    assert [(step["rule"], step["value"]) for step in steps if step["rule"] == "lamp_oil.payment"] == [
        ("lamp_oil.payment", "30")
    ]


@pytest.mark.parametrize(
    ("record", "status"),
    [(b'{"income": "100", "rooms": 1}', "ineligible"), (b'{"rooms": 1}', "undetermined")],
)
def test_a_refusal_and_an_open_case_are_results(small: Run, record: bytes, status: str) -> None:
    ran = small("determine", "-", *CASE, "--json", stdin=record)
    assert (ran.status, json.loads(ran.out)["status"]) == (0, status)


def test_what_is_missing_is_named(small: Run) -> None:
    ran = small("determine", "-", *CASE, stdin=b"{}")
    assert "Income: to be stated on the record" in ran.out


def test_a_record_on_standard_input_gives_the_same_as_a_file(small: Run, home: str) -> None:
    piped = small("determine", "-", *CASE, "--json", stdin=Path(home).read_bytes())
    assert piped.out == small("determine", home, *CASE, "--json").out


def test_a_yaml_record_gives_the_same_as_a_json_record(small: Run, home: str, tmp_path: Path) -> None:
    path = tmp_path / "home.yaml"
    path.write_text('owner: Solveig\nincome: "70"\nrooms: 2\n', encoding="utf-8")
    assert small("determine", str(path), *CASE, "--json").out == small("determine", home, *CASE, "--json").out


@pytest.mark.parametrize(
    ("options", "amount"),
    [
        (("--on", "2012-05-01"), "50.00"),  # 120 - 70
        (("--on", "2012-05-01", "--known-on", "2011-12-14"), "30.00"),  # the 120 was published on 2011-12-15
        (("--on", "2011-05-01", "--jurisdiction", "westerby"), "40.00"),  # 110 - 70
        (("--on", "2011-05-01", "--overlay", "higher"), "80.00"),  # 150 - 70
        (("--on", "2011-05-01", "--set", "lamp_oil.standard=95.5"), "25.50"),
        (("--on", "2011-05-01", "--jurisdiction", "westerby", "--overlay", "higher"), "80.00"),
    ],
)
def test_day_publication_jurisdiction_and_overlay_decide(
    small: Run, home: str, options: tuple[str, ...], amount: str
) -> None:
    ran = small("determine", home, "--program", "lamp_oil", *options, "--json")
    assert json.loads(ran.out)["payment"]["amount"] == amount


def test_an_overlay_file_gives_the_same_as_its_name(small: Run, home: str) -> None:
    file = Path(__file__).parent / "small" / "overlays" / "higher.yaml"
    named, filed = (small("determine", home, *CASE, "--json", "--overlay", o).out for o in ("higher", str(file)))
    assert named == filed


def test_a_what_if_says_so(small: Run, home: str) -> None:
    assert "HYPOTHETICAL" in small("determine", home, *CASE, "--set", "lamp_oil.standard=130").out


@pytest.mark.parametrize(
    ("format", "begins"), [("text", "Lamp oil aid"), ("markdown", "# Lamp oil aid"), ("html", "<!doctype html>")]
)
def test_an_explanation_has_three_formats(small: Run, home: str, format: str, begins: str) -> None:
    ran = small("explain", home, *CASE, "--format", format)
    assert ran.out.startswith(begins)
    assert "30.00" in ran.out
    assert "Solveig" not in ran.out
