"""The last pass: everything that one evaluation needs, put together with its dates and digests."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from civil_aid_rules.compiler.dumps import dumped, pack_digest
from civil_aid_rules.compiler.lookups import Lookups
from civil_aid_rules.compiler.memory import Memory
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.compiler.overlaid import overlaid
from civil_aid_rules.compiler.request import Request
from civil_aid_rules.digests import Json, digest
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Outcome, Program, RepealedSource, Rule
from civil_aid_rules.packs.load import Pack
from civil_aid_rules.quantities.calendar import Period
from civil_aid_rules.quantities.days import read_day

ENGINE_SEMANTICS = "1"
"""What the nodes mean; raised when the same program would give another result."""


def assembled(request: Request, memory: Memory, lookups: Lookups, rules: tuple[Rule, ...], outcome: Outcome) -> Program:
    """The program: rules in evaluation order, the values that they rest on, the days for which all of it holds."""
    names = memory.names
    block = names.program.block
    used = sorted(lookups.parameters.values(), key=lambda value: (value.key, value.frozen_on or datetime.date.min))
    return Program(
        id=block.name,
        title=block.title,
        record=block.record,
        on=request.on,
        known_on=request.known_on,
        jurisdiction=request.jurisdiction,
        valid=_common(lookups.periods),
        checked_through=_checked_through(names),
        rules=rules,
        outcome=outcome,
        parameters=tuple(used),
        overlays=tuple(overlaid(overlay, names, used, rules) for overlay in request.overlays),
        repealed=tuple(_repealed(request, names, rules, used)),
        packs=tuple({pack.name: _pack_digest(pack, memory) for pack in _packs(names)}.items()),
        digest=_digest(names, rules, used),
    )


def _packs(names: Namespace) -> Iterable[Pack]:
    return (pack for instance in names.instances.values() for pack in instance.packs)


def _common(periods: Iterable[Period]) -> Period:
    """The days that all runs of days have in common."""
    valid = Period(None, None)
    for period in periods:
        valid = valid.intersect(period)
    return valid


def _checked_through(names: Namespace) -> datetime.date | None:
    """The last day through which all packs have been checked."""
    days = [read_day(pack.block.checked_through) for pack in _packs(names) if pack.block.checked_through]
    return min((day for day in days if day is not None), default=None)


def _repealed(
    request: Request, names: Namespace, rules: Iterable[Rule], used: Iterable[ParameterValue]
) -> Iterator[RepealedSource]:
    """The instruments cited that are repealed by the day decided, as far as was known then."""
    cited = {citation.title for rule in rules for citation in rule.citations}
    cited |= {citation.title for value in used for citation in value.citations}
    sources = {source.title: source for pack in _packs(names) for source in pack.block.sources.values()}
    for title, source in sources.items():
        day = read_day(source.repealed) if source.repealed else None
        if title in cited and day is not None and day <= min(request.on, request.known_on or request.on):
            yield RepealedSource(title, day)


def _digest(names: Namespace, rules: Iterable[Rule], used: Iterable[ParameterValue]) -> str:
    """Of everything that decides a result; of nothing else."""
    identity: dict[str, Json] = {
        "engine": ENGINE_SEMANTICS,
        "program": names.program.block.name,
        "rules": [rule.digest for rule in rules],
        "parameters": [value.digest for value in used],
        "outcome": dumped(names.outcome) if names.outcome else None,
        "age_rule": dumped(names.age_rule[1]) if names.age_rule else None,
    }
    return digest(identity)


def _pack_digest(pack: Pack, memory: Memory) -> str:
    known = memory.texts.pack_digests
    if pack.name not in known:
        known[pack.name] = pack_digest(pack)
    return known[pack.name]
