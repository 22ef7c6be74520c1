"""The codes of reasons in a column: those that hold, in order, however many conditions a rule has."""

from __future__ import annotations

import numpy as np
import pytest

from civil_aid_rules.determinations.column_values import codes


@pytest.mark.parametrize("number", [1, 128, 129, 255, 256, 300])
def test_all_codes_none_and_the_last_one(number: int) -> None:
    names = [f"condition_{place}" for place in range(number)]
    holds = np.zeros((3, number), np.bool_)
    holds[0] = True
    holds[2, -1] = True
    assert codes(holds, names).to_pylist() == [names, [], names[-1:]]
