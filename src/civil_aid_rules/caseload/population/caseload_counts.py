"""How many households were read, determined and refused, and how they were determined; the counts always add up."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class CaseloadCounts(BaseModel):
    """read = determined + rejected; determined = eligible + ineligible + undetermined."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    read: int = 0
    determined: int = 0
    rejected: int = 0
    eligible: int = 0
    ineligible: int = 0
    undetermined: int = 0

    @classmethod
    def of(cls, statuses: dict[str, int], rejected: int) -> CaseloadCounts:
        """The counts of a batch: how many of each status, and how many were refused."""
        determined = sum(statuses.values())
        return cls(read=determined + rejected, determined=determined, rejected=rejected, **statuses)

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        if self.read != self.determined + self.rejected:
            raise ValueError("read is not determined + rejected")
        if self.determined != self.eligible + self.ineligible + self.undetermined:
            raise ValueError("determined is not eligible + ineligible + undetermined")
        return self

    def __add__(self, other: CaseloadCounts) -> CaseloadCounts:
        return CaseloadCounts(**{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields})

    def text(self, language: str = "en") -> str:
        """The counts on one line ("en" or "zh")."""
        return (_ZH if language == "zh" else _EN).format_map(
            {name: f"{value:,}" for name, value in self.model_dump().items()}
        )


_EN = (
    "read {read} = determined {determined} + rejected {rejected}; "
    "determined {determined} = eligible {eligible} + ineligible {ineligible} + undetermined {undetermined}"
)
_ZH = (
    "读取 {read} = 已认定 {determined} + 退回 {rejected}；"
    "已认定 {determined} = 符合条件 {eligible} + 不符合条件 {ineligible} + 暂不能认定 {undetermined}"
)
