"""Compute a receipt again from the record that it holds, with the rules of a rulebook, and name each difference."""

from __future__ import annotations

import dataclasses

from civil_aid_rules.backends.interpreter import prepare
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.pipeline import ENGINE_SEMANTICS, Request
from civil_aid_rules.determinations.determine import determine
from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.digests import digest
from civil_aid_rules.errors import Problem, RecordError
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.ir.program import Program
from civil_aid_rules.receipts.difference import Difference, Held, Note
from civil_aid_rules.receipts.growth import later_notes, pack_notes, result_notes
from civil_aid_rules.receipts.integrity import integrity_differences
from civil_aid_rules.receipts.library import Library, program_for
from civil_aid_rules.receipts.overlays import chosen_overlays, overlay_changes
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.replayed import AsKnown, Replay
from civil_aid_rules.receipts.results import result_differences
from civil_aid_rules.receipts.words import problem_words
from civil_aid_rules.records.read import read_data
from civil_aid_rules.version import VERSION


def replay_receipt(receipt: Receipt, library: Library) -> Replay:
    """The receipt computed again: always from its record and the rules of the library, never from its result."""
    differences, notes = list(integrity_differences(receipt)), list(pack_notes(receipt, library))
    overlays = chosen_overlays(receipt, library.packs)
    differences += overlays.differences
    notes += overlays.notes
    request = Request(receipt.program, receipt.on, receipt.known_on, receipt.jurisdiction, overlays.blocks)
    again = _recomputed(receipt, request, library)
    as_known = None
    if isinstance(again, Result):
        found = _compared(receipt, again, differences)
        differences += found
        more_differences, more_notes = overlay_changes(receipt, overlays.blocks, found)
        differences += more_differences
        notes += [
            *more_notes,
            *result_notes(receipt.result, again),
            *later_notes(receipt, request, again.identity, library),
        ]
        as_known = _as_known(receipt, request, library) if found else None
    else:
        differences += again
    return _replay(receipt, library, differences, notes, again if isinstance(again, Result) else None, as_known)


def _replay(
    receipt: Receipt,
    library: Library,
    differences: list[Difference],
    notes: list[Note],
    again: Result | None,
    as_known: AsKnown | None,
) -> Replay:
    return Replay(
        receipt_digest=receipt.digest,
        program=receipt.program,
        title=receipt.result.title,
        on=receipt.on,
        known_on=receipt.known_on,
        jurisdiction=receipt.jurisdiction,
        decided_at=receipt.decided_at,
        record_digest=receipt.record_digest,
        rulebook=library.digest,
        engine=VERSION,
        semantics=ENGINE_SEMANTICS,
        hypothetical=receipt.hypothetical,
        matches=not differences,
        status=None if again is None else again.status,
        payment=None if again is None else again.payment,
        differences=tuple(differences),
        notes=tuple(notes),
        as_known=as_known,
    )


# --- computing again -----------------------------------------------------------------------------------------------


def _recomputed(receipt: Receipt, request: Request, library: Library) -> Result | list[Difference]:
    """The result of the receipt's record under the library's rules; what stands in the way where there is none."""
    program = program_for(request, library)
    if not isinstance(program, Program):
        return [_not_computed(request.program, item) for item in program]
    model = library.records[program.record]
    try:
        record = read_data(receipt.record, model, [])
    except RecordError as error:
        return [_not_read(item) for item in error.problems]
    evaluation = prepare(program).run(extract(record, library.vocabularies[program.record]))
    return determine(evaluation, digest(record.canonical()))


def _not_computed(program: str, why: Problem | Bilingual) -> Difference:
    reason = problem_words(why) if isinstance(why, Problem) else why
    text = worded(
        "The rulebook cannot compute the program {program}: {reason}",
        "规则库无法计算项目 {program}：{reason}",
        program=program,
        reason=reason,
    )
    return Difference(kind="program", name=program, before=None, after=None, text=text)


def _not_read(item: Problem) -> Difference:
    """A fault of the record by its path and code: what stands there may be personal, and is not shown."""
    text = worded(
        "The record in the receipt cannot be read at {path} ({code}).",
        "凭据中的家庭记录在 {path} 处无法读取（{code}）。",
        path=str(item.at),
        code=item.code,
    )
    return Difference(kind="record", name=str(item.at), before=None, after=None, text=text)


# --- what differs --------------------------------------------------------------------------------------------------


def _compared(receipt: Receipt, again: Result, before: list[Difference]) -> list[Difference]:
    found = list(result_differences(receipt.result, again, receipt.decided_at))
    named = any(item.kind == "record" for item in before)
    if not named and again.record_digest != receipt.record_digest:
        text = Bilingual(
            en="The record, read again, is not written as it was: its digest differs.",
            zh="重新读取后，家庭记录的写法与当时不同，摘要值不符。",
        )
        then: Held = {"digest": receipt.record_digest}
        now: Held = {"digest": again.record_digest}
        found.append(Difference(kind="record", name="$", before=then, after=now, text=text))
    found += _of_another_place(receipt)
    return found


def _of_another_place(receipt: Receipt) -> list[Difference]:
    """A record that names a jurisdiction is decided under no other's rules."""
    named, used = receipt.record.get("jurisdiction"), receipt.jurisdiction
    if named is None or used is None or named == used:
        return []
    text = worded(
        "The record belongs to {named}, but the receipt was computed with the values of {used}.",
        "家庭记录属于 {named}，凭据却按 {used} 的规定计算。",
        named=str(named),
        used=used,
    )
    return [
        Difference(kind="record", name="$.jurisdiction", before={"value": used}, after={"value": str(named)}, text=text)
    ]


def _as_known(receipt: Receipt, request: Request, library: Library) -> AsKnown | None:
    """The same with what was published by the day of the decision, for a receipt that did not say what was known."""
    day = receipt.decided_at
    if receipt.known_on is not None or day is None:
        return None
    again = _recomputed(receipt, dataclasses.replace(request, known_on=day), library)
    if not isinstance(again, Result):
        return AsKnown(known_on=day, matches=False, differences=tuple(again))
    then = receipt.result.model_copy(update={"known_on": day, "notices": again.notices})
    found = result_differences(then, again, day)
    return AsKnown(known_on=day, matches=not found, differences=found)
