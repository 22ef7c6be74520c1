"""What to write instead of what an expression cannot hold: words and signs of other languages, refused forms."""

from __future__ import annotations

import ast
import re

from civil_aid_rules.errors import Both

WORDS = {
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
OPERATORS = (
    ("&&", "and"),
    ("||", "or"),
    ("**", "*"),
    ("//", "/"),
    (":=", "=="),
)
COMPARISON_WORDS: dict[type[ast.cmpop], str] = {ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in"}
ASCII_SIGNS = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "、": ",",
    "×": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "−": "-",
}
LETTERS = Both(
    "ASCII letters, digits and signs (other text goes in quotes)", "半角英文字母、数字和符号（其他文字放在引号里）"
)
_REFUSED: dict[type[ast.expr], tuple[str, str]] = {
    ast.Lambda: ("lambda", "lambda"),
    ast.IfExp: ("… if … else … (write cases: instead)", "… if … else …（请改写 cases:）"),
    ast.JoinedStr: ('f"…"', 'f"…"'),
    ast.Dict: ("{…: …}", "{…: …}"),
    ast.Set: ("{…}", "{…}"),
    ast.List: ("[…]", "[…]"),
    ast.Tuple: ("(…, …)", "(…, …)"),
    ast.ListComp: ("[… for …]", "[… for …]"),
    ast.SetComp: ("{… for …}", "{… for …}"),
    ast.DictComp: ("{… for …}", "{… for …}"),
    ast.GeneratorExp: (
        "… for … outside of sum, count, any, all, min, max",
        "sum、count、any、all、min、max 之外的 … for …",
    ),
    ast.Await: ("await", "await"),
    ast.Yield: ("yield", "yield"),
    ast.NamedExpr: (":=", ":="),
    ast.Starred: ("*…", "*…"),
    ast.Slice: ("[… : …]", "[… : …]"),
    ast.BinOp: ("an operator other than + - * /", "+ - * / 以外的运算符"),
    ast.UnaryOp: ("an operator other than - and not", "- 和 not 以外的运算符"),
    ast.Constant: ("a value of this kind", "这种值"),
}


def syntax_hint(text: str) -> Both:
    """What to write in place of a text that cannot be read at all."""
    if re.search(r"(?<![<>=!])=(?!=)", text):
        return Both("write == to compare", "比较请用 ==")
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    if '"' in bare or "'" in bare:
        return Both("write the closing quotation mark", "请补上右引号")
    if sum(map(bare.count, "([{")) != sum(map(bare.count, ")]}")):
        return Both("write a closing bracket for each opening one", "请让左右括号成对")
    if "!" in text.replace("!=", ""):
        return Both("write not in place of !", "请用 not 代替 !")
    return Both("write one such as total / size < standard", "请写成 total / size < standard 这样的式子")


def bracketed(choices: ast.expr) -> str:
    """What to write after `in` for what stands there."""
    items = choices.elts if isinstance(choices, ast.List | ast.Set | ast.Tuple) else [choices]
    texts = [f'"{item.value}"' for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    if not texts:
        return '("a", "b")'
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"


def described(node: ast.expr) -> Both:
    """What a refused node is, in plain words."""
    en, zh = _REFUSED.get(type(node), (type(node).__name__, type(node).__name__))
    return Both(en, zh)
