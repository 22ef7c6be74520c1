"""Hostile expressions are refused at their column: never run, no crash, no hang, never taken for something else."""

from __future__ import annotations

import ast
import random
import string
import warnings

import pytest

from civil_aid_rules.errors import Problem
from civil_aid_rules.language import parse as parser
from civil_aid_rules.language.parse import parse
from civil_aid_rules.source import SourceSpan
from tests.unit.language.attacks import ATTACKS

AT = SourceSpan("rules.yaml", 7, 11)


def faults(text: str) -> tuple[Problem, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = parse(text, AT)
    assert isinstance(found, tuple), found
    return found


def shown(text: str) -> str:
    return ascii(text if len(text) < 40 else f"{text[:37]}...")


@pytest.mark.parametrize(("text", "code", "column"), ATTACKS, ids=[shown(text) for text, _, _ in ATTACKS])
def test_an_attack_is_refused_at_its_column(text: str, code: str, column: int) -> None:
    first = min(faults(text), key=Problem.sort_key)
    assert (first.code, first.at) == (code, SourceSpan("rules.yaml", 7, 10 + column))


@pytest.mark.parametrize("text", [text for text, _, _ in ATTACKS], ids=shown)
def test_an_attack_is_told_off_in_one_printable_line_of_each_language(text: str) -> None:
    for problem in faults(text):
        for said in (problem.located("en"), problem.located("zh")):
            assert said.isprintable() and len(said) < 600
        assert problem.sentence("en") != problem.sentence("zh")


def test_columns_count_characters_also_after_chinese_text() -> None:
    (problem,) = faults('kind == "城市" and a.__class__')
    assert problem.at == AT.shifted('kind == "城市" and a.__class__'.index("__class__"))
    (problem,) = faults('kind == "城市" and a << 1')
    assert problem.at == AT.shifted('kind == "城市" and a << 1'.index("<<"))


def test_leading_spaces_move_no_column() -> None:
    (problem,) = faults("   a.__class__")
    assert problem.at == AT.shifted(5)


def test_all_faults_of_an_expression_come_together() -> None:
    text = "a.__x__ + print(b) < [c]"
    places = [problem.at for problem in faults(text)]
    assert sorted(places) == [AT.shifted(text.index(part)) for part in ("__x__", "print", "[c]")]


@pytest.mark.parametrize(
    "text",
    [
        "a", " a ", "a + b", "a < b <= c", "not a", "- a", 'a in ("x",)', "a not in ('x', 'y')",
        'a == "城市 A（试行）"',
        "sum(m.a for m in members if m.b and not m.c)", "count(m for m in members)", "table[key]", "pack.table[m.key]",
        "value_on(a, b)", "m.spouse.wages", "-(a - b) * 2 / 3", "yes", "no", "none", "0", "1 - a",
        " and ".join(["a"] * 80), " + ".join(["a"] * 90),
    ],
)  # fmt: skip
def test_what_rules_need_is_read(text: str) -> None:
    assert not isinstance(parse(text, AT), tuple)


def test_an_expression_is_never_compiled_or_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("an expression was run")

    monkeypatch.setattr("builtins.eval", refused)
    monkeypatch.setattr("builtins.exec", refused)
    monkeypatch.setattr("builtins.__import__", refused)
    for text, _, _ in ATTACKS:
        parse(text, AT)


def test_the_reader_needs_few_levels_of_the_stack() -> None:
    """What calls it may itself be deep down: 600 frames of 1,000 are left for others."""
    deepest = " + ".join(["a"] * parser.MAX_DEPTH)
    assert not isinstance(_deep_down(600, deepest), tuple)
    assert isinstance(_deep_down(600, "a" + "-a" * 240), tuple)


def _deep_down(levels: int, text: str) -> object:
    return parse(text, AT) if levels == 0 else _deep_down(levels - 1, text)


WORDS = ["sum", "for", "in", "if", "and", "or", "not", "lambda", "é", "“", "\0", "\ud800", "()", "a.b", "m", '"x"']
SIGNS = [*string.printable, *WORDS]


@pytest.mark.parametrize("seed", range(20))
def test_random_text_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        text = "".join(chance.choice(SIGNS) + chance.choice(["", "", " "]) for _ in range(chance.randrange(1, 40)))
        found = parse(text, AT)
        if isinstance(found, tuple):
            assert found and all(AT.column <= item.at.column <= AT.column + len(text) for item in found)  # type: ignore[union-attr]
        else:
            ast.parse(text.strip(), mode="eval")


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_expression_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(1000 + seed)
    good = 'sum(m.amount for m in members if m.kind == "wages" and not m.excluded) / persons < standard + 1'
    for _ in range(200):
        place, width = chance.randrange(len(good)), chance.choice([0, 1, 5])
        text = good[:place] + chance.choice(SIGNS) + good[place + width :]
        found = parse(text, AT)
        assert not isinstance(found, tuple) or all(item.sentence("zh") for item in found)
