"""`notice`: 100 - 70 = 30 ISL a month in 2011, 120 - 70 = 50 in 2012."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CASE, Run

LATER = ("--program", "lamp_oil", "--on", "2012-05-01")


@pytest.mark.parametrize("stdin", [False, True])
def test_the_same_record_on_an_earlier_day_makes_a_change(small: Run, home: str, stdin: bool) -> None:
    record = Path(home).read_bytes() if stdin else b""
    words = ("notice", "-" if stdin else home, *LATER, "--kind", "change", "--earlier", "2011-05-01")
    ran = small(*words, "--language", "zh", stdin=record)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("增发通知书\n")
    assert "相差：增加每月20.00 ISL" in ran.out


def test_another_record_as_it_was_makes_a_stop(small: Run, home: str, tmp_path: Path) -> None:
    now = tmp_path / "now.json"
    now.write_text('{"income": "100", "rooms": 2}', encoding="utf-8")
    ran = small("notice", str(now), *CASE, "--kind", "stop", "--before", home)
    assert (ran.status, ran.err) == (0, "")
    assert "Amount until now: 30.00 ISL a month" in ran.out


def test_no_name_is_taken_from_the_record(small: Run, home: str) -> None:
    for kind in ("approval", "public"):
        ran = small("notice", home, *CASE, "--kind", kind)
        assert (ran.status, "Solveig" in ran.out, "____" in ran.out) == (0, False, True)


def test_what_to_bring_is_a_result(small: Run) -> None:
    ran = small("notice", "-", *CASE, "--kind", "missing", stdin=b"{}")
    assert (ran.status, "wage slip" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "refusal"), "notice-unknown"),
        (("--kind", "stop"), "notice-unfit"),
        (("--kind", "missing"), "notice-unfit"),
        (("--kind", "approval", "--name", "m9=Kari"), "notice-person"),
        (("--kind", "approval", "--name", "Kari"), "--name Kari: expected ID=NAME"),
        (("--kind", "approval", "--decided-at", "2011-02-30"), "day-unreadable"),
        (("--kind", "award"), "invalid choice: 'award'"),
    ],
)
def test_what_cannot_be_written_ends_with_status_two(small: Run, home: str, words: tuple[str, ...], said: str) -> None:
    ran = small("notice", home, *CASE, *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
