"""The engine knows no law: what the shipped packs name stands in no line of code outside records/.

Read by token: identifiers, and the words of string literals. Docstrings and comments may show an example.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import civil_aid_rules
from civil_aid_rules.packs.load import load_packs
from civil_aid_rules.packs.locate import shipped_rules

SOURCE = Path(civil_aid_rules.__file__).parent
TEXTS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

FORMAT_WORDS = {
    "eligible": "the key of program.yaml under which a pack names its deciding rule, and a status of every result",
    "standard": "English: standard input, output and error of the command line",
}
"""Names of the packs that are words of the pack format, or of the command line, before they are names of a law."""


def names_of_the_packs() -> frozenset[str]:
    """Packs, their rules and their parameters."""
    found: set[str] = set()
    for name, pack in load_packs(shipped_rules(), None).packs.items():
        found |= {name, *pack.rules, *pack.parameters}
    return frozenset(found - FORMAT_WORDS.keys())


def _docstrings(text: str) -> set[int]:
    """The lines on which docstrings, and strings that document a name, begin."""
    return {
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def words_of_code(text: str) -> Iterator[tuple[int, str]]:
    """Each identifier, and each word of a string that is no docstring, with its line."""
    documenting = _docstrings(text)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME:
            yield token.start[0], token.string
        elif token.type in TEXTS and token.start[0] not in documenting:
            yield from ((token.start[0], word) for word in WORD.findall(token.string))


FILES = sorted(path for path in SOURCE.rglob("*.py") if "records" not in path.relative_to(SOURCE).parts)
NAMES = names_of_the_packs()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_name_of_a_shipped_pack_stands_in_code(path: Path) -> None:
    found = [f"{line}: {word}" for line, word in words_of_code(path.read_text(encoding="utf-8")) if word in NAMES]
    assert found == []


def test_the_names_looked_for_are_those_of_the_packs() -> None:
    assert {"urban_dibao", "rural_dibao", "household_economics", "per_capita_income", "average_top_up"} <= NAMES
    assert len(NAMES) > 60


def test_code_is_read_by_identifiers_and_by_words_of_strings() -> None:
    code = '"""urban_dibao in a docstring"""\n# urban_dibao in a comment\nper_capita_income = f"{x} in rural_dibao"\n'
    assert {word for _, word in words_of_code(code)} & NAMES == {"per_capita_income", "rural_dibao"}
