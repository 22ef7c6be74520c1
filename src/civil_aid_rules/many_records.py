"""One program, many records: each decided by the rules of its own jurisdiction, and held against the roll."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civil_aid_rules.caseload.roll.case import Case
from civil_aid_rules.caseload.roll.comparison import Decided, compared, without_record
from civil_aid_rules.caseload.roll.finding import RollFinding
from civil_aid_rules.caseload.roll.lines import leading
from civil_aid_rules.caseload.roll.roll import Roll, RollEntry, current_entries, unknown_programs
from civil_aid_rules.errors import RecordError, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.records.fault import text_shown

if TYPE_CHECKING:
    from civil_aid_rules.determination import Determination
    from civil_aid_rules.evaluator import Evaluator
    from civil_aid_rules.records.record import Record
    from civil_aid_rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Question:
    """One program on one day. `jurisdiction` None: each record's own."""

    rulebook: Rulebook
    program: str
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None

    def evaluator(self, jurisdiction: str | None) -> Evaluator:
        """The program's rules in a jurisdiction; the rulebook keeps one for each."""
        return self.rulebook.evaluator(
            self.program, on=self.on, known_on=self.known_on, jurisdiction=jurisdiction or self.jurisdiction
        )

    def evaluator_for(self, record: Record) -> Evaluator:
        """The rules of the record's own jurisdiction. Raises RecordError for one that does not exist."""
        return self.evaluator(jurisdiction_of(self.rulebook, record, self.jurisdiction))


def jurisdiction_of(rulebook: Rulebook, record: Record, named: str | None) -> str | None:
    """The jurisdiction named, else the record's own. Raises RecordError for one of its own that does not exist.

    A place is known once an overlay names it, also one that sets nothing: a misspelt county never gets other values.
    """
    own = getattr(record, "jurisdiction", None)
    if named is None and own is not None and own not in rulebook.jurisdictions:
        expected = instead_of(own, rulebook.jurisdictions)
        raise RecordError([problem("jurisdiction-unknown", "$.jurisdiction", found=text_shown(own), expected=expected)])
    return own if named is None else named


def determine_many(
    question: Question, records: Iterable[Record | str | bytes]
) -> Iterator[Determination | RecordError]:
    """A determination or a located error for each record in turn; see `Rulebook.determine_many`."""
    model = question.rulebook.records[question.evaluator(None).record]
    return _determined(question, records, model)


def _determined(
    question: Question, records: Iterable[Record | str | bytes], model: type[Record]
) -> Iterator[Determination | RecordError]:
    for item in records:
        try:
            record = model.from_json(item) if isinstance(item, str | bytes) else item
            yield question.evaluator_for(record).determine(record)
        except RecordError as error:
            yield error


def compare_with_roll(
    question: Question, cases: Iterable[Case | RecordError], roll: Roll
) -> Iterator[RollFinding | RecordError]:
    """A finding or a located error for each case, then one for each entry left; see `Rulebook.compare_with_roll`."""
    roll.check()
    question.evaluator(None)
    packs = question.rulebook.packs
    problems = unknown_programs(roll, {*question.rulebook.programs, *packs.left_out})
    if problems:
        raise RecordError(problems)
    return _findings(question, cases, current_entries(roll, question.program, question.on))


def _findings(
    question: Question, cases: Iterable[Case | RecordError], entries: dict[str, tuple[int, RollEntry]]
) -> Iterator[RollFinding | RecordError]:
    seen: set[str] = set()
    for item in cases:
        if isinstance(item, RecordError):
            yield item
            continue
        try:
            if item.case in seen:
                raise RecordError([problem("case-twice", "$", found=item.case, expected=1)])
            seen.add(item.case)
            determination = question.evaluator_for(item.record).determine(item.record)
            decided = Decided(determination, determination.evaluation)
            yield compared(item.case, decided, entries.get(item.case))
        except RecordError as error:
            yield RecordError([leading(fault, f"case {item.case}: ") for fault in error.problems])
    program = question.evaluator(None).compiled
    for case, (_, entry) in entries.items():
        if case not in seen and (entry.is_paid_on(question.on) or entry.reason is None):
            yield without_record(case, program, entry)
