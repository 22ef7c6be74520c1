"""An evaluation by generated Python: all that the interpreter's has, each part worked out when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from civil_aid_rules.backends.evaluation import Evaluation, Frame, Meaning, frames_of
from civil_aid_rules.backends.interpreter import Interpreter
from civil_aid_rules.backends.python_source import Generated, NotScaled, Results, generated
from civil_aid_rules.facts.extract import Facts, extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.values import Value
from civil_aid_rules.records.record import Record


def evaluating(interpreter: Interpreter, vocabulary: Vocabulary) -> Callable[[Record], Evaluation | None]:
    """A function that evaluates records by generated Python; None for a record that only the interpreter can do.

    Such is one with an amount finer than the fen, in a record model of the user's own.
    """
    ready = Ready(interpreter, generated(interpreter.program, vocabulary), vocabulary)

    def evaluate(record: Record) -> Evaluation | None:
        try:
            return Evaluated(ready, record)
        except NotScaled:
            return None

    return evaluate


@dataclass(frozen=True, slots=True)
class Ready:
    """What all evaluations of a program share."""

    interpreter: Interpreter
    generated: Generated
    vocabulary: Vocabulary


class Evaluated(Evaluation):
    """What the interpreter would have found. At first there are only the `results` of the generated function."""

    __slots__ = ("_kept", "ready", "record", "results")
    ready: Ready
    results: Results
    record: Record
    _kept: dict[str, Any]

    def __init__(self, ready: Ready, record: Record) -> None:
        """Evaluate a record. Raises NotScaled for one that only the interpreter can evaluate."""
        keep, generated = object.__setattr__, ready.generated
        keep(self, "results", generated.values_of(generated.read(record)))
        keep(self, "ready", ready)
        keep(self, "record", record)
        keep(self, "_kept", {})

    @property
    def program(self) -> Program:
        """The program."""
        return self.ready.interpreter.program

    @property
    def meanings(self) -> dict[int, Meaning]:
        """What the program's nodes mean."""
        return self.ready.interpreter.meanings

    @property
    def prepared(self) -> dict[type, Any]:
        """What has been worked out from the program once."""
        return self.ready.interpreter.prepared

    @property
    def facts(self) -> Facts:
        """The record's facts."""
        found: Facts = self._once("facts", lambda: extract(self.record, self.ready.vocabulary))
        return found

    @property
    def values(self) -> list[list[Value]]:
        """The values by slot and ordinal."""
        found: list[list[Value]] = self._once("values", lambda: self.ready.generated.values(self.results))
        return found

    @property
    def frames(self) -> dict[str, list[Frame]]:
        """The frame of every entry, by the list's path."""
        found: dict[str, list[Frame]] = self._once(
            "frames", lambda: frames_of(self.ready.interpreter.scopes, self.facts)
        )
        return found

    @property
    def paths(self) -> dict[str, list[str]]:
        """The path of every entry; the record itself says, without its facts."""
        found = {"": [("$", self.record.__dict__)]}
        for scope in self.ready.interpreter.scopes:
            outer, _, name = scope.rpartition(".")
            found[scope] = [
                (f"{path}.{name}[{place}]", entry.__dict__)
                for path, held in found[outer]
                for place, entry in enumerate(held[name] or ())
            ]
        return {scope: [path for path, _ in entries] for scope, entries in found.items()}

    @property
    def assumed(self) -> frozenset[tuple[int, int]]:
        """The (slot, ordinal) pairs whose value was taken from `if_unknown`."""
        found: frozenset[tuple[int, int]] = self._once("assumed", lambda: self.ready.generated.assumed(self.results))
        return found

    def _once(self, name: str, compute: Callable[[], Any]) -> Any:
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = compute()
        return found

    def column(self, slot: int) -> list[Value]:
        """The values of one rule, without those of the others."""
        return self.ready.generated.columns[slot](self.results)
