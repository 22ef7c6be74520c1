"""A rulebook is checked in steps; its faults are those of compiling every question by itself, in their words."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from civil_aid_rules.compiler import check
from civil_aid_rules.compiler.check import check_everything
from civil_aid_rules.compiler.memory import Memory, Texts
from civil_aid_rules.compiler.pipeline import Request, program_faults
from civil_aid_rules.errors import Problem, RulebookError
from civil_aid_rules.facts.vocabulary import Vocabulary, read_vocabulary
from civil_aid_rules.packs.load import Packs, load_packs
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.rulebook import shipped_records
from tests.packs.islandia_record import Hearth

COUNT = int(os.environ.get("MUTATIONS", "4"))
ISLANDIA = Path(__file__).parents[2] / "packs" / "islandia" / "rules"
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9.]*|\d+(?:-\d+)*|<=|>=|==|[-+*/<>]")
DECIDES = re.compile(r"(?<=[ {])(?:is|if|else|when|flag|type|from|until|value|for_each|then): [^,}\n]+")

Vocabularies = dict[str, Vocabulary]


def vocabularies_of(packs: Packs) -> Vocabularies:
    named = {str(pack.block.record) for pack in packs.packs.values()}
    models = {"hearth": Hearth} if named == {"hearth"} else shipped_records(named)
    return {name: read_vocabulary(model) for name, model in models.items()}


def checked(packs: Packs, vocabularies: Vocabularies) -> tuple[Problem, ...]:
    """The faults, each question taking over what it can."""
    texts = Texts()
    return check_everything(packs, vocabularies, {name: Memory.of(packs, name, texts) for name in packs.programs})


def alone(request: Request, vocabularies: Vocabularies, memory: Memory) -> tuple[Problem, ...]:
    """The faults of one question of which nothing is known but the names."""
    return program_faults(request, vocabularies, Memory(memory.names))


def checked_alone(packs: Packs, vocabularies: Vocabularies) -> tuple[Problem, ...]:
    """The faults, each question compiled by itself."""
    with patch.object(check, "program_faults", alone):
        return checked(packs, vocabularies)


def questions(packs: Packs, program: str) -> Iterator[Request]:
    """All that a check asks of one program, alone and under the overlays that hold together."""
    names = Memory.of(packs, program).names
    for overlays in [(), *check._together(packs)]:
        for day in check.days_of_change(names, overlays):
            yield Request(program, day, None, None, overlays)


@pytest.mark.parametrize("seed", range(2))
def test_questions_in_any_order_have_the_faults_of_each_alone(seed: int) -> None:
    """Of the shipped rulebook: none, and before the first day what is not in force yet."""
    packs = load_packs(shipped_rules())
    vocabularies = vocabularies_of(packs)
    chosen = random.Random(seed)
    for program in packs.programs:
        memory = Memory.of(packs, program)
        asked = list(questions(packs, program))
        chosen.shuffle(asked)
        compared = set(chosen.sample(range(len(asked)), min(4, len(asked))))
        for place, request in enumerate(asked):
            found = program_faults(request, vocabularies, memory)
            if place in compared:
                assert by_place(found) == by_place(alone(request, vocabularies, memory))


def test_a_program_on_sound_days_is_checked_in_steps() -> None:
    """Otherwise the tests here would compare whole compilations with whole compilations."""
    packs = load_packs(shipped_rules(), ["rural_dibao"])
    memory = Memory.of(packs, "rural_dibao")
    for request in questions(packs, "rural_dibao"):
        program_faults(request, vocabularies_of(packs), memory)
    assert len({id(known.rules["rural_dibao.monthly_payment"]) for known in memory.sound.values()}) > 1
    assert len(memory.common.rules["household_economics.is_counted_member"]) == 1


def by_place(problems: tuple[Problem, ...]) -> list[Problem]:
    return sorted(problems, key=Problem.sort_key)


def damaged(root: Path, copy: Path, parts: tuple[str, ...], seed: random.Random) -> str:
    """A copy of the packs in which one word that decides is another such word of its file; what was done."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("examples", "schema", "packs.lock"))
    paths = [path for path in sorted(copy.rglob("*.yaml")) if not parts or set(parts) & set(path.parts)]
    paths = [path for path in paths if DECIDES.search(path.read_text(encoding="utf-8")) and path.name != "program.yaml"]
    path = seed.choice(paths)
    text = path.read_text(encoding="utf-8")
    words = [word for line in DECIDES.finditer(text) for word in WORD.finditer(text, *line.span())]
    old, new = seed.choice(words), seed.choice(words)[0]
    path.write_text(text[: old.start()] + new + text[old.end() :], encoding="utf-8")
    return f"{path.relative_to(copy)}: {old[0]} → {new} at {old.start()}"


@pytest.mark.parametrize(
    ("root", "parts", "count"),
    [
        (ISLANDIA, (), 5 * COUNT),
        (shipped_rules(), ("urban_dibao", "dibao", "household_economics", "overlays"), COUNT // 2),
    ],
    ids=["islandia", "shipped"],
)
def test_damaged_packs_have_the_faults_of_each_question_alone(
    root: Path, parts: tuple[str, ...], count: int, tmp_path: Path
) -> None:
    """The same faults with the same words in the same order. A larger count on demand: MUTATIONS=300."""
    copy, found, number = tmp_path / "rules", list[tuple[Problem, ...]](), 0
    while len(found) < count:
        change, number = damaged(root, copy, parts, random.Random(number)), number + 1
        try:
            packs = load_packs(copy, parts[:1] or None)
        except RulebookError:
            continue
        vocabularies = vocabularies_of(packs)
        found.append(checked(packs, vocabularies))
        assert found[-1] == checked_alone(packs, vocabularies), change
    assert any(found)
