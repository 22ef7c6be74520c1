"""Damaged rows: refused by columns where the record is, in the same words; decided alike where it is accepted."""

from __future__ import annotations

import pytest

from tests.differential.damaged import differences
from tests.differential.test_shipped import questions

BATCHES = 4
"""Batches of each question; `python -m tests.differential.damaged N` takes N."""


@pytest.mark.parametrize(("name", "program", "day"), questions())
def test_records_and_columns_agree_on_damaged_rows(name: str, program: str, day: str) -> None:
    assert list(differences(name, program, day, range(BATCHES))) == []
