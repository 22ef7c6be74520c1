"""Graduated scales in a formula: each bracket's part times its rate."""

from __future__ import annotations

from fractions import Fraction

from civil_aid_rules.backends.interpreter import evaluate
from civil_aid_rules.ir.nodes import FactRead, Graduated, ParameterRead, RuleRead
from civil_aid_rules.ir.parameters import Scale
from civil_aid_rules.ir.values import UNKNOWN, Exact
from civil_aid_rules.quantities.in_words import number_in_formula
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.phrases import phrase, same
from civil_aid_rules.render.piece import Piece, Writes, added
from civil_aid_rules.render.shown import parameter_title


def graduated(formula: Writes, node: Graduated, unit: Unit) -> Piece:
    """`2000.00 × 10% + (2900.00 − 2000.00) × 20%`."""
    base = UNKNOWN if formula.titles else evaluate(node.base, formula.env)
    shape = node.parameter.shape
    if not isinstance(base, int | Fraction) or not isinstance(shape, Scale):
        return Piece(phrase("graduated", scale=parameter_title(node.parameter), base=formula.piece(node.base).text))
    parts = _parts(shape, base, unit)
    written = added([same(part) for part in parts]) if parts else Piece(same(number_in_formula(0, unit)))
    if isinstance(node.base, RuleRead | FactRead | ParameterRead) or not parts:
        return written
    words = formula.piece(node.base).text
    shown = same(number_in_formula(base, unit))
    return Piece(phrase("graduated_on", parts=written.text, base=words, value=shown), written.strength)


def _parts(scale: Scale, base: Exact, unit: Unit) -> list[str]:
    found: list[str] = []
    for index, (above, rate) in enumerate(scale.brackets):
        top = min(base, scale.brackets[index + 1][0]) if index + 1 < len(scale.brackets) else base
        if top > above:
            shown = number_in_formula(top, unit)
            share = shown if above == 0 else f"({shown} − {number_in_formula(above, unit)})"
            found.append(f"{share} × {number_in_formula(rate, Unit())}")
    return found
