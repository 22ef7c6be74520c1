"""Operations on arrays as lines of source: each written once, left out where nothing needs it, scratch used again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from civil_aid_rules.backends.columnar.masks import Masks
from civil_aid_rules.backends.columnar.values import Argument, ArrayKind, Condition, Mask, Operation, Register, Texts

Sign = Literal["add", "subtract", "multiply"]


@dataclass(slots=True)
class Code:
    """The operations so far. What has been written once is found again."""

    operations: list[Operation] = field(default_factory=list)
    known: dict[tuple[object, ...], tuple[Register, ...]] = field(default_factory=dict)
    made: dict[Register, Operation] = field(default_factory=dict)
    count: int = 0
    expanded: set[str] = field(default_factory=set)
    is_wide: bool = False
    sizes: dict[str, Register] = field(default_factory=dict)
    objects: set[Register] = field(default_factory=set)
    texts: dict[Register, Texts] = field(default_factory=dict)
    multiples: dict[Register, tuple[Register, int]] = field(default_factory=dict)
    masks: Masks = field(init=False)

    def __post_init__(self) -> None:
        self.masks = Masks(self._mask, self.made, self.texts)

    def several(self, name: str, kinds: Sequence[ArrayKind], level: str, *arguments: Argument) -> tuple[Register, ...]:
        """A call that makes several arrays."""
        key = (name, level, *arguments)
        if key not in self.known:
            outs = tuple(Register(self.count + place, kind, level) for place, kind in enumerate(kinds))
            self.count += len(outs)
            self.note(Operation(outs, name, arguments, False))
            self.known[key] = outs
        return self.known[key]

    def fresh(self, name: str, level: str, *arguments: Argument, kind: ArrayKind = "fresh") -> Register:
        """A call that makes one array."""
        return self.several(name, (kind,), level, *arguments)[0]

    def scratch(
        self, name: str, kind: Literal["yes_no", "number"], level: str, *arguments: Argument, elementwise: bool = True
    ) -> Register:
        """A call that writes into scratch; on a level whose size is not foreseen, one that makes an array."""
        if level in self.expanded:
            return self.fresh(name, level, *arguments)
        key = (name, level, *arguments)
        if key not in self.known:
            out = Register(self.count, kind, level)
            self.count += 1
            self.note(Operation((out,), name, arguments, elementwise))
            self.known[key] = (out,)
        return self.known[key][0]

    def size(self, level: str) -> Register | str:
        """How many rows a level has."""
        return self.sizes.get(level, f"size_{level}")

    def note(self, operation: Operation) -> None:
        """One more operation."""
        self.operations.append(operation)
        self.made.update(dict.fromkeys(operation.outs, operation))

    def missing(self, known: Mask) -> tuple[Mask, ...]:
        """Masks outside of which something is known, each as simple as can be."""
        made = self.made.get(known) if isinstance(known, Register) else None
        if made is not None and made.name == "bitwise_and":
            return tuple(mask for part in made.arguments if isinstance(part, Register) for mask in self.missing(part))
        return () if known is True else (self.opposite(known),)

    def _mask(self, name: str, level: str, *arguments: Argument) -> Register:
        return self.scratch(name, "yes_no", level, *arguments)

    # --- yes and no -------------------------------------------------------------------------------------------------

    def both(self, *masks: Mask) -> Mask:
        """Where all hold."""
        found: Mask = True
        for mask in masks:
            found = self.masks.joined("bitwise_and", found, mask)
        return found

    def either(self, *masks: Mask) -> Mask:
        """Where one holds."""
        found: Mask = False
        for mask in masks:
            found = self.masks.joined("bitwise_or", found, mask)
        return found

    def opposite(self, mask: Mask) -> Mask:
        """Where it does not hold."""
        return self.masks.opposite(mask)

    def no(self, condition: Condition) -> Mask:
        """Where a condition is no."""
        return self.opposite(condition.yes) if condition.no is None else condition.no

    def unknown(self, condition: Condition) -> Mask:
        """Where a condition is unknown."""
        return (
            False if condition.no is None else self.opposite(self.either(condition.yes, condition.no, condition.none))
        )

    # --- numbers ----------------------------------------------------------------------------------------------------

    def whole(self, n: Register | int) -> Register | int:
        """A number as all arithmetic takes it: a day counted from the year 1, a code as a number."""
        if isinstance(n, Register) and n.kind == "day":
            return self.scratch("add", "number", n.level, n, EPOCH)
        if isinstance(n, Register) and n.kind == "text":
            return self.fresh("take", n.level, self.texts[n].codes, n)
        if self.is_wide and isinstance(n, Register) and n.kind == "fresh" and n not in self.objects:
            n = self.fresh("unlimited", n.level, n)
            self.objects.add(n)
        return n

    def calculated(self, name: Sign, one: Register | int, other: Register | int) -> Register | int:
        """Arithmetic on whole numbers."""
        one, other = self.whole(one), self.whole(other)
        if isinstance(one, int) and isinstance(other, int):
            return {"add": one + other, "subtract": one - other, "multiply": one * other}[name]
        if isinstance(other, int) and other == (1 if name == "multiply" else 0):
            return one
        if isinstance(one, int) and one == {"add": 0, "multiply": 1}.get(name):
            return other
        if name == "multiply" and 0 in (one, other):
            return 0
        if isinstance(one, Register) and isinstance(other, Register):
            (base, times), (same, more) = (self.multiples.get(part, (part, 1)) for part in (one, other))
            if base == same and name != "multiply":
                return self._multiple(base, times + more if name == "add" else times - more)
        elif name == "multiply":
            n, factor = (one, other) if isinstance(one, Register) else (other, one)
            assert isinstance(n, Register) and isinstance(factor, int)
            base, times = self.multiples.get(n, (n, 1))
            return self._multiple(base, times * factor) if abs(times * factor) < 2**62 else self._multiple(n, factor)
        level = one.level if isinstance(one, Register) else other.level if isinstance(other, Register) else ""
        return self.scratch(name, "number", level, one, other)

    def _multiple(self, n: Register, times: int) -> Register | int:
        if times in (0, 1):
            return n if times else 0
        found = self.scratch("multiply", "number", n.level, n, times)
        self.multiples[found] = n, times
        return found

    def selected(self, mask: Mask, one: Register | int, other: Register | int) -> Register | int:
        """`one` where the mask holds, else `other`: by multiplication, for branches on each element take far longer."""
        if isinstance(mask, bool) or one == other:
            return one if mask else other
        if other == 0:
            return self._times(one, mask)
        if one == 0:
            opposite = self.opposite(mask)
            return self._times(other, opposite)
        return self.calculated("add", self._times(self.calculated("subtract", one, other), mask), other)

    def _times(self, n: Register | int, mask: Mask) -> Register | int:
        assert isinstance(mask, Register)
        if self.is_wide and isinstance(n, int) and abs(n) >= 2**62:
            n = self.fresh("full", mask.level, self.size(mask.level), n)
        n = self.whole(n)
        made = self.made.get(n) if isinstance(n, Register) else None
        if made is not None and made.name == "multiply":
            before, held = made.arguments
            if isinstance(held, Register) and held.kind == "yes_no" and not isinstance(before, str):
                return self.selected(self.both(held, mask), before, 0)
        arguments = (mask, n) if isinstance(n, int) else (n, mask)
        return self.scratch("multiply", "number", mask.level, *arguments)

    def taken(self, value: Register | int | bool, index: Register | None, level: str) -> Register | int | bool:
        """The elements of the rows that `index` names."""
        if index is None or not isinstance(value, Register):
            return value
        if value.kind in ("yes_no", "number"):
            kind: Literal["yes_no", "number"] = "yes_no" if value.kind == "yes_no" else "number"
            return self.scratch("take", kind, level, value, index, elementwise=False)
        found = self.fresh("take", level, value, index, kind=value.kind)
        if value in self.texts:
            self.texts[found] = self.texts[value]
        return found

    # --- source -----------------------------------------------------------------------------------------------------

    def lines(self, results: Sequence[Argument | bool]) -> tuple[list[str], dict[tuple[str, str], int]]:
        """The source of what the results need, and how many scratch arrays of each kind a level needs."""
        last = self._last_uses(results)
        names: dict[Register, str] = {}
        free: dict[tuple[str, str], list[str]] = {}
        sizes: dict[tuple[str, str], int] = {}
        lines: list[str] = []
        for place, operation in enumerate(self.operations):
            if not any(out in last for out in operation.outs):
                continue
            arguments = [names[item] if isinstance(item, Register) else str(item) for item in operation.arguments]
            ended = [
                item
                for item in dict.fromkeys(operation.arguments)
                if isinstance(item, Register) and last[item] == place and item.kind in ("yes_no", "number")
            ]
            if operation.is_elementwise:
                _free(ended, names, free)
            out = operation.outs[0]
            if len(operation.outs) == 1 and out.kind in ("yes_no", "number"):
                key = (out.kind, out.level)
                if not free.setdefault(key, []):
                    number = sizes.get(key, 0)
                    sizes[key] = number + 1
                    free[key].append(f"{'b' if out.kind == 'yes_no' else 'n'}{out.level}_{number}")
                names[out] = free[key].pop()
                lines.append(f"{operation.name}({', '.join([*arguments, names[out]])})")
            else:
                names.update({item: item.name for item in operation.outs})
                shown = ", ".join(item.name for item in operation.outs)
                lines.append(f"{shown} = {operation.name}({', '.join(arguments)})")
            if not operation.is_elementwise:
                _free(ended, names, free)
        shown = ", ".join(names[item] if isinstance(item, Register) else str(item) for item in results)
        return [*lines, f"return ({shown},)"], sizes

    def _last_uses(self, results: Sequence[Argument | bool]) -> dict[Register, int]:
        """After which operation each register is no longer needed; those never needed are not in it."""
        last = {item: len(self.operations) for item in results if isinstance(item, Register)}
        for place in range(len(self.operations) - 1, -1, -1):
            operation = self.operations[place]
            if any(out in last for out in operation.outs):
                for item in operation.arguments:
                    if isinstance(item, Register):
                        last.setdefault(item, place)
        return last


def _free(ended: Sequence[Register], names: dict[Register, str], free: dict[tuple[str, str], list[str]]) -> None:
    for item in ended:
        free.setdefault((item.kind, item.level), []).append(names[item])


EPOCH = 719163
"""1970-01-01, counted from 0001-01-01 = 1."""
