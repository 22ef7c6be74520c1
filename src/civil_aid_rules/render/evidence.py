"""Yes/no points in words: what was asked, for whom it holds, and which facts of the record say so."""

from __future__ import annotations

from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.grounds import Input
from civil_aid_rules.determinations.result import Reason
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.ir.nodes import Cases, Comparison, Connective, Exceptions, Named, Node
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.traverse import walk
from civil_aid_rules.ir.values import UNKNOWN, Value
from civil_aid_rules.render.blocks import Point
from civil_aid_rules.render.branches import is_proviso
from civil_aid_rules.render.formula import branches_taken, with_titles
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.shown import Choices, aged, fact_choices, parameter_title, value_words
from civil_aid_rules.render.sources import cited

_STATES = {True: "condition_yes", False: "condition_no", UNKNOWN: "condition_unknown"}


class Evidence:
    """Puts the yes/no steps of one evaluation into words."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def point(self, steps: tuple[Step, ...]) -> Point:
        """One rule: what it asks, each answer with those whom it is for and what it rests on, and its sources."""
        rule = steps[0].rule
        groups: dict[tuple[Bilingual, tuple[Bilingual, ...]], list[Bilingual]] = {}
        for step in steps:
            found = (self._answer(step.value), tuple(self.grounds(step)))
            groups.setdefault(found, []).append(self.reading.entries.name(step.entry))
        lines = [self._line(answer, grounds, tuple(names)) for (answer, grounds), names in groups.items()]
        text = rule.title if rule.scope else phrase("settled", state=rule.title, text=lines[0])
        asked = self._asked(steps[0])
        note = () if rule.note is None else (phrase("note", text=rule.note),)
        facts = tuple(lines) if rule.scope else ()
        return Point(text, asked=() if asked is None else (asked,), facts=facts, small=(*note, cited(rule.citations)))

    def of_reason(self, reason: Reason) -> Bilingual | None:
        """What a condition or exception without a margin rests on; None where it reads nothing."""
        rule = self.reading.rules.get(reason.rule)
        node = None if rule is None else _asked_by(rule.body, reason.id)
        if rule is None or node is None:
            return None
        entry = "$" if reason.entry is None or not rule.scope else reason.entry
        env = self.reading.env_of(rule, entry)
        texts = () if env is None else self._all_read(tuple(self.reading.read_by(node, env).values()), entry)
        return joined(texts, en="; ", zh="；") if texts else None

    def grounds(self, step: Step) -> Iterator[Bilingual]:
        """What an answer rests on: conditions that failed, the case that applied, and what was read."""
        if step.assumed:
            yield phrase("assumed_because_unknown")
            return
        for named, value in step.conditions:
            if named.text is not None and value is step.value and value is not _takes_all(step):
                yield phrase("settled", state=phrase(_STATES[value]), text=named.text)
        env = self.reading.env(step)
        yield from (why.text for why in branches_taken(step.rule.body, env, self.reading) if not why.proviso)
        yield from self._all_read(step.inputs, step.entry)

    def _all_read(self, inputs: tuple[Input, ...], entry: str) -> tuple[Bilingual, ...]:
        """All that was read, once; of a list how long it is only where nothing of its entries was read."""
        owners = [item.of or "" for item in inputs if item.kind != "list"]
        found = [
            item for item in inputs if item.kind != "list" or not any(o.startswith(f"{item.name}[") for o in owners)
        ]
        return tuple(dict.fromkeys(self.read(item, entry) for item in found))

    def read(self, item: Input, entry: str) -> Bilingual:
        """Something that was read, with its value, and whose it is where that is another entry's."""
        title = item.title if item.parameter is None else parameter_title(item.parameter)
        text = phrase("settled", state=title, text=self._value(item))
        if item.of in (None, "$", entry):
            return text
        return phrase("for_entry", entry=self.reading.entries.name(str(item.of)), text=text)

    def _value(self, item: Input) -> Bilingual:
        if item.kind == "parameter":
            assert item.parameter is not None
            return legal_value(item.parameter)
        if item.kind == "fact" and item.value is UNKNOWN:
            return phrase("not_stated")
        if item.kind == "list":
            count = str(item.value)
            return phrase("not_stated") if item.value is UNKNOWN else phrase("none") if count == "0" else same(count)
        facts = self.reading.evaluation.facts
        choices = fact_choices(item.own_name, item.type, facts) if item.kind == "fact" else self._rule_choices(item)
        return aged(value_words(item.value, item.type, self.reading.entries, choices), item.type, item.title)

    def _rule_choices(self, item: Input) -> Choices:
        rule = self.reading.rules.get(item.own_name)
        return () if rule is None else rule.choice_titles

    def _answer(self, value: Value) -> Bilingual:
        return phrase("condition_unknown") if value is UNKNOWN else phrase("yes" if value is True else "no")

    def _line(self, answer: Bilingual, grounds: tuple[Bilingual, ...], names: tuple[Bilingual, ...]) -> Bilingual:
        text = answer if not grounds else phrase("on_grounds", answer=answer, grounds=joined(grounds, en="; ", zh="；"))
        of_record = names == (self.reading.entries.name("$"),)
        return text if of_record else phrase("for_entry", entry=joined(names), text=text)

    def _asked(self, step: Step) -> Bilingual | None:
        """What the rule asks: its conditions in the pack's words, else its formula."""
        body = step.rule.body
        while isinstance(body, Named) or (isinstance(body, Cases) and is_proviso(body)):
            body = body.body if isinstance(body, Named) else body.branches[0].value
        if isinstance(body, Connective):
            said = tuple(part.text for part in body.operands if isinstance(part, Named) and part.text is not None)
            if len(said) == len(body.operands):
                words = joined(said, en="; ", zh="；")
                return phrase("all_of_these" if body.operator == "and" else "one_of_these", conditions=words)
        if isinstance(body, Connective | Comparison):
            env = self.reading.env(step)
            return phrase("asked", text=with_titles(body, env, self.reading).text)
        return None


def _takes_all(step: Step) -> bool:
    """The answer that takes all conditions and so needs none of them named: yes of `all`, no of `any`."""
    return not any(isinstance(node, Connective) and node.operator == "or" for node in _conditions_of(step.rule.body))


def _conditions_of(body: Node) -> Iterator[Node]:
    """The lists of named conditions in a body."""
    for node in walk(body):
        if isinstance(node, Connective) and any(isinstance(part, Named) for part in node.operands):
            yield node


def _asked_by(body: Node, name: str) -> Node | None:
    """What the condition or exception called `name` asks."""
    for node in walk(body):
        if isinstance(node, Exceptions):
            for branch in node.branches:
                if isinstance(branch.value, Named) and branch.value.id == name:
                    return branch.test
        if isinstance(node, Named) and node.kind == "condition" and node.id == name:
            return node.body
    return None


def legal_value(parameter: ParameterValue) -> Bilingual:
    """A legal value in a sentence: the value, that it is not set, or that it has rows."""
    if not parameter.is_set:
        return phrase("unset")
    if parameter.shape is not None:
        return phrase("see_below")
    words = value_words(parameter.value, parameter.type, None, parameter.choice_titles)
    return aged(words, parameter.type, parameter.title)
