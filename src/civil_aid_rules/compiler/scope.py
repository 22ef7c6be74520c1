"""What a rule's expressions may name, and what each name turned out to be."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.namespace import Declared
from civil_aid_rules.errors import Problem
from civil_aid_rules.facts.vocabulary import ScopeFacts, Vocabulary
from civil_aid_rules.ir.nodes import Node
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.types import NumberType, Type
from civil_aid_rules.language import syntax
from civil_aid_rules.quantities.calendar import AgeRule, Period
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.source import SourceSpan


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression's meaning: its node and type. `type` None: a fault has been reported, say no more about it.

    `literal` is a whole number as written, `at` where a number or text is written out, `path` what a comparison with
    `none` narrows.
    """

    node: Node
    type: Type | None
    may_be_none: bool = False
    literal: int | None = None
    path: str | None = None
    at: SourceSpan | None = None

    @property
    def unit(self) -> Unit | None:
        """The unit, where this is a number."""
        return self.type.unit if isinstance(self.type, NumberType) else None


@dataclass(frozen=True, slots=True)
class Variable:
    """A name bound by `for_each` or a comprehension: its place in the frame, its list, and one entry's unit."""

    index: int
    scope: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Signature:
    """What others need to know of a rule: slot, type, scope, and whether its value may be known to be none.

    `type` None: the rule's head is at fault, and that has been reported.
    """

    key: str
    slot: int
    type: Type | None
    scope: str
    may_be_none: bool


FrozenDay = Callable[[datetime.date], datetime.date]
"""A day that a rule computes from `on` alone: last year's first day, for the day decided."""


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A name that has no value or rule on the day compiled for: not yet, (`ended`) no longer, or not as known then.

    `reported`: what declares it is at fault, and that has been said.
    """

    ranges: tuple[Period, ...]
    ended: bool
    known_on: datetime.date | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What all rules of one program share while they are elaborated."""

    vocabulary: Vocabulary
    on: datetime.date
    visible: Callable[[str], dict[str, Declared]]
    reached: Callable[[str], Mapping[str, object]]
    signature: Callable[[str], Signature | NotInForce]
    parameter: Callable[[str, FrozenDay | None], ParameterValue | NotInForce]
    parse: Callable[[str, SourceSpan], syntax.Expression | tuple[Problem, ...]]
    age_rule: AgeRule | None


@dataclass(slots=True)
class RuleScope:
    """The names of one rule, and what its modifiers say about zero, empty lists and none."""

    context: Context
    instance: str
    variables: dict[str, Variable]
    problems: list[Problem]
    if_zero: Callable[[Type], Node] | None = None
    if_empty: Callable[[Type], Node] | None = None
    narrowed: frozenset[str] = frozenset()
    counter: list[int] = field(default_factory=lambda: [1])

    def new_variable(self, name: str, scope: str, unit: Unit) -> tuple[RuleScope, Variable]:
        """This scope with one more bound name."""
        variable = Variable(self.counter[0], scope, unit)
        self.counter[0] += 1
        return replace(self, variables={**self.variables, name: variable}), variable

    def narrow(self, paths: frozenset[str]) -> RuleScope:
        """This scope where the facts at `paths` are known not to be none."""
        return self if paths <= self.narrowed else replace(self, narrowed=self.narrowed | paths)

    def facts(self, scope: str) -> ScopeFacts:
        """The facts and lists of the record (scope "") or of a list's entries."""
        return self.context.vocabulary.scopes[scope]


def title_of(en: str, zh: str) -> Bilingual:
    """A title in both languages."""
    return Bilingual(en=en, zh=zh)
