"""The same record calculated twice: compared under other rules, or replayed from a receipt."""

from __future__ import annotations

from civil_aid_rules.evaluator import Evaluator
from civil_aid_rules.records.record import Record
from civil_aid_rules.scenarios.comparison import Comparison


def compare(record: Record, before: Evaluator, after: Evaluator) -> Comparison:
    """One record under two evaluators (two days, two rulebooks, a scenario): both results, and where they part.

    Raises RecordError when the record is of another kind than an evaluator decides on, or names another jurisdiction.
    """
    return before.determine(record).compare(after.determine(record))
