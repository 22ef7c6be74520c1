"""Seeded mutations of the shipped packs: each is refused with a located sentence, or means exactly what its text says.

What a mutant says is read by an independent reader, PyYAML's own composer. The suite runs a small seeded count; all of
them, on demand: MUTATIONS=20000 python -m pytest -s tests/unit/packs/test_mutations.py
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest
import yaml

from civil_aid_rules.errors import RulebookError
from civil_aid_rules.packs import load
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import Reading, read_yaml

COUNT = int(os.environ.get("MUTATIONS", "80"))
LONGEST = 1
"""Seconds of processor time that a mutant may take beyond a sound load."""
WORDS = [
    "null", "yes", "no", "0", "-1", "480", "1e3", "0270", "2016-02-30", "2016-01-01", "eligible", "standard",
    "CNY/year", "[]", "{}", "''", "if", "<", "!x", "&a", "*a",
]  # fmt: skip


class Shipped(NamedTuple):
    """A copy of the shipped packs: its folder, its files with what they say, and how long loading it takes."""

    root: Path
    texts: dict[Path, dict[str, str]]
    seconds: float


def pack_files(root: Path) -> list[Path]:
    """The files that say something: all YAML of packs and overlays, but not the examples."""
    return sorted(path for path in root.rglob("*.yaml") if "examples" not in path.parts)


def composed(data: bytes) -> dict[str, str]:
    """The texts of a file by path, as PyYAML's composer sees them."""
    found: dict[str, str] = {}

    def walk(node: yaml.Node, path: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, f"{path}.{key.value}" if path else key.value)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, f"{path}[{index}]")
        else:
            found[path] = node.value

    node = yaml.compose(data.decode("utf-8"), Loader=yaml.SafeLoader)
    if node is not None:
        walk(node, "")
    return found


@pytest.fixture(scope="module")
def unchanged_files_are_read_once() -> Iterator[None]:
    """What a file is read as depends on its bytes alone: thousands of mutants share all other files."""
    known: dict[tuple[str, bytes], Reading] = {}

    def read_once(path: Path, shown_as: str) -> Reading:
        data = path.read_bytes()
        if (shown_as, data) not in known:
            if len(known) > 200:
                known.clear()
            known[shown_as, data] = read_yaml(data, shown_as)
        return known[shown_as, data]

    with patch.object(load, "read_yaml_file", read_once):
        yield


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, unchanged_files_are_read_once: None) -> Shipped:
    root = tmp_path_factory.mktemp("mutants") / "rules"
    shutil.copytree(shipped_rules(), root, ignore=shutil.ignore_patterns("examples"))
    began = time.process_time()
    Rulebook.load(root)
    seconds = time.process_time() - began
    return Shipped(root, {path: composed(path.read_bytes()) for path in pack_files(root)}, seconds)


def mutated(data: bytes, seed: random.Random) -> bytes:
    """One change of a byte, a line, a value or the structure."""
    lines = data.split(b"\n")
    index = seed.randrange(len(lines))
    place = seed.randrange(len(data))
    match seed.randrange(9):
        case 0:
            return data[:place] + bytes([seed.randrange(256)]) + data[place + 1 :]
        case 1:
            return data[:place] + data[place + 1 :]
        case 2:
            del lines[index]
        case 3:
            lines.insert(index, seed.choice(lines))
        case 4:
            lines[index] = lines[index].replace(b" ", b"", 1) if seed.random() < 0.5 else b"  " + lines[index]
        case 5:
            words = lines[index].split(b" ")
            words[seed.randrange(len(words))] = seed.choice(WORDS).encode()
            lines[index] = b" ".join(words)
        case 6:
            words = lines[index].replace(b"<", b"<=").split(b" ") if b"<" in lines[index] else lines[index].split(b" ")
            seed.shuffle(words)
            lines[index] = b" ".join(words)
        case 7:
            other = seed.randrange(len(lines))
            lines[index], lines[other] = lines[other], lines[index]
        case _:
            digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57] or [0]
            place = seed.choice(digits)
            return data[:place] + str(seed.randrange(10)).encode() + data[place + 1 :]
    return b"\n".join(lines)


def test_the_shipped_packs_say_what_their_files_say(shipped: Shipped) -> None:
    assert Rulebook.load(shipped.root).packs.canonical() == said_by(shipped, {})


def said_by(shipped: Shipped, changed: dict[Path, dict[str, str]]) -> dict[str, dict[str, str]]:
    """What all files say, some of them changed, by file; a file that says nothing is left out."""
    texts = {**shipped.texts, **changed}
    return {path.relative_to(shipped.root).as_posix(): found for path, found in texts.items() if found}


def test_a_mutant_is_refused_at_its_place_or_means_what_it_says(shipped: Shipped) -> None:
    results: Counter[str] = Counter()
    slowest = 0
    for number in range(COUNT):
        seed = random.Random(number)
        path = seed.choice(list(shipped.texts))
        original = path.read_bytes()
        data = mutated(original, seed)
        path.write_bytes(data)
        began = time.process_time()
        result = outcome_of(shipped, path, data, number)
        took = time.process_time() - began
        assert took < shipped.seconds + LONGEST, f"mutant {number} of {path.name} took {took} s"
        path.write_bytes(original)
        results[result] += 1
        slowest = max(slowest, int(1000 * (took - shipped.seconds)))
    assert results["refused"] and results["accepted"]
    print(f"\n{COUNT} mutants: {dict(results)}; the slowest took {slowest} ms beyond a sound load")


def outcome_of(shipped: Shipped, path: Path, data: bytes, number: int) -> str:
    """Refused or accepted, each as it must be; any other exception fails the test."""
    try:
        loaded = Rulebook.load(shipped.root).packs.canonical()
    except RulebookError as error:
        for item in error.problems:
            assert isinstance(item.at, SourceSpan) and item.at.line >= 1 and item.at.column >= 1, number
            assert item.found and item.expected and item.sentence("en") and item.sentence("zh"), number
        return "refused"
    assert loaded == said_by(shipped, {path: composed(data)}), f"mutant {number} of {path.name}"
    return "accepted"
