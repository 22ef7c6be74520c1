"""Results in a folder of parts: a run that stops goes on after the last whole part, and no other run does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from civil_aid_rules import CaseloadCounts, CaseloadError, CaseloadProgress, CaseloadResult, Rulebook
from tests.unit.caseload.population_homes import ALWAYS, DECIDED, HOMES, ON, REFUSED, read, rulebook, write

ROOT = Path(__file__).parents[3]
COUNTS = CaseloadCounts(read=8, determined=6, rejected=2, eligible=4, ineligible=1, undetermined=1)


class Stopped(Exception):
    """What ends a run in these tests."""


@pytest.fixture(scope="module")
def homes() -> Rulebook:
    return rulebook()


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two rows."""
    monkeypatch.setattr("civil_aid_rules.caseload.population.parquet_population._ROWS_IN_A_CHUNK", 2)
    monkeypatch.setattr("civil_aid_rules.caseload.population.text_lines.LINES_AT_ONCE", 2)
    monkeypatch.setattr("civil_aid_rules.caseload.population.workers.WORTH_PROCESSES", ALWAYS)


def run(homes: Rulebook, population: Path, out: Path, **more: Any) -> CaseloadResult:
    asked = {"program": "lamp_oil", "on": ON, "keep": ["key"], **more}
    return homes.determine_caseload(population, out, **asked)


def stop_after(rows: int) -> Any:
    def told(progress: CaseloadProgress) -> None:
        if progress.counts.read >= rows:
            raise Stopped

    return told


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_parts_together_are_all_rows_and_refused_rows_stand_in_a_folder_of_their_own(
    homes: Rulebook, kind: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run(homes, write(tmp_path / f"homes.{kind}", HOMES, at_once=2), out)
    assert (result.counts, result.parts, result.rejects) == (COUNTS, 4, str(out / "_rejects"))
    names = [f"part-{number:05}.{kind}" for number in range(4)]
    assert sorted(path.name for path in out.iterdir()) == ["_caseload.json", "_rejects", *names]
    rows = [row for name in names for row in read(out / name)]
    assert [(row["row"], row["key"], row["status"], row["amount"]) for row in rows] == DECIDED
    refused = [row for path in sorted((out / "_rejects").iterdir()) for row in read(path)]
    assert [(row["row"], row["field"]) for row in refused] == REFUSED
    if kind == "parquet":
        assert pq.read_table(out).num_rows == 6


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_stopped_goes_on_after_the_last_whole_part(homes: Rulebook, workers: int, tmp_path: Path) -> None:
    population, out = write(tmp_path / "homes.parquet", HOMES, at_once=2), tmp_path / "out"
    with pytest.raises(Stopped):
        run(homes, population, out, workers=workers, progress=stop_after(4))
    assert sorted(path.name for path in out.glob("part-*")) == ["part-00000.parquet", "part-00001.parquet"]
    first = (out / "part-00000.parquet").stat().st_mtime_ns
    told: list[CaseloadProgress] = []
    assert run(homes, population, out, workers=workers, progress=told.append).counts == COUNTS
    assert [progress.counts.read for progress in told] == [4, 4, 6, 8]  # two parts passed over, two determined
    assert (out / "part-00000.parquet").stat().st_mtime_ns == first
    assert [row["row"] for number in range(4) for row in read(out / f"part-{number:05}.parquet")] == [
        row for row, *_ in DECIDED
    ]
    assert run(homes, population, out).counts == COUNTS  # complete: nothing is done again


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"program": "lamp_oil", "on": "2011-05-02"}, "on 2011-05-01"),
        ({"jurisdiction": "westerby"}, "jurisdiction"),
        ({"rules": ["payment"]}, "rules"),
        ({"keep": ["key", "rooms"]}, "keep key"),
    ],
)
def test_another_question_does_not_go_on_there(
    homes: Rulebook, changed: dict[str, Any], said: str, tmp_path: Path
) -> None:
    rows = [{**home, "rooms": 1} for home in HOMES]
    population, out = write(tmp_path / "homes.jsonl", rows), tmp_path / "out"
    run(homes, population, out)
    before = {path.name: path.read_bytes() for path in out.glob("part-*")}
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, out, **changed)
    (item,) = caught.value.problems
    assert (item.code, item.at) == ("caseload-other-run", "out")
    assert item.found.startswith(said)
    assert {path.name: path.read_bytes() for path in out.glob("part-*")} == before


def test_another_population_or_other_rules_do_not_go_on_there(homes: Rulebook, tmp_path: Path) -> None:
    population, out = write(tmp_path / "homes.jsonl", HOMES), tmp_path / "out"
    run(homes, population, out)
    with pytest.raises(CaseloadError) as caught:
        run(homes.with_overlay("higher"), population, out)
    assert caught.value.problems[0].found.startswith("rulebook sha256:")
    population.write_text(population.read_text(encoding="utf-8").replace("70", "71"), encoding="utf-8")
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, out)
    assert caught.value.problems[0].found.startswith("population sha256:")


def test_a_folder_with_parts_of_something_else_or_with_a_changed_part_is_refused(
    homes: Rulebook, tmp_path: Path
) -> None:
    population, out = write(tmp_path / "homes.jsonl", HOMES), tmp_path / "out"
    out.mkdir()
    (out / "part-00000.jsonl").write_bytes(b"mine")
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, out)
    assert caught.value.code == "caseload-other-run"
    assert (out / "part-00000.jsonl").read_bytes() == b"mine"
    (out / "part-00000.jsonl").unlink()
    run(homes, population, out)
    (out / "part-00001.jsonl").write_bytes(b"")
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, out)
    assert (caught.value.code, caught.value.problems[0].found) == ("caseload-part", "0 bytes")
    (out / "_caseload.json").write_bytes(b"{")
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, out)
    assert caught.value.code == "caseload-other-run"


_SLOWLY = """
import sys, time
from pathlib import Path
from tests.unit.caseload.population_homes import rulebook
import civil_aid_rules.caseload.population.text_lines as lines
lines.LINES_AT_ONCE = 2
def told(progress):
    print(progress.counts.read, flush=True)
    if progress.counts.read >= 4:
        time.sleep(60)
asked = {"program": "lamp_oil", "on": "2011-05-01", "keep": ["key"]}
rulebook().determine_caseload(sys.argv[1], sys.argv[2], progress=told, **asked)
"""


@pytest.mark.parametrize("out", ["out.jsonl", "out"])
def test_a_run_that_is_killed_leaves_nothing_half_written_and_is_taken_up(
    homes: Rulebook, out: str, tmp_path: Path
) -> None:
    population = write(tmp_path / "homes.jsonl", HOMES)
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOWLY, str(population), str(tmp_path / out)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    while process.stdout.readline().strip() != "4":
        assert process.poll() is None
    process.kill()
    process.wait()
    process.stdout.close()
    assert not (tmp_path / "out.jsonl").exists()
    if out == "out":
        assert [read(path) for path in sorted((tmp_path / out).glob("part-*"))] != []
    assert run(homes, population, tmp_path / out).counts == COUNTS
    left = [path.name for path in tmp_path.rglob("*") if path.name.endswith(".partial")]
    assert left == []


def test_a_worker_that_is_killed_is_one_sentence_and_leaves_nothing(homes: Rulebook, tmp_path: Path) -> None:
    rows = HOMES * 50
    population = write(tmp_path / "homes.jsonl", rows)

    def kill_a_worker(progress: CaseloadProgress) -> None:
        for line in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
            for child in line.read_text().split():
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(int(child), signal.SIGKILL)

    with pytest.raises(CaseloadError) as caught:
        run(homes, population, tmp_path / "out.jsonl", workers=2, progress=kill_a_worker)
    (item,) = caught.value.problems
    assert (item.code, item.found) == ("caseload-worker", "-9")
    assert [path.name for path in tmp_path.iterdir()] == ["homes.jsonl"]
