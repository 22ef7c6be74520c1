"""Compare two results: pure, over what they hold and, where it is at hand, over how they were evaluated."""

from __future__ import annotations

from decimal import Decimal

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.determinations.differences import Changed, changed_values, differing_rules, differing_values
from civil_aid_rules.determinations.result import Payment, Result
from civil_aid_rules.determinations.texts import type_name, value_text
from civil_aid_rules.determinations.trace import Input, Step, trace
from civil_aid_rules.facts.extract import Facts
from civil_aid_rules.ir.types import TextType
from civil_aid_rules.scenarios.comparison import Comparison
from civil_aid_rules.scenarios.parts import InputDifference, Parting, Taken, side_of

_Place = tuple[str, str]


def compare_results(
    before: Result, after: Result, evaluated_before: Evaluation | None, evaluated_after: Evaluation | None
) -> Comparison:
    """Both outcomes, the exact difference, the first rule where they part, and everything that differs."""
    rules = differing_rules(before.identity, after.identity)
    changed = changed_values(before, after)
    sides = (_Traced(evaluated_before), _Traced(evaluated_after))
    return Comparison(
        before=side_of(before),
        after=side_of(after),
        difference=_difference(before.payment, after.payment),
        parts_at=_parting(changed, {rule.key for rule in rules}, sides),
        values=differing_values(before.identity, after.identity),
        rules=rules,
        changed=changed,
    )


class _Traced:
    """One side's steps by rule and entry, and those that its status and payment rest on; none without an evaluation."""

    __slots__ = ("facts", "resting", "steps")

    def __init__(self, evaluation: Evaluation | None) -> None:
        self.steps: dict[_Place, Step] = {}
        self.resting: set[_Place] = set()
        self.facts: Facts | None = None
        if evaluation is None:
            return
        self.facts = evaluation.facts
        self.steps = {(step.name, step.entry): step for step in trace(evaluation)}
        outcome = evaluation.program.outcome
        waiting = [place for place, step in self.steps.items() if step.rule.slot in (outcome.eligible, outcome.payment)]
        while waiting:
            place = waiting.pop()
            if place in self.steps and place not in self.resting:
                self.resting.add(place)
                waiting += [_place(item) for item in self.steps[place].inputs if item.kind == "rule"]


def _place(item: Input) -> _Place:
    """The rule and entry that an input names: `pack.rule` or `pack.rule $.members[0]`."""
    rule, _, entry = item.name.partition(" ")
    return (rule, entry or "$")


def _difference(before: Payment | None, after: Payment | None) -> Decimal | None:
    """What `after` pays more, exactly, whatever the caller's decimal context is."""
    if before is None or after is None or before.amount is None or after.amount is None:
        return None
    if (before.currency, before.period) != (after.currency, after.period):
        return None
    fen = _fen(after.amount) - _fen(before.amount)
    return Decimal((1 if fen < 0 else 0, tuple(int(digit) for digit in str(abs(fen)).rjust(3, "0")), -2))


def _fen(amount: Decimal) -> int:
    sign, digits, _ = amount.as_tuple()
    fen = int("".join(map(str, digits)))
    return -fen if sign else fen


def _parting(changed: tuple[Changed, ...], replaced: set[str], sides: tuple[_Traced, _Traced]) -> Parting | None:
    """The first rule on both sides that differs and that the outcome rests on; else the first that differs at all."""
    if not changed:
        return None
    resting = sides[0].resting | sides[1].resting
    on_both = [item for item in changed if item.only is None]
    first = next((item for item in on_both if (item.rule, item.entry) in resting), (*on_both, *changed)[0])
    old, new = (side.steps.get((first.rule, first.entry)) for side in sides)
    return Parting(
        **first.model_dump(include={"rule", "entry", "type", "before", "after", "only"}),
        title=first.title,
        rule_changed=first.rule in replaced,
        branches_before=_taken(old),
        branches_after=_taken(new),
        inputs=() if old is None or new is None else _differing_inputs(old, sides[0].facts, new, sides[1].facts),
    )


def _taken(step: Step | None) -> tuple[Taken, ...]:
    return () if step is None else tuple(Taken(id=branch.id, text=branch.text) for branch in step.branches)


def _differing_inputs(
    old: Step, old_facts: Facts | None, new: Step, new_facts: Facts | None
) -> tuple[InputDifference, ...]:
    """What both steps read and found different."""
    assert old_facts is not None and new_facts is not None
    read = {(item.kind, _name(item)): item for item in old.inputs}
    found: list[InputDifference] = []
    for item in new.inputs:
        other = read.get((item.kind, _name(item)))
        if other is None or _same(other, old_facts, item, new_facts):
            continue
        found.append(
            InputDifference(
                kind=item.kind,
                name=_name(item),
                title=item.title,
                unit=type_name(item.type),
                before=_shown(other, old_facts),
                after=_shown(item, new_facts),
            )
        )
    return tuple(found)


def _name(item: Input) -> str:
    """A frozen value has its day in its name; on another day decided that day is another one, the value is not."""
    return item.name if item.parameter is None else item.parameter.key


def _same(old: Input, old_facts: Facts, new: Input, new_facts: Facts) -> bool:
    if old.parameter is not None and new.parameter is not None:
        return old.parameter.digest == new.parameter.digest
    return value_text(old.value, old_facts) == value_text(new.value, new_facts)


def _shown(item: Input, facts: Facts) -> str | None:
    if item.parameter is not None and item.parameter.shape is not None:
        return "table"
    free = item.kind == "fact" and isinstance(item.type, TextType) and not item.type.choices
    text = value_text(item.value, facts)
    return "a text on record" if free and text not in (None, "none") else text
