"""Evaluation order. A cycle is reported with the names of its rules; rules that nothing needs are left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.nodes import RuleRead
from civil_aid_rules.ir.notices import Beside, Notices
from civil_aid_rules.ir.program import OnRoll, Outcome, Procedure, Rule
from civil_aid_rules.ir.traverse import walk, with_slots

_AN_ORDER = Both("each to use only values that are computed before it", "每条规则只用到先算出的值")


def slots_read(rule: Rule) -> list[int]:
    """The slots of the rules that a rule reads, in rising order."""
    return sorted({node.rule for node in walk(rule.body) if isinstance(node, RuleRead)})


def evaluation_order(
    rules: Sequence[Rule],
    reads: Mapping[int, Sequence[int]],
    outcome: Outcome,
    program: str,
    problems: list[Problem],
) -> list[int] | None:
    """The slots in an order in which each rule comes after those that it reads; None when there is a cycle.

    Rules that do not read each other stay in the order in which they are given, as far as that goes. `reads` has the
    slots that each rule reads.
    """
    by_slot = {rule.slot: rule for rule in rules}
    place = {slot: index for index, slot in enumerate(by_slot)}
    wanted = [rule.slot for rule in rules if rule.key.startswith(program + ".")] + _outcome_slots(outcome)
    needed: dict[int, Sequence[int]] = {}
    while wanted:
        slot = wanted.pop()
        if slot not in needed:
            needed[slot] = reads[slot]
            wanted.extend(reads[slot])
    try:
        return list(
            TopologicalSorter(
                {slot: sorted(needed[slot], key=place.__getitem__) for slot in by_slot if slot in needed}
            ).static_order()
        )
    except CycleError as error:
        cycle = [by_slot[slot] for slot in reversed(error.args[1])]
        first = min(range(len(cycle) - 1), key=lambda index: str(cycle[index].at))
        ring = cycle[first:-1] + cycle[: first + 1]
        named = " → ".join(rule.key for rule in ring)
        problems.append(problem("rule-cycle", ring[0].at, found=named, expected=_AN_ORDER))
        return None


def _outcome_slots(outcome: Outcome) -> list[int]:
    payment = [] if outcome.payment is None else [outcome.payment]
    beside = [node.rule for item in outcome.beside for node in walk(item.node) if isinstance(node, RuleRead)]
    relations = [item.when for item in outcome.relations if item.when is not None]
    covers = [] if outcome.roll is None or outcome.roll.covers is None else [outcome.roll.covers]
    own = [outcome.eligible, *payment, *outcome.flags, *relations, *beside, *covers]
    return [*own, *_procedure_slots(outcome), *_notice_slots(outcome.notices)]


def _procedure_slots(outcome: Outcome) -> list[int]:
    if outcome.procedure is None:
        return []
    shown = [node.rule for item in outcome.procedure.beside for node in walk(item.node) if isinstance(node, RuleRead)]
    return [outcome.procedure.complete, *shown]


def _notice_slots(notices: Notices | None) -> list[int]:
    if notices is None:
        return []
    stated = [notices.received_on, *(form.decided_on for form in notices.forms)]
    days = [item for item in stated if item is not None]
    shown = [*days, *(item for form in notices.forms for item in form.shown)]
    read = [node.rule for item in shown for node in walk(item.node) if isinstance(node, RuleRead)]
    flags = [slot for form in notices.forms for slot in form.flags]
    return [*([] if notices.people is None else [notices.people]), *read, *flags]


def renumbered(rules: Sequence[Rule], order: Sequence[int], outcome: Outcome) -> tuple[list[Rule], Outcome]:
    """The rules in order, each slot being its place in that order."""
    place = {slot: index for index, slot in enumerate(order)}
    by_slot = {rule.slot: rule for rule in rules}

    def renamed(slot: int) -> int:
        return place[slot]

    ordered = [
        dataclasses.replace(by_slot[slot], slot=index, body=with_slots(by_slot[slot].body, renamed))
        for index, slot in enumerate(order)
    ]
    return ordered, dataclasses.replace(
        outcome,
        eligible=place[outcome.eligible],
        payment=None if outcome.payment is None else place[outcome.payment],
        beside=_shown(outcome.beside, renamed),
        flags=tuple(place[slot] for slot in outcome.flags),
        procedure=None
        if outcome.procedure is None
        else Procedure(place[outcome.procedure.complete], _shown(outcome.procedure.beside, renamed)),
        relations=tuple(
            dataclasses.replace(item, when=None if item.when is None else place[item.when])
            for item in outcome.relations
        ),
        roll=None if outcome.roll is None else _on_roll(outcome.roll, place),
        notices=None if outcome.notices is None else _renumbered_notices(outcome.notices, renamed),
    )


def _on_roll(roll: OnRoll, place: Mapping[int, int]) -> OnRoll:
    return roll if roll.covers is None else dataclasses.replace(roll, covers=place[roll.covers])


def _renumbered_notices(notices: Notices, renamed: Callable[[int], int]) -> Notices:
    def day(item: Beside | None) -> Beside | None:
        return None if item is None else _shown((item,), renamed)[0]

    forms = tuple(
        dataclasses.replace(
            form,
            decided_on=day(form.decided_on),
            shown=_shown(form.shown, renamed),
            flags=tuple(renamed(slot) for slot in form.flags),
        )
        for form in notices.forms
    )
    people = None if notices.people is None else renamed(notices.people)
    return dataclasses.replace(notices, people=people, received_on=day(notices.received_on), forms=forms)


def _shown(beside: Sequence[Beside], renamed: Callable[[int], int]) -> tuple[Beside, ...]:
    return tuple(dataclasses.replace(item, node=with_slots(item.node, renamed)) for item in beside)
