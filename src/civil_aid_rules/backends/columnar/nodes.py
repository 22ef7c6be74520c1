"""Scaled nodes as operations on arrays, with unknown and none as masks that are not there where they cannot occur."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, assert_never

from civil_aid_rules.backends.columnar.code import EPOCH, Code
from civil_aid_rules.backends.columnar.levels import Level, Levels
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
    found: dict[tuple[int, str], tuple[Scaled, Held]] = field(default_factory=dict)
    assumed: dict[int, Mask] = field(default_factory=dict)
    deepest: dict[int, tuple[Scaled, int]] = field(default_factory=dict)

    # --- where a node is worked out ---------------------------------------------------------------------------------

    def value(self, node: Scaled, level: Level) -> Held:
        """A node for each row of a level."""
        key = (id(node), level.name)  # yes and 1 are equal, so equality would not do
        if key not in self.found:
            self.found[key] = (node, self._value(node, level))
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
        if id(node) not in self.deepest:
            self.deepest[id(node)] = node, max(variables_of(node), default=0)
        needed = self.deepest[id(node)][1]
        if needed >= FREE or (level.own is not None and needed == depth(level.own)):
            return level
        return self.levels.of(level.scope(needed))

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
                found, known = self.number(value, level), self.known(self.value(condition, level))
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
                return self._comparison(sign, self.value(left, level), self.value(right, level))
            case scaled.Connective(how, operands):
                return self._connective(how, [self.condition(operand, level) for operand in operands])
            case scaled.Not(operand):
                held = self.condition(operand, level)
                return Condition(code.no(held), None if held.no is None else held.yes, open=held.open)
            case scaled.If(test, then, otherwise):
                return self.chosen(self.condition(test, level), self.value(then, level), self.value(otherwise, level))
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
        taken, known = self.value(rule.assumed, level), self.known(found)
        self.assumed[slot] = self.code.opposite(known)
        return self.chosen(Condition(known, None), found, taken)

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
        yes, no = (self.code.both(part, reference.known) for part in (there.yes, self._no(there)))
        return Condition(yes, no, self.code.both(there.none, reference.known))

    def _no(self, condition: Condition) -> Mask:
        return self.code.no(condition)

    def _present(self, value: Held) -> Held:
        if value.none is False:
            return value
        if isinstance(value, Condition):
            open_ = None if value.open is None else (*value.open, value.none)
            return Condition(value.yes, self._no(value), open=open_)
        return Number(value.n, self.code.both(value.known, self.code.opposite(value.none)))

    def known(self, value: Held) -> Mask:
        """Where a value is known."""
        if isinstance(value, Number):
            return value.known
        return True if value.no is None else self.code.either(value.yes, value.no, value.none)

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
        zero = self.code.scratch("equal", "yes_no", level.name, n, 0)
        if found.known is True:
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

    # --- conditions -------------------------------------------------------------------------------------------------

    def _comparison(self, sign: str, left: Held, right: Held) -> Condition:
        if isinstance(left, Condition) or isinstance(right, Condition):
            return self._alike(sign, as_condition(left), as_condition(right))
        code, known = self.code, self.code.both(left.known, right.known)
        if known is False:
            return Condition(False, False)
        yes = self._compared(sign if sign != "!=" else "==", left, right)
        if sign in ("==", "!="):
            neither = code.both(code.opposite(left.none), code.opposite(right.none))
            yes = code.either(code.both(yes, neither), code.both(left.none, right.none))
        if known is True:
            return Condition(code.opposite(yes) if sign == "!=" else yes, None)
        yes = code.both(yes, known)
        no, open_ = code.both(known, code.opposite(yes)), code.missing(known)
        return Condition(no, yes, open=open_) if sign == "!=" else Condition(yes, no, open=open_)

    def _compared(self, sign: str, left: Number, right: Number) -> Mask:
        one, other = left.n, right.n
        if isinstance(one, int) and isinstance(other, int):
            return _SETTLED[sign](one, other)
        if isinstance(one, int):
            return self._compared(_TURNED[sign], right, left)
        if isinstance(other, int) and one.kind == "day":
            other -= EPOCH
        elif not isinstance(other, int) or one.kind != "text":
            one, other = _register(self.code.whole(one)), self.code.whole(other)
        return self.code.scratch(_COMPARED[sign], "yes_no", one.level, one, other)

    def _alike(self, sign: str, left: Condition, right: Condition) -> Condition:
        """Conditions for equality."""
        code, no = self.code, self._no
        yes = code.either(
            code.both(left.yes, right.yes), code.both(no(left), no(right)), code.both(left.none, right.none)
        )
        if left.no is None and right.no is None:
            return Condition(code.opposite(yes) if sign == "!=" else yes, None)
        known = code.both(self.known(left), self.known(right))
        differ = code.both(known, code.opposite(yes))
        return Condition(differ, yes) if sign == "!=" else Condition(yes, differ)

    def _connective(self, how: str, operands: Sequence[Condition]) -> Condition:
        code = self.code
        join, other = (code.both, code.either) if how == "and" else (code.either, code.both)
        yes = join(*(operand.yes for operand in operands))
        if all(operand.no is None for operand in operands):
            return Condition(yes, None)
        open_ = self._left_open(how, operands)
        if open_ == ():
            return Condition(yes, None)
        settled = [operand for operand in operands if operand.no is None]
        left = [self._no(operand) for operand in operands if operand.no is not None]
        if settled:  # the opposite of those that are known at once, not of each
            left.append(code.opposite(join(*(operand.yes for operand in settled))))
        return Condition(yes, other(*left), open=open_)

    def _left_open(self, how: str, operands: Sequence[Condition]) -> tuple[Mask, ...] | None:
        """The masks of the operands under which no other operand settles it: `x is none or x >= 1` is always known."""
        found: dict[Mask, None] = {}
        settling = {operand.yes if how == "or" else self._no(operand) for operand in operands}
        for operand in operands:
            if operand.no is not None and operand.open is None:
                return None
            found.update(dict.fromkeys(() if operand.no is None else operand.open or ()))
        return tuple(mask for mask in found if mask not in settling)

    # --- branches ---------------------------------------------------------------------------------------------------

    def chosen(self, test: Condition, then: Held, otherwise: Held) -> Held:
        """`then` where the test holds, `otherwise` where not; where it is unknown, what both are if they are equal."""
        if test.yes is True:
            return then
        if test.yes is False and (test.no is None or test.no is True):
            return otherwise
        if isinstance(then, Condition) or isinstance(otherwise, Condition):
            return self._condition_chosen(test, as_condition(then), as_condition(otherwise))
        return self._number_chosen(test, then, otherwise)

    def _condition_chosen(self, test: Condition, then: Condition, otherwise: Condition) -> Condition:
        code, hold, fail = self.code, test.yes, self._no(test)

        def part(one: Mask, other: Mask) -> Mask:
            found = [code.both(hold, one), code.both(fail, other)]
            return code.either(*found, code.both(one, other)) if test.no is not None else code.either(*found)

        yes = part(then.yes, otherwise.yes)
        none = part(then.none, otherwise.none)
        if test.no is None and then.no is None and otherwise.no is None:
            return Condition(yes, None)
        return Condition(yes, part(self._no(then), self._no(otherwise)), none)

    def _number_chosen(self, test: Condition, then: Number, otherwise: Number) -> Number:
        code, hold, fail = self.code, test.yes, self._no(test)
        known = code.either(code.both(hold, then.known), code.both(fail, otherwise.known))
        none = code.either(code.both(hold, then.none), code.both(fail, otherwise.none))
        if then.known is True and otherwise.known is True and test.no is None:
            known = True
        if test.no is not None:
            same = self.same(then, otherwise)
            known = code.either(known, same)
            none = code.either(none, code.both(same, then.none))
        for one, other in ((then, otherwise), (otherwise, then)):
            if one.known is False or one.none is True:
                return Number(other.n, known, none)
        return Number(code.selected(hold, then.n, otherwise.n), known, none)

    def same(self, one: Held, other: Held) -> Mask:
        """Where both are known and equal."""
        return self._comparison("==", one, other).yes

    def _agreement(self, node: scaled.Agreement, level: Level) -> Held:
        """Whatever can be the value, one after the other: known while each that is possible is the same."""
        code = self.code
        tests = [self.condition(test, level) for test, _ in node.branches]
        values = [value for _, value in node.branches]
        if node.hit == "exceptions" and node.base is not None and len(set(values)) == 1 and values[0] is not None:
            any_holds = self._connective("or", tests)
            return self.chosen(any_holds, self.value(values[0], level), self.value(node.base, level))
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
        return self._agreed(possible)

    def _agreed(self, possible: Sequence[tuple[Mask, Held]]) -> Held:
        code = self.code
        held: Held = UNKNOWN_NUMBER
        seen: Mask = False
        agree: Mask = True
        for mask, value in possible:
            fits = code.either(code.opposite(mask), code.opposite(seen), self.same(held, value))
            agree = code.both(agree, fits)
            new = code.both(mask, code.opposite(seen))
            held = self.chosen(Condition(new, None), value, held)
            seen = code.either(seen, mask)
        known = code.both(seen, agree)
        if isinstance(held, Number):
            return Number(held.n, code.both(held.known, known), code.both(held.none, known))
        yes, no = code.both(held.yes, known), code.both(self._no(held), known)
        return Condition(yes, no, code.both(held.none, known))


_SETTLED: Mapping[str, Callable[[int, int], bool]] = {
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "==": int.__eq__,
}
_COMPARED = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "==": "equal"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def _mask(part: Register | int | bool) -> Mask:
    assert isinstance(part, Register | bool)
    return part


def _number(part: object) -> Register | int:
    assert isinstance(part, Register | int)
    return part


def _register(part: Register | int) -> Register:
    assert isinstance(part, Register)
    return part


__all__ = ["THROUGH", "FactReader", "Nodes"]
