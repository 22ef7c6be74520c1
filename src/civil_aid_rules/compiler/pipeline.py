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
`check` look at whole packs and rulebooks. `compilation` goes through passes 2 to 7; `memory` lets compilations share
their work, and `steps` spares most of it where a program is only checked, day after day.
"""

from __future__ import annotations

from collections.abc import Mapping

from civil_aid_rules.compiler.assembly import ENGINE_SEMANTICS, assembled
from civil_aid_rules.compiler.compilation import Compilation
from civil_aid_rules.compiler.dumps import dumped, pack_digest
from civil_aid_rules.compiler.memory import Memory
from civil_aid_rules.compiler.namespace import DeclaredParameter
from civil_aid_rules.compiler.order import renumbered
from civil_aid_rules.compiler.request import Request
from civil_aid_rules.compiler.steps import sound, still_sound
from civil_aid_rules.errors import Problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.packs.load import Packs


def compile_program(
    packs: Packs, request: Request, vocabularies: Mapping[str, Vocabulary], memory: Memory | None = None
) -> Program | tuple[Problem, ...]:
    """The program for one day, or every fault found on the way. `memory`: of this program in these packs."""
    work = Compilation.of(memory or Memory.of(packs, request.program), request, vocabularies)
    found = work.ordered()
    if found is None or found.order is None or work.problems:
        return tuple(dict.fromkeys(work.problems))
    if found.numbered is None:
        rules, outcome = renumbered(found.rules, found.order, found.outcome)
        found.numbered = (tuple(rules), outcome)
    return assembled(request, work.memory, work.lookups, *found.numbered)


def program_faults(request: Request, vocabularies: Mapping[str, Vocabulary], memory: Memory) -> tuple[Problem, ...]:
    """Every fault that compiling the program for one day meets."""
    before = memory.sound.get(request.on) or next(reversed(memory.sound.values()), None)
    after = still_sound(before, Compilation.of(memory, request, vocabularies))
    if after is not None:
        memory.sound[request.on] = after
        return ()
    work = Compilation.of(memory, request, vocabularies)
    if work.ordered() is None and memory.names.problems:
        return tuple(dict.fromkeys(work.problems))
    for declared in memory.names.declared():
        if isinstance(declared, DeclaredParameter):
            work.lookups.parameter(declared.key, None)  # also what no rule reads means one thing, or is refused
    whole = sound(work)
    memory.sound |= {} if whole is None else {request.on: whole}
    return tuple(dict.fromkeys(work.problems))


__all__ = ["ENGINE_SEMANTICS", "Request", "compile_program", "dumped", "pack_digest", "program_faults"]
