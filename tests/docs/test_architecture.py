"""docs/architecture.md: its table of layers and its tree are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.test_imports import LAYERS
from tests.docs.pages import DOCS, ROOT, code_in, section_of, tables_in

PAGE = DOCS / "architecture.md"
PACKAGE = ROOT / "src" / "civil_aid_rules"


def tree() -> str:
    return section_of(PAGE, "The tree")


def test_the_layers_are_those_that_the_imports_are_checked_by() -> None:
    rows = tables_in(section_of(PAGE, "Layers"))[0][1:]
    assert {name: int(row[0]) for row in rows for name in code_in(row[1])} == LAYERS


def test_every_folder_and_file_at_the_root_of_the_package_is_in_the_tree() -> None:
    there = {f"{path.name}/" if path.is_dir() else path.name for path in PACKAGE.iterdir() if path.name[:2] != "__"}
    named = set(re.findall(r"[a-z_]+(?:\.py|/)", tree()))
    assert there - named == {"py.typed"}


def test_every_folder_of_tests_is_in_the_tree() -> None:
    part = tree().partition("\ntests/")[2]
    there = {f"{path.name}/" for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "_."}
    assert there - set(re.findall(r"[a-z_]+/", part)) == set()


def test_every_file_that_the_page_names_exists() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = {code for code in code_in(text.replace("```", "")) if re.fullmatch(r"[a-z_]+/[a-z_]+(\.py)?", code)}
    assert named
    assert [code for code in sorted(named) if not any(_is_there(base, code) for base in (PACKAGE, ROOT))] == []


def _is_there(base: Path, code: str) -> bool:
    return (base / code).exists() or (base / f"{code}.py").exists()
