"""The closed set of nodes that a rule's body is made of. docs/reference/semantics.md says what each means with unknown.

A `variable` is a place in the frame of the rule being evaluated: 0 is the record itself, then one for each `for_each`
and each list that the rule runs through. A `slot` is a place among the facts of one entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.types import Type
from civil_aid_rules.ir.values import Exact, Known
from civil_aid_rules.quantities.calendar import AgeRule
from civil_aid_rules.quantities.rounding import RoundingMode
from civil_aid_rules.source import SourceSpan


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the rule: a whole number, a text, yes, no, none, or one entry (`each`)."""

    value: Known


@dataclass(frozen=True, slots=True)
class DecidedDay:
    """`on`: the day decided."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """No value: what `if_zero: undefined` or `if_empty: undefined` give."""


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact of the entry that `variable` stands for."""

    variable: int
    slot: int
    name: str
    title: Bilingual
    type: Type


@dataclass(frozen=True, slots=True)
class EntryRead:
    """The entry itself that `variable` stands for."""

    variable: int
    scope: str


@dataclass(frozen=True, slots=True)
class RuleRead:
    """The value of another rule, for the entry that `variable` stands for."""

    variable: int
    rule: int


@dataclass(frozen=True, slots=True)
class Through:
    """A fact or rule of the entry that a reference points to (a spouse, the eldest child)."""

    reference: Node
    target: FactRead | RuleRead


@dataclass(frozen=True, slots=True)
class ParameterRead:
    """A legal value chosen by date when compiling."""

    parameter: ParameterValue


@dataclass(frozen=True, slots=True)
class TableRead:
    """The row of a table or band parameter that `key` falls on."""

    parameter: ParameterValue
    key: Node


@dataclass(frozen=True, slots=True)
class Graduated:
    """Each part of `base` times the rate of its bracket, added up."""

    parameter: ParameterValue
    base: Node


@dataclass(frozen=True, slots=True)
class IsSet:
    """Whether a parameter has a value on the day compiled for."""

    parameter: ParameterValue


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Addition, subtraction, multiplication; exact."""

    operator: Literal["+", "-", "*"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Division:
    """Exact division; `if_zero` is the value where the divisor is zero (None: it never is)."""

    left: Node
    right: Node
    if_zero: Node | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared; numbers and days by order, all others for equality."""

    operator: Literal["<", "<=", ">", ">=", "==", "!="]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Connective:
    """`and` / `or` over conditions, strong Kleene."""

    operator: Literal["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Named:
    """A part of a rule with a name of its own: a condition, a case, a line, an option, an exception's value."""

    kind: Literal["condition", "case", "line", "option", "exception", "row"]
    id: str
    body: Node
    text: Bilingual | None
    citations: tuple[Citation, ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Branch:
    """One case, exception or row: when `test` holds, `value`."""

    test: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Cases:
    """The value of the first branch whose test holds, else `otherwise`."""

    branches: tuple[Branch, ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The value of the exception that applies, else `base`; exceptions that apply and differ are a conflict."""

    base: Node
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision table: the row that applies (`unique`) or the sum of the rows that apply (`collect`).

    `not_analysed`: the rows, from 0, that read an unset parameter, so that gaps and overlaps could not be ruled out.
    """

    hit: Literal["unique", "collect"]
    rows: tuple[Branch, ...]
    not_analysed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list of the entry that `variable` stands for."""

    variable: int
    slot: int
    scope: str
    title: Bilingual


AggregateFunction = Literal["sum", "count", "any", "all", "min", "max"]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """sum, count, any, all, min or max over the entries of a list that meet `condition`."""

    function: AggregateFunction
    entries: ListRead
    variable: int
    condition: Node | None
    value: Node
    if_empty: Node | None


@dataclass(frozen=True, slots=True)
class Pick:
    """The entry with the highest or lowest `by` among those that meet `condition`; none where there is none."""

    entries: ListRead
    variable: int
    condition: Node | None
    by: Node
    order: Literal["highest", "lowest"]
    tie: Literal["listed_first", "listed_last"]


@dataclass(frozen=True, slots=True)
class Rank:
    """The place (from 1) of the rule's own entry among those of its list that meet `condition`, else `outside`."""

    entries: ListRead
    subject: int
    variable: int
    condition: Node | None
    by: Node
    order: Literal["highest", "lowest"]
    tie: Literal["listed_first", "listed_last", "shared"]
    outside: Node


@dataclass(frozen=True, slots=True)
class Choose:
    """The highest, the lowest, or the first option above zero."""

    take: Literal["highest", "lowest", "first_above_zero"]
    options: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """`operand` rounded to a multiple of `step`: the only place where exactness is given up."""

    operand: Node
    step: Exact
    mode: RoundingMode
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DateFunction:
    """A function of days: ages, months between, days so long before or after, by the month, year or working day."""

    function: Literal[
        "age",
        "months_between",
        "years_before",
        "months_before",
        "months_after",
        "days_after",
        "start_of_month",
        "start_of_year",
        "working_days_after",
        "next_working_day",
    ]
    arguments: tuple[Node, ...]
    age_rule: AgeRule | None
    calendar: ParameterValue | None = None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The smallest or largest of two or more numbers."""

    function: Literal["min", "max"]
    operands: tuple[Node, ...]


Node = (
    Constant
    | DecidedDay
    | Undefined
    | FactRead
    | EntryRead
    | RuleRead
    | Through
    | ParameterRead
    | TableRead
    | Graduated
    | IsSet
    | Arithmetic
    | Division
    | Comparison
    | Connective
    | Not
    | Named
    | Cases
    | Exceptions
    | Decision
    | Aggregate
    | Pick
    | Rank
    | Choose
    | Round
    | DateFunction
    | Extreme
)
