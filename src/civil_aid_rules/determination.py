"""What `evaluator.determine` returns: the result, with its trace, explanation and receipt at hand."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import PrivateAttr

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Language
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.determinations.trace import Step, trace
from civil_aid_rules.digests import Json
from civil_aid_rules.errors import ReceiptError, problem
from civil_aid_rules.records.record import Record

Format = Literal["text", "markdown", "html"]


class Determination(Result):
    """A result that remembers the evaluation it came from.

    Its JSON is the Result's; read back, it is a result without its record: `trace`, `explain` and `receipt` then raise
    ReceiptError. Two determinations are equal when their results are.
    """

    _evaluation: Evaluation | None = PrivateAttr(default=None)
    _record: Record | None = PrivateAttr(default=None)
    _overlays: tuple[Json, ...] = PrivateAttr(default=())

    @property
    def trace(self) -> tuple[Step, ...]:
        """One step per rule and entry, in evaluation order; computed each time it is asked for."""
        return trace(self.evaluation)

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation behind the result. Raises ReceiptError for a result read back without its record."""
        if self._evaluation is None:
            raise _without_record()
        return self._evaluation

    @property
    def record(self) -> Record:
        """The record that was decided on. Raises ReceiptError for a result read back without it."""
        if self._record is None:
            raise _without_record()
        return self._record

    def explain(self, *, language: Language = "en", format: Format = "text") -> str:
        """The determination in words: what was decided, why, how the sum is made, and what each figure rests on.

        `language` is "en" or "zh"; `format` is "text", "markdown" or "html" (self-contained, escaped). Names and document
        numbers of persons never appear.
        """
        from civil_aid_rules.render import explain

        return explain(self, self.evaluation, language=language, format=format)

    def _repr_html_(self) -> str:
        if self._evaluation is None:
            from civil_aid_rules.render import summary_html

            return summary_html(self)
        return self.explain(language="en", format="html")

    def receipt(self, *, decided_at: str | datetime.date | None = None) -> Any:
        """What an auditor keeps: the record, the result, and the identity of everything used. Raises ReceiptError without the record.

        `decided_at` is the day of the decision as the agency states it; the library never asks the clock.
        """
        from civil_aid_rules.receipts.receipt import make_receipt

        return make_receipt(self, self.record, self._overlays, decided_at=decided_at)

    def to_json(self, *, trace: bool = False, indent: int | None = None) -> str:
        """The result as JSON; with `trace=True` its steps too. `Result.model_validate_json` reads it back as an equal Result."""
        from civil_aid_rules.determinations.steps import result_with_steps

        result = Result.model_validate(self.as_fields())
        if trace:
            result = result_with_steps(result, self.evaluation)
        return result.model_dump_json(indent=indent)

    def as_fields(self) -> dict[str, Any]:
        """The result's fields, as they are."""
        return {name: getattr(self, name) for name in Result.model_fields}

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per line of the result (one in all for most programs), for tables: texts only, amounts exact."""
        common = {"program": self.program, "on": self.on.isoformat(), "record_digest": self.record_digest}
        if not self.lines:
            amount = None if self.payment is None or self.payment.amount is None else str(self.payment.amount)
            return [{**common, "entry": "$", "status": self.status, "amount": amount}]
        return [
            {
                **common,
                "entry": line.entry,
                "status": line.status,
                "amount": None if line.amount is None else str(line.amount),
            }
            for line in self.lines
        ]

    def __str__(self) -> str:
        paid = "" if self.payment is None else f", {self.payment.amount} {self.payment.currency}/{self.payment.period}"
        return f"{self.program} on {self.on}: {self.status}{paid}"

    def __repr__(self) -> str:
        return f"<Determination {self}>"


def _without_record() -> ReceiptError:
    expected = "the determination as evaluator.determine(record) returned it"
    return ReceiptError(
        [problem("result-without-record", "$", found="a result read back without its record", expected=expected)]
    )
