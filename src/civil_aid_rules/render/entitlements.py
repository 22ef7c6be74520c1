"""All programs for one record as an outline: each decision and why, totals, relations, what is open or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.entitlements import AppliedRelation, Counted, EntitlementsResult
from civil_aid_rules.determinations.result import OutcomeLine, Result
from civil_aid_rules.determinations.totals import Total
from civil_aid_rules.ir.values import exact
from civil_aid_rules.quantities.in_words import number_in_formula
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.blocks import (
    Block,
    Chain,
    Mark,
    Outline,
    Pair,
    Pairs,
    Paragraph,
    Point,
    Points,
    Section,
    Work,
    Works,
)
from civil_aid_rules.render.head import needed_words, payment_words, per_period
from civil_aid_rules.render.missing import missing_points
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.piece import added
from civil_aid_rules.render.places import Places
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.reasons import reason_text
from civil_aid_rules.render.short_sums import sum_text
from civil_aid_rules.render.shown import day
from civil_aid_rules.render.sources import cited
from civil_aid_rules.render.total_words import amount_words, title_of, titles_of, total_words

_ORDER = ("eligible", "undetermined", "ineligible")
_MARKS: dict[str, Mark] = {"eligible": "yes", "ineligible": "no", "undetermined": "unknown"}
_TOTALS = ("total_a_month", "total_a_year", "total_once")
_MOST_REASONS = 3


def entitlements_outline(answer: EntitlementsResult, evaluated: Mapping[str, Evaluation]) -> Outline:
    """The outline; with the evaluations also the sum behind each amount."""
    readings = {name: Reading(evaluation) for name, evaluation in evaluated.items()}
    places = {name: _places(result, readings.get(name)) for name, result in answer.results.items()}
    sections = [
        _programs(answer, readings, places),
        *_totals(answer),
        *_relations(answer, places),
        *_missing(answer, places),
        *_flags(answer, places),
        *_not_evaluated(answer),
        *_identity(answer),
    ]
    hypothetical = any(result.hypothetical for result in answer.results.values())
    warnings = (phrase("hypothetical_banner"),) if hypothetical else ()
    head = tuple(_head(answer))
    return Outline(phrase("all_programs"), "none", head, warnings, tuple(sections), phrase("disclaimer"))


class _ById(Places):
    """The places of a result without its record: entries by the ids of its lines."""

    def __init__(self, lines: Sequence[OutcomeLine]) -> None:
        super().__init__(None)
        self._ids = {line.entry: line.id for line in lines}

    def name(self, path: str) -> Bilingual:
        return same(self._ids.get(path) or path.removeprefix("$."))


def _places(result: Result, reading: Reading | None) -> Places:
    return _ById(result.lines) if reading is None else Places(reading.entries)


def _head(answer: EntitlementsResult) -> Iterator[Pair]:
    for name in _TOTALS:
        totals: tuple[Total, ...] = getattr(answer, name)
        if totals:
            yield phrase(name), total_words(totals, answer.titles)
    yield phrase("decided_on_day"), day(answer.on)
    if answer.known_on is not None:
        yield phrase("known_on"), day(answer.known_on)
    if answer.jurisdiction is not None:
        overlays = [item for result in answer.results.values() for item in result.identity.overlays]
        local = dict.fromkeys(overlay.title for overlay in overlays if overlay.kind == "local")
        yield phrase("place"), joined(tuple(local)) if local else same(answer.jurisdiction)


# --- each program ---------------------------------------------------------------------------------------------------


def _programs(answer: EntitlementsResult, readings: Mapping[str, Reading], places: Mapping[str, Places]) -> Section:
    counted = {item.program: item for item in answer.counted}
    ordered = sorted(answer.results.values(), key=lambda result: _ORDER.index(result.status))
    points = tuple(
        _program(result, counted.get(result.program), readings.get(result.program), places[result.program])
        for result in ordered
    )
    return Section(phrase("each_program"), (Points(points),))


def _program(result: Result, counted: Counted | None, reading: Reading | None, places: Places) -> Point:
    """A decision with its amount, the sum behind it, why, each line of it, and what of it is in no total."""
    made = None if reading is None else sum_text(result.status, reading)
    facts = () if made is None else (phrase("sum_behind", sum=made),)
    decided = [reason_text(item, places) for item in result.reasons if item.decided and result.status != "undetermined"]
    small = [*decided[:_MOST_REASONS], *_lines(result, places)]
    if counted is not None and counted.note is not None and (counted.pending or counted.amount is not None):
        small.append(phrase("not_counted", note=counted.note))
    text = phrase("program_decides", title=result.title, status=_status(result, places))
    return Point(text, _MARKS[result.status], facts=facts, small=tuple(small))


def _status(result: Result, places: Places) -> Bilingual:
    """The decision: eligible with how much, undetermined with what is needed."""
    status, needed = phrase(result.status), needed_words(result, places)
    if result.status == "undetermined" and needed is not None:
        return phrase("undetermined_lacks", lacks=needed)
    if result.status == "eligible" and result.payment is not None:
        return phrase("and_amount", status=status, amount=payment_words(result, result.payment, places))
    return status


def _lines(result: Result, places: Places) -> Iterator[Bilingual]:
    """What is decided for each entry; entries for which the same holds stand together."""
    groups: dict[Bilingual, list[Bilingual]] = {}
    for line in result.lines:
        groups.setdefault(_line(line, result), []).append(places.name(line.entry))
    for text, names in groups.items():
        yield phrase("for_entry", entry=joined(tuple(names)), text=text)


def _line(line: OutcomeLine, result: Result) -> Bilingual:
    text = phrase(line.status)
    if line.status == "eligible" and result.payment is not None:
        amount = phrase("amount_open") if line.amount is None else per_period(line.amount, result.payment)
        return phrase("and_amount", status=text, amount=amount)
    whys = tuple(dict.fromkeys(reason.text for reason in line.reasons if reason.decided))[:_MOST_REASONS]
    if line.status == "undetermined" or not whys:
        return text
    return phrase("because", text=text, why=joined(whys, en="; ", zh="；"))


# --- totals ---------------------------------------------------------------------------------------------------------


def _totals(answer: EntitlementsResult) -> list[Section]:
    works = tuple(_total(name, total, answer) for name in _TOTALS for total in getattr(answer, name))
    if not works:
        return []
    return [Section(phrase("totals"), (Works(works), Paragraph(phrase("totals_note"))))]


def _total(name: str, total: Total, answer: EntitlementsResult) -> Work:
    """`540.00 (urban dibao) + 4380.00 ÷ 12 (tekun) = 905.00 CNY`."""
    terms = [item for item in answer.counted if item.currency == total.currency and _factor(name, item) is not None]
    known = [item for item in terms if item.amount not in (None, "0")]
    parts = tuple(
        phrase("counted", value=_term(name, item), entries=title_of(item.program, answer.titles)) for item in known
    )
    value = amount_words(total.known, total.currency)
    shown = (added(list(parts)).text, value) if parts else (value,)
    notes = (phrase("not_included", open=titles_of(total.open, answer.titles)),) if total.open else ()
    return Work(phrase(name), None, (Chain(shown),), notes)


def _factor(name: str, item: Counted) -> str | None:
    """How a program's amount enters a total: as it is, times twelve, by twelve; None: not at all."""
    factors = {
        "total_a_month": {"month": "as_it_is", "year": "by_twelve"},
        "total_a_year": {"month": "times_twelve", "year": "as_it_is"},
        "total_once": {"once": "as_it_is"},
    }
    return factors[name].get(item.period)


def _term(name: str, item: Counted) -> Bilingual:
    factor = _factor(name, item)
    value = same(number_in_formula(exact(Fraction(item.amount or "0")), Unit(((item.currency, 1),))))
    return value if factor in (None, "as_it_is") else phrase(str(factor), value=value)


# --- relations ------------------------------------------------------------------------------------------------------


def _relations(answer: EntitlementsResult, places: Mapping[str, Places]) -> list[Section]:
    held = tuple(_relation(item, answer, places) for item in answer.relations if item.holds != "no")
    others = tuple(_relation(item, answer, places) for item in answer.relations if item.holds == "no")
    blocks: list[Block] = [Points(held)] if held else []
    if others:
        blocks += [Paragraph(phrase("other_relations")), Points(others)]
    return [Section(phrase("relations"), tuple(blocks))] if blocks else []


def _relation(relation: AppliedRelation, answer: EntitlementsResult, places: Mapping[str, Places]) -> Point:
    parts = {
        "program": title_of(relation.program, answer.titles),
        "programs": titles_of(relation.programs, answer.titles),
    }
    state = phrase(f"relation_{relation.holds}")
    text = phrase("condition", text=phrase(f"relation_{relation.kind}", **parts), state=state)
    facts = [relation.text]
    entries = tuple(places[relation.program].name(entry) for entry in relation.entries if entry != "$")
    if entries:
        facts.append(phrase("relation_for", entries=joined(entries)))
    mark: Mark = "yes" if relation.holds == "yes" else "unknown" if relation.holds == "unknown" else "plain"
    return Point(text, mark, facts=tuple(facts), small=(cited(relation.citations),))


# --- what is open, and what is left out -------------------------------------------------------------------------------


def _missing(answer: EntitlementsResult, places: Mapping[str, Places]) -> list[Section]:
    """Everything that holds a program up, program by program. Which few would be enough, its own explanation says."""
    blocks: list[Block] = []
    for name, result in answer.results.items():
        points = missing_points(result, places[name])
        if points:
            blocks += [Paragraph(result.title), Points(points)]
    return [Section(phrase("missing"), tuple(blocks), folded=True)] if blocks else []


def _flags(answer: EntitlementsResult, places: Mapping[str, Places]) -> list[Section]:
    points = tuple(
        Point(
            phrase("program_decides", title=result.title, status=places[name].titled(flag.entry, flag.text)),
            small=(cited(flag.citations),),
        )
        for name, result in answer.results.items()
        for flag in result.flags
    )
    return [Section(phrase("flags"), (Paragraph(phrase("flags_note")), Points(points)))] if points else []


def _not_evaluated(answer: EntitlementsResult) -> list[Section]:
    points = tuple(
        Point(phrase("program_decides", title=title_of(item.program, answer.titles), status=item.reason))
        for item in answer.not_determined
    )
    return [Section(phrase("not_evaluated"), (Points(points),))] if points else []


def _identity(answer: EntitlementsResult) -> list[Section]:
    """What each decision was computed with, by short digests."""
    if not answer.results:
        return []
    first = next(iter(answer.results.values()))
    engine = phrase("engine_value", version=first.identity.engine, semantics=first.identity.semantics)
    pairs: list[Pair] = [(phrase("engine"), engine), (phrase("record_digest"), _short(first.record_digest))]
    pairs += [(result.title, _short(result.identity.program)) for result in answer.results.values()]
    return [Section(phrase("identity"), (Pairs(tuple(pairs)),), folded=True)]


def _short(digest: str) -> Bilingual:
    return same(digest.removeprefix("sha256:")[:12])
