"""docs/reference/determination.md: every field of a result and of each of its parts is explained."""

from __future__ import annotations

import pytest

from civil_aid_rules.determinations import result
from civil_aid_rules.determinations.result import Part
from tests.docs.pages import REFERENCE, code_in, headings_of, section_of, tables_in

PAGE = REFERENCE / "determination.md"
PARTS = {
    name: item
    for name, item in vars(result).items()
    if isinstance(item, type) and issubclass(item, Part) and item is not Part
}


def test_there_is_a_section_for_each_part_of_a_result() -> None:
    assert set(headings_of(PAGE, 2)) == set(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_each_field_is_explained_once_and_no_other(name: str) -> None:
    table = tables_in(section_of(PAGE, name))[0]
    explained = [field for row in table[1:] for field in code_in(row[0])]
    assert sorted(explained) == sorted(PARTS[name].model_fields)
