"""The roll: which case is on which program, what it is paid, since when, for whom, and how its support ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field

from civil_aid_rules.errors import Both, Problem, RecordError
from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Note, Private
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.fault import Fault, text_shown
from civil_aid_rules.records.record import Many, Part, Record

PaidPer = Literal["day", "month", "year"]
MOST_ENTRIES = 1_000_000
_PER = ChoiceTitles({"day": ("a day", "每日"), "month": ("a month", "每月"), "year": ("a year", "每年")})
AnyRoll = TypeVar("AnyRoll", bound="Roll")
CaseNumber = Annotated[str, Field(min_length=1, max_length=60)]


class RollEntry(Part):
    """One case on one program. `since` and `until` are the first and the last day paid for; left out, it goes on.

    `amount` is what is paid per `period`; left out, it is not known. `members` are the ids of the persons approved, as
    the record has them; left out, they are not known. `reason` is the written reason for which support ended.
    """

    case: Annotated[CaseNumber, Note("number of the case", "档案编号")]
    program: Annotated[str, Note("program", "保障项目"), Field(max_length=60)]
    amount: Annotated[Money | None, Note("amount paid", "发放金额")] = None
    period: Annotated[PaidPer | None, Note("paid per", "发放周期"), _PER] = None
    since: Annotated[Day | None, Note("paid since", "起始日期")] = None
    until: Annotated[Day | None, Note("last day paid for", "截止日期")] = None
    members: Annotated[Many[str] | None, Note("persons approved", "批准的保障对象")] = None
    reason: Annotated[str | None, Private("written reason for the end", "停发的书面理由"), Field(max_length=4000)] = (
        None
    )

    def is_paid_on(self, day: datetime.date) -> bool:
        """Whether the day lies between the first and the last day paid for."""
        return (self.since is None or self.since <= day) and not self.has_ended_by(day)

    def has_ended_by(self, day: datetime.date) -> bool:
        """Whether the last day paid for is before the day."""
        return self.until is not None and self.until < day


class Roll(Record):
    """A whole roll, as a file holds it: of one program or several."""

    entries: Annotated[Many[RollEntry], Entry("entries", "在册记录", limit=MOST_ENTRIES)]

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The roll that a JSON text holds. Raises RecordError with every fault at its path (`$.entries[3].amount`)."""
        return _checked(super().from_json(text))

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The roll in a .json, .yaml or .yml file, or in a .jsonl file with one entry on each line.

        Raises RecordError with every fault at its line and path.
        """
        if Path(path).suffix.lower() == ".jsonl":
            from civil_aid_rules.caseload.roll.lines import lines_of

            return cls.from_lines(lines_of(Path(path)))
        return _checked(super().load(path))

    @classmethod
    def from_lines(cls, lines: Iterable[str | bytes]) -> Self:
        """The roll of which each line is one entry as JSON. Raises RecordError with every fault at its line."""
        from civil_aid_rules.caseload.roll.lines import read_lines

        read = list(read_lines(lines, RollEntry))
        problems = [problem for item in read if isinstance(item, RecordError) for problem in item.problems]
        if problems:
            raise RecordError(problems)
        return _checked(cls(entries=[item for item in read if isinstance(item, RollEntry)]))

    def check(self) -> None:
        """Raises RecordError with every entry that contradicts itself, or stands beside another for the same days."""
        _checked(self)


def _checked(roll: AnyRoll) -> AnyRoll:
    problems = [fault.as_problem() for fault in _faults(roll.entries)]
    if problems:
        raise RecordError(problems)
    return roll


def _faults(entries: Sequence[RollEntry]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], list[tuple[int, RollEntry]]] = {}
    for place, entry in enumerate(entries):
        yield from _faults_of(entry, place)
        others = seen.setdefault((entry.case, entry.program), [])
        for other_place, other in others:
            if _overlap(entry, other):
                at = ("entries", place, "since")
                yield Fault("roll-twice", at, text_shown(entry.case), f"entries[{other_place}]")
                break
        others.append((place, entry))


def _faults_of(entry: RollEntry, place: int) -> Iterator[Fault]:
    at = ("entries", place)
    if entry.since is not None and entry.until is not None and entry.until < entry.since:
        yield Fault("roll-dates", (*at, "until"), entry.until.isoformat(), entry.since.isoformat())
    if entry.reason is not None and entry.until is None:
        yield Fault("roll-reason", (*at, "reason"), Both("a reason", "理由"), "until")
    if entry.amount is not None and entry.period is None:
        yield Fault("record-missing-field", (*at, "period"), Both("nothing", "空缺"), "period")


def _overlap(one: RollEntry, other: RollEntry) -> bool:
    """Whether some day is paid for by both."""
    first, second = (
        (one, other) if (one.since or datetime.date.min) <= (other.since or datetime.date.min) else (other, one)
    )
    return first.until is None or first.until >= (second.since or datetime.date.min)


def current_entries(roll: Roll, program: str, on: datetime.date) -> dict[str, tuple[int, RollEntry]]:
    """For each case on the program, the entry that is paid on the day, else the one that ended last; with its place."""
    found: dict[str, tuple[int, RollEntry]] = {}
    for place, entry in enumerate(roll.entries):
        if entry.program != program or (entry.since is not None and entry.since > on):
            continue
        held = found.get(entry.case)
        if held is None or entry.is_paid_on(on) or _ended_later(entry, held[1], on):
            found[entry.case] = (place, entry)
    return found


def _ended_later(entry: RollEntry, held: RollEntry, on: datetime.date) -> bool:
    return not held.is_paid_on(on) and (entry.until or datetime.date.max) > (held.until or datetime.date.max)


def unknown_programs(roll: Roll, known: Iterable[str]) -> list[Problem]:
    """A fault for each program on the roll that does not exist: nobody is passed over for a slip of the pen."""
    from civil_aid_rules.names import instead_of

    names = sorted(known)
    first = {entry.program: place for place, entry in reversed(list(enumerate(roll.entries)))}
    return [
        Fault("program-unknown", ("entries", place, "program"), text_shown(name), instead_of(name, names)).as_problem()
        for name, place in first.items()
        if name not in names
    ]
