"""The strict YAML reader: what it refuses and where, what it accepts and where each text stands."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from civil_aid_rules.yaml_source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_LINE,
    MAX_LINES,
    MAX_NODES,
    MAX_PROBLEMS,
    Mapping,
    Node,
    Scalar,
    Sequence,
    nodes,
    read_yaml,
    read_yaml_file,
)
from civil_aid_rules.yaml_source.text import REFUSED as REFUSED_CHARACTERS

Plain = str | list["Plain"] | dict[str, "Plain"]


def tree(text: str | bytes) -> Node:
    """The tree of a text that is accepted."""
    node, problems = read_yaml(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    assert problems == ()
    assert node is not None
    return node


def faults(text: str | bytes) -> list[str]:
    """`line:column code` of each fault of a text that is refused."""
    node, problems = read_yaml(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    assert node is None
    assert problems
    return [f"{str(item.at).removeprefix('a.yaml:')} {item.code}" for item in problems]


def plain(node: Node) -> Plain:
    """The tree without places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def places(node: Node) -> list[tuple[str, str]]:
    """Each text with its line:column, in file order."""
    match node:
        case Scalar():
            return [(node.text, f"{node.at.line}:{node.at.column}")]
        case Sequence():
            return [place for item in node.items for place in places(item)]
        case Mapping():
            return [place for key, value in node.entries for place in (*places(key), *places(value))]


# Refusals: one line per kind of fault, with the place that a person is sent to.

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "an empty file": ("", "1:1 yaml-empty"),
    "only comments": ("# nothing\n\n", "1:1 yaml-empty"),
    "only a document start": ("---\n", "1:1 yaml-empty"),
    "GBK bytes": ("title: 城市".encode("gbk"), "1:8 yaml-encoding"),
    "a byte that is not UTF-8 on a later line": (b"a: 1\nb: \xe4\xbd\xa0\xff", "2:5 yaml-encoding"),
    "UTF-16 little end first": ("a: 1".encode("utf-16"), "1:1 yaml-encoding"),
    "UTF-16 big end first": ("\ufeffa: 1".encode("utf-16-be"), "1:1 yaml-encoding"),
    "UTF-16 without a mark": ("a: 1".encode("utf-16-le"), "1:1 yaml-encoding"),
    "an encoded surrogate": (b"a: \xed\xa0\x80", "1:4 yaml-encoding"),
    "NUL": (b"a: 1\nb: x\0y", "2:5 yaml-character"),
    "a bell": ("a: x\x07", "1:5 yaml-character"),
    "delete": ("a: x\x7f", "1:5 yaml-character"),
    "a C1 control": ("a: x\x9b", "1:5 yaml-character"),
    "a right-to-left override": ("a: 1\nb: x\u202ey", "2:5 yaml-character"),
    "an isolate": ("a: \u2066x", "1:4 yaml-character"),
    "a zero-width space": ("a: 低\u200b保", "1:5 yaml-character"),
    "a soft hyphen": ("a: x\u00ady", "1:5 yaml-character"),
    "a byte order mark inside": ("a: x\ufeff", "1:5 yaml-character"),
    "a private-use character": ("a: \ue000", "1:4 yaml-character"),
    "an invisible character in a comment": ("a: 1 # x\u200d", "1:9 yaml-character"),
    "a letter without a shape": ("a: \u3164", "1:4 yaml-character"),
    "not a character": ("a: \ufffe", "1:4 yaml-character"),
    "an escaped NUL": ('a: 1\nb: "x\\0"', "2:4 yaml-character"),
    "an escaped override": ('- "x\\u202e"', "1:3 yaml-character"),
    "an escaped lone surrogate": ('- "\\ud800"', "1:3 yaml-character"),
    "an escaped carriage return": ('- "x\\r\\n"', "1:3 yaml-character"),
    "an escaped line separator": ('- "\\L"', "1:3 yaml-character"),
    "a lone carriage return": (b"a: 1\rb: 2", "1:5 yaml-line-break"),
    "a carriage return before CR LF": (b"a: 1\r\r\nb: 2", "1:5 yaml-line-break"),
    "next line": ("a: 1\n\x85b: 2", "2:1 yaml-line-break"),
    "a line separator": ("a: x\u2028y", "1:5 yaml-line-break"),
    "a paragraph separator": ("a: x\u2029y", "1:5 yaml-line-break"),
    "a long line": (f"a: 1\nb: {'x' * MAX_LINE}", f"2:{MAX_LINE + 1} yaml-long-line"),
    "too many lines": ("\n" * MAX_LINES + "a", f"{MAX_LINES + 1}:1 yaml-too-many-lines"),
    "too many bytes": (b"a" * (MAX_BYTES + 1), "1:1 yaml-too-large"),
    "too many values": ("- [" + "a,a,\n" * (MAX_NODES // 2) + "]", f"{MAX_NODES // 2}:1 yaml-nodes"),
    "too deep, flow": ("[" * (MAX_DEPTH + 1), f"1:{MAX_DEPTH + 1} yaml-depth"),
    "too deep, lists": ("- " * (MAX_DEPTH + 1), f"1:{2 * MAX_DEPTH + 1} yaml-depth"),
    "too deep, mappings": (
        "".join(" " * level + "a:\n" for level in range(MAX_DEPTH + 1)),
        f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1} yaml-depth",
    ),
    "two documents": ("a: 1\n---\nb: 2", "2:1 yaml-documents"),
    "a second document without a word": ("a: 1\n---\n", "2:1 yaml-documents"),
    "a YAML directive": ("# v\n%YAML 1.1\n---\na: 1", "2:1 yaml-directive"),
    "a TAG directive": ("%TAG !e! tag:e,2000:\n---\na: 1", "1:1 yaml-directive"),
    "an unknown directive": ("%FOO\n---\na: 1", "1:1 yaml-directive"),
    "an anchor": ("a: &x 1", "1:4 yaml-anchor"),
    "an anchor on a list": ("a:\n  &x\n  - 1", "2:3 yaml-anchor"),
    "an alias": ("a: *x", "1:4 yaml-alias"),
    "a tag": ("a: !!float abc", "1:4 yaml-tag"),
    "a local tag": ("a: !money 1", "1:4 yaml-tag"),
    "the non-specific tag": ("a: ! x", "1:4 yaml-tag"),
    "a verbatim tag": ("a: !<tag:x> x", "1:4 yaml-tag"),
    "a tag on a mapping": ("!!map {a: 1}", "1:1 yaml-tag"),
    "a tag on nothing": ("a: !!str", "1:4 yaml-tag"),
    "a merge key": ("a:\n  <<: {b: 1}", "2:3 yaml-merge"),
    "a repeated key": ("a: 1\nb: 2\na: 3", "3:1 yaml-duplicate-key"),
    "a repeated key, quoted": ("a: 1\n'a': 3", "2:1 yaml-duplicate-key"),
    "a repeated key, escaped": ('{a: 1, "\\x61": 3}', "1:8 yaml-duplicate-key"),
    "a list as key": ("[a, b]: 1", "1:1 yaml-key"),
    "a mapping as key": ("x: {{a: 1}: 2}", "1:5 yaml-key"),
    "no key": ("a: 1\n: 2", "2:1 yaml-syntax"),
    "a question mark key": ("a: 1\n? b\n: 2", "2:1 yaml-complex-key"),
    "a question mark key in braces": ("{? b : 2}", "1:2 yaml-complex-key"),
    "a tab before a key": ("a:\n\tb: 1", "2:1 yaml-tab"),
    "a tab after the colon": ("a:\tb", "1:3 yaml-tab"),
    "wrong indentation": ("a: 1\n  b: 2", "2:4 yaml-syntax"),
    "a colon inside plain text": ("a: b: c", "1:5 yaml-syntax"),
    "a full-width colon": ("a: 1\n标准：450\nb: 2", "2:1 yaml-syntax"),
    "a key without its colon": ("a: 1\nb\nc: 2", "2:1 yaml-syntax"),
    "an unclosed quote": ('a: 1\nb: "x\nc: 2\n', "2:4 yaml-syntax"),
    "an unclosed bracket": ("a: 1\nb: [x, y\n", "2:4 yaml-syntax"),
    "a bracket closed by a brace": ("a: [x}", "1:6 yaml-syntax"),
    "text beginning with a percent sign": ("a: 1\nb: %x", "2:4 yaml-syntax"),
    "an unknown escape": ('a: "\\q"', "1:6 yaml-syntax"),
    "an escape outside Unicode": ('a: "\\U00110000"', "1:7 yaml-syntax"),
    "an escape far outside Unicode": ('a: "\\UFFFFFFFF"', "1:7 yaml-syntax"),
    "an undefined tag handle": ("a: !x!y z", "1:4 yaml-syntax"),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_each_fault_is_refused_at_its_place(text: str | bytes, expected: str) -> None:
    assert faults(text)[0] == expected


def test_a_refused_text_gives_no_tree_and_complete_sentences() -> None:
    for text, _ in REFUSED.values():
        node, problems = read_yaml(text if isinstance(text, bytes) else text.encode(), "a.yaml")
        assert node is None
        for item in problems:
            assert item.found and item.expected
            assert item.found in item.sentence("en") and item.expected in item.sentence("en")
            assert item.found in item.sentence("zh") and item.expected in item.sentence("zh")


def test_every_code_of_the_reader_is_met_by_a_test() -> None:
    package = Path(nodes.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in package.glob("*.py")]
    codes = {word for source in sources for word in source.split('"') if word.startswith("yaml-")}
    met = {expected.split()[1] for _, expected in REFUSED.values()} | {"yaml-unreadable"}
    assert met == codes


def test_all_faults_are_reported_together_in_file_order() -> None:
    text = "a: &x 1\nb: *x\na: !!int 2\n? c\n: 3\n<<: {}\nd: [1\n"
    assert faults(text) == [
        "1:4 yaml-anchor",
        "2:4 yaml-alias",
        "3:1 yaml-duplicate-key",
        "3:4 yaml-tag",
        "4:1 yaml-complex-key",
        "6:1 yaml-merge",
        "7:4 yaml-syntax",
    ]


def test_a_repeated_key_names_the_place_of_the_first() -> None:
    _, problems = read_yaml(b"a:\n  b: 1\n  c: 2\n  b: 3\n  b: 4", "a.yaml")
    assert [str(item.at) for item in problems] == ["a.yaml:4:3", "a.yaml:5:3"]
    assert [dict(item.values)["first"].en for item in problems] == ["a.yaml:2:3", "a.yaml:2:3"]
    assert problems[0].located() == (
        "a.yaml:4:3: yaml-duplicate-key: the key b already stands at a.yaml:2:3; "
        "expected 1 of each key: delete one of the two, or rename it"
    )


def test_the_same_key_in_two_mappings_is_no_repetition() -> None:
    assert plain(tree("a: {x: 1}\nb: {x: 2}")) == {"a": {"x": "1"}, "b": {"x": "2"}}


def test_a_file_saved_in_gbk_is_told_to_be_saved_as_utf8() -> None:
    _, problems = read_yaml("标题: 城市低保".encode("gbk"), "a.yaml")
    assert problems[0].sentence().startswith("byte 0xB1 is not UTF-8 (the file looks like GBK)")
    assert "另存为 UTF-8" in problems[0].sentence("zh")


def test_bytes_of_no_known_encoding_are_called_binary() -> None:
    _, problems = read_yaml(b"a\xff\xff", "a.yaml")
    assert dict(problems[0].values)["looks_like"].en == "binary"


def test_the_number_of_reported_faults_is_bounded() -> None:
    assert len(faults("- *a\n" * 1_000)) == MAX_PROBLEMS
    assert len(faults("x\u200b\n" * 1_000)) == MAX_PROBLEMS
    assert len(faults("- {? a}\n" * 1_000)) == MAX_PROBLEMS


def test_every_format_control_private_and_surrogate_character_of_this_python_is_refused() -> None:
    refused = REFUSED_CHARACTERS
    missed = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        and chr(code) not in "\t\n"
        and not refused.match(chr(code))
    ]
    assert missed == []


def test_no_letter_digit_or_mark_that_can_be_seen_is_refused() -> None:
    refused = REFUSED_CHARACTERS
    shapeless = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
    hit = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] in "LNPSM" and refused.match(chr(code))
    }
    assert hit - shapeless <= set(range(0x13430, 0x13440))  # Egyptian joiners, whose category depends on the Python


def _reference_examples() -> list[tuple[str, list[str]]]:
    """Each code with the YAML examples of its section in docs/reference/errors/yaml.md."""
    page = Path(__file__).parents[3] / "docs" / "reference" / "errors" / "yaml.md"
    sections = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    block = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [(text.split("\n")[0], block.findall(text)) for text in sections]


def test_the_examples_of_the_reference_have_the_fault_that_they_show_and_the_mended_ones_none() -> None:
    shown = 0
    for code, examples in _reference_examples():
        if code == "yaml-long-line":  # shows only what to write instead
            examples = ["# " + "x" * MAX_LINE, *examples]
        for text in examples[:1]:
            assert {line.split()[1] for line in faults(text)} == {code}
            shown += 1
        for text in examples[1:]:
            tree(text)
    assert shown >= 14


# Limits: the last accepted value of each.


def test_the_limits_themselves_are_allowed() -> None:
    assert tree("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert tree("\n".join(["-"] * (MAX_NODES - 1)))
    assert tree("a" * MAX_LINE)
    assert tree("#\n" * (MAX_LINES - 1) + "a\n")
    assert len(faults("\n".join(["-"] * MAX_NODES))) == 1


def test_a_file_of_exactly_the_largest_size_is_read() -> None:
    lines = "#" * 1_023 + "\n"
    text = lines * (MAX_BYTES // 1_024 - 1) + "a: " + "b" * 1_021
    assert len(text) == MAX_BYTES
    assert plain(tree(text)) == {"a": "b" * 1_021}


# What is accepted, and where it stands.


def test_every_scalar_stays_the_text_that_it_looks_like() -> None:
    texts = [
        *("0270", "0371", "480.10", "1.10", "1e3", "4_80", "0x1F", "0b1", ".inf", ".NaN", "-0", "+480", "１２３"),
        *("NO", "no", "yes", "on", "Off", "y", "true", "null", "~", "=", "<<"),
        *("12:30:00", "1:30", "2023-02-29", "2001-12-14t21:59:43.10-05:00", "110101199003070011"),
    ]
    assert plain(tree("\n".join(f"- {text}" for text in texts))) == texts
    assert plain(tree("{" + ", ".join(f"k{text}: {text}" for text in texts) + "}")) == {f"k{t}": t for t in texts}


def test_quotes_and_blocks_are_remembered() -> None:
    node = tree("- null\n- 'null'\n- \"null\"\n- |\n  null\n- >-\n  null\n- ''\n-\n")
    assert isinstance(node, Sequence)
    shown = [(item.text, item.quoted) for item in node.items if isinstance(item, Scalar)]
    assert shown == [
        ("null", False),
        ("null", True),
        ("null", True),
        ("null\n", True),
        ("null", True),
        ("", True),
        ("", False),
    ]


def test_a_key_that_has_no_value_has_an_unquoted_empty_text() -> None:
    assert places(tree("a:\nb: {c}")) == [("a", "1:1"), ("", "1:3"), ("b", "2:1"), ("c", "2:5"), ("", "2:6")]


def test_places_of_plain_quoted_and_nested_texts() -> None:
    text = "a: one\nbcd:\n  - 'two'\n  - x:   \"three\"\n    yy: four\n"
    assert places(tree(text)) == [
        ("a", "1:1"),
        ("one", "1:4"),
        ("bcd", "2:1"),
        ("two", "3:5"),
        ("x", "4:5"),
        ("three", "4:10"),
        ("yy", "5:5"),
        ("four", "5:9"),
    ]


def test_places_of_collections() -> None:
    node = tree("a:\n  - {b: [c]}\nd:\n- e\n")
    assert isinstance(node, Mapping)
    assert str(node.at) == "a.yaml:1:1"
    first, second = node.entries[0][1], node.entries[1][1]
    assert isinstance(first, Sequence)
    assert isinstance(second, Sequence)
    assert str(first.at) == "a.yaml:2:3"
    assert str(second.at) == "a.yaml:4:1"
    inner = first.items[0]
    assert isinstance(inner, Mapping)
    assert str(inner.at) == "a.yaml:2:5"
    assert str(inner.entries[0][1].at) == "a.yaml:2:9"


def test_places_in_flow_collections_and_chinese_text_count_characters() -> None:
    text = "标题: {en: Standard, zh: 城市低保}\n说明: ['甲𠮷乙', 丙]\n"
    assert places(tree(text)) == [
        ("标题", "1:1"),
        ("en", "1:6"),
        ("Standard", "1:10"),
        ("zh", "1:20"),
        ("城市低保", "1:24"),
        ("说明", "2:1"),
        ("甲𠮷乙", "2:6"),
        ("丙", "2:13"),
    ]


def test_crlf_files_have_the_same_tree_and_places_as_lf_files() -> None:
    text = 'a: 1\n# c\nb:\n  - |\n    x\n    y\n  - "p\n    q"\n  - r\n    s\n'
    assert tree(text.encode()) == tree(text.replace("\n", "\r\n").encode())
    assert faults(b"a: 1\r\nb: *x\r\n") == ["2:4 yaml-alias"]


def test_a_utf8_mark_at_the_start_is_passed_over_without_moving_columns() -> None:
    assert tree("\ufeffa: 1".encode()) == tree(b"a: 1")
    assert faults("\ufeffa: *x".encode()) == ["1:4 yaml-alias"]
    assert faults(b"\xef\xbb\xbfa: \xff") == ["1:4 yaml-encoding"]


def test_a_document_may_begin_and_end_with_marks() -> None:
    assert plain(tree("---\na: 1\n...\n")) == {"a": "1"}


def test_tabs_are_text_inside_quotes_and_comments() -> None:
    assert plain(tree('a: "x\ty" #\tz')) == {"a": "x\ty"}


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    assert plain(tree("'<<': 1")) == {"<<": "1"}


def test_a_bare_text_is_a_document() -> None:
    assert plain(tree("NO")) == "NO"
    assert plain(tree("''")) == ""


# Files.


def test_a_file_is_read_under_the_name_it_is_shown_as(tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    path.write_bytes("a: 低保".encode())
    node, problems = read_yaml_file(path, shown_as="rules/规则.yaml")
    assert problems == ()
    assert isinstance(node, Mapping)
    assert str(node.entries[0][1].at) == "rules/规则.yaml:1:4"


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        node, problems = read_yaml_file(path, shown_as="rules/absent.yaml")
        assert node is None
        assert [(item.code, str(item.at)) for item in problems] == [("yaml-unreadable", "rules/absent.yaml:1:1")]


def test_a_large_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # sparse: reading it whole would need a terabyte
    _, problems = read_yaml_file(path, shown_as="large.yaml")
    assert [item.code for item in problems] == ["yaml-too-large"]


# Any tree that another program writes is read back unchanged.

LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]).filter(
    lambda letter: not REFUSED_CHARACTERS.match(letter)
)
TEXTS = st.text(LETTERS | st.sampled_from("\n\t :#-?'\"[]{}&*!|>%@`"), max_size=60)
KEYS = st.text(LETTERS | st.sampled_from("\t :#-?'\"[]{}&*!|>%@`"), min_size=1, max_size=20)
TREES: st.SearchStrategy[Plain] = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_what_another_program_dumps_reads_back_the_same(data: Plain) -> None:
    unshared = json.loads(json.dumps(data))  # an object met twice would be dumped as an anchor
    text = yaml.safe_dump(unshared, allow_unicode=True, default_style='"')
    assert plain(tree(text)) == data
