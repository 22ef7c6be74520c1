"""A result as an outline: the answer, why, the calculation, what it rests on, and what it was computed with.

Knows no rule and no program: it works from titles, types and the trace. Without an evaluation (a result read back
without its record) the calculation is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.determinations.result import AssumedValue, OutcomeLine, Result
from civil_aid_rules.quantities.units import parse_unit
from civil_aid_rules.render.beside import beside_pairs
from civil_aid_rules.render.blocks import Mark, Outline, Pairs, Paragraph, Point, Points, Section, Works
from civil_aid_rules.render.evidence import Evidence
from civil_aid_rules.render.head import head_of, per_period
from civil_aid_rules.render.identity import identity_section
from civil_aid_rules.render.legal_values import legal_values
from civil_aid_rules.render.missing import missing_section
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.places import Places
from civil_aid_rules.render.procedure import procedure_section
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.reasons import reason_point, reasons_section
from civil_aid_rules.render.resting import Resting, resting
from civil_aid_rules.render.shown import text_words
from civil_aid_rules.render.sources import cited
from civil_aid_rules.render.works import Explainer, merged

_MARKS: dict[str, Mark] = {"eligible": "yes", "ineligible": "no", "undetermined": "unknown"}


def outline(result: Result, evaluation: Evaluation | None = None) -> Outline:
    """The outline of a result; with its evaluation also the calculation and the legal values."""
    reading = None if evaluation is None else Reading(evaluation)
    rests = None if reading is None else resting(reading, result.status)
    places = Places(None if reading is None else reading.entries)
    evidence = None if reading is None else Evidence(reading)
    explainer = None if reading is None else Explainer(reading)
    sections = [*reasons_section(result, places, evidence), *_lines(result, places, evidence)]
    sections += missing_section(result, places)
    if rests is not None and explainer is not None and evidence is not None:
        sections += _calculation(rests, explainer, evidence)
    sections += [*_beside(result, reading), *_assumed(result, places), *_flags(result, places), *_notices(result)]
    sections += procedure_section(result, places, evidence, reading)
    sections += [] if rests is None else _values(rests, reading)
    shown = () if rests is None else tuple(group[0].rule for group in (*rests.calculation, *rests.points))
    sections.append(identity_section(result, shown))
    warnings = (phrase("hypothetical_banner"),) if _is_hypothetical(result) else ()
    head = head_of(result, places, explainer, rests)
    title = phrase("explanation", title=result.title)
    return Outline(title, result.status, head, warnings, tuple(sections), phrase("disclaimer"))


def _values(rests: Resting, reading: Reading | None) -> list[Section]:
    return [] if reading is None else legal_values(rests.parameters, reading.evaluation.program.overlays)


def _is_hypothetical(result: Result) -> bool:
    used = result.identity
    changed = any(value.hypothetical for value in used.values) or any(rule.hypothetical for rule in used.rules)
    return changed or result.hypothetical


def _lines(result: Result, places: Places, evidence: Evidence | None) -> list[Section]:
    """One point per entry, where a program decides for each of a list."""
    points = tuple(_line(line, result, places, evidence) for line in result.lines)
    return [Section(phrase("lines"), (Points(points),))] if points else []


def _line(line: OutcomeLine, result: Result, places: Places, evidence: Evidence | None) -> Point:
    text = phrase(line.status)
    if result.payment is not None:
        amount = phrase("amount_open") if line.amount is None else per_period(line.amount, result.payment)
        text = joined((text, amount), en=", ", zh="，")
    decided = (reason_point(reason, line.status, None, evidence) for reason in line.reasons if reason.decided)
    whys = tuple(joined((point.text, *point.facts, *point.small), en=". ", zh="。") for point in decided)
    return Point(phrase("for_entry", entry=places.name(line.entry), text=text), _MARKS[line.status], small=whys)


def _calculation(rests: Resting, explainer: Explainer, evidence: Evidence) -> Iterator[Section]:
    if rests.calculation:
        yield Section(phrase("steps"), (Works(merged([explainer.work(steps) for steps in rests.calculation])),))
    if rests.points:
        points = Points(tuple(evidence.point(steps) for steps in rests.points))
        yield Section(phrase("details"), (points,), folded=True)


def _beside(result: Result, reading: Reading | None) -> list[Section]:
    declared = () if reading is None else reading.evaluation.program.outcome.beside
    pairs = beside_pairs(result.beside, declared, reading)
    return [Section(phrase("beside"), (Pairs(pairs),))] if pairs else []


def _assumed(result: Result, places: Places) -> list[Section]:
    points = tuple(_assumption(item, result, places) for item in result.assumed)
    return [Section(phrase("assumed"), (Points(points),))] if points else []


def _assumption(item: AssumedValue, result: Result, places: Places) -> Point:
    type_name = result.values[item.rule].type if item.rule in result.values else "text"
    value = text_words(item.value, type_name, parse_unit(type_name))
    text = phrase("settled", state=places.titled(item.entry, item.title), text=value)
    return Point(text, small=(cited(item.citations),))


def _flags(result: Result, places: Places) -> list[Section]:
    points = tuple(Point(places.titled(flag.entry, flag.text), small=(cited(flag.citations),)) for flag in result.flags)
    return [Section(phrase("flags"), (Paragraph(phrase("flags_note")), Points(points)))] if points else []


def _notices(result: Result) -> list[Section]:
    points = tuple(Point(notice) for notice in dict.fromkeys(result.notices))
    return [Section(phrase("notices"), (Points(points),))] if points else []
