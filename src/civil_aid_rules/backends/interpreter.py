"""The reference interpreter: the definition of what every node means, with exact numbers and with unknown.

`evaluate` is total: no operation fails while running. docs/reference/semantics.md says the same in words.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from civil_aid_rules.backends.evaluation import Env, Evaluation, frames_by_scope, new_env
from civil_aid_rules.errors import InternalError
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
from civil_aid_rules.ir.parameters import Bands, Scale, Table
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.values import NONE, UNKNOWN, Exact, ItemReference, Value, exact
from civil_aid_rules.quantities import calendar
from civil_aid_rules.quantities.rounding import round_to


def run(program: Program, facts: Facts) -> Evaluation:
    """Evaluate every rule of the program, in order, for the record or for each entry of the rule's list."""
    frames = frames_by_scope(facts, frozenset(rule.scope for rule in program.rules))
    values: list[list[Value]] = []
    assumed: set[tuple[int, int]] = set()
    for rule in program.rules:
        column: list[Value] = []
        for frame in frames[rule.scope]:
            value = evaluate(rule.body, new_env(rule, frame, values, facts, program.on))
            if value is UNKNOWN and rule.assumed is not None:
                assumed.add((rule.slot, len(column)))
                value = rule.assumed.value
            column.append(value)
        values.append(column)
    return Evaluation(program, facts, values, frames, frozenset(assumed))


def evaluate(node: Node, env: Env) -> Value:
    """The value of a node, or UNKNOWN."""
    match node:
        case FactRead():
            return env.entries[node.variable].facts[node.slot]
        case RuleRead():
            return env.values[node.rule][env.entries[node.variable].ordinal]
        case Constant():
            return node.value
        case ParameterRead():
            return node.parameter.value
        case Comparison():
            return _comparison(node, env)
        case Connective():
            return _connective(node, env)
        case Arithmetic():
            return _arithmetic(node, env)
        case Named():
            return evaluate(node.body, env)
        case Aggregate():
            return _aggregate(node, env)
        case Cases():
            return _agreed(possible_cases(node, env), env)
        case Division():
            return _division(node, env)
        case Not():
            value = evaluate(node.operand, env)
            return UNKNOWN if value is UNKNOWN else not value
        case Exceptions():
            return _exceptions(node, env)
        case Round():
            value = evaluate(node.operand, env)
            return UNKNOWN if value is UNKNOWN else round_to(_number(value), node.step, node.mode)
        case IsSet():
            return node.parameter.is_set
        case EntryRead():
            return ItemReference(node.scope, env.entries[node.variable].ordinal)
        case Through():
            return _through(node, env)
        case DecidedDay():
            return env.on
        case Undefined():
            return UNKNOWN
        case TableRead():
            key = evaluate(node.key, env)
            return UNKNOWN if key is UNKNOWN else _look_up(node, key)
        case Graduated():
            base = evaluate(node.base, env)
            return UNKNOWN if base is UNKNOWN else _graduated(node, _number(base))
        case Decision():
            return _decision(node, env)
        case Pick():
            return _pick(node, env)
        case Rank():
            return _rank(node, env)
        case Choose():
            return _choose(node, env)
        case DateFunction():
            return _date_function(node, env)
        case Extreme():
            numbers = [evaluate(operand, env) for operand in node.operands]
            return _extreme(node.function, numbers)
        case _:
            assert_never(node)


def _number(value: Value) -> Exact:
    if isinstance(value, int | Fraction):
        return value
    raise InternalError(f"a number was expected, found {type(value).__name__}")


def _day(value: Value) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    raise InternalError(f"a day was expected, found {type(value).__name__}")


# --- operators ---------------------------------------------------------------------------------------------------------


def _arithmetic(node: Arithmetic, env: Env) -> Value:
    """Unknown if an operand is; no reasoning from bounds (0 times unknown is unknown)."""
    left = evaluate(node.left, env)
    if left is UNKNOWN:
        return UNKNOWN
    right = evaluate(node.right, env)
    if right is UNKNOWN:
        return UNKNOWN
    one, other = _number(left), _number(right)
    result = one * other if node.operator == "*" else one + other if node.operator == "+" else one - other
    return result if isinstance(result, int) else exact(result)


def _division(node: Division, env: Env) -> Value:
    left = evaluate(node.left, env)
    right = evaluate(node.right, env)
    if right == 0 and node.if_zero is not None:
        return evaluate(node.if_zero, env)
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    return _quotient(_number(left), _number(right))


def _quotient(left: Exact, right: Exact) -> Exact:
    if isinstance(left, int) and isinstance(right, int):
        whole, rest = divmod(left, right)
        return whole if rest == 0 else Fraction(left, right)
    return exact(Fraction(left) / right)


def _comparison(node: Comparison, env: Env) -> Value:
    left = evaluate(node.left, env)
    if left is UNKNOWN:
        return UNKNOWN
    right = evaluate(node.right, env)
    if right is UNKNOWN:
        return UNKNOWN
    match node.operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right  # type: ignore[operator]  # the compiler admits only two numbers or two days
        case "<=":
            return left <= right  # type: ignore[operator]
        case ">":
            return left > right  # type: ignore[operator]
        case ">=":
            return left >= right  # type: ignore[operator]


def _connective(node: Connective, env: Env) -> Value:
    """Strong Kleene: one `no` settles `and`, one `yes` settles `or`, whatever else is unknown."""
    settles = node.operator == "or"
    result: Value = not settles
    for operand in node.operands:
        value = evaluate(operand, env)
        if value is settles:
            return settles
        if value is UNKNOWN:
            result = UNKNOWN
    return result


def _through(node: Through, env: Env) -> Value:
    reference = evaluate(node.reference, env)
    if reference is UNKNOWN or reference is NONE:
        return UNKNOWN
    assert isinstance(reference, ItemReference)
    if isinstance(node.target, RuleRead):
        return env.values[node.target.rule][reference.ordinal]
    return env.facts.items[reference.scope][reference.ordinal].facts[node.target.slot]


def _extreme(function: str, values: list[Value]) -> Value:
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    pick = min if function == "min" else max
    if isinstance(values[0], datetime.date):
        return pick(_day(value) for value in values)
    return pick(_number(value) for value in values)


# --- branches ----------------------------------------------------------------------------------------------------------


def possible_cases(node: Cases, env: Env) -> list[Node]:
    """The values that the cases can still have: after an unknown test the later ones stay possible, up to the first yes."""
    possible: list[Node] = []
    for branch in node.branches:
        test = evaluate(branch.test, env)
        if test is not False:
            possible.append(branch.value)
        if test is True:
            return possible
    possible.append(node.otherwise)
    return possible


def _agreed(nodes: list[Node], env: Env) -> Value:
    """The value that all nodes have; unknown when one is unknown or two differ."""
    first = evaluate(nodes[0], env)
    for node in nodes[1:]:
        if first is UNKNOWN or evaluate(node, env) != first:
            return UNKNOWN
    return first


def applying(branches: tuple[Branch, ...], env: Env) -> tuple[list[Branch], list[Branch]]:
    """The branches whose test holds, and those whose test is unknown."""
    tests = [(branch, evaluate(branch.test, env)) for branch in branches]
    return [b for b, test in tests if test is True], [b for b, test in tests if test is UNKNOWN]


def _exceptions(node: Exceptions, env: Env) -> Value:
    """The exception that applies, else the base; exceptions that apply (or may) and differ leave it unknown."""
    return _agreed(possible_exceptions(node, env), env)


def possible_exceptions(node: Exceptions, env: Env) -> list[Node]:
    """The values still possible: the exceptions that apply or may apply, and the base when none surely applies."""
    yes, maybe = applying(node.branches, env)
    return [branch.value for branch in (*yes, *maybe)] + ([] if yes else [node.base])


def is_conflict(node: Exceptions, env: Env) -> bool:
    """Whether two exceptions that surely apply have different known values."""
    yes, _ = applying(node.branches, env)
    values = [evaluate(branch.value, env) for branch in yes]
    known = [value for value in values if value is not UNKNOWN]
    return any(value != known[0] for value in known[1:])


def _decision(node: Decision, env: Env) -> Value:
    yes, maybe = applying(node.rows, env)
    if node.hit == "unique":
        possible = possible_rows(node, env)
        return _agreed([row.value for row in possible], env) if possible else UNKNOWN
    total: Exact = 0
    for row in (*yes, *maybe):
        value = evaluate(row.value, env)
        if value is UNKNOWN or (row in maybe and value != 0):
            return UNKNOWN
        total += _number(value)
    return total if isinstance(total, int) else exact(total)


def possible_rows(node: Decision, env: Env) -> list[Branch]:
    """The rows of a `unique` table that can still apply; a row marked impossible never does."""
    yes, maybe = applying(node.rows, env)
    return yes or [row for row in maybe if not (isinstance(row.value, Named) and isinstance(row.value.body, Undefined))]


def _choose(node: Choose, env: Env) -> Value:
    values = [evaluate(option, env) for option in node.options]
    if node.take == "highest":
        return _extreme("max", values)
    if node.take == "lowest":
        return _extreme("min", values)
    for value in values:
        if value is UNKNOWN or _number(value) > 0:
            return value
    return 0


def chosen_option(node: Choose, env: Env) -> Named | None:
    """The option that a choice used: the first with the value chosen; None while that is unknown or nothing was above zero."""
    value = evaluate(node, env)
    if value is UNKNOWN or (node.take == "first_above_zero" and value == 0):
        return None
    return next(option for option in node.options if evaluate(option, env) == value)


# --- lists -------------------------------------------------------------------------------------------------------------


def entries_of(read: ListRead, env: Env) -> tuple[Item, ...] | None:
    """The entries of a list, or None where the list is unknown."""
    found = env.entries[read.variable].lists[read.slot]
    return None if found is UNKNOWN else found


def meeting(read: ListRead, variable: int, condition: Node | None, env: Env) -> Iterator[tuple[Item, Value]]:
    """Each entry that meets the condition, or may (its test is then unknown), bound to `variable` while it is looked at."""
    for entry in entries_of(read, env) or ():
        env.entries[variable] = entry
        test: Value = True if condition is None else evaluate(condition, env)
        if test is not False:
            yield entry, test


def _aggregate(node: Aggregate, env: Env) -> Value:
    if entries_of(node.entries, env) is None:
        return UNKNOWN
    if node.function in ("any", "all"):
        return _any_or_all(node, env)
    if node.function in ("min", "max"):
        return _min_or_max(node, env)
    total: Exact = 0
    unknown = False
    for _, test in meeting(node.entries, node.variable, node.condition, env):
        if node.function == "count":
            unknown = unknown or test is UNKNOWN
            total += 1
            continue
        value = evaluate(node.value, env)
        if value is UNKNOWN or (test is UNKNOWN and value != 0):
            unknown = True
        elif value != 0:
            total += _number(value)
    return UNKNOWN if unknown else total if isinstance(total, int) else exact(total)


def _any_or_all(node: Aggregate, env: Env) -> Value:
    """any: or over (test and value); all: and over (not test or value)."""
    settles = node.function == "any"
    result: Value = not settles
    empty = True
    for _, test in meeting(node.entries, node.variable, node.condition, env):
        value = evaluate(node.value, env)
        empty = False
        if value is settles and test is True:
            return settles
        if value is UNKNOWN or value is settles:
            result = UNKNOWN
        elif test is UNKNOWN and node.function == "all" and node.if_empty is not None:
            result = _with_empty(result, node, env)
    if empty and node.function == "all":
        return _empty(node, env)
    return result


def _with_empty(result: Value, node: Aggregate, env: Env) -> Value:
    """`all` whose only entries may not count: known only if nothing at all means the same."""
    sure = any(test is True for _, test in meeting(node.entries, node.variable, node.condition, env))
    return result if sure or _empty(node, env) == result else UNKNOWN


def _empty(node: Aggregate, env: Env) -> Value:
    return UNKNOWN if node.if_empty is None else evaluate(node.if_empty, env)


def _min_or_max(node: Aggregate, env: Env) -> Value:
    values: list[Value] = []
    for _, test in meeting(node.entries, node.variable, node.condition, env):
        values.append(UNKNOWN if test is UNKNOWN else evaluate(node.value, env))
    return _extreme(node.function, values) if values else _empty(node, env)


def _ordered(node: Pick | Rank, env: Env) -> list[tuple[Value, Item]] | None:
    """The entries that meet the condition with their keys, best first; None where one is unknown."""
    if entries_of(node.entries, env) is None:
        return None
    keyed: list[tuple[Value, Item]] = []
    for entry, test in meeting(node.entries, node.variable, node.condition, env):
        key = evaluate(node.by, env)
        if test is UNKNOWN or key is UNKNOWN:
            return None
        keyed.append((key, entry))
    if node.tie == "listed_last":
        keyed.reverse()
    keyed.sort(key=_sort_key, reverse=node.order == "highest")
    return keyed


def _sort_key(pair: tuple[Value, Item]) -> Fraction:
    key = pair[0]
    return Fraction(key.toordinal()) if isinstance(key, datetime.date) else Fraction(_number(key))


def _pick(node: Pick, env: Env) -> Value:
    """The best entry; `reverse=True` keeps the order of equals, so the tie rule holds both ways."""
    ordered = _ordered(node, env)
    if ordered is None:
        return UNKNOWN
    return ItemReference(ordered[0][1].scope, ordered[0][1].ordinal) if ordered else NONE


def _rank(node: Rank, env: Env) -> Value:
    subject = env.entries[node.subject]
    ordered = _ordered(node, env)
    if ordered is None:
        return UNKNOWN
    for place, (key, entry) in enumerate(ordered, 1):
        if entry is subject:
            if node.tie == "shared":
                return next(first for first, (other, _) in enumerate(ordered, 1) if other == key)
            return place
    return evaluate(node.outside, env)


# --- tables and dates --------------------------------------------------------------------------------------------------


def _look_up(node: TableRead, key: Value) -> Value:
    match node.parameter.shape:
        case Table(rows, past_end):
            found = next((amount for row, amount in rows if row == key), None)
            if found is not None:
                return found
            last, amount = rows[-1]
            if isinstance(last, int) and isinstance(key, int) and key > last and past_end != "undefined":
                if past_end == "last":
                    return amount
                further = amount + _number(past_end) * (key - last)
                return further if isinstance(further, int) else exact(further)
            return UNKNOWN
        case Bands(bands, rest):
            number = _number(key)
            return next((amount for below, amount in bands if number < below), UNKNOWN if rest is None else rest)
        case _:
            return UNKNOWN


def _graduated(node: Graduated, base: Exact) -> Value:
    """Each part of `base` above a bracket's start, up to the next one's, times its rate."""
    if not isinstance(node.parameter.shape, Scale):
        return UNKNOWN
    brackets = node.parameter.shape.brackets
    total = Fraction(0)
    for index, (above, rate) in enumerate(brackets):
        top = brackets[index + 1][0] if index + 1 < len(brackets) else base
        part = min(base, top) - above
        if part > 0:
            total += part * Fraction(rate)
    return exact(total)


def _date_function(node: DateFunction, env: Env) -> Value:
    values = [evaluate(argument, env) for argument in node.arguments]
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    first = _day(values[0])
    match node.function:
        case "age":
            assert node.age_rule is not None
            return calendar.age_years(first, _day(values[1]), node.age_rule)
        case "months_between":
            return calendar.months_between(first, _day(values[1]))
        case "years_before":
            return calendar.years_before(first, int(_number(values[1])))
        case "months_before":
            return calendar.months_before(first, int(_number(values[1])))
        case "start_of_month":
            return calendar.start_of_month(first)
        case "start_of_year":
            return calendar.start_of_year(first)
