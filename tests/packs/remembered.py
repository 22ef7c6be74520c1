"""Thousands of folders of packs that differ in one file, loaded: what did not change is not worked out again.

A file is read as its bytes say, a block validated as its data say, a program checked as its own blocks and those of the
overlay say; a rule of an unchanged block that reads unchanged things is taken over, as between the days of a rulebook.
While `remembered()` is in force each of these is worked out once. `forget()` goes back to what the sound packs gave, so
that thousands of mutants are not kept. That nothing is lost by it is tested: test_mutations loads some as usual too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from civil_aid_rules.compiler import check
from civil_aid_rules.compiler.memory import Common, Memory, Texts
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.errors import Problem
from civil_aid_rules.facts import vocabulary
from civil_aid_rules.facts.vocabulary import Vocabulary, read_vocabulary
from civil_aid_rules.packs import load
from civil_aid_rules.packs.blocks import Block, LocatedDict, Text, to_data
from civil_aid_rules.packs.load import Pack, Packs, stated
from civil_aid_rules.packs.models import OverlayBlock
from civil_aid_rules.packs.validate import validate
from civil_aid_rules.records.record import Record
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import Node, Reading, read_yaml

Result = TypeVar("Result")

_check_program, _memory_of = check._check_program, Memory.of


@dataclass(slots=True)
class Remembered:
    """What was worked out of the sound packs, and since: each with what it was worked out of, which so stays alive."""

    sound: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)
    since: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)
    memories: dict[str, tuple[Hashable, Memory]] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)

    def once(self, key: Hashable, given: object, work: Callable[[], Result]) -> Result:
        """The result known for `key`, or of `work`; `given` holds the objects that the key names by identity."""
        known = self.sound.get(key) or self.since.get(key)
        if known is None:
            known = self.since[key] = (given, work())
        result: Result = known[1]
        return result

    def keep(self) -> None:
        """What is known now is of the sound packs."""
        self.sound.update(self.since)
        self.memories = {str(memory.names.program.name): (_heads(memory.names), memory) for memory in self._met()}
        self.forget()

    def forget(self) -> None:
        """Only what is known of the sound packs stays."""
        self.since.clear()
        self.texts = Texts()
        for _, memory in self.memories.values():
            self.texts.expressions |= memory.texts.expressions
            self.texts.digests |= memory.texts.digests

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """While this lasts, nothing is known."""
        kept = self.sound, self.since, self.memories, self.texts
        self.sound, self.since, self.memories, self.texts = {}, {}, {}, Texts()
        yield
        self.sound, self.since, self.memories, self.texts = kept

    def _met(self) -> Iterator[Memory]:
        for given, _ in self.sound.values():
            if isinstance(given, tuple) and isinstance(given[0], Memory):
                yield given[0]

    # --- in place of what the library does each time ------------------------------------------------------------------

    def read(self, path: Path, shown_as: str) -> Reading:
        data = path.read_bytes()
        return self.once(("read", shown_as, data), None, lambda: read_yaml(data, shown_as))

    def data(self, node: Node) -> Any:
        return self.once(("data", id(node)), node, lambda: to_data(node))

    def validate(self, model: type[Block], data: Any, at: SourceSpan) -> Block | tuple[Problem, ...]:
        def anew() -> Block | tuple[Problem, ...]:
            return self.once(("block", model, _places_and_texts(data), at), None, lambda: validate(model, data, at))

        return self.once(("block of", model, id(data), at), data, anew)

    def stated(self, block: Block) -> Any:
        return self.once(("stated", id(block)), block, lambda: stated(block))

    def vocabulary(self, model: type[Record]) -> Vocabulary:
        return self.once(("vocabulary", model), None, lambda: read_vocabulary(model))

    def memory(self, packs: Packs, program: str, texts: Texts | None = None) -> Memory:
        """A new one of the program; where its names and sources are those of the sound one, it knows what that knew."""
        memory = _memory_of(packs, program, self.texts)
        heads, sound = self.memories.get(program, (None, memory))
        if heads == _heads(memory.names):
            _know(memory.common, sound.common, memory.names)
            memory.orders = list(sound.orders)
        return memory

    def check(
        self, memory: Memory, overlays: tuple[OverlayBlock, ...], vocabularies: Mapping[str, Vocabulary]
    ) -> list[Problem]:
        names = memory.names
        if names.problems:
            return _check_program(memory, overlays, vocabularies)
        key = ("check", _heads(names), _bodies(names), tuple(map(id, overlays)), tuple(map(id, vocabularies.values())))
        given = (memory, overlays, vocabularies)
        return list(self.once(key, given, lambda: _check_program(memory, overlays, vocabularies)))


def _know(common: Common, sound: Common, names: Namespace) -> None:
    """Let `common` know of these names what `sound` knows; its rules have the same numbers."""
    common.slots |= sound.slots
    common.numbers = count(1 + max(common.slots.values(), default=-1))
    for key in sound.values.keys() | sound.rules.keys():
        if key.partition(".")[0] in names.instances:
            common.values[key] = list(sound.values.get(key, ()))
            common.rules[key] = list(sound.rules.get(key, ()))
    common.reads |= sound.reads


def _places_and_texts(data: Any) -> Hashable:
    """All that pack data hold, to be compared with others."""
    match data:
        case Text():
            return (str(data), data.at, data.quoted)
        case LocatedDict():
            inner = tuple((key, data.keys_at[key], _places_and_texts(value)) for key, value in data.items())
            return (data.at, inner)
        case list():
            return tuple(map(_places_and_texts, data))
    return data  # type: ignore[no-any-return]


def _packs_of(names: Namespace) -> Iterator[Pack]:
    return (pack for instance in names.instances.values() for pack in instance.packs)


def _heads(names: Namespace) -> Hashable:
    """Which names a program has, of which packs, with which sources."""
    instances = tuple(
        (instance.name, tuple(instance.uses), tuple(instance.declared)) for instance in names.instances.values()
    )
    return (names.program.name, instances, tuple(id(pack.block) for pack in _packs_of(names)))


def _bodies(names: Namespace) -> Hashable:
    """Which blocks of parameters and rules a program is made of."""
    return tuple(
        (
            tuple(id(entry.block) for entry in pack.parameters.values()),
            tuple(id(version.block) for versions in pack.rules.values() for version in versions),
        )
        for pack in _packs_of(names)
    )


@contextmanager
def remembered() -> Iterator[Remembered]:
    """While this lasts, loading packs works out only what it does not know yet."""
    known = Remembered()
    with (
        patch.object(load, "read_yaml_file", known.read),
        patch.object(load, "to_data", known.data),
        patch.object(load, "validate", known.validate),
        patch.object(load, "stated", known.stated),
        patch.object(vocabulary, "read_vocabulary", known.vocabulary),
        patch.object(Memory, "of", known.memory),
        patch.object(check, "_check_program", known.check),
    ):
        yield known
