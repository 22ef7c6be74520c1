"""Where generated Python and the interpreter differ on one record, by rule and entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from civil_aid_rules.backends.interpreter import Interpreter, prepare
from civil_aid_rules.backends.python_source import Generated, generated
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.values import Value
from civil_aid_rules.records.record import Record


@dataclass(frozen=True, slots=True)
class BackEnds:
    """One program on both."""

    program: Program
    vocabulary: Vocabulary
    interpreter: Interpreter
    generated: Generated

    @classmethod
    def of(cls, program: Program, vocabulary: Vocabulary) -> BackEnds:
        """A program made ready to run."""
        return cls(program, vocabulary, prepare(program), generated(program, vocabulary))

    def differences(self, record: Record) -> Iterator[str]:
        """One line for each rule and entry whose values are not the same, or not of the same class."""
        reference = self.interpreter.run(extract(record, self.vocabulary))
        results = self.generated.run(record)
        for rule, expected, found in zip(
            self.program.rules, reference.values, self.generated.values(results), strict=True
        ):
            if list(map(_exactly, expected)) != list(map(_exactly, found)):
                yield f"{rule.key}: the interpreter gives {expected}, generated Python {found}"
        if reference.assumed != self.generated.assumed(results):
            yield f"assumed: {sorted(reference.assumed)}, generated Python {sorted(self.generated.assumed(results))}"


def _exactly(value: Value) -> tuple[type, Value]:
    return type(value), value
