"""Expressions that are refused: the column, what was found there, and what to type instead, in both languages."""

from __future__ import annotations

import re
import time

import pytest

from civil_aid_rules.error_texts import AREAS
from civil_aid_rules.errors import Problem
from civil_aid_rules.language.parse import parse
from civil_aid_rules.source import SourceSpan

Said = tuple[int, str, str, str]
"""(column, code, found, expected)"""

REFUSED: dict[str, Said] = {
    "": (1, "expression-empty", '""', "total / size < standard"),
    "   ": (1, "expression-empty", '""', "total / size < standard"),
    "a" * 501: (1, "expression-too-long", "501", "500"),
    "income\n+ 1": (7, "expression-lines", "\\n", "a + b"),
    "income\t+ 1": (7, "expression-lines", "\\t", "a + b"),
    "a ≤ b": (3, "expression-character", "≤", "<="),
    "a ＜ b": (3, "expression-character", "＜", "<"),
    "area == “town”": (9, "expression-character", "“", '"'),
    "标准 > income": (1, "expression-character", "标", "ASCII letters, digits and signs (other text goes in quotes)"),
    'area == "to\\nwn"': (12, "expression-escape", "\\n", '"town"'),
    "(" * 21 + "a" + ")" * 21: (21, "expression-nesting", "21", "20"),
    "a + --------b": (3, "expression-signs", "+ --------", "-"),
    "a" + " - a" * 101: (1, "expression-depth", "> 100", "100"),
    'area == "to" "wn"': (14, "expression-text", '" "wn"', '"…"'),
    "not not not not not not not not a": (1, "expression-signs", "not not not not not…", "not"),
    "a + _b": (5, "expression-name", "_b", "b"),
    "a + " + "b" * 61: (5, "expression-long-name", "61", "60"),
    "income * 0.5": (10, "expression-number", "0.5", "parameters.yaml"),
    "income < 4_50": (10, "expression-number", "4_50", "parameters.yaml"),
    "income < 1e3": (10, "expression-number", "1e3", "parameters.yaml"),
    "income < 010": (10, "expression-number", "010", "parameters.yaml"),
    "income < 1234567890": (10, "expression-long-number", "10", "9"),
    "disabled == True": (13, "expression-word", "True", "yes"),
    "end == None": (8, "expression-word", "None", "none"),
    "a AND b": (3, "expression-word", "AND", "and"),
    "a && b": (3, "expression-operator", "&&", "and"),
    "a ** 2": (3, "expression-operator", "**", "*"),
    "a // b": (3, "expression-operator", "//", "/"),
    "a is none": (3, "expression-operator", "is", "=="),
    'area in ["town", "land"]': (9, "expression-in", '["town", "land"]', '("town", "land")'),
    'area in ("town")': (10, "expression-in", '"town"', '("town",)'),
    "area in areas": (9, "expression-in", "areas", '("a", "b")'),
    "lambda x: x": (1, "expression-form", "lambda", "+ - * / < <= > >= == != and or not in"),
    "a if b else c": (
        1,
        "expression-form",
        "… if … else … (write cases: instead)",
        "+ - * / < <= > >= == != and or not in",
    ),
    "a % b": (3, "expression-form", "an operator other than + - * /", "+ - * / < <= > >= == != and or not in"),
    "[m for m in members]": (1, "expression-form", "[… for …]", "+ - * / < <= > >= == != and or not in"),
    "cuont(m for m in members)": (1, "expression-call", "cuont", "did you mean count?"),
    "m.income.total(2)": (
        1,
        "expression-call",
        "m.income.total",
        "expected one of sum, count, any, all, min, max, is_set, value_on, per_month, per_year, months, years, …",
    ),
    "age(person=m.birth)": (5, "expression-arguments", "person=", "age(a, b)"),
    "age(*days)": (5, "expression-arguments", "*", "age(a, b)"),
    "age(m for m in members)": (1, "expression-list", "age(… for …)", "sum(value for x in list if condition)"),
    "sum(a for a, b in pairs)": (11, "expression-list", "sum(… for …)", "sum(value for x in list if condition)"),
    "sum(i.amount for m in members for i in m.income)": (
        35,
        "expression-nested-list",
        "for … for …",
        "for_each: m in …",
    ),
    "income = 3": (8, "expression-syntax", "= 3", "write == to compare"),
    "!disabled": (1, "expression-syntax", "!disabled", "write not in place of !"),
    "income <": (9, "expression-syntax", "the end", "write one such as total / size < standard"),
    "income + (a": (10, "expression-syntax", "(a", "write a closing bracket for each opening one"),
    'area == "town': (9, "expression-syntax", '"town', "write the closing quotation mark"),
    "income; 3": (7, "expression-syntax", "; 3", "write one such as total / size < standard"),
}


def only_fault(text: str) -> Problem:
    """The one fault of an expression that stands at line 7, column 1."""
    found = parse(text, SourceSpan("rules/a.yaml", 7, 1))
    assert isinstance(found, tuple) and len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("text", "said"), REFUSED.items(), ids=[text[:30] for text in REFUSED])
def test_an_expression_is_refused_with_its_column_and_what_to_type(text: str, said: Said) -> None:
    item = only_fault(text)
    assert isinstance(item.at, SourceSpan)
    assert (item.at.line, item.at.column, item.code, item.found, item.expected) == (7, *said)


@pytest.mark.parametrize("text", REFUSED, ids=[text[:30] for text in REFUSED])
def test_the_chinese_sentence_has_no_english_clause(text: str) -> None:
    said = re.sub(r"[（(].*?[)）]", "", only_fault(text).sentence("zh").replace(text, ""))
    assert re.search("[一-鿿]", said)
    assert not re.search(r"[a-z]+ (the|a|an|of|to|that|other|place) ", said), said


def test_every_code_of_expressions_is_met_here() -> None:
    assert {code for _, code, _, _ in REFUSED.values()} == set(AREAS["expressions"])


def test_every_fault_of_an_expression_is_reported_in_order_of_columns() -> None:
    found = parse("_a + lambda_(3) + b % c", SourceSpan("rules/a.yaml", 7, 1))
    assert isinstance(found, tuple)
    assert [(str(item.at), item.code) for item in found] == [
        ("rules/a.yaml:7:1", "expression-name"),
        ("rules/a.yaml:7:6", "expression-call"),
        ("rules/a.yaml:7:21", "expression-form"),
    ]


ATTACKS = [
    "().__class__.__bases__[0].__subclasses__()",
    "(lambda: 0)()",
    "9**9**9**9**9",
    "x" * 10_000,
    "(" * 10_000,
    "[" * 400 + "]" * 400,
    "sum(sum(sum(x for x in y) for y in z) for z in w for v in w for u in w)",
    "not " * 120 + "a",
    "-" * 499 + "a",
    "a." * 240 + "b",
    "f(" * 20 + ")" * 20,
    "a if a else " * 40 + "a",
    "{**a, **b}",
    "f'{__import__(\"os\")}'",
    "a\0b",
    "\ud800",
]


GUARD_SECONDS = 5
"""Against what never ends; the 10 ms of an attack are measured by `python -m tests.bench.bench_expressions`."""


@pytest.mark.parametrize("text", ATTACKS, ids=[text[:20].encode("unicode_escape").decode() for text in ATTACKS])
def test_an_attack_is_refused_at_its_column(text: str) -> None:
    began = time.process_time()
    found = parse(text, SourceSpan("rules/a.yaml", 7, 1))
    assert time.process_time() - began < GUARD_SECONDS
    assert isinstance(found, tuple) or text.startswith("a.")
    for item in found if isinstance(found, tuple) else ():
        assert isinstance(item.at, SourceSpan) and 1 <= item.at.column <= len(text) + 1
        assert len(item.sentence("en")) < 700 and len(item.sentence("zh")) < 700
