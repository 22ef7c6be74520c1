"""What a notice is made from: a determination, and what only the caller knows: names, the office, the day decided."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.backends.interpreter import evaluate
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.determine import shown_values
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.determinations.trace import trace
from civil_aid_rules.errors import Both, EvaluationError, problem
from civil_aid_rules.ir.notices import Beside
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities.calendar import months_before, start_of_month
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.quantities.in_words import quantity
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.beside import beside_pairs
from civil_aid_rules.render.blocks import Pair, Point
from civil_aid_rules.render.evidence import Evidence
from civil_aid_rules.render.phrases import phrase
from civil_aid_rules.render.places import Places
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.shown import day
from civil_aid_rules.render.works import Explainer

_PERSON = Unit((("person", 1),))
_NO_NAME = Both("the id of a person on the record", "记录中的人员编号")


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller states: who is addressed, names of persons by id, who signs, and on which day.

    Nothing of it is taken from the record, and what is left out is a blank to fill in.
    """

    addressee: str | None = None
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    office: str | None = None
    decided_on: datetime.date | None = None


def given(
    addressee: str | None, names: Mapping[str, str] | None, office: str | None, decided_on: str | datetime.date | None
) -> Given:
    """What a caller stated. Raises EvaluationError for a day that cannot be read."""
    read = read_day(decided_on) if isinstance(decided_on, str) else decided_on
    if decided_on is not None and (read is None or isinstance(read, datetime.datetime)):
        raise EvaluationError([problem("day-unreadable", "decided_on", found=decided_on, expected="YYYY-MM-DD")])
    return Given(addressee, MappingProxyType(dict(names or {})), office, read)


class Case:
    """One determination as a notice reads it out."""

    def __init__(self, result: Result, evaluation: Evaluation, stated: Given) -> None:
        self.result = result
        self.evaluation = evaluation
        self.stated = stated
        self.reading = Reading(evaluation, stated.names)
        self.places = Places(self.reading.entries)
        self.evidence = Evidence(self.reading)
        self.explainer = Explainer(self.reading)
        _refuse_strangers(evaluation, stated.names)

    @property
    def program(self) -> Program:
        """The program that decided."""
        return self.evaluation.program

    def shown(self, items: tuple[Beside, ...]) -> tuple[Pair, ...]:
        """The values that a form shows; what is not known, or known to be none, is left out."""
        known = [item for item in shown_values(self.evaluation, items) if item.value not in (None, "none")]
        return beside_pairs(known, items, self.reading)

    def day(self, item: Beside | None) -> datetime.date | None:
        """A day that the record states."""
        if item is None:
            return None
        value = evaluate(item.node, self.evaluation.env_of_record(item.variables))
        return value if isinstance(value, datetime.date) else None

    def count(self, slot: int | None) -> Bilingual:
        """How many are covered: `3 persons`, 3人."""
        scope = "" if slot is None else self.program.rules[slot].scope
        parent, _, name = scope.rpartition(".")
        lists = self.evaluation.facts.vocabulary.scopes[parent].lists
        return quantity(len(self.covered(slot)), lists[name].unit if name in lists else Unit())

    def covered(self, slot: int | None) -> tuple[tuple[str, str | None], ...]:
        """Who is covered: the place and the id of each."""
        if slot is None:
            return ()
        rule = self.program.rules[slot]
        entries = zip(self.evaluation.frames[rule.scope], self.evaluation.values[slot], strict=True)
        return tuple((frame[-1].path, frame[-1].id) for frame, value in entries if value is True)

    def sums(self) -> tuple[Point, ...]:
        """How each payment above zero is made up; where it is no sum, with the numbers that it is made of."""
        steps = trace(self.evaluation)
        places = {(step.rule.key, step.entry): step for step in steps}
        points: dict[tuple[Bilingual, Bilingual], None] = {}
        for paid in (step for step in steps if step.rule.slot == self.program.outcome.payment):
            if paid.value in (0, UNKNOWN):
                continue
            read = (places.get((item.own_name, item.of or "$")) for item in paid.inputs if item.kind == "rule")
            numbers = [step for step in read if step is not None and isinstance(step.rule.type, NumberType)]
            for step in (*(() if paid.lines else numbers), paid):
                shown = self.explainer.sums(step)
                points |= {(self.places.titled(step.entry, title), text): None for title, text in shown}
        return tuple(Point(title, facts=(text,)) for title, text in points)


def _refuse_strangers(evaluation: Evaluation, names: Mapping[str, str]) -> None:
    """A name is given for a person on the record, or it is a mistake."""
    scopes = evaluation.facts.vocabulary.scopes
    persons = {found.scope for scope in scopes.values() for found in scope.lists.values() if found.unit == _PERSON}
    known = [item.id for scope in persons for item in evaluation.facts.items[scope] if item.id is not None]
    strange = [key for key in names if key not in known]
    if strange:
        raise EvaluationError(
            [problem("notice-person", "names", found=key, expected=instead_of(key, known, _NO_NAME)) for key in strange]
        )


def day_or_blank(found: datetime.date | None) -> Bilingual:
    """A day, or a blank for it."""
    return phrase("blank_day") if found is None else day(found)


def month_or_blank(found: datetime.date | None) -> Bilingual:
    """`2016-05`, 2016年5月; or a blank for it."""
    if found is None:
        return phrase("blank_month")
    return phrase("notice_month", year=str(found.year), month=f"{found.month:02}", bare=str(found.month))


def month_after(decided: datetime.date | None, months: object) -> datetime.date | None:
    """The first day of the month so many months after a day; None where either is not known."""
    if decided is None or not isinstance(months, int):
        return None
    return months_before(start_of_month(decided), -months)
