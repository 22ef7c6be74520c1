"""Seeded mutations of the shipped packs: each is refused with a located sentence, or means exactly what its text says.

What a mutant says is read by an independent reader, PyYAML's own composer. The suite runs a small seeded count; all of
them, on demand (an hour or more): MUTATIONS=20000 python -m pytest -s tests/unit/packs/test_mutations.py
In parts: with MUTATIONS=5000 also FIRST_MUTATION=0, 5000, 10000 and 15000.
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

import pytest
import yaml

from civil_aid_rules.errors import Problem, RulebookError
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.source import SourceSpan
from tests.packs.remembered import Remembered, remembered

COUNT, FIRST = int(os.environ.get("MUTATIONS", "60")), int(os.environ.get("FIRST_MUTATION", "0"))
LONGEST = 1 if "MUTATIONS" in os.environ else 60
"""Seconds of processor time that a mutant may take beyond a sound load. The suite asks only that none hangs: how long a
second of work takes is the machine's affair, and whoever counts them all looks at the time as well."""
AS_USUAL = max(20, COUNT // 50)
"""Each so many-th mutant is also loaded with nothing remembered, which must come to the same."""
WORDS = [
    "null", "yes", "no", "0", "-1", "480", "1e3", "0270", "2016-02-30", "2016-01-01", "eligible", "standard",
    "CNY/year", "[]", "{}", "''", "if", "<", "!x", "&a", "*a",
]  # fmt: skip


class Shipped(NamedTuple):
    """A copy of the shipped packs: its folder, its files with what they say, how long loading takes, what is known."""

    root: Path
    texts: dict[Path, dict[str, str]]
    seconds: float
    known: Remembered


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
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shipped]:
    root = tmp_path_factory.mktemp("mutants") / "rules"
    shutil.copytree(shipped_rules(), root, ignore=shutil.ignore_patterns("examples"))
    with remembered() as known:
        began = time.process_time()
        sound = Rulebook.load(root)
        seconds = time.process_time() - began
        sound.packs.canonical()
        known.keep()
        yield Shipped(root, {path: composed(path.read_bytes()) for path in pack_files(root)}, seconds, known)


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
    failures: list[str] = []
    slowest = 0.0
    for number in range(FIRST, FIRST + COUNT):
        path, original, data = mutant(shipped, number)
        path.write_bytes(data)
        began = time.process_time()
        result, fault = outcome_of(shipped, path, data)
        took = time.process_time() - began
        path.write_bytes(original)
        shipped.known.forget()
        results[result] += 1
        slowest = max(slowest, took)
        if fault or took > shipped.seconds + LONGEST:
            failures.append(f"mutant {number} of {path.relative_to(shipped.root)}: {result} in {took:.1f} s; {fault}")
    print(f"\n{COUNT} mutants from {FIRST}: {dict(results)}; a sound load takes {shipped.seconds:.2f} s, the slowest")
    print(f"mutant {slowest:.2f} s; {len(failures)} failures", *failures, sep="\n")
    assert results["refused"] and results["accepted"]
    assert not failures


def mutant(shipped: Shipped, number: int) -> tuple[Path, bytes, bytes]:
    """The mutant of a number: its file, and the bytes before and after."""
    seed = random.Random(number)
    path = seed.choice(list(shipped.texts))
    original = path.read_bytes()
    return path, original, mutated(original, seed)


def outcome_of(shipped: Shipped, path: Path, data: bytes) -> tuple[str, str]:
    """Refused or accepted, and what is wrong with that; nothing is where it is as it must be."""
    loaded = loaded_or_refused(shipped.root)
    if isinstance(loaded, tuple):
        return "refused", "; ".join(repr(item) for item in loaded if not is_whole(item)) if loaded else "no fault named"
    if isinstance(loaded, Exception):
        return type(loaded).__name__, str(loaded)
    return "accepted", "" if loaded == said_by(shipped, {path: composed(data)}) else "means something else"


def loaded_or_refused(root: Path) -> dict[str, dict[str, str]] | tuple[Problem, ...] | Exception:
    """All texts of the packs, or every fault, or what must not happen: any other exception."""
    try:
        return Rulebook.load(root).packs.canonical()
    except RulebookError as error:
        return tuple(error.problems)
    except Exception as error:
        return error


def is_whole(item: Problem) -> bool:
    """Whether a fault says where it is, what was found and what was expected, in both languages."""
    located = isinstance(item.at, SourceSpan) and item.at.line >= 1 and item.at.column >= 1
    return bool(located and item.found and item.expected and item.sentence("en") and item.sentence("zh"))


def test_nothing_is_lost_by_what_is_remembered(shipped: Shipped) -> None:
    """Where all is read, validated and checked anew, the same faults are found and the same texts stand."""
    for number in range(FIRST, FIRST + COUNT, AS_USUAL):
        path, original, data = mutant(shipped, number)
        path.write_bytes(data)
        quickly = loaded_or_refused(shipped.root)
        with shipped.known.set_aside():
            assert loaded_or_refused(shipped.root) == quickly, number
        path.write_bytes(original)
        shipped.known.forget()
