"""`civil-aid caseload` as a process of its own: killed in the middle, and with no room for its results."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LINE = '{"members": [{"id": "m1", "relation": "head"}], "asset_finding": "within"' + " " * 900_000 + "}\n"
"""Ten such lines are a chunk of 8 MiB, and a part of the results."""
ROWS = 85


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("population") / "homes.jsonl"
    path.write_text(LINE * ROWS, encoding="utf-8")
    return path


def command(population: Path, out: Path, *more: str) -> list[str]:
    asked = ["--program", "urban_dibao", "--on", "2016-04-01", "--workers", "1"]
    return [sys.executable, "-m", "civil_aid_rules", "caseload", str(population), *asked, "--out", str(out), *more]


def rows(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*")))


def test_a_killed_run_leaves_whole_parts_alone_and_goes_on_to_the_same_rows(population: Path, tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert subprocess.run(command(population, whole), capture_output=True).returncode == 0
    process = subprocess.Popen(command(population, killed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(killed.glob("part-*")):
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    left = sorted(killed.glob("part-*"))
    assert 1 <= len(left) < 9
    assert [part.read_bytes() for part in left] == [(whole / part.name).read_bytes() for part in left]
    assert subprocess.run(command(population, killed), capture_output=True).returncode == 0
    assert rows(killed) == rows(whole) and rows(whole).count(b"\n") == ROWS
    assert not list(killed.rglob(".*.partial"))


@pytest.mark.parametrize(("language", "said"), [("en", "the results cannot be written"), ("zh", "结果无法写入")])
@pytest.mark.parametrize("name", ["out.jsonl", "out"])
def test_without_room_nothing_half_written_is_left_and_one_sentence_says_so(
    population: Path, name: str, language: str, said: str, tmp_path: Path
) -> None:
    """No file may have more than 300 bytes, as on a disk that is full; each row of results has about a hundred."""
    done = subprocess.run(
        command(population, tmp_path / name, "--language", language),
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)),
    )
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if "caseload-out" in line]
    assert said in line and "Traceback" not in done.stderr
    assert [path for path in tmp_path.rglob("*") if path.suffix in (".jsonl", ".partial")] == []
