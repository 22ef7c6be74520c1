"""The reference interpreter: the definition of what every node means, with exact numbers and with unknown.

The meaning of a node is a function from an environment (the entries that its variables stand for, the values of the
rules before it) to a value. It is put together from the meanings of the node's parts, by the functions of operators,
branches, lists and look_up, which know nothing of nodes. It is total: no operation fails while running.
docs/reference/semantics.md says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from civil_aid_rules.backends import branches, lists, look_up, operators
from civil_aid_rules.backends.evaluation import Env, Evaluation, Meaning, frames_of, with_room
from civil_aid_rules.backends.lists import Filtered, Ordering, entries_of
from civil_aid_rules.facts.extract import Facts, Item
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
    Branch,
    Cases,
    Choose,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    DecidedDay,
    Decision,
    Division,
    EntryRead,
    Exceptions,
    Extreme,
    FactRead,
    Graduated,
    IsSet,
    ListRead,
    Named,
    Node,
    Not,
    ParameterRead,
    Pick,
    Rank,
    Round,
    RuleRead,
    TableRead,
    Through,
    Undefined,
)
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.values import UNKNOWN, ItemReference, Value
from civil_aid_rules.quantities import calendar, working_days
from civil_aid_rules.quantities.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A program made ready to run: the meaning of each rule's body, and of every node under it, worked out once.

    `scopes` are the lists that its rules are for, outer ones first; `room` is the most variables that a rule has;
    `prepared` is for what its evaluations share.
    """

    program: Program
    rules: tuple[tuple[Rule, Meaning], ...]
    meanings: dict[int, Meaning]
    scopes: tuple[str, ...]
    room: int
    prepared: dict[type, Any] = field(default_factory=dict, repr=False, compare=False)

    def run(self, facts: Facts) -> Evaluation:
        """Evaluate every rule, in order, for the record or for each entry of the rule's list."""
        frames = frames_of(self.scopes, facts)
        bound = {scope: [with_room(frame, self.room) for frame in found] for scope, found in frames.items()}
        values: list[list[Value]] = []
        assumed: set[tuple[int, int]] = set()
        env = Env([], values, facts, self.program.on, self.meanings)
        for rule, meaning in self.rules:
            column = [meaning(env) for env.entries in bound[rule.scope]]
            if rule.assumed is not None:
                unknown = [ordinal for ordinal, value in enumerate(column) if value is UNKNOWN]
                assumed.update((rule.slot, ordinal) for ordinal in unknown)
                column = [rule.assumed.value if value is UNKNOWN else value for value in column]
            values.append(column)
        return Evaluation(self.program, facts, values, frames, frozenset(assumed), self.meanings, self.prepared)


def prepare(program: Program) -> Interpreter:
    """The program's meaning, ready to run on any number of records."""
    meanings: dict[int, Meaning] = {}
    definition = _Definition(meanings)
    rules = tuple((rule, definition.meaning(rule.body)) for rule in program.rules)
    for item in program.outcome.beside:
        definition.meaning(item.node)
    scopes = {scope for rule in program.rules for scope in _with_outer(rule.scope)}
    room = max(rule.variables for rule in program.rules)
    return Interpreter(program, rules, meanings, tuple(sorted(scopes)), room)


def _with_outer(scope: str) -> Iterator[str]:
    """A list's path, and the paths of the lists that it stands in: `members.income`, `members`."""
    while scope:
        yield scope
        scope = scope.rpartition(".")[0]


def run(program: Program, facts: Facts) -> Evaluation:
    """The program on one record."""
    return prepare(program).run(facts)


def evaluate(node: Node, env: Env) -> Value:
    """The value of one node, or UNKNOWN."""
    return meaning_of(node, env)(env)


def meaning_of(node: Node, env: Env) -> Meaning:
    """What a node means: as worked out with its program, or now for a node that stands in none."""
    return env.meanings.get(id(node)) or _Definition({}).meaning(node)


@dataclass(frozen=True, slots=True)
class _Definition:
    """Puts meanings together, and keeps each by the identity of its node (the program keeps the nodes alive)."""

    kept: dict[int, Meaning]

    def meaning(self, node: Node) -> Meaning:
        """What a node means."""
        self.kept[id(node)] = found = self._meaning(node)
        return found

    def _meaning(self, node: Node) -> Meaning:
        match node:
            case Constant(value):
                return lambda env: value
            case DecidedDay():
                return lambda env: env.on
            case Undefined():
                return _undefined
            case FactRead(variable, slot):
                return lambda env: env.entries[variable].facts[slot]
            case EntryRead(variable, scope):
                return lambda env: ItemReference(scope, env.entries[variable].ordinal)
            case RuleRead(variable, rule):
                return lambda env: env.values[rule][env.entries[variable].ordinal]
            case Through():
                return self._through(node)
            case ParameterRead(parameter):
                legal_value = parameter.value
                return lambda env: legal_value
            case IsSet(parameter):
                is_set = parameter.is_set
                return lambda env: is_set
            case TableRead(parameter, key):
                return look_up.row(parameter, self.meaning(key))
            case Graduated(parameter, base):
                return look_up.graduated(parameter, self.meaning(base))
            case Arithmetic(sign, left, right):
                return operators.arithmetic(sign, self.meaning(left), self.meaning(right))
            case Division(left, right, if_zero):
                return operators.division(self.meaning(left), self.meaning(right), self._perhaps(if_zero))
            case Comparison("==" | "!=" as sign, left, right):
                return operators.equality(self.meaning(left), self.meaning(right), sign == "==")
            case Comparison(sign, left, right):
                return operators.order(sign, self.meaning(left), self.meaning(right))
            case Connective(operator, operands):
                return operators.connective(operator == "or", self._meanings(operands))
            case Not(operand):
                return operators.negation(self.meaning(operand))
            case Named(body=body):
                return self.meaning(body)
            case Cases(parts, otherwise):
                return branches.cases(self._branches(parts), self.meaning(otherwise))
            case Exceptions(base, parts):
                return branches.exceptions(self.meaning(base), self._branches(parts))
            case Decision(hit, rows):
                form = branches.unique_row if hit == "unique" else branches.collected_rows
                return form(self._rows(rows))
            case Choose(take, options):
                return branches.choice(take, self._meanings(options))
            case Aggregate():
                return self._aggregate(node)
            case Pick():
                return lists.pick(self._ordering(node))
            case Rank(subject=subject, tie=tie, outside=outside):
                return lists.rank(self._ordering(node), subject, tie == "shared", self.meaning(outside))
            case Round(operand, step, mode):
                return operators.rounded(self.meaning(operand), step, mode)
            case DateFunction():
                return self._date_function(node)
            case Extreme(function, operands):
                return operators.extreme(function, self._meanings(operands))
            case _:
                assert_never(node)

    def _date_function(self, node: DateFunction) -> Meaning:
        first, *rest = self._meanings(node.arguments)
        match node.function:
            case "age":
                assert node.age_rule is not None
                rule = node.age_rule
                return look_up.of_two_days(lambda birth, day: calendar.age_years(birth, day, rule), first, *rest)
            case "months_between":
                return look_up.of_two_days(calendar.months_between, first, *rest)
            case "years_before":
                return look_up.moved_back(calendar.years_before, first, *rest)
            case "months_before":
                return look_up.moved_back(calendar.months_before, first, *rest)
            case "months_after":
                return look_up.moved_back(lambda day, count: calendar.months_before(day, -count), first, *rest)
            case "days_after":
                return look_up.moved_back(working_days.days_after, first, *rest)
            case "working_days_after":
                shape = _calendar(node)
                return look_up.moved_back(
                    lambda day, count: working_days.working_days_after(day, count, shape), first, *rest
                )
            case "next_working_day":
                shape = _calendar(node)
                return look_up.of_day(lambda day: working_days.next_working_day(day, shape) or UNKNOWN, first)
            case "start_of_month":
                return look_up.of_day(calendar.start_of_month, first)
            case "start_of_year":
                return look_up.of_day(calendar.start_of_year, first)
            case _:
                assert_never(node.function)

    def _through(self, node: Through) -> Meaning:
        reference = self.meaning(node.reference)
        match node.target:
            case FactRead(slot=slot):
                return operators.through(
                    reference, lambda env, entry: env.facts.items[entry.scope][entry.ordinal].facts[slot]
                )
            case RuleRead(rule=rule):
                return operators.through(reference, lambda env, entry: env.values[rule][entry.ordinal])
            case _:
                assert_never(node.target)

    def _perhaps(self, node: Node | None) -> Meaning | None:
        return None if node is None else self.meaning(node)

    def _meanings(self, nodes: Sequence[Node]) -> list[Meaning]:
        return [self.meaning(node) for node in nodes]

    def _branches(self, parts: Sequence[Branch]) -> list[tuple[Meaning, Meaning]]:
        return [(self.meaning(part.test), self.meaning(part.value)) for part in parts]

    def _rows(self, rows: Sequence[Branch]) -> list[tuple[Meaning, Meaning | None]]:
        branches = zip(rows, self._branches(rows), strict=True)
        return [(test, None if is_impossible(row) else value) for row, (test, value) in branches]

    def _filtered(self, node: Aggregate | Pick | Rank) -> Filtered:
        return Filtered(node.entries, node.variable, self._perhaps(node.condition))

    def _ordering(self, node: Pick | Rank) -> Ordering:
        by = self.meaning(node.by)
        return Ordering(self._filtered(node), by, node.order == "highest", node.tie == "listed_last")

    def _aggregate(self, node: Aggregate) -> Meaning:
        over, value = self._filtered(node), self.meaning(node.value)
        if_empty = self._perhaps(node.if_empty) or _undefined
        match node.function:
            case "count":
                return lists.count(over)
            case "sum":
                return lists.total(over, value)
            case "any":
                return lists.any_of(over, value)
            case "all":
                return lists.all_of(over, value, if_empty)
            case "min" | "max":
                return lists.extreme_over(node.function, over, value, if_empty)
            case _:
                assert_never(node.function)


def _undefined(env: Env) -> Value:
    return UNKNOWN


# --- what is behind a value: for traces, explanations and what is missing ---------------------------------------------


def applying(parts: Sequence[Branch], env: Env) -> tuple[list[Branch], list[Branch]]:
    """The branches whose test holds, and those whose test is unknown."""
    return branches.applying([(meaning_of(part.test, env), part) for part in parts], env)


def possible_cases(node: Cases, env: Env) -> list[Node]:
    """The values that the cases can still have."""
    return branches.possible_cases([(meaning_of(p.test, env), p.value) for p in node.branches], node.otherwise, env)


def possible_exceptions(node: Exceptions, env: Env) -> list[Node]:
    """The values still possible: of the exceptions that apply or may, and of the base when none surely applies."""
    return branches.possible_exceptions([(meaning_of(p.test, env), p.value) for p in node.branches], node.base, env)


def possible_rows(node: Decision, env: Env) -> list[Branch]:
    """The rows of a `unique` table that can still apply; a row marked impossible never does."""
    yes, maybe = applying(node.rows, env)
    return yes or [row for row in maybe if not is_impossible(row)]


def is_impossible(row: Branch) -> bool:
    """Whether a row of a decision table says that it cannot occur."""
    return isinstance(row.value, Named) and isinstance(row.value.body, Undefined)


def is_conflict(node: Exceptions, env: Env) -> bool:
    """Whether two exceptions that surely apply have different known values."""
    yes, _ = applying(node.branches, env)
    known = [value for part in yes if (value := evaluate(part.value, env)) is not UNKNOWN]
    return any(value != known[0] for value in known[1:])


def chosen_option(node: Choose, env: Env) -> Named | None:
    """The option used: the first with the value chosen; None while that is unknown, or where nothing is above zero."""
    value = evaluate(node, env)
    if value is UNKNOWN or (node.take == "first_above_zero" and value == 0):
        return None
    return next(option for option in node.options if evaluate(option, env) == value)


def meeting(read: ListRead, variable: int, condition: Node | None, env: Env) -> Iterator[tuple[Item, Value]]:
    """Each entry that meets the condition, or may, bound to `variable` while it is looked at."""
    test = None if condition is None else meaning_of(condition, env)
    return Filtered(read, variable, test).meeting(env)


def _calendar(node: DateFunction) -> WorkingCalendar:
    shape = None if node.calendar is None else node.calendar.shape
    assert isinstance(shape, WorkingCalendar)
    return shape


__all__ = [
    "Interpreter",
    "applying",
    "chosen_option",
    "entries_of",
    "evaluate",
    "is_conflict",
    "meeting",
    "possible_cases",
    "possible_exceptions",
    "possible_rows",
    "prepare",
    "run",
]
