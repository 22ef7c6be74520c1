"""Rounding to a multiple of a step, exactly. The only loss of exactness that a rule can declare."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

RoundingMode = Literal["half_up", "half_even", "up", "down"]


def round_to(value: int | Fraction, step: int | Fraction, mode: RoundingMode) -> int | Fraction:
    """`value` as a multiple of `step`: half_up takes ties away from zero, up goes away from zero, down towards zero."""
    whole, rest = divmod(abs(value.numerator) * step.denominator, value.denominator * step.numerator)
    twice = 2 * rest - value.denominator * step.numerator
    match mode:
        case "up":
            up = rest > 0
        case "down":
            up = False
        case "half_up":
            up = twice >= 0
        case "half_even":
            up = twice > 0 or (twice == 0 and whole % 2 == 1)
    steps = whole + up if value >= 0 else -(whole + up)
    result = Fraction(steps * step.numerator, step.denominator)
    return result.numerator if result.denominator == 1 else result
