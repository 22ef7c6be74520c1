"""Which parts of a folder of results are finished, and of which run: it goes on after the last, with no other run."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts
from civil_aid_rules.caseload.population.whole_file import whole_file
from civil_aid_rules.errors import Both, CaseloadError, problem

JOURNAL = "_caseload.json"
REJECTS = "_rejects"
"""Inside the folder; names that begin so are passed over by what reads all parts as one table."""


class FinishedPart(BaseModel):
    """A part that is whole: its name, the bytes of its files (rejects: 0 where none was refused), its counts."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    name: str
    bytes: int
    rejects_bytes: int
    counts: CaseloadCounts


class CaseloadJournal(BaseModel):
    """`run`: what the results follow from, as text by name. `parts` in order; `is_complete` when there are no more."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    format: int = 1
    run: dict[str, str]
    parts: list[FinishedPart] = []
    is_complete: bool = False

    @property
    def counts(self) -> CaseloadCounts:
        """All parts together."""
        return sum((part.counts for part in self.parts), CaseloadCounts())

    def with_part(self, part: FinishedPart) -> CaseloadJournal:
        """One part more."""
        return self.model_copy(update={"parts": [*self.parts, part]})

    def save(self, folder: Path) -> None:
        """In place of the journal before."""
        with whole_file(folder / JOURNAL) as stream:
            stream.write(self.model_dump_json(indent=1).encode("utf-8"))


def begun(folder: Path, rejects: Path, run: dict[str, str]) -> CaseloadJournal:
    """The journal of a folder: a new one, or that of the run that stopped there.

    Raises CaseloadError where the folder holds another run, or a finished part is not as it was.
    """
    path = folder / JOURNAL
    if not path.exists():
        foreign = sorted(item.name for item in folder.glob("part-*"))
        if foreign:
            raise _other_run(folder, Both(foreign[0], foreign[0]), Both("an empty folder", "空文件夹"))
        journal = CaseloadJournal(run=run)
        journal.save(folder)  # before the first part: a run killed between that and the journal can be taken up
        return journal
    try:
        found = CaseloadJournal.model_validate_json(path.read_bytes())
    except (ValidationError, OSError):
        unreadable = Both(f"{JOURNAL} cannot be read", f"{JOURNAL} 无法读取")
        raise _other_run(folder, unreadable, Both("an empty folder", "空文件夹")) from None
    for name in (*run, *(found.run.keys() - run.keys())):
        if found.run.get(name) != run.get(name):
            was, now = f"{name} {found.run.get(name)}", f"{name} {run.get(name)}"
            raise _other_run(folder, Both(was, was), Both(now, now))
    for part in found.parts:
        _check(folder / part.name, part.bytes)
        if part.rejects_bytes:
            _check(rejects / part.name, part.rejects_bytes)
    return found


def _other_run(folder: Path, found: Both, expected: Both) -> CaseloadError:
    return CaseloadError([problem("caseload-other-run", folder.name, found=found, expected=expected)])


def _check(path: Path, size: int) -> None:
    held = path.stat().st_size if path.is_file() else 0
    if held != size:
        found, expected = (Both(f"{number} bytes", f"{number} 字节") for number in (held, size))
        raise CaseloadError([problem("caseload-part", path.name, found=found, expected=expected)])
