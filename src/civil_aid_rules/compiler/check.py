"""The whole rulebook checked at once: every program on every day on which something changes, and every overlay."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from civil_aid_rules.compiler.lint import check_days, check_overlay
from civil_aid_rules.compiler.memory import Memory
from civil_aid_rules.compiler.namespace import DeclaredParameter, DeclaredRule, Namespace
from civil_aid_rules.compiler.pipeline import Request, program_faults
from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.packs.jurisdictions import jurisdiction_faults, local_overlays
from civil_aid_rules.packs.load import Packs
from civil_aid_rules.packs.models import OverlayBlock, OverlayValuesBlock, ParameterBlock
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.source import SourceSpan

_BEFORE_FIRST = "name-not-in-force"


def check_everything(
    packs: Packs,
    vocabularies: Mapping[str, Vocabulary],
    memories: Mapping[str, Memory],
    scenarios: Sequence[Scenario] = (),
    *,
    under_overlays: bool = True,
) -> tuple[Problem, ...]:
    """Every fault of the rulebook, in file order. With scenarios, the programs are checked under them instead.

    `memories` has one for each program; what is worked out here need not be again when the program is compiled. Without
    `under_overlays` the rulebook's overlays are held against what they name, and no program is compiled under them.
    """
    problems = check_days(packs, [item.block for item in scenarios])
    declared: dict[str, ParameterBlock | None] = {}
    for name in packs.programs:
        memory = memories[name]
        declared.update(_declared(memory.names))
        if scenarios:
            problems += _check_program(memory, tuple(item.block for item in scenarios), vocabularies)
            continue
        problems += _check_program(memory, (), vocabularies)
        for overlays in _together(packs) if under_overlays else ():
            if any(_touches(overlay, memory.names) for overlay in overlays):
                problems += _check_program(memory, overlays, vocabularies)
    for block in [item.block for item in scenarios] if scenarios else packs.overlays.values():
        check_overlay(block, packs, declared, problems)
    _refuse_same_names([item.block for item in scenarios], problems)
    local = [overlay for overlay in packs.overlays.values() if overlay.kind == "local" and not scenarios]
    for jurisdiction in sorted({overlay.jurisdiction or "" for overlay in local}):
        _refuse_same_names([overlay for overlay in local if overlay.jurisdiction == jurisdiction], problems)
    problems += [] if scenarios else jurisdiction_faults(packs.overlays)
    return tuple(sorted(_once_each(problems), key=Problem.sort_key))


def _once_each(problems: Sequence[Problem]) -> list[Problem]:
    """One sentence for one fault, though it is met on several days, under several overlays, and by several rules."""
    first: dict[tuple[str, object, str], Problem] = {}
    for item in problems:
        one_file = item.code == "rule-before-its-law" and isinstance(item.at, SourceSpan)
        where = (item.at.file, dict(item.values)["law"]) if one_file and isinstance(item.at, SourceSpan) else item.at
        first.setdefault((item.code, where, "" if one_file else item.found), item)
    return list(first.values())


def for_the_question(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The faults of asking for one day. Names not in force are one fault: the one that begins last."""
    early = [item for item in problems if item.code in (_BEFORE_FIRST, "name-not-published")]
    if not early:
        return tuple(problems)
    last = max(early, key=lambda item: dict(item.values)["since"].en)
    return (last, *(item for item in problems if item not in early))


def _together(packs: Packs) -> list[tuple[OverlayBlock, ...]]:
    """The overlays by which the programs are checked: each scenario, and what holds together in each jurisdiction."""
    blocks = packs.overlays.values()
    places = dict.fromkeys(block.jurisdiction for block in blocks if block.kind == "local")
    local = [() if place is None else local_overlays(packs.overlays, place) for place in places]
    alone = [(block,) for block in blocks if block.kind == "scenario" or block.jurisdiction is None]
    return [*local, *alone]


def _declared(names: Namespace) -> dict[str, ParameterBlock | None]:
    """The parameters as declared, and None for each rule, by key."""
    return {item.key: item.entry.block if isinstance(item, DeclaredParameter) else None for item in names.declared()}


def _touches(overlay: OverlayBlock, names: Namespace) -> bool:
    keys = {item.key for item in names.declared()}
    return any(key in keys for key in (*overlay.parameters, *overlay.rules))


def _check_program(
    memory: Memory, overlays: tuple[OverlayBlock, ...], vocabularies: Mapping[str, Vocabulary]
) -> list[Problem]:
    """The faults on each day on which a value or rule begins; what is not yet in force is no fault of a file."""
    names = memory.names
    found: list[Problem] = list(names.problems)
    if found:
        return found
    jurisdiction = next((overlay.jurisdiction for overlay in overlays if overlay.kind == "local"), None)
    for day in days_of_change(names, overlays):
        request = Request(names.program.name, day, None, jurisdiction, overlays)
        found += [item for item in program_faults(request, vocabularies, memory) if not _is_before_first(item)]
    return found


def _is_before_first(item: Problem) -> bool:
    """A name used before its first day is an error when asked for that day, not when loading; after its end it is."""
    return item.code == _BEFORE_FIRST


def days_of_change(names: Namespace, overlays: Sequence[OverlayBlock]) -> list[datetime.date]:
    """Each day on which a value or a rule of a program begins; under overlays, from the first on which they say one.

    Before that day they change nothing.
    """
    days: set[datetime.date] = set()
    for item in names.declared():
        if isinstance(item, DeclaredRule):
            days |= {version.from_date for version in item.versions}
        else:
            days |= {day for value in item.entry.block.values if (day := read_day(value.from_)) is not None}
    overlaid = [value for overlay in overlays for value in _said(overlay)]
    days |= {day for day in overlaid if day is not None}
    first = None if None in overlaid else min((day for day in overlaid if day is not None), default=None)
    return sorted(day for day in days if first is None or day >= first)


def _said(overlay: OverlayBlock) -> Iterator[datetime.date | None]:
    """From when an overlay says what; None where it says it of every day, or where the day cannot be read."""
    for block in overlay.parameters.values():
        yield from (
            [read_day(value.from_) for value in block.values] if isinstance(block, OverlayValuesBlock) else [None]
        )
    yield from (None for _ in overlay.rules)


def _refuse_same_names(overlays: Sequence[OverlayBlock], problems: list[Problem]) -> None:
    """Two overlays of one kind must not set the same name."""
    seen: dict[str, str] = {}
    for overlay in overlays:
        for key in (*overlay.parameters, *overlay.rules):
            if key in seen:
                problems.append(problem("overlay-twice", overlay.at, found=key, expected=1, first=seen[key]))
            seen[key] = overlay.overlay
