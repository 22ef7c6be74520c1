"""What `evaluator.determine` returns: the result, with its trace, explanation and receipt at hand."""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import PrivateAttr, SerializerFunctionWrapHandler, model_serializer

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Language
from civil_aid_rules.determinations.determine import part_of_result
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.determinations.trace import Step, trace
from civil_aid_rules.digests import digest
from civil_aid_rules.errors import Both, ReceiptError, problem
from civil_aid_rules.ir.notices import NoticeKind
from civil_aid_rules.records.record import Record

if TYPE_CHECKING:
    from civil_aid_rules.evaluator import Evaluator
    from civil_aid_rules.receipts.receipt import Receipt
    from civil_aid_rules.scenarios.comparison import Comparison

Format = Literal["text", "markdown", "html"]
_NAMES = frozenset(Result.model_fields)
"""The fields of a result; asked of the model each time, they take as long as the fields."""


class Determination(Result):
    """A result that remembers its evaluator and its record.

    The fields of the result are worked out when they are first asked for. Its JSON is the Result's; read back, it is a
    result without its record: `trace`, `explain` and `receipt` then raise ReceiptError. It is equal to another result
    or determination when the results are. Pickled, it keeps evaluator and record; the evaluation is made again when it
    is needed.
    """

    _evaluator: Evaluator | None = PrivateAttr(default=None)
    _record: Record | None = PrivateAttr(default=None)
    _evaluation: Evaluation | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, evaluator: Evaluator, record: Record, evaluation: Evaluation) -> Determination:
        """The result of an evaluation, nothing of it worked out yet."""
        made, keep = cls.__new__(cls), object.__setattr__
        private = {"_evaluator": evaluator, "_record": record, "_evaluation": evaluation}
        keep(made, "__dict__", {"steps": None})
        keep(made, "__pydantic_fields_set__", set(_NAMES))
        keep(made, "__pydantic_extra__", None)
        keep(made, "__pydantic_private__", private)
        return made

    if not TYPE_CHECKING:  # a type checker knows the fields, and reports the names that are none

        def __getattr__(self, name: str) -> Any:
            if name not in _NAMES:
                return super().__getattr__(name)
            self.__dict__.update(self._worked_out(name))
            return self.__dict__[name]

    def _worked_out(self, name: str) -> dict[str, Any]:
        if name == "identity" and self._evaluator is not None:
            return {name: self._evaluator.identity}
        if name == "record_digest":
            return {name: digest(self.record.canonical())}
        return part_of_result(name, self.evaluation)

    @property
    def result(self) -> Result:
        """The result alone, as its JSON holds it."""
        return Result.model_construct(**_fields(self))

    @model_serializer(mode="wrap")
    def _serialized(self, serialize: SerializerFunctionWrapHandler) -> Any:
        object.__setattr__(self, "__dict__", _fields(self))
        return serialize(self)

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:
        yield from _fields(self).items()

    def __repr_args__(self) -> Iterable[tuple[str, Any]]:
        return _fields(self).items()

    @property
    def trace(self) -> tuple[Step, ...]:
        """One step per rule and entry, in evaluation order; computed each time it is asked for."""
        return trace(self.evaluation)

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation behind the result. Raises ReceiptError for a result read back without its record."""
        assert self.__pydantic_private__ is not None
        found: Evaluation | None = self.__pydantic_private__["_evaluation"]  # Pydantic's own way takes long
        if found is None:
            if self._evaluator is None or self._record is None:
                raise without_record()
            found = self.__pydantic_private__["_evaluation"] = self._evaluator.evaluate(self._record)
        return found

    @property
    def record(self) -> Record:
        """The record that was decided on. Raises ReceiptError for a result read back without it."""
        if self._record is None:
            raise without_record()
        return self._record

    def explain(self, *, language: Language = "en", format: Format = "text") -> str:
        """The determination in words: what was decided, why, how the sum is made, and what each figure rests on.

        `language` is "en" or "zh"; `format` is "text", "markdown" or "html" (self-contained, escaped). Names and
        document numbers of persons never appear.
        """
        from civil_aid_rules.render import explain

        return explain(self, self.evaluation, language=language, format=format)

    def notice(
        self,
        kind: NoticeKind,
        *,
        language: Language = "zh",
        format: Format = "text",
        addressee: str | None = None,
        names: Mapping[str, str] | None = None,
        office: str | None = None,
        decided_on: str | datetime.date | None = None,
        earlier: Determination | None = None,
    ) -> str:
        """A notice as the pack words it: reference text, never an official form.

        `kind` is "approval", "refusal", "change", "stop", "missing" (what to bring, told once) or "public" (only what
        the law lets everybody see). No name is taken from the record: `addressee` is the name of the person addressed,
        `names` gives names by the ids of persons, `office` who signs. `decided_on` is the day of the decision (left
        out: the record's own, where it has one); the remedies are those of that day. What is left out is a blank.
        A change and a stop need `earlier`, the determination of the award until then.

        Raises EvaluationError where the program has no such notice, where it does not fit the determination, and for a
        name whose id nobody has; ReceiptError for a result read back without its record.
        """
        from civil_aid_rules.render import notice

        evaluation = self.evaluation
        assert self._evaluator is not None
        before = None if earlier is None else (earlier, earlier.evaluation)
        return notice(
            kind,
            (self, evaluation),
            before,
            self._evaluator.compiled_on,
            language=language,
            format=format,
            addressee=addressee,
            names=names,
            office=office,
            decided_on=decided_on,
        )

    def _repr_html_(self) -> str:
        from civil_aid_rules.render import notebook_html

        return notebook_html(self, self._evaluation_if_any())

    def receipt(self, *, decided_at: str | datetime.date | None = None) -> Receipt:
        """What an auditor keeps: the record, the result, and the identity of everything used.

        `decided_at` is the day of the decision as the agency states it; the library never asks the clock. Raises
        ReceiptError for a day that cannot be read, and for a result read back without its record.
        """
        from civil_aid_rules.receipts.receipt import make_receipt

        if self._evaluator is None:
            raise without_record()
        overlays, packs = self._evaluator.receipt_parts()
        return make_receipt(self.result, self.record, overlays=overlays, rulebook_packs=packs, decided_at=decided_at)

    def compare(self, after: Result) -> Comparison:
        """This result beside another, usually of the same record under other rules: amounts, and where they part."""
        from civil_aid_rules.scenarios.compare import compare_results

        others = after._evaluation_if_any() if isinstance(after, Determination) else None
        return compare_results(self, after, self._evaluation_if_any(), others)

    def to_json(self, *, trace: bool = False, indent: int | None = None) -> str:
        """The result as JSON, with `trace=True` its steps too; `Result.model_validate_json` reads back an equal one."""
        from civil_aid_rules.determinations.steps import result_with_steps

        result = result_with_steps(self.result, self.evaluation) if trace else self.result
        return result.model_dump_json(indent=indent)

    def _evaluation_if_any(self) -> Evaluation | None:
        return None if self._record is None else self.evaluation

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        return {**state, "__pydantic_private__": {**(state["__pydantic_private__"] or {}), "_evaluation": None}}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return hash(self.result)

    def __str__(self) -> str:
        paid = "" if self.payment is None else f", {self.payment.amount} {self.payment.currency}/{self.payment.period}"
        return f"{self.program} on {self.on}: {self.status}{paid}"

    def __repr__(self) -> str:
        return f"<Determination {self}>"


def _fields(result: Result) -> dict[str, Any]:
    return {name: getattr(result, name) for name in Result.model_fields}


def without_record() -> ReceiptError:
    """What is raised where an answer read back from JSON is asked for what needs its record."""
    found = Both("a result read back without its record", "读回的结果（不含家庭记录）")
    expected = Both(
        "the determination as evaluator.determine(record) returned it", "evaluator.determine(record) 返回的认定"
    )
    return ReceiptError([problem("result-without-record", "$", found=found, expected=expected)])
