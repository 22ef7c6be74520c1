"""What rules look up while they are worked out: legal values and the heads of other rules. Every answer is noted."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from civil_aid_rules.compiler.memory import MOST_DAYS, KeptValue, Memory, Reads
from civil_aid_rules.compiler.namespace import DeclaredParameter
from civil_aid_rules.compiler.parameters import parameter_value
from civil_aid_rules.compiler.scope import FrozenDay, NotInForce, Signature
from civil_aid_rules.compiler.select import Chosen, Selector, days_that_reach
from civil_aid_rules.errors import Problem
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.packs.models import ValueBlock
from civil_aid_rules.quantities.calendar import Period

_Asked = tuple[str, datetime.date, datetime.date | None]
"""A parameter, the day that its value is wanted of, and that day again where it is frozen."""


@dataclass(slots=True)
class Lookups:
    """The answers of one compilation.

    `parameters` are the values that the program rests on, `periods` the runs of days in which they hold; `reads` notes
    what the rule that is being worked out looks up.
    """

    memory: Memory
    selector: Selector
    problems: list[Problem]
    signatures: dict[str, Signature | NotInForce] = field(default_factory=dict)
    parameters: dict[tuple[str, datetime.date | None], ParameterValue] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    reads: Reads = field(default_factory=Reads)
    on_the_day: dict[str, KeptValue | NotInForce] = field(default_factory=dict)
    dated: dict[_Asked, tuple[Chosen[ValueBlock], KeptValue | NotInForce]] = field(default_factory=dict)

    def signature(self, key: str) -> Signature | NotInForce:
        """The head of a rule."""
        found = self.reads.signatures[key] = self.signatures[key]
        if isinstance(found, NotInForce):
            self.reads.day = self.selector.on
        return found

    def parameter(self, key: str, day_of: FrozenDay | None) -> ParameterValue | NotInForce:
        """A legal value, on the day decided or on one frozen: from now on the program rests on it."""
        on = self.selector.on
        wanted = on if day_of is None else day_of(on)
        chosen, found = self._dated(key, wanted, None if day_of is None else wanted)
        if isinstance(found, NotInForce):
            self.reads.day, self.reads.missing[key, wanted] = on, found
            self._hold(key, chosen, day_of)
            return found
        if day_of is None:
            self.reads.parameters[key] = found.value
        else:
            self.reads.day, self.reads.frozen[key, wanted] = on, (day_of, found.value)
        if (key, found.value.frozen_on) not in self.parameters:
            self._hold(key, chosen, day_of)
            self.parameters[key, found.value.frozen_on] = found.value
            self.problems += found.problems
        return NotInForce((), False, reported=True) if found.is_untyped else found.value

    def aside(self, key: str) -> ParameterValue | NotInForce:
        """A legal value of the day decided that no result rests on, such as the days for a remedy."""
        found = self.in_force(key)
        value = self.reads.asides[key] = found if isinstance(found, NotInForce) else found.value
        return value

    def _hold(self, key: str, chosen: Chosen[ValueBlock], day_of: FrozenDay | None) -> None:
        """The run of days in which this choice is the same."""
        on = self.selector.on
        self.periods.append(chosen.period if day_of is None else days_that_reach(chosen.period, day_of, on))

    def are_the_same(self, reads: Reads) -> bool:
        """Whether everything that a rule read in another compilation is the same in this one."""
        if reads.day is not None and not self._are_missing_or_frozen_alike(reads):
            return False
        signatures = self.signatures
        for key, signature in reads.signatures.items():
            if signatures[key] is not signature and signatures[key] != signature:
                return False
        for key, value in reads.parameters.items():
            found = self.in_force(key)
            if isinstance(found, NotInForce) or found.value is not value:
                return False
        return all(self.aside(key) is value for key, value in reads.asides.items())

    def _are_missing_or_frozen_alike(self, reads: Reads) -> bool:
        if reads.day != self.selector.on:
            return False
        for (key, day), missing in reads.missing.items():
            if self._dated(key, day, None if day == reads.day else day)[1] != missing:
                return False
        for (key, day), (_, value) in reads.frozen.items():
            found = self._dated(key, day, day)[1]
            if isinstance(found, NotInForce) or found.value is not value:
                return False
        return True

    def take_over(self, reads: Reads) -> None:
        """Let the program rest on what a rule read that is taken over from another compilation."""
        for key in reads.parameters:
            if (key, None) not in self.parameters:
                self.parameter(key, None)
        for (key, _), (day_of, _) in reads.frozen.items():
            self.parameter(key, day_of)

    def in_force(self, key: str) -> KeptValue | NotInForce:
        """The value in force on the day decided; nothing rests on it yet."""
        found = self.on_the_day.get(key)
        if found is None:
            found = self.on_the_day[key] = self._dated(key, self.selector.on, None)[1]
        return found

    def _dated(
        self, key: str, day: datetime.date, frozen_on: datetime.date | None
    ) -> tuple[Chosen[ValueBlock], KeptValue | NotInForce]:
        """The value in force on a day; nothing rests on it yet."""
        if (key, day, frozen_on) not in self.dated:
            self.dated[key, day, frozen_on] = self._chosen(key, day, frozen_on)
        return self.dated[key, day, frozen_on]

    def _chosen(
        self, key: str, day: datetime.date, frozen_on: datetime.date | None
    ) -> tuple[Chosen[ValueBlock], KeptValue | NotInForce]:
        instance, _, name = key.partition(".")
        declared = self.memory.names.instances[instance].declared[name]
        assert isinstance(declared, DeclaredParameter)
        chosen = self.selector.parameter(declared, day)
        known = self.memory.common.values.setdefault(key, [])
        last = known[-1] if known else None
        if last is not None and last.dated is chosen.dated and last.value.frozen_on == frozen_on:
            return chosen, last
        dated = chosen.dated
        if dated is None or dated.repealed:
            return chosen, NotInForce(chosen.ranges, chosen.has_ended(day), self.selector.known_on)
        kept = next((kept for kept in known if kept.value.frozen_on == frozen_on and kept.is_of(dated)), None)
        if kept is None:
            problems: list[Problem] = []
            sources = self.selector.sources(declared, dated.layer)
            value = parameter_value(declared, dated, frozen_on, sources, problems)
            kept = KeptValue(dated, value, tuple(problems))
            if frozen_on is None or len(known) < MOST_DAYS:
                known.append(kept)
        return chosen, kept
