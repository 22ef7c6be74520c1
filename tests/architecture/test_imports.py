"""What may import what: the layers, third-party libraries per folder, no cycles, and what an import must not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import civil_aid_rules

SOURCES = Path(civil_aid_rules.__file__).parent
PACKAGE = "civil_aid_rules"

FOUNDATION = [
    "errors",
    "error_texts",
    "source",
    "citations",
    "digests",
    "names",
    "version",
    "yaml_source",
    "system_faults",
]
OBJECTS = [
    "rulebook",
    "evaluator",
    "determination",
    "recalculation",
    "many",
    "many_records",
    "answers",
    "populations",
    "distribution",
]
LAYERS: dict[str, int] = {
    "foundation": 0,
    "quantities": 1,
    "ir": 2,
    "records": 2,
    "packs": 2,
    "language": 2,
    "facts": 3,
    "compiler": 4,
    "backends": 5,
    "determinations": 6,
    "scenarios": 7,
    "receipts": 7,
    "caseload": 7,
    "render": 8,
    "objects": 9,
    "testing": 10,
    "cli": 11,
}
"""A folder imports from lower layers and from itself. The files at the root are two groups."""

THIRD_PARTY: dict[str, set[str]] = {
    "foundation": {"pydantic", "yaml"},
    "quantities": {"pydantic", "pydantic_core", "dateutil"},
    "records": {"pydantic", "pydantic_core"},
    "packs": {"pydantic", "pydantic_core"},
    "caseload": {"pydantic", "pydantic_core", "pyarrow"},
    "facts": {"pydantic", "numpy", "pyarrow"},
    "backends": {"numpy"},
    "determinations": {"pydantic", "numpy", "pyarrow"},
    "receipts": {"pydantic"},
    "scenarios": {"pydantic"},
    "objects": {"pydantic", "pyarrow"},
}
"""Validation stands at the borders: what is not named here imports the standard library alone."""

OPTIONAL = {
    "numpy", "nanoarrow", "pyarrow", "pyspark", "pandas", "polars", "duckdb", "rich", "hypothesis", "pytest", "z3",
}  # fmt: skip


class Import(NamedTuple):
    """One import statement: from which module, of which; `typing` where only type checkers see it."""

    module: str
    target: str
    typing: bool
    line: int


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found: dict[str, Path] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        parts = path.relative_to(SOURCES.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(module: str) -> Iterator[Import]:
    """Every import of a module, those inside functions too."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module is not None, f"{module}:{node.lineno} imports relatively"
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else node.module for name in submodules]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in dict.fromkeys(names):
            yield Import(module, name, id(node) in guarded, getattr(node, "lineno", 0))


def area(module: str) -> str:
    """The folder, or the group of files at the root."""
    part = module.split(".")[1]
    return "foundation" if part in FOUNDATION else "objects" if part in OBJECTS else part


FACE = {PACKAGE, f"{PACKAGE}.__main__"}
INNER = [module for module in MODULES if module not in FACE]


def test_every_folder_has_a_layer() -> None:
    assert {area(module) for module in INNER} <= set(LAYERS)


@pytest.mark.parametrize("module", INNER)
def test_a_module_imports_only_from_lower_layers_or_its_own_folder(module: str) -> None:
    wrong = [
        f"line {found.line}: {found.target}"
        for found in imports(module)
        if found.target.startswith(f"{PACKAGE}.")
        and area(found.target) != area(module)
        and LAYERS[area(found.target)] >= LAYERS[area(module)]
    ]
    assert wrong == []


@pytest.mark.parametrize("module", INNER)
def test_only_the_command_line_imports_the_public_face(module: str) -> None:
    used = [found.line for found in imports(module) if found.target == PACKAGE]
    assert used == [] or area(module) == "cli"


@pytest.mark.parametrize("module", INNER)
def test_third_party_libraries_stay_where_they_belong(module: str) -> None:
    known = sys.stdlib_module_names | {PACKAGE}
    used = {found.target.partition(".")[0] for found in imports(module)} - known
    assert used <= THIRD_PARTY.get(area(module), set())


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions count; those that only type checkers see do not."""
    edges = {module: {i.target for i in imports(module) if i.target in INNER and not i.typing} for module in INNER}
    left = dict(edges)
    while left:
        free = {module for module, targets in left.items() if not (targets & left.keys()) - {module}}
        if not free:
            break
        left = {module: targets for module, targets in left.items() if module not in free}
    assert sorted(left) == []


def loaded_by(code: str) -> set[str]:
    """The names of all modules that a fresh interpreter has loaded after running `code`."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules), file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())


def tops(names: set[str]) -> set[str]:
    """The libraries that are neither Python's nor ours."""
    started = {name.partition(".")[0] for name in loaded_by("pass")}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - started - {PACKAGE}


def test_importing_the_package_loads_nothing_but_its_version() -> None:
    names = {name for name in loaded_by("import civil_aid_rules") if name.startswith(PACKAGE)}
    assert names == {PACKAGE, f"{PACKAGE}.version"}
    assert tops(loaded_by("import civil_aid_rules")) == set()


def test_every_public_name_together_loads_no_optional_library() -> None:
    code = "import civil_aid_rules\nfor name in civil_aid_rules.__all__: getattr(civil_aid_rules, name)"
    names = loaded_by(code)
    assert {"pydantic", "yaml"} <= tops(names)
    assert tops(names) & OPTIONAL == set()


@pytest.mark.parametrize("words", ["'--help'", "'determine', '--help'", "'--version'"])
def test_help_loads_no_library_and_no_rules(words: str) -> None:
    code = f"from civil_aid_rules.cli.main import main\ntry: main([{words}])\nexcept SystemExit: pass"
    names = loaded_by(code)
    assert tops(names) == set()
    ours = {name for name in names if name.startswith(PACKAGE)}
    assert {area(name) for name in ours - {PACKAGE, f"{PACKAGE}.version"}} == {"cli"}
    assert "dataclasses" not in names


def test_an_evaluator_loads_no_renderer_command_comparison_or_receipt() -> None:
    load = "Rulebook.load(programs=['urban_dibao']).evaluator('urban_dibao', on='2016-04-01')"
    names = loaded_by(f"from civil_aid_rules import Rulebook\n{load}")
    unwanted = {
        f"{PACKAGE}.cli",
        f"{PACKAGE}.render",
        f"{PACKAGE}.testing",
        f"{PACKAGE}.scenarios",
        f"{PACKAGE}.receipts",
    }
    assert unwanted & names == set()
