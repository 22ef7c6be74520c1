"""All packs of one jurisdiction, loaded, checked, immutable.

Each method imports what it forwards to, so that a program can name the class without paying for the compiler.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civil_aid_rules.errors import EvaluationError, Problem, RecordError, RulebookError, problem
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.quantities.days import read_day

if TYPE_CHECKING:
    from civil_aid_rules.answers import Arrears, Entitlements, Schedule
    from civil_aid_rules.caseload.over_time.history import History, PaidItem
    from civil_aid_rules.caseload.population.caseload_result import CaseloadProgress, CaseloadResult
    from civil_aid_rules.caseload.roll.case import Case
    from civil_aid_rules.caseload.roll.finding import RollFinding
    from civil_aid_rules.caseload.roll.roll import Roll
    from civil_aid_rules.compiler.memory import Memory
    from civil_aid_rules.determination import Determination
    from civil_aid_rules.digests import Json
    from civil_aid_rules.evaluator import Evaluator
    from civil_aid_rules.facts.vocabulary import Vocabulary
    from civil_aid_rules.ir.program import Program
    from civil_aid_rules.many_records import Question
    from civil_aid_rules.packs.load import Packs
    from civil_aid_rules.packs.models import OverlayBlock
    from civil_aid_rules.records.record import Record

MOST_QUESTIONS = 128
"""A rulebook keeps what it compiled for so many questions, those asked last: about 70 MB. Each day is one."""


class Rulebook:
    """A folder of packs, read and checked. Immutable: `with_overlay` returns another rulebook."""

    def __init__(
        self,
        packs: Packs,
        records: Mapping[str, type[Record]],
        vocabularies: Mapping[str, Vocabulary],
        scenarios: tuple[Scenario, ...] = (),
        memories: Mapping[str, Memory] | None = None,
    ) -> None:
        self.packs = packs
        self.records = dict(records)
        self.vocabularies = dict(vocabularies)
        self.scenarios = scenarios
        self._memories: dict[str, Memory] = dict(memories or {})
        self._keep_questions()

    @classmethod
    def load(
        cls,
        path: str | Path | None = None,
        *,
        records: Mapping[str, type[Record]] | None = None,
        programs: Iterable[str] | None = None,
    ) -> Rulebook:
        """Read a folder of packs; None: the packs shipped with the library.

        `records` gives the record model for each name that packs use as `record:` (default: the shipped `household`).
        `programs` loads only those, with what they use; what a jurisdiction's overlays make of them is then checked for
        the day that is asked of. Raises RulebookError with every fault of every file, and EvaluationError for one of
        `programs` that does not exist.
        """
        from civil_aid_rules.compiler.check import check_everything
        from civil_aid_rules.compiler.memory import Memory, Texts
        from civil_aid_rules.facts.vocabulary import read_vocabulary
        from civil_aid_rules.packs.load import load_packs
        from civil_aid_rules.packs.locate import shipped_rules

        root, wanted = Path(path) if path is not None else shipped_rules(), None if programs is None else list(programs)
        packs = load_packs(root, wanted)
        unknown = [name for name in wanted or () if name not in packs.programs]
        if unknown:
            raise EvaluationError([_no_program(name, load_packs(root).programs) for name in unknown])
        named = {str(pack.block.record) for pack in packs.packs.values()}
        models = dict(records) if records is not None else shipped_records(named)
        vocabularies = {name: read_vocabulary(model) for name, model in models.items()}
        texts = Texts()
        memories = {name: Memory.of(packs, name, texts) for name in packs.programs}
        problems = check_everything(packs, vocabularies, memories, under_overlays=wanted is None)
        if problems:
            raise RulebookError(problems)
        return cls(packs, models, vocabularies, memories=memories)

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs of this rulebook, by name."""
        return self.packs.programs

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """The jurisdictions that have overlays of their own."""
        found = {overlay.jurisdiction for overlay in self.packs.overlays.values() if overlay.jurisdiction is not None}
        return tuple(sorted(found))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is no fault but hardly meant, in the rules that are in force last."""
        from civil_aid_rules.compiler.check import days_of_change
        from civil_aid_rules.compiler.warnings import warnings_of

        days = {program: days_of_change(self._memory(program).names, ()) for program in self.programs}
        last = {program: self.compile(program, on=found[-1]) for program, found in days.items() if found}
        return warnings_of(last, self.vocabularies)

    @property
    def digest(self) -> str:
        """The digest of everything the rulebook says, scenarios included."""
        from civil_aid_rules.compiler.pipeline import dumped, pack_digest
        from civil_aid_rules.digests import digest

        packs: dict[str, Json] = {name: pack_digest(pack) for name, pack in self.packs.packs.items()}
        overlays: dict[str, Json] = {name: digest(dumped(block)) for name, block in self.packs.overlays.items()}
        scenarios: list[Json] = [digest(dumped(item.block)) for item in self.scenarios]
        return digest({"packs": packs, "overlays": overlays, "scenarios": scenarios})

    def evaluator(
        self,
        program: str,
        *,
        on: str | datetime.date,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Evaluator:
        """The rules of `program` on a day. `known_on`: as published by the end of that day; None: all in the rulebook.

        Raises EvaluationError for an unknown program or jurisdiction, or a day before the program's first rule.
        """
        self._check_program(program)
        return self._evaluators(program, *_as_days(on, known_on), jurisdiction)

    def with_overlay(self, overlay: Scenario | str | Path) -> Rulebook:
        """This rulebook with a what-if on top: a Scenario, the name of one of its overlays, or a YAML file.

        Raises RulebookError when the overlay names what does not exist, or sets what another scenario sets.
        """
        from civil_aid_rules.compiler.check import check_everything
        from civil_aid_rules.compiler.memory import copied

        scenario = overlay if isinstance(overlay, Scenario) else self._scenario(overlay)
        scenarios = (*self.scenarios, scenario)
        memories = copied({name: self._memory(name) for name in self.programs})
        problems = check_everything(self.packs, self.vocabularies, memories, scenarios)
        if problems:
            raise RulebookError(problems)
        return Rulebook(self.packs, self.records, self.vocabularies, scenarios, memories)

    def determine_many(
        self,
        program: str,
        records: Iterable[Record | str | bytes],
        *,
        on: str | datetime.date,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Iterator[Determination | RecordError]:
        """A determination, or a located error, for each record in turn; texts are read as JSON records.

        Each record is decided by the rules of its own jurisdiction; one that names none, by those of the packs. With
        `jurisdiction`, all are decided by that one's. Raises EvaluationError like `evaluator`.
        """
        from civil_aid_rules.many_records import determine_many

        return determine_many(self._question(program, on, known_on, jurisdiction), records)

    def compare_with_roll(
        self,
        cases: Iterable[Case | RecordError],
        roll: Roll,
        *,
        program: str,
        on: str | datetime.date,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Iterator[RollFinding | RecordError]:
        """Who should be covered, kept, paid another amount or ended on that day, and who must be looked at.

        Yields a finding, or a located error, for each case in turn; then a finding for each entry that is paid on the
        day and of which no record was given. Nobody is ended for what is not known. Jurisdictions as in
        `determine_many`. Raises EvaluationError like `evaluator`, RecordError for a roll that contradicts itself or
        names a program that does not exist.
        """
        from civil_aid_rules.many_records import compare_with_roll

        return compare_with_roll(self._question(program, on, known_on, jurisdiction), cases, roll)

    def determine_caseload(
        self,
        population: str | Path,
        out: str | Path,
        *,
        program: str,
        on: str | datetime.date,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
        rules: Sequence[str] = (),
        keep: Sequence[str] = (),
        rejects: str | Path | None = None,
        workers: int = 1,
        progress: Callable[[CaseloadProgress], object] | None = None,
    ) -> CaseloadResult:
        """Every household of a file of any size, in constant memory: Parquet, Arrow stream, JSON lines or CSV.

        Results are of the same kind, one row for each household: `row` (from 0), `status`, `amount`, `reasons`, then
        `rules` by name and the columns that `keep` names, such as a key. `out` is a file, which is there when
        it is whole, or a folder for numbered parts, which goes on after the last whole one. A row that is no record
        goes to `rejects` (by default beside `out`) and stops nothing. Jurisdictions as in `determine_many`. With
        several `workers` (that many processes at most), the script that calls needs `if __name__ == "__main__":`.

        Raises EvaluationError like `evaluator`, or where a library is missing; CaseloadError for files that cannot be
        read or written; RecordError for a column of a table that cannot be read as a whole.
        """
        from civil_aid_rules.populations import CaseloadRequest, PopulationQuestion, run_caseload

        question = self._question(program, on, known_on, jurisdiction)
        asked = PopulationQuestion(question, tuple(rules), tuple(keep))
        files = None if rejects is None else Path(rejects)
        return run_caseload(asked, CaseloadRequest(Path(population), Path(out), files, workers, progress))

    def _question(
        self,
        program: str,
        on: str | datetime.date,
        known_on: str | datetime.date | None,
        jurisdiction: str | None,
    ) -> Question:
        from civil_aid_rules.many_records import Question

        return Question(self, program, *_as_days(on, known_on), jurisdiction)

    def determine_all(
        self,
        record: Record,
        *,
        on: str | datetime.date,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Entitlements:
        """Every program on one day, and how they stand to one another.

        The jurisdiction is the record's own unless one is named; a place is known once an overlay names it, also one
        that sets nothing. A program for other records, or with no rules that day, is among `not_determined`, with the
        reason. Raises RecordError for a jurisdiction of the record's that does not exist.
        """
        from civil_aid_rules.many import determine_all

        day, known = _as_days(on, known_on)
        return determine_all(self, record, on=day, known_on=known, jurisdiction=jurisdiction)

    def entitlement_schedule(
        self,
        history: History,
        *,
        from_month: str,
        to_month: str,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Schedule:
        """What each month entitles to, by the decisions of `history` (months as `2016-01`, both included).

        The jurisdiction is each record's own unless one is named. Raises EvaluationError for months that cannot be read
        or are in the wrong order, or a program whose pack does not say when decisions take effect; RecordError for
        decisions on programs that the rulebook does not have, or on records of another kind.
        """
        from civil_aid_rules.many import entitlement_schedule

        known = None if known_on is None else _as_day(known_on, "known_on")
        return entitlement_schedule(
            self, history, from_month=from_month, to_month=to_month, known_on=known, jurisdiction=jurisdiction
        )

    def arrears(
        self,
        history: History,
        paid: Sequence[PaidItem],
        *,
        from_month: str,
        to_month: str,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Arrears:
        """What is owed: each month's due, as `entitlement_schedule` has it, less what was paid; never below 0.

        Raises what `entitlement_schedule` raises, and RecordError for payments that cannot be.
        """
        from civil_aid_rules.many import arrears_of

        known = None if known_on is None else _as_day(known_on, "known_on")
        return arrears_of(
            self, history, paid, from_month=from_month, to_month=to_month, known_on=known, jurisdiction=jurisdiction
        )

    def compile(
        self,
        program: str,
        *,
        on: str | datetime.date,
        known_on: str | datetime.date | None = None,
        jurisdiction: str | None = None,
    ) -> Program:
        """The compiled program behind `evaluator`. Compiled once per question and kept with this rulebook."""
        self._check_program(program)
        return self._programs(program, *_as_days(on, known_on), jurisdiction)

    def _keep_questions(self) -> None:
        """Answer each question once while it is among those asked last; any thread may ask."""
        self._programs = lru_cache(MOST_QUESTIONS)(self._compiled)
        self._evaluators = lru_cache(MOST_QUESTIONS)(self._evaluated)

    def _compiled(
        self, program: str, on: datetime.date, known_on: datetime.date | None, jurisdiction: str | None
    ) -> Program:
        from civil_aid_rules.compiler.check import for_the_question
        from civil_aid_rules.compiler.pipeline import Request, compile_program

        request = Request(program, on, known_on, jurisdiction, self.overlays_for(jurisdiction))
        compiled = compile_program(self.packs, request, self.vocabularies, self._memory(program))
        if isinstance(compiled, tuple):
            raise EvaluationError(for_the_question(compiled))
        return compiled

    def _evaluated(
        self, program: str, on: datetime.date, known_on: datetime.date | None, jurisdiction: str | None
    ) -> Evaluator:
        from civil_aid_rules.evaluator import Evaluator

        return Evaluator.of(self._programs(program, on, known_on, jurisdiction), self)

    def overlays_for(self, jurisdiction: str | None) -> tuple[OverlayBlock, ...]:
        """The overlays in effect: the jurisdiction's own, those of what it lies within, then the scenarios."""
        if jurisdiction is not None and jurisdiction not in self.jurisdictions:
            from civil_aid_rules.names import instead_of

            expected = instead_of(jurisdiction, self.jurisdictions)
            raise EvaluationError(
                [problem("jurisdiction-unknown", "jurisdiction", found=jurisdiction, expected=expected)]
            )
        from civil_aid_rules.packs.jurisdictions import local_overlays

        local = () if jurisdiction is None else local_overlays(self.packs.overlays, jurisdiction)
        return (*local, *(item.block for item in self.scenarios))

    def overlay_data(self, jurisdiction: str | None) -> tuple[Json, ...]:
        """The overlays in effect, in full, as receipts keep them."""
        from civil_aid_rules.compiler.pipeline import dumped

        return tuple(dumped(block) for block in self.overlays_for(jurisdiction))

    def _scenario(self, overlay: str | Path) -> Scenario:
        if str(overlay) in self.packs.overlays:
            return Scenario.of_block(self.packs.overlays[str(overlay)])
        return Scenario.load(overlay)

    def _memory(self, program: str) -> Memory:
        from civil_aid_rules.compiler.memory import Memory

        if program not in self._memories:
            self._memories[program] = Memory.of(self.packs, program)
        return self._memories[program]

    def _check_program(self, program: str) -> None:
        if program in self.programs:
            return
        raise EvaluationError([self.no_program(program)])

    def no_program(self, program: str, *, at: str = "program") -> Problem:
        """What is said of a program that this rulebook does not have."""
        return _no_program(program, self.programs, at)

    def __repr__(self) -> str:
        return f"<Rulebook {', '.join(self.programs)}>"

    def __getstate__(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.__dict__.items() if name not in ("_programs", "_evaluators")}
        return {**kept, "_memories": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._keep_questions()


def _no_program(program: str, known: tuple[str, ...], at: str = "program") -> Problem:
    from civil_aid_rules.names import instead_of

    return problem("program-unknown", at, found=program, expected=instead_of(program, known))


_SHIPPED = {
    "household": ("civil_aid_rules.records.household", "Household"),
    "facility": ("civil_aid_rules.records.facility", "Facility"),
    "county": ("civil_aid_rules.records.county", "County"),
}
"""Where the record model is that packs name."""


def shipped_records(named: Collection[str] = tuple(_SHIPPED)) -> dict[str, type[Record]]:
    """The record models of the shipped packs, by the name that packs use: those `named`, all where one is not known."""
    wanted = named if all(name in _SHIPPED for name in named) else _SHIPPED
    found = {name: place for name, place in _SHIPPED.items() if name in wanted}
    return {name: getattr(import_module(module), model) for name, (module, model) in found.items()}


def _as_days(
    on: str | datetime.date, known_on: str | datetime.date | None
) -> tuple[datetime.date, datetime.date | None]:
    return _as_day(on, "on"), None if known_on is None else _as_day(known_on, "known_on")


def _as_day(value: str | datetime.date, name: str) -> datetime.date:
    day = read_day(value) if isinstance(value, str) else value
    if isinstance(day, datetime.datetime) or day is None:
        raise EvaluationError([problem("day-unreadable", name, found=value, expected="YYYY-MM-DD")])
    return day
