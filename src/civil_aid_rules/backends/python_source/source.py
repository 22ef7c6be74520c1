"""The whole function: facts in, the values of every rule out, in as few passes over each list as possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from civil_aid_rules.backends.python_source.expressions import Expressions
from civil_aid_rules.backends.python_source.gathering import Gathering
from civil_aid_rules.backends.python_source.layout import EntryShape, RuleWhere, Where, shapes_of
from civil_aid_rules.backends.python_source.names import Names
from civil_aid_rules.backends.python_source.passes import (
    Item,
    ListNode,
    Needs,
    depth,
    is_gathered,
    is_within,
    items_of,
    level_of,
    list_of,
    table_of,
)
from civil_aid_rules.backends.python_source.reading import Known, Part, Rows, short_name
from civil_aid_rules.backends.python_source.support import CALLED
from civil_aid_rules.backends.python_source.writer import Code, Writer
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import ScaledProgram, ScaledRule

PARTS = ("value", "divisor", "assumed")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of the function, the values that it names, and where each rule's values come out."""

    name: str
    text: str
    constants: dict[str, object]
    where: tuple[RuleWhere, ...]
    shapes: dict[str, EntryShape]


def source_of(name: str, program: ScaledProgram, vocabulary: Vocabulary) -> Source:
    """The source of a program."""
    names = Names({"facts", "NONE", "_", *CALLED})
    writer = Writer(names, {})
    known = Known(writer, vocabulary, shapes_of(program), program.rules)
    printer = _Printer(names.of(name), program.rules, items_of(program.rules), known, writer, set(), [], [], {})
    return printer.printed(Intervals(vocabulary, program.rules))


@dataclass(slots=True)
class _Printer:
    """Writes one function. `left` is what has not been worked out, `everywhere` the rules done for every entry."""

    function: str
    rules: tuple[ScaledRule, ...]
    needs: dict[Item, Needs]
    known: Known
    writer: Writer
    everywhere: set[int]
    left: list[Item]
    new_rows: list[str]
    flat: dict[str, str]
    expressions: Expressions | None = None

    def printed(self, intervals: Intervals) -> Source:
        """The whole source."""
        self.expressions = Expressions(self.writer, intervals, self)
        self.left = list(self.needs)
        with self.writer.aside() as body:
            self._level("", list(self.needs))
            where = self._returned()
        flat = [self._flattened(scope, name) for scope, name in self.flat.items()]
        self.writer.line(f"{', '.join(self.known.unpacked(0, ''))}, = facts")
        for line in flat:
            self.writer.line(line)
        text = "\n".join([f"def {self.function}(facts):", *self.writer.lines, *body]) + "\n"
        return Source(self.function, text, self.writer.constants, where, self.known.shapes)

    def _returned(self) -> tuple[RuleWhere, ...]:
        """Write what is returned; say where each value is in it."""
        given = [rows.name for rows in self.known.rows]
        found: list[RuleWhere] = []
        for slot in range(len(self.rules)):
            value, divisor, assumed = (self._where((slot, part), given) for part in PARTS)
            assert value is not None
            found.append(RuleWhere(value, divisor, assumed))
        self.writer.line(f"return ({', '.join(given)},)")
        return tuple(found)

    def _where(self, part: Part, given: list[str]) -> Where | None:
        rows = self.known.stored(part)
        if rows is not None:
            return Where(rows.place(part), self.known.rows.index(rows))
        if part not in self.known.here:
            return None
        given.append(self.known.here[part].text)
        return Where(len(given) - 1)

    # --- passes -----------------------------------------------------------------------------------------------------

    def _level(self, scope: str, todo: list[Item]) -> None:
        """Everything in `todo`: what is at this level when all that it reads is there, and passes over the lists."""
        waiting = list(todo)
        while waiting:
            ready = next((item for item in waiting if self._is_ready(item, scope)), None)
            if isinstance(ready, int):
                self._rule(self.rules[ready])
                waiting.remove(ready)
                self.left.remove(ready)
                continue
            child, doable = self._next_pass(scope, waiting)
            waiting = [item for item in waiting if item not in doable]
            self._pass(scope, child, doable)

    def _is_ready(self, item: Item, scope: str) -> bool:
        if not isinstance(item, int) or self.rules[item].scope != scope:
            return False
        needs = self.needs[item]
        return needs.anywhere <= self.everywhere and all(self._is_known(near) for near in needs.near)

    def _is_known(self, item: Item) -> bool:
        return (item, "value") in self.known.here or self.known.stored((item, "value")) is not None

    def _next_pass(self, scope: str, waiting: Sequence[Item]) -> tuple[str, list[Item]]:
        """The list to run through next, and what can be worked out on the way: whichever leaves least."""
        passes: list[tuple[int, str, list[Item]]] = []
        for child in self.known.shapes[scope].lists:
            of_child = [item for item in waiting if is_within(list_of(item, self.rules), child)]
            doable = self._doable(scope, of_child)
            if doable:
                passes.append((len(of_child) - len(doable), child, doable))
        assert passes, f"nothing can be worked out of {[str(item)[:80] for item in waiting]}"
        _, child, doable = min(passes, key=lambda found: found[0])
        return child, doable

    def _doable(self, scope: str, found: list[Item]) -> list[Item]:
        """Those that read nothing but what is there, or is worked out for the same entry."""
        while True:
            inside = {item for item in found if level_of(item, self.rules) != scope}
            left = [
                item
                for item in found
                if self.needs[item].anywhere <= self.everywhere
                and all(near in inside or self._is_known(near) for near in self.needs[item].near)
            ]
            if len(left) == len(found):
                return found
            found = left

    def _pass(self, scope: str, child: str, doable: list[Item]) -> None:
        """One loop over a list: everything of its entries, what is gathered of them, and their rows."""
        inside = [item for item in doable if level_of(item, self.rules) != scope]
        gatherings = [self._gathering(item) for item in doable if not isinstance(item, int) and item not in inside]
        kept = dict(self.known.here)

        def body() -> None:
            self._level(child, inside)
            for gathering in gatherings:
                gathering.each()
            self._store(child, inside)

        with self.writer.aside() as lines:
            self._loop(child, depth(child), depth(scope), gatherings, body)
        self.known.here = kept
        if not scope:
            for name in self.new_rows:
                self.writer.line(f"{name} = []")
            self.new_rows = []
            self.everywhere |= {item for item in inside if isinstance(item, int)}
        self.writer.lines += lines
        for gathering in gatherings:
            self.known.here[gathering.node, "value"] = Code(gathering.name, True)
            self.left.remove(gathering.node)

    def _loop(
        self, scope: str, variable: int, above: int, gatherings: Sequence[Gathering], body: Callable[[], None]
    ) -> None:
        """A loop over a list of the entry that `above` stands for; where the list is not known, nothing is."""
        entries = self.known.entries(above, scope)
        self.writer.indent += 2
        loaded, self.known.loaded = self.known.loaded, {}
        with self.writer.aside() as lines:
            body()
        head = self._loads(scope, variable)
        self.known.loaded = {**loaded, **self.known.loaded}
        self.writer.indent -= 2
        unpacked = ", ".join(self.known.unpacked(variable, scope))
        self.known.used = {key for key in self.known.used if key[0] != variable}
        names = " = ".join(gathering.name for gathering in gatherings)
        with self.writer.block(f"if {entries} is None:"):
            if names:
                self.writer.line(f"{names} = None")
        with self.writer.block("else:"):
            for gathering in gatherings:
                gathering.before()
            with self.writer.block(f"for {unpacked}, in {entries}:"):
                self.writer.lines += [*head, *lines]
            for gathering in gatherings:
                gathering.after()

    def _loads(self, scope: str, variable: int) -> list[str]:
        """Values of earlier passes for this entry, as the first statements of the loop."""
        with self.writer.aside() as lines:
            for part, code in list(self.known.loaded.items()):
                rows = self.known.stored(part)
                assert rows is not None
                if rows.scope == scope and variable == depth(scope):
                    place = self.known.place(variable, scope)
                    self.writer.line(f"{code.text} = {rows.name}[{place}][{rows.place(part)}]")
                    del self.known.loaded[part]
        return lines

    def _store(self, scope: str, inside: Sequence[Item]) -> None:
        """Keep the values of an entry's rules, and what its own lists come to where a later pass reads that."""
        later = {near for item in self.left for near in self.needs[item].near}
        kept = [item for item in inside if level_of(item, self.rules) == scope]
        parts = [
            (item, part)
            for item in kept
            for part in PARTS
            if (item, part) in self.known.here and (isinstance(item, int) or item in later)
        ]
        if parts:
            codes = [self.known.here[part] for part in parts]
            rows = Rows(self.writer.names.of(f"{scope.rpartition('.')[2]}_rows"), scope, parts, codes)
            self.known.rows.append(rows)
            self.new_rows.append(rows.name)
            self.writer.line(f"{rows.name}.append(({', '.join(code.text for code in codes)},))")

    def _gathering(self, node: ListNode) -> Gathering:
        kind = node.function if isinstance(node, scaled.Fold) else type(node).__name__.lower()
        name = self.writer.names.of(f"{node.entries.scope.rpartition('.')[2]}_{kind}")
        assert self.expressions is not None
        return Gathering(node, name, self.writer.names.of(f"{name}_open"), self.writer, self.expressions)

    def _rule(self, rule: ScaledRule) -> None:
        """One rule as a name; as what it stands for, where that is a name already."""
        assert self.expressions is not None
        code = self.expressions.value(rule.value)
        if rule.assumed is not None and code.open:
            name = self.writer.named(code.text, short_name(rule))
            taken = self.writer.named(f"{name} is None", f"{name}_assumed")
            with self.writer.block(f"if {taken}:"):
                assumed = self.expressions.value(rule.assumed)
                self.writer.line(f"{name} = {assumed.text}")
            self.known.here[rule.slot, "assumed"] = Code(taken)
            code = Code(name, assumed.open)
        elif not code.is_name:
            code = Code(self.writer.named(code.text, short_name(rule)), code.open)
        self.known.here[rule.slot, "value"] = code
        if rule.divisor is not None:
            below = self.expressions.value(rule.divisor)
            name = below.text if below.is_name else self.writer.named(below.text, f"{short_name(rule)}_divisor")
            self.known.here[rule.slot, "divisor"] = Code(name)

    # --- what expressions read --------------------------------------------------------------------------------------

    def fact(self, read: scaled.FactRead) -> Code:
        """A fact."""
        return self.known.fact(read.variable, read.scope, read.slot)

    def rule(self, read: scaled.RuleRead) -> Code:
        """A rule of this entry or one above; of another entry, from the rows of a pass before."""
        part = (read.rule, read.part)
        if read.variable < scaled.FREE:
            return self.known.part(part)
        return self._of_entry(part, self.known.place(read.variable, self.rules[read.rule].scope))

    def _of_entry(self, part: tuple[int, str], place: str) -> Code:
        rows = self.known.stored(part)
        if rows is None:
            return self.known.here[part]
        return Code(f"{rows.name}[{place}][{rows.place(part)}]", rows.code(part).open)

    def entry(self, variable: int, scope: str) -> Code:
        """The place of an entry."""
        return Code(self.known.place(variable, scope))

    def through(self, reference: Code, node: scaled.Through) -> Code:
        """What is read of the entry that a reference points to."""
        match node.target:
            case scaled.RuleRead(_, slot, part):
                found = self._of_entry((slot, part), reference.text)
                return Code(found.text, found.open, reference.guards)
            case scaled.FactRead(_, scope, slot):
                place = self.known.shapes[scope].place_of_fact(slot)
                return Code(f"{self._all(scope)}[{reference.text}][{place}]", True, reference.guards)

    def _all(self, scope: str) -> str:
        """All entries of a path, in order: of a list of the record, that list."""
        if "." not in scope:
            return self.known.entries(0, scope)
        if scope not in self.flat:
            self.flat[scope] = self.writer.names.of(f"all_{scope.rpartition('.')[2]}")
        return self.flat[scope]

    def _flattened(self, scope: str, name: str) -> str:
        """All entries of the lists that stand in lists, as one list."""
        first, *inner = _leads(scope)
        loops = [f"for e1 in {self.known.entries(0, first)} or ()"]
        for depth_, (outer, listed) in enumerate(zip([first, *inner], inner, strict=False), 1):
            place = self.known.shapes[outer].place_of_list(listed)
            loops.append(f"for e{depth_ + 1} in e{depth_}[{place}] or ()")
        return f"{name} = [e{len(loops)} {' '.join(loops)}]"

    def of_list(self, node: ListNode) -> Code:
        """What a list comes to: gathered already, or gathered now."""
        table = table_of(node) if is_gathered(node) else node
        found = self.known.part((table, "value")) if is_gathered(node) else self._gathered_now(node)
        if not isinstance(node, scaled.Rank):
            return found
        place = self.known.place(node.subject, node.entries.scope)
        return Code(f"{found.text}.get({place}, 0)", False, (f"{found.text} is None",))

    def _gathered_now(self, node: ListNode) -> Code:
        gathering = self._gathering(node)
        self._loop(node.entries.scope, node.variable, node.entries.variable, [gathering], gathering.each)
        return Code(gathering.name, True)


def _leads(scope: str) -> list[str]:
    """`members.income` as `members`, `members.income`."""
    parts = scope.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]
