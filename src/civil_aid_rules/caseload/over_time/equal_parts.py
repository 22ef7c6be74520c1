"""An amount over several months, in whole fen: in parts as equal as can be, by what each month has room for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

FEN = 100
"""So many of the smallest sums that are paid make one unit of the currency; amounts are counted in them here."""


def in_fen(amount: Fraction) -> int:
    """An amount that is due or was paid, in fen: it is whole fen, since packs and payments can hold no other."""
    fen = amount * FEN
    assert fen.denominator == 1, "what is due and paid is whole fen"
    return fen.numerator


def equal_parts(amount: int, rooms: Sequence[int]) -> list[int]:
    """One part for each room, in fen; they add up to `amount`.

    Where the rooms hold the amount, no part is larger than its room; else none is smaller. Within that the parts are
    as equal as can be, and of what cannot be halved the earlier rooms get one fen more. No rooms: no parts.
    """
    holds = amount <= sum(rooms)
    left = sorted(range(len(rooms)), key=lambda place: rooms[place] if holds else -rooms[place])
    parts = list(rooms)
    while left and (rooms[left[0]] * len(left) <= amount if holds else rooms[left[0]] * len(left) >= amount):
        amount -= rooms[left.pop(0)]
    for count, place in enumerate(sorted(left)):
        parts[place] = amount // len(left) + (count < amount % len(left))
    return parts
