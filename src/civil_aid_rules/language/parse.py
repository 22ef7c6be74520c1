"""Text → expression: a small subset of Python's expression syntax, parsed with `ast` and an allow-list, never run.

Length, line breaks, characters, nesting and names are checked before `ast` sees the text: hostile text costs nothing.
"""

from __future__ import annotations

import ast

from civil_aid_rules.errors import Both, Problem, problem, shortened
from civil_aid_rules.language import syntax
from civil_aid_rules.language.instead import (
    COMPARISON_WORDS,
    bracketed,
    described,
    syntax_hint,
)
from civil_aid_rules.language.text_faults import text_fault
from civil_aid_rules.names import instead_of
from civil_aid_rules.source import SourceSpan

MAX_DEPTH = 100
"""So many parts may stand in one another (a sum of n terms counts n): what reads them goes one level down for each."""
FUNCTIONS = (
    "sum", "count", "any", "all", "min", "max", "is_set", "value_on", "per_month", "per_year", "months", "years", "age",
    "months_between", "years_before", "months_before", "start_of_month", "start_of_year", "graduated",
    "months_after", "days_after", "working_days_after", "next_working_day",
)  # fmt: skip
QUANTIFIERS = ("sum", "count", "any", "all", "min", "max")

_BINARY: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_ALLOWED = "+ - * / < <= > >= == != and or not in"
_COMPARE: dict[type[ast.cmpop], syntax.ComparisonOperator] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def parse(text: str, at: SourceSpan) -> syntax.Expression | tuple[Problem, ...]:
    """The expression that `text` writes, or its faults. `at` is where its first character stands."""
    fault = text_fault(text, at)
    if fault is not None:
        return (fault,)
    lead = len(text) - len(text.lstrip(" "))
    try:
        tree = ast.parse(text[lead:], mode="eval").body
    except SyntaxError as error:
        offset = error.offset - 1 if error.offset else len(text) - lead  # 0: something is missing at the end
        place = at.shifted(lead + min(max(0, offset), len(text) - lead))
        rest = shortened(text[place.column - at.column :].strip(), 30)
        found = rest or Both("the end", "结尾")
        return (problem("expression-syntax", place, found=found, expected=syntax_hint(text)),)
    reader = _Reader(text[lead:], at.shifted(lead))
    deep = _too_deep(tree)
    if deep is not None:
        return (problem("expression-depth", reader.place(deep), found=f"> {MAX_DEPTH}", expected=MAX_DEPTH),)
    expression = reader.read(tree)
    return tuple(reader.problems) if reader.problems else expression


def _may_have_parts(node: ast.expr) -> bool:
    """Whether `.name` or `[key]` may follow: after a name, and after a name's own parts."""
    is_value = isinstance(node, ast.Name) and node.id in ("yes", "no", "none")
    return isinstance(node, ast.Name | ast.Attribute) and not is_value


def _too_deep(tree: ast.expr) -> ast.expr | None:
    """The first part that stands too deep in others, found without going down into them."""
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH):
        if not level:
            return None
        level = [part for node in level for part in ast.iter_child_nodes(node)]
    found = [node for node in level if isinstance(node, ast.expr)]
    return min(found, key=lambda node: node.col_offset) if found else None


class _Reader:
    """Turns allowed `ast` nodes into expressions; everything else is a problem at its column."""

    def __init__(self, text: str, at: SourceSpan) -> None:
        self.text = text
        self.at = at
        self.is_ascii = text.isascii()
        self.problems: list[Problem] = []

    def after(self, offset: int) -> SourceSpan:
        """The place so many bytes into the text: `ast` counts bytes, a place counts characters."""
        if self.is_ascii:
            return self.at.shifted(offset)
        return self.at.shifted(len(self.text.encode("utf-8")[:offset].decode("utf-8", "ignore")))

    def place(self, node: ast.expr | ast.comprehension) -> SourceSpan:
        """Where a node stands, in characters."""
        offset = node.target.col_offset if isinstance(node, ast.comprehension) else node.col_offset
        return self.after(offset)

    def end(self, node: ast.expr, length: int = 0) -> SourceSpan:
        """Where a node ends, or where its last `length` characters begin."""
        return self.after((node.end_col_offset or node.col_offset) - length)

    def between(self, left: ast.expr, right: ast.expr) -> SourceSpan:
        """Where the operator between two nodes stands."""
        gap = self.text.encode("utf-8")[left.end_col_offset : right.col_offset].decode("utf-8", "ignore")
        return self.end(left).shifted(len(gap) - len(gap.lstrip(" )")))

    def source(self, node: ast.expr) -> str:
        """The text of a node, shortened."""
        return shortened(ast.get_source_segment(self.text, node) or "…", 40)

    def read(self, node: ast.expr) -> syntax.Expression:
        """The expression that a node means."""
        at = self.place(node)
        match node:
            case ast.Name(id="yes" | "no" as word):
                return syntax.YesNo(word == "yes", at)
            case ast.Name(id="none"):
                return syntax.NoneLiteral(at)
            case ast.Name(id=name):
                return self.name(name, at, syntax.Name(name, at))
            case ast.Attribute(value=base, attr=name) if _may_have_parts(base):
                made = syntax.Attribute(self.read(base), name, at)
                return self.name(name, self.end(node, len(name)), made)
            case ast.Constant(value=str() as text):
                return syntax.Text(text, at)
            case ast.Constant(value=int() as number) if not isinstance(number, bool):
                return syntax.Number(number, at)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return syntax.Negative(self.read(operand), at)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return syntax.Not(self.read(operand), at)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return self.binary(_BINARY[type(op)], left, right, at)
            case ast.BoolOp(op=ast.And(), values=values):
                return syntax.And(tuple(self.read(value) for value in values), at)
            case ast.BoolOp(op=ast.Or(), values=values):
                return syntax.Or(tuple(self.read(value) for value in values), at)
            case ast.Compare():
                return self.compare(node, at)
            case ast.Subscript(value=table, slice=key) if _may_have_parts(table):
                return syntax.Subscript(self.read(table), self.read(key), at)
            case ast.Call():
                return self.call(node, at)
            case ast.BinOp(left=left, right=right):
                return self.refuse("expression-form", self.between(left, right), described(node), _ALLOWED)
            case ast.Attribute() | ast.Subscript():
                return self.refuse("expression-form", at, self.source(node), _ALLOWED)
            case _:
                return self.refuse("expression-form", at, described(node), _ALLOWED)

    def refuse(self, code: str, at: SourceSpan, found: object, expected: object) -> syntax.Expression:
        """Report a fault; what stands in for the expression is never used."""
        self.problems.append(problem(code, at, found=found, expected=expected))
        return syntax.Number(0, at)

    def name(self, name: str, at: SourceSpan, made: syntax.Expression) -> syntax.Expression:
        """A name that rules may use: no leading underscore."""
        if name.startswith("_"):
            return self.refuse("expression-name", at, name, name.lstrip("_") or "name")
        return made

    def binary(self, operator: str, left: ast.expr, right: ast.expr, at: SourceSpan) -> syntax.Expression:
        """Arithmetic with one of the four operators."""
        one, other = self.read(left), self.read(right)
        match operator:
            case "+" | "-" | "*" | "/":
                return syntax.Binary(operator, one, other, at)
            case _:
                return self.refuse("expression-operator", at, operator, "+ - * /")

    def compare(self, node: ast.Compare, at: SourceSpan) -> syntax.Expression:
        """A comparison, a chain of them, or membership in a list of texts."""
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
            choices = node.comparators[0]
            if not isinstance(choices, ast.Tuple) or not choices.elts:
                return self.refuse("expression-in", self.place(choices), self.source(choices), bracketed(choices))
            items = tuple(self.read(item) for item in choices.elts)
            return syntax.Membership(self.read(node.left), items, isinstance(node.ops[0], ast.NotIn), at)
        rest: list[tuple[syntax.ComparisonOperator, syntax.Expression]] = []
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            if type(operator) not in _COMPARE:
                word = COMPARISON_WORDS.get(type(operator), "in")
                return self.refuse("expression-operator", self.between(left, right), word, "==")
            rest.append((_COMPARE[type(operator)], self.read(right)))
        return syntax.Comparison(self.read(node.left), tuple(rest), at)

    def call(self, node: ast.Call, at: SourceSpan) -> syntax.Expression:
        """A call of a known function, or a quantifier over a list."""
        if not isinstance(node.func, ast.Name):
            return self.refuse("expression-call", at, self.source(node.func), instead_of("", FUNCTIONS))
        function = node.func.id
        if function not in FUNCTIONS:
            return self.refuse("expression-call", at, function, instead_of(function, FUNCTIONS))
        starred = [argument for argument in node.args if isinstance(argument, ast.Starred)]
        if node.keywords or starred:
            first = self.at.shifted(node.keywords[0].col_offset) if node.keywords else self.place(starred[0])
            found = f"{node.keywords[0].arg or '**'}=" if node.keywords else "*"
            return self.refuse("expression-arguments", first, found, f"{function}(a, b)")
        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return self.quantifier(function, node.args[0], at)
        return syntax.Call(function, tuple(self.read(argument) for argument in node.args), at)

    def quantifier(self, function: str, node: ast.GeneratorExp, at: SourceSpan) -> syntax.Expression:
        """`sum(value for x in list if condition)`."""
        form = f"{function if function in QUANTIFIERS else 'sum'}(value for x in list if condition)"
        if function not in QUANTIFIERS:
            return self.refuse("expression-list", at, f"{function}(… for …)", form)
        if len(node.generators) != 1:
            found = " ".join(["for …"] * len(node.generators))
            return self.refuse("expression-nested-list", self.place(node.generators[1]), found, "for_each: m in …")
        loop = node.generators[0]
        if not isinstance(loop.target, ast.Name) or loop.is_async or len(loop.ifs) > 1:
            return self.refuse("expression-list", self.place(loop), f"{function}(… for …)", form)
        self.name(loop.target.id, self.place(loop), syntax.Number(0, at))
        condition = self.read(loop.ifs[0]) if loop.ifs else None
        return syntax.Aggregate(function, self.read(node.elt), loop.target.id, self.read(loop.iter), condition, at)
