"""Problems and the exceptions that carry them; the snippet shown under a problem."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from civil_aid_rules.error_texts import ERROR_TEXTS
from civil_aid_rules.errors import (
    CivilAidError,
    EvaluationError,
    InternalError,
    Problem,
    ReceiptError,
    RecordError,
    RulebookError,
    problem,
    shortened,
)
from civil_aid_rules.source import SourceSpan, caret_snippet

AT = SourceSpan("rules/a.yaml", 3, 5)


def duplicate(at: SourceSpan | str = AT, found: object = "value") -> Problem:
    return problem("yaml-duplicate-key", at, found=found, expected=1, first="rules/a.yaml:1:5")


def test_a_problem_says_where_what_and_what_instead() -> None:
    item = duplicate()
    assert (item.code, item.at, item.found, item.expected) == ("yaml-duplicate-key", AT, "value", "1")
    assert (
        str(item)
        == item.located()
        == (
            "rules/a.yaml:3:5: yaml-duplicate-key: the key value already stands at rules/a.yaml:1:5; "
            "expected 1 of each key: delete one of the two, or rename it"
        )
    )


def test_a_problem_says_the_same_in_chinese() -> None:
    assert duplicate(found="标准").located("zh") == (
        "rules/a.yaml:3:5: yaml-duplicate-key: 键 标准 已在 rules/a.yaml:1:5 出现过；"
        "同一个键只能有 1 个：请删去其一或改名"
    )


def test_a_problem_of_a_record_shows_its_path() -> None:
    assert duplicate("$.members[1].id").located().startswith("$.members[1].id: yaml-duplicate-key: ")


def test_equal_problems_are_equal_and_can_be_put_in_a_set() -> None:
    assert len({duplicate(), duplicate(), duplicate(found="other")}) == 2


def test_an_empty_text_that_was_found_is_seen() -> None:
    assert duplicate(found="").sentence().startswith('the key "" already stands')


def test_values_of_a_problem_stand_on_one_short_line() -> None:
    item = duplicate(found="a\nb" + "x" * 500)
    assert item.found.startswith("a\\nbxxx")
    assert item.found.endswith("…")
    assert len(item.found) == 200
    assert "\n" not in item.located()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("低保标准", "低保标准"),
        ("a\tb", "a\\tb"),
        ("a\nb", "a\\nb"),
        ("\0", "\\x00"),
        ("\u202e", "\\u202e"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
        (450, "450"),
        ("", ""),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
    ],
)
def test_shortened_shows_any_value_on_one_line(text: object, shown: str) -> None:
    assert shortened(text) == shown


def test_shortened_never_exceeds_its_limit() -> None:
    for text in ("\u202e" * 100, "低" * 100, "a\n" * 100):
        assert len(shortened(text, 20)) <= 20


def test_an_error_carries_all_problems_in_file_order() -> None:
    spans = [SourceSpan("b", 1, 1), SourceSpan("a", 10, 1), SourceSpan("a", 2, 9), SourceSpan("a", 2, 10)]
    error = RulebookError(duplicate(at) for at in spans)
    assert [str(item.at) for item in error.problems] == ["a:2:9", "a:2:10", "a:10:1", "b:1:1"]


def test_problems_at_one_place_are_ordered_by_code() -> None:
    error = RulebookError(problem(code, AT, found="x", expected="y") for code in ("yaml-tag", "yaml-anchor"))
    assert [item.code for item in error.problems] == ["yaml-anchor", "yaml-tag"]
    assert error.code == "yaml-anchor"


def test_problems_of_a_record_are_ordered_by_path() -> None:
    error = RecordError([duplicate("$.b"), duplicate("$.a")])
    assert [item.at for item in error.problems] == ["$.a", "$.b"]


def test_the_text_of_an_error_has_one_line_for_each_problem_in_either_language() -> None:
    error = RulebookError([duplicate(), duplicate(SourceSpan("rules/a.yaml", 9, 1))])
    assert str(error) == error.text() == "\n".join(item.located() for item in error.problems)
    assert error.text("zh").splitlines() == [item.located("zh") for item in error.problems]
    assert len(error.text().splitlines()) == 2


def test_users_errors_are_one_family_and_ours_is_not_in_it() -> None:
    for kind in (RulebookError, RecordError, EvaluationError, ReceiptError):
        assert issubclass(kind, CivilAidError)
    assert not issubclass(InternalError, CivilAidError)


def test_codes_are_kebab_case() -> None:
    assert [code for code in ERROR_TEXTS if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", code)] == []


def _fields(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_sentences_of_each_code_name_the_same_values() -> None:
    for code, texts in ERROR_TEXTS.items():
        assert _fields(texts.en) == _fields(texts.zh), code
        assert {"found", "expected"} <= _fields(texts.en), code


def test_chinese_sentences_are_in_chinese() -> None:
    assert [code for code, texts in ERROR_TEXTS.items() if not re.search("[一-鿿]", texts.zh)] == []


def test_every_yaml_code_has_a_section_in_the_reference_and_no_other_has() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "errors" / "yaml.md"
    sections = re.findall(r"^## (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted(code for code in ERROR_TEXTS if code.startswith("yaml-"))


# The line with a caret under it.


def test_a_place_is_shown_as_file_line_column_and_can_be_moved_right() -> None:
    assert str(AT) == "rules/a.yaml:3:5"
    assert AT.shifted(4) == SourceSpan("rules/a.yaml", 3, 9)
    assert SourceSpan("a", 2, 1) < SourceSpan("a", 10, 1) < SourceSpan("b", 1, 1)


def test_the_caret_stands_under_its_column() -> None:
    assert caret_snippet("a: 1\nkey: value\n", SourceSpan("a", 2, 6)) == "    key: value\n         ^"
    assert caret_snippet("key", SourceSpan("a", 1, 1)) == "    key\n    ^"


def test_the_caret_can_stand_just_past_the_end_of_a_line() -> None:
    assert caret_snippet("key", SourceSpan("a", 1, 4)) == "    key\n       ^"


def test_the_caret_stands_under_its_character_after_wide_chinese_ones() -> None:
    shown = caret_snippet("标题: 低保 x", SourceSpan("a", 1, 8))
    assert shown == "    标题: 低保 x\n    \u3000\u3000  \u3000\u3000 ^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 300 + "!" + "y" * 300
    shown, caret = caret_snippet(line, SourceSpan("a", 1, 301)).split("\n")
    assert len(shown) == 4 + 120
    assert shown[caret.index("^")] == "!"


@pytest.mark.parametrize("line", [0, 3, 99])
def test_a_line_that_does_not_exist_has_no_snippet(line: int) -> None:
    assert caret_snippet("a\nb\n", SourceSpan("a", line, 1)) == ""
