"""The scaled form of a program: whole numbers only, so that fast back ends are plain printers of it.

A number is `n / (scale × d)`. `n` is what a node computes; the scale is fixed when compiling; `d`, a positive whole
number, is a node of its own and stands beside a rule only where the rule divides by what the record says. Days are
counted from 0001-01-01 = 1, entries of a list by their place among all of that list's path, texts are themselves.
Yes, no and texts are codes that each back end may number as it likes.

Every node may be unknown; what makes it known is said at each. A node is *strict* when it is unknown exactly where a
part is. A fact, and a rule or a choice among such values, may also be known to be none: `Present` turns none into
unknown, and stands before every node that needs a quantity.

A `variable` is an entry: 0 the record, then one for each list on the way to the rule's own. What runs through a list
whose entries stand alone (`Fold`, `Pick`, `Rank` over what depends on nothing but the entry and what it stands in)
binds the variable that the entry has in a rule of its own, so that one pass over the list can serve many rules; others
bind a variable from `FREE` on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from civil_aid_rules.ir.values import Special
from civil_aid_rules.quantities.calendar import AgeRule
from civil_aid_rules.quantities.rounding import RoundingMode
from civil_aid_rules.quantities.working_days import WorkingCalendar

FREE = 16
"""The first variable that stands for no entry on the way to a rule's own."""

Kind = Literal["number", "yes_no", "day", "text", "entry"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value settled when compiling; UNKNOWN for what is undefined or unset, NONE for `none`."""

    value: int | str | Special


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact of an entry: an amount in fen, another number as it is, yes or no, a day, a text, an entry."""

    variable: int
    scope: str
    slot: int


@dataclass(frozen=True, slots=True)
class RuleRead:
    """What another rule computes for an entry: its `n`, or its `d` (never unknown, 1 or more)."""

    variable: int
    rule: int
    part: Literal["value", "divisor"] = "value"


@dataclass(frozen=True, slots=True)
class EntryRead:
    """The entry itself. Never unknown."""

    variable: int
    scope: str


@dataclass(frozen=True, slots=True)
class Through:
    """A fact or rule of the entry of `scope` that a reference points to. Strict."""

    reference: Scaled
    scope: str
    target: FactRead | RuleRead


@dataclass(frozen=True, slots=True)
class Present:
    """The operand; unknown where it is none."""

    operand: Scaled


@dataclass(frozen=True, slots=True)
class Given:
    """The value, where `condition` is known at all. Strict."""

    value: Scaled
    condition: Scaled


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Addition, subtraction, multiplication of whole numbers. Strict."""

    operator: Literal["+", "-", "*"]
    left: Scaled
    right: Scaled


@dataclass(frozen=True, slots=True)
class Divisor:
    """What a number is divided by: the operand without its sign; 1 where it is 0 or unknown. Never unknown."""

    operand: Scaled


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above / below` as a whole number, `below` being 1 or more; `whole`: unknown where it is none. Strict."""

    above: Scaled
    below: Scaled
    mode: RoundingMode | Literal["whole"]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The smallest or largest of two or more numbers or days. Strict."""

    function: Literal["min", "max"]
    operands: tuple[Scaled, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Numbers and days by order; all for equality, none being equal to none alone. Strict."""

    operator: Literal["<", "<=", ">", ">=", "==", "!="]
    left: Scaled
    right: Scaled


@dataclass(frozen=True, slots=True)
class Connective:
    """`and` (settled by one no), `or` (settled by one yes); else unknown where one operand is."""

    operator: Literal["and", "or"]
    operands: tuple[Scaled, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite. Strict."""

    operand: Scaled


@dataclass(frozen=True, slots=True)
class If:
    """`then` where the test holds, `otherwise` where not; where it is unknown, what both are if they are equal."""

    test: Scaled
    then: Scaled
    otherwise: Scaled


@dataclass(frozen=True, slots=True)
class Agreement:
    """What all possible values are, if they are known and equal. Branches are (test, value); order does not matter.

    `exceptions`: branches that hold or may, and the base (the last value) while none surely holds. `unique`: those that
    surely hold, else those that may; there is no base, and a branch without a value makes nothing possible.
    """

    hit: Literal["exceptions", "unique"]
    branches: tuple[tuple[Scaled, Scaled | None], ...]
    base: Scaled | None


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list of the entry that `variable` stands for; `scope` is its path."""

    variable: int
    scope: str
    slot: int


FoldFunction = Literal["sum", "product", "any", "all", "min", "max"]


@dataclass(frozen=True, slots=True)
class Fold:
    """The values of the entries that meet a condition, taken together; unknown where the list is.

    `sum` and `product` (of nothing 0 and 1; neither has a condition), `min` and `max` (with one) are unknown where a
    value or condition is; of nothing, `min` and `max` are whatever: a test for that stands before them. `any` and `all`
    are `or` and `and` over the values.
    """

    function: FoldFunction
    entries: ListRead
    variable: int
    condition: Scaled | None
    value: Scaled


@dataclass(frozen=True, slots=True)
class Pick:
    """The entry that comes first by `by`, none where no entry meets the condition; unknown where a place is."""

    entries: ListRead
    variable: int
    condition: Scaled | None
    by: Scaled
    highest_first: bool
    last_listed_first: bool


@dataclass(frozen=True, slots=True)
class Rank:
    """The place, from 1, of the entry `subject`, 0 where it does not meet the condition; unknown as for `Pick`."""

    entries: ListRead
    subject: int
    variable: int
    condition: Scaled | None
    by: Scaled
    highest_first: bool
    last_listed_first: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """The amount in the row of `key`. Above the last row: that of the last plus `further` for each step, or unknown."""

    key: Scaled
    rows: tuple[tuple[int | str, int], ...]
    further: int | None


DayFunctionName = Literal[
    "age",
    "months_between",
    "months_before",
    "days_after",
    "start_of_month",
    "start_of_year",
    "working_days_after",
    "next_working_day",
]


@dataclass(frozen=True, slots=True)
class DayFunction:
    """A function of days by number: quantities/ordinals has each. Strict; also unknown beyond the calendar."""

    function: DayFunctionName
    arguments: tuple[Scaled, ...]
    age_rule: AgeRule | None = None
    calendar: WorkingCalendar | None = None


Scaled = (
    Constant
    | FactRead
    | RuleRead
    | EntryRead
    | Through
    | Present
    | Given
    | Arithmetic
    | Divisor
    | Quotient
    | Extreme
    | Comparison
    | Connective
    | Not
    | If
    | Agreement
    | Fold
    | Pick
    | Rank
    | Lookup
    | DayFunction
)

SCALED_TYPES: tuple[type, ...] = get_args(Scaled)
_IS_SCALED = frozenset(SCALED_TYPES)


@dataclass(frozen=True, slots=True)
class ScaledRule:
    """One rule: `value` is its `n`, `divisor` its `d` (None: 1). `entries` is the list that an entry it gives is of.

    `assumed` is the `n` that it takes where its own is unknown.
    """

    slot: int
    name: str
    scope: str
    kind: Kind
    scale: int
    value: Scaled
    divisor: Scaled | None
    assumed: Scaled | None
    entries: str


@dataclass(frozen=True, slots=True)
class ScaledProgram:
    """The rules of one program, in evaluation order; `rules[slot]` is the rule in that slot."""

    rules: tuple[ScaledRule, ...]


def parts(node: Scaled) -> Iterator[Scaled]:
    """The nodes that stand directly in `node`."""
    for name in node.__match_args__:
        yield from _nodes_in(getattr(node, name))


def nodes_under(node: Scaled) -> Iterator[Scaled]:
    """`node` and every node under it, parents first."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(parts(here))


def _nodes_in(value: object) -> Iterator[Scaled]:
    if type(value) in _IS_SCALED:
        yield cast("Scaled", value)
    elif type(value) is tuple:
        for item in cast("tuple[object, ...]", value):
            yield from _nodes_in(item)


def renamed(node: Scaled, variables: dict[int, int]) -> Scaled:
    """The same node for other entries."""
    return cast("Scaled", _renamed(node, variables))


def _renamed(value: Any, variables: dict[int, int]) -> Any:
    kind = type(value)
    if kind is tuple:
        return tuple(_renamed(item, variables) for item in value)
    if kind not in _IS_SCALED and kind is not ListRead:
        return value
    held = {
        name: variables.get(part, part) if name in ("variable", "subject") else _renamed(part, variables)
        for name in value.__match_args__
        for part in (getattr(value, name),)
    }
    return kind(**held)
