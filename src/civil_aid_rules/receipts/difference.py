"""One named difference between a receipt and its recalculation, and what has no bearing on it but should be said."""

from __future__ import annotations

from typing import Literal

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Part

Kind = Literal[
    "receipt",  # the receipt was edited: its own digest does not stand for it
    "record",  # a field of the record, or its digest
    "overlay",  # local values or a scenario
    "engine",  # another meaning of rules
    "program",  # outcome, age rule, or what cannot be computed at all
    "rule",  # a dated rule
    "value",  # a dated legal value
    "status",
    "amount",
    "rule_value",  # a rule's value, for the record or an entry
    "result",  # anything else that the result says
]
Held = dict[str, str | None]


class Difference(Part):
    """What differs, by kind and name, as the receipt has it (`before`) and as it is now (`after`); None: not there."""

    kind: Kind
    name: str
    before: Held | None
    after: Held | None
    text: Bilingual


class Note(Part):
    """Something that changed since and has no bearing on the result: the rulebook grew, the engine is newer."""

    kind: Literal[
        "pack", "packs", "rule", "value", "overlay", "scenario", "validity", "later", "engine", "wording", "place"
    ]
    name: str
    text: Bilingual
