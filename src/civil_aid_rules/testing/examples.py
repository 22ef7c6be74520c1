"""The worked examples of a rulebook: each record determined on its day, and held against what the example expects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from civil_aid_rules.determination import Determination
from civil_aid_rules.errors import CivilAidError, Problem, RulebookError
from civil_aid_rules.evaluator import Evaluator
from civil_aid_rules.packs.blocks import to_data
from civil_aid_rules.packs.models import ExampleBlock, ExpectBlock
from civil_aid_rules.packs.validate import validate
from civil_aid_rules.quantities.numbers import exact_text, read_number
from civil_aid_rules.records.read import read_record_node
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.yaml_source import Mapping, Node, Sequence, read_yaml_file


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example as it came out. `differences` are sentences; none means that it passed."""

    example: str
    program: str
    path: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything that the example expects came out."""
        return not self.differences


def run_examples(rulebook: Rulebook) -> tuple[ExampleResult, ...]:
    """Run every example of every pack. Raises RulebookError with every fault of the example files."""
    read: list[tuple[ExampleBlock, Node, str]] = []
    problems: list[Problem] = []
    for pack in rulebook.packs.packs.values():
        for path in pack.examples:
            shown = path.relative_to(rulebook.packs.root.parent).as_posix()
            try:
                read += [(block, record, shown) for block, record in read_examples(path, shown)]
            except RulebookError as error:
                problems += error.problems
    if problems:
        raise RulebookError(problems)
    evaluators = Evaluators(rulebook)
    return tuple(_run(evaluators, block, record, shown) for block, record, shown in read)


def read_examples(path: Path, shown_as: str) -> list[tuple[ExampleBlock, Node]]:
    """The examples of a file, each with its record as it stands in the file. Raises RulebookError with every fault."""
    node, faults = read_yaml_file(path, shown_as=shown_as)
    if node is None or faults:
        raise RulebookError(faults)
    found: list[tuple[ExampleBlock, Node]] = []
    problems: list[Problem] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        block = validate(ExampleBlock, to_data(item), item.at)
        if isinstance(block, tuple):
            problems += block
        else:
            assert isinstance(item, Mapping)
            found.append((block, next(value for key, value in item.entries if key.text == "record")))
    if problems:
        raise RulebookError(problems)
    return found


class Evaluators:
    """The evaluators that examples ask for. Each question is compiled once, however many examples ask it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.records = rulebook.records
        self._rulebooks: dict[tuple[str, ...], Rulebook] = {(): rulebook}
        self._made: dict[tuple[object, ...], Evaluator] = {}

    def of(self, block: ExampleBlock) -> Evaluator:
        """The evaluator of an example's question. Raises EvaluationError or RulebookError as the question deserves."""
        overlays, known_on = tuple(map(str, block.overlays)), None if block.known_on is None else str(block.known_on)
        question = (overlays, block.program, str(block.on), known_on, block.jurisdiction)
        if question not in self._made:
            self._made[question] = self._rulebook(overlays).evaluator(
                block.program, on=str(block.on), known_on=known_on, jurisdiction=block.jurisdiction
            )
        return self._made[question]

    def _rulebook(self, overlays: tuple[str, ...]) -> Rulebook:
        if overlays not in self._rulebooks:
            self._rulebooks[overlays] = self._rulebook(overlays[:-1]).with_overlay(overlays[-1])
        return self._rulebooks[overlays]


def _run(evaluators: Evaluators, block: ExampleBlock, record: Node, path: str) -> ExampleResult:
    try:
        evaluator = evaluators.of(block)
        given = read_record_node(record, evaluators.records[evaluator.record])
        found = differences(evaluator.determine(given), block.expect)
    except CivilAidError as error:
        found = tuple(str(item) for item in error.problems)
    return ExampleResult(str(block.example), block.program, path, found)


def differences(determination: Determination, expect: ExpectBlock) -> tuple[str, ...]:
    """What came out otherwise than an example expects: one sentence for each; none when all came out."""
    found: list[str] = []

    def hold(what: str, expected: Any, came: Any) -> None:
        if expected != came:
            found.append(f"{what}: expected {expected}, came out {came}")

    hold("status", expect.status, determination.status)
    if expect.amount is not None:
        amount = None if determination.payment is None else determination.payment.amount
        hold("amount", None if expect.amount.is_null else str(expect.amount), None if amount is None else str(amount))
    for name, text in expect.values.items():
        hold(name, _plain(None if text.is_null else str(text)), value_at(determination, name))
    if expect.missing is not None:
        hold("missing", sorted(expect.missing), sorted(item.name for item in determination.missing))
    if expect.flags is not None:
        hold("flags", sorted(expect.flags), sorted({item.rule.partition(".")[2] for item in determination.flags}))
    return tuple(found)


def _plain(text: str | None) -> str | None:
    """A number in the one form that results use: 540.00 is 540."""
    number = None if text is None else read_number(text)
    return text if number is None else exact_text(number)


def value_at(determination: Determination, name: str) -> str | None:
    """A rule's value as text; `name[1]` or `name[0][2]` for the entry at that place of its list."""
    rule, *places = name.replace("]", "").split("[")
    key = rule if "." in rule else f"{determination.program}.{rule}"
    held = determination.values.get(key) or next(
        (v for k, v in determination.values.items() if k.partition(".")[2] == rule), None
    )
    if held is None:
        return "no such rule"
    if held.entries is None:
        return held.value
    wanted = [int(place) for place in places]
    for entry, text in held.entries.items():
        if [int(part.split("]")[0]) for part in entry.split("[")[1:]] == wanted:
            return text
    return "no such entry"
