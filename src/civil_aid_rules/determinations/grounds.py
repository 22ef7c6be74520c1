"""The grounds of a value: the facts, rules and legal values that decided it, the branches taken, the conditions met.

As in the interpreter, there is a function for each node, put together once: it looks at one evaluation of the node and
adds what the value rests on. It looks only at branches that were taken or may be, and at operands that settled a
condition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, assert_never

from civil_aid_rules.backends.evaluation import Env, Meaning
from civil_aid_rules.backends.interpreter import chosen_option
from civil_aid_rules.backends.lists import entries_of
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.errors import InternalError
from civil_aid_rules.facts.extract import Item
from civil_aid_rules.ir.nodes import (
    Aggregate,
    Arithmetic,
    Branch,
    Cases,
    Choose,
    Comparison,
    Connective,
    Constant,
    DateFunction,
    DecidedDay,
    Decision,
    Division,
    EntryRead,
    Exceptions,
    Extreme,
    FactRead,
    Graduated,
    IsSet,
    ListRead,
    Named,
    Node,
    Not,
    ParameterRead,
    Pick,
    Rank,
    Round,
    RuleRead,
    TableRead,
    Through,
    Undefined,
)
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.types import NumberType, Type
from civil_aid_rules.ir.values import UNKNOWN, ItemReference, Value
from civil_aid_rules.quantities.units import Unit

_COUNT = NumberType(Unit())


class Input(NamedTuple):
    """Something that a rule's value rests on: a fact, a list or another rule (`of` an entry), or a dated legal value.

    The value of a list is how many entries it has.
    """

    kind: Literal["fact", "list", "rule", "parameter"]
    own_name: str
    of: str | None
    title: Bilingual
    type: Type
    value: Value
    parameter: ParameterValue | None

    @property
    def name(self) -> str:
        """A fact or list by its path; a rule by its key and its entry; a legal value by its key and its frozen day."""
        if self.of is None:
            return self.own_name
        return f"{self.own_name} {self.of}" if self.kind == "rule" else f"{self.of}.{self.own_name}"


Read = FactRead | ListRead | Rule | ParameterValue
Key = tuple[Item, int] | tuple[Item, str] | tuple[int, Item] | str
"""What was read, once: a fact of an entry by its slot, a list of one by its path, a rule for an entry, a parameter."""


@dataclass(slots=True)
class Grounds:
    """What a value rests on, as far as it has been looked at, among the `values` of the rules.

    `found` has each thing read once; `named` the conditions and lines with their values, the branches taken with none.
    Both are kept as they were found, and made into what a trace shows when someone looks.
    """

    values: Sequence[Sequence[Value]]
    found: dict[Key, Read]
    named: list[tuple[Named, Value | None]]

    @property
    def inputs(self) -> dict[Key, Input]:
        """The facts, lists, rules and legal values that were read, each once."""
        return {key: _input(key, read, self.values) for key, read in self.found.items()}

    @property
    def branches(self) -> tuple[Named, ...]:
        """The cases, exceptions, rows and options taken."""
        return tuple(named for named, value in self.named if value is None)

    @property
    def conditions(self) -> tuple[tuple[Named, Value], ...]:
        """Each named condition with its value."""
        return self._with_values("condition")

    @property
    def lines(self) -> tuple[tuple[Named, Value], ...]:
        """Each line of a sum with its value."""
        return self._with_values("line")

    def _with_values(self, kind: str) -> tuple[tuple[Named, Value], ...]:
        return tuple((named, value) for named, value in self.named if named.kind == kind and value is not None)


Look = Callable[[Env, Grounds], None]
"""Looks at one evaluation of a node."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Puts together how the nodes of one program are looked at."""

    program: Program
    meanings: dict[int, Meaning]

    def look(self, node: Node) -> Look:
        """How a node is looked at."""
        match node:
            case Constant() | DecidedDay() | Undefined() | EntryRead():
                return _nothing
            case FactRead():
                return _fact(node)
            case RuleRead():
                return self._rule(node)
            case Through():
                return self._through(node)
            case ParameterRead(parameter) | IsSet(parameter):
                return _parameter(parameter)
            case TableRead(parameter, inner) | Graduated(parameter, inner):
                return _all([_parameter(parameter), self.look(inner)])
            case Named():
                return self._named(node)
            case Connective():
                return self._connective(node)
            case Cases():
                return self._cases(node)
            case Exceptions(base, branches):
                return self._open_branches(branches, self.look(base), every_test=True)
            case Decision(hit, rows):
                return self._open_branches(rows, _nothing, every_test=hit == "collect")
            case Choose():
                return self._choose(node)
            case Aggregate() | Pick() | Rank():
                return self._entries(node)
            case Arithmetic(left=left, right=right) | Comparison(left=left, right=right):
                return _all([self.look(left), self.look(right)])
            case Division():
                return self._division(node)
            case Not(operand) | Round(operand):
                return self.look(operand)
            case DateFunction(arguments=parts) | Extreme(operands=parts):
                return _all([self.look(part) for part in parts])
            case _:
                assert_never(node)

    def _meaning(self, node: Node) -> Meaning:
        return self.meanings[id(node)]

    # --- what is read --------------------------------------------------------------------------------------------

    def _rule(self, node: RuleRead) -> Look:
        read, variable, slot = self.program.rules[node.rule], node.variable, node.rule

        def look(env: Env, grounds: Grounds) -> None:
            grounds.found.setdefault((slot, env.entries[variable]), read)

        return look

    def _through(self, node: Through) -> Look:
        reference, look_at_reference = self._meaning(node.reference), self.look(node.reference)

        def look(env: Env, grounds: Grounds) -> None:
            look_at_reference(env, grounds)
            found = reference(env)
            if isinstance(found, ItemReference):
                entry = env.facts.items[found.scope][found.ordinal]
                if isinstance(node.target, RuleRead):
                    grounds.found.setdefault((node.target.rule, entry), self.program.rules[node.target.rule])
                else:
                    grounds.found.setdefault((entry, node.target.slot), node.target)

        return look

    # --- operators -----------------------------------------------------------------------------------------------

    def _named(self, node: Named) -> Look:
        has_value = node.kind in ("condition", "line")
        meaning, look_at_body = self._meaning(node), self.look(node.body)

        def look(env: Env, grounds: Grounds) -> None:
            grounds.named.append((node, meaning(env) if has_value else None))
            look_at_body(env, grounds)

        return look

    def _connective(self, node: Connective) -> Look:
        """The operands that settle it, all where none does. Conditions that do not settle it are named all the same."""
        settles = node.operator == "or"
        meanings = [self._meaning(operand) for operand in node.operands]
        named = [operand if isinstance(operand, Named) else None for operand in node.operands]
        looks = [self.look(operand.body if isinstance(operand, Named) else operand) for operand in node.operands]

        def look(env: Env, grounds: Grounds) -> None:
            values = [meaning(env) for meaning in meanings]
            settled = settles in values
            for condition, value, look_at in zip(named, values, looks, strict=True):
                if condition is not None:
                    grounds.named.append((condition, value))
                if not settled or value is settles:
                    look_at(env, grounds)

        return look

    def _division(self, node: Division) -> Look:
        """`if_zero` only where the divisor is zero."""
        both, divisor = _all([self.look(node.left), self.look(node.right)]), self._meaning(node.right)
        instead = _nothing if node.if_zero is None else self.look(node.if_zero)

        def look(env: Env, grounds: Grounds) -> None:
            both(env, grounds)
            if divisor(env) == 0:
                instead(env, grounds)

        return look

    # --- branches ------------------------------------------------------------------------------------------------

    def _branches(self, branches: Sequence[Branch]) -> list[tuple[Meaning, Look, Look]]:
        return [(self._meaning(part.test), self.look(part.test), self.look(part.value)) for part in branches]

    def _cases(self, node: Cases) -> Look:
        branches, otherwise = self._branches(node.branches), self.look(node.otherwise)

        def look(env: Env, grounds: Grounds) -> None:
            for test, look_at_test, look_at_value in branches:
                holds = test(env)
                look_at_test(env, grounds)
                if holds is not False:
                    look_at_value(env, grounds)
                if holds is True:
                    return
            otherwise(env, grounds)

        return look

    def _open_branches(self, parts: Sequence[Branch], otherwise: Look, *, every_test: bool) -> Look:
        """The branches that apply or may apply, and `otherwise` where none surely does.

        The tests of all of them count, unless one that applies is enough: then its own.
        """
        branches = self._branches(parts)

        def look(env: Env, grounds: Grounds) -> None:
            tests = [test(env) for test, _, _ in branches]
            applied = True in tests
            for (_, look_at_test, look_at_value), holds in zip(branches, tests, strict=True):
                if holds is True or every_test or not applied:
                    look_at_test(env, grounds)
                if holds is True or (holds is not False and (every_test or not applied)):
                    look_at_value(env, grounds)
            if not applied:
                otherwise(env, grounds)

        return look

    def _choose(self, node: Choose) -> Look:
        options = _all([self.look(option.body) for option in node.options])

        def look(env: Env, grounds: Grounds) -> None:
            used = chosen_option(node, env)
            options(env, grounds)
            if used is not None:
                grounds.named.append((used, None))

        return look

    # --- lists ---------------------------------------------------------------------------------------------------

    def _entries(self, node: Aggregate | Pick | Rank) -> Look:
        """How many entries there are, the condition of each, and what each entry that counts contributes.

        Where no entry surely counts, also what stands in for nothing; of a place, what an entry outside the order has.
        """
        entries, variable, part = node.entries, node.variable, self._contribution(node)
        condition = None if node.condition is None else self._meaning(node.condition)
        look_at_condition = _nothing if node.condition is None else self.look(node.condition)
        instead = self._instead(node)

        def look(env: Env, grounds: Grounds) -> None:
            grounds.found.setdefault((env.entries[entries.variable], entries.scope), entries)
            counted = False
            for entry in entries_of(entries, env) or ():
                env.entries[variable] = entry
                test: Value = True if condition is None else condition(env)
                look_at_condition(env, grounds)
                if test is not False:
                    part(env, grounds)
                counted = counted or test is True
            if not counted:
                instead(env, grounds)

        return look

    def _contribution(self, node: Aggregate | Pick | Rank) -> Look:
        if isinstance(node, Aggregate):
            return _nothing if node.function == "count" else self.look(node.value)
        return self.look(node.by)

    def _instead(self, node: Aggregate | Pick | Rank) -> Look:
        other = node.if_empty if isinstance(node, Aggregate) else node.outside if isinstance(node, Rank) else None
        return _nothing if other is None else self.look(other)


# --- adding an input --------------------------------------------------------------------------------------------------


def _nothing(env: Env, grounds: Grounds) -> None:
    """A written value and the entry itself rest on nothing."""


def _all(looks: Sequence[Look]) -> Look:
    def look(env: Env, grounds: Grounds) -> None:
        for look_at in looks:
            look_at(env, grounds)

    return look


def _fact(node: FactRead) -> Look:
    variable, slot = node.variable, node.slot

    def look(env: Env, grounds: Grounds) -> None:
        grounds.found.setdefault((env.entries[variable], slot), node)

    return look


def _parameter(parameter: ParameterValue) -> Look:
    name = _parameter_name(parameter)

    def look(env: Env, grounds: Grounds) -> None:
        grounds.found[name] = parameter

    return look


def _parameter_name(parameter: ParameterValue) -> str:
    return parameter.key if parameter.frozen_on is None else f"{parameter.key} {parameter.frozen_on}"


# --- what was found, as a trace shows it ------------------------------------------------------------------------------


def _input(key: Key, read: Read, values: Sequence[Sequence[Value]]) -> Input:
    match key, read:
        case (Item() as entry, _), FactRead():
            return Input("fact", read.name, entry.path, read.title, read.type, entry.facts[read.slot], None)
        case (Item() as owner, str(scope)), ListRead():
            held = owner.lists[read.slot]
            count: Value = UNKNOWN if held is UNKNOWN else len(held)
            return Input("list", scope.rpartition(".")[2], owner.path, read.title, _COUNT, count, None)
        case (int(slot), Item() as entry), Rule():
            of = entry.path if read.scope else None
            return Input("rule", read.key, of, read.title, read.type, values[slot][entry.ordinal], None)
        case str(name), ParameterValue():
            return Input("parameter", name, None, read.title, read.type, read.value, read)
        case _:
            raise InternalError(f"nothing is read as {key!r}")
