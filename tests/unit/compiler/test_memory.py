"""What one compilation takes over from another changes nothing: with and without it, programs are equal."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

from civil_aid_rules.compiler.memory import Memory, Texts
from civil_aid_rules.compiler.pipeline import Request, compile_program
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.packs.models import OverlayBlock
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.records.county import County
from civil_aid_rules.records.facility import Facility
from civil_aid_rules.records.household import Household
from civil_aid_rules.records.record import Record
from civil_aid_rules.rulebook import Rulebook
from tests.packs.islandia_record import Hearth

ISLANDIA = Path(__file__).parents[2] / "packs" / "islandia" / "rules"
DAYS = [
    datetime.date(2009, 12, 31),
    datetime.date(2011, 6, 1),
    datetime.date(2012, 1, 1),
    datetime.date(2012, 8, 15),
    datetime.date(2014, 6, 1),
    datetime.date(2015, 3, 1),
    datetime.date(2016, 4, 1),
    datetime.date(2016, 9, 17),
    datetime.date(2021, 7, 1),
]


@pytest.mark.parametrize(
    ("rules", "records"),
    [
        (shipped_rules(), {"household": Household, "facility": Facility, "county": County}),
        (ISLANDIA, {"hearth": Hearth}),
    ],
    ids=["shipped", "islandia"],
)
def test_programs_compiled_one_after_the_other_equal_those_compiled_alone(
    rules: Path, records: dict[str, type[Record]]
) -> None:
    """Every program on many days, as known early or late, alone and under each overlay, in a mixed order.

    What one program worked out of shared names, the next takes over.
    """
    rulebook = Rulebook.load(rules, records=records)
    overlays = list(rulebook.packs.overlays.values())
    known = (None, datetime.date(2012, 1, 15), datetime.date(2016, 2, 1))
    asked = [(d, k, o) for d in DAYS for k in known for o in ((), *((overlay,) for overlay in overlays))]
    random.Random(20160401).shuffle(asked)
    texts = Texts()
    for program in rulebook.programs:
        memory = Memory.of(rulebook.packs, program, texts)
        for day, known_on, layers in asked[:10]:
            request = Request(program, day, known_on, None, layers)
            alone = compile_program(rulebook.packs, request, rulebook.vocabularies)
            assert compile_program(rulebook.packs, request, rulebook.vocabularies, memory) == alone


def test_checking_a_rulebook_leaves_no_mark_on_its_programs() -> None:
    """The check looks up every parameter; a program rests on those that its rules read."""
    rulebook = Rulebook.load(ISLANDIA, records={"hearth": Hearth})
    for program in rulebook.programs:
        request = Request(program, datetime.date(2012, 8, 15), None, None, ())
        alone = compile_program(rulebook.packs, request, rulebook.vocabularies)
        assert rulebook.compile(program, on="2012-08-15") == alone


def test_a_memory_does_not_grow_with_the_days_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some rules of Islandia read the value of a day counted from the day decided: another one each day."""
    for name in ("memory.MOST_ORDERS", "memory.MOST_RULES", "lookups.MOST_DAYS", "rules.MOST_DAYS"):
        monkeypatch.setattr(f"civil_aid_rules.compiler.{name}", 60)
    monkeypatch.setattr("civil_aid_rules.compiler.compilation.MOST_DAYS", 5)
    packs = Rulebook.load(ISLANDIA, records={"hearth": Hearth})
    for program in packs.programs:
        memory, sizes = Memory.of(packs.packs, program), list[tuple[int, ...]]()
        for number in range(300):
            request = Request(program, DAYS[3] + datetime.timedelta(days=number), None, None, ())
            compiled = compile_program(packs.packs, request, packs.vocabularies, memory)
            assert not isinstance(compiled, tuple)
            values, rules = (sum(map(len, kept.values())) for kept in (memory.common.values, memory.common.rules))
            sizes.append((values, rules, len(memory.orders), len(memory.outcomes)))
            assert len(memory.common.reads) <= 60 >= len(memory.common.sizes)
        assert sizes[-1] == sizes[-100]


def test_a_what_if_leaves_no_mark_on_the_rulebook_it_was_made_from() -> None:
    rulebook = Rulebook.load(programs=["urban_dibao"])
    before = rulebook.compile("urban_dibao", on="2016-04-01")
    changed = rulebook.with_overlay(Scenario({"urban_dibao.standard": "500"}))
    assert changed.compile("urban_dibao", on="2016-04-01").digest != before.digest
    fresh = Rulebook.load(programs=["urban_dibao"]).compile("urban_dibao", on="2016-05-01")
    assert rulebook.compile("urban_dibao", on="2016-05-01") == fresh


def test_two_what_ifs_of_one_name_are_two() -> None:
    """The same parameter, the same days, another text."""
    rulebook = Rulebook.load(programs=["urban_dibao"])
    blocks: list[OverlayBlock] = [Scenario({"urban_dibao.standard": amount}).block for amount in ("500", "510", "500")]
    memory = Memory.of(rulebook.packs, "urban_dibao")
    digests = []
    for block in blocks:
        request = Request("urban_dibao", datetime.date(2016, 4, 1), None, None, (block,))
        compiled = compile_program(rulebook.packs, request, rulebook.vocabularies, memory)
        assert not isinstance(compiled, tuple)
        digests.append(compiled.digest)
    assert digests[0] == digests[2] != digests[1]
