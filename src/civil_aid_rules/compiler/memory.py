"""What compilations take over from each other: values, rules and orders whose every input is the same.

A rulebook is checked on each day on which something changes, alone and under each overlay; from one such day to another
most rules read the same things. So do those of definitions, and of programs that others read, in each such program.
A rule is taken over only where its text, its signature and everything that it read are the same objects; one that reads
a frozen day, or met a name that is not in force, only on the same day.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import is_

from civil_aid_rules.compiler.dumps import dumped
from civil_aid_rules.compiler.growth import KeptSize
from civil_aid_rules.compiler.namespace import Namespace, build_namespace
from civil_aid_rules.compiler.order import slots_read
from civil_aid_rules.compiler.request import Request
from civil_aid_rules.compiler.scope import FrozenDay, NotInForce, Signature
from civil_aid_rules.compiler.select import Dated, Stated
from civil_aid_rules.digests import digest
from civil_aid_rules.errors import Problem
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Outcome, Rule
from civil_aid_rules.language import syntax
from civil_aid_rules.language.parse import parse
from civil_aid_rules.packs.load import Packs
from civil_aid_rules.packs.models import OverlayBlock, RuleBlock, ValueBlock
from civil_aid_rules.source import SourceSpan

Problems = tuple[Problem, ...]
MOST_DAYS = 64
"""Of a rule whose answers are good for one day only, so many are kept: a rulebook has few days, a service many."""

MOST_ORDERS = 128
"""Of all the orders of a program, with its rules, so many are kept."""

MOST_RULES = 10_000
"""Of so many rules it is known what they read; then that is worked out anew. A program of 200 rules has 300 in all."""


@dataclass(slots=True)
class Reads:
    """What a rule, or the outcome, looked up while it was worked out, with the answers.

    `day` is set where they are only good for that day: where a name was not in force (`missing`), or a legal value was
    that of a day computed from it (`frozen`).
    """

    signatures: dict[str, Signature | NotInForce] = field(default_factory=dict)
    parameters: dict[str, ParameterValue] = field(default_factory=dict)
    missing: dict[tuple[str, datetime.date], NotInForce] = field(default_factory=dict)
    frozen: dict[tuple[str, datetime.date], tuple[FrozenDay, ParameterValue]] = field(default_factory=dict)
    asides: dict[str, ParameterValue | NotInForce] = field(default_factory=dict)
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A dated value as it was read, and the faults found in it."""

    dated: Dated[ValueBlock]
    value: ParameterValue
    problems: Problems

    @property
    def is_untyped(self) -> bool:
        """Whether its type could not be read, so that nothing can be said of rules that read it."""
        return any(item.code in ("type-unknown", "type-no-choices") for item in self.problems)

    def is_of(self, dated: Dated[ValueBlock]) -> bool:
        """Whether it is the same value: of the same text, for the same days."""
        mine, other = self.dated, dated
        same_text = mine.item is other.item or (mine.item.value is not None and mine.item.value is other.item.value)
        days = (mine.from_date, mine.until, mine.published) == (other.from_date, other.until, other.published)
        return same_text and mine.layer is other.layer and days


@dataclass(frozen=True, slots=True)
class KeptSignature:
    """A rule's head as it was read, and the faults found in it."""

    block: RuleBlock
    signature: Signature
    problems: Problems


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule as it was worked out, what it read, and the faults found in it."""

    block: RuleBlock
    layer: OverlayBlock | None
    signature: Signature
    reads: Reads
    rule: Rule
    problems: Problems


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """The outcome as it was worked out from the heads of these rules and what it read, and the faults found in it.

    One without faults says the same while the same rules are in force; faults name the day, and since when they are.
    """

    signatures: tuple[Signature | NotInForce, ...]
    reads: Reads
    outcome: Outcome | None
    on: datetime.date
    problems: Problems

    def is_of(self, signatures: Collection[Signature | NotInForce], on: datetime.date) -> bool:
        """Whether the heads of the rules are the very same, and with faults also what is said of those not in force."""
        if self.problems:
            return self.on == on and self.signatures == tuple(signatures)
        return all(map(_are_alike, self.signatures, signatures))


def _are_alike(one: Signature | NotInForce, other: Signature | NotInForce) -> bool:
    return one is other or (isinstance(one, NotInForce) and isinstance(other, NotInForce))


@dataclass(slots=True)
class KeptOrder:
    """In which order the rules of a program are evaluated; None, with the faults, where they cannot be.

    `numbered`: the same rules with their places as slots; filled in when a program is first made of them.
    """

    rules: tuple[Rule, ...]
    outcome: Outcome
    reads: dict[int, list[int]]
    order: list[int] | None
    problems: Problems
    numbered: tuple[tuple[Rule, ...], Outcome] | None = None

    def is_of(self, rules: Sequence[Rule], outcome: Outcome) -> bool:
        """Whether it is the order of these very rules."""
        return len(rules) == len(self.rules) and all(map(is_, rules, self.rules)) and outcome == self.outcome


@dataclass(frozen=True, slots=True)
class Sound:
    """A whole compilation without a fault: the names by what they meant, and the rules, of which none reads a day."""

    request: Request
    signatures: dict[str, Signature | NotInForce]
    values: dict[str, KeptValue | NotInForce]
    rules: dict[str, KeptRule]


@dataclass(slots=True)
class Common:
    """What is known of names that mean the same in several programs: a rule sees only what its own pack uses.

    `slots` tells rules apart; in a program each has its place in the order of evaluation instead.
    """

    slots: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    values: dict[str, list[KeptValue]] = field(default_factory=dict)
    signatures: dict[str, list[KeptSignature]] = field(default_factory=dict)
    rules: dict[str, list[KeptRule]] = field(default_factory=dict)
    reads: dict[int, tuple[Rule, list[int]]] = field(default_factory=dict)
    sizes: dict[int, KeptSize] = field(default_factory=dict)

    def copy(self) -> Common:
        """Another that starts with all of this and grows by itself."""
        return Common(
            dict(self.slots),
            count(1 + max(self.slots.values(), default=-1)),
            {key: list(kept) for key, kept in self.values.items()},
            {key: list(kept) for key, kept in self.signatures.items()},
            {key: list(kept) for key, kept in self.rules.items()},
            dict(self.reads),
            dict(self.sizes),
        )

    def slot_of(self, key: str) -> int:
        """The number of a rule; threads that ask at once may leave numbers out, and never give one twice."""
        return self.slots[key] if key in self.slots else self.slots.setdefault(key, next(self.numbers))

    def read_by(self, rule: Rule) -> list[int]:
        """The slots of the rules that a rule reads."""
        known = self.reads.get(id(rule))
        if known is None or known[0] is not rule:
            if len(self.reads) >= MOST_RULES:
                self.reads, self.sizes = {}, {}
            known = (rule, slots_read(rule))
            self.reads[id(rule)] = known
        return known[1]


@dataclass(slots=True)
class Texts:
    """What follows from the texts of packs, whatever program they are part of: programs share it."""

    expressions: dict[tuple[str, SourceSpan], syntax.Expression | Problems] = field(default_factory=dict)
    digests: dict[tuple[str, int], tuple[RuleBlock, str]] = field(default_factory=dict)
    pack_digests: dict[str, str] = field(default_factory=dict)
    commons: dict[tuple[str, str | None], Common] = field(default_factory=dict)

    def common(self, names: Namespace) -> Common:
        """What is known to all programs in which a name of these means the same: of one record model and age rule."""
        age_rule = None if names.age_rule is None else names.age_rule[0].name
        return self.commons.setdefault((str(names.program.block.record), age_rule), Common())

    def parse(self, text: str, at: SourceSpan) -> syntax.Expression | Problems:
        """The expression that a text writes at a place, or its faults."""
        if (text, at) not in self.expressions:
            self.expressions[text, at] = parse(text, at)
        return self.expressions[text, at]

    def digest_of(self, key: str, from_date: datetime.date, block: RuleBlock) -> str:
        """The digest of one dated rule, over its canonical form."""
        known = self.digests.get((key, id(block)))
        if known is None or known[0] is not block:
            known = (block, digest({"rule": key, "from": from_date.isoformat(), "block": dumped(block)}))
            self.digests[key, id(block)] = known
        return known[1]


@dataclass(slots=True)
class Memory:
    """What is known of one program. Entries are only added, so that threads can share one."""

    names: Namespace
    texts: Texts = field(default_factory=Texts)
    common: Common = field(default_factory=Common)
    stated: Stated = field(default_factory=Stated)
    outcomes: list[KeptOutcome] = field(default_factory=list)
    orders: list[KeptOrder] = field(default_factory=list)
    sound: dict[datetime.date, Sound] = field(default_factory=dict)

    @classmethod
    def of(cls, packs: Packs, program: str, texts: Texts | None = None) -> Memory:
        """One that knows only the program's names, and what is known of texts."""
        names, texts = build_namespace(packs, packs.packs[program]), texts or Texts()
        return cls(names, texts, texts.common(names))

    def copy(self, common: Common) -> Memory:
        """Another that starts with all of this and grows by itself; `common` is such a one of what programs share."""
        return Memory(
            self.names,
            self.texts,
            common,
            self.stated.copy(),
            list(self.outcomes),
            list(self.orders),
            dict(self.sound),
        )

    def order_of(self, reads: dict[int, list[int]], outcome: Outcome) -> list[int] | None:
        """The order of rules that read each other alike, if it is known; what else they hold does not matter to it."""
        alike = (kept for kept in self.orders if kept.outcome is outcome and kept.reads == reads)
        return next((kept.order for kept in alike if kept.order is not None), None)

    def keep_order(self, kept: KeptOrder) -> None:
        """Keep what was found; of many, what was found last."""
        self.orders = [*self.orders[1 - MOST_ORDERS :], kept]


def copied(memories: Mapping[str, Memory]) -> dict[str, Memory]:
    """Others that start with all of these: for a rulebook under a what-if."""
    commons = {id(memory.common): memory.common.copy() for memory in memories.values()}
    return {name: memory.copy(commons[id(memory.common)]) for name, memory in memories.items()}
