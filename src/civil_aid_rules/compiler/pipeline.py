"""From packs to a program, pass by pass. Each pass is a module of this folder.

| pass | module | what it settles |
|---|---|---|
| 1 names | namespace | which names the program has, and which each of its packs sees |
| 2 dates | select, parameters | which dated value and rule is in force, as known, under the overlays |
| 3 heads | rules, scope | the type and scope of each rule |
| 4 bodies | language, expressions, forms | each text parsed, resolved and typed, each form turned into one node |
| 5 outcome | outcome | which rules are the result |
| 6 order | order | each rule after those that it reads; a cycle is named |
| 7 bounds | precision, growth | what is paid is whole cents; no number grows beyond what can be shown |
| 8 assembly | assembly | rules, values, dates and digests as one program |

Faults are collected, not thrown: a pass that cannot go on without what another found faulty is left out. `lint` and
`check` look at whole packs and rulebooks; `memory` lets compilations for several days share their work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from civil_aid_rules.compiler.assembly import ENGINE_SEMANTICS, assembled
from civil_aid_rules.compiler.dumps import dumped, pack_digest
from civil_aid_rules.compiler.growth import check_growth
from civil_aid_rules.compiler.lookups import Lookups
from civil_aid_rules.compiler.memory import KeptOrder, Memory
from civil_aid_rules.compiler.namespace import DeclaredParameter, Namespace
from civil_aid_rules.compiler.order import evaluation_order, renumbered
from civil_aid_rules.compiler.outcome import compile_outcome
from civil_aid_rules.compiler.precision import check_payment_precision
from civil_aid_rules.compiler.request import Request
from civil_aid_rules.compiler.rules import RuleMaker
from civil_aid_rules.compiler.scope import Context
from civil_aid_rules.compiler.select import Selector
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Outcome, Program, Rule
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.load import Packs
from civil_aid_rules.quantities.calendar import AgeRule

_ANOTHER_NAME = Both("another name", "别的名字")


def compile_program(
    packs: Packs, request: Request, vocabularies: Mapping[str, Vocabulary], memory: Memory | None = None
) -> Program | tuple[Problem, ...]:
    """The program for one day, or every fault found on the way. `memory`: of this program in these packs."""
    work = _Compilation.of(memory or Memory.of(packs, request.program), request)
    found = work.ordered(vocabularies)
    if found is None or found.order is None or work.problems:
        return tuple(dict.fromkeys(work.problems))
    if found.numbered is None:
        rules, outcome = renumbered(found.rules, found.order, found.outcome)
        found.numbered = (tuple(rules), outcome)
    return assembled(request, work.memory, work.lookups, *found.numbered)


def program_faults(request: Request, vocabularies: Mapping[str, Vocabulary], memory: Memory) -> tuple[Problem, ...]:
    """Every fault that compiling the program for one day meets."""
    work = _Compilation.of(memory, request)
    if work.ordered(vocabularies) is None and memory.names.problems:
        return tuple(dict.fromkeys(work.problems))
    for declared in memory.names.declared():
        if isinstance(declared, DeclaredParameter):
            work.lookups.parameter(declared.key, None)  # also what no rule reads means one thing, or is refused
    return tuple(dict.fromkeys(work.problems))


@dataclass(frozen=True, slots=True)
class _Compilation:
    """What the passes of one compilation share."""

    memory: Memory
    request: Request
    problems: list[Problem]
    selector: Selector
    lookups: Lookups

    @classmethod
    def of(cls, memory: Memory, request: Request) -> _Compilation:
        """A compilation of which the names are known and nothing else."""
        problems = list(memory.names.problems)
        selector = Selector(memory.names, memory.stated, request.overlays, request.on, request.known_on, problems)
        return cls(memory, request, problems, selector, Lookups(memory, selector, problems))

    def ordered(self, vocabularies: Mapping[str, Vocabulary]) -> KeptOrder | None:
        """Passes 2 to 7: rules and outcome, in evaluation order; None where a fault stands in the way."""
        names = self.memory.names
        vocabulary = _vocabulary(names, vocabularies, self.problems)
        if self.problems or vocabulary is None:
            return None
        _refuse_fact_names(names, vocabulary, self.problems)
        context = _context(names, self.selector, self.lookups, vocabulary)
        rules = RuleMaker(self.memory, self.selector, self.lookups, context, self.problems).rules()
        outcome = compile_outcome(names, context, self.lookups.signatures, rules, self.lookups.aside, self.problems)
        return None if self.problems or outcome is None else self._in_order(rules, outcome, vocabulary)

    def _in_order(self, rules: list[Rule], outcome: Outcome, vocabulary: Vocabulary) -> KeptOrder:
        """The order of the rules, and whether what they pay has its precision and their numbers stay within bounds."""
        kept = next((kept for kept in self.memory.orders if kept.is_of(rules, outcome)), None)
        if kept is None:
            problems: list[Problem] = []
            program = self.memory.names.program.name
            order = evaluation_order(rules, self.memory.read_by, outcome, program, problems)
            if order is not None:
                by_slot = {rule.slot: rule for rule in rules}
                check_payment_precision(by_slot, outcome, problems)
                check_growth([by_slot[slot] for slot in order], vocabulary, problems)
            kept = KeptOrder(tuple(rules), outcome, order, tuple(problems))
            self.memory.orders.append(kept)
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
    instances = frozenset(names.instances)
    return Context(
        vocabulary,
        selector.on,
        cache(names.visible),
        instances,
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


__all__ = ["ENGINE_SEMANTICS", "Request", "compile_program", "dumped", "pack_digest", "program_faults"]
