"""Scaled nodes as operations on arrays, with unknown and none as masks that are not there where they cannot occur."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, assert_never

from civil_aid_rules.backends.columnar.code import Code
from civil_aid_rules.backends.columnar.levels import Level, Levels
from civil_aid_rules.backends.columnar.logic import Logic
from civil_aid_rules.backends.columnar.values import (
    NONE_NUMBER,
    UNKNOWN_NUMBER,
    Condition,
    Held,
    Mask,
    Number,
    Register,
    as_condition,
)
from civil_aid_rules.backends.python_source.passes import depth
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.compiler.list_forms import THROUGH, variables_of
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import FREE, Scaled, ScaledRule
from civil_aid_rules.ir.values import NONE, UNKNOWN

FactReader = Callable[[str, int], Held]
"""A fact of every entry of a list (or of the record), by path and slot."""


@dataclass(slots=True)
class Nodes:
    """Works out nodes, each once for each level; `known_lists` says where a list is known."""

    code: Code
    levels: Levels
    rules: tuple[ScaledRule, ...]
    intervals: Intervals
    fact: FactReader
    known_list: Callable[[str], Mask]
    text_code: Callable[[str], int]
    constants: dict[str, object]
    logic: Logic = field(init=False)
    found: dict[tuple[int, str], tuple[Scaled, Held]] = field(default_factory=dict)
    assumed: dict[int, Mask] = field(default_factory=dict)
    deepest: dict[int, tuple[Scaled, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.logic = Logic(self.code)

    # --- where a node is worked out ---------------------------------------------------------------------------------

    def value(self, node: Scaled, level: Level) -> Held:
        """A node for each row of a level."""
        key = (id(node), level.name)  # yes and 1 are equal, so equality would not do
        if key not in self.found:
            found = self._value(node, level)
            self.found[key] = node, self.code.masks.settled(found) if isinstance(found, Condition) else found
        return self.found[key][1]

    def _value(self, node: Scaled, level: Level) -> Held:
        home = self._home(node, level)
        if home is level:
            return self._here(node, level)
        deepest = depth(home.own or "")
        return self.spread(self.value(node, home), self.levels.index(level, deepest), level)

    def _home(self, node: Scaled, level: Level) -> Level:
        """The list whose entries a node depends on, where that lies above; else the level itself."""
        if isinstance(node, scaled.Constant):
            return level
        needed = self.needed(node)
        if needed >= FREE or (level.own is not None and needed == depth(level.own)):
            return level
        return self.levels.of(level.scope(needed))

    def needed(self, node: Scaled) -> int:
        """The innermost variable that a node depends on; 0 where it depends on none but the record."""
        if id(node) not in self.deepest:
            self.deepest[id(node)] = node, max(variables_of(node), default=0)
        return self.deepest[id(node)][1]

    def spread(self, value: Held, index: Register | None, level: Level) -> Held:
        """The values of other rows, by the place of the row that each row belongs to."""

        def take(part: Register | int | bool) -> Register | int | bool:
            return self.code.taken(part, index, level.name)

        if isinstance(value, Condition):
            no = None if value.no is None else _mask(take(value.no))
            return Condition(_mask(take(value.yes)), no, _mask(take(value.none)))
        return Number(_number(take(value.n)), _mask(take(value.known)), _mask(take(value.none)))

    def condition(self, node: Scaled, level: Level) -> Condition:
        """A node that is yes or no."""
        return as_condition(self.value(node, level))

    def number(self, node: Scaled, level: Level) -> Number:
        """A node that is a number, a day, a text or an entry."""
        found = self.value(node, level)
        if isinstance(found, Condition):
            assert found.yes is False and found.no is False, node
            return Number(0, found.none, found.none)
        return found

    # --- nodes ------------------------------------------------------------------------------------------------------

    def _here(self, node: Scaled, level: Level) -> Held:
        code = self.code
        match node:
            case scaled.Constant(value):
                return self._constant(value)
            case scaled.FactRead(variable, scope, slot):
                return self._read(self.fact(scope, slot), variable, level)
            case scaled.RuleRead(variable, slot, part):
                return self._read(self.rule(slot, part), variable, level)
            case scaled.EntryRead(variable):
                row = self.levels.index(level, variable)
                return Number(code.fresh("arange", level.name, code.size(level.name)) if row is None else row, True)
            case scaled.Through(reference, _, target):
                return self._through(self.number(reference, level), target, level)
            case scaled.Present(operand):
                return self._present(self.value(operand, level))
            case scaled.Given(value, condition):
                found, known = self.number(value, level), self.logic.known(self.value(condition, level))
                return Number(found.n, code.both(found.known, known), code.both(found.none, known))
            case scaled.Arithmetic(sign, left, right):
                one, other = self.number(left, level), self.number(right, level)
                name: Literal["add", "subtract", "multiply"] = (
                    "add" if sign == "+" else "subtract" if sign == "-" else "multiply"
                )
                return Number(code.calculated(name, one.n, other.n), code.both(one.known, other.known))
            case scaled.Divisor(operand):
                return self._divisor(operand, level)
            case scaled.Quotient():
                return self._quotient(node, level)
            case scaled.Extreme(function, operands):
                return self._extreme(function, [self.number(operand, level) for operand in operands])
            case scaled.Comparison(sign, left, right):
                return self.logic.comparison(sign, self.value(left, level), self.value(right, level))
            case scaled.Connective(how, operands):
                return self.logic.connective(how, [self.condition(operand, level) for operand in operands])
            case scaled.Not(operand):
                held = self.condition(operand, level)
                return Condition(code.no(held), None if held.no is None else held.yes, open=held.open)
            case scaled.If(test, then, otherwise):
                return self.logic.chosen(
                    self.condition(test, level), self.value(then, level), self.value(otherwise, level)
                )
            case scaled.Agreement():
                return self._agreement(node, level)
            case scaled.Fold() | scaled.Pick() | scaled.Rank():
                from civil_aid_rules.backends.columnar.lists import of_list

                return of_list(self, node, level)
            case scaled.Lookup(key, rows, further):
                return self._lookup(self.number(key, level), rows, further, level)
            case scaled.DayFunction():
                return self._of_days(node, level)
            case _:
                assert_never(node)

    def _constant(self, value: object) -> Held:
        if value is UNKNOWN:
            return UNKNOWN_NUMBER
        if value is NONE:
            return NONE_NUMBER
        if isinstance(value, bool):
            return Condition(value, None)
        return Number(self.text_code(value) if isinstance(value, str) else _number(value), True)

    def rule(self, slot: int, part: str = "value") -> Held:
        """What a rule computes, for the entries that it is for."""
        rule = self.rules[slot]
        level = self.levels.of(rule.scope)
        if part == "divisor":
            return Number(1, True) if rule.divisor is None else self.number(rule.divisor, level)
        found = self.value(rule.value, level)
        if rule.assumed is None:
            return found
        taken, known = self.value(rule.assumed, level), self.logic.known(found)
        self.assumed[slot] = self.code.opposite(known)
        return self.logic.chosen(Condition(known, None), found, taken)

    def _read(self, value: Held, variable: int, level: Level) -> Held:
        return self.spread(value, self.levels.index(level, variable), level)

    def _through(self, reference: Number, target: scaled.FactRead | scaled.RuleRead, level: Level) -> Held:
        if isinstance(target, scaled.FactRead):
            found = self.fact(target.scope, target.slot)
        else:
            found = self.rule(target.rule, target.part)
        if reference.known is False:
            return UNKNOWN_NUMBER
        row = self.code.whole(reference.n)
        index = self.code.fresh("places", level.name, row)
        there = self.spread(found, index, level)
        if isinstance(there, Number):
            none = self.code.both(there.none, reference.known)
            return Number(there.n, self.code.both(there.known, reference.known), none)
        if reference.known is True:
            return there
        yes, no = (self.code.both(part, reference.known) for part in (there.yes, self.code.no(there)))
        return Condition(yes, no, self.code.both(there.none, reference.known))

    def _present(self, value: Held) -> Held:
        if value.none is False:
            return value
        if isinstance(value, Condition):
            open_ = None if value.open is None else (*value.open, value.none)
            return Condition(value.yes, self.code.no(value), open=open_)
        return Number(value.n, self.code.both(value.known, self.code.opposite(value.none)))

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _divisor(self, operand: Scaled, level: Level) -> Held:
        found, bounds = self.number(operand, level), self.intervals.of(operand)
        if found.known is False:
            return Number(1, True)
        n = self.code.whole(found.n)
        if isinstance(n, int):
            return Number(1, True) if n == 0 else self._or_one(abs(n), found.known)
        if bounds.least < 0:
            n = self.code.scratch("absolute", "number", level.name, n)
        if bounds.least > 0 or bounds.most < 0:
            return self._or_one(n, found.known)
        zero = self.code.masks.compared("==", n, 0)
        if found.known is True and isinstance(zero, Register):
            return Number(self.code.scratch("add", "number", level.name, n, zero), True)
        return self._or_one(n, self.code.both(found.known, self.code.opposite(zero)))

    def _or_one(self, n: Register | int, mask: Mask) -> Number:
        return Number(self.code.selected(mask, n, 1), True)

    def _quotient(self, node: scaled.Quotient, level: Level) -> Held:
        above, below = self.number(node.above, level), self.number(node.below, level)
        known = self.code.both(above.known, below.known)
        if known is False:
            return UNKNOWN_NUMBER
        one, other = self.code.whole(above.n), self.code.whole(below.n)
        if isinstance(one, int):
            one = self.code.fresh("full", level.name, self.code.size(level.name), one)
        if node.mode == "whole":
            n, rest = self.code.several("divided", ("fresh", "fresh"), level.name, one, other)
            return Number(n, self.code.both(known, self.code.scratch("equal", "yes_no", level.name, rest, 0)))
        never_negative = self.intervals.of(node.above).least >= 0
        if node.mode == "down" and never_negative:
            return Number(self.code.scratch("floor_divide", "number", level.name, one, other), known)
        name = f"{node.mode}_from_zero" if never_negative and node.mode in ("up", "half_up") else node.mode
        return Number(self.code.scratch(name, "number", level.name, one, other, elementwise=False), known)

    def _extreme(self, function: str, operands: Sequence[Number]) -> Held:
        n, known = operands[0].n, self.code.both(*(operand.known for operand in operands))
        for operand in operands[1:]:
            one, other = self.code.whole(n), self.code.whole(operand.n)
            if isinstance(one, int) and isinstance(other, int):
                n = min(one, other) if function == "min" else max(one, other)
                continue
            level = one.level if isinstance(one, Register) else other.level if isinstance(other, Register) else ""
            n = self.code.scratch("minimum" if function == "min" else "maximum", "number", level, one, other)
        return Number(n, known)

    def _lookup(self, key: Number, rows: Sequence[tuple[int | str, int]], further: int | None, level: Level) -> Held:
        if key.known is False:
            return UNKNOWN_NUMBER
        coded = sorted((self.text_code(item) if isinstance(item, str) else item, amount) for item, amount in rows)
        name = f"table_{len(self.constants)}"
        self.constants[name] = (*zip(*coded, strict=True), further)
        n = self.code.whole(key.n)
        row = self.code.fresh("full", level.name, self.code.size(level.name), n) if isinstance(n, int) else n
        amount, found = self.code.several("row_of", ("fresh", "fresh"), level.name, row, name)
        return Number(amount, self.code.both(key.known, found))

    def _of_days(self, node: scaled.DayFunction, level: Level) -> Held:
        found = [self.number(argument, level) for argument in node.arguments]
        known = self.code.both(*(item.known for item in found))
        if known is False:
            return UNKNOWN_NUMBER
        name = f"days_{len(self.constants)}"
        more = [part for part in (node.age_rule, node.calendar) if part is not None]
        self.constants[name] = (node.function, *more)
        arguments = [self.code.whole(item.n) for item in found]
        size, where = self.code.size(level.name), known if isinstance(known, Register) else str(known)
        n, exists = self.code.several("of_days", ("fresh", "fresh"), level.name, name, size, where, *arguments)
        return Number(n, self.code.both(known, exists))

    # --- branches ---------------------------------------------------------------------------------------------------

    def _agreement(self, node: scaled.Agreement, level: Level) -> Held:
        """Whatever can be the value, one after the other: known while each that is possible is the same."""
        code = self.code
        tests = [self.condition(test, level) for test, _ in node.branches]
        values = [value for _, value in node.branches]
        if node.hit == "exceptions" and node.base is not None and len(set(values)) == 1 and values[0] is not None:
            any_holds = self.logic.connective("or", tests)
            return self.logic.chosen(any_holds, self.value(values[0], level), self.value(node.base, level))
        surely = code.either(False, *(test.yes for test in tests))
        possible: list[tuple[Mask, Held]] = []
        for test, value in zip(tests, values, strict=True):
            maybe = test.yes if test.no is None else code.opposite(test.no)
            if node.hit == "unique":
                maybe = code.either(test.yes, code.both(maybe, code.opposite(surely)))
            if value is not None:
                possible.append((maybe, self.value(value, level)))
        if node.base is not None:
            possible.append((code.opposite(surely), self.value(node.base, level)))
        return self.logic.agreed(possible)


def _mask(part: Register | int | bool) -> Mask:
    assert isinstance(part, Register | bool)
    return part


def _number(part: object) -> Register | int:
    assert isinstance(part, Register | int)
    return part


__all__ = ["THROUGH", "FactReader", "Nodes"]
