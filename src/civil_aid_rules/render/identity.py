"""What a result was computed with: engine, rules, packs, overlays, record, each by a short digest, and the dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.render.blocks import Pair, Pairs, Section
from civil_aid_rules.render.phrases import phrase, same
from civil_aid_rules.render.shown import day

_DIGITS = 12


def identity_section(result: Result, rules: Iterable[Rule]) -> Section:
    """The identity of everything used, and where the rules shown stand."""
    pairs = (*_used(result), *_dates(result), *_places(rules))
    return Section(phrase("identity"), (Pairs(pairs),), folded=True)


def _used(result: Result) -> Iterator[Pair]:
    used = result.identity
    yield phrase("engine"), phrase("engine_value", version=used.engine, semantics=used.semantics)
    yield phrase("program_digest"), _short(used.program)
    for name, held in sorted(used.packs.items()):
        yield phrase("pack_digest", name=name), _short(held)
    for item in used.overlays:
        yield phrase(f"overlay_{item.kind}"), phrase("with_digest", title=item.title, digest=_short(item.digest))
    yield phrase("record_digest"), _short(result.record_digest)


def _dates(result: Result) -> Iterator[Pair]:
    used = result.identity
    if result.known_on is not None:
        yield phrase("known_on"), day(result.known_on)
    start = phrase("first_day") if used.valid_from is None else day(used.valid_from)
    end = phrase("last_day") if used.valid_until is None else day(used.valid_until)
    yield phrase("valid"), phrase("period", start=start, end=end)


def _places(rules: Iterable[Rule]) -> Iterator[Pair]:
    """Each file with the lines that the rules shown begin on."""
    files: dict[str, set[int]] = {}
    for rule in rules:
        files.setdefault(rule.at.file, set()).add(rule.at.line)
    for file, lines in sorted(files.items()):
        numbers = sorted(lines)
        listed = Bilingual(en=", ".join(map(str, numbers)), zh="、".join(map(str, numbers)))
        yield phrase("rule_places"), phrase("lines_of_file", file=file, lines=listed)


def _short(digest: str) -> Bilingual:
    return same(digest.removeprefix("sha256:")[:_DIGITS])
