"""Random well-typed programs over `Family`, made of the typed nodes themselves: every kind, nested, in any scope.

A program is as one that the compiler has passed: rules in order, each reading those before it; no test or condition is
known to be none; a divisor that can be zero says what holds then.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any, Literal

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.facts.vocabulary import FactField, Vocabulary, read_vocabulary
from civil_aid_rules.ir import nodes as n
from civil_aid_rules.ir.parameters import Bands, ParameterValue, Scale, Table
from civil_aid_rules.ir.program import Assumed, Outcome, Program, Rule
from civil_aid_rules.ir.types import DateType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.ir.values import NONE, UNKNOWN, Exact, Known, Value
from civil_aid_rules.quantities.calendar import AgeRule, Period
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.quantities.working_days import WorkingCalendar
from civil_aid_rules.source import SourceSpan
from tests.differential.record import Family

ON = datetime.date(2016, 4, 1)
Kind = Literal["number", "yes_no", "day", "text", "entry"]
SCOPES = ("", "people", "people.bills", "assets")
NUMBER, TEXT = NumberType(Unit()), TextType(("red", "green", "blue"))
AT = SourceSpan("random.yaml", 1, 1)
TITLE = Bilingual(en="random", zh="随机")
NUMBERS: tuple[Exact, ...] = (0, 1, 2, 3, 7, -1, 12, 100, Fraction(1, 2), Fraction(1, 3), Fraction(13, 200), 10**7)
STEPS: tuple[Exact, ...] = (Fraction(1, 100), 1, Fraction(1, 2), 10, Fraction(1, 20))
YEARS = frozenset(range(1890, 2030))


@cache
def vocabulary() -> Vocabulary:
    """What random programs may name."""
    return read_vocabulary(Family)


@dataclass(slots=True)
class RandomProgram:
    """One program in the making. `variables` has the list of each variable of the rule at hand."""

    random: Random
    rules: list[Rule] = field(default_factory=list)
    variables: dict[int, str] = field(default_factory=dict)
    scope: str = ""
    most: int = 0

    def program(self, rules: int = 14) -> Program:
        """The whole program."""
        for slot in range(rules):
            self._rule(slot)
        valid, outcome = Period(None, None), Outcome(None, 0, None, (), ())
        digest = f"random {self.random.random()}"
        return Program(
            "random", TITLE, "family", ON, None, None, valid, None, tuple(self.rules), outcome, (), (), (), (), digest
        )

    def _rule(self, slot: int) -> None:
        self.scope = self.random.choice(("", "", *SCOPES))
        lists = self.scope.split(".") if self.scope else []
        self.variables = {depth: ".".join(lists[:depth]) for depth in range(len(lists) + 1)}
        self.most = len(self.variables)
        kind: Kind = self.random.choice(("number", "number", "yes_no", "day", "text", "entry"))
        type_, body = self._typed(kind, self.random.choice((2, 3, 4)))
        if kind == "number" and self.random.randrange(3) == 0:
            mode: Any = self.random.choice(("half_up", "half_even", "up", "down"))
            step = self.random.choice(STEPS)
            if self._one_in(2):  # half a fen
                body, step = n.Division(self._read("number", in_fen=True), n.Constant(2), None), Fraction(1, 100)
            body = n.Round(body, step, mode, ())
        assumed = Assumed(self._known(kind), ()) if kind in ("number", "yes_no") and self._one_in(5) else None
        self.rules.append(
            Rule(
                f"random.rule_{slot}", slot, self.scope, self.most, type_, TITLE, None, (), body, assumed, False, (),
                ON, AT, "", None, False,
            )
        )  # fmt: skip

    def _typed(self, kind: Kind, depth: int) -> tuple[Type, n.Node]:
        if kind == "entry":
            scope = self.random.choice([scope for scope in SCOPES[1:] if self._lists_to(scope)])
            return ItemType(scope), self.entry(scope, depth)
        types: dict[str, Type] = {"number": NUMBER, "yes_no": YesNoType(), "day": DateType(), "text": TEXT}
        return types[kind], self.node(kind, depth)

    def _one_in(self, times: int) -> bool:
        return self.random.randrange(times) == 0

    def _known(self, kind: Kind) -> Known:
        values: dict[str, tuple[Known, ...]] = {
            "number": NUMBERS,
            "yes_no": (True, False),
            "day": (ON, datetime.date(1960, 2, 29), datetime.date(2015, 12, 31)),
            "text": ("red", "green", "blue"),
        }
        return self.random.choice(values[kind])

    # --- nodes of each kind -----------------------------------------------------------------------------------------

    def node(self, kind: Kind, depth: int) -> n.Node:
        """A node of a kind, at most so deep."""
        if depth <= 0:
            return self._leaf(kind)
        makers: dict[str, list[Callable[[int], n.Node]]] = {
            "number": [
                self._arithmetic, self._arithmetic, self._division, self._division, self._aggregate_number,
                self._choose, self._extreme, self._table, self._graduated, self._age, self._collect, self._rank,
                self._aggregate_number,
            ],
            "yes_no": [self._comparison, self._comparison, self._connective, self._not, self._aggregate_condition],
            "day": [self._day],
            "text": [],
        }  # fmt: skip
        shared: list[Callable[[int], n.Node]] = [
            lambda d: self._cases(kind, d),
            lambda d: self._exceptions(kind, d),
            lambda d: self._unique(kind, d),
            lambda d: n.Named("line", "named", self.node(kind, d - 1), None, (), AT),
            lambda d: self._through(kind, d),
            lambda d: self._leaf(kind),
        ]
        return self.random.choice([*makers[kind], *shared])(depth)

    def condition(self, depth: int) -> n.Node:
        """A condition that is never none."""
        return self.node("yes_no", depth)

    def _leaf(self, kind: Kind) -> n.Node:
        choices: list[Callable[[], n.Node]] = [
            lambda: n.Constant(self._known(kind)),
            lambda: self._read(kind),
            lambda: self._read(kind),
            lambda: self._rule_read(kind),
            lambda: self._rule_read(kind),
            lambda: n.ParameterRead(parameter(UNKNOWN if self._one_in(4) else self._known(kind))),
            lambda: n.Undefined() if self._one_in(3) else self._read(kind),
        ]
        if kind == "yes_no":
            choices.append(lambda: n.IsSet(parameter(self.random.choice((UNKNOWN, 1)))))
        if kind == "day":
            choices.append(n.DecidedDay)
        return self.random.choice(choices)()

    def _read(self, kind: Kind, *, in_fen: bool = False) -> n.Node:
        """A fact of an entry at hand; `in_fen`: an amount."""
        types = {"number": NumberType, "yes_no": YesNoType, "day": DateType, "text": TextType}
        found = [
            (variable, fact)
            for variable, scope in self.variables.items()
            for fact in vocabulary().scopes[scope].facts.values()
            if isinstance(fact.type, types[kind]) and not (kind == "yes_no" and fact.may_be_none)
            if not in_fen or fact.limits.scale == 100
        ]
        if not found:
            return n.Constant(self._known(kind))
        variable, fact = self.random.choice(found)
        return fact_read(variable, fact)

    def _rule_read(self, kind: Kind) -> n.Node:
        types = {"number": NumberType, "yes_no": YesNoType, "day": DateType, "text": TextType}
        found = [
            (variable, rule.slot)
            for variable, scope in self.variables.items()
            for rule in self.rules
            if rule.scope == scope and isinstance(rule.type, types[kind])
        ]
        return n.RuleRead(*self.random.choice(found)) if found else self._read(kind)

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _arithmetic(self, depth: int) -> n.Node:
        return n.Arithmetic(
            self.random.choice(("+", "-", "*")), self.node("number", depth - 1), self.node("number", depth - 1)
        )

    def _division(self, depth: int) -> n.Node:
        left = self.node("number", depth - 1)
        if self._one_in(4):
            return n.Division(left, n.Constant(self.random.choice([number for number in NUMBERS if number])), None)
        return n.Division(left, self.node("number", depth - 1), self.node("number", depth - 2))

    def _choose(self, depth: int) -> n.Node:
        options = tuple(n.Named("option", f"o{i}", self.node("number", depth - 1), None, (), AT) for i in range(2))
        return n.Choose(self.random.choice(("highest", "lowest", "first_above_zero")), options)

    def _extreme(self, depth: int) -> n.Node:
        parts = tuple(self.node("number", depth - 1) for _ in range(self.random.choice((2, 2, 3))))
        return n.Extreme(self.random.choice(("min", "max")), parts)

    def _table(self, depth: int) -> n.Node:
        if self._one_in(4):
            rows: tuple[tuple[int | str, Exact], ...] = (("red", 3), ("green", Fraction(5, 2)))
            return n.TableRead(parameter(UNKNOWN, Table(rows)), self.node("text", depth - 1))
        key = self.node("number", depth - 1)
        past: Any = self.random.choice(("last", "undefined", Fraction(7, 2)))
        shapes = (
            Table(((1, 300), (2, Fraction(481, 2)), (4, 600)), past),
            Bands(((0, 10), (Fraction(3, 2), 20), (100, Fraction(61, 2))), self.random.choice((None, 40))),
            None,
        )
        return n.TableRead(parameter(UNKNOWN, self.random.choice(shapes)), key)

    def _graduated(self, depth: int) -> n.Node:
        scale = Scale(((0, Fraction(1, 10)), (Fraction(601, 2), Fraction(1, 4)), (1000, 1)))
        shape = None if self._one_in(6) else scale
        return n.Graduated(parameter(UNKNOWN, shape), self.node("number", depth - 1))

    def _age(self, depth: int) -> n.Node:
        days = (self.node("day", depth - 1), self.node("day", depth - 1))
        if self._one_in(3):
            return n.DateFunction("months_between", days, None)
        reached: Any = self.random.choice(("birthday", "day_after", "month_of", "month_after"))
        rule = AgeRule(reached, self.random.choice(("feb28", "mar1")))
        return n.DateFunction("age", (days[0], n.DecidedDay() if self._one_in(2) else days[1]), rule)

    def _age_today(self) -> n.Node:
        """The age, or how long something lasts, on the day decided."""
        day = self._read("day")
        if self._one_in(2):
            since = n.DateFunction("start_of_month", (day,), None)
            return n.DateFunction("months_between", (since, n.DecidedDay()), None)
        return n.DateFunction("age", (day, n.DecidedDay()), AgeRule("birthday", "mar1"))

    def _collect(self, depth: int) -> n.Node:
        return n.Decision("collect", tuple(self._row("number", depth, i) for i in range(self.random.choice((1, 2, 3)))))

    def _row(self, kind: Kind, depth: int, place: int) -> n.Branch:
        value: n.Node = n.Undefined() if self._one_in(6) else self.node(kind, depth - 1)
        return n.Branch(self.condition(depth - 1), n.Named("row", f"r{place}", value, None, (), AT))

    def _rank(self, depth: int) -> n.Node:
        own = len(self.scope.split(".")) if self.scope else 0
        if not own or self.variables.get(own) != self.scope:
            return self._arithmetic(depth)
        read, variable, condition, by = self._list_of(own - 1, self.scope, depth)
        tie: Any = self.random.choice(("listed_first", "listed_last", "shared"))
        outside = self.node("number", depth - 2)
        return n.Rank(read, own, variable, condition, by, self.random.choice(("highest", "lowest")), tie, outside)

    # --- conditions and days ----------------------------------------------------------------------------------------

    def _comparison(self, depth: int) -> n.Node:
        kind: Kind = self.random.choice(("number", "number", "day", "text"))
        if self._one_in(5):
            limit = n.Constant(self.random.choice((0, 1, 2, 18, 60)))
            return n.Comparison(self.random.choice(("<", "<=", ">", ">=")), self._age_today(), limit)
        left, right = self.node(kind, depth - 1), self.node(kind, depth - 1)
        if self._one_in(4):
            return n.Comparison(self.random.choice(("==", "!=")), self._may_be_none(kind), n.Constant(NONE))
        if self._one_in(5):
            scope = self.random.choice([scope for scope in SCOPES[1:] if self._lists_to(scope)])
            return n.Comparison("==", self.entry(scope, depth - 1), self.entry(scope, depth - 1))
        signs: Any = ("==", "!=") if kind == "text" else ("<", "<=", ">", ">=", "==", "!=")
        return n.Comparison(self.random.choice(signs), left, right)

    def _may_be_none(self, kind: Kind) -> n.Node:
        found = [
            (variable, fact)
            for variable, scope in self.variables.items()
            for fact in vocabulary().scopes[scope].facts.values()
            if fact.may_be_none
        ]
        return fact_read(*self.random.choice(found)) if found else self._read(kind)

    def _connective(self, depth: int) -> n.Node:
        parts = tuple(self.condition(depth - 1) for _ in range(self.random.choice((2, 2, 3, 4))))
        return n.Connective(self.random.choice(("and", "or")), parts)

    def _not(self, depth: int) -> n.Node:
        return n.Not(self.condition(depth - 1))

    def _day(self, depth: int) -> n.Node:
        day, count = self.node("day", depth - 1), self.node("number", depth - 2)
        function: Any = self.random.choice(
            ("years_before", "months_before", "months_after", "days_after", "start_of_month", "start_of_year",
             "working_days_after", "next_working_day")
        )  # fmt: skip
        shape = WorkingCalendar(YEARS, frozenset({datetime.date(2016, 4, 4)}), frozenset({datetime.date(2016, 4, 9)}))
        calendar = parameter(UNKNOWN, shape) if "working" in function else None
        if function in ("start_of_month", "start_of_year", "next_working_day"):
            return n.DateFunction(function, (day,), None, calendar)
        few = (
            n.Constant(self.random.choice((-1, 0, 1, 5, 13, 40))) if self._one_in(2) or calendar is not None else count
        )
        return n.DateFunction(function, (day, few), None, calendar)

    # --- branches ---------------------------------------------------------------------------------------------------

    def _cases(self, kind: Kind, depth: int) -> n.Node:
        branches = tuple(
            n.Branch(self.condition(depth - 1), self._none_or(kind, depth - 1))
            for _ in range(self.random.choice((1, 2, 3)))
        )
        return n.Cases(branches, self.node(kind, depth - 1))

    def _none_or(self, kind: Kind, depth: int) -> n.Node:
        """A value; of a day or text now and then none."""
        return n.Constant(NONE) if kind in ("day", "text") and self._one_in(6) else self.node(kind, depth)

    def _exceptions(self, kind: Kind, depth: int) -> n.Node:
        branches = tuple(
            n.Branch(self.condition(depth - 1), n.Named("exception", f"x{i}", self.node(kind, depth - 1), None, (), AT))
            for i in range(self.random.choice((1, 2, 2, 3)))
        )
        return n.Exceptions(self.node(kind, depth - 1), branches)

    def _unique(self, kind: Kind, depth: int) -> n.Node:
        return n.Decision("unique", tuple(self._row(kind, depth, i) for i in range(self.random.choice((1, 2, 3)))))

    # --- lists ------------------------------------------------------------------------------------------------------

    def _lists_to(self, scope: str) -> list[int]:
        """The variables that have this list."""
        above = scope.rpartition(".")[0]
        return [variable for variable, here in self.variables.items() if here == above]

    def _listed(self, depth: int) -> tuple[n.ListRead, int, n.Node | None, str]:
        scope = self.random.choice([scope for scope in SCOPES[1:] if self._lists_to(scope)])
        read = list_read(self.random.choice(self._lists_to(scope)), scope)
        variable = self._enter(scope)
        condition = self.condition(depth - 1) if self._one_in(2) else None
        return read, variable, condition, scope

    def _enter(self, scope: str) -> int:
        variable = self.most
        self.most += 1
        self.variables[variable] = scope
        return variable

    def _list_of(self, above: int, scope: str, depth: int) -> tuple[n.ListRead, int, n.Node | None, n.Node]:
        variable = self._enter(scope)
        condition = self.condition(depth - 1) if self._one_in(2) else None
        number = n.Arithmetic("+", self.node("number", depth - 1), n.Constant(0))  # what orders entries is never none
        by = number if self._one_in(2) else n.DateFunction("start_of_month", (self.node("day", depth - 1),), None)
        del self.variables[variable]
        return list_read(above, scope), variable, condition, by

    def _aggregate_number(self, depth: int) -> n.Node:
        read, variable, condition, _ = self._listed(depth)
        function: Any = self.random.choice(("sum", "sum", "count", "min", "max"))
        value = n.EntryRead(variable, read.scope) if function == "count" else self.node("number", depth - 1)
        del self.variables[variable]
        if_empty = self.node("number", depth - 2) if function in ("min", "max") else None
        return n.Aggregate(function, read, variable, condition, value, if_empty)

    def _aggregate_condition(self, depth: int) -> n.Node:
        read, variable, condition, _ = self._listed(depth)
        function: Any = self.random.choice(("any", "all"))
        value = self.condition(depth - 1)
        del self.variables[variable]
        if_empty = self.condition(depth - 2) if function == "all" else None
        return n.Aggregate(function, read, variable, condition, value, if_empty)

    def entry(self, scope: str, depth: int) -> n.Node:
        """An entry of a list, or none."""
        own = [variable for variable, here in self.variables.items() if here == scope]
        references = [
            fact_read(variable, fact)
            for variable, here in self.variables.items()
            for fact in vocabulary().scopes[here].facts.values()
            if fact.type == ItemType(scope)
        ]
        kept = [
            n.RuleRead(variable, rule.slot)
            for variable, here in self.variables.items()
            for rule in self.rules
            if rule.scope == here and rule.type == ItemType(scope)
        ]
        simple: list[n.Node] = [*(n.EntryRead(variable, scope) for variable in own), *references, *kept]
        if simple and self._one_in(2):
            return self.random.choice(simple)
        above = self.random.choice(self._lists_to(scope))
        read, variable, condition, by = self._list_of(above, scope, depth)
        order: Any = self.random.choice(("highest", "lowest"))
        return n.Pick(read, variable, condition, by, order, self.random.choice(("listed_first", "listed_last")))

    def _through(self, kind: Kind, depth: int) -> n.Node:
        """A fact or rule of an entry that a fact, a rule or a variable points to."""
        types = {"number": NumberType, "yes_no": YesNoType, "day": DateType, "text": TextType}
        references: list[tuple[n.Node, str]] = [
            (n.RuleRead(variable, rule.slot), rule.type.scope)
            for variable, here in self.variables.items()
            for rule in self.rules
            if rule.scope == here and isinstance(rule.type, ItemType)
        ]
        for variable, here in self.variables.items():
            if here == "people":
                references.append((fact_read(variable, vocabulary().scopes["people"].facts["spouse"]), "people"))
                references.append((n.EntryRead(variable, "people"), "people"))
        if not references:
            return self._leaf(kind)
        reference, scope = self.random.choice(references)
        facts: list[n.FactRead | n.RuleRead] = [
            fact_read(-1, fact)
            for fact in vocabulary().scopes[scope].facts.values()
            if isinstance(fact.type, types[kind]) and not (kind == "yes_no" and fact.may_be_none)
        ]
        rules = [
            n.RuleRead(-1, rule.slot)
            for rule in self.rules
            if rule.scope == scope and isinstance(rule.type, types[kind])
        ]
        targets = [*facts, *rules, *rules]
        return n.Through(reference, self.random.choice(targets)) if targets else self._leaf(kind)


def fact_read(variable: int, fact: FactField) -> n.FactRead:
    """A fact of the entry that a variable stands for."""
    return n.FactRead(variable, fact.slot, fact.name, TITLE, fact.type)


def list_read(variable: int, scope: str) -> n.ListRead:
    """A list of the entry that a variable stands for."""
    above, _, name = scope.rpartition(".")
    return n.ListRead(variable, vocabulary().scopes[above].lists[name].slot, scope, TITLE)


def parameter(value: Value, shape: Table | Bands | Scale | WorkingCalendar | None = None) -> ParameterValue:
    """A legal value as a program holds it."""
    return ParameterValue(
        "random.value", TITLE, NUMBER, value, shape, ON, None, ON, (), (), (), (), AT, "", None, False, None, None
    )
