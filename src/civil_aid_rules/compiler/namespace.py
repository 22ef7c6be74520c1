"""Which names a program has. Own and extended packs form the program's namespace; used packs keep their own.

The key of a name is `instance.name`: `urban_dibao.standard` also for what `urban_dibao` extends, and
`household_economics.assets` for what it uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.load import Pack, Packs, ParameterEntry, RuleVersion
from civil_aid_rules.packs.models import AgeRuleBlock, OutcomeBlock, SourceBlock
from civil_aid_rules.packs.notice_models import NoticesBlock
from civil_aid_rules.source import SourceSpan


@dataclass(frozen=True, slots=True)
class DeclaredParameter:
    """A parameter in a program's namespace: the pack's entry, and the key that overlays and results name it by."""

    key: str
    pack: Pack
    entry: ParameterEntry


@dataclass(frozen=True, slots=True)
class DeclaredRule:
    """A rule in a program's namespace, with all its dated versions."""

    key: str
    pack: Pack
    versions: tuple[RuleVersion, ...]


Declared = DeclaredParameter | DeclaredRule


@dataclass(slots=True)
class Instance:
    """One namespace: a program with what it extends, or a definitions pack that is used."""

    name: str
    packs: list[Pack]
    declared: dict[str, Declared] = field(default_factory=dict)
    uses: list[str] = field(default_factory=list)

    @property
    def is_program(self) -> bool:
        """Whether this is a program, not definitions that are shared."""
        return self.packs[0].block.program is not None


@dataclass(slots=True)
class Namespace:
    """All names of one program."""

    program: Pack
    instances: dict[str, Instance]
    sources: dict[str, SourceBlock]
    outcome: OutcomeBlock | None
    age_rule: tuple[Pack, AgeRuleBlock] | None
    notices: NoticesBlock | None
    problems: list[Problem]
    closures: dict[str, dict[str, Instance]] = field(default_factory=dict)

    def reached(self, instance: str) -> dict[str, Instance]:
        """What may be named from `instance`: itself, what it uses, what that uses, and so on.

        Not what else a program has: a rule means the same in every program that it is part of.
        """
        if instance not in self.closures:
            found: dict[str, Instance] = {}
            waiting = [instance]
            while waiting:
                name = waiting.pop(0)
                if name not in found and name in self.instances:
                    found[name] = self.instances[name]
                    waiting += found[name].uses
            self.closures[instance] = found
        return self.closures[instance]

    def sources_of(self, instance: str) -> dict[str, SourceBlock]:
        """The instruments that `instance` may cite: its own, and those of what it uses."""
        found: dict[str, SourceBlock] = {}
        for reached in self.reached(instance).values():
            for pack in reached.packs:
                found = {**pack.block.sources, **found}
        return found

    def visible(self, instance: str) -> dict[str, Declared]:
        """Bare names that a rule of `instance` may use: its own, then those of what it uses, in that order."""
        found: dict[str, Declared] = {}
        waiting, seen = [instance], set[str]()
        while waiting:
            name = waiting.pop(0)
            if name in seen or name not in self.instances:
                continue
            seen.add(name)
            for key, value in self.instances[name].declared.items():
                found.setdefault(key, value)
            waiting.extend(self._shared(name))
        return found

    def _shared(self, instance: str) -> list[str]:
        """The definitions that an instance uses. Another program's names are always written with that program's."""
        return [other for other in self.instances[instance].uses if not self.instances[other].is_program]

    def declared(self) -> list[Declared]:
        """Every name of every instance."""
        return [item for instance in self.instances.values() for item in instance.declared.values()]


def build_namespace(packs: Packs, program: Pack) -> Namespace:
    """The names of `program`. Faults (an unknown pack, a name declared twice, a requirement) are in `problems`."""
    problems: list[Problem] = []
    instances: dict[str, Instance] = {}
    waiting = [program.name]
    while waiting:
        name = waiting.pop(0)
        if name in instances:
            continue
        instance = Instance(name, _with_extended(packs, packs.packs[name], problems))
        instances[name] = instance
        for pack in instance.packs:
            for other in pack.block.uses:
                if _known_pack(packs, pack, other, problems):
                    instance.uses.append(str(other))
        _declare(instance, problems, rules=instance.packs[0].block.record == program.block.record)
        _check_requirements(instance, problems)
        waiting.extend(instance.uses)
    _refuse_clashes(instances, problems)
    sources: dict[str, SourceBlock] = {}
    for instance in instances.values():
        for pack in instance.packs:
            for source_id, source in pack.block.sources.items():
                if source_id in sources and sources[source_id] is not source:
                    first = sources[source_id].at
                    problems.append(problem("pack-source-twice", source.at, found=source_id, expected=1, first=first))
                sources.setdefault(source_id, source)
    own = instances[program.name].packs
    outcome = next((pack.block.outcome for pack in own if pack.block.outcome is not None), None)
    age_rules = [(p, p.block.age_rule) for i in instances.values() for p in i.packs if p.block.age_rule is not None]
    if outcome is None and program.block.program is not None:
        expected = "outcome: {eligible: …, payment: …}"
        problems.append(problem("program-no-outcome", program.block.at, found=program.name, expected=expected))
    first_age = age_rules[0] if age_rules else None
    age_rule = first_age and (first_age[0], first_age[1])
    return Namespace(program, instances, sources, outcome, age_rule, _notices(program, instances), problems)


def _notices(program: Pack, instances: dict[str, Instance]) -> NoticesBlock | None:
    """What the program's packs say of notices, then the definitions that it uses: of each part the first.

    Of another program nothing is taken, nor of a pack over another record model.
    """
    shared = (instance for name, instance in instances.items() if name == program.name or not instance.is_program)
    packs = [pack for instance in shared for pack in instance.packs if pack.block.record == program.block.record]
    stated = [pack.notices for pack in packs if pack.notices is not None]
    if not stated:
        return None
    merged: dict[str, Any] = {}
    for block in stated:
        for name in block.model_fields_set - {"at", "keys_at"}:
            held = getattr(block, name)
            merged[name] = {**held, **merged.get(name, {})} if isinstance(held, dict) else merged.get(name, held)
    return stated[0].model_copy(update=merged)


def _known_pack(packs: Packs, pack: Pack, name: Text, problems: list[Problem]) -> bool:
    if name in packs.packs:
        return True
    expected = instead_of(name, sorted(packs.packs.keys() - {pack.name}))
    problems.append(problem("pack-unknown", name.at, found=name, expected=expected))
    return False


def _with_extended(packs: Packs, pack: Pack, problems: list[Problem]) -> list[Pack]:
    """The pack, then everything that it extends."""
    found: list[Pack] = []
    waiting = [pack]
    while waiting:
        here = waiting.pop(0)
        if here in found:
            continue
        found.append(here)
        for other in here.block.extends:
            if _known_pack(packs, here, other, problems):
                waiting.append(packs.packs[other])
    return found


def _declare(instance: Instance, problems: list[Problem], *, rules: bool) -> None:
    """All names of an instance. Of a pack over another record model only the parameters: its rules read other facts."""
    for pack in instance.packs:
        for name, entry in pack.parameters.items():
            _declare_one(instance, name, DeclaredParameter(f"{instance.name}.{name}", pack, entry), entry.at, problems)
        for name, versions in pack.rules.items() if rules else ():
            _declare_one(
                instance, name, DeclaredRule(f"{instance.name}.{name}", pack, versions), versions[0].at, problems
            )


def _declare_one(instance: Instance, name: str, item: Declared, at: SourceSpan, problems: list[Problem]) -> None:
    if name in instance.declared:
        place = _place(instance.declared[name])
        problems.append(problem("name-twice", at, found=name, expected=1, first=place))
        return
    instance.declared[name] = item


def _check_requirements(instance: Instance, problems: list[Problem]) -> None:
    for pack in instance.packs:
        for name, requirement in pack.block.requires.items():
            if name not in instance.declared and instance.is_program and name not in _rule_names(instance):
                at, title = instance.packs[0].block.at, Both(requirement.title.en, requirement.title.zh)
                problems.append(problem("pack-requirement-missing", at, found=pack.name, expected=name, title=title))


def _rule_names(instance: Instance) -> set[str]:
    return {name for pack in instance.packs for name in pack.rules}


def _refuse_clashes(instances: dict[str, Instance], problems: list[Problem]) -> None:
    """A bare name must not mean two things: a name declared in a namespace and again in one that it uses."""
    for instance in instances.values():
        for other in instance.uses:
            if other in instances and instances[other].is_program:
                continue
            for name in instance.declared.keys() & (instances[other].declared.keys() if other in instances else set()):
                at, first = _place(instance.declared[name]), _place(instances[other].declared[name])
                problems.append(problem("name-twice", at, found=name, expected=1, first=first))


def _place(item: Declared) -> SourceSpan:
    return item.entry.at if isinstance(item, DeclaredParameter) else item.versions[0].at
