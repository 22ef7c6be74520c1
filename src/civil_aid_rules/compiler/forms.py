"""Pass 4: a rule block in one of its forms → one node, checked against the rule's declared type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.compiler.expressions import compare, condition, conform, elaborate, narrowed_by
from civil_aid_rules.compiler.expressions import list_read as read_list
from civil_aid_rules.compiler.read_values import read_citations
from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.tables import check_decision
from civil_aid_rules.compiler.wording import A_NUMBER, type_words
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.ir.nodes import (
    Arithmetic,
    Branch,
    Cases,
    Choose,
    Connective,
    Constant,
    Decision,
    Exceptions,
    ListRead,
    Named,
    Node,
    Pick,
    Rank,
    Round,
    Undefined,
)
from civil_aid_rules.ir.types import DateType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.language import syntax
from civil_aid_rules.language.parse import parse
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import (
    CaseBlock,
    Cite,
    DecisionBlock,
    ExceptionBlock,
    PickBlock,
    RankBlock,
    RowBlock,
    RuleBlock,
    SourceBlock,
)
from civil_aid_rules.quantities.numbers import read_number

Parser = Callable[[Text], syntax.Expression | None]
_NUMBER_OR_YES_NO = Both("a number or yes/no", "数或是/否")
_ORDERED = Both("a number or a day that is never none", "不会是 none 的数或日期")
_LIST_BEFORE = Both("a list of the entry named before it", "前一项中的列表")
_CELL = re.compile(r"\s*(<=|>=|<|>|==|!=)\s*(.+?)\s*$")


@dataclass(slots=True)
class FormReader:
    """Reads one rule's block: its scope, its declared type, and the sources that it may cite."""

    scope: RuleScope
    type: Type
    sources: dict[str, SourceBlock]
    title: Bilingual

    def body(self, block: RuleBlock) -> Node:
        """The rule's node: its form, then `when`, exceptions and rounding, in that order."""
        scope = self.scope
        self.scope.if_zero = self._modifier(block.if_zero)
        self.scope.if_empty = self._modifier(block.if_empty)
        test: Typed | None = None
        if block.when is not None and (expression := self.parsed(block.when)) is not None:
            test = condition(expression, scope)
            self.scope = scope.narrow(narrowed_by(expression, True))
        node = self._form(block)
        self.scope = scope
        if test is not None:
            otherwise = Constant(False if isinstance(self.type, YesNoType) else 0)
            if not isinstance(self.type, NumberType | YesNoType) and block.when is not None:
                self._fault("rule-when", block.when, type_words(self.type), _NUMBER_OR_YES_NO)
            node = Cases((Branch(test.node, node),), otherwise)
        if block.except_:
            node = self._exceptions(node, block.except_)
        return self._rounded(node, block)

    def parsed(self, text: Text) -> syntax.Expression | None:
        """The text as an expression; its faults are reported."""
        return parsed(text, self.scope)

    def value(self, text: Text, what: str) -> Node:
        """An expression of the rule's own type."""
        expression = self.parsed(text)
        if expression is None:
            return Constant(0)
        return conform(elaborate(expression, self.scope), self.type, expression.at, self.scope, what)

    def test(self, text: Text) -> Node:
        """An expression that is yes or no."""
        expression = self.parsed(text)
        return Constant(False) if expression is None else condition(expression, self.scope).node

    def cited(self, cite: Cite | None) -> tuple[Citation, ...]:
        """The citations of a part of the rule."""
        return read_citations(cite, self.sources, self.scope.problems)

    def _fault(self, code: str, text: Text, found: object, expected: object) -> None:
        self.scope.problems.append(problem(code, text.at, found=found, expected=expected))

    def _modifier(self, text: Text | None) -> Callable[[], Node] | None:
        """`if_zero` / `if_empty`: undefined, or an expression; its type is that of the place where it stands in."""
        if text is None:
            return None
        if text == "undefined":
            return Undefined
        expression = self.parsed(text)
        return (lambda: elaborate(expression, self.scope).node) if expression is not None else Undefined

    def _form(self, block: RuleBlock) -> Node:
        if block.is_ is not None:
            return self.value(block.is_, "is")
        if block.flag is not None:
            return self.test(block.flag)
        if block.cases is not None:
            return self._cases(block)
        if block.all_ is not None or block.any_ is not None:
            return self._conditions(block)
        if block.sum_ is not None:
            return self._sum(block)
        if block.decide is not None:
            return self._decision(block.decide)
        if block.choose is not None:
            return self._choose(block)
        if block.pick is not None:
            return self._pick(block.pick)
        assert block.rank is not None
        return self._rank(block.rank)

    def _cases(self, block: RuleBlock) -> Node:
        assert block.cases is not None
        scope, branches = self.scope, list[Branch]()
        for index, case in enumerate(block.cases):
            last = index == len(block.cases) - 1
            if (
                last != (case.else_ is not None)
                or (case.if_ is None) == (case.else_ is None)
                or (case.is_ is None) != (case.if_ is None)
            ):
                self.scope.problems.append(
                    problem(
                        "case-form", case.at, found=_keys_of(case), expected="{else: …}" if last else "{if: …, is: …}"
                    )
                )
                continue
            text = case.is_ or case.else_
            assert text is not None
            expression = None if case.if_ is None else self.parsed(case.if_)
            test = None if expression is None else condition(expression, self.scope)
            before = self.scope
            if expression is not None:
                self.scope = before.narrow(narrowed_by(expression, True))
            name = "else" if case.if_ is None else f"case {index + 1}"
            value = Named("case", name, self.value(text, name), case.say, self.cited(case.cite), case.at)
            self.scope = before if expression is None else before.narrow(narrowed_by(expression, False))
            if last:
                self.scope = scope
                return Cases(tuple(branches), value)
            branches.append(Branch(test.node if test is not None else Constant(False), value))
        self.scope = scope
        return Constant(0)

    def _conditions(self, block: RuleBlock) -> Node:
        scope, operands = self.scope, list[Node]()
        holds = block.all_ is not None
        seen = set[str]()
        for item in block.all_ or block.any_ or ():
            self._refuse_twice(item.id, item.if_, seen)
            expression = self.parsed(item.if_)
            body: Node = Constant(False)
            if expression is not None:
                body = condition(expression, self.scope).node
                self.scope = self.scope.narrow(narrowed_by(expression, holds))
            operands.append(Named("condition", item.id, body, item.say, self.cited(item.cite), item.at))
        self.scope = scope
        return Connective("and" if holds else "or", tuple(operands))

    def _refuse_twice(self, name: str, text: Text, seen: set[str]) -> None:
        if name in seen:
            self._fault("name-twice-in-rule", text, name, 1)
        seen.add(name)

    def _sum(self, block: RuleBlock) -> Node:
        total: Node | None = None
        seen = set[str]()
        for line in block.sum_ or ():
            self._refuse_twice(line.id, line.is_, seen)
            node = self.value(line.is_, line.id)
            if line.when is not None:
                node = Cases((Branch(self.test(line.when), node),), Constant(0))
            named = Named("line", line.id, node, line.title, self.cited(line.cite), line.at)
            total = named if total is None else Arithmetic("+", total, named)
        assert total is not None
        return total

    def _exceptions(self, base: Node, blocks: Sequence[ExceptionBlock]) -> Node:
        branches: list[Branch] = []
        seen = set[str]()
        for block in blocks:
            self._refuse_twice(block.id, block.if_, seen)
            value = self.value(block.then, f"exception {block.id}")
            if block.except_:
                value = self._exceptions(value, block.except_)
            named = Named("exception", block.id, value, block.say, self.cited(block.cite), block.at)
            branches.append(Branch(self.test(block.if_), named))
        return Exceptions(base, tuple(branches))

    def _rounded(self, node: Node, block: RuleBlock) -> Node:
        if block.round is None:
            return node
        step = read_number(block.round.to)
        if step is None or step <= 0:
            self._fault("round-step", block.round.to, block.round.to, "0.01")
            return node
        if not isinstance(self.type, NumberType):
            self._fault("type-mismatch", block.round.to, type_words(self.type), A_NUMBER)
        return Round(node, step, block.round.mode, self.cited(block.round.cite))

    def _choose(self, block: RuleBlock) -> Node:
        assert block.choose is not None
        options = tuple(
            Named(
                "option", option.id, self.value(option.is_, option.id), option.title, self.cited(option.cite), option.at
            )
            for option in block.choose.options
        )
        if not isinstance(self.type, NumberType):
            self._fault("type-mismatch", block.choose.options[0].is_, type_words(self.type), A_NUMBER)
        return Choose(block.choose.take, options)

    # --- decision tables ----------------------------------------------------------------------------------------------

    def _decision(self, block: DecisionBlock) -> Node:
        faults = len(self.scope.problems)
        columns: list[Typed] = []
        for column in block.columns:
            expression = self.parsed(column)
            columns.append(Typed(Constant(0), None) if expression is None else elaborate(expression, self.scope))
        rows: list[Branch] = []
        cells: list[tuple[Node, ...]] = []
        for index, row in enumerate(block.rows):
            if len(row.when) != len(columns):
                self.scope.problems.append(problem("table-cells", row.at, found=len(row.when), expected=len(columns)))
                return Constant(0)
            tests = tuple(self._cell(cell, column) for cell, column in zip(row.when, columns, strict=True))
            cells.append(tests)
            rows.append(self._row(index, row, tests))
        if all(column.type is not None for column in columns) and len(self.scope.problems) == faults:
            places = tuple(row.at for row in block.rows)
            check_decision(block, columns, cells, places, self.scope.problems)
        if block.hit == "collect" and not isinstance(self.type, NumberType):
            self._fault("type-mismatch", block.columns[0], type_words(self.type), A_NUMBER)
        return Decision(block.hit, tuple(rows))

    def _row(self, index: int, row: RowBlock, tests: tuple[Node, ...]) -> Branch:
        name = f"row {index + 1}"
        if row.then == "impossible":
            if row.cite is None:
                self._fault("cite-missing", row.then, Both(f"row {index + 1}", f"第 {index + 1} 行"), "cite: …")
            value: Node = Undefined()
        else:
            value = self.value(row.then, name)
        named = Named("row", name, value, None, self.cited(row.cite), row.at)
        open_tests = tuple(test for test in tests if test != Constant(True))
        test = (
            open_tests[0] if len(open_tests) == 1 else Connective("and", open_tests) if open_tests else Constant(True)
        )
        return Branch(test, named)

    def _cell(self, cell: Text, column: Typed) -> Node:
        """One cell as a condition on its column."""
        if cell == "-" or column.type is None:
            return Constant(True)
        if isinstance(column.type, YesNoType) and cell in ("yes", "no"):
            return compare("==", column, Typed(Constant(cell == "yes"), column.type), cell.at, self.scope).node
        if isinstance(column.type, TextType):
            texts = [part.strip() for part in cell.split(",")]
            tests = [
                compare("==", column, Typed(Constant(text), TextType()), cell.at, self.scope).node for text in texts
            ]
            return tests[0] if len(tests) == 1 else Connective("or", tuple(tests))
        return self._limits(cell, column)

    def _limits(self, cell: Text, column: Typed) -> Node:
        tests: list[Node] = []
        offset = 0
        for part in cell.split(" and "):
            found = _CELL.match(part)
            if found is None:
                self._fault("table-cell", cell, cell, _cells_of(column.type))
                return Constant(True)
            expression = self.parsed(Text(found[2], cell.inner_at.shifted(offset + found.start(2))))
            if expression is not None:
                tests.append(
                    compare(found[1], column, elaborate(expression, self.scope), expression.at, self.scope).node
                )
            offset += len(part) + len(" and ")
        return tests[0] if len(tests) == 1 else Connective("and", tuple(tests))

    # --- one of a list ------------------------------------------------------------------------------------------------

    def _pick(self, block: PickBlock) -> Node:
        bound = binding(block.from_, self.scope)
        if bound is None:
            return Constant(0)
        name, source = bound
        entries = read_list(source, self.scope)
        if entries is None:
            return Constant(0)
        read, field = entries
        inner, variable = self.scope.new_variable(name, field.scope, field.unit)
        test, by = self._ranked(block.if_, block.by, inner)
        return Pick(read, variable.index, test, by, block.order, block.tie)

    def _rank(self, block: RankBlock) -> Node:
        name, subject = next(reversed(self.scope.variables.items()), ("", None))
        if subject is None:
            return Constant(0)  # a rule without for_each: reported with its head
        parent, _, list_name = subject.scope.rpartition(".")
        owner = next((item for item in self.scope.variables.values() if item.scope == parent), None)
        field = self.scope.facts(parent).lists[list_name]
        read = ListRead(owner.index if owner else 0, field.slot, field.scope, Bilingual(en=field.en, zh=field.zh))
        others = {key: value for key, value in self.scope.variables.items() if key != name}
        outer = RuleScope(
            self.scope.context, self.scope.instance, others, self.scope.problems, counter=self.scope.counter
        )
        inner, variable = outer.new_variable(name, field.scope, field.unit)
        test, by = self._ranked(block.if_, block.by, inner)
        outside = self.value(block.outside, "outside")
        return Rank(read, subject.index, variable.index, test, by, block.order, block.tie, outside)

    def _ranked(self, if_: Text | None, by: Text, inner: RuleScope) -> tuple[Node | None, Node]:
        """The condition and the key of a pick or rank."""
        test: Node | None = None
        if if_ is not None and (expression := parsed(if_, inner)) is not None:
            test = condition(expression, inner).node
            inner = inner.narrow(narrowed_by(expression, True))
        expression = parsed(by, inner)
        if expression is None:
            return test, Constant(0)
        key = elaborate(expression, inner)
        if key.type is not None and (not isinstance(key.type, NumberType | DateType) or key.may_be_none):
            self._fault("type-mismatch", by, type_words(key.type), _ORDERED)
        return test, key.node


def _keys_of(case: CaseBlock) -> str:
    keys = ", ".join(
        key for key, text in (("if", case.if_), ("is", case.is_), ("else", case.else_)) if text is not None
    )
    return f"{{{keys}}}"


def _cells_of(type_: Type | None) -> Both:
    """What the cells of a column may hold."""
    if isinstance(type_, YesNoType):
        return Both("yes, no or -", "yes、no 或 -")
    limits = "< 3, >= 3, >= 1 and < 3"
    return Both(f"a comparison such as {limits}, or -", f"{limits} 这样的比较，或 -")


def parsed(text: Text, scope: RuleScope) -> syntax.Expression | None:
    """The text as an expression; its faults go to the scope's problems."""
    found = parse(str(text), text.inner_at)
    if isinstance(found, tuple):
        scope.problems.extend(found)
        return None
    return found


def binding(text: Text, scope: RuleScope) -> tuple[str, syntax.Expression] | None:
    """`m in members` as its name and list."""
    name, found, source = text.partition(" in ")
    name = name.strip()
    if not found or not name.isidentifier() or not name.isascii():
        scope.problems.append(
            problem("for-each-form", text.at, found=text, expected=f"m in {text if text.isidentifier() else '…'}")
        )
        return None
    expression = parsed(Text(source, text.inner_at.shifted(len(text) - len(source))), scope)
    return None if expression is None else (name, expression)


def bind_for_each(for_each: Text | list[Text] | None, scope: RuleScope) -> tuple[RuleScope, str] | None:
    """The scope inside a rule's `for_each`, and the list's path ("" without one); None with a problem."""
    reached = ""
    for text in [] if for_each is None else for_each if isinstance(for_each, list) else [for_each]:
        bound = binding(text, scope)
        if bound is None:
            return None
        entries = read_list(bound[1], scope)
        if entries is None:
            return None
        field = entries[1]
        parent = field.scope.rpartition(".")[0]
        if parent != reached:
            expected = f"[m in {parent}, {text}]" if parent else _LIST_BEFORE
            scope.problems.append(problem("for-each-form", text.at, found=text, expected=expected))
            return None
        scope, _ = scope.new_variable(bound[0], field.scope, field.unit)
        reached = field.scope
    return scope, reached
