"""Exact numbers as whole ones: `n / (scale × d)`, and what arithmetic on them is.

`divisors` are the factors of `d`, each 1 or more and never unknown. Numbers that are added, compared or alternatives of
one another are first brought to one scale and one set of divisors; nothing is divided, so nothing is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Literal

from civil_aid_rules.compiler.simplify import (
    NO_ENTRY,
    calculated,
    chosen,
    compared,
    divided,
    divisor,
    given,
    number,
    product,
)
from civil_aid_rules.ir.scaled import Constant, Present, Scaled
from civil_aid_rules.ir.values import UNKNOWN, Exact
from civil_aid_rules.quantities.rounding import RoundingMode

MayBeNone = Callable[[Scaled], bool]


@dataclass(frozen=True, slots=True)
class Number:
    """`n / (scale × the divisors)`."""

    n: Scaled
    scale: int = 1
    divisors: tuple[Scaled, ...] = ()


def exact_number(value: Exact) -> Number:
    """A known number."""
    return Number(Constant(value.numerator), value.denominator)


UNKNOWN_NUMBER = Number(Constant(UNKNOWN))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Arithmetic on numbers; `may_be_none` says of a node whether it can be known to be none."""

    may_be_none: MayBeNone

    def present(self, node: Scaled) -> Scaled:
        """The node; unknown where it is none."""
        if node == NO_ENTRY:
            return Constant(UNKNOWN)
        return Present(node) if self.may_be_none(node) else node

    def aligned(self, numbers: Sequence[Number]) -> tuple[list[Scaled], int, tuple[Scaled, ...]]:
        """Their `n` by one scale and one set of divisors."""
        relevant = [item for item in numbers if not _is_any_scale(item.n)]
        scale = lcm(*(item.scale for item in relevant))
        most: Counter[Scaled] = Counter()
        for item in relevant:
            most |= Counter(item.divisors)
        found = []
        for item in numbers:
            missing = [] if _is_any_scale(item.n) else list((most - Counter(item.divisors)).elements())
            times = 1 if _is_any_scale(item.n) else scale // item.scale
            found.append(self._multiple(item.n, product([*missing, Constant(times)])))
        return found, scale, tuple(most.elements())

    def _multiple(self, n: Scaled, times: Scaled) -> Scaled:
        """So many times `n`; none stays none."""
        if times == Constant(1) or _is_any_scale(n):
            return n
        if self.may_be_none(n):
            return chosen(compared("==", n, NO_ENTRY), NO_ENTRY, calculated("*", Present(n), times))
        return calculated("*", n, times)

    def joined(self, numbers: Sequence[Number], join: Callable[[list[Scaled]], Scaled]) -> Number:
        """One node made of several numbers, by the scale and divisors that they then share."""
        found, scale, divisors = self.aligned(numbers)
        return Number(join(found), scale, divisors)

    def added(self, sign: Literal["+", "-"], left: Number, right: Number) -> Number:
        """`left + right`, `left - right`."""
        (one, other), scale, divisors = self.aligned([left, right])
        return Number(calculated(sign, self.present(one), self.present(other)), scale, divisors)

    def multiplied(self, left: Number, right: Number) -> Number:
        """`left × right`."""
        one, other, scale = self.present(left.n), self.present(right.n), left.scale * right.scale
        for known, unsettled in ((one, other), (other, one)):
            factor = number(known)
            if factor:
                common = gcd(factor, scale)
                n = calculated("*", unsettled, Constant(factor // common))
                return Number(n, scale // common, left.divisors + right.divisors)
        return Number(calculated("*", one, other), scale, left.divisors + right.divisors)

    def quotient(self, left: Number, right: Number, *, may_be_negative: bool) -> Number:
        """`left / right`; where `right` is 0, whatever: a test for that stands before it. Unknown where `right` is."""
        settled = number(right.n)
        if settled:
            above = Fraction(right.scale, settled)
            by_constant = self.multiplied(left, Number(Constant(above.numerator), above.denominator))
            return self.multiplied(by_constant, Number(product(right.divisors)))
        below = self.present(right.n)
        sign = chosen(compared("<", below, Constant(0)), Constant(-1), Constant(1)) if may_be_negative else Constant(1)
        n = product([self.present(left.n), *right.divisors, sign])
        scaled = self.multiplied(Number(given(n, below), left.scale), Number(Constant(right.scale)))
        return Number(scaled.n, scaled.scale, (*left.divisors, divisor(below)))

    def whole(self, item: Number) -> Scaled:
        """The number as a whole one; unknown where it is none."""
        return divided(self.present(item.n), product([*item.divisors, Constant(item.scale)]), "whole")

    def rounded(self, item: Number, step: Exact, mode: RoundingMode) -> Number:
        """The number as a multiple of a step."""
        above = calculated("*", self.present(item.n), Constant(step.denominator))
        steps = divided(above, product([*item.divisors, Constant(item.scale * step.numerator)]), mode)
        return Number(calculated("*", steps, Constant(step.numerator)), step.denominator)


def _is_any_scale(n: Scaled) -> bool:
    """0, none and unknown are the same by every scale."""
    return isinstance(n, Constant) and (not isinstance(n.value, int) or n.value == 0)
