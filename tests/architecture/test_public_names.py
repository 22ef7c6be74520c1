"""The names that users import: complete, typed, and loaded on first use."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import civil_aid_rules
from civil_aid_rules.version import VERSION

SOURCE = Path(civil_aid_rules.__file__)


def typed_names() -> dict[str, str]:
    """What type checkers see: name → module."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("civil_aid_rules."):
            found |= {alias.asname or alias.name: node.module for alias in node.names}
    return found


def test_type_checkers_and_python_see_the_same_names() -> None:
    assert set(typed_names()) == set(civil_aid_rules.__all__)


@pytest.mark.parametrize("name", civil_aid_rules.__all__)
def test_a_public_name_is_what_its_module_defines(name: str) -> None:
    from importlib import import_module

    module = import_module(typed_names()[name])
    assert getattr(civil_aid_rules, name) is getattr(module, "VERSION" if name == "__version__" else name)
    assert name in dir(civil_aid_rules)


def test_the_names_that_the_readme_promises_are_there() -> None:
    promised = {"Household", "Rulebook", "Scenario", "Evaluator", "Determination", "Receipt", "replay", "compare"}
    assert promised <= set(civil_aid_rules.__all__)


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Houshold'"):
        civil_aid_rules.Houshold  # noqa: B018


def test_the_version_is_the_one_that_results_record() -> None:
    assert civil_aid_rules.__version__ == VERSION


def test_the_version_is_the_one_that_is_installed() -> None:
    from importlib.metadata import version

    assert version("civil-aid-rules") == VERSION
