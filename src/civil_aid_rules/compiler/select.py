"""Which dated value and which dated rule is in force on a day, as known on a day, under the overlays chosen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from civil_aid_rules.compiler.namespace import Declared, DeclaredParameter, DeclaredRule, Namespace
from civil_aid_rules.compiler.read_values import A_DAY, published_day
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.load import RuleVersion
from civil_aid_rules.packs.models import OverlayBlock, OverlayValuesBlock, SourceBlock, ValueBlock
from civil_aid_rules.quantities.calendar import Period
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.source import SourceSpan

ONE_DAY = datetime.timedelta(days=1)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Item]):
    """One candidate: from when (until when), known since when, and from which overlay (None: the pack itself)."""

    item: Item
    from_date: datetime.date
    until: datetime.date | None
    published: datetime.date
    repealed: bool
    at: SourceSpan
    layer: OverlayBlock | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the candidate has begun and not ended."""
        return self.from_date <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Item]):
    """What is in force on a day, and the run of days around it in which no candidate begins or ends."""

    dated: Dated[Item] | None
    period: Period
    candidates: Sequence[Dated[Item]]

    @property
    def ranges(self) -> tuple[Period, ...]:
        """The days for which there is something."""
        return tuple(Period(c.from_date, c.until) for c in self.candidates if not c.repealed)

    def has_ended(self, day: datetime.date) -> bool:
        """Where nothing is in force on `day`: whether something was before."""
        return any(run.start is None or run.start <= day for run in self.ranges)


def choose(layers: Sequence[Sequence[Dated[Item]]], day: datetime.date, known_on: datetime.date | None) -> Chosen[Item]:
    """The candidate in force on `day`: of the first layer that has one, the latest `from`, the latest published."""
    known = layers
    if known_on is not None:
        known = [[candidate for candidate in layer if candidate.published <= known_on] for layer in layers]
    everything = known[0] if len(known) == 1 else [candidate for layer in known for candidate in layer]
    if len(everything) == 1 and everything[0].until is None:
        return _only(everything, day)
    period = _run_around(everything, day)
    for layer in known:
        begun = [candidate for candidate in layer if candidate.from_date <= day]
        if begun:
            best = begun[0]
            if len(begun) > 1:
                best = max(begun, key=lambda candidate: (candidate.from_date, candidate.published))
            if best.holds_on(day):
                return Chosen(best, period, everything)
    return Chosen(None, period, everything)


def _kept_choice(known: list[Chosen[Item]], candidates: Sequence[Dated[Item]], day: datetime.date) -> Chosen[Item]:
    """The choice among what a pack states, as known today: the one already made for this run of days, or a new one."""
    for chosen in known:
        if chosen.period.contains(day):
            return chosen
    chosen = choose([candidates], day, None)
    known.append(chosen)
    return chosen


def _only(candidates: Sequence[Dated[Item]], day: datetime.date) -> Chosen[Item]:
    """The choice where there is but one candidate, and it never ends: so it is for most names."""
    only = candidates[0]
    if only.from_date <= day:
        return Chosen(only, Period(only.from_date, None), candidates)
    return Chosen(None, Period(None, only.from_date - ONE_DAY), candidates)


def _run_around(candidates: Sequence[Dated[Item]], day: datetime.date) -> Period:
    start: datetime.date | None = None
    after: datetime.date | None = None
    for candidate in candidates:
        ends = () if candidate.until is None else (candidate.until + ONE_DAY,)
        for boundary in (candidate.from_date, *ends):
            if boundary <= day:
                start = boundary if start is None or boundary > start else start
            else:
                after = boundary if after is None or boundary < after else after
    return Period(start, None if after is None else after - ONE_DAY)


def days_that_reach(run: Period, day_of: Callable[[datetime.date], datetime.date], on: datetime.date) -> Period:
    """The days around `on` whose frozen day (`day_of`, which never goes back) falls into `run`."""
    start, end = on, on
    step = 1 << 18
    while step and run.start is not None:
        earlier = _moved(start, -step)
        start = earlier if earlier is not None and day_of(earlier) >= run.start else start
        step >>= 1
    step = 1 << 18
    while step and run.end is not None:
        later = _moved(end, step)
        end = later if later is not None and day_of(later) <= run.end else end
        step >>= 1
    return Period(start if run.start is not None else None, end if run.end is not None else None)


def _moved(day: datetime.date, days: int) -> datetime.date | None:
    """The day so many days later, within the years that the calendar knows here."""
    number = day.toordinal() + days
    return datetime.date.fromordinal(number) if _FIRST <= number <= _LAST else None


_FIRST, _LAST = datetime.date(100, 1, 1).toordinal(), datetime.date(9900, 1, 1).toordinal()


@dataclass(slots=True)
class Stated:
    """The candidates that packs state themselves, by key: the same on every day and under every overlay.

    `chosen_values` and `chosen_rules` are the choices made among them alone; each holds for its run of days.
    """

    values: dict[str, list[Dated[ValueBlock]]] = field(default_factory=dict)
    rules: dict[str, list[Dated[RuleVersion]]] = field(default_factory=dict)
    chosen_values: dict[str, list[Chosen[ValueBlock]]] = field(default_factory=dict)
    chosen_rules: dict[str, list[Chosen[RuleVersion]]] = field(default_factory=dict)

    def begins_or_ends(self, after: datetime.date, until: datetime.date) -> set[str]:
        """The names of which something begins in these days, or ended the day before."""
        candidates: list[tuple[str, Dated[ValueBlock] | Dated[RuleVersion]]] = []
        candidates += [(key, item) for key, items in self.values.items() for item in items]
        candidates += [(key, item) for key, items in self.rules.items() for item in items]
        return {
            key
            for key, item in candidates
            if after < item.from_date <= until or (item.until is not None and after <= item.until < until)
        }

    def copy(self) -> Stated:
        """Another that starts with all of this and grows by itself."""
        chosen_values = {key: list(known) for key, known in self.chosen_values.items()}
        chosen_rules = {key: list(known) for key, known in self.chosen_rules.items()}
        return Stated(dict(self.values), dict(self.rules), chosen_values, chosen_rules)


class Selector:
    """Chooses for one program, one day, one `known_on` and one set of overlays.

    Faults of what packs state themselves are reported by the first that reads it into `stated`.
    """

    def __init__(
        self,
        names: Namespace,
        stated: Stated,
        overlays: Sequence[OverlayBlock],
        on: datetime.date,
        known_on: datetime.date | None,
        problems: list[Problem],
    ) -> None:
        self.names = names
        self.stated = stated
        self.on = on
        self.known_on = known_on
        self.problems = problems
        self.layers = sorted(overlays, key=lambda overlay: overlay.kind != "scenario")
        self.overlaid = {str(key) for layer in self.layers for key in (*layer.parameters, *layer.rules)}
        self._candidates: dict[str, list[list[Dated[ValueBlock]]]] = {}
        self._sources: dict[str, dict[str, SourceBlock]] = {}

    def sources(self, declared: Declared, layer: OverlayBlock | None) -> dict[str, SourceBlock]:
        """The instruments that a value or rule may cite: those of its packs, and the overlay's own."""
        instance = declared.key.partition(".")[0]
        if instance not in self._sources:
            self._sources[instance] = self.names.sources_of(instance)
        own = self._sources[instance]
        return own if layer is None else {**own, **layer.sources}

    def parameter(self, declared: DeclaredParameter, day: datetime.date) -> Chosen[ValueBlock]:
        """The value of a parameter in force on `day`."""
        if self.known_on is None and declared.key not in self.overlaid:
            return _kept_choice(self.stated.chosen_values.setdefault(declared.key, []), self._own(declared), day)
        if declared.key not in self._candidates:
            self._candidates[declared.key] = self._value_layers(declared)
        return choose(self._candidates[declared.key], day, self.known_on)

    def rule(self, declared: DeclaredRule) -> Chosen[RuleVersion]:
        """The version of a rule in force on the day decided."""
        own = self.stated.rules.get(declared.key)
        if own is None:
            own = self.stated.rules[declared.key] = [
                self._dated_rule(declared, version) for version in declared.versions
            ]
        if self.known_on is None and declared.key not in self.overlaid:
            return _kept_choice(self.stated.chosen_rules.setdefault(declared.key, []), own, self.on)
        replaced = [[_replacing(declared, layer)] for layer in self.layers if declared.key in layer.rules]
        return choose([*replaced, own], self.on, self.known_on)

    def _dated_rule(self, declared: DeclaredRule, version: RuleVersion) -> Dated[RuleVersion]:
        block, sources = version.block, self.sources(declared, None)
        published = published_day(block.published, block.cite, sources, version.from_date, version.at, self.problems)
        return Dated(version, version.from_date, _until(block.until), published, block.repealed is not None, version.at)

    def _own(self, declared: DeclaredParameter) -> list[Dated[ValueBlock]]:
        """The values that the parameter's pack states."""
        own = self.stated.values.get(declared.key)
        if own is None:
            own = self.stated.values[declared.key] = [
                self._dated_value(declared, value, None) for value in declared.entry.block.values
            ]
            _refuse_holes(own, self.problems)
        return own

    def _value_layers(self, declared: DeclaredParameter) -> list[list[Dated[ValueBlock]]]:
        found: list[list[Dated[ValueBlock]]] = [self._own(declared)]
        for layer in reversed(self.layers):
            block = layer.parameters.get(Text(declared.key))
            if block is None or self._has_other_shape(declared, block):
                continue
            if isinstance(block, OverlayValuesBlock):
                found.insert(0, [self._dated_value(declared, value, layer) for value in block.values])
                continue
            in_force = choose(found, self.on, self.known_on)
            if in_force.dated is not None and not in_force.dated.repealed:
                found.insert(0, [self._bare_value(block, layer, in_force.period)])
        return found

    def _has_other_shape(self, declared: DeclaredParameter, block: Text | OverlayValuesBlock) -> bool:
        """Whether an overlay gives one value where the parameter has rows, or rows where it has one value."""
        rows = declared.entry.block.key is not None
        one, several = (
            Both("one value", "一个值"),
            Both("rows (table, bands or scale)", "分档（table、bands 或 scale）"),
        )
        values = block.values if isinstance(block, OverlayValuesBlock) else [block]
        faults = len(self.problems)
        for value in values:
            plain = value if isinstance(value, Text) else value.value
            if (plain is not None and not plain.is_null) if rows else plain is None and _has_rows(value):
                found, expected = (one, several) if rows else (several, one)
                self.problems.append(problem("overlay-shape", value.at, found=found, expected=expected))
        return len(self.problems) > faults

    def _dated_value(
        self, declared: DeclaredParameter, block: ValueBlock, layer: OverlayBlock | None
    ) -> Dated[ValueBlock]:
        from_date = read_day(block.from_)
        if from_date is None:
            self.problems.append(problem("value-unreadable", block.from_.at, found=block.from_, expected=A_DAY))
            from_date = datetime.date.max
        if layer is not None and layer.kind == "scenario" and block.published is None:
            published = datetime.date.min
        else:
            published = published_day(
                block.published, block.cite, self.sources(declared, layer), from_date, block.at, self.problems
            )
        return Dated(block, from_date, _until(block.until), published, block.repealed is not None, block.at, layer)

    def _bare_value(self, text: Text, layer: OverlayBlock, run: Period) -> Dated[ValueBlock]:
        """A scenario's bare text replaces the value in force on the day decided; other dates stay."""
        start = run.start or datetime.date.min
        block = ValueBlock.model_construct(from_=Text(start.isoformat(), text.at), value=text, at=text.at)
        return Dated(block, start, run.end, datetime.date.min, False, text.at, layer)


def _has_rows(value: Text | ValueBlock) -> bool:
    return isinstance(value, ValueBlock) and any(rows is not None for rows in (value.table, value.bands, value.scale))


def _replacing(declared: DeclaredRule, layer: OverlayBlock) -> Dated[RuleVersion]:
    """A scenario's rule: in force on every day."""
    block, first = layer.rules[Text(declared.key)], declared.versions[0]
    version = RuleVersion(first.name, block.at, first.from_date, block)
    return Dated(version, datetime.date.min, None, datetime.date.min, False, block.at, layer)


def _until(text: Text | None) -> datetime.date | None:
    return None if text is None else read_day(text)


def _refuse_holes(candidates: Sequence[Dated[Item]], problems: list[Problem]) -> None:
    """After a value that ends, the next must begin the day after, or the end must be marked repealed."""
    starts = sorted({candidate.from_date for candidate in candidates})
    for candidate in candidates:
        later = [start for start in starts if start > candidate.from_date]
        if candidate.until is not None and (not later or later[0] != candidate.until + ONE_DAY):
            following = candidate.until + ONE_DAY
            problems.append(problem("dates-hole", candidate.at, found=candidate.until, expected=following))
