"""The rule examples of the reference pages: rules, records and values, run as the conformance cases are."""

from __future__ import annotations

from pathlib import Path

from civil_aid_rules.ir.program import Program
from civil_aid_rules.rulebook import Rulebook
from tests.conformance.cases import DEFAULT_DAY, PROGRAM, Case, cases_in
from tests.conformance.record import Record
from tests.docs.pages import Block, blocks_of


def rule_examples(page: Path) -> list[Block]:
    """The YAML blocks of a page that are rules with records and values."""
    found = [
        block
        for block in blocks_of(page)
        if block.language == "yaml" and block.text.startswith(("- rules:", "- on:", "- parameters:", "- age_rule:"))
    ]
    assert found, f"{page.name} has no examples"
    return found


def differences(block: Block, folder: Path) -> list[str]:
    """Where the example does not come out as the page says."""
    found: list[str] = []
    for case, rulebook in _loaded(block, folder):
        determination = rulebook.evaluator(PROGRAM, on=case.on).determine(case.record)
        for rule, expected in case.expected:
            came = determination[rule]
            came_listed = list(came.values()) if isinstance(came, dict) else came
            if came_listed != expected:
                found.append(f"{case.id}: {rule} is {came_listed}, the page says {expected}")
    return found


def programs_of(block: Block, folder: Path) -> list[Program]:
    """The compiled programs of an example."""
    books = {id(rulebook): rulebook for _, rulebook in _loaded(block, folder)}
    return [rulebook.compile(PROGRAM, on=DEFAULT_DAY) for rulebook in books.values()]


def load_rules(text: str, folder: Path) -> list[tuple[Case, Rulebook]]:
    """The cases of a text, each with the rulebook of its group. Raises RulebookError where one does not load."""
    return _with_rulebooks(cases_in(text, "rules"), folder)


def _loaded(block: Block, folder: Path) -> list[tuple[Case, Rulebook]]:
    return _with_rulebooks(cases_in(block.text, block.where), folder)


def _with_rulebooks(cases: list[Case], folder: Path) -> list[tuple[Case, Rulebook]]:
    groups = list(dict.fromkeys(case.group for case in cases))
    books = {
        group: Rulebook.load(group.write(folder / str(number)), records={"record": Record})
        for number, group in enumerate(groups)
    }
    return [(case, books[case.group]) for case in cases]
