"""Mutants of the shipped packs, tried: each changes one thing of the law, and a worked example must fail on it.

All mutants, with the survivors (half an hour): `python -m tests.packs.pack_mutants`; those of some packs and overlays:
with their names, `python -m tests.packs.pack_mutants tekun overlays/tiered.yaml`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from civil_aid_rules.errors import CivilAidError, RulebookError
from civil_aid_rules.packs.load import Packs, load_packs
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.packs.models import ExampleBlock, OverlayValuesBlock
from civil_aid_rules.records.read import read_record_node
from civil_aid_rules.records.record import Record
from civil_aid_rules.rulebook import Rulebook, shipped_records
from civil_aid_rules.testing.examples import Evaluators, differences, read_examples
from tests.packs.mutant_texts import Mutant, mutants
from tests.packs.remembered import remembered

PINNED = (
    "urban_dibao",
    "rural_dibao",
    "dibao",
    "household_economics",
    "key_review",
    "streamlined_workers",
    "medical",
    "medical_assistance",
    "medical_premium",
    "elder_home",
    "county_indicators",
    "temporary_assistance",
    "special_assistance",
    "emergency_relief",
    "overlays/category_uplift.yaml",
    "overlays/example_city.yaml",
    "overlays/example_county.yaml",
    "overlays/example_county_medical.yaml",
    "overlays/flat_top_up.yaml",
    "overlays/tiered.yaml",
    "overlays/twelve_month_income.yaml",
)
"""The packs and overlays of which no mutant may survive."""

CALENDAR = {
    "2014-05-01": "Order 649 is in force",
    "2014-10-24": "the notice on temporary assistance",
    "2014-12-16": "the holidays of 2015",
    "2015-01-01": "the values before the raise, assumed",
    "2015-04-30": "the opinions on medical assistance",
    "2015-05-01": "the Administrative Litigation Law as amended: six months for a suit",
    "2015-05-13": "the days off in September 2015",
    "2015-12-10": "the holidays of 2016",
    "2016-01-01": "the raise, assumed",
    "2016-02-17": "the guideline on support for people in extreme difficulty",
    "2016-02-19": "the provincial notice that published it",
    "2016-03-01": "the rules of the example county, invented",
    "2016-09-17": "the notice on rural dibao and poverty alleviation",
    "2016-10-10": "the measures for recognising people in extreme difficulty",
    "2016-12-01": "the holidays of 2017",
    "2021-07-01": "the measures of 2021",
}
"""Every day on which something of the shipped packs begins or was published, and why."""

DIBAO = ("urban_dibao", "rural_dibao")

REFUSED: tuple[tuple[str, str | None], ...] = (("2014-12-31", None), ("2015-01-01", "2014-12-31"))
"""Days decided, and days of knowledge, for which no program may answer: no standard is known there."""

MANY = 20
"""From so many mutants on it pays to check the sound packs first, so that much is known."""

NO_DIFFERENCE: dict[str, str] = {
    "elder_home/parameters.yaml required_share.values.0.value: null -> '1'": "without a share every bed counts already",
    **{
        f"overlays/{county}.yaml parameters.medical_assistance.deductible.values.0.table.{key}: \"0\" -> '{other}'": (
            "no deductible is taken off for key recipients, whatever the table says"
        )
        for county in ("example_county_medical", "example_city")
        for key in ("tekun", "dibao")
        for other in ("0.01", "-0.01", "1")
    },
    **{
        f'overlays/example_city.yaml parameters.medical_assistance.assistance_ratio.values.0.table.dibao: "0.60" -> '
        f"'{other}'": "the national floor of 0.70 is above it and decides"
        for other in ("0.61", "0.59")
    },
    **{
        f"temporary_assistance/rules/2015-01-01.yaml assistance.round.mode: half_up -> '{other}'": (
            "standard, persons and months are whole, other aid is whole fen: nothing is left to round"
        )
        for other in ("half_even", "up", "down")
    },
}
"""Mutants that change nothing that a household could show, with the reason."""


class Kept:
    """The packs at `root` and their examples, each file read once, to be run on one mutant after the other."""

    def __init__(self, root: Path) -> None:
        self.models = shipped_records()
        self.whole = load_packs(root)
        self.packs = {name: _with_what_it_uses(name, self.whole) for name in self.whole.programs}
        self.overlays = {
            name: {key.partition(".")[0] for key in (*block.parameters, *block.rules)}
            for name, block in self.whole.overlays.items()
        }
        self._read: dict[str, list[tuple[str, ExampleBlock, Record]]] = {}

    def examples(self, program: str) -> Iterator[tuple[str, ExampleBlock, Record]]:
        """The examples of a program, each with the pack that it stands in."""
        for pack in sorted(self.packs[program]):
            if pack not in self._read:
                self._read[pack] = list(self._examples_in(pack))
            yield from (item for item in self._read[pack] if item[1].program == program)

    def _examples_in(self, pack: str) -> Iterator[tuple[str, ExampleBlock, Record]]:
        for path in self.whole.packs[pack].examples:
            for block, node in read_examples(path, path.name):
                model = self.models[self.whole.packs[str(block.program)].block.record]
                yield pack, block, read_record_node(node, model)

    def killer(self, root: Path, mutant: Mutant) -> str | None:
        """What fails on the packs at `root`: loading, an example, a refusal, the calendar; None: nothing does."""
        touched = self._touched(mutant)
        loaded: list[Rulebook] = []
        for program in (name for name, packs in self.packs.items() if packs & touched):
            try:
                loaded.append(Rulebook.load(root, programs=[program]))
            except RulebookError as error:
                return f"refused: {error.problems[0].code}"
            example = self._example_that_fails(loaded[-1], program, mutant)
            if example is not None:
                return f"example: {example}"
        answers = [f"answers: {on}" for book in loaded for on, known in REFUSED if _answers(book, on, known)]
        strange = [f"calendar: {day}" for book in loaded for day in days_of(book) if day not in CALENDAR]
        return (*answers, *strange, None)[0]

    def _touched(self, mutant: Mutant) -> set[str]:
        """The packs that a change can reach: the one it stands in, or those that the overlay sets there."""
        folder, name = Path(mutant.path).parts[0], Path(mutant.path).stem
        if folder != "overlays":
            return {folder}
        return self.overlays[name] & set(mutant.at.split(".")) or self.overlays[name]

    def _example_that_fails(self, rulebook: Rulebook, program: str, mutant: Mutant) -> str | None:
        """The first example that fails; those that most likely do are tried first."""
        evaluators, touched = Evaluators(rulebook), self._touched(mutant)
        overlay = Path(mutant.path).stem if mutant.path.startswith("overlays/") else ""

        def order(item: tuple[str, ExampleBlock, Record]) -> tuple[bool, bool, bool]:
            pack, block, _ = item
            names = {*map(str, block.overlays), block.jurisdiction}
            return (overlay != "" and overlay not in names, bool(block.overlays) and overlay == "", pack not in touched)

        for _, block, record in sorted(self.examples(program), key=order):
            if _fails(evaluators, block, record):
                return str(block.example)
        return None


def _with_what_it_uses(name: str, packs: Packs) -> set[str]:
    block = packs.packs[name].block
    return {name}.union(*(_with_what_it_uses(str(other), packs) for other in (*block.uses, *block.extends)))


def _fails(evaluators: Evaluators, block: ExampleBlock, record: Record) -> bool:
    try:
        return bool(differences(evaluators.of(block).determine(record), block.expect))
    except CivilAidError:
        return True


def _answers(rulebook: Rulebook, on: str, known_on: str | None) -> bool:
    program = rulebook.programs[0]
    if program not in DIBAO:
        return False
    try:
        rulebook.evaluator(program, on=on, known_on=known_on)
    except CivilAidError:
        return False
    return True


def days_of(rulebook: Rulebook) -> set[str]:
    """Every day on which a rule or value of the packs or overlays begins, ends or was published."""
    packs = rulebook.packs.packs.values()
    values = [value for pack in packs for entry in pack.parameters.values() for value in entry.block.values]
    rules = [version for pack in packs for versions in pack.rules.values() for version in versions]
    written = [day for version in rules for day in (version.block.until, version.block.published)]
    for overlay in rulebook.packs.overlays.values():
        blocks = [block for block in overlay.parameters.values() if isinstance(block, OverlayValuesBlock)]
        values += [value for block in blocks for value in block.values]
        written += [overlay.issuer.date] if overlay.issuer is not None else []
    written += [day for value in values for day in (value.from_, value.until, value.published)]
    return {str(day) for day in written if day is not None} | {str(version.from_date) for version in rules}


def tried(chosen: Sequence[Mutant], copy: Path) -> Iterator[tuple[Mutant, str | None]]:
    """Each mutant with what kills it, tried in `copy`, a copy of the packs."""
    with remembered() as known:
        kept = Kept(copy)
        for program in kept.packs if len(chosen) > MANY else ():
            Rulebook.load(copy, programs=[program])
        known.keep()
        for mutant in chosen:
            original = (copy / mutant.path).read_text(encoding="utf-8")
            mutant.write(copy)
            try:
                yield mutant, kept.killer(copy, mutant)
            finally:
                mutant.undo(copy, original)
                known.forget()


def main() -> int:
    """Try every mutant of the packs named and print the survivors; 1 when one survives without a known reason."""
    root = shipped_rules()
    chosen = mutants(root, sys.argv[1:] or PINNED)
    counts: dict[str, int] = {}
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rules"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("schema"))
        for mutant, killer in tried(chosen, copy):
            how = ("no difference" if mutant.key in NO_DIFFERENCE else "survived") if killer is None else killer
            how = how.partition(":")[0]
            counts[how] = counts.get(how, 0) + 1
            if how == "survived":
                alive += 1
                print(f"survived: {mutant}", flush=True)
    print(f"mutants {len(chosen)}: {counts}")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
