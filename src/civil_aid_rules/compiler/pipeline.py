"""The passes in order: names → selection by date → signatures → typed rules → evaluation order → precision → program."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.compiler.expressions.lists import list_read
from civil_aid_rules.compiler.forms.binding import bind_for_each, binding
from civil_aid_rules.compiler.forms.body import rule_body
from civil_aid_rules.compiler.forms.reader import RuleReader
from civil_aid_rules.compiler.lint import check_rule_dates
from civil_aid_rules.compiler.memory import KeptOrder, KeptRule, KeptSignature, KeptValue, Memory, Reads
from civil_aid_rules.compiler.namespace import Declared, DeclaredParameter, DeclaredRule
from civil_aid_rules.compiler.order import evaluation_order, renumbered
from civil_aid_rules.compiler.outcome import compile_outcome
from civil_aid_rules.compiler.precision import check_payment_precision
from civil_aid_rules.compiler.read_values import read_citations, read_known, read_shape, read_type, read_value
from civil_aid_rules.compiler.scope import Context, FrozenDay, NotInForce, RuleScope, Signature
from civil_aid_rules.compiler.select import Chosen, Dated, Selector, days_that_reach
from civil_aid_rules.digests import Json, digest
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Assumed, Outcome, Overlaid, Program, Rule
from civil_aid_rules.ir.types import ItemType, NumberType, Type
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import Block
from civil_aid_rules.packs.load import Pack, Packs, RuleVersion
from civil_aid_rules.packs.models import OverlayBlock, RuleBlock, SourceBlock, ValueBlock
from civil_aid_rules.quantities.calendar import AgeRule, Period
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.quantities.units import Unit

ENGINE_SEMANTICS = "1"
_A_VALUE = Both("the value", "此值")
_A_SOURCE = Both("`cite:` with a source of program.yaml and the article", "`cite:`，写 program.yaml 中的依据和条款")
_ANOTHER_NAME = Both("another name", "别的名字")


@dataclass(frozen=True, slots=True)
class Request:
    """What a program is compiled for."""

    program: str
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    overlays: tuple[OverlayBlock, ...]


def compile_program(
    packs: Packs, request: Request, vocabularies: Mapping[str, Vocabulary], memory: Memory | None = None
) -> Program | tuple[Problem, ...]:
    """The program for one day, or every fault found on the way. `memory`: of this program in these packs."""
    return _Compiler(memory or Memory.of(packs, request.program), request, vocabularies).run()


def program_faults(request: Request, vocabularies: Mapping[str, Vocabulary], memory: Memory) -> tuple[Problem, ...]:
    """Every fault that compiling the program for one day meets."""
    compiler = _Compiler(memory, request, vocabularies)
    compiler.checked()
    return tuple(dict.fromkeys(compiler.problems))


class _Compiler:
    """One compilation: what the passes share."""

    def __init__(self, memory: Memory, request: Request, vocabularies: Mapping[str, Vocabulary]) -> None:
        self.memory = memory
        self.names = memory.names
        self.request = request
        self.vocabularies = vocabularies
        self.problems: list[Problem] = list(self.names.problems)
        self.reads = Reads()
        self.selector = Selector(self.names, request.overlays, request.on, request.known_on, self.problems)
        self.parameters: dict[tuple[str, datetime.date | None], ParameterValue] = {}
        self.periods: list[Period] = []
        self.versions: dict[str, Chosen[RuleVersion]] = {}
        self.signatures: dict[str, Signature | NotInForce] = {}

    def run(self) -> Program | tuple[Problem, ...]:
        """The program, or every fault."""
        found = self.checked()
        if found is None or found.order is None or self.problems:
            return tuple(dict.fromkeys(self.problems))
        if found.numbered is None:
            rules, outcome = renumbered(found.rules, found.order, found.outcome)
            found.numbered = (tuple(rules), outcome)
        return self._program(*found.numbered)

    def checked(self) -> KeptOrder | None:
        """The rules, their order and the outcome; None with problems."""
        record = self.names.program.block.record
        vocabulary = self.vocabularies.get(record)
        if vocabulary is None:
            expected = instead_of(record, sorted(self.vocabularies))
            at = self.names.program.block.place_of("record")
            self.problems.append(problem("record-model-unknown", at, found=record, expected=expected))
        if self.problems or vocabulary is None:
            return None
        self.context = self._context(vocabulary)
        self._refuse_fact_names(vocabulary)
        rules = self._rules()
        outcome = compile_outcome(self.names, self.context, self.signatures, rules, self.problems)
        return None if self.problems or outcome is None else self._in_order(rules, outcome)

    def _in_order(self, rules: list[Rule], outcome: Outcome) -> KeptOrder:
        """The order of the rules, and whether what they pay has its precision."""
        kept = next((kept for kept in self.memory.orders if kept.is_of(rules, outcome)), None)
        if kept is None:
            problems: list[Problem] = []
            order = evaluation_order(rules, self.memory.read_by, outcome, self.names.program.name, problems)
            if order is not None:
                check_payment_precision({rule.slot: rule for rule in rules}, outcome, problems)
            kept = KeptOrder(tuple(rules), outcome, order, tuple(problems))
            self.memory.orders.append(kept)
        self.problems += kept.problems
        return kept

    # --- names -----------------------------------------------------------------------------------------------------

    def _context(self, vocabulary: Vocabulary) -> Context:
        cache: dict[str, dict[str, Declared]] = {}

        def visible(instance: str) -> dict[str, Declared]:
            if instance not in cache:
                cache[instance] = self.names.visible(instance)
            return cache[instance]

        age = self.names.age_rule
        rule = AgeRule(age[1].reached_on, age[1].leap_day) if age else None
        return Context(
            vocabulary,
            self.request.on,
            visible,
            frozenset(self.names.instances),
            self._signature,
            self._parameter,
            rule,
        )

    def _refuse_fact_names(self, vocabulary: Vocabulary) -> None:
        taken = {*vocabulary.scopes[""].facts, *vocabulary.scopes[""].lists, "on", "each", "yes", "no", "none"}
        for declared in self.names.declared():
            name = declared.key.partition(".")[2]
            if name in taken:
                at = declared.entry.at if isinstance(declared, DeclaredParameter) else declared.versions[0].at
                self.problems.append(problem("name-is-a-fact", at, found=name, expected=_ANOTHER_NAME))

    # --- parameters ------------------------------------------------------------------------------------------------

    def _parameter(self, key: str, day_of: FrozenDay | None) -> ParameterValue | NotInForce:
        """What a rule reads: from now on the program rests on it."""
        on = self.request.on
        wanted = on if day_of is None else day_of(on)
        chosen, found = self._looked_up(key, wanted, None if day_of is None else wanted)
        self.periods.append(chosen.period if day_of is None else days_that_reach(chosen.period, day_of, on))
        if isinstance(found, NotInForce):
            self.reads.depends_on_day = True
            return found
        if day_of is None:
            self.reads.parameters[key] = found.value
        else:
            self.reads.depends_on_day = True
        slot = (key, found.value.frozen_on)
        if slot not in self.parameters:
            self.parameters[slot] = found.value
            self.problems += found.problems
        return found.value

    def _looked_up(
        self, key: str, day: datetime.date, frozen_on: datetime.date | None
    ) -> tuple[Chosen[ValueBlock], KeptValue | NotInForce]:
        """The value in force on a day; nothing rests on it yet."""
        instance, _, name = key.partition(".")
        declared = self.names.instances[instance].declared[name]
        assert isinstance(declared, DeclaredParameter)
        chosen = self.selector.parameter(declared, day)
        dated = chosen.dated
        if dated is None or dated.repealed:
            ended = any(run.start is None or run.start <= day for run in chosen.ranges)
            return chosen, NotInForce(chosen.ranges, ended, self.request.known_on)
        known = self.memory.values.setdefault(key, [])
        kept = next((kept for kept in known if kept.value.frozen_on == frozen_on and kept.is_of(dated)), None)
        if kept is None:
            problems, self.problems = self.problems, []
            kept = KeptValue(dated, self._value(declared, dated, frozen_on), tuple(self.problems))
            self.problems = problems
            known.append(kept)
        return chosen, kept

    def _value(
        self, declared: DeclaredParameter, dated: Dated[ValueBlock], frozen_on: datetime.date | None
    ) -> ParameterValue:
        block, parameter, layer = dated.item, declared.entry.block, dated.layer
        sources = self.selector.sources(layer)
        type_ = read_type(parameter.type, parameter.choices, self.problems)
        citations = read_citations(block.cite, sources, self.problems)
        if layer is not None and layer.kind == "scenario":
            citations = (Citation(kind="scenario", title=layer.title), *citations)
        if not citations and block.cite is None:
            self.problems.append(problem("cite-missing", dated.at, found=_A_VALUE, expected=_A_SOURCE))
        published = dated.published if dated.published != datetime.date.min else dated.from_date
        return ParameterValue(
            key=declared.key,
            title=parameter.title,
            type=type_,
            value=read_value(block, type_, self.problems),
            shape=read_shape(parameter, block, self.problems),
            from_date=dated.from_date,
            until=dated.until,
            published=published,
            citations=citations,
            unit_citations=read_citations(block.unit_cite, sources, self.problems),
            choice_titles=tuple((parameter.choices or {}).items()),
            set_by=tuple(parameter.set_by or ()),
            at=dated.at,
            digest=digest({"parameter": declared.key, "type": str(parameter.type), "value": dumped(block)}),
            layer=layer.overlay if layer else None,
            hypothetical=layer is not None and layer.kind == "scenario",
            frozen_on=frozen_on,
            note=block.note,
            from_citations=read_citations(block.from_cite, sources, self.problems),
            published_citations=read_citations(block.published_cite, sources, self.problems),
        )

    # --- rules -----------------------------------------------------------------------------------------------------

    def _declared_rules(self) -> list[DeclaredRule]:
        return [item for item in self.names.declared() if isinstance(item, DeclaredRule)]

    def _signature(self, key: str) -> Signature | NotInForce:
        found = self.signatures[key]
        if isinstance(found, NotInForce):
            self.reads.depends_on_day = True
        else:
            self.reads.signatures[key] = found
        return found

    def _rules(self) -> list[Rule]:
        declared_rules = self._declared_rules()
        for slot, declared in enumerate(declared_rules):
            self.signatures[declared.key] = self._sign(slot, declared)
        rules: list[Rule] = []
        for declared in declared_rules:
            chosen = self.versions[declared.key]
            self.periods.append(chosen.period)
            signature = self.signatures[declared.key]
            if chosen.dated is not None and isinstance(signature, Signature) and signature.type is not None:
                rules.append(self._known_rule(declared, chosen.dated, signature, signature.type))
        return rules

    def _known_rule(self, declared: DeclaredRule, dated: Dated[RuleVersion], signature: Signature, type_: Type) -> Rule:
        """The rule as an earlier compilation worked it out, where everything that it read is the same; else anew."""
        block, known = dated.item.block, self.memory.rules.setdefault(declared.key, [])
        for kept in known:
            same = kept.block is block and kept.layer is dated.layer and kept.signature == signature
            if same and self._reads_the_same(kept.reads):
                for key in kept.reads.parameters:
                    self._parameter(key, None)
                self.problems += kept.problems
                return kept.rule
        faults, self.reads = len(self.problems), Reads()
        rule = self._rule(declared, dated, signature, type_)
        if not self.reads.depends_on_day:
            known.append(KeptRule(block, dated.layer, signature, self.reads, rule, tuple(self.problems[faults:])))
        return rule

    def _reads_the_same(self, reads: Reads) -> bool:
        """Whether everything that a rule read is the same now."""
        if any(self.signatures[key] != found for key, found in reads.signatures.items()):
            return False
        for key, value in reads.parameters.items():
            found = self._looked_up(key, self.request.on, None)[1]
            if isinstance(found, NotInForce) or found.value is not value:
                return False
        return True

    def _sign(self, slot: int, declared: DeclaredRule) -> Signature | NotInForce:
        chosen = self.selector.rule(declared)
        self.versions[declared.key] = chosen
        if chosen.dated is None or chosen.dated.repealed:
            ended = any(run.start is None or run.start <= self.request.on for run in chosen.ranges)
            return NotInForce(chosen.ranges, ended, self.request.known_on)
        block = chosen.dated.item.block
        known = self.memory.signatures.setdefault(declared.key, [])
        kept = next((kept for kept in known if kept.block is block and kept.signature.slot == slot), None)
        if kept is None:
            faults = len(self.problems)
            kept = KeptSignature(block, self._head(slot, declared, block), tuple(self.problems[faults:]))
            known.append(kept)
        else:
            self.problems += kept.problems
        return kept.signature

    def _head(self, slot: int, declared: DeclaredRule, block: RuleBlock) -> Signature:
        """A rule's scope and type, as its block declares them."""
        faults = len(self.problems)
        scope = RuleScope(self.context, declared.key.partition(".")[0], {}, self.problems)
        bound = bind_for_each(block.for_each, scope)
        if block.pick is not None:
            inner = bound[0] if bound else scope
            picked = binding(block.pick.from_, inner)
            entries = None if picked is None else list_read(picked[1], inner)
            path = "" if entries is None else entries[1].scope
            return Signature(declared.key, slot, ItemType(path), bound[1] if bound else "", True)
        type_: Type = (
            NumberType(Unit())
            if block.rank is not None and block.type is None
            else read_type(block.type, block.choices, self.problems)
        )
        return Signature(
            declared.key, slot, type_ if len(self.problems) == faults else None, bound[1] if bound else "", False
        )

    def _rule(self, declared: DeclaredRule, dated: Dated[RuleVersion], signature: Signature, type_: Type) -> Rule:
        version, block = dated.item, dated.item.block
        sources = self.selector.sources(dated.layer)
        scope = RuleScope(self.context, declared.key.partition(".")[0], {}, self.problems)
        bound = bind_for_each(block.for_each, scope)
        if bound is not None:
            scope = bound[0]
        title = block.title or block.say or Bilingual(en=version.name.replace("_", " "), zh=version.name)
        body = rule_body(block, RuleReader(scope, type_, sources))
        citations = read_citations(block.cite, sources, self.problems)
        if dated.layer is not None:
            citations = (Citation(kind="scenario", title=dated.layer.title), *citations)
        self._check_rule(version, declared.pack, dated.layer, citations, signature)
        return Rule(
            key=declared.key,
            slot=signature.slot,
            scope=signature.scope,
            variables=scope.counter[0],
            type=type_,
            title=title,
            say=block.say,
            citations=citations,
            body=body,
            assumed=self._assumed(version, type_, sources),
            is_flag=block.flag is not None,
            choice_titles=tuple((block.choices or {}).items()),
            from_date=version.from_date,
            at=version.at,
            digest=digest({"rule": declared.key, "from": version.from_date.isoformat(), "block": dumped(block)}),
            layer=dated.layer.overlay if dated.layer else None,
            hypothetical=dated.layer is not None,
            note=block.note,
        )

    def _check_rule(
        self,
        version: RuleVersion,
        pack: Pack,
        layer: OverlayBlock | None,
        citations: tuple[Citation, ...],
        signature: Signature,
    ) -> None:
        block = version.block
        if not citations and block.cite is None:
            self.problems.append(problem("cite-missing", version.at, found=version.name, expected=_A_SOURCE))
        if layer is None:
            check_rule_dates(version, pack, self.names.sources, self.problems)
        if block.title is None and isinstance(signature.type, NumberType):
            expected = "title: {en: …, zh: …}"
            self.problems.append(problem("title-missing", version.at, found=version.name, expected=expected))
        if block.flag is not None and block.say is None:
            expected = "say: {en: …, zh: …}"
            self.problems.append(problem("title-missing", version.at, found=version.name, expected=expected))
        if block.rank is None or block.for_each is not None:
            return
        expected = "for_each: m in …"
        self.problems.append(problem("rank-scope", version.at, found=version.name, expected=expected))

    def _assumed(self, version: RuleVersion, type_: Type, sources: dict[str, SourceBlock]) -> Assumed | None:
        block = version.block.if_unknown
        if block is None:
            return None
        value = read_known(block.value, type_, self.problems)
        citations = read_citations(block.cite, sources, self.problems)
        return None if value is None else Assumed(value, citations)

    # --- the program -----------------------------------------------------------------------------------------------

    def _program(self, rules: tuple[Rule, ...], outcome: Outcome) -> Program:
        valid = Period(None, None)
        for period in self.periods:
            valid = valid.intersect(period)
        used = tuple(sorted(self.parameters.values(), key=lambda v: (v.key, v.frozen_on or datetime.date.min)))
        block = self.names.program.block
        overlays = tuple(
            Overlaid(o.overlay, o.kind, o.title, o.notice, digest(dumped(o))) for o in self.request.overlays
        )
        packs = tuple(
            (pack.name, self._pack_digest(pack))
            for instance in self.names.instances.values()
            for pack in instance.packs
        )
        identity: dict[str, Json] = {
            "engine": ENGINE_SEMANTICS,
            "program": block.name,
            "rules": [rule.digest for rule in rules],
            "parameters": [value.digest for value in used],
            "outcome": dumped(self.names.outcome) if self.names.outcome else None,
            "age_rule": dumped(self.names.age_rule[1]) if self.names.age_rule else None,
        }
        checked = [
            read_day(p.block.checked_through)
            for i in self.names.instances.values()
            for p in i.packs
            if p.block.checked_through
        ]
        known = [day for day in checked if day is not None]
        return Program(
            id=block.name,
            title=block.title,
            record=block.record,
            on=self.request.on,
            known_on=self.request.known_on,
            jurisdiction=self.request.jurisdiction,
            valid=valid,
            checked_through=min(known) if known else None,
            rules=rules,
            outcome=outcome,
            parameters=used,
            overlays=overlays,
            packs=tuple(dict.fromkeys(packs)),
            digest=digest(identity),
        )

    def _pack_digest(self, pack: Pack) -> str:
        if pack.name not in self.memory.pack_digests:
            self.memory.pack_digests[pack.name] = pack_digest(pack)
        return self.memory.pack_digests[pack.name]


def dumped(block: Block) -> Json:
    """A block as canonical data: texts as written, without places."""
    data: Json = block.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def pack_digest(pack: Pack) -> str:
    """The digest of everything that a pack says, over its canonical form."""
    return digest(
        {
            "program": dumped(pack.block),
            "parameters": {name: dumped(entry.block) for name, entry in pack.parameters.items()},
            "rules": {
                name: [{"from": version.from_date.isoformat(), "block": dumped(version.block)} for version in versions]
                for name, versions in pack.rules.items()
            },
        }
    )
