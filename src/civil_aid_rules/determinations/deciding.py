"""The reasons that decided, for all records at once: for each reason that there can be, where it is one that decided.

`reasons` says it of one record; this says the same as masks over columns, in the order of the rule file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from civil_aid_rules.backends.columnar.kernel import MaskOf
from civil_aid_rules.backends.columnar.nodes import Nodes
from civil_aid_rules.backends.columnar.values import Condition, Mask
from civil_aid_rules.ir.nodes import Branch, Cases, Connective, Exceptions, FactRead, Named, Node, RuleRead
from civil_aid_rules.ir.program import Program, Rule
from civil_aid_rules.ir.scaled import Scaled
from civil_aid_rules.ir.types import YesNoType

Reasons = Iterator[tuple[str, MaskOf]]
"""The id of each reason, and where it decided."""


def deciding_reasons(
    program: Program, slot: int, lowered: Callable[[Rule, Node], Scaled]
) -> tuple[tuple[str, MaskOf], ...]:
    """Every reason that a yes/no rule of the record can have."""
    rule = program.rules[slot]
    return tuple(_Deciding(program, lowered).of(rule, rule.body, _always))


def _always(nodes: Nodes) -> Mask:
    return True


def _both(*masks: MaskOf) -> MaskOf:
    return lambda nodes: nodes.code.both(*(mask(nodes) for mask in masks))


def _either(*masks: MaskOf) -> MaskOf:
    return lambda nodes: nodes.code.either(*(mask(nodes) for mask in masks))


def _not(mask: MaskOf) -> MaskOf:
    return lambda nodes: nodes.code.opposite(mask(nodes))


@dataclass(frozen=True, slots=True)
class _State:
    """A condition of the record: where it is yes, no, unknown."""

    node: Scaled

    def of(self, nodes: Nodes) -> Condition:
        return nodes.condition(self.node, nodes.levels.of(""))

    def yes(self, nodes: Nodes) -> Mask:
        return self.of(nodes).yes

    def no(self, nodes: Nodes) -> Mask:
        return nodes.code.no(self.of(nodes))

    def unknown(self, nodes: Nodes) -> Mask:
        return nodes.code.unknown(self.of(nodes))

    def same(self, other: _State) -> MaskOf:
        """Where both are yes, both no, or both unknown."""
        return _either(_both(self.yes, other.yes), _both(self.no, other.no), _both(self.unknown, other.unknown))


@dataclass(frozen=True, slots=True)
class _Deciding:
    """Follows a rule's body as `reasons` does; `matters` is where the result rests on the value of a node."""

    program: Program
    lowered: Callable[[Rule, Node], Scaled]

    def state(self, rule: Rule, node: Node) -> _State:
        return _State(self.lowered(rule, node))

    def of(self, rule: Rule, node: Node, matters: MaskOf) -> Reasons:
        match node:
            case RuleRead(rule=slot):
                other = self.program.rules[slot]
                yield from self.of(other, other.body, matters)
            case Connective():
                value = self.state(rule, node)
                for part in node.operands:
                    yield self.name(rule, part), _both(matters, self.state(rule, part).same(value))
            case Exceptions():
                yield from self.exceptions(rule, node, matters)
            case Cases():
                yield from self.cases(rule, node, matters)
            case Named(body=Connective() | Exceptions() | RuleRead() as body):
                yield from self.of(rule, body, matters)
            case _:
                yield self.name(rule, node), matters

    def name(self, rule: Rule, node: Node) -> str:
        """A condition's own id, else the name of the rule or fact that it reads, else of its rule."""
        match node:
            case Named(id=id_):
                return id_
            case RuleRead(rule=slot) if isinstance(self.program.rules[slot].type, YesNoType):
                return self.program.rules[slot].name
            case FactRead(name=name):
                return name
            case _:
                return rule.name

    def cases(self, rule: Rule, node: Cases, matters: MaskOf) -> Reasons:
        tests = [self.state(rule, branch.test) for branch in node.branches]
        before: list[MaskOf] = []
        open_: list[MaskOf] = []
        for test in tests:
            open_.append(_both(*before, test.unknown))
            before.append(test.no)
        yield self.name(rule, node), _both(matters, _either(*open_))
        for place, (branch, test) in enumerate(zip(node.branches, tests, strict=True)):
            yield from self.of(rule, branch.value, _both(matters, *before[:place], test.yes))
        last = node.otherwise if isinstance(node.otherwise, Named) else node.branches[0].test
        yield from self.of(rule, last, _both(matters, *before))

    def exceptions(self, rule: Rule, node: Exceptions, matters: MaskOf) -> Reasons:
        value, base = self.state(rule, node), self.state(rule, node.base)
        applied = _either(*(self.state(rule, branch.test).yes for branch in node.branches))
        yield from self.of(rule, node.base, _both(matters, _either(_not(applied), base.same(value))))
        for branch in node.branches:
            yield from self.exception(rule, branch, value, matters)

    def exception(self, rule: Rule, branch: Branch, value: _State, matters: MaskOf) -> Reasons:
        test, says, named = self.state(rule, branch.test), self.state(rule, branch.value), branch.value
        assert isinstance(named, Named)
        inner = named.body.branches if isinstance(named.body, Exceptions) else ()
        overridden = _either(*(self.state(rule, part.test).yes for part in inner))
        agrees = says.same(value)
        passed = _both(test.no, _not(value.unknown), _not(agrees))
        applies = _either(test.unknown, _both(test.yes, agrees, _not(overridden)))
        yield named.id, _both(matters, _either(passed, applies))
        for part in inner:
            yield from self.exception(rule, part, value, _both(matters, test.yes))
