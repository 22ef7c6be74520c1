"""What a run over a population file comes to: the question, the files, and counts that add up."""

from __future__ import annotations

import datetime

from pydantic import BaseModel, ConfigDict

from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts


class CaseloadProgress(BaseModel):
    """How far a run is: `place` of `size` (rows of Parquet, else bytes of the file), and what came of it so far."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    counts: CaseloadCounts
    place: int
    size: int


class CaseloadResult(BaseModel):
    """One program for all households of a file. `rulebook` is the digest of the rules that decided.

    `out` is a file, or a folder of `parts` numbered parts; `rejects` holds the refused rows: row (from 0), field, code,
    sentence in English and Chinese.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    program: str
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    rulebook: str
    population: str
    out: str
    rejects: str
    parts: int | None
    counts: CaseloadCounts

    def text(self, language: str = "en") -> str:
        """The counts, and where the results are ("en" or "zh")."""
        lead = ("results: {}", "rejected rows: {}") if language != "zh" else ("结果：{}", "退回的行：{}")
        lines = [self.counts.text(language), lead[0].format(self.out)]
        if self.counts.rejected:
            lines.append(lead[1].format(self.rejects))
        return "\n".join(lines)
