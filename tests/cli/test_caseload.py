"""`civil-aid caseload`: a population file in, results and refused rows beside it, counts on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CASE, Run

HOMES = '{"income": "70", "rooms": 2}\n{"income": "100"}\n{"rooms": 1}\n'


@pytest.fixture
def homes(tmp_path: Path) -> Path:
    """100 is the standard: one home lacks 30, one is not below it, of one nothing is known."""
    path = tmp_path / "homes.jsonl"
    path.write_text(HOMES, encoding="utf-8")
    return path


def test_the_counts_are_printed_and_the_results_stand_in_the_file(small: Run, homes: Path) -> None:
    out = homes.with_name("out.jsonl")
    ran = small("caseload", str(homes), *CASE, "--out", str(out), "--workers", "1", "--rule", "payment")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "read 3 = determined 3 + rejected 0; determined 3 = eligible 1 + ineligible 1 + undetermined 1\n"
        f"results: {out}\n"
    )
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["status"], row["amount"]) for row in rows] == [
        ("eligible", "30.00"),
        ("ineligible", "0.00"),
        ("undetermined", None),
    ]


def test_refused_rows_make_the_status_2_and_json_has_everything(small: Run, homes: Path, tmp_path: Path) -> None:
    homes.write_text(HOMES + '{"income": "7o"}\n', encoding="utf-8")
    rejects = tmp_path / "bad.jsonl"
    out = tmp_path / "out.jsonl"
    ran = small("caseload", str(homes), *CASE, "--out", str(out), "--rejects", str(rejects), "--json")
    assert (ran.status, ran.err) == (2, "")
    found = json.loads(ran.out)
    assert found["counts"] == {
        "read": 4, "determined": 3, "rejected": 1, "eligible": 1, "ineligible": 1, "undetermined": 1,
    }  # fmt: skip
    assert (found["program"], found["on"], found["rejects"]) == ("lamp_oil", "2011-05-01", str(rejects))
    assert json.loads(rejects.read_text(encoding="utf-8"))["row"] == 3


def test_the_language_may_be_chinese(small: Run, homes: Path, tmp_path: Path) -> None:
    ran = small("caseload", str(homes), *CASE, "--out", str(tmp_path / "out"), "--language", "zh")
    first = ran.out.splitlines()[0]
    assert first == "读取 3 = 已认定 3 + 退回 0；已认定 3 = 符合条件 1 + 不符合条件 1 + 暂不能认定 1"
    ran = small("caseload", "none.jsonl", *CASE, "--out", str(tmp_path / "out"), "--language", "zh")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("none.jsonl: caseload-file: 打不开文件")


@pytest.mark.parametrize("workers", ["0", "-1", "two", "1.5"])
def test_a_number_of_workers_that_is_none_is_refused(small: Run, homes: Path, tmp_path: Path, workers: str) -> None:
    ran = small("caseload", str(homes), *CASE, "--out", str(tmp_path / "out.jsonl"), f"--workers={workers}")
    assert ran.status == 2
    assert f"--workers {workers}: expected a number from 1 on" in ran.err


def test_without_pyarrow_a_table_is_one_sentence_and_lines_are_determined(
    small: Run, homes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (tmp_path / "homes.parquet").write_bytes(b"PAR1")
    ran = small("caseload", str(tmp_path / "homes.parquet"), *CASE, "--out", str(tmp_path / "out.parquet"))
    assert ran.status == 2
    assert 'library-missing: tables need the library numpy, which is not installed; type pip install "civil' in ran.err
    assert small("caseload", str(homes), *CASE, "--out", str(tmp_path / "out.jsonl")).status == 0


def test_progress_goes_to_standard_error_now_and_then(
    small: Run, homes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civil_aid_rules.cli.caseload._SECONDS_BETWEEN_LINES", 0)
    ran = small("caseload", str(homes), *CASE, "--out", str(tmp_path / "out.jsonl"))
    assert ran.err.splitlines()[-1].startswith("3 households, 100%, ")
