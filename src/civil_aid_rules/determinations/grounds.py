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


@dataclass(slots=True)
class Grounds:
    """What a value rests on, as far as it has been looked at; each input once, by what it is."""

    inputs: dict[object, Input]
    branches: list[Named]
    conditions: list[tuple[Named, Value]]
    lines: list[tuple[Named, Value]]


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
            _add_rule(read, env.entries[variable], env.values[slot], grounds)

        return look

    def _through(self, node: Through) -> Look:
        reference, look_at_reference = self._meaning(node.reference), self.look(node.reference)

        def look(env: Env, grounds: Grounds) -> None:
            look_at_reference(env, grounds)
            found = reference(env)
            if isinstance(found, ItemReference):
                entry = env.facts.items[found.scope][found.ordinal]
                if isinstance(node.target, RuleRead):
                    _add_rule(self.program.rules[node.target.rule], entry, env.values[node.target.rule], grounds)
                else:
                    _add_fact(node.target, entry, grounds)

        return look

    # --- operators -----------------------------------------------------------------------------------------------

    def _named(self, node: Named) -> Look:
        meaning, look_at_body = self._meaning(node), self.look(node.body)

        def look(env: Env, grounds: Grounds) -> None:
            if node.kind == "condition":
                grounds.conditions.append((node, meaning(env)))
            elif node.kind == "line":
                grounds.lines.append((node, meaning(env)))
            else:
                grounds.branches.append(node)
            look_at_body(env, grounds)

        return look

    def _connective(self, node: Connective) -> Look:
        """The operands that settle it, all where none does. Conditions that do not settle it are named all the same."""
        settles = node.operator == "or"
        meanings = [self._meaning(operand) for operand in node.operands]
        looks = [self.look(operand) for operand in node.operands]

        def look(env: Env, grounds: Grounds) -> None:
            values = [meaning(env) for meaning in meanings]
            settled = settles in values
            for place, value in enumerate(values):
                if not settled or value is settles:
                    looks[place](env, grounds)
                elif isinstance(operand := node.operands[place], Named):
                    grounds.conditions.append((operand, value))

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
                grounds.branches.append(used)

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
            _add_list(entries, env, grounds)
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
    variable = node.variable

    def look(env: Env, grounds: Grounds) -> None:
        _add_fact(node, env.entries[variable], grounds)

    return look


def _add_fact(node: FactRead, entry: Item, grounds: Grounds) -> None:
    key = (entry, node.slot)
    if key not in grounds.inputs:
        grounds.inputs[key] = Input("fact", node.name, entry.path, node.title, node.type, entry.facts[node.slot], None)


def _add_list(read: ListRead, env: Env, grounds: Grounds) -> None:
    owner = env.entries[read.variable]
    key = (owner, read.scope)
    if key not in grounds.inputs:
        held = owner.lists[read.slot]
        count: Value = UNKNOWN if held is UNKNOWN else len(held)
        name = read.scope.rpartition(".")[2]
        grounds.inputs[key] = Input("list", name, owner.path, read.title, _COUNT, count, None)


def _add_rule(read: Rule, entry: Item, values: Sequence[Value], grounds: Grounds) -> None:
    key = (read.slot, entry.ordinal)
    if key not in grounds.inputs:
        of = entry.path if read.scope else None
        grounds.inputs[key] = Input("rule", read.key, of, read.title, read.type, values[entry.ordinal], None)


def _parameter(parameter: ParameterValue) -> Look:
    frozen = "" if parameter.frozen_on is None else f" {parameter.frozen_on}"
    name = parameter.key + frozen
    read = Input("parameter", name, None, parameter.title, parameter.type, parameter.value, parameter)

    def look(env: Env, grounds: Grounds) -> None:
        grounds.inputs[name] = read

    return look
