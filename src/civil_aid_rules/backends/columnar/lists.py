"""What lists come to, as reductions over segments: the entries of each row stand next to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civil_aid_rules.backends.columnar.levels import Level
from civil_aid_rules.backends.columnar.values import Condition, Held, Mask, Number, Register
from civil_aid_rules.ir.scaled import Connective, Fold, If, Pick, Rank, RuleRead, Scaled

if TYPE_CHECKING:
    from civil_aid_rules.backends.columnar.nodes import Nodes


Shares = dict[Register | int, Mask]
"""Values of the row above, and the entries that have each."""

MOST_SHARES = 4
"""Counting as many kinds of entries takes no longer than giving each its value and adding them up."""


def of_list(nodes: Nodes, node: Fold | Pick | Rank, level: Level) -> Held:
    """The value for each row of a level; unknown where the list is."""
    inner, offsets = nodes.levels.within(level, node.entries, node.variable)
    found = _Entries(nodes, level, inner, offsets).of(node)
    row = nodes.levels.index(level, node.entries.variable)
    known = nodes.code.taken(nodes.known_list(node.entries.scope), row, level.name)
    assert isinstance(known, Register | bool)
    if known is True:
        return found
    if isinstance(found, Condition):
        return Condition(nodes.code.both(found.yes, known), nodes.code.both(nodes.code.no(found), known))
    return Number(found.n, nodes.code.both(found.known, known), nodes.code.both(found.none, known))


class _Entries:
    """The entries of one list for each row above."""

    def __init__(self, nodes: Nodes, level: Level, inner: Level, offsets: Register | str) -> None:
        self.nodes, self.code = nodes, nodes.code
        self.level, self.inner, self.offsets = level, inner, offsets

    def of(self, node: Fold | Pick | Rank) -> Held:
        match node:
            case Fold("any" | "all" as function, _, _, _, value):
                return self._condition(function, self.nodes.condition(value, self.inner))
            case Fold("sum", _, variable, _, value):
                found = self._total("sum", self.nodes.number(value, self.inner))
                shares = self._shares(value, variable)
                return found if shares is None else Number(self._counted_total(shares), found.known)
            case Fold("product", _, _, _, value):
                return self._total("product", self.nodes.number(value, self.inner))
            case Fold(function, _, _, condition, value):
                return self._extreme(function, self._counted(condition), self.nodes.number(value, self.inner))
            case Pick() | Rank():
                return self._placed(node)

    def _counted(self, condition: Scaled | None) -> Condition:
        return Condition(True, None) if condition is None else self.nodes.condition(condition, self.inner)

    def count(self, mask: Mask) -> Register | int:
        """For how many entries a mask holds."""
        if mask is False:
            return 0
        if mask is True:
            return self.code.scratch("sizes", "number", self.level.name, self.offsets, elementwise=False)
        return self.code.scratch("count", "number", self.level.name, mask, self.offsets, elementwise=False)

    def some(self, mask: Mask) -> Mask:
        """Whether a mask holds for any entry."""
        number = self.count(mask)
        return False if isinstance(number, int) else self.code.masks.compared(">", number, 0)

    def nowhere(self, mask: Mask) -> Mask:
        """Whether a mask holds for no entry."""
        number = self.count(mask)
        return True if isinstance(number, int) else self.code.masks.compared("==", number, 0)

    def _condition(self, function: str, value: Condition) -> Condition:
        no = self.code.no(value)
        if function == "any":
            yes = self.some(value.yes)
            return Condition(yes, None if value.no is None else self.nowhere(self.code.opposite(no)))
        holds = self.nowhere(no if value.no is None else self.code.opposite(value.yes))
        return Condition(holds, None if value.no is None else self.some(no))

    def _shares(self, node: Scaled, variable: int) -> Shares | None:
        """A value as values of the row above, each for some entries, else 0; None where it is not of so few."""
        match node:
            case If(test, then, otherwise):
                row, held = self._split(test, variable)
                back = self._shares(otherwise, variable)
                return self._joined(
                    (row, held, self._shares(then, variable)),
                    (True, self.code.opposite(held), back),
                    (self.code.opposite(row), held, back),
                )
            case RuleRead(_, slot, "value") if self.inner.own == self.nodes.rules[slot].scope:
                rule = self.nodes.rules[slot]
                return self._shares(rule.value, variable) if rule.assumed is None else None
            case _ if self.nodes.needed(node) < variable:
                return {self.nodes.number(node, self.level).n: True}
            case _:
                return None

    def _split(self, test: Scaled, variable: int) -> tuple[Mask, Mask]:
        """For which rows above, and which of their entries, a test holds: where both do."""
        parts = test.operands if isinstance(test, Connective) and test.operator == "and" else (test,)
        above: list[Mask] = []
        held: list[Mask] = []
        for part in parts:
            is_above = self.nodes.needed(part) < variable
            (above if is_above else held).append(self.nodes.condition(part, self.level if is_above else self.inner).yes)
        return self.code.both(*above), self.code.both(*held)

    def _joined(self, *parts: tuple[Mask, Mask, Shares | None]) -> Shares | None:
        """Shares together, each of some rows and some of their entries."""
        found: Shares = {}
        for row, held, shares in parts:
            if shares is None:
                return None
            for value, mask in shares.items():
                n = self.code.selected(row, value, 0)
                found[n] = self.code.either(found.get(n, False), self.code.both(held, mask))
        found = {n: mask for n, mask in found.items() if n != 0 and mask is not False}
        return found if len(found) <= MOST_SHARES else None

    def _counted_total(self, shares: Shares) -> Register | int:
        total: Register | int = 0
        for n, mask in shares.items():
            total = self.code.calculated("add", total, self.code.calculated("multiply", n, self.count(mask)))
        return total

    def _total(self, function: str, value: Number) -> Number:
        known = self.nowhere(self.code.opposite(value.known))
        if value.known is False:
            return Number(0 if function == "sum" else 1, known)
        n = self.code.whole(value.n)
        if isinstance(n, int) and function == "sum":
            return Number(self.code.calculated("multiply", self.count(True), n), known)
        if isinstance(n, int):
            n = self.code.fresh("full", self.inner.name, self.code.size(self.inner.name), n)
        scaled_mask = self._times_of_mask(n) if function == "sum" else None
        if scaled_mask is not None:
            return Number(self.code.calculated("multiply", self.count(scaled_mask[0]), scaled_mask[1]), known)
        name = "total" if function == "sum" else "product"
        return Number(self.code.scratch(name, "number", self.level.name, n, self.offsets, elementwise=False), known)

    def _times_of_mask(self, n: Register) -> tuple[Register, int] | None:
        """Where a number is a mask times a constant: a sum of that is a count."""
        made = next((item for item in reversed(self.code.operations) if n in item.outs), None)
        if made is None or made.name != "multiply" or len(made.arguments) != 2:
            return None
        mask, times = made.arguments
        is_mask = isinstance(mask, Register) and mask.kind == "yes_no"
        return (mask, times) if is_mask and isinstance(mask, Register) and isinstance(times, int) else None

    def _extreme(self, function: str, counted: Condition, value: Number) -> Number:
        may = counted.yes if counted.no is None else self.code.opposite(counted.no)
        open_ = self.code.either(self.nodes.code.unknown(counted), self.code.both(may, self.code.opposite(value.known)))
        n = self._filled(value.n)
        mask = counted.yes if isinstance(counted.yes, Register) else str(counted.yes)
        found = self.code.fresh(f"{function}_of", self.level.name, n, mask, self.offsets)
        return Number(found, self.nowhere(open_))

    def _filled(self, n: Register | int) -> Register:
        whole = self.code.whole(n)
        if isinstance(whole, Register):
            return whole
        return self.code.fresh("full", self.inner.name, self.code.size(self.inner.name), whole)

    def _placed(self, node: Pick | Rank) -> Number:
        counted, by = self._counted(node.condition), self.nodes.number(node.by, self.inner)
        may = counted.yes if counted.no is None else self.code.opposite(counted.no)
        open_ = self.code.either(self.code.unknown(counted), self.code.both(may, self.code.opposite(by.known)))
        known, owner = self.nowhere(open_), self.nodes.levels.owner(self.inner, self.level)
        mask = counted.yes if isinstance(counted.yes, Register) else str(counted.yes)
        ends = f"{node.highest_first}, {node.last_listed_first}"
        row = self.nodes.levels.index(self.inner, node.variable)
        entries = "None" if row is None else row
        n = self._filled(by.n)
        if isinstance(node, Pick):
            found, exists = self.code.several(
                "first", ("fresh", "fresh"), self.level.name, n, mask, owner, self.offsets, entries, ends
            )
            return Number(found, known, self.code.both(known, self.code.opposite(exists)))
        subject = self.nodes.levels.index(self.level, node.subject)
        wanted = "None" if subject is None else subject
        place = self.code.fresh(
            "place", self.level.name, n, mask, owner, self.offsets, entries, wanted, ends, str(node.shared)
        )
        return Number(place, known)
