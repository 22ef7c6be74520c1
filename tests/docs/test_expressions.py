"""docs/reference/expressions.md: every construct and function of the language, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from civil_aid_rules import RulebookError
from civil_aid_rules.error_texts import ERROR_TEXTS
from civil_aid_rules.language import parse, syntax, text_faults
from civil_aid_rules.source import SourceSpan
from tests.docs.examples import differences, load_rules, rule_examples
from tests.docs.pages import REFERENCE, Block, code_in, section_of, tables_in

PAGE = REFERENCE / "expressions.md"
SECTIONS = {
    "Name": "Names",
    "Attribute": "Names",
    "Text": "Literals",
    "Number": "Literals",
    "YesNo": "Literals",
    "NoneLiteral": "Literals",
    "Negative": "Arithmetic",
    "Binary": "Arithmetic",
    "Comparison": "Comparison",
    "Membership": "Comparison",
    "And": "Conditions",
    "Or": "Conditions",
    "Not": "Conditions",
    "Call": "Functions",
    "Subscript": "Tables",
    "Aggregate": "Lists",
}


def written_in(section: str) -> list[str]:
    """What the first column of a section's tables shows."""
    return [code for table in tables_in(section_of(PAGE, section)) for row in table[1:] for code in code_in(row[0])]


@pytest.mark.parametrize("construct", get_args(syntax.Expression), ids=lambda construct: construct.__name__)
def test_every_construct_has_a_row(construct: type) -> None:
    section = SECTIONS[construct.__name__]
    read = [parse.parse(text.replace("…", "c"), _anywhere()) for text in written_in(section)]
    parts = [part for found in read if not isinstance(found, tuple) for part in _parts(found)]
    assert construct in {type(part) for part in parts}


def _anywhere() -> SourceSpan:
    return SourceSpan("expressions.md", 1, 1)


def _parts(expression: object) -> list[object]:
    """An expression and everything within it."""
    found = [expression]
    for name in getattr(type(expression), "__slots__", ()):
        value = getattr(expression, name)
        for part in value if isinstance(value, tuple) else (value,):
            for inner in part if isinstance(part, tuple) else (part,):
                found += _parts(inner) if type(inner).__module__ == syntax.__name__ else []
    return found


@pytest.mark.parametrize("function", parse.FUNCTIONS)
def test_every_function_has_a_row(function: str) -> None:
    rows = [*written_in("Functions"), *written_in("Days"), *written_in("Lists")]
    assert any(row.startswith(f"{function}(") for row in rows)


@pytest.mark.parametrize("function", parse.FUNCTIONS)
def test_every_function_is_in_an_example(function: str) -> None:
    assert any(f"{function}(" in block.text for block in rule_examples(PAGE))


def test_the_limits_are_those_of_the_parser() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for sentence in (
        f"at most {text_faults.MAX_LENGTH} characters",
        f"at most {text_faults.MAX_NESTING} deep",
        f"at most {parse.MAX_DEPTH} deep",
        f"at most {text_faults.MAX_NAME} characters",
        f"at most {text_faults.MAX_DIGITS} digits",
    ):
        assert sentence in text.replace("\n", " ")


@pytest.mark.parametrize("block", rule_examples(PAGE), ids=lambda block: block.where)
def test_each_example_comes_out_as_the_page_says(block: Block, tmp_path: Path) -> None:
    assert differences(block, tmp_path) == []


# --- what is refused -------------------------------------------------------------------------------------------------

BESIDE = {
    "limit": "100",
    "rows": {
        "type": "number",
        "key": "number",
        "values": [{"from": "2000-01-01", "table": {"1": "300"}, "past_end": "last"}],
    },
}
DOUBLED = {"type": "number", "for_each": "t in things", "is": "t.size * 2"}


def refused() -> list[tuple[str, str, str]]:
    """(what is written, the type of the rule, the code) of each row."""
    table = tables_in(section_of(PAGE, "What is refused"))[0]
    return [(code_in(row[0])[0], code_in(row[1])[0], code_in(row[2])[0]) for row in table[1:]]


@pytest.mark.parametrize(("written", "type_", "code"), refused(), ids=lambda text: str(text))
def test_what_the_page_says_is_refused_is_refused_so(written: str, type_: str, code: str, tmp_path: Path) -> None:
    rules = {"doubled": DOUBLED, "x": {"type": type_, "is": written}}
    with pytest.raises(RulebookError) as caught:
        load_rules(json.dumps([{"parameters": BESIDE, "rules": rules, "cases": [{"expect": {}}]}]), tmp_path)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_every_code_of_expressions_is_on_the_page() -> None:
    package = Path(parse.__file__).parents[1]
    files = [*(package / "language").glob("*.py"), *package.glob("compiler/expressions/*.py")]
    assert len(files) > 4
    written = "".join(file.read_text(encoding="utf-8") for file in files)
    used = {code for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', written) if code in ERROR_TEXTS}
    assert used - set(code_in(section_of(PAGE, "What is refused"))) == set()
