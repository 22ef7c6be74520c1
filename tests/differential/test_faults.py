"""Faults put into the back end on purpose: each is found by random programs. Run by `pytest -m slow`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from civil_aid_rules.backends.python_source import expressions, gathering, rails, source, support
from civil_aid_rules.backends.python_source.expressions import Expressions
from civil_aid_rules.backends.python_source.gathering import Gathering
from civil_aid_rules.backends.python_source.rails import Rails
from civil_aid_rules.backends.python_source.writer import Code, or_none
from civil_aid_rules.compiler import legal_shapes, list_forms, lower, scaled_numbers, simplify
from civil_aid_rules.ir import scaled
from tests.differential.random_runs import differences

Fault = Callable[[pytest.MonkeyPatch], None]
PROGRAMS = 150


def called(name: str, fault: Callable[..., Any]) -> Fault:
    """Another function under a name that generated source calls."""
    return lambda patch: patch.setitem(support.CALLED, name, fault)


def _ignores_unknown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Gathering, "_open", lambda self, head: self.writer.line(f"{head} pass"))


def _no_is_unknown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rails, "settled", lambda operator, yes, no: f"True if {yes} else False")


def _unknown_is_another(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rails, "of_equality", lambda yes, no: Rails(or_none(yes), (yes.text,), (no,)))


def _unknown_is_no(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Rails, "otherwise_unknown", "False")


def _unknown_test_is_no(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(expressions, "_agreed", lambda one, other: other.text)


def _strictly(patch: pytest.MonkeyPatch) -> None:
    real = Expressions._comparison

    def comparison(self: Expressions, sign: str, left: scaled.Scaled, right: scaled.Scaled) -> Code:
        return real(self, {"<=": "<", ">=": ">"}.get(sign, sign), left, right)

    patch.setattr(Expressions, "_comparison", comparison)


def _scale_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(scaled_numbers, "lcm", lambda *scales: max(scales, default=1))


def _zero_or_unknown(patch: pytest.MonkeyPatch) -> None:
    for module in (scaled_numbers, legal_shapes):
        patch.setattr(module, "given", lambda value, condition: value)


def _sign_of_divisor(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lower._Lowering, "_may_be_negative", lambda self, n: False)


def _day_too_far(patch: pytest.MonkeyPatch) -> None:
    real = simplify._by_its_day

    def limit(sign: simplify.Order, node: scaled.Scaled, number: int) -> scaled.Scaled | None:
        found = real(sign, node, number)
        if isinstance(found, scaled.Comparison) and isinstance(found.right, scaled.Constant):
            assert isinstance(found.right.value, int)
            return scaled.Comparison(found.operator, found.left, scaled.Constant(found.right.value + 31))
        return found

    patch.setattr(simplify, "_by_its_day", limit)


def _first_instead_of_last(patch: pytest.MonkeyPatch) -> None:
    real = Gathering._first

    def first(self: Gathering, text: str) -> None:
        assert isinstance(self.node, scaled.Pick)
        kept, self.node = self.node, replace(self.node, last_listed_first=False)
        real(self, text)
        self.node = kept

    patch.setattr(Gathering, "_first", first)


def _never_assumed(patch: pytest.MonkeyPatch) -> None:
    real = source._Printer._rule
    patch.setattr(source._Printer, "_rule", lambda self, rule: real(self, replace(rule, assumed=None)))


def _empty_is_known(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(list_forms.Listed, "any_counts", lambda self: simplify.YES)


def _of_equals_one(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(gathering._START, "all", "False")


FAULTS: dict[str, Fault] = {
    "half up rounds ties of negative numbers upwards": called("half_up", lambda a, b: (2 * a + b) // (2 * b)),
    "half even rounds as half up": called("half_even", support.half_up),
    "down rounds to the lower number": called("down", lambda a, b: a // b),
    "a quotient is whole though something is left over": called("whole", lambda a, b: a // b),
    "exceptions: the base stays possible": called(
        "exceptions", lambda b, base: support.exceptions([*b, (None, base)], base)
    ),
    "unique: rows that may apply count beside one that does": called(
        "unique", lambda b, no: support.agreed([v for t, v in b if t is not False and v is not no])
    ),
    "past the last row there is nothing more": called("row", lambda rows, last, further, key: rows.get(key)),
    "equals share no place": called("places", lambda k, high, last, shared: support.places(k, high, last, False)),
    "the month starts on its second day": called("start_of_month", lambda d: support.CALLED["start_of_year"](d)),
    "what may count is left out": _ignores_unknown,
    "unknown settles a connective": _no_is_unknown,
    "an unknown test is no": _unknown_test_is_no,
    "what is unknown surely is another constant": _unknown_is_another,
    "what does not surely hold does not hold": _unknown_is_no,
    "at most means below": _strictly,
    "numbers of two scales are added as they are": _scale_forgotten,
    "an unknown divisor divides by one": _zero_or_unknown,
    "a negative divisor divides as a positive one": _sign_of_divisor,
    "a limit of age lies a month off": _day_too_far,
    "of equals, the first is taken where the last should be": _first_instead_of_last,
    "what is assumed is not": _never_assumed,
    "the least of nothing is known": _empty_is_known,
    "all of nothing is no": _of_equals_one,
}
"""What is wrong, and how it is made so."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_back_end_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    assert next(differences(range(PROGRAMS), records=4), None) is not None, f"{fault}: not found"
