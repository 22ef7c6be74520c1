"""What an auditor keeps of one determination: the record, the result, and the identity of everything that was used."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, JsonValue

from civil_aid_rules.determinations.result import Part, Result, UsedRule, UsedValue
from civil_aid_rules.determinations.words import payment_words, status_words
from civil_aid_rules.digests import Json, canonical_json, digest
from civil_aid_rules.errors import Both, InternalError, ReceiptError, problem
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.receipts.leaves import leaf_digests
from civil_aid_rules.receipts.read import read_strictly
from civil_aid_rules.records.record import Record

FORMAT: Literal["civil-aid-receipt/1"] = "civil-aid-receipt/1"


def _canonical(data: dict[str, JsonValue]) -> dict[str, JsonValue]:
    refused = False
    try:
        canonical_json(data)  # type: ignore[arg-type]  # JsonValue admits floats, which this refuses
    except InternalError:
        refused = True
    if refused:  # raised out here, without the error above: it names what it found, which may be personal
        raise ValueError("texts, whole numbers below 2**53, true, false, null, lists, objects with ASCII keys")
    return data


Object = Annotated[dict[str, JsonValue], AfterValidator(_canonical)]


class Receipt(Part):
    """One determination, as an auditor keeps it and `replay` computes it again. It holds the record: personal data.

    `decided_at` is the day of the decision as the agency states it. `record_fields` has a digest for each fact of the
    record, `overlays` every overlay in effect in full, `rulebook_packs` the names of all packs that the rulebook had;
    `digest` stands for all the rest, so that an edited receipt is noticed. Program, days, values, rules and their
    digests stand in the result.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    format: Literal["civil-aid-receipt/1"]
    decided_at: datetime.date | None
    record: Object
    record_fields: dict[str, str]
    overlays: tuple[Object, ...]
    rulebook_packs: tuple[str, ...]
    result: Result
    digest: str

    @property
    def program(self) -> str:
        """The program that was decided on."""
        return self.result.program

    @property
    def on(self) -> datetime.date:
        """The day decided."""
        return self.result.on

    @property
    def known_on(self) -> datetime.date | None:
        """What was published by the end of this day was used; None: everything that the rulebook had."""
        return self.result.known_on

    @property
    def jurisdiction(self) -> str | None:
        """Whose local values were used."""
        return self.result.jurisdiction

    @property
    def engine(self) -> str:
        """The version of the library."""
        return self.result.identity.engine

    @property
    def semantics(self) -> str:
        """The version of what rules mean."""
        return self.result.identity.semantics

    @property
    def program_digest(self) -> str:
        """The digest of the compiled program."""
        return self.result.identity.program

    @property
    def values(self) -> tuple[UsedValue, ...]:
        """The dated legal values used, each with its digest."""
        return self.result.identity.values

    @property
    def rules(self) -> tuple[UsedRule, ...]:
        """The dated rules used, each with its digest."""
        return self.result.identity.rules

    @property
    def record_digest(self) -> str:
        """The digest of the record."""
        return self.result.record_digest

    @property
    def hypothetical(self) -> bool:
        """Whether it is of a what-if, and of no decision."""
        return self.result.hypothetical

    @property
    def is_intact(self) -> bool:
        """Whether nothing was edited since the receipt was made, as far as its own digest can tell."""
        return self.digest == _seal(self.model_dump(mode="json"))

    def to_json(self) -> str:
        """The receipt as canonical JSON on one line: the same receipt gives the same bytes."""
        return canonical_json(self.model_dump(mode="json"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The receipt that a JSON text holds. Raises ReceiptError with every fault at its path (`$.result.status`)."""
        return read_strictly(text, cls)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """Like `from_json`: Pydantic's own reader would take the last of two equal keys without a word."""
        return cls.from_json(json_data if isinstance(json_data, str) else bytes(json_data))

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The receipt in a file. Raises ReceiptError with every fault at its path."""
        return cls.from_json(_read(Path(path)))

    @classmethod
    def load_all(cls, path: str | Path) -> Iterator[Self | ReceiptError]:
        """The receipts of a file with one on each line; an error, with its line, for each that cannot be read."""
        return cls.from_lines(_read(Path(path)).splitlines())

    @classmethod
    def from_lines(cls, lines: Iterable[str | bytes]) -> Iterator[Self | ReceiptError]:
        """The receipts of texts with one each, and an error for each that cannot be read; empty lines do not count."""
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield read_strictly(line, cls, line=number)
                except ReceiptError as error:
                    yield error

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        yield None, str(self)

    def __str__(self) -> str:
        lead = "HYPOTHETICAL: " if self.hypothetical else ""
        outcome = f"{status_words(self.result.status).en}, {payment_words(self.result.payment).en}"
        return f"{lead}receipt for {self.program} on {self.on}: {outcome} ({self.digest[:19]})"

    def __repr__(self) -> str:
        return f"<{self}>"

    def __hash__(self) -> int:
        return hash(self.digest)


def make_receipt(
    result: Result,
    record: Record,
    *,
    overlays: tuple[Json, ...],
    rulebook_packs: tuple[str, ...],
    decided_at: str | datetime.date | None,
) -> Receipt:
    """The receipt of a result. Raises ReceiptError where `decided_at` is no day."""
    day = None if decided_at is None else _as_day(decided_at)
    facts = record.canonical()
    made: dict[str, Any] = {
        "format": FORMAT,
        "decided_at": None if day is None else day.isoformat(),
        "record": facts,
        "record_fields": leaf_digests(facts),
        "overlays": list(overlays),
        "rulebook_packs": list(rulebook_packs),
        "result": result.model_dump(mode="json"),
    }
    return Receipt.model_construct(
        **{**made, "decided_at": day, "overlays": overlays, "rulebook_packs": rulebook_packs, "result": result},
        digest=_seal(made),
    )


def _seal(data: dict[str, Any]) -> str:
    return digest({key: value for key, value in data.items() if key != "digest"})


def _as_day(value: str | datetime.date) -> datetime.date:
    day = read_day(value) if isinstance(value, str) else value
    if day is None or isinstance(day, datetime.datetime) or not isinstance(day, datetime.date):
        expected = Both("YYYY-MM-DD, the day of the decision", "YYYY-MM-DD（作出认定的日期）")
        raise ReceiptError([problem("receipt-day", "decided_at", found=value, expected=expected)])
    return day


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = type(error).__name__
    expected = Both("a file that can be read", "可读的文件")
    raise ReceiptError([problem("receipt-file", str(path), found=reason, expected=expected)])
