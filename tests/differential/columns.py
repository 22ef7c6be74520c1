"""Where the columnar back end and the interpreter differ: status, amount, reasons, every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pyarrow as pa

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.backends.interpreter import Interpreter, prepare
from civil_aid_rules.determinations.column_rules import NONE_SUFFIX
from civil_aid_rules.determinations.columns import ColumnProgram, determine_batch, prepare_columns
from civil_aid_rules.determinations.determine import part_of_result
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.program import Program
from civil_aid_rules.ir.types import YesNoType
from civil_aid_rules.ir.values import NONE, ItemReference, Special, Value
from civil_aid_rules.records.record import Record
from tests.differential.programs import vocabulary
from tests.differential.random_runs import program_of, record_of
from tests.differential.record import Family
from tests.differential.tables import batch_of


@dataclass(frozen=True, slots=True)
class ColumnsAndInterpreter:
    """One program on both."""

    program: Program
    vocabulary: Vocabulary
    model: type[Record]
    interpreter: Interpreter
    columns: ColumnProgram

    @classmethod
    def of(cls, program: Program, vocabulary: Vocabulary, model: type[Record]) -> ColumnsAndInterpreter:
        """A program made ready to run."""
        return cls(
            program,
            vocabulary,
            model,
            prepare(program),
            prepare_columns(program, vocabulary, model, rules=[rule.key for rule in program.rules]),
        )

    def differences(self, records: Sequence[Record], random: Random) -> Iterator[str]:
        """One line for each record and each thing that is not the same."""
        accepted, refused = determine_batch(self.columns, batch_of(records, self.model, random))
        if refused.num_rows:
            yield f"refused: {refused.to_pylist()}"
            return
        for number, (record, found) in enumerate(zip(records, accepted.to_pylist(), strict=True)):
            evaluation = self.interpreter.run(extract(record, self.vocabulary))
            expected = self.expected(evaluation)
            order = [name for name, _ in self.columns.question.reasons]
            found["reasons"] = sorted(found["reasons"])
            assert not set(expected["reasons"]) - set(order)
            for name, value in expected.items():
                if found[name] != value or type(found[name]) is not type(value):
                    yield f"record {number}: {name}: the interpreter gives {value!r}, columns {found[name]!r}"

    def expected(self, evaluation: Evaluation) -> dict[str, Any]:
        """What the interpreter says."""
        payment = part_of_result("payment", evaluation)["payment"]
        reasons = part_of_result("reasons", evaluation)["reasons"]
        return {
            **dict(self.values(evaluation)),
            "status": part_of_result("status", evaluation)["status"],
            "amount": None if payment is None else payment.amount,
            "reasons": sorted(reason.id for reason in reasons if reason.decided),
        }

    def values(self, evaluation: Evaluation) -> Iterator[tuple[str, Any]]:
        """Every rule's value as its column gives it."""
        for column in self.columns.question.columns:
            rule = column.rule
            values = evaluation.values[rule.slot]
            plain = self.columns.schema.field(rule.key).type
            kind = plain.value_type if rule.scope else plain
            shown = [_as_column(value, kind) for value in values]
            yield rule.key, shown if rule.scope else shown[0]
            if column.may_be_none:
                none = [value is NONE for value in values]
                yield f"{rule.key}{NONE_SUFFIX}", none if rule.scope else none[0]


def _as_column(value: Value, kind: pa.DataType) -> Any:
    if isinstance(value, Special):
        return None
    if isinstance(value, ItemReference):
        return value.ordinal
    if pa.types.is_struct(kind):
        if pa.types.is_string(kind.field(0).type):
            return {"n": str(value.numerator), "d": str(value.denominator)}  # type: ignore[union-attr]
        parts = {"n": value.numerator, "d": value.denominator}  # type: ignore[union-attr]
        return {
            name: Decimal(part) if pa.types.is_decimal(kind.field(0).type) else part for name, part in parts.items()
        }
    if pa.types.is_decimal(kind):
        assert isinstance(value, int | Fraction)
        with localcontext(prec=60):
            return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-kind.scale))
    return value


def deciding(program: Program) -> Program | None:
    """A random program as one that decides: by its last yes/no rule. None: it has none."""
    slots = [rule.slot for rule in program.rules if isinstance(rule.type, YesNoType)]
    return replace(program, outcome=replace(program.outcome, eligible=slots[-1], payment=None)) if slots else None


def column_differences(seeds: range, records: int = 12) -> Iterator[str]:
    """One line for the first difference of each random program, with what reproduces it."""
    for seed in seeds:
        program = deciding(program_of(seed))
        if program is not None:
            both = ColumnsAndInterpreter.of(program, vocabulary(), Family)
            lines = both.differences([record_of(seed, number) for number in range(records)], Random(seed))
            yield from (f"column_differences(range({seed}, {seed + 1})): {line}" for line in islice(lines, 1))
