"""temporary"""
from __future__ import annotations
from pydantic import BaseModel, ConfigDict
class Record(BaseModel):
    model_config=ConfigDict(frozen=True,extra="forbid")
    def canonical(self): return self.model_dump(mode="json",exclude_none=True)
    @classmethod
    def from_json(cls,t): return cls.model_validate_json(t)
