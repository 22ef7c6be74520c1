"""One compilation: a program on one day, as known on one day, under some overlays, pass by pass.

Faults are collected, not thrown: a pass that cannot go on without what another found faulty is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from civil_aid_rules.compiler.growth import check_growth
from civil_aid_rules.compiler.lookups import Lookups
from civil_aid_rules.compiler.memory import MOST_DAYS, KeptOrder, KeptOutcome, Memory, Reads
from civil_aid_rules.compiler.namespace import DeclaredParameter, Namespace
from civil_aid_rules.compiler.order import evaluation_order
from civil_aid_rules.compiler.outcome import compile_outcome
from civil_aid_rules.compiler.precision import check_payment_precision
from civil_aid_rules.compiler.request import Request
from civil_aid_rules.compiler.rules import RuleMaker
from civil_aid_rules.compiler.scope import Context
from civil_aid_rules.compiler.select import Selector
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Outcome, Rule
from civil_aid_rules.names import instead_of
from civil_aid_rules.quantities.calendar import AgeRule

_ANOTHER_NAME = Both("another name", "别的名字")


@dataclass(frozen=True, slots=True)
class Compilation:
    """What the passes of one compilation share. `maker` None: of this record model nothing is known."""

    memory: Memory
    request: Request
    problems: list[Problem]
    selector: Selector
    lookups: Lookups
    maker: RuleMaker | None

    @classmethod
    def of(cls, memory: Memory, request: Request, vocabularies: Mapping[str, Vocabulary]) -> Compilation:
        """A compilation of which the names are known and nothing else."""
        names, problems = memory.names, list(memory.names.problems)
        selector = Selector(names, memory.stated, request.overlays, request.on, request.known_on, problems)
        lookups = Lookups(memory, selector, problems)
        vocabulary = _vocabulary(names, vocabularies, problems)
        context = None if vocabulary is None else _context(names, selector, lookups, vocabulary)
        maker = None if context is None else RuleMaker(memory, selector, lookups, context, problems)
        return cls(memory, request, problems, selector, lookups, maker)

    def ordered(self) -> KeptOrder | None:
        """Passes 2 to 7: rules and outcome, in evaluation order; None where a fault stands in the way."""
        if self.problems or self.maker is None:
            return None
        _refuse_fact_names(self.memory.names, self.maker.context.vocabulary, self.problems)
        return self.in_order(self.maker, self.maker.rules())

    def in_order(self, maker: RuleMaker, rules: list[Rule]) -> KeptOrder | None:
        """Passes 5 to 7, of rules worked out."""
        outcome = self._outcome(maker.context, rules)
        return None if self.problems or outcome is None else self._in_order(rules, outcome, maker.context.vocabulary)

    def _outcome(self, context: Context, rules: list[Rule]) -> Outcome | None:
        """The outcome as an earlier compilation worked it out, where all that it names is the same; else anew."""
        signatures, lookups = self.lookups.signatures, self.lookups
        for kept in self.memory.outcomes:
            if kept.is_of(signatures.values(), self.request.on) and lookups.are_the_same(kept.reads):
                lookups.take_over(kept.reads)
                self.problems.extend(kept.problems)
                return kept.outcome
        faults, lookups.reads = len(self.problems), Reads()
        outcome = compile_outcome(self.memory.names, context, signatures, rules, lookups.aside, self.problems)
        reads, lookups.reads = lookups.reads, Reads()
        found = KeptOutcome(tuple(signatures.values()), reads, outcome, self.request.on, tuple(self.problems[faults:]))
        self.memory.outcomes = [*self.memory.outcomes[1 - MOST_DAYS :], found]
        return outcome

    def _in_order(self, rules: list[Rule], outcome: Outcome, vocabulary: Vocabulary) -> KeptOrder:
        """The order of the rules, and whether what they pay has its precision and their numbers stay within bounds."""
        kept = next((kept for kept in self.memory.orders if kept.is_of(rules, outcome)), None)
        if kept is None:
            problems: list[Problem] = []
            reads = {rule.slot: self.memory.common.read_by(rule) for rule in rules}
            order = self.memory.order_of(reads, outcome)
            if order is None:
                order = evaluation_order(rules, reads, outcome, self.memory.names.program.name, problems)
            if order is not None:
                by_slot = {rule.slot: rule for rule in rules}
                check_payment_precision(by_slot, outcome, problems)
                check_growth([by_slot[slot] for slot in order], reads, vocabulary, self.memory.common.sizes, problems)
            kept = KeptOrder(tuple(rules), outcome, reads, order, tuple(problems))
            self.memory.keep_order(kept)
        self.problems.extend(kept.problems)
        return kept


def _vocabulary(names: Namespace, vocabularies: Mapping[str, Vocabulary], problems: list[Problem]) -> Vocabulary | None:
    """What the program's record model lets rules name."""
    block = names.program.block
    if block.record not in vocabularies:
        expected = instead_of(block.record, sorted(vocabularies))
        problems.append(
            problem("record-model-unknown", block.place_of("record"), found=block.record, expected=expected)
        )
    return vocabularies.get(block.record)


def _context(names: Namespace, selector: Selector, lookups: Lookups, vocabulary: Vocabulary) -> Context:
    age = names.age_rule
    rule = AgeRule(age[1].reached_on, age[1].leap_day) if age else None
    return Context(
        vocabulary,
        selector.on,
        cache(names.visible),
        names.reached,
        lookups.signature,
        lookups.parameter,
        lookups.memory.texts.parse,
        rule,
    )


def _refuse_fact_names(names: Namespace, vocabulary: Vocabulary, problems: list[Problem]) -> None:
    """A bare name must not mean a fact and something else."""
    taken = {*vocabulary.scopes[""].facts, *vocabulary.scopes[""].lists, "on", "each", "yes", "no", "none"}
    for declared in names.declared():
        name = declared.key.partition(".")[2]
        if name in taken:
            at = declared.entry.at if isinstance(declared, DeclaredParameter) else declared.versions[0].at
            problems.append(problem("name-is-a-fact", at, found=name, expected=_ANOTHER_NAME))
