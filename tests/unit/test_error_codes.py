"""Every error code is met by a test of its area, used in the code, and explained in the reference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from civil_aid_rules.error_texts import AREAS, ERROR_TEXTS

ROOT = Path(__file__).parents[2]
PACKS = ("bad_packs/cases/*.yaml", "bad_packs/test_bad_packs.py", "unit/test_questions.py")

MET_IN: dict[str, tuple[str, ...]] = {
    "yaml": ("unit/packs/test_yaml_source.py",),
    "expressions": ("unit/language/test_refused_expressions.py",),
    "packs": PACKS,
    "values": PACKS,
    "names": PACKS,
    "rules": (*PACKS, "unit/compiler/test_warnings.py"),
    "tables": PACKS,
    "records": ("unit/records/test_*.py", "unit/test_questions.py", "unit/caseload/test_*.py"),
    "record_models": ("unit/facts/test_*.py", "bad_packs/cases/*.yaml"),
    "columns": ("unit/determinations/test_*columns.py", "unit/facts/test_column_*.py"),
    "questions": (
        "unit/test_questions.py",
        "unit/caseload/test_*.py",
        "unit/render/test_notice*.py",
        "unit/determinations/test_columns.py",
    ),
    "receipts": ("unit/receipts/test_*.py",),
    "caseload": ("unit/caseload/test_population_*.py",),
    "command_line": ("cli/test_*.py",),
}
"""The tests, by area, that meet each code by its exact name."""

CODE = re.compile(r"\b[a-z]+(?:-[a-z0-9]+)+\b")


def codes_in(paths: list[Path]) -> set[str]:
    """Everything in the files that could be a code."""
    return {code for path in paths for code in CODE.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("area", AREAS)
def test_every_code_of_an_area_is_met_by_a_test(area: str) -> None:
    files = [path for pattern in MET_IN[area] for path in (ROOT / "tests").glob(pattern)]
    assert AREAS[area].keys() - codes_in(files) == set()


def test_every_code_is_in_one_area() -> None:
    assert sum(len(texts) for texts in AREAS.values()) == len(ERROR_TEXTS)


def test_every_code_is_used_and_every_code_that_is_used_has_its_sentences() -> None:
    sources = [path for path in (ROOT / "src").rglob("*.py") if "error_texts" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    used = {code for text in texts for code in re.findall(r"\"([a-z]+(?:-[a-z0-9]+)+)\"", text)}
    built = {f"receipt-{code.removeprefix('record-')}" for code in used if code.startswith("record-")}
    assert ERROR_TEXTS.keys() - used - built == set()
    raised = {code for text in texts for code in re.findall(r"\b(?:problem|Fault)\(\s*\"([^\"]+)\"", text)}
    assert raised - ERROR_TEXTS.keys() == set()


@pytest.mark.parametrize("area", AREAS)
def test_every_code_has_a_section_on_its_areas_page_and_no_other_has(area: str) -> None:
    page = ROOT / "docs" / "reference" / "errors" / f"{area}.md"
    sections = re.findall(r"^## (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE) if AREAS[area] else []
    assert sorted(sections) == sorted(AREAS[area])


def test_every_page_of_the_reference_is_an_areas() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "reference" / "errors").glob("*.md")}
    assert pages - {"README"} <= AREAS.keys()
