"""Hostile YAML: always a located refusal, soon, never an exception; what is accepted is what another reader sees."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
import yaml

from civil_aid_rules.errors import Problem
from civil_aid_rules.yaml_source import MAX_BYTES, Mapping, Node, Scalar, Sequence, read_yaml

GUARD_SECONDS = 30
"""Far above what any case takes (about one second on a slow machine): quadratic work would pass it many times over."""

MIB = 1 << 20


def _filled(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def _in_lines(text: str) -> str:
    """The text in lines that the reader allows."""
    return "\n".join(text[start : start + 1_990] for start in range(0, len(text), 1_990))


ATTACKS: dict[str, str] = {
    "flow lists": _filled("[", MIB),
    "flow mappings": _filled("{a: ", MIB),
    "flow pairs": _filled("[a: ", MIB),
    "block lists": _filled("- ", MIB),
    "question marks": _filled("? ", MIB),
    "colons": _filled(":", MIB),
    "spaced colons": _filled(": ", MIB),
    "one text": "a" * MIB,
    "many words": _filled("a ", MIB),
    "one word a line": _filled("a\n", MIB),
    "comments": _filled("#\n", MIB),
    "blank lines": "\n" * MIB,
    "spaces": " " * MIB,
    "tabs": "\t" * MIB,
    "one quoted text": '"' + "a" * MIB + '"',
    "a quoted word a line": '"' + _filled("a\n", MIB) + '"',
    "escapes": '"' + _filled("\\x41", MIB) + '"',
    "doubled quotes": _filled("'", MIB),
    "quotes in a list": "[" + _filled("'',", MIB) + "]",
    "quotes that never end": _filled('"', MIB - 1),
    "a literal block": "|\n" + _filled(" a\n", MIB),
    "a folded block": ">\n a\n" + "\n" * MIB,
    "keys": "".join(f"k{number}: v\n" for number in range(100_000)),
    "the same key": _filled("a: 1\n", MIB),
    "keys in braces": "{" + _filled("a: b, ", MIB) + "}",
    "indentation": "".join(" " * level + "a:\n" for level in range(1_400)),
    "indented dashes": "".join(" " * level + "-\n" for level in range(1_400)),
    "anchors": _filled("&a ", MIB),
    "aliases": _filled("- *a\n", MIB),
    "an anchor bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "a tag": "!" + "a" * MIB,
    "an escaped tag": "!" + _filled("%41", MIB),
    "directives": _filled("%A\n", MIB),
    "a version of a million digits": "%YAML 1." + "9" * MIB,
    "documents": _filled("---\n", MIB),
    "document ends": _filled("...\n", MIB),
    "closing brackets": "]" * MIB,
    "commas": "[" + "," * MIB,
    "zero bytes": "\0" * MIB,
    "byte order marks": "\ufeff" * (MIB // 3),
    "invisible": "\u200b" * (MIB // 3),
    "carriage returns": "\r" * MIB,
    "deep lists in lines": _filled("[" * 1_000 + "\n", MIB),
    "deep lists closed": "[" + _filled("[" * 30 + "]" * 30 + ",\n", MIB) + "]",
}


def _cut_to_limits(text: str) -> str:
    """As much of an attack as passes the limits on bytes, lines and line length."""
    lines = _in_lines(text[: MAX_BYTES - 200]).split("\n")[:10_000]
    return "\n".join(lines)


@pytest.mark.parametrize("cut", [str, _cut_to_limits], ids=["whole", "cut"])
@pytest.mark.parametrize("name", ATTACKS)
def test_hostile_input_ends_soon(name: str, cut: Callable[[str], str]) -> None:
    data = cut(ATTACKS[name]).encode()
    started = time.process_time()
    node, problems = read_yaml(data, "a.yaml")
    assert time.process_time() - started < GUARD_SECONDS
    _assert_complete(node, problems, data)
    assert cut is _cut_to_limits or node is None


def test_the_slowest_accepted_input_ends_soon() -> None:
    nested = "".join("- " + "[" * 30 + "]" * 30 + "\n" for _ in range(320))
    words = "a " * 990 + "\n"
    text = nested + '- "' + (" " + words) * ((MAX_BYTES - len(nested) - 10) // (len(words) + 1)) + '"'
    started = time.process_time()
    node, problems = read_yaml(text.encode(), "a.yaml")
    assert time.process_time() - started < GUARD_SECONDS
    assert problems == ()
    assert isinstance(node, Sequence)


# Damaged packs.

SAMPLE = """\
# 城市低保 2016
program: sample
title: {en: "Urban dibao: standard", zh: 城市低保标准}
uses: [household_income, shared]
parameters:
  standard:
    type: CNY/person/month
    set_by: [province, city]
    values:
      - {from: 2015-01-01, published: 2015-01-01, value: "450", cite: work_plan}
      - from: 2016-01-01
        value: '480.10'
        cite: work_plan
rules:
  eligible:
    all:
    - id: income
      if: per_capita_income < standard
      say: {en: It's below, zh: 收入低于标准}
    - id: assets
      if: "assets <= limit"
  note: |
    First line
      second line
  folded: >-
    one
    two

  plain: several words
    on two lines
examples: [0270, NO, 12:30, 1.10, ~, null]
empty:
""".encode()

PIECES: tuple[bytes, ...] = (
    *(b"[", b"]", b"{", b"}", b": ", b"? ", b"- ", b",", b"#", b"'", b'"', b"|", b">", b"@", b"`", b" ", b"  ", b"\t"),
    *(b"&a ", b"*a", b"!x ", b"! ", b"!!int ", b"<<: ", b"%YAML 1.1\n", b"%A\n", b"---\n", b"...\n", b"0", b"-"),
    *(b"\\", b"\\U00110000", b"\\UFFFFFFFF", b"\\ud800", b"\\0", b"%YAML 1." + b"9" * 1_900),
    *(b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xef\xbb\xbf", "：".encode()),
)


def _damaged(chance: random.Random, data: bytes) -> bytes:
    """The data with one to six small changes to its bytes or lines."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice((_inserted, _deleted, _overwritten, _copied, _swapped_lines, _repeated_line))(chance, data)
    return data


def _inserted(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(PIECES) + data[at:]


def _deleted(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.choice((1, 1, 2, 5, 40)) :]


def _overwritten(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _copied(chance: random.Random, data: bytes) -> bytes:
    at, source = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    return data[:at] + data[source : source + chance.choice((1, 3, 10))] + data[at + chance.choice((0, 1, 3)) :]


def _swapped_lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _repeated_line(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def _assert_complete(node: Node | None, problems: tuple[Problem, ...], data: bytes) -> None:
    """Either a tree or located problems; each place exists in the file."""
    assert (node is None) == bool(problems)
    lines = data.replace(b"\r\n", b"\n").count(b"\n") + 1
    for item in problems:
        assert not isinstance(item.at, str)
        assert item.at.file == "a.yaml"
        assert 1 <= item.at.line <= lines
        assert item.at.column >= 1
        assert item.found and item.expected and item.sentence("en") and item.sentence("zh")
    assert [item.sort_key() for item in problems] == sorted(item.sort_key() for item in problems)


def _assert_same(node: Node, other: yaml.Node | None) -> None:
    """The tree equals what PyYAML composes from the bytes themselves: structure, texts, styles and places."""
    assert other is not None
    mark = other.start_mark
    assert isinstance(mark, yaml.Mark)
    assert (node.at.line, node.at.column) == (mark.line + 1, mark.column + 1)
    match node:
        case Scalar():
            assert isinstance(other, yaml.ScalarNode)
            assert (node.text, node.quoted) == (other.value, bool(other.style))
        case Sequence():
            assert isinstance(other, yaml.SequenceNode)
            for item, composed in zip(node.items, other.value, strict=True):
                _assert_same(item, composed)
        case Mapping():
            assert isinstance(other, yaml.MappingNode)
            for (key, value), (composed_key, composed_value) in zip(node.entries, other.value, strict=True):
                _assert_same(key, composed_key)
                _assert_same(value, composed_value)


def test_the_sample_itself_is_accepted() -> None:
    node, problems = read_yaml(SAMPLE, "a.yaml")
    assert problems == ()
    assert node is not None
    _assert_same(node, yaml.compose(SAMPLE, Loader=yaml.SafeLoader))


def test_damaged_packs_are_refused_with_a_place_or_read_as_another_reader_reads_them() -> None:
    chance = random.Random(20_160_219)
    accepted = 0
    for number in range(2_000):
        data = _damaged(chance, SAMPLE)
        node, problems = read_yaml(data, "a.yaml")
        _assert_complete(node, problems, data)
        if node is not None:
            accepted += 1
            try:
                _assert_same(node, yaml.compose(data, Loader=yaml.SafeLoader))
            except AssertionError as error:
                error.add_note(f"mutant {number}: {data!r}")
                raise
    assert 100 < accepted < 1_900  # both outcomes are really tried
