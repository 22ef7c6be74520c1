"""Rules worked out: first the head of each (its scope and type), then its body, checked and cited."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.compiler.depth import check_depth
from civil_aid_rules.compiler.expressions.lists import list_read
from civil_aid_rules.compiler.forms.binding import bind_for_each, binding
from civil_aid_rules.compiler.forms.body import rule_body
from civil_aid_rules.compiler.forms.reader import RuleReader
from civil_aid_rules.compiler.lint import check_rule_dates
from civil_aid_rules.compiler.lookups import Lookups
from civil_aid_rules.compiler.memory import MOST_DAYS, KeptRule, KeptSignature, Memory, Reads
from civil_aid_rules.compiler.namespace import DeclaredRule
from civil_aid_rules.compiler.parameters import A_SOURCE
from civil_aid_rules.compiler.read_values import read_citations, read_known, read_type
from civil_aid_rules.compiler.scope import Context, NotInForce, RuleScope, Signature
from civil_aid_rules.compiler.select import Chosen, Dated, Selector
from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.ir.program import Assumed, Rule
from civil_aid_rules.ir.types import ItemType, NumberType, Type
from civil_aid_rules.packs.load import RuleVersion
from civil_aid_rules.packs.models import PickBlock, RuleBlock, SourceBlock
from civil_aid_rules.quantities.units import Unit


@dataclass(slots=True)
class RuleMaker:
    """Works out the rules of one compilation."""

    memory: Memory
    selector: Selector
    lookups: Lookups
    context: Context
    problems: list[Problem]
    versions: dict[str, Chosen[RuleVersion]] = field(default_factory=dict)
    made: dict[str, KeptRule] = field(default_factory=dict)

    def rules(self) -> list[Rule]:
        """Every rule in force, heads first: a body may name any of them."""
        declared_rules = [item for item in self.memory.names.declared() if isinstance(item, DeclaredRule)]
        for declared in declared_rules:
            self.lookups.signatures[declared.key] = self.signature(declared)
        before = len(self.problems)
        rules, faults = self._bodies(declared_rules)
        doubtful = [key for key, found in faults.items() if any(map(_contradicts_its_head, found))]
        if doubtful and len(faults) > len(doubtful):
            self._without_followers(declared_rules, doubtful, faults, before)
        return rules

    def _bodies(self, declared_rules: list[DeclaredRule]) -> tuple[list[Rule], dict[str, list[Problem]]]:
        """The rules worked out, and the faults of those that have some."""
        rules: list[Rule] = []
        faults: dict[str, list[Problem]] = {}
        for declared in declared_rules:
            before = len(self.problems)
            self.lookups.periods.append(self.versions[declared.key].period)
            kept = self.rule(declared)
            if kept is not None:
                rules.append(kept.rule)
            if len(self.problems) > before:
                faults[declared.key] = self.problems[before:]
        return rules, faults

    def _without_followers(
        self, declared_rules: list[DeclaredRule], doubtful: list[str], faults: dict[str, list[Problem]], before: int
    ) -> None:
        """Where a rule has another type than its head says, what others get wrong by reading it is not theirs."""
        self.problems[before:] = [item for key in doubtful for item in faults[key]]
        for key in doubtful:
            signature = self.lookups.signatures[key]
            if isinstance(signature, Signature):
                self.lookups.signatures[key] = replace(signature, type=None)
        self._bodies([declared for declared in declared_rules if declared.key not in doubtful])

    # --- heads -------------------------------------------------------------------------------------------------------

    def signature(self, declared: DeclaredRule) -> Signature | NotInForce:
        """The head of the rule's version in force; what is wrong with it is among the problems."""
        chosen = self.selector.rule(declared)
        self.versions[declared.key] = chosen
        if chosen.dated is None or chosen.dated.repealed:
            return NotInForce(chosen.ranges, chosen.has_ended(self.selector.on), self.selector.known_on)
        block = chosen.dated.item.block
        known = self.memory.common.signatures.setdefault(declared.key, [])
        kept = next((kept for kept in known if kept.block is block), None)
        if kept is None:
            problems: list[Problem] = []
            kept = KeptSignature(block, self._head(declared, block, problems), tuple(problems))
            known.append(kept)
        self.problems += kept.problems
        return kept.signature

    def _head(self, declared: DeclaredRule, block: RuleBlock, problems: list[Problem]) -> Signature:
        """A rule's scope and type, as its block declares them."""
        slot = self.memory.common.slot_of(declared.key)
        scope = RuleScope(self.context, declared.key.partition(".")[0], {}, problems)
        bound = bind_for_each(block.for_each, scope)
        inner, path = bound if bound is not None else (scope, "")
        if block.pick is not None:
            return Signature(declared.key, slot, _picked_type(block.pick, inner), path, True)
        if block.rank is not None and block.type is None:
            type_: Type = NumberType(Unit())
        else:
            type_ = read_type(block.type, block.choices, problems)
        return Signature(declared.key, slot, None if problems else type_, path, False)

    # --- bodies ------------------------------------------------------------------------------------------------------

    def rule(self, declared: DeclaredRule) -> KeptRule | None:
        """The rule; None where it is not in force or its head is at fault. What is wrong is among the problems."""
        dated, signature = self.versions[declared.key].dated, self.lookups.signatures[declared.key]
        if dated is None or not isinstance(signature, Signature) or signature.type is None:
            return None
        kept = self.made[declared.key] = self._rule(declared, dated, signature, signature.type)
        return kept

    def _rule(self, declared: DeclaredRule, dated: Dated[RuleVersion], signature: Signature, type_: Type) -> KeptRule:
        """The rule as an earlier compilation worked it out, where everything that it read is the same; else anew."""
        block, known = dated.item.block, self.memory.common.rules.setdefault(declared.key, [])
        for kept in known:
            same = kept.block is block and kept.layer is dated.layer and kept.signature == signature
            if same and self.lookups.are_the_same(kept.reads):
                self.lookups.take_over(kept.reads)
                self.problems += kept.problems
                return kept
        faults, self.lookups.reads = len(self.problems), Reads()
        rule = self._new_rule(declared, dated, signature, type_)
        check_depth(rule, self.problems)
        reads, self.lookups.reads = self.lookups.reads, Reads()  # what is looked up from here on is not the rule's
        made = KeptRule(block, dated.layer, signature, reads, rule, tuple(self.problems[faults:]))
        if reads.day is None or len(known) < MOST_DAYS:
            known.append(made)
        return made

    def _new_rule(self, declared: DeclaredRule, dated: Dated[RuleVersion], signature: Signature, type_: Type) -> Rule:
        version, block = dated.item, dated.item.block
        sources = self.selector.sources(declared, dated.layer)
        scope = RuleScope(self.context, declared.key.partition(".")[0], {}, self.problems)
        bound = bind_for_each(block.for_each, scope)
        inner = scope if bound is None else bound[0]
        body = rule_body(block, RuleReader(inner, type_, sources))
        self._check(declared, dated, type_, sources)
        return Rule(
            key=declared.key,
            slot=signature.slot,
            scope=signature.scope,
            variables=inner.counter[0],
            type=type_,
            title=block.title or block.say or Bilingual(en=version.name.replace("_", " "), zh=version.name),
            say=block.say,
            citations=self._citations(dated, sources),
            body=body,
            assumed=self._assumed(block, type_, sources),
            is_flag=block.flag is not None,
            choice_titles=tuple((block.choices or {}).items()),
            from_date=version.from_date,
            at=version.at,
            digest=self.memory.texts.digest_of(declared.key, version.from_date, block),
            layer=dated.layer.overlay if dated.layer else None,
            hypothetical=dated.layer is not None,
            note=block.note,
        )

    def _citations(self, dated: Dated[RuleVersion], sources: dict[str, SourceBlock]) -> tuple[Citation, ...]:
        """What the rule cites; a scenario's rule is first of all the scenario's."""
        citations = read_citations(dated.item.block.cite, sources, self.problems)
        return citations if dated.layer is None else (Citation(kind="scenario", title=dated.layer.title), *citations)

    def _assumed(self, block: RuleBlock, type_: Type, sources: dict[str, SourceBlock]) -> Assumed | None:
        if block.if_unknown is None:
            return None
        value = read_known(block.if_unknown.value, type_, self.problems)
        citations = read_citations(block.if_unknown.cite, sources, self.problems)
        return None if value is None else Assumed(value, citations)

    def _check(
        self, declared: DeclaredRule, dated: Dated[RuleVersion], type_: Type, sources: dict[str, SourceBlock]
    ) -> None:
        """Sources, dates and titles."""
        version, block = dated.item, dated.item.block
        if dated.layer is None:
            if block.cite is None:
                self._fault("cite-missing", version, A_SOURCE)
            check_rule_dates(version, declared.pack, sources, self.problems)
        if block.title is None and isinstance(type_, NumberType):
            self._fault("title-missing", version, "title: {en: …, zh: …}")
        if block.flag is not None and block.say is None:
            self._fault("title-missing", version, "say: {en: …, zh: …}")
        if block.rank is not None and block.for_each is None:
            self._fault("rank-scope", version, "for_each: m in …")

    def _fault(self, code: str, version: RuleVersion, expected: object) -> None:
        self.problems.append(problem(code, version.at, found=version.name, expected=expected))


def _contradicts_its_head(item: Problem) -> bool:
    """Whether a branch of the rule has another type than the rule declares."""
    return item.code in ("type-mismatch", "unit-mismatch") and "branch" in dict(item.values)


def _picked_type(block: PickBlock, scope: RuleScope) -> Type:
    """A pick is an entry of the list that it picks from."""
    picked = binding(block.from_, scope)
    entries = None if picked is None else list_read(picked[1], scope)
    return ItemType("" if entries is None else entries[1].scope)
