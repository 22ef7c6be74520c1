"""Random records of any record model: facts left out, none, at their limits, near what rules compare them with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from civil_aid_rules.facts.limits import limits_of
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.fields import alternatives, entry_annotation, model_of
from civil_aid_rules.records.record import Record

AMOUNTS = ("0", "0.01", "0.05", "1", "33.33", "479.99", "480", "480.01", "900", "1439.99", "1440", "2500.5", "52560")
MOST_AMOUNT = "10000000000"
NUMBERS = (0, 1, 2, 3, 5, 7, 12, 17, 18, 24, 60, 100)
MONTHS_AROUND = (0, 0, 1, 6, 12, 24, 120, 216, 720, 1200)


@dataclass(slots=True)
class RandomRecords:
    """Records of one model. `left_out`: how often in ten a fact is not given."""

    model: type[Record]
    random: Random
    on: datetime.date
    left_out: int = 2
    ids: dict[str, list[str]] = field(default_factory=dict)

    def record(self) -> Record:
        """A record that the model accepts: where parts do not go together, another is drawn."""
        for _ in range(200):
            drawn = self._drawn()
            try:
                return self.model.model_validate(drawn)
            except ValidationError:
                continue
        raise AssertionError(f"no record of {self.model.__name__} was accepted")

    def _drawn(self) -> dict[str, Any]:
        self.left_out = self.random.choice((0, 0, 1, 3, 6))
        lengths = {name: self._length(self._entry(info)) for name, info in self.model.model_fields.items()}
        self.ids = {name: [f"{name}{place}" for place in range(length or 0)] for name, length in lengths.items()}
        return self._part(self.model, lengths)

    def _entry(self, info: Any) -> Entry | None:
        return next((item for item in info.metadata if isinstance(item, Entry)), None)

    def _length(self, entry: Entry | None) -> int | None:
        """How many entries a list has; None: it is left out."""
        if entry is None or self._is_left_out():
            return None
        return min(entry.limit, max(entry.least, self.random.choice((0, 1, 1, 2, 2, 3, 4, 6))))

    def _is_left_out(self) -> bool:
        return self.random.randrange(10) < self.left_out

    def _part(self, model: type[BaseModel], lengths: dict[str, int | None], own_id: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            entry = self._entry(info)
            fact = next((item for item in info.metadata if isinstance(item, Fact)), None)
            if entry is not None:
                length = lengths[name] if name in lengths else self._length(entry)
                inner = model_of(entry_annotation(info.annotation))
                assert inner is not None
                if length is not None:
                    found[name] = [self._part(inner, {}, f"{name}{place}") for place in range(length)]
            elif fact is None:
                found |= {name: own_id} if name == "id" else {}
            elif info.is_required() or not self._is_left_out():
                found[name] = self._fact(info, fact)
        return {name: value for name, value in found.items() if value is not None}

    def _fact(self, info: Any, fact: Fact) -> Any:
        options = list(alternatives(info.annotation))
        may_be_none = any(get_origin(item) is Literal and "none" in get_args(item) for item in options)
        if may_be_none and self.random.randrange(3) == 0:
            return "none"
        plain = [item for item in options if get_origin(item) is not Literal or get_args(item) != ("none",)]
        kind = plain[0]
        if fact.references is not None:
            known = self.ids.get(fact.references, [])
            return self.random.choice(known) if known else "none" if may_be_none else None
        if get_origin(kind) is Literal:
            return self.random.choice([item for item in get_args(kind) if item != "none"])
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self._part(kind, {})
        return self._plain(kind, [*info.metadata, *_markers(info.annotation)])

    def _plain(self, kind: Any, markers: list[Any]) -> Any:
        if kind is bool:
            return self.random.random() < 0.5
        if kind is datetime.date:
            months = self.random.choice(MONTHS_AROUND) * self.random.choice((1, 1, 1, -1))
            day = self.on.toordinal() - months * 30 + self.random.randrange(-32, 32)
            return datetime.date.fromordinal(day)
        if kind is str:
            return self.random.choice(("one", "other"))
        limits = limits_of([kind], markers)
        if kind is Decimal:
            amount = MOST_AMOUNT if self.random.randrange(40) == 0 else self.random.choice(AMOUNTS)
            return Decimal(f"-{amount}" if limits.least < 0 and self.random.randrange(2) and amount != "0" else amount)
        least, most = max(limits.least, -1000), min(limits.most, 10**6)
        known = [number for number in NUMBERS if least <= number <= most]
        return self.random.choice(known) if known and self.random.randrange(3) else self.random.randint(least, most)


def _markers(annotation: Any) -> list[Any]:
    """What stands in the `Annotated` parts of an annotation."""
    if get_origin(annotation) is Annotated:
        return [*annotation.__metadata__, *_markers(annotation.__origin__)]
    return [marker for part in get_args(annotation) for marker in _markers(part)]
