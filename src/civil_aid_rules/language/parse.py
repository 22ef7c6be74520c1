"""Text → expression: a small subset of Python's expression syntax, parsed with `ast` and an allow-list, never evaluated.

Length, line breaks, characters, nesting and names are checked before `ast` sees the text, so hostile text costs nothing.
"""

from __future__ import annotations

import ast
import re
import unicodedata

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.language import syntax
from civil_aid_rules.names import did_you_mean
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
_HINTS = {
    "True": "yes",
    "False": "no",
    "None": "none",
    "true": "yes",
    "false": "no",
    "null": "none",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
}
_TOKENS = (
    ("&&", "and"),
    ("||", "or"),
    ("**", "* (no powers)"),
    ("//", "/ (whole-number division does not exist)"),
    (":=", "=="),
)


def parse(text: str, at: SourceSpan) -> syntax.Expression | tuple[Problem, ...]:
    """The expression that `text` writes, or its faults. `at` is where its first character stands."""
    fault = _before_ast(text, at)
    if fault is not None:
        return (fault,)
    lead = len(text) - len(text.lstrip(" "))
    try:
        tree = ast.parse(text[lead:], mode="eval").body
    except SyntaxError as error:
        place = at.shifted(lead + max(0, _characters(text[lead:], (error.offset or 1) - 1)))
        return (problem("expression-syntax", place, found=text, expected=_syntax_hint(text)),)
    reader = _Reader(text[lead:], at.shifted(lead))
    expression = reader.read(tree)
    return tuple(reader.problems) if reader.problems else expression


def _characters(text: str, offset: int) -> int:
    """`ast` counts characters in error offsets; never beyond the text."""
    return min(offset, len(text))


def _before_ast(text: str, at: SourceSpan) -> Problem | None:
    """The first fault that must not reach `ast`."""
    if not text.strip():
        return problem("expression-empty", at, found="nothing", expected="an expression")
    if len(text) > MAX_LENGTH:
        return problem("expression-too-long", at, found=f"{len(text)} characters", expected=f"at most {MAX_LENGTH}")
    if "\n" in text or "\r" in text or "\t" in text:
        place = min(text.find(c) for c in "\n\r\t" if c in text)
        return problem("expression-lines", at.shifted(place), found="a line break or tab", expected="one line")
    return _characters_fault(text, at) or _token_fault(text, at)


def _characters_fault(text: str, at: SourceSpan) -> Problem | None:
    """Outside quotes only ASCII; brackets nest so deep and no deeper."""
    quote, depth = "", 0
    for place, character in enumerate(text):
        if quote:
            if character == "\\":
                return problem("expression-character", at.shifted(place), found="\\", expected="a text without escapes")
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif not character.isascii() or not character.isprintable():
            near = unicodedata.normalize("NFKC", character)
            expected = f"`{near}`" if near.isascii() and near.strip() else "ASCII letters outside of quotes"
            return problem("expression-character", at.shifted(place), found=character, expected=expected)
        elif character in "([{":
            depth += 1
            if depth > MAX_NESTING:
                return problem(
                    "expression-nesting",
                    at.shifted(place),
                    found=f"{depth} brackets deep",
                    expected=f"at most {MAX_NESTING}",
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
            return problem(
                "expression-name", place, found=f"a name of {len(word)} characters", expected=f"at most {MAX_NAME}"
            )
        if word[0] in "0123456789." and not re.fullmatch(r"0|[1-9][0-9]*", word):
            expected = "a whole number; amounts, rates and dates are parameters with a source"
            return problem("expression-number", place, found=word, expected=expected)
        if word[0].isdigit() and len(word) > MAX_DIGITS:
            return problem("expression-number", place, found=f"{len(word)} digits", expected=f"at most {MAX_DIGITS}")
        if word in _HINTS:
            return problem("expression-word", place, found=word, expected=_HINTS[word])
    for wrong, right in _TOKENS:
        if wrong in bare:
            return problem("expression-operator", at.shifted(bare.index(wrong)), found=wrong, expected=right)
    runs = re.search(r"(?:(?:\bnot\b|[-+~])\s*){8,}", bare)
    if runs is not None:
        return problem("expression-nesting", at.shifted(runs.start()), found="a run of signs", expected="one sign")
    return None


def _syntax_hint(text: str) -> str:
    if re.search(r"(?<![<>=!])=(?!=)", text):
        return "== to compare"
    if "!" in text.replace("!=", ""):
        return "not"
    return "an expression such as income / persons < standard"


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
                return self.refuse(
                    "expression-form",
                    at,
                    _described(node),
                    "names, numbers, texts, + - * /, comparisons, and or not, calls",
                )

    def refuse(self, code: str, at: SourceSpan, found: object, expected: object) -> syntax.Expression:
        """Report a fault; what stands in for the expression is never used."""
        self.problems.append(problem(code, at, found=found, expected=expected))
        return syntax.Number(0, at)

    def name(self, name: str, at: SourceSpan, made: syntax.Expression) -> syntax.Expression:
        """A name that rules may use: no leading underscore."""
        if name.startswith("_"):
            return self.refuse("expression-name", at, name, "a name that does not begin with _")
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
                return self.refuse("expression-in", self.place(choices), "in …", 'in ("a", "b")')
            items = tuple(self.read(item) for item in choices.elts)
            return syntax.Membership(self.read(node.left), items, isinstance(node.ops[0], ast.NotIn), at)
        rest: list[tuple[syntax.ComparisonOperator, syntax.Expression]] = []
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if type(operator) not in _COMPARE:
                return self.refuse("expression-operator", at, "is, or in within a chain", "== or !=")
            rest.append((_COMPARE[type(operator)], self.read(right)))
        return syntax.Comparison(self.read(node.left), tuple(rest), at)

    def call(self, node: ast.Call, at: SourceSpan) -> syntax.Expression:
        """A call of a known function, or a quantifier over a list."""
        if not isinstance(node.func, ast.Name):
            return self.refuse("expression-call", at, "a call of something that is no name", ", ".join(FUNCTIONS))
        function = node.func.id
        if function not in FUNCTIONS:
            hint = did_you_mean(function, FUNCTIONS)
            return self.refuse(
                "expression-call", at, function, f"{hint}?" if hint else "one of " + ", ".join(FUNCTIONS)
            )
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            return self.refuse("expression-call", at, "named or starred arguments", "plain arguments")
        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return self.quantifier(function, node.args[0], at)
        return syntax.Call(function, tuple(self.read(argument) for argument in node.args), at)

    def quantifier(self, function: str, node: ast.GeneratorExp, at: SourceSpan) -> syntax.Expression:
        """`sum(value for x in list if condition)`."""
        form = f"{function}(value for x in list if condition)"
        if function not in QUANTIFIERS or len(node.generators) != 1:
            return self.refuse(
                "expression-list", at, "this form over a list", f"{form}; nested lists by rules for each entry"
            )
        loop = node.generators[0]
        if not isinstance(loop.target, ast.Name) or loop.is_async or len(loop.ifs) > 1:
            return self.refuse("expression-list", self.place(loop), "this form over a list", form)
        self.name(loop.target.id, self.place(loop), syntax.Number(0, at))
        condition = self.read(loop.ifs[0]) if loop.ifs else None
        return syntax.Aggregate(function, self.read(node.elt), loop.target.id, self.read(loop.iter), condition, at)


def _described(node: ast.expr) -> str:
    """What a refused node is, in plain words."""
    words = {
        ast.Lambda: "lambda", ast.IfExp: "… if … else …, for which `cases:` is there", ast.JoinedStr: "an f-string", ast.Dict: "{…}", ast.Set: "{…}",
        ast.List: "[…]", ast.Tuple: "(…, …)", ast.ListComp: "[… for …]", ast.SetComp: "{… for …}", ast.DictComp: "{… for …}",
        ast.GeneratorExp: "… for … outside of sum, count, any, all, min, max", ast.Await: "await", ast.Yield: "yield", ast.NamedExpr: ":=",
        ast.Starred: "*…", ast.Slice: "a slice", ast.BinOp: "an operator other than + - * /", ast.UnaryOp: "an operator other than - and not",
    }  # fmt: skip
    return words.get(type(node), type(node).__name__)
