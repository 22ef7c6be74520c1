"""The formula text of a trace step, rewritten so that Python's own parser reads it. Imports nothing of the engine."""

from __future__ import annotations

import ast
import re
from functools import cache

LISTS = ("sum", "count", "any", "all", "min", "max", "pick", "rank")
_TOKEN = re.compile(r'"[^"]*"|\d{4}-\d\d-\d\d|\d+(?:\.\d+)?|[A-Za-z_][\w.]*(?: on \d{4}-\d\d-\d\d)?|[<>=!]=|\S')
_OPTIONS = ("if_zero", "if_empty", "tie", "outside")
_WORDS = ("and", "or", "not", "if", "in")


@cache
def tree(formula: str) -> ast.expr:
    """The formula as a syntax tree: `cases((test, value), …)`, `otherwise(base, (test, value), …)`, `sum([…])`."""
    return ast.parse(python_text(formula), mode="eval").body


def python_text(formula: str) -> str:
    """`cases(if a: b; else c)` as `cases((a, b), (yes, c))`; names of conditions, lines and rows are left out."""
    tokens, out, open_, at = ["", *_TOKEN.findall(formula), ""], list[str](), list[str](), 1
    while (token := tokens[at]) != "":
        before, after, inside, at = tokens[at - 1], tokens[at + 1], open_[-1] if open_ else "", at + 1
        if inside != "test" and _is_label(token, after):
            at += 2 if token == "row" else 1
        elif token in _OPTIONS:
            at += 1
            out.append(f"{token}=")
        elif re.match(r"\d+-|.* on ", token):
            out.append(f'{"day" if token[0].isdigit() else "frozen"}("{token}")')
        elif token == "{":
            open_.append("base")
            out.append("otherwise(")
        elif token == "}":
            at, open_[-1] = at + 2, "branches"
            out.append(",")
        elif token == "(":
            name = before if re.fullmatch(r"[a-z_]+", before) and before not in _WORDS else ""
            branches = name in ("cases", "decide_unique", "decide_collect")
            open_.append("branches" if branches else "list" if name in LISTS else "")
            at, order = _order(name, tokens, at)
            out.append(("(" if name else "group(") + order + ("[" if name in LISTS else ""))
        elif inside in ("branches", "test") and token in ("if", "else", ":", ";"):
            open_[-1] = "test" if token == "if" else "branches"
            out.append({"if": "(", "else": "(yes,", ":": ",", ";": "),"}[token])
        elif token in (",", ")"):
            closes = "]" if inside == "list" else ")" if inside == "branches" and token == ")" else ""
            open_[-1:] = [] if token == ")" else [""]
            out.append(closes + token)
        else:
            out.append(f" {token} ")
    return "".join(out).strip()


def _is_label(token: str, after: str) -> bool:
    """The name of a condition, line, option or row before its colon."""
    if token == "row":
        return after.isdigit()
    return after == ":" and token.isidentifier() and token not in ("else", *_OPTIONS)


def _order(name: str, tokens: list[str], at: int) -> tuple[int, str]:
    """`pick(lowest …` and `rank(e1 by lowest …`: whose place, and which end comes first, as arguments of their own."""
    if name == "pick":
        return at + 1, f'"{tokens[at]}",'
    return (at + 3, f'{tokens[at]}, "{tokens[at + 2]}",') if name == "rank" else (at, "")
