"""The rules of one program resolved for a day: frozen, reusable, typed."""

from __future__ import annotations

import datetime
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.backends.interpreter import Interpreter, prepare
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determination import Determination
from civil_aid_rules.determinations.determine import identity_of
from civil_aid_rules.determinations.result import Identity
from civil_aid_rules.determinations.texts import parameter_text, type_name
from civil_aid_rules.digests import Json
from civil_aid_rules.errors import Both, EvaluationError, RecordError, problem
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.nodes import FactRead, ListRead
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Program
from civil_aid_rules.records.fault import text_shown
from civil_aid_rules.records.record import Record

if TYPE_CHECKING:
    from civil_aid_rules.determinations.column_result import ColumnResult
    from civil_aid_rules.determinations.columns import ColumnProgram
    from civil_aid_rules.rulebook import Rulebook

INTERPRETED = 100
"""Records that an evaluator interprets first: generating Python takes about as long as some hundred of them."""


_NO_JURISDICTION = Both("no jurisdiction", "未指定地区")


class ParameterInForce(BaseModel):
    """A parameter as this evaluator uses it. `value` is exact text; None while unset, and for rows."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    value: str | None
    unit: str
    title: Bilingual
    from_date: datetime.date
    until: datetime.date | None
    published: datetime.date
    citations: tuple[Citation, ...]
    layer: str | None
    hypothetical: bool


class FactUsed(BaseModel):
    """A fact that the rules read: path in the record, type or unit, titles."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    path: str
    type: str
    title: Bilingual


class Evaluator(BaseModel):
    """One program for one day. It prints, compares, pickles, dumps to JSON; the compiled program follows from these."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    program: str
    title: Bilingual
    record: str
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    overlays: tuple[str, ...]
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    checked_through: datetime.date | None
    parameters: dict[str, ParameterInForce]
    facts: tuple[FactUsed, ...]
    outcomes: tuple[str, ...]
    digest: str

    _rulebook: Any = PrivateAttr(default=None)
    _interpreter: Interpreter | None = PrivateAttr(default=None)
    _evaluating: Callable[[Record], Evaluation | None] | None = PrivateAttr(default=None)
    _evaluated: int = PrivateAttr(default=0)
    _identity: Identity | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, program: Program, rulebook: Rulebook) -> Evaluator:
        """The evaluator of a compiled program."""
        made = cls(
            program=program.id,
            title=program.title,
            record=program.record,
            on=program.on,
            known_on=program.known_on,
            jurisdiction=program.jurisdiction,
            overlays=tuple(item.name for item in program.overlays),
            valid_from=program.valid.start,
            valid_until=program.valid.end,
            checked_through=program.checked_through,
            parameters={value.key: _parameter(value) for value in program.parameters if value.frozen_on is None},
            facts=_facts(program),
            outcomes=_outcomes(program),
            digest=program.digest,
        )
        made._rulebook = rulebook
        made._interpreter = prepare(program)
        return made

    @property
    def compiled(self) -> Program:
        """The compiled program."""
        return self.interpreter.program

    @property
    def interpreter(self) -> Interpreter:
        """The compiled program, ready to run; rebuilt once after unpickling."""
        found: Interpreter | None = self._private["_interpreter"]
        if found is None:
            program = self._rulebook.compile(
                self.program, on=self.on, known_on=self.known_on, jurisdiction=self.jurisdiction
            )
            found = self._private["_interpreter"] = prepare(program)
        return found

    @property
    def identity(self) -> Identity:
        """Everything that the program consists of, with its digests."""
        found: Identity | None = self._private["_identity"]
        if found is None:
            found = self._private["_identity"] = identity_of(self.compiled)
        return found

    @property
    def _private(self) -> dict[str, Any]:
        """What follows from the fields, once worked out; looked up here, for Pydantic's own way takes long."""
        assert self.__pydantic_private__ is not None
        return self.__pydantic_private__

    def determine(self, record: Record) -> Determination:
        """What the program decides for one record.

        Raises RecordError when the record is of another kind or names another jurisdiction than this evaluator's.
        """
        self._check(record)
        return Determination.of(self, record, self.evaluate(record))

    def evaluate(self, record: Record) -> Evaluation:
        """The values of all rules for one record, as traces and explanations need them.

        The first records of an evaluator are interpreted; from then on generated Python does the same sooner.
        """
        fast = self._private["_evaluating"] or self._fast()
        evaluation: Evaluation | None = None if fast is None else fast(record)
        return self.interpreter.run(extract(record, self._vocabulary)) if evaluation is None else evaluation

    @property
    def _vocabulary(self) -> Vocabulary:
        found: Vocabulary = self._private["_rulebook"].vocabularies[self.record]
        return found

    def _fast(self) -> Callable[[Record], Evaluation | None] | None:
        """Generated Python, once so many records have been seen that making it is worth its time."""
        private = self._private
        private["_evaluated"] += 1
        if private["_evaluated"] <= INTERPRETED:
            return None
        from civil_aid_rules.backends.python_source.evaluated import evaluating

        found = private["_evaluating"] = evaluating(self.interpreter, self._vocabulary)
        return found

    def compiled_on(self, day: datetime.date) -> Program:
        """The same program as it stands on another day. Raises EvaluationError for a day before its first rule."""
        found: Program = self._private["_rulebook"].compile(
            self.program, on=day, known_on=self.known_on, jurisdiction=self.jurisdiction
        )
        return found

    def receipt_parts(self) -> tuple[tuple[Json, ...], tuple[str, ...]]:
        """What a receipt keeps of the rulebook: the overlays in effect, in full, and the names of all its packs."""
        packs = self._rulebook.packs
        return self._rulebook.overlay_data(self.jurisdiction), tuple(sorted({*packs.packs, *packs.left_out}))

    def determine_many(self, records: Iterable[Record | str | bytes]) -> Iterator[Determination | RecordError]:
        """A determination, or a located error, for each record in turn; texts are read as JSON records."""
        model = self._rulebook.records[self.record]
        for record in records:
            try:
                read = record if isinstance(record, Record) else model.from_json(record)
                yield self.determine(read)
            except RecordError as error:
                yield error

    def columns(self, *, rules: Sequence[str] = (), keep: Sequence[str] = ()) -> ColumnProgram:
        """This evaluator ready for tables, batch by batch: see `determinations.columns.determine_batch`.

        `rules` names rules whose values are wanted too, `keep` columns that go along too, such as a key.
        Raises EvaluationError without the extra `columnar`.
        """
        for library in ("numpy", "pyarrow"):
            if importlib.util.find_spec(library) is None:
                raise EvaluationError(
                    [
                        problem(
                            "library-missing",
                            "columns",
                            found=library,
                            expected='pip install "civil-aid-rules[columnar]"',
                        )
                    ]
                )
        from civil_aid_rules.determinations.columns import prepare_columns

        rulebook = self._private["_rulebook"]
        return prepare_columns(
            self.compiled, rulebook.vocabularies[self.record], rulebook.records[self.record], rules=rules, keep=keep
        )

    def determine_columns(self, source: object, *, rules: Sequence[str] = (), keep: Sequence[str] = ()) -> ColumnResult:
        """What the program decides for each row of a table of records.

        `source` is anything with `__arrow_c_stream__` (a Polars or pandas frame, a DuckDB relation, a pyarrow table),
        one row per record, named as the record's JSON, lists as list<struct<…>>. The result is an Arrow stream again.
        A row that is no record goes to its `rejects`. Raises RecordError where a column as a whole cannot be read.
        """
        prepared = self.columns(rules=rules, keep=keep)
        from civil_aid_rules.determinations.column_result import determine_source

        return determine_source(prepared, source)

    def _check(self, record: Record) -> None:
        wanted = self._private["_rulebook"].records[self.record]
        if not isinstance(record, wanted):
            raise RecordError([problem("record-kind", "$", found=type(record).__name__, expected=wanted.__name__)])
        named = getattr(record, "jurisdiction", None)
        if named is not None and named != self.jurisdiction:
            expected = self.jurisdiction or _NO_JURISDICTION
            raise RecordError(
                [problem("record-jurisdiction", "$.jurisdiction", found=text_shown(named), expected=expected)]
            )

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        worked_out = {**dict.fromkeys(("_interpreter", "_identity", "_evaluating")), "_evaluated": 0}
        return {**state, "__pydantic_private__": {**(state.get("__pydantic_private__") or {}), **worked_out}}

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Evaluator:
        return self  # it never changes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evaluator) and self.model_dump() == other.model_dump()

    def __hash__(self) -> int:
        return hash((self.digest, self.on, self.known_on, self.jurisdiction))

    def _repr_html_(self) -> str:
        from civil_aid_rules.render import program_html

        return program_html(self.compiled, tuple((fact.path, fact.title) for fact in self.facts))

    def __repr__(self) -> str:
        return f"<Evaluator {self.program} on {self.on}>"


def _parameter(value: ParameterValue) -> ParameterInForce:
    return ParameterInForce(
        value=None if value.shape is not None else parameter_text(value.value),
        unit=type_name(value.type),
        title=value.title,
        from_date=value.from_date,
        until=value.until,
        published=value.published,
        citations=value.citations,
        layer=value.layer,
        hypothetical=value.hypothetical,
    )


def _outcomes(program: Program) -> tuple[str, ...]:
    slots = [
        program.outcome.eligible,
        *(() if program.outcome.payment is None else (program.outcome.payment,)),
        *program.outcome.flags,
    ]
    return tuple(program.rules[slot].key for slot in slots)


def _facts(program: Program) -> tuple[FactUsed, ...]:
    """Every fact that some rule reads, by path."""
    from civil_aid_rules.ir.reads import facts_read

    found = {path: FactUsed(path=path, type=kind, title=title) for path, kind, title in facts_read(program)}
    return tuple(found[path] for path in sorted(found))


__all__ = ["Evaluator", "FactRead", "FactUsed", "ListRead", "ParameterInForce"]
