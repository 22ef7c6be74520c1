"""The same record calculated twice: compared under other rules, or replayed from a receipt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from civil_aid_rules.errors import EvaluationError, ReceiptError

if TYPE_CHECKING:
    from civil_aid_rules.compiler.pipeline import Request
    from civil_aid_rules.errors import Problem
    from civil_aid_rules.evaluator import Evaluator
    from civil_aid_rules.ir.program import Program
    from civil_aid_rules.receipts.library import Library
    from civil_aid_rules.receipts.receipt import Receipt
    from civil_aid_rules.receipts.replayed import Replay
    from civil_aid_rules.records.record import Record
    from civil_aid_rules.rulebook import Rulebook
    from civil_aid_rules.scenarios.comparison import Comparison


def compare(record: Record, before: Evaluator, after: Evaluator) -> Comparison:
    """One record under two evaluators (two days, two rulebooks, a scenario): both results, and where they part.

    Raises RecordError when the record is of another kind than an evaluator decides on, or names another jurisdiction.
    """
    return before.determine(record).compare(after.determine(record))


def replay(receipt: Receipt | str | bytes, rulebook: Rulebook | None = None) -> Replay:
    """A receipt, or its JSON text, computed again with the rules of `rulebook`; None: those shipped with the library.

    It is always computed from the record in the receipt, and each difference is named; scenarios of `rulebook` play no
    part, those of the receipt do. Raises ReceiptError for a text that is no receipt.
    """
    from civil_aid_rules.receipts.receipt import Receipt
    from civil_aid_rules.receipts.replay import replay_receipt

    read = receipt if isinstance(receipt, Receipt) else Receipt.from_json(receipt)
    return replay_receipt(read, _library(rulebook or _shipped(read.program)))


def replay_all(
    receipts: Iterable[Receipt | ReceiptError | str | bytes], rulebook: Rulebook | None = None
) -> Iterator[Replay | ReceiptError]:
    """Many receipts, such as `Receipt.load_all(path)` gives: a replay for each, or the error of an unreadable one.

    A program is compiled once for all receipts that ask the same question.
    """
    from civil_aid_rules.receipts.receipt import Receipt
    from civil_aid_rules.receipts.replay import replay_receipt
    from civil_aid_rules.rulebook import Rulebook

    library = _library(rulebook or Rulebook.load())
    for item in receipts:
        try:
            read = Receipt.from_json(item) if isinstance(item, str | bytes) else item
        except ReceiptError as error:
            read = error
        yield read if isinstance(read, ReceiptError) else replay_receipt(read, library)


def _shipped(program: str) -> Rulebook:
    """The shipped rules of one program; all of them where there is no such program, which the replay then says."""
    from civil_aid_rules.rulebook import Rulebook

    try:
        return Rulebook.load(programs=[program])
    except EvaluationError:
        return Rulebook.load()


def _library(rulebook: Rulebook) -> Library:
    from civil_aid_rules.compiler.pipeline import dumped
    from civil_aid_rules.digests import digest
    from civil_aid_rules.receipts.library import Library

    compiled: dict[_Question, Program | tuple[Problem, ...]] = {}

    def compile_once(request: Request) -> Program | tuple[Problem, ...]:
        overlays = tuple(digest(dumped(block)) for block in request.overlays)
        question = (request.program, request.on, request.known_on, request.jurisdiction, overlays)
        if question not in compiled:
            compiled[question] = _compiled(rulebook, request)
        return compiled[question]

    return Library(rulebook.packs, rulebook.records, rulebook.vocabularies, rulebook.digest, compile_once)


def _compiled(rulebook: Rulebook, request: Request) -> Program | tuple[Problem, ...]:
    """The program as the rulebook keeps it; one under overlays that are not the rulebook's is compiled by itself."""
    from civil_aid_rules.compiler.pipeline import compile_program

    place = request.jurisdiction
    own = rulebook.overlays_for(place) if place is None or place in rulebook.jurisdictions else None
    if (
        own is None
        or len(own) != len(request.overlays)
        or any(a is not b for a, b in zip(own, request.overlays, strict=False))
    ):
        return compile_program(rulebook.packs, request, rulebook.vocabularies)
    try:
        return rulebook.compile(request.program, on=request.on, known_on=request.known_on, jurisdiction=place)
    except EvaluationError as error:
        return error.problems


_Question = tuple[str, datetime.date, datetime.date | None, str | None, tuple[str, ...]]
