"""Masks joined by and, or and not: what is settled or there already is not worked out again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from civil_aid_rules.backends.columnar.truth import ALWAYS, NEVER, Truth
from civil_aid_rules.backends.columnar.values import Condition, Mask, Operation, Register, Texts

JoinName = Literal["bitwise_and", "bitwise_or"]
COMPARED = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "==": "equal"}
Write = Callable[..., Register]
"""Writes an operation: its name, its level, its arguments."""


@dataclass(slots=True)
class Masks:
    """The masks written so far, by where they hold. `made` and `texts` say what registers were made from."""

    write: Write
    made: Mapping[Register, Operation]
    texts: Mapping[Register, Texts]
    truth: Truth = field(default_factory=Truth)
    functions: dict[Register, int] = field(default_factory=dict)
    written: dict[int, Mask] = field(default_factory=lambda: {NEVER: False, ALWAYS: True})
    asked: dict[int, Register] = field(default_factory=dict)

    def function(self, mask: Mask) -> int:
        """Where a mask holds; masks of one number hold in the same places."""
        if isinstance(mask, bool):
            return ALWAYS if mask else NEVER
        if mask not in self.functions:
            self._noted(mask, self.truth.atom(mask.place))
        return self.functions[mask]

    def joined(self, name: JoinName, one: Mask, other: Mask) -> Mask:
        """Two masks joined."""
        function = self._join(name, one, other)
        found = self._found(function)
        if found is not None:
            return found
        one = self._simpler(name, one, other, function)
        other = self._simpler(name, other, one, function)
        assert isinstance(one, Register) and isinstance(other, Register)
        first, second = sorted((one, other), key=lambda register: register.place)
        return self._noted(self.write(name, one.level, first, second), function)

    def opposite(self, mask: Mask) -> Mask:
        """Where a mask does not hold."""
        function = self.truth.opposite(self.function(mask))
        found = self._found(function)
        if found is not None:
            return found
        assert isinstance(mask, Register)
        return self._noted(self.write("logical_not", mask.level, mask), function)

    def among(self, text: Register, wanted: Collection[int]) -> Mask:
        """Where a text is one of some."""
        self.asked[text.place] = text
        function = self.truth.choice(text.place, [code in wanted for code in self.texts[text].choices])
        found = self._found(function)
        assert found is not None
        return found

    def compared(self, sign: str, n: Register, limit: int) -> Mask:
        """Where a number is on one side of a limit: what is not less is at least as much."""
        if sign == "==" and limit == 0 and n in self.made and self.made[n].name in ("count", "sizes"):
            sign = "<="
        if sign == "==":
            return self.write("equal", n.level, n, limit)
        less = self.truth.atom(n.place, limit + (sign in ("<=", ">")))
        function = less if sign in ("<", "<=") else self.truth.opposite(less)
        if function in self.written:
            return self.written[function]
        return self._noted(self.write(COMPARED[sign], n.level, n, limit), function)

    def settled(self, condition: Condition) -> Condition:
        """The same condition; where it is always known, nothing is worked out of where it does not hold."""
        if condition.no is None or self.function(condition.no) != self.truth.opposite(self.function(condition.yes)):
            return condition
        return Condition(condition.yes, None)

    def _found(self, function: int | None) -> Mask | None:
        """A mask that is there already, or is one question about a text."""
        if function is None or function in self.written:
            return None if function is None else self.written[function]
        text = self.asked.get(self.truth.place(function))
        if text is None:
            return None
        texts = self.texts[text]
        holds = self.truth.chosen(function, text.place, len(texts.choices))
        if holds is None:
            return None
        codes = tuple(code for code, is_one in zip(texts.choices, holds, strict=True) if is_one)
        return self._noted(self.write("among", text.level, text, texts.indices_of(codes)), function)

    def _simpler(self, name: JoinName, mask: Mask, other: Mask, function: int | None) -> Mask:
        """A part of a mask that does as well beside the other: `x and (y or not x)` is `x and y`."""
        made = self.made.get(mask) if isinstance(mask, Register) else None
        if function is None or made is None or {made.name, name} != {"bitwise_and", "bitwise_or"}:
            return mask
        for part in made.arguments:
            if isinstance(part, Register) and self._join(name, part, other) == function:
                return self._simpler(name, part, other, function)
        return mask

    def _join(self, name: JoinName, one: Mask, other: Mask) -> int | None:
        join = self.truth.both if name == "bitwise_and" else self.truth.either
        return join(self.function(one), self.function(other))

    def _noted(self, mask: Register, function: int | None) -> Register:
        if function is not None:
            self.functions[mask] = function
            self.written[function] = mask
        return mask
