"""What is no fault but hardly meant: branches that no record can reach, or that every record takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from civil_aid_rules.compiler.lower import SettledTest, settled_tests
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.nodes import Named
from civil_aid_rules.ir.program import Program

_A_TEST = Both("a test that some record passes and another does not", "有的记录满足、有的不满足的条件")


def warnings_of(programs: Mapping[str, Program], vocabularies: Mapping[str, Vocabulary]) -> tuple[Problem, ...]:
    """The warnings for some programs, each once, in file order."""
    found = [warning for program in programs.values() for warning in _of_program(program, vocabularies[program.record])]
    return tuple(sorted(dict.fromkeys(found), key=Problem.sort_key))


def _of_program(program: Program, vocabulary: Vocabulary) -> Iterator[Problem]:
    for settled in settled_tests(program, vocabulary):
        at = next((node.at for node in (settled.branch.value, settled.branch.test) if isinstance(node, Named)), None)
        code = "branch-always" if settled.holds else "branch-never"
        yield problem(code, at or settled.rule.at, found=_shown(settled), expected=_A_TEST)


def _shown(settled: SettledTest) -> str:
    """The rule, and the name of the branch where it has one."""
    value = settled.branch.value
    return f"{settled.rule.key}: {value.id}" if isinstance(value, Named) else settled.rule.key
