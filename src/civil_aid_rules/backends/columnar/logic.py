"""Comparisons, connectives and branches of arrays, with unknown and none as masks.

A mask that is False or True for every row is that word, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from civil_aid_rules.backends.columnar.code import EPOCH, Code
from civil_aid_rules.backends.columnar.masks import COMPARED
from civil_aid_rules.backends.columnar.values import (
    UNKNOWN_NUMBER,
    Condition,
    Held,
    Mask,
    Number,
    Register,
    as_condition,
)


@dataclass(frozen=True, slots=True)
class Logic:
    """What is decided from values that are there already, row by row."""

    code: Code

    def known(self, value: Held) -> Mask:
        """Where a value is known."""
        if isinstance(value, Number):
            return value.known
        return True if value.no is None else self.code.either(value.yes, value.no, value.none)

    def comparison(self, sign: str, left: Held, right: Held) -> Condition:
        """Two values compared: unknown where one is unknown, or none and no equality is asked for."""
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
        if isinstance(other, int) and one.kind == "text":
            return self.code.masks.among(one, {other})
        if isinstance(other, int) and one.kind == "day":
            other -= EPOCH
        else:
            one, other = _register(self.code.whole(one)), self.code.whole(other)
        if isinstance(other, int):
            return self.code.masks.compared(sign, one, other)
        return self.code.scratch(COMPARED[sign], "yes_no", one.level, one, other)

    def _alike(self, sign: str, left: Condition, right: Condition) -> Condition:
        """Conditions for equality."""
        code, no = self.code, self.code.no
        yes = code.either(
            code.both(left.yes, right.yes), code.both(no(left), no(right)), code.both(left.none, right.none)
        )
        if left.no is None and right.no is None:
            return Condition(code.opposite(yes) if sign == "!=" else yes, None)
        known = code.both(self.known(left), self.known(right))
        differ = code.both(known, code.opposite(yes))
        return Condition(differ, yes) if sign == "!=" else Condition(yes, differ)

    def connective(self, how: str, operands: Sequence[Condition]) -> Condition:
        """`and`, `or`: one operand settles it, whatever else is unknown."""
        code = self.code
        join, other = (code.both, code.either) if how == "and" else (code.either, code.both)
        yes = join(*(operand.yes for operand in operands))
        if all(operand.no is None for operand in operands):
            return Condition(yes, None)
        open_ = self._left_open(how, operands)
        if open_ == ():
            return Condition(yes, None)
        settled = [operand for operand in operands if operand.no is None]
        left = [self.code.no(operand) for operand in operands if operand.no is not None]
        if settled:  # the opposite of those that are known at once, not of each
            left.append(code.opposite(join(*(operand.yes for operand in settled))))
        return Condition(yes, other(*left), open=open_)

    def _left_open(self, how: str, operands: Sequence[Condition]) -> tuple[Mask, ...] | None:
        """The masks of the operands under which no other operand settles it: `x is none or x >= 1` is always known."""
        found: dict[Mask, None] = {}
        settling = {operand.yes if how == "or" else self.code.no(operand) for operand in operands}
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
        code, hold, fail = self.code, test.yes, self.code.no(test)

        def part(one: Mask, other: Mask) -> Mask:
            found = [code.both(hold, one), code.both(fail, other)]
            return code.either(*found, code.both(one, other)) if test.no is not None else code.either(*found)

        yes = part(then.yes, otherwise.yes)
        none = part(then.none, otherwise.none)
        if test.no is None and then.no is None and otherwise.no is None:
            return Condition(yes, None)
        return Condition(yes, part(self.code.no(then), self.code.no(otherwise)), none)

    def _number_chosen(self, test: Condition, then: Number, otherwise: Number) -> Number:
        code, hold, fail = self.code, test.yes, self.code.no(test)
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
        return self.comparison("==", one, other).yes

    def agreed(self, possible: Sequence[tuple[Mask, Held]]) -> Held:
        """The value that all have that are possible; unknown where two differ, one is unknown, or none is possible."""
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
        yes, no = code.both(held.yes, known), code.both(self.code.no(held), known)
        return Condition(yes, no, code.both(held.none, known))


_SETTLED: Mapping[str, Callable[[int, int], bool]] = {
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "==": int.__eq__,
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def _register(part: Register | int) -> Register:
    assert isinstance(part, Register)
    return part
