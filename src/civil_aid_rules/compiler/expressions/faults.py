"""Faults of expressions, reported at their place; what stands for a faulty expression is FAULTY."""

from __future__ import annotations

from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.wording import either
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.ir.nodes import Constant
from civil_aid_rules.source import SourceSpan

FAULTY = Typed(Constant(0), None)


def fault(
    scope: RuleScope, code: str, at: SourceSpan, found: object, expected: object, more: dict[str, object] | None = None
) -> Typed:
    """Report a fault; `more` are further values that its sentence names."""
    scope.problems.append(problem(code, at, found=found, expected=expected, **(more or {})))
    return FAULTY


def wrong_unit(scope: RuleScope, at: SourceSpan, found: Both, expected: Both, hint: Both) -> Typed:
    """A number of another unit than is wanted, with how to convert it."""
    return fault(scope, "unit-mismatch", at, found, expected, {"hint": hint})


def unsourced(scope: RuleScope, at: SourceSpan, literal: int) -> Typed:
    """A number written out where a legal value should stand."""
    return fault(scope, "literal-without-source", at, literal, "parameters.yaml")


def refuse_none(typed: Typed, at: SourceSpan, scope: RuleScope) -> Typed:
    """A value that may be none, used without asking first."""
    path = typed.path or "x"
    expected = either(f"`{path} == none or …`", f"`{path} != none and …`")
    return fault(scope, "none-unchecked", at, typed.path or Both("this value", "此值"), expected)
