"""Seeded mutations of the shipped packs: each is refused with a located sentence, or means exactly what its text says.

What a mutant says is read by an independent reader (PyYAML's own composer). The suite runs a small seeded count; all 20,000:
MUTATIONS=20000 python -m pytest tests/unit/packs/test_mutations.py
"""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest
import yaml

from civil_aid_rules.errors import RulebookError
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.source import SourceSpan

COUNT = int(os.environ.get("MUTATIONS", "160"))
CHUNKS = 8
WORDS = [
    "null",
    "yes",
    "no",
    "0",
    "-1",
    "480",
    "1e3",
    "0270",
    "2016-02-30",
    "2016-01-01",
    "eligible",
    "standard",
    "CNY/year",
    "[]",
    "{}",
    "''",
    "if",
    "<",
    "!x",
    "&a",
    "*a",
]


def pack_files(root: Path) -> list[Path]:
    """The files that say something: all YAML of packs and overlays, but not the examples."""
    return sorted(path for path in root.rglob("*.yaml") if "examples" not in path.parts)


def mutated(data: bytes, seed: random.Random) -> bytes:
    """One change of a byte, a line, a value or the structure."""
    lines = data.split(b"\n")
    index = seed.randrange(len(lines))
    match seed.randrange(8):
        case 0:
            place = seed.randrange(len(data))
            return data[:place] + bytes([seed.randrange(256)]) + data[place + 1 :]
        case 1:
            place = seed.randrange(len(data))
            return data[:place] + data[place + 1 :]
        case 2:
            del lines[index]
        case 3:
            lines.insert(index, lines[seed.randrange(len(lines))])
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
        case _:
            digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
            place = seed.choice(digits)
            return data[:place] + str(seed.randrange(10)).encode() + data[place + 1 :]
    return b"\n".join(lines)


def composed(path: Path) -> dict[str, str]:
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

    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if node is not None:
        walk(node, "")
    return found


def test_the_shipped_packs_say_what_their_files_say() -> None:
    root = shipped_rules()
    assert Rulebook.load(root).packs.canonical() == {
        path.relative_to(root).as_posix(): texts for path in pack_files(root) if (texts := composed(path))
    }


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_mutant_is_refused_at_its_place_or_means_what_it_says(chunk: int, tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(shipped_rules(), root)
    files = pack_files(root)
    for number in range(chunk, COUNT, CHUNKS):
        seed = random.Random(number)
        path = seed.choice(files)
        original = path.read_bytes()
        path.write_bytes(mutated(original, seed))
        began = time.perf_counter()
        try:
            loaded = Rulebook.load(root).packs.canonical()
        except RulebookError as error:
            for item in error.problems:
                assert isinstance(item.at, SourceSpan) and item.at.line >= 1 and item.at.column >= 1, number
                assert item.found and item.expected and item.sentence("en") and item.sentence("zh"), number
        else:
            said = {file.relative_to(root).as_posix(): texts for file in files if (texts := composed(file))}
            assert loaded == said, number
        assert time.perf_counter() - began < 20, f"mutant {number} took too long"
        path.write_bytes(original)
