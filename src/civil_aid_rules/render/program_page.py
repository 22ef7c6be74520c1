"""The rules of a program resolved for a day, on one page: dates, legal values with their sources, facts read."""

from __future__ import annotations

from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.program import Program
from civil_aid_rules.render.blocks import Outline, Pair, Pairs, Section
from civil_aid_rules.render.legal_values import legal_values
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.shown import day


def program_page(program: Program, facts: tuple[tuple[str, Bilingual], ...]) -> Outline:
    """What holds on the day; `facts` are the paths that rules read, with their titles."""
    warnings = (phrase("hypothetical_rules"),) if any(item.kind == "scenario" for item in program.overlays) else ()
    sections = [*legal_values(program.parameters, program.overlays), *_facts(facts)]
    return Outline(program.title, "none", tuple(_head(program)), warnings, tuple(sections), None)


def _head(program: Program) -> Iterator[Pair]:
    yield phrase("decided_for"), day(program.on)
    if program.known_on is not None:
        yield phrase("known_on"), day(program.known_on)
    if program.overlays:
        yield phrase("overlays"), joined(tuple(item.title for item in program.overlays), en="; ", zh="；")
    start = phrase("first_day") if program.valid.start is None else day(program.valid.start)
    end = phrase("last_day") if program.valid.end is None else day(program.valid.end)
    yield phrase("valid"), phrase("period", start=start, end=end)
    if program.checked_through is not None:
        yield phrase("checked_through"), day(program.checked_through)
    yield phrase("program_digest"), same(program.digest.removeprefix("sha256:")[:12])


def _facts(facts: tuple[tuple[str, Bilingual], ...]) -> list[Section]:
    if not facts:
        return []
    return [Section(phrase("facts_read"), (Pairs(tuple((same(path), title) for path, title in facts)),), folded=True)]
