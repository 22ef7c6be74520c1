"""The whole function: facts in, the values of every rule out, in as few passes over each list as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from civil_aid_rules.backends.python_source.usual import FEWEST, Usual, affected_of, usual_of
from civil_aid_rules.backends.python_source.writer import Code, Writer
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import Constant, ScaledProgram, ScaledRule

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
    shapes = shapes_of(program, vocabulary)
    names = Names({"facts", "NONE", "_", *CALLED, *(shape.usual for shape in shapes.values())})
    writer = Writer(names, {})
    known = Known(writer, vocabulary, shapes, program.rules)
    printer = _Printer(
        names.of(name), program.rules, items_of(program.rules), known, writer, set(), [], [], {}, {}, {}, {}
    )
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
    usual: dict[str, Usual | None]
    divisors: dict[scaled.Scaled, str]
    of_record: dict[int, str]
    expressions: Expressions | None = None

    def printed(self, intervals: Intervals) -> Source:
        """The whole source."""
        self.expressions = Expressions(self.writer, intervals, self)
        self.left = list(self.needs)
        with self.writer.aside() as body:
            self._level("", list(self.needs))
            where = self._returned()
        first = [*self.known.openings(), *(self._flattened(scope, name) for scope, name in self.flat.items())]
        self.writer.line(f"{', '.join(self.known.unpacked(0, ''))}, = facts")
        for line in first:
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
        if part[1] == "divisor" and part[0] in self.of_record:
            given.append(self.of_record[part[0]])
            return Where(len(given) - 1)
        if part not in self.known.here:
            return None
        given.append(self.known.here[part].text)
        return Where(len(given) - 1)

    # --- passes -----------------------------------------------------------------------------------------------------

    def _level(self, scope: str, todo: list[Item]) -> None:
        """Everything in `todo`: what is at this level when all that it reads is there, and passes over the lists."""
        waiting = list(todo)
        while waiting:
            block = self._block(scope, waiting)
            if block:
                self._rules(scope, [self.rules[slot] for slot in block])
                waiting = [item for item in waiting if item not in block]
                continue
            child, doable = self._next_pass(scope, waiting)
            waiting = [item for item in waiting if item not in doable]
            self._pass(scope, child, doable)

    def _block(self, scope: str, waiting: Sequence[Item]) -> list[int]:
        """The rules at a level that need no further pass, in their order."""
        found: list[int] = []
        for item in waiting:
            needs = self.needs[item]
            if (
                isinstance(item, int)
                and self.rules[item].scope == scope
                and needs.anywhere <= self.everywhere
                and all(near in found or self._is_known(near) for near in needs.near)
            ):
                found.append(item)
        return found

    def _rules(self, scope: str, rules: Sequence[ScaledRule]) -> None:
        """Several rules; those that a usual entry settles in two branches."""
        usual = self._usual(scope)
        affected, late = ([], []) if usual is None else affected_of(usual, rules, self.needs)
        if usual is None or len(affected) < FEWEST:
            affected, late, usual = [], [], None
        else:
            self._name(usual)
        for rule in rules:
            if rule.slot not in affected and rule.slot not in late:
                self._rule(rule)
        if usual is not None:
            self.writer.indent += 1
            with self._block_of_its_own() as general:
                for slot in affected:
                    self._rule(self.rules[slot])
            with self.writer.aside() as short:
                self._settled(usual, affected)
            self.writer.indent -= 1
            with self.writer.block(f"if {usual.name}:"):
                self.writer.lines += short
            with self.writer.block("else:"):
                self.writer.lines += general
        for slot in late:
            self._rule(self.rules[slot])
        for rule in rules:
            self.left.remove(rule.slot)

    def _usual(self, scope: str) -> Usual | None:
        """What is usual of an entry of a list."""
        if scope not in self.usual:
            self.usual[scope] = usual_of(scope, self.known.shapes[scope].grouped, self.known.vocabulary)
        return self.usual[scope]

    def _name(self, usual: Usual) -> None:
        """How source asks whether the entry is a usual one."""
        groups = self.known.groups(depth(usual.scope), usual.scope)
        usual.name = f"{groups} is {self.known.shapes[usual.scope].usual}"

    @contextmanager
    def _block_of_its_own(self) -> Iterator[list[str]]:
        """Lines of one branch; the facts of groups that they read are taken out first."""
        kept, self.known.opened = self.known.opened, set()
        with self.writer.aside() as lines:
            yield lines
        with self.writer.aside() as first:
            for line in self.known.openings():
                self.writer.line(line)
        lines[:0] = first
        self.known.opened = kept

    def _settled(self, usual: Usual, affected: Sequence[int]) -> None:
        """What the affected rules are for a usual entry, under the names that they have for any."""
        assert self.expressions is not None
        same: dict[str, list[str]] = {}
        facts = {
            name
            for (_, scope, slot), name in self.known.fact_names.items()
            if slot not in self.known.shapes[scope].grouped
        }
        with self.writer.aside() as lines:
            for slot in affected:
                value = usual.simpler(self.rules[slot].value)
                name = self.known.here[slot, "value"].text
                code = self.expressions.value(value)
                if isinstance(value, Constant):
                    usual.rules[slot] = value
                if not name.isidentifier() or name in facts or name in ("None", "NONE", "True", "False"):
                    continue
                if isinstance(value, Constant):
                    same.setdefault(code.text, []).append(name)
                elif code.text != name:
                    self.writer.line(f"{name} = {code.text}")
        for text, names in same.items():
            self.writer.line(f"{' = '.join(dict.fromkeys(names))} = {text}")
        self.writer.lines += lines

    def _gather(self, scope: str, gatherings: Sequence[Gathering]) -> None:
        """What one entry adds to each; what a usual entry adds in a branch of its own."""
        usual = self._usual(scope)
        affected = [] if usual is None else [item for item in gatherings if usual.affects(item.node)]
        for gathering in gatherings:
            if gathering not in affected:
                gathering.each()
        if usual is None or not affected:
            return
        self._name(usual)
        with self.writer.block(f"if {usual.name}:"):
            for gathering in affected:
                gathering.each_of(usual.simpler)
        with self.writer.block("else:"):
            with self._block_of_its_own() as general:
                for gathering in affected:
                    gathering.each()
            self.writer.lines += general

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
            self._gather(child, gatherings)
            self._store(child, inside)

        with self.writer.aside() as lines:
            self._loop(child, depth(child), depth(scope), gatherings, body)
        self.known.here = kept
        self.usual.pop(child, None)
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
        reads_facts = any(key[0] == variable for key in self.known.used)
        with self.writer.aside() as opened:
            for line in self.known.openings(variable):
                self.writer.line(line)
        head = [*self._loads(scope, variable), *opened]
        self.known.loaded = {**loaded, **self.known.loaded}
        self.writer.indent -= 2
        over = None if reads_facts or above or "." in scope else self._over_rows(head)
        unpacked = ", ".join(self.known.unpacked(variable, scope))
        self.known.used = {key for key in self.known.used if key[0] != variable}
        names = " = ".join(gathering.name for gathering in gatherings)
        with self.writer.block(f"if {entries} is None:"):
            if names:
                self.writer.line(f"{names} = None")
        with self.writer.block("else:"):
            starts: dict[str, list[str]] = {}
            for name, start in [found for gathering in gatherings for found in gathering.before()]:
                starts.setdefault(f"{name}=" if start == "[]" else start, []).append(name)  # lists are not shared
            for start, together in starts.items():
                self.writer.line(f"{' = '.join(together)} = {'[]' if start.endswith('=') else start}")
            with self.writer.block(f"for {unpacked}, in {entries}:" if over is None else over):
                self.writer.lines += [*(head if over is None else ()), *lines]
            for gathering in gatherings:
                gathering.after()

    def _over_rows(self, head: Sequence[str]) -> str | None:
        """The head of a loop that reads nothing of the record, only what one earlier pass has found for each entry."""
        loads = [line.split() for line in head]  # name = rows[place][index]
        sources = {source.partition("[")[0] for _, _, source in loads}
        rows = next((rows for rows in self.known.rows if {rows.name} == sources), None)
        if rows is None:
            return None
        names = {int(source.rpartition("[")[2].rstrip("]")): name for name, _, source in loads}
        return f"for {', '.join(names.get(place, '_') for place in range(len(rows.parts)))}, in {rows.name}:"

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
            if rule.divisor in self.divisors:
                self.of_record[rule.slot] = self.divisors[rule.divisor]
                return
            below = self.expressions.value(rule.divisor)
            name = below.text if below.is_name else self.writer.named(below.text, f"{short_name(rule)}_divisor")
            self.known.here[rule.slot, "divisor"] = Code(name)
            if not rule.scope:
                self.divisors[rule.divisor] = name

    # --- what expressions read --------------------------------------------------------------------------------------

    def fact(self, read: scaled.FactRead) -> Code:
        """A fact."""
        return self.known.fact(read.variable, read.scope, read.slot)

    def rule(self, read: scaled.RuleRead) -> Code:
        """A rule of this entry or one above; of another entry, from the rows of a pass before."""
        part = (read.rule, read.part)
        if read.part == "divisor" and read.rule in self.of_record:
            return Code(self.of_record[read.rule])
        if read.variable < scaled.FREE:
            return self.known.part(part)
        return self._of_entry(part, self.known.place(read.variable, self.rules[read.rule].scope))

    def _of_entry(self, part: tuple[int, str], place: str) -> Code:
        rows = self.known.stored(part)
        if part[1] == "divisor" and part[0] in self.of_record:
            return Code(self.of_record[part[0]])
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
                at = self.known.shapes[scope].at_fact(slot)
                return Code(f"{self._all(scope)}[{reference.text}]{at}", True, reference.guards)

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

    def divisor(self, node: scaled.Divisor) -> str | None:
        """The name of a divisor that a rule of the record has, once that rule is worked out."""
        return self.divisors.get(node)

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
