"""Rounding in columns: numbers of 64 bits and wider ones, also where only one side of the line is wide."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from civil_aid_rules.backends.columnar import called

ABOVE = [5, -5, 15, 4, -6, 0]
BY_HAND: dict[Callable[..., Any], list[int]] = {
    called.half_up: [1, -1, 2, 0, -1, 0],
    called.half_even: [0, 0, 2, 0, -1, 0],
    called.up: [1, -1, 2, 1, -1, 0],
    called.down: [0, 0, 1, 0, 0, 0],
}
"""Tenths rounded to whole numbers."""


@pytest.mark.parametrize("mode", BY_HAND, ids=lambda mode: mode.__name__)
def test_tenths_are_rounded_alike_however_wide_the_numbers_are(mode: Callable[..., Any]) -> None:
    tens: tuple[Any, ...] = (10, np.full(6, 10, np.int64), np.full(6, 10, object))
    for kind, below in product((np.int64, object), tens):
        out = np.empty(6, object)
        assert mode(np.array(ABOVE, kind), below).tolist() == BY_HAND[mode]
        assert mode(np.array(ABOVE, kind), below, out).tolist() == BY_HAND[mode] == out.tolist()
