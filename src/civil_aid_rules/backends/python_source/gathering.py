"""What a list comes to, gathered while a loop runs through it: before the loop, for each entry, after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from civil_aid_rules.backends.python_source import rails
from civil_aid_rules.backends.python_source.expressions import Expressions
from civil_aid_rules.backends.python_source.passes import ListNode
from civil_aid_rules.backends.python_source.writer import Code, Writer
from civil_aid_rules.compiler.simplify import NOTHING_KNOWN
from civil_aid_rules.ir.scaled import Constant, Fold, If, Pick, Rank, Scaled, nodes_under

_START = {"sum": "0", "product": "1", "any": "False", "all": "True", "min": "None", "max": "None"}
_ZERO = Constant(0)


@dataclass(slots=True)
class Gathering:
    """One list node: `name` holds what has come together, `open_name` whether something was not known."""

    node: ListNode
    name: str
    open_name: str
    writer: Writer
    expressions: Expressions
    may_be_open: bool = False

    def before(self) -> list[tuple[str, str]]:
        """What nothing comes to, by name. Asked when it is known what `each` needs."""
        match self.node:
            case Fold(function):
                found = [(self.name, _START[function])]
            case Pick():
                found = [(self.name, "NONE"), (f"{self.name}_by", "None")]
            case Rank():
                found = [(self.name, "[]")]
        return [*found, (self.open_name, "False")] if self.may_be_open else found

    def each(self) -> None:
        """What one entry adds."""
        match self.node:
            case Fold(function, _, _, _, Constant(nothing)) if str(nothing) == _START[function]:
                pass
            case Fold("any" | "all" as function, _, _, _, value):
                self._condition(function, value)
            case Fold("sum", _, _, _, If(test, then, otherwise)) if otherwise == _ZERO:
                self._sum_of_some(test, then)
            case Fold("sum" | "product" as function, _, _, _, value):
                sign = "+=" if function == "sum" else "*="
                self._known(value, lambda text: self.writer.line(f"{self.name} {sign} {text}"))
            case Fold(function, _, _, condition, value):
                self._counted(condition, value, lambda text: self._extreme("<" if function == "min" else ">", text))
            case Pick(condition=condition, by=by):
                self._counted(condition, by, self._first)
            case Rank(condition=condition, by=by, variable=variable):
                entry = self.expressions.reading.entry(variable, self.node.entries.scope).text
                self._counted(condition, by, lambda text: self.writer.line(f"{self.name}.append(({text}, {entry}))"))

    def each_of(self, simpler: Callable[[Scaled], Scaled]) -> None:
        """What an entry adds of which more is known."""
        kept = self.node
        condition = None if kept.condition is None else simpler(kept.condition)
        if isinstance(kept, Fold):
            self.node = replace(kept, condition=condition, value=simpler(kept.value))
        else:
            self.node = replace(kept, condition=condition, by=simpler(kept.by))
        self.each()
        self.node = kept

    def after(self) -> None:
        """The result, once all entries have been seen."""
        if isinstance(self.node, Rank):
            node = self.node
            order = f"{node.highest_first}, {node.last_listed_first}, {node.shared}"
            unless_open = f"None if {self.open_name} else " if self.may_be_open else ""
            self.writer.line(f"{self.name} = {unless_open}places({self.name}, {order})")
        elif self.may_be_open:
            with self.writer.block(f"if {self.open_name}:"):
                self.writer.line(f"{self.name} = None")

    @property
    def result(self) -> Code:
        """The name of the result."""
        is_condition = isinstance(self.node, Fold) and self.node.function in ("any", "all")
        return Code(self.name, self.may_be_open or is_condition)

    # --- one entry --------------------------------------------------------------------------------------------------

    def _condition(self, function: str, value: Scaled) -> None:
        """Kleene or, and: one entry can settle it."""
        if value == NOTHING_KNOWN:
            self.writer.line(f"{self.name} = {self.name} {'or' if function == 'any' else 'and'} None")
            return
        found = self.expressions.rails(value)
        settles, start = (found, "False") if function == "any" else (found.opposite, "True")
        with self.writer.block(f"if {settles.yes}:"):
            self.writer.line(f"{self.name} = {'True' if function == 'any' else 'False'}")
        if not found.is_known:
            tests = [f"{self.name} is {start}", rails.within(settles.otherwise_unknown)]
            with self.writer.block(f"elif {' and '.join(reversed(tests) if settles.unknown else tests)}:"):
                self.writer.line(f"{self.name} = None")

    def _sum_of_some(self, test: Scaled, then: Scaled) -> None:
        """The sum of those that meet a test; one that may meet it adds 0, or leaves the sum open."""

        def add() -> None:
            self._known(then, lambda text: self.writer.line(f"{self.name} += {text}"))

        found = self.expressions.rails(test)
        if not found.is_known and any(isinstance(part, Fold | Pick | Rank) for part in nodes_under(then)):
            self._sum_of_lists(self.expressions.simple(Code(found.value, True), "c"), then)
            return
        with self.writer.block(f"if {found.yes}:"):
            add()
        if found.is_known:
            return
        if isinstance(then, Constant):
            self._open(f"elif {found.otherwise_unknown}:")
        else:
            with self.writer.block(f"elif {found.otherwise_unknown}:"):
                self._open(f"if {self.expressions.value(then).within} != 0:")

    def _sum_of_lists(self, test: str, then: Scaled) -> None:
        """The same, where what is added runs through lists: written once, or lists in lists would double each time."""
        with self.writer.block(f"if {test} is not False:"):
            value = self.expressions.simple(self.expressions.value(then))
            self._open(f"if {value} is None or ({test} is None and {value} != 0):")
            with self.writer.block(f"elif {test}:"):
                self.writer.line(f"{self.name} += {value}")

    def _known(self, value: Scaled, add: Callable[[str], None]) -> None:
        code = self.expressions.strict(value)
        if not code.guards:
            add(code.text)
            return
        self._open(f"if {' or '.join(code.guards)}:")
        with self.writer.block("else:"):
            add(code.text)

    def _counted(self, condition: Scaled | None, value: Scaled, add: Callable[[str], None]) -> None:
        if condition is None:
            self._known(value, add)
            return
        found = self.expressions.rails(condition)
        with self.writer.block(f"if {found.yes}:"):
            self._known(value, add)
        if not found.is_known:
            self._open(f"elif {found.otherwise_unknown}:")

    def _open(self, head: str) -> None:
        self.may_be_open = True
        with self.writer.block(head):
            self.writer.line(f"{self.open_name} = True")

    def _extreme(self, sign: str, text: str) -> None:
        name = text if text.isidentifier() else self.writer.named(text, "v")
        with self.writer.block(f"if {self.name} is None or {name} {sign} {self.name}:"):
            self.writer.line(f"{self.name} = {name}")

    def _first(self, text: str) -> None:
        node = self.node
        assert isinstance(node, Pick)
        name = text if text.isidentifier() else self.writer.named(text, "v")
        sign = (">" if node.highest_first else "<") + ("=" if node.last_listed_first else "")
        entry = self.expressions.reading.entry(node.variable, node.entries.scope).text
        with self.writer.block(f"if {self.name}_by is None or {name} {sign} {self.name}_by:"):
            self.writer.line(f"{self.name}, {self.name}_by = {entry}, {name}")
