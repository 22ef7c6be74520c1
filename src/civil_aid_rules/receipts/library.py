"""What receipts are computed again with: the packs of a rulebook, its record models, and how it compiles a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.pipeline import Request
from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.errors import Problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.packs.load import Packs
from civil_aid_rules.records.record import Record


@dataclass(frozen=True, slots=True)
class Library:
    """A rulebook as a replay needs it."""

    packs: Packs
    records: Mapping[str, type[Record]]
    vocabularies: Mapping[str, Vocabulary]
    digest: str
    compile: Callable[[Request], Program | tuple[Problem, ...]]


def program_for(request: Request, library: Library) -> Program | tuple[Problem | Bilingual, ...]:
    """The compiled program that a request asks for, or why there is none."""
    if request.program in library.packs.programs:
        return library.compile(request)
    names = ", ".join(library.packs.programs)
    return (worded("it has no such program; it has {names}", "其中没有此项目，只有 {names}", names=names),)
