"""What rules may name, read from a record model: any Pydantic model whose fields carry a `Fact` or an `Entry`.

A fact's name is dotted for a group (`disability.grade`); a list's path names its entries' scope (`members.income`).
"""

from __future__ import annotations

import datetime
import types
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.errors import Both, Problem, RulebookError, problem
from civil_aid_rules.facts.limits import Limits, limits_of
from civil_aid_rules.facts.model_faults import model_faults
from civil_aid_rules.ir.types import DateType, GroupType, ItemType, NumberType, TextType, Type, YesNoType
from civil_aid_rules.ir.values import NONE, UNKNOWN, Value
from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Fact
from civil_aid_rules.quantities.units import Unit, parse_unit
from civil_aid_rules.records.fields import is_list


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact: its dotted name, its place, its type, whether it may be known to be none, titles.

    `says_none`: whether its own field takes the text "none"; without it only a group or an absence makes it none.
    `attribute` holds it in the record, or the group that it is `within`. `absent` is what it is where that is absent;
    `within` has the further attributes, each with what the fact is where that one is absent. `limits` bound a number.
    """

    name: str
    slot: int
    path: str
    type: Type
    may_be_none: bool
    says_none: bool
    en: str
    zh: str
    absent_cite: str | None
    attribute: str
    absent: Value
    within: tuple[tuple[str, Value], ...]
    choice_titles: tuple[tuple[str, Bilingual], ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class ListField:
    """One list: its name, its place, the scope of its entries, what one entry counts as, titles."""

    name: str
    slot: int
    path: str
    scope: str
    unit: Unit
    en: str
    zh: str
    limit: int


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """The facts and lists of the record itself (scope "") or of a list's entries; `id_field` names an entry."""

    scope: str
    facts: dict[str, FactField]
    lists: dict[str, ListField]
    id_field: str | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that rules over one record model may name."""

    record: str
    scopes: dict[str, ScopeFacts]


@dataclass(frozen=True, slots=True)
class _Field:
    """A model field taken apart: its alternatives without None and "none", and its markers."""

    alternatives: tuple[Any, ...]
    may_be_none: bool
    fact: Fact | None
    entry: Entry | None
    titles: ChoiceTitles | None
    limits: Limits


def read_vocabulary(model: type[BaseModel]) -> Vocabulary:
    """The vocabulary of a record model. Raises RulebookError naming every field that rules cannot read."""
    faults = model_faults(model)
    if faults:
        raise RulebookError(faults)
    reader = _ModelReader()
    reader.scope(model, "", None)
    if reader.problems:
        raise RulebookError(reader.problems)
    return Vocabulary(model.__name__, reader.scopes)


class _ModelReader:
    """Walks a model and its lists."""

    def __init__(self) -> None:
        self.scopes: dict[str, ScopeFacts] = {}
        self.problems: list[Problem] = []

    def scope(self, model: type[BaseModel], scope: str, id_field: str | None) -> None:
        """Read the fields of the record or of one list's entries."""
        facts: dict[str, FactField] = {}
        lists: dict[str, ListField] = {}
        self.scopes[scope] = ScopeFacts(scope, facts, lists, id_field)
        self.fields(model, self.scopes[scope], (), False, ())

    def fields(
        self,
        model: type[BaseModel],
        into: ScopeFacts,
        lead: tuple[str, ...],
        may_be_none: bool,
        absent: tuple[Value, ...],
    ) -> None:
        """Read the fields of a model, or of a group (`lead` names it) within it."""
        hints = get_type_hints(model, include_extras=True)
        for name, info in model.model_fields.items():
            field = _taken_apart(hints[name])
            where = f"{model.__name__}.{name}"
            if field.fact is None and field.entry is None:
                continue
            if not info.is_required() and info.default is not None:
                default = info.default if info.default_factory is None else info.default_factory
                self.refuse("record-model-default", where, repr(default), "None")
            if field.entry is not None:
                self.list(field, field.entry, name, where, into)
            elif field.fact is not None:
                self.fact(field, field.fact, (*lead, name), where, into, may_be_none, absent)

    def refuse(self, code: str, where: str, found: object, expected: object) -> None:
        """Report a field that rules cannot read."""
        self.problems.append(problem(code, where, found=found, expected=expected))

    def list(self, field: _Field, entry: Entry, name: str, where: str, into: ScopeFacts) -> None:
        """A list of models becomes a scope of its own."""
        alone = field.alternatives[0] if len(field.alternatives) == 1 else None
        items = get_args(alone)[:1] if is_list(alone) else ()
        unit = parse_unit(entry.unit)
        if len(items) != 1 or not (isinstance(items[0], type) and issubclass(items[0], BaseModel)) or unit is None:
            expected = Both("list[Model] | None, with a unit that exists", "list[Model] | None，并有存在的单位")
            self.refuse("record-model-type", where, _shown(field), expected)
            return
        scope = f"{into.scope}.{name}" if into.scope else name
        into.lists[name] = ListField(
            name, len(into.lists), scope.replace(".", "[]."), scope, unit, entry.en, entry.zh, entry.limit
        )
        self.scope(items[0], scope, entry.id)

    def fact(
        self,
        field: _Field,
        fact: Fact,
        names: tuple[str, ...],
        where: str,
        into: ScopeFacts,
        group_none: bool,
        group_absent: tuple[Value, ...],
    ) -> None:
        """A single fact, or a group of them."""
        absent = (*group_absent, NONE if fact.absent == "none" else UNKNOWN)
        may_be_none = field.may_be_none or fact.absent == "none"
        found = field.alternatives[0] if len(field.alternatives) == 1 else None
        group = isinstance(found, type) and issubclass(found, BaseModel)
        type_ = GroupType() if group else self.type_of(found, fact)
        if type_ is None:
            self.refuse("record-model-type", where, _shown(field), _FACT_TYPES)
            return
        dotted = ".".join(names)
        path = f"{into.scope.replace('.', '[].')}[].{dotted}" if into.scope else dotted
        titles = (
            tuple((key, Bilingual(en=en, zh=zh)) for key, (en, zh) in field.titles.titles.items())
            if field.titles
            else ()
        )
        into.facts[dotted] = FactField(
            dotted,
            len(into.facts),
            path,
            type_,
            may_be_none or group_none,
            field.may_be_none,
            fact.en,
            fact.zh,
            fact.cite,
            names[0],
            absent[0],
            tuple(zip(names[1:], absent[1:], strict=True)),
            titles,
            field.limits,
        )
        if group and isinstance(found, type):
            self.fields(found, into, names, group_none or may_be_none, absent)

    def type_of(self, found: Any, fact: Fact) -> Type | None:
        """The type that rules see; None where there is none."""
        unit = parse_unit(fact.unit) if fact.unit is not None else Unit()
        if fact.references is not None:
            return ItemType(fact.references) if found is str else None
        if get_origin(found) is Literal:
            choices = tuple(item for item in get_args(found) if item != "none")
            return TextType(choices) if choices and all(isinstance(item, str) for item in choices) else None
        if found is bool:
            return YesNoType()
        if found is datetime.date:
            return DateType()
        if found is Decimal and fact.unit is None:
            return None
        return NumberType(unit) if found in (int, Decimal) and unit is not None else None


_FACT_TYPES = Both(
    "Money with a unit, Day, bool, int, Literal[texts], or str with references=",
    "带 unit 的 Money、Day、bool、int、Literal[文字]，或带 references= 的 str",
)


def _shown(field: _Field) -> str:
    return " | ".join(getattr(part, "__name__", str(part)) for part in field.alternatives) or "None"


def _taken_apart(hint: Any) -> _Field:
    """A type hint without Annotated and unions."""
    alternatives: list[Any] = []
    markers: list[Any] = []
    may_be_none = False
    waiting = [hint]
    while waiting:
        here = waiting.pop(0)
        if get_origin(here) is Annotated:
            markers.extend(here.__metadata__)
            waiting.insert(0, here.__origin__)
        elif get_origin(here) in (Union, types.UnionType):
            waiting = [*get_args(here), *waiting]
        elif get_origin(here) is Literal and get_args(here) == ("none",):
            may_be_none = True
        elif here is not type(None):
            may_be_none = may_be_none or (get_origin(here) is Literal and "none" in get_args(here))
            alternatives.append(here)
    fact = next((item for item in markers if isinstance(item, Fact)), None)
    entry = next((item for item in markers if isinstance(item, Entry)), None)
    titles = next((item for item in markers if isinstance(item, ChoiceTitles)), None)
    return _Field(tuple(alternatives), may_be_none, fact, entry, titles, limits_of(alternatives, markers))
