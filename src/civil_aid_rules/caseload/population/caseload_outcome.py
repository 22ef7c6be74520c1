"""What came of a piece of a population: results and refused rows, written out as far as a worker can."""

from __future__ import annotations

from dataclasses import dataclass

from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts


@dataclass(frozen=True, slots=True)
class Outcome:
    """`accepted` and `rejected` are Arrow streams for tables, and finished lines for files of text."""

    accepted: bytes
    rejected: bytes
    counts: CaseloadCounts
