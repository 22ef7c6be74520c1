"""Units of quantities: currencies, persons, months, years … as products of powers. A person is a unit like others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BASE = re.compile(r"[A-Z]{3}|[a-z][a-z_]{0,40}")
_TIMES = ("day", "month", "year")
_CHINESE = {"CNY": "元", "person": "人", "day": "日", "month": "月", "year": "年"}


def _place(base: str) -> tuple[int, str]:
    """Currency first, then persons, then others, then time."""
    rank = 0 if base.isupper() else 1 if base == "person" else 3 if base in _TIMES else 2
    return (rank, base)


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of base units with their powers; `Unit()` is a plain number or a rate."""

    powers: tuple[tuple[str, int], ...] = ()

    def _combined(self, other: Iterable[tuple[str, int]], sign: int) -> Unit:
        powers = dict(self.powers)
        for base, power in other:
            powers[base] = powers.get(base, 0) + sign * power
        return Unit(tuple(sorted(((b, p) for b, p in powers.items() if p), key=lambda pair: _place(pair[0]))))

    def __mul__(self, other: Unit) -> Unit:
        return self._combined(other.powers, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return self._combined(other.powers, -1)

    def __str__(self) -> str:
        return self.shown("en")

    def shown(self, language: str) -> str:
        """`CNY/person/month`, or 元/人/月."""

        def word(base: str) -> str:
            return _CHINESE.get(base, base) if language == "zh" else base

        top = [word(b) + (f"^{p}" if p > 1 else "") for b, p in self.powers if p > 0]
        below = [word(b) + (f"^{-p}" if p < -1 else "") for b, p in self.powers if p < 0]
        if not self.powers:
            return "" if language == "zh" else "number"
        return "/".join(["·".join(top) or "1", *below])

    @property
    def currency(self) -> str | None:
        """The currency, where there is exactly one, to the first power."""
        found = [base for base, power in self.powers if base.isupper() and power == 1]
        return found[0] if len(found) == 1 and not any(b.isupper() and p != 1 for b, p in self.powers) else None

    @property
    def period(self) -> str | None:
        """What a payment of this unit is paid per: day, month, year, or once; None for anything that is no payment."""
        currency = self.currency
        rest = [pair for pair in self.powers if pair[0] != currency]
        if currency is None or len(rest) > 1:
            return None
        if not rest:
            return "once"
        return rest[0][0] if rest[0][0] in _TIMES and rest[0][1] == -1 else None


def parse_unit(text: str) -> Unit | None:
    """The unit that `text` writes (`CNY/person/month`, `1/person`, `rate`, `number`), or None."""
    if text in ("number", "rate"):
        return Unit()
    if text in ("date", "choice", "yes_no", "text"):
        return None
    first, *below = text.split("/")
    if any(not _BASE.fullmatch(part) for part in below) or not ((first == "1" and below) or _BASE.fullmatch(first)):
        return None
    unit = Unit() if first == "1" else Unit(((first, 1),))
    for part in below:
        unit = unit / Unit(((part, 1),))
    return unit
