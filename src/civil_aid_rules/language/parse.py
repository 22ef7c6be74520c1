"""Text → expression: a small subset of Python's expression syntax, parsed with `ast` and an allow-list, never run.

Length, line breaks, characters, nesting and names are checked before `ast` sees the text: hostile text costs nothing.
"""

from __future__ import annotations

import ast
import re
import unicodedata

from civil_aid_rules.errors import Both, Problem, problem, shortened
from civil_aid_rules.language import syntax
from civil_aid_rules.language.instead import (
    ASCII_SIGNS,
    COMPARISON_WORDS,
    LETTERS,
    OPERATORS,
    WORDS,
    bracketed,
    described,
    syntax_hint,
)
from civil_aid_rules.names import instead_of
from civil_aid_rules.source import SourceSpan

MAX_LENGTH = 500
MAX_NESTING = 20
MAX_NAME = 60
MAX_DIGITS = 9
FUNCTIONS = (
    "sum", "count", "any", "all", "min", "max", "is_set", "value_on", "per_month", "per_year", "months", "years", "age",
    "months_between", "years_before", "months_before", "start_of_month", "start_of_year", "graduated",
)  # fmt: skip
QUANTIFIERS = ("sum", "count", "any", "all", "min", "max")

_BINARY: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARE: dict[type[ast.cmpop], syntax.ComparisonOperator] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def parse(text: str, at: SourceSpan) -> syntax.Expression | tuple[Problem, ...]:
    """The expression that `text` writes, or its faults. `at` is where its first character stands."""
    fault = _before_ast(text, at)
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
    expression = reader.read(tree)
    return tuple(reader.problems) if reader.problems else expression


def _before_ast(text: str, at: SourceSpan) -> Problem | None:
    """The first fault that must not reach `ast`."""
    if not text.strip():
        return problem("expression-empty", at, found='""', expected="total / size < standard")
    if len(text) > MAX_LENGTH:
        return problem("expression-too-long", at, found=len(text), expected=MAX_LENGTH)
    if "\n" in text or "\r" in text or "\t" in text:
        place = min(text.find(c) for c in "\n\r\t" if c in text)
        return problem("expression-lines", at.shifted(place), found=text[place], expected="a + b")
    return _characters_fault(text, at) or _token_fault(text, at)


def _characters_fault(text: str, at: SourceSpan) -> Problem | None:
    """Outside quotes only ASCII; brackets nest so deep and no deeper."""
    quote, depth = "", 0
    for place, character in enumerate(text):
        if quote:
            if character == "\\":
                return problem("expression-escape", at.shifted(place), found=text[place : place + 2], expected='"town"')
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif not character.isascii() or not character.isprintable():
            near = unicodedata.normalize("NFKC", character)
            plain = ASCII_SIGNS.get(character) or (near if near.isascii() and near.strip() else None)
            return problem("expression-character", at.shifted(place), found=character, expected=plain or LETTERS)
        elif character in "([{":
            depth += 1
            if depth > MAX_NESTING:
                return problem(
                    "expression-nesting",
                    at.shifted(place),
                    found=depth,
                    expected=MAX_NESTING,
                )
        elif character in ")]}":
            depth -= 1
    return None


def _token_fault(text: str, at: SourceSpan) -> Problem | None:
    """Names that are too long, numbers that are not whole, and words of other languages."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda found: "_" * len(found[0]), text)
    for found in re.finditer(r"[A-Za-z_][A-Za-z_0-9]*|[0-9][0-9A-Za-z_.]*|\.[0-9]+", bare):
        word, place = found[0], at.shifted(found.start())
        if len(word) > MAX_NAME and word[0] != "_":
            return problem("expression-long-name", place, found=len(word), expected=MAX_NAME)
        if word[0] in "0123456789." and not re.fullmatch(r"0|[1-9][0-9]*", word):
            return problem("expression-number", place, found=word, expected="parameters.yaml")
        if word[0].isdigit() and len(word) > MAX_DIGITS:
            return problem("expression-long-number", place, found=len(word), expected=MAX_DIGITS)
        if word in WORDS:
            return problem("expression-word", place, found=word, expected=WORDS[word])
    for wrong, right in OPERATORS:
        if wrong in bare:
            return problem("expression-operator", at.shifted(bare.index(wrong)), found=wrong, expected=right)
    runs = re.search(r"(?:(?:\bnot\b|[-+~])\s*){8,}", bare)
    if runs is not None:
        sign = "not" if runs[0].startswith("not") else "-"
        return problem("expression-signs", at.shifted(runs.start()), found=shortened(runs[0], 20), expected=sign)
    return None


class _Reader:
    """Turns allowed `ast` nodes into expressions; everything else is a problem at its column."""

    def __init__(self, text: str, at: SourceSpan) -> None:
        self.text = text
        self.at = at
        self.problems: list[Problem] = []

    def place(self, node: ast.expr | ast.comprehension) -> SourceSpan:
        """Where a node stands, in characters."""
        offset = node.target.col_offset if isinstance(node, ast.comprehension) else node.col_offset
        return self.at.shifted(len(self.text.encode("utf-8")[:offset].decode("utf-8", "ignore")))

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
            case ast.Attribute(value=base, attr=name):
                return self.name(name, at, syntax.Attribute(self.read(base), name, at))
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
            case ast.Subscript(value=table, slice=key):
                return syntax.Subscript(self.read(table), self.read(key), at)
            case ast.Call():
                return self.call(node, at)
            case _:
                return self.refuse("expression-form", at, described(node), "+ - * / < <= > >= == != and or not in")

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
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if type(operator) not in _COMPARE:
                return self.refuse("expression-operator", at, COMPARISON_WORDS.get(type(operator), "in"), "==")
            rest.append((_COMPARE[type(operator)], self.read(right)))
        return syntax.Comparison(self.read(node.left), tuple(rest), at)

    def call(self, node: ast.Call, at: SourceSpan) -> syntax.Expression:
        """A call of a known function, or a quantifier over a list."""
        if not isinstance(node.func, ast.Name):
            return self.refuse("expression-call", at, self.source(node.func), instead_of("", FUNCTIONS))
        function = node.func.id
        if function not in FUNCTIONS:
            return self.refuse("expression-call", at, function, instead_of(function, FUNCTIONS))
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            found = f"{node.keywords[0].arg or '**'}=" if node.keywords else "*"
            return self.refuse("expression-arguments", at, found, f"{function}(a, b)")
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
