"""The deciding conditions in words, with how far they were from their limit, and their sources."""

from __future__ import annotations

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Margin, Reason, Result, Status
from civil_aid_rules.ir.values import Exact
from civil_aid_rules.quantities.in_words import money
from civil_aid_rules.quantities.numbers import read_exact_text
from civil_aid_rules.quantities.units import Unit, parse_unit
from civil_aid_rules.render.blocks import Block, Mark, Paragraph, Point, Points, Section
from civil_aid_rules.render.evidence import Evidence
from civil_aid_rules.render.phrases import phrase, same
from civil_aid_rules.render.places import Places
from civil_aid_rules.render.sources import cited

_MARKS: dict[str, Mark] = {"yes": "yes", "no": "no", "unknown": "unknown"}
_MARKS_OF_STATUS: dict[Status, Mark] = {"eligible": "yes", "ineligible": "no", "undetermined": "unknown"}


def reasons_section(result: Result, places: Places, evidence: Evidence | None) -> list[Section]:
    """Those that decided, then those that were looked at as well."""
    points = [(reason.decided, reason_point(reason, result.status, places, evidence)) for reason in result.reasons]
    deciding = tuple(point for decided, point in points if decided)
    others = tuple(point for decided, point in points if not decided)
    blocks: list[Block] = [Points(deciding)] if deciding else []
    if others:
        blocks += [Paragraph(phrase("other_reasons")), Points(others)]
    return [Section(phrase("reasons"), tuple(blocks))] if blocks else []


def reason_point(reason: Reason, status: Status, places: Places | None, evidence: Evidence | None) -> Point:
    """A condition or exception: whether it holds, in plain words, by how much or on what facts, on what authority.

    `places` None: whose condition it is has been said.
    """
    rests_on = None if evidence is None else evidence.of_reason(reason)
    shown = rests_on if reason.margin is None else gap_words(reason.margin)
    mark = _mark(reason, status)
    facts = () if shown is None else (shown,)
    return Point(_stated(reason, places), mark, facts=facts, small=(cited(reason.citations),))


def reason_text(reason: Reason, places: Places) -> Bilingual:
    """One reason in one breath: how far from the limit, else whether the condition is met."""
    if reason.margin is None or reason.margin.limit_title is None:
        return _stated(reason, places)
    return places.titled(reason.entry, gap_words(reason.margin))


def _stated(reason: Reason, places: Places | None) -> Bilingual:
    text = phrase("condition", text=reason.text, state=phrase(f"{reason.kind}_{reason.holds}"))
    return text if places is None else places.titled(reason.entry, text)


def _mark(reason: Reason, status: Status) -> Mark:
    """A condition by whether it is met; an exception that decided by what it led to."""
    if reason.kind == "condition" or reason.holds == "unknown":
        return _MARKS[reason.holds]
    return _MARKS_OF_STATUS[status] if reason.decided else "plain"


def gap_words(margin: Margin) -> Bilingual:
    """家庭月人均收入300.00元，城市低保标准480.00元，前者低180.00元."""
    unit = parse_unit(margin.unit) or Unit()
    value, limit, gap = _exact(margin.value), _exact(margin.limit), _exact(margin.amount)
    what = margin.value_title or phrase("the_value")
    if margin.limit_title is None and limit == 0:
        return phrase("is_value", what=what, value=money(value, unit))
    key = "gap_equal" if gap == 0 else "gap_below" if gap > 0 else "gap_above"
    return phrase(
        key,
        what=what,
        limit_title=margin.limit_title or phrase("the_limit"),
        value=money(value, unit),
        limit=money(limit, unit),
        gap=money(gap if gap > 0 else -gap, unit),
        asks=phrase(f"asks_{margin.asks}") if gap == 0 else same(""),
    )


def _exact(text: str) -> Exact:
    found = read_exact_text(text)
    return 0 if found is None else found
