"""How far the steps that the law prescribes have come: beside the result, which they never change."""

from __future__ import annotations

from collections.abc import Iterator

from civil_aid_rules.determinations.result import ProcedureReport, Result, Status
from civil_aid_rules.render.beside import beside_pairs
from civil_aid_rules.render.blocks import Block, Pairs, Paragraph, Points, Section
from civil_aid_rules.render.evidence import Evidence
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.places import Places
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.reasons import reason_point

_MOST_NAMED = 6
_STATUS: dict[str, Status] = {"complete": "eligible", "incomplete": "ineligible", "undetermined": "undetermined"}


def procedure_section(
    result: Result, places: Places, evidence: Evidence | None, reading: Reading | None
) -> list[Section]:
    """What is complete, what is due and until when; of a record that says nothing of it, only that."""
    report = result.procedure
    if report is None:
        return []
    procedure = None if reading is None else reading.evaluation.program.outcome.procedure
    stated = [item for item in report.beside if item.value is not None]
    known = beside_pairs(stated, () if procedure is None else procedure.beside, reading)
    only_facts = all(item.kind == "fact" for item in report.missing)
    if report.status == "undetermined" and not known and only_facts:
        blocks: tuple[Block, ...] = (Paragraph(phrase("procedure_not_stated")),)
    else:
        blocks = tuple(_blocks(report, places, evidence))
        blocks = (*blocks, Pairs(known)) if known else blocks
    return [Section(phrase("procedure"), blocks, folded=True)]


def _blocks(report: ProcedureReport, places: Places, evidence: Evidence | None) -> Iterator[Block]:
    yield Paragraph(phrase(f"steps_{report.status}"))
    deciding = tuple(reason for reason in report.reasons if reason.decided)
    if deciding:
        yield Points(tuple(reason_point(reason, _STATUS[report.status], places, evidence) for reason in deciding))
    yield from _lacking("procedure_lacks", report, places, facts=True)
    yield from _lacking("procedure_not_set", report, places, facts=False)


def _lacking(key: str, report: ProcedureReport, places: Places, *, facts: bool) -> Iterator[Block]:
    """What the record does not state; and what no record can, such as the calendar of a year that is not on file."""
    missing = (item for item in report.missing if (item.kind == "fact") is facts)
    titles = tuple(dict.fromkeys(places.missing(item) for item in missing))
    if titles:
        named = joined(titles[:_MOST_NAMED])
        more = len(titles) > _MOST_NAMED
        lacks = phrase("and_others_of", named=named, count=str(len(titles))) if more else named
        yield Paragraph(phrase(key, lacks=lacks))
