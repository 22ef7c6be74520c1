"""Random well-typed programs: both fast back ends say of every rule what the interpreter says."""

from __future__ import annotations

import pytest

from tests.differential.columns import column_differences
from tests.differential.random_runs import Met, differences

PROGRAMS = 30
"""By default; `python -m tests.differential PROGRAMS` takes any number."""


def test_generated_python_equals_the_interpreter_on_random_programs() -> None:
    met = Met()
    assert list(differences(range(PROGRAMS), met)) == []
    print(met)
    assert met.missing() == []


KEPT = (2, 11, 90, 95, 121, 147, 675, 20153)
"""Programs that a back end once got wrong."""


@pytest.mark.parametrize("seed", KEPT)
def test_programs_that_once_differed_no_longer_do(seed: int) -> None:
    assert list(differences(range(seed, seed + 1))) == []


def test_columns_equal_the_interpreter_on_random_programs() -> None:
    assert list(column_differences(range(PROGRAMS))) == []
