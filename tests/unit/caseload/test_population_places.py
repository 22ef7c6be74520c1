"""Where results and refused rows go: never over the population, never over each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from civil_aid_rules import CaseloadError, CaseloadProgress, Rulebook
from tests.unit.caseload.population_homes import HOMES, ON, rulebook, write


@pytest.fixture(scope="module")
def homes() -> Rulebook:
    return rulebook()


def refused(homes: Rulebook, population: Path, out: Path, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(CaseloadError) as caught:
        homes.determine_caseload(population, out, program="lamp_oil", on=ON, keep=["key"], **more)
    return [(item.code, str(item.at)) for item in caught.value.problems]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_the_population_is_never_written_over(homes: Rulebook, kind: str, tmp_path: Path) -> None:
    """By its name, another spelling of it, a link, and as the place of the refused rows, named or taken."""
    population = write(tmp_path / f"homes.{kind}", HOMES)
    before = population.read_bytes()
    link = tmp_path / f"link.{kind}"
    link.symlink_to(population)
    other = tmp_path / f"out.{kind}"
    for out in (population, tmp_path / ".." / tmp_path.name / population.name, link):
        assert ("caseload-same-file", out.name) in refused(homes, population, out)
    assert refused(homes, population, other, rejects=population) == [("caseload-same-file", population.name)]
    beside = population.rename(tmp_path / f"out.rejects.{kind}")
    assert refused(homes, beside, other) == [("caseload-same-file", beside.name)]
    assert beside.read_bytes() == before
    assert not other.exists()


def test_refused_rows_never_take_the_place_of_the_results(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.csv", HOMES)
    for out in (tmp_path / "out.csv", tmp_path / "parts"):
        assert refused(homes, population, out, rejects=out) == [("caseload-same-file", out.name)]
        assert not out.exists()


def test_a_part_never_takes_the_place_of_the_population(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "part-00000.csv", HOMES)
    assert refused(homes, population, tmp_path / "out", rejects=tmp_path) == [("caseload-same-file", tmp_path.name)]


def test_the_sentence_says_which_two(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.csv", HOMES)
    with pytest.raises(CaseloadError) as caught:
        homes.determine_caseload(population, population, program="lamp_oil", on=ON, keep=["key"])
    (item,) = caught.value.problems
    assert item.sentence().startswith("the population and the results would stand in the same place")
    assert item.sentence("zh").startswith("名册和结果会写在同一位置")


@pytest.mark.parametrize("name", ["out.csv", "parts"])
def test_of_two_runs_to_one_place_the_later_writes_nothing(homes: Rulebook, name: str, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.csv", HOMES)
    alone = tmp_path / f"alone-{name}"
    asked: dict[str, Any] = {"program": "lamp_oil", "keep": ["key"]}
    homes.determine_caseload(population, alone, on=ON, **asked)
    met: list[list[tuple[str, str]]] = []

    def begin_another(progress: CaseloadProgress) -> None:
        met.append(refused(homes, population, tmp_path / name))

    homes.determine_caseload(population, tmp_path / name, on=ON, progress=begin_another, **asked)
    assert met and all(found == [("caseload-busy", name)] for found in met)
    results = (tmp_path / name, alone) if name == "out.csv" else (tmp_path / name / PART, alone / PART)
    assert results[0].read_bytes() == results[1].read_bytes()
    assert not list(tmp_path.rglob("*.partial"))


PART = "part-00000.csv"


def test_refused_rows_of_another_kind_than_their_name_says_are_refused(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.csv", HOMES)
    found = refused(homes, population, tmp_path / "out.csv", rejects=tmp_path / "bad.jsonl")
    assert found == [("caseload-out-kind", "bad.jsonl")]
