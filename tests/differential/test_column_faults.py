"""Faults put into the columnar back end on purpose: each is found by random programs. Run by `pytest -m slow`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from civil_aid_rules.backends.columnar import called, logic, masks
from civil_aid_rules.backends.columnar.logic import Logic
from civil_aid_rules.backends.columnar.nodes import Nodes
from civil_aid_rules.backends.columnar.values import Condition, Number
from civil_aid_rules.facts.columns.stored import Columns
from tests.differential.columns import column_differences

Fault = Callable[[pytest.MonkeyPatch], None]
PROGRAMS = 150


def function(name: str, fault: Callable[..., Any]) -> Fault:
    """Another function under a name that generated source calls."""
    return lambda patch: patch.setitem(called.CALLED, name, fault)


def method(owner: type, name: str, fault: Callable[..., Any]) -> Fault:
    """Another method."""
    return lambda patch: patch.setattr(owner, name, fault)


def _off_by_one(numbers: Any, offsets: Any, out: Any = None) -> Any:
    """The last entry of each list is left out of its sum."""
    return called.total(np.asarray(numbers), np.maximum(offsets - 1, 0), out)


def _changed(owner: type, name: str, fault: Callable[[Any], Any]) -> Fault:
    """The result of a method, changed."""

    def put(patch: pytest.MonkeyPatch) -> None:
        real = getattr(owner, name)
        patch.setattr(owner, name, lambda self, *given: fault(real(self, *given)))

    return put


def _known(value: Any) -> Any:
    """Whatever is unknown is taken for no, or for the number that stands there."""
    return Condition(value.yes, None) if isinstance(value, Condition) else Number(value.n, True, value.none)


FAULTS: dict[str, Fault] = {
    "what is unknown in a comparison is no": _changed(Logic, "comparison", _known),
    "unknown conditions are no": _changed(Logic, "connective", _known),
    "an unknown test leaves the second branch": _changed(Logic, "chosen", _known),
    "exceptions that differ are no conflict": _changed(Nodes, "_agreement", _known),
    "what is none counts as a quantity": method(Nodes, "_present", lambda self, value: value),
    "a divisor keeps its sign": function("absolute", lambda n, out=None: np.positive(n, out=out)),
    "ties are rounded towards zero": function("half_up", called.down),
    "ties to even are rounded up": function("half_even", called.half_up),
    "rounding up goes down": function("up", called.down),
    "sums leave out the last entry": function("total", _off_by_one),
    "counts are of all entries": function("count", lambda mask, offsets, out=None: called.sizes(offsets, out)),
    "the smallest is the largest": function("min_of", called.max_of),
    "days start at 1970": lambda patch: patch.setattr(logic, "EPOCH", 719162),
    "lists are known": method(Columns, "known", lambda self, scope, first, last: np.ones(last - first, np.bool_)),
    "at most is below": lambda patch: patch.setitem(masks.COMPARED, "<=", "less"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[name](monkeypatch)
    try:
        found = next(column_differences(range(PROGRAMS)), None)
    except (AssertionError, ValueError, OverflowError):  # what it led to could not even be computed
        return
    assert found is not None
