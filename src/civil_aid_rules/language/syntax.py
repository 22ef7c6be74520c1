"""What an expression says, before any name is looked up: a closed set of nodes, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.source import SourceSpan

ComparisonOperator = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Name:
    """A bare name."""

    id: str
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Attribute:
    """`base.name`."""

    base: Expression
    name: str
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes."""

    value: str
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    value: int
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class YesNo:
    """`yes` or `no`."""

    value: bool
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class NoneLiteral:
    """`none`: known to be none."""

    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`."""

    operand: Expression
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Binary:
    """`left + right` and the like."""

    op: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Comparison:
    """`first < a <= b`: a chain of comparisons."""

    first: Expression
    rest: tuple[tuple[ComparisonOperator, Expression], ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Membership:
    """`item in ("a", "b")`."""

    item: Expression
    choices: tuple[Expression, ...]
    negated: bool
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class And:
    """`a and b and …`."""

    operands: tuple[Expression, ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Or:
    """`a or b or …`."""

    operands: tuple[Expression, ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Not:
    """`not a`."""

    operand: Expression
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Call:
    """`function(a, b)`."""

    function: str
    arguments: tuple[Expression, ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Subscript:
    """`table[key]`."""

    table: Expression
    key: Expression
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`sum(value for variable in source if condition)`."""

    function: str
    value: Expression
    variable: str
    source: Expression
    condition: Expression | None
    at: SourceSpan


Expression = (
    Name
    | Attribute
    | Text
    | Number
    | YesNo
    | NoneLiteral
    | Negative
    | Binary
    | Comparison
    | Membership
    | And
    | Or
    | Not
    | Call
    | Subscript
    | Aggregate
)
