"""The typed form of a program → its scaled form: whole numbers only, everything settled that can be.

Parameters and the day decided are constants here; what they settle is worked out, so that a branch of another payment
method, or an age reached by a day, costs nothing later. A rule keeps its meaning exactly, with unknown and none.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, assert_never, cast

from civil_aid_rules.compiler import legal_shapes
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.compiler.list_forms import (
    THROUGH,
    Listed,
    by_one_divisor,
    condition_over,
    count,
    extreme_over,
    stands_alone,
    total,
)
from civil_aid_rules.compiler.scaled_numbers import UNKNOWN_NUMBER, Number, Numbers, exact_number
from civil_aid_rules.compiler.simplify import (
    NO,
    NOTHING_KNOWN,
    YES,
    Order,
    calculated,
    chosen,
    compared,
    connected,
    divisor,
    extreme,
    of_days,
    opposite,
    product,
)
from civil_aid_rules.facts.vocabulary import FactField, Vocabulary
from civil_aid_rules.ir import scaled
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
from civil_aid_rules.ir.reads import target_scope
from civil_aid_rules.ir.scaled import Kind, Scaled, ScaledProgram, ScaledRule, parts, renamed
from civil_aid_rules.ir.types import DateType, GroupType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.ir.values import NONE, ItemReference, Value
from civil_aid_rules.quantities.working_days import WorkingCalendar

Lowered = Number | Scaled
"""What a node becomes: a number with its scale and divisors, or anything else as one node."""


def lower(program: Program, vocabulary: Vocabulary) -> ScaledProgram:
    """The program in scaled form."""
    return lower_with_conditions(program, vocabulary)[0]


def lower_with_conditions(
    program: Program, vocabulary: Vocabulary
) -> tuple[ScaledProgram, Callable[[Rule, Node], Scaled], Callable[[Scaled], bool]]:
    """The program in scaled form; the scaled form of any condition of its rules; whether a node may be none."""
    shared = _lowered(program, vocabulary)

    def condition(rule: Rule, node: Node) -> Scaled:
        return _Lowering(shared, _own_places(rule)).condition(node)

    return ScaledProgram(tuple(shared.rules)), condition, shared.may_be_none


def settled_tests(program: Program, vocabulary: Vocabulary) -> tuple[SettledTest, ...]:
    """The tests of branches that no record can make come out otherwise, by the limits of what they read."""
    return tuple(_lowered(program, vocabulary).settled)


def _lowered(program: Program, vocabulary: Vocabulary) -> _Shared:
    rules: list[ScaledRule] = []
    shared = _Shared(program, vocabulary, rules, {}, Intervals(vocabulary, rules), [], [], [])
    for rule in program.rules:
        made = _Lowering(shared, _own_places(rule)).rule(rule)
        rules.append(made)
        shared.none_possible.append(any(shared.may_be_none(node) for node in (made.value, made.assumed) if node))
    return shared


@dataclass(frozen=True, slots=True)
class SettledTest:
    """A branch of a rule whose test always or never holds, though it reads the record."""

    rule: Rule
    branch: Branch
    holds: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What a variable of a typed rule stands for: the scaled variable, the list's path, all variables down to it."""

    variable: int
    scope: str
    chain: tuple[int, ...]


def _own_places(rule: Rule) -> dict[int, Place]:
    """The record, and an entry of each list on the way to the rule's own."""
    parts = rule.scope.split(".") if rule.scope else []
    return {depth: Place(depth, ".".join(parts[:depth]), tuple(range(depth + 1))) for depth in range(len(parts) + 1)}


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the rules of one program share; `divisors` has the divisors of each rule by slot, where it has some.

    `none_possible` says of each rule so far whether it can be known to be none.
    """

    program: Program
    vocabulary: Vocabulary
    rules: list[ScaledRule]
    divisors: dict[int, tuple[Scaled, ...]]
    intervals: Intervals
    settled: list[SettledTest]
    rule_at_hand: list[Rule]
    none_possible: list[bool]

    def may_be_none(self, node: Scaled) -> bool:
        """Whether a node's value can be known to be none."""
        match node:
            case scaled.Constant(value):
                return value is NONE
            case scaled.FactRead(scope=scope, slot=slot):
                return self.fact(scope, slot).may_be_none
            case scaled.RuleRead(rule=slot, part=part):
                return part == "value" and self.none_possible[slot]
            case scaled.Through(target=inner) | scaled.Given(value=inner):
                return self.may_be_none(inner)
            case scaled.If(then=then, otherwise=otherwise):
                return self.may_be_none(then) or self.may_be_none(otherwise)
            case scaled.Agreement(branches=branches, base=base):
                return any(self.may_be_none(value) for value in (*(value for _, value in branches), base) if value)
            case scaled.Pick():
                return True
            case _:
                return False

    def fact(self, scope: str, slot: int) -> FactField:
        """What the record model says of a fact."""
        return list(self.vocabulary.scopes[scope].facts.values())[slot]


@dataclass(frozen=True, slots=True)
class _Lowering:
    """One rule, or what stands within a list of it; `places` has what each variable stands for."""

    shared: _Shared
    places: dict[int, Place]

    @property
    def numbers(self) -> Numbers:
        """Arithmetic, with what may be none here."""
        return Numbers(self.shared.may_be_none)

    def rule(self, rule: Rule) -> ScaledRule:
        """A rule with its scale, divisor and kind."""
        self.shared.rule_at_hand[:] = [rule]
        item, assumed = self.number(rule.body), None
        if rule.assumed is not None:
            taken = _as_number(self.constant(rule.assumed.value))
            (n, assumed), scale, divisors = self.numbers.aligned([item, taken])
            item = Number(n, scale, divisors)
        if item.divisors:
            self.shared.divisors[rule.slot] = item.divisors
        divisor = product(item.divisors) if item.divisors else None
        entries = rule.type.scope if isinstance(rule.type, ItemType) else ""
        return ScaledRule(
            rule.slot, rule.key, rule.scope, _kind(rule.type), item.scale, item.n, divisor, assumed, entries
        )

    def lowered(self, node: Node) -> Lowered:
        """The scaled form of a node."""
        match node:
            case Constant(value):
                return self.constant(value)
            case DecidedDay():
                return scaled.Constant(self.shared.program.on.toordinal())
            case Undefined():
                return NOTHING_KNOWN
            case FactRead() | RuleRead() | EntryRead() | Through():
                return self._read(node)
            case ParameterRead(parameter):
                return self.constant(parameter.value)
            case IsSet(parameter):
                return scaled.Constant(parameter.is_set)
            case TableRead(parameter, key):
                return legal_shapes.row(self.numbers, parameter.shape, self.number(key))
            case Graduated(parameter, base):
                return legal_shapes.graduated(self.numbers, parameter.shape, self.number(base))
            case Arithmetic(sign, left, right):
                one, other = self.number(left), self.number(right)
                return self.numbers.multiplied(one, other) if sign == "*" else self.numbers.added(sign, one, other)
            case Division(left, right, if_zero):
                return self._division(self.number(left), self.number(right), if_zero)
            case Comparison(sign, left, right):
                return self._comparison(sign, self.lowered(left), self.lowered(right))
            case Connective(how, operands):
                return connected(how, [self.condition(operand) for operand in operands])
            case Not(operand):
                return opposite(self.condition(operand))
            case Named(body=body):
                return self.lowered(body)
            case Cases(branches, otherwise):
                return self._cases(branches, otherwise)
            case Exceptions(base, branches):
                values = [self.lowered(branch.value) for branch in branches]
                return self._agreement("exceptions", branches, [*values, self.lowered(base)])
            case Decision(hit, rows):
                return self._unique(rows) if hit == "unique" else self._collected(rows)
            case Choose(take, options):
                return self._choice(take, [self.lowered(option) for option in options])
            case Aggregate():
                return self._aggregate(node)
            case Pick() | Rank():
                return self._placed(node)
            case Round(operand, step, mode):
                return self.numbers.rounded(self.number(operand), step, mode)
            case DateFunction():
                return self._date_function(node)
            case Extreme(function, operands):
                return self._extreme(function, [self.lowered(operand) for operand in operands])
            case _:
                assert_never(node)

    def number(self, node: Node) -> Number:
        """A node that is a number, or nothing but unknown or none."""
        return _as_number(self.lowered(node))

    def plain(self, node: Node) -> Scaled:
        """A node that is a condition, a day, a text or an entry."""
        return _as_number(self.lowered(node)).n

    def condition(self, node: Node) -> Scaled:
        """A condition, or a day; unknown where it is none."""
        return self.numbers.present(self.plain(node))

    def constant(self, value: Value) -> Lowered:
        """A known value, unknown, or none."""
        match value:
            case int() | Fraction() if not isinstance(value, bool):
                return exact_number(value)
            case datetime.date():
                return scaled.Constant(value.toordinal())
            case ItemReference(_, ordinal):
                return scaled.Constant(ordinal)
            case _:
                return scaled.Constant(value)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _read(self, node: FactRead | RuleRead | EntryRead | Through) -> Lowered:
        match node:
            case EntryRead(variable):
                return scaled.EntryRead(self.places[variable].variable, self.places[variable].scope)
            case FactRead(variable):
                place = self.places[variable]
                return self._fact(scaled.FactRead(place.variable, place.scope, node.slot), node.type)
            case RuleRead(variable, slot):
                return self._rule(self.places[variable], slot)
            case Through(reference, target):
                return self._through(self.condition(reference), reference, target)

    def _fact(self, read: scaled.FactRead, type_: Type) -> Lowered:
        if not isinstance(type_, NumberType):
            return read
        return Number(read, self.shared.fact(read.scope, read.slot).limits.scale)

    def _rule(self, place: Place, slot: int) -> Lowered:
        rule = self.shared.rules[slot]
        settled = isinstance(rule.value, scaled.Constant) and rule.assumed is None
        read = rule.value if settled else scaled.RuleRead(place.variable, slot)
        if rule.kind != "number":
            return read
        divisors = self.shared.divisors.get(slot, ())
        if place.variable >= scaled.FREE and any(map(_runs_through_a_list, divisors)):
            return Number(read, rule.scale, (scaled.RuleRead(place.variable, slot, "divisor"),))
        here = dict(enumerate(place.chain))
        return Number(read, rule.scale, tuple(renamed(part, here) for part in divisors))

    def _through(self, reference: Scaled, node: Node, target: FactRead | RuleRead) -> Lowered:
        scope = target_scope(node, self.shared.program)
        if isinstance(target, FactRead):
            found = self._fact(scaled.FactRead(THROUGH, scope, target.slot), target.type)
            read = _as_number(found).n
            through = scaled.Through(reference, scope, cast("scaled.FactRead", read))
            return replace(found, n=through) if isinstance(found, Number) else through
        rule = self.shared.rules[target.rule]
        value = scaled.Through(reference, scope, scaled.RuleRead(THROUGH, target.rule))
        if rule.kind != "number":
            return value
        below = scaled.Through(reference, scope, scaled.RuleRead(THROUGH, target.rule, "divisor"))
        return Number(value, rule.scale, () if rule.divisor is None else (divisor(below),))

    # --- operators --------------------------------------------------------------------------------------------------

    def _division(self, left: Number, right: Number, if_zero: Node | None) -> Lowered:
        zero = compared("==", self.numbers.present(right.n), scaled.Constant(0))
        negative = self._may_be_negative(right.n)
        found = UNKNOWN_NUMBER if zero == YES else self.numbers.quotient(left, right, may_be_negative=negative)
        return found if if_zero is None else self._chosen(zero, self.lowered(if_zero), found)

    def _may_be_negative(self, n: Scaled) -> bool:
        return self.shared.intervals.of(n).least < 0

    def _comparison(self, sign: Order, left: Lowered, right: Lowered) -> Scaled:
        one, other = self._alike([left, right])
        if sign in ("==", "!="):
            return compared(sign, one, other)
        return compared(sign, self.numbers.present(one), self.numbers.present(other))

    def _alike(self, values: Sequence[Lowered]) -> list[Scaled]:
        """Values that can be compared: numbers by one scale, all others as they are."""
        return self.numbers.aligned([_as_number(value) for value in values])[0]

    def _joined(self, values: Sequence[Lowered], join: Callable[[list[Scaled]], Scaled]) -> Lowered:
        """One node of alternatives: a number where they are numbers."""
        return self.numbers.joined([_as_number(value) for value in values], join)

    def _chosen(self, test: Scaled, then: Lowered, otherwise: Lowered) -> Lowered:
        if test == YES:
            return then
        if test == NO:
            return otherwise
        return self._joined([then, otherwise], lambda found: chosen(test, *found))

    def _extreme(self, function: Literal["min", "max"], operands: Sequence[Lowered]) -> Lowered:
        return self._joined(operands, lambda found: extreme(function, [self.numbers.present(item) for item in found]))

    def _test(self, branch: Branch) -> Scaled:
        """The condition of a branch; one that limits settle, and no legal value alone, is noted."""
        test = self.condition(branch.test)
        if not isinstance(test, scaled.Constant):
            held = self.shared.intervals.of(test)
            if held.least == 1 or held.most == 0:
                self.shared.settled.append(SettledTest(self.shared.rule_at_hand[0], branch, held.least == 1))
        return test

    # --- branches ---------------------------------------------------------------------------------------------------

    def _cases(self, branches: Sequence[Branch], otherwise: Node) -> Lowered:
        tests = [self._test(branch) for branch in branches]
        found: Lowered | None = None
        for test, branch in reversed(list(zip(tests, branches, strict=True))):
            if test == YES:
                found = self.lowered(branch.value)
            elif test != NO:
                found = self.lowered(otherwise) if found is None else found
                found = self._chosen(test, self.lowered(branch.value), found)
        return self.lowered(otherwise) if found is None else found

    def _agreement(
        self, hit: Literal["exceptions", "unique"], branches: Sequence[Branch], values: Sequence[Lowered]
    ) -> Lowered:
        tests = [self._test(branch) for branch in branches]
        if hit == "exceptions" and len(tests) == 1:
            return self._chosen(tests[0], *values)

        def join(found: list[Scaled]) -> Scaled:
            left = [(test, value) for test, value in zip(tests, found, strict=False) if test != NO]
            return scaled.Agreement(hit, tuple(left), found[-1] if hit == "exceptions" else None)

        return self._joined(values, join)

    def _unique(self, rows: Sequence[Branch]) -> Lowered:
        possible = [row for row in rows if not is_impossible(row)]
        found = self._agreement("unique", possible, [self.lowered(row.value) for row in possible])
        never = [(self.condition(row.test), None) for row in rows if is_impossible(row)]
        item = _as_number(found)
        assert isinstance(item.n, scaled.Agreement)
        return replace(item, n=replace(item.n, branches=(*item.n.branches, *never)))

    def _collected(self, rows: Sequence[Branch]) -> Lowered:
        total: Number = exact_number(0)
        for row in rows:
            test = self.condition(row.test)
            if is_impossible(row):
                never = scaled.Agreement("unique", ((test, None), (opposite(test), scaled.Constant(0))), None)
                added: Lowered = never
            else:
                added = self._chosen(test, self.lowered(row.value), exact_number(0))
            total = self.numbers.added("+", total, _as_number(added))
        return total

    def _choice(self, take: str, options: Sequence[Lowered]) -> Lowered:
        if take != "first_above_zero":
            return self._extreme("max" if take == "highest" else "min", options)
        found: Lowered = exact_number(0)
        for option in reversed(options):
            item = _as_number(option)
            item = replace(item, n=self.numbers.present(item.n))
            found = self._chosen(compared(">", item.n, scaled.Constant(0)), item, found)
        return found

    # --- lists and days ---------------------------------------------------------------------------------------------

    def _entered(self, node: Aggregate | Pick | Rank) -> tuple[_Lowering, scaled.ListRead, int]:
        """Within a list: what its entry is called there, and how rules are lowered that read it."""
        listed = self.places[node.entries.variable]
        depth = node.entries.scope.count(".") + 1
        above = {self.places[variable].variable for variable in stands_alone(node)}
        own = listed.chain == tuple(range(depth)) and above <= set(listed.chain)
        used = {place.variable for place in self.places.values() if place.variable >= scaled.FREE}
        variable = depth if own else max(used, default=scaled.FREE - 1) + 1
        place = Place(variable, node.entries.scope, (*listed.chain, variable))
        inner = _Lowering(self.shared, {**self.places, node.variable: place})
        return inner, scaled.ListRead(listed.variable, node.entries.scope, node.entries.slot), variable

    def _aggregate(self, node: Aggregate) -> Lowered:
        inner, entries, variable = self._entered(node)
        condition = None if node.condition is None else inner.condition(node.condition)
        listed = Listed(entries, variable, None if condition == YES else condition)
        if node.function == "count":
            return count(listed)
        value = inner.number(node.value)
        if_empty = NOTHING_KNOWN if node.if_empty is None else self.lowered(node.if_empty)
        match node.function:
            case "sum":
                return total(self.numbers, listed, value)
            case "any" | "all":
                holds = self.numbers.present(value.n)
                return condition_over(node.function, listed, holds, _as_number(if_empty).n)
            case "min" | "max":
                return extreme_over(self.numbers, listed, node.function, value, _as_number(if_empty))
            case _:
                assert_never(node.function)

    def _placed(self, node: Pick | Rank) -> Lowered:
        inner, entries, variable = self._entered(node)
        condition = None if node.condition is None else inner.condition(node.condition)
        listed = Listed(entries, variable, None if condition == YES else condition)
        by = inner.number(node.by)
        key, _ = by_one_divisor(listed, replace(by, n=self.numbers.present(by.n)))
        highest, last = node.order == "highest", node.tie == "listed_last"
        if isinstance(node, Pick):
            return scaled.Pick(entries, variable, listed.condition, key, highest, last)
        subject, shared = self.places[node.subject].variable, node.tie == "shared"
        place = scaled.Rank(entries, subject, variable, listed.condition, key, highest, last, shared)
        outside = compared("==", place, scaled.Constant(0))
        return self._chosen(outside, self.lowered(node.outside), Number(place))

    def _date_function(self, node: DateFunction) -> Lowered:
        first = self.condition(node.arguments[0])
        count = self.numbers.whole(self.number(node.arguments[1])) if len(node.arguments) > 1 else None
        shape = None if node.calendar is None else node.calendar.shape
        assert shape is None or isinstance(shape, WorkingCalendar)
        match node.function:
            case "age" | "months_between":
                days = (first, self.condition(node.arguments[1]))
                return Number(of_days(scaled.DayFunction(node.function, days, node.age_rule)))
            case "start_of_month" | "start_of_year" | "next_working_day":
                return of_days(scaled.DayFunction(node.function, (first,), None, shape))
            case "years_before" | "months_before" | "months_after" | "days_after" | "working_days_after":
                assert count is not None
                times = {"years_before": 12, "months_after": -1}.get(node.function, 1)
                name: scaled.DayFunctionName = (
                    node.function if node.function in ("days_after", "working_days_after") else "months_before"
                )
                moved = calculated("*", count, scaled.Constant(times))
                return of_days(scaled.DayFunction(name, (first, moved), None, shape))
            case _:
                assert_never(node.function)


def is_impossible(row: Branch) -> bool:
    """Whether a row of a decision table says that it cannot occur."""
    return isinstance(row.value, Named) and isinstance(row.value.body, Undefined)


def _runs_through_a_list(node: Scaled) -> bool:
    return isinstance(node, scaled.Fold | scaled.Pick | scaled.Rank) or any(map(_runs_through_a_list, parts(node)))


def _as_number(value: Lowered) -> Number:
    return value if isinstance(value, Number) else Number(value)


def _kind(type_: Type) -> Kind:
    match type_:
        case NumberType():
            return "number"
        case DateType():
            return "day"
        case TextType():
            return "text"
        case ItemType():
            return "entry"
        case YesNoType() | GroupType():
            return "yes_no"
        case _:
            assert_never(type_)
