"""What a determination says: the result as data. Its JSON holds every rule's value, and never the record itself."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, PlainValidator, WithJsonSchema

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.ir.values import UNKNOWN, Value
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.quantities.numbers import is_exact_text, read_exact_text

Status = Literal["eligible", "ineligible", "undetermined"]
Holds = Literal["yes", "no", "unknown"]
Period = Literal["day", "month", "year", "once"]
Asks = Literal["below", "at_most", "above", "at_least"]
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]{0,999})\.[0-9]{2}")
_EXACT = r"^-?(0|[1-9][0-9]*)(\.[0-9]+|/[1-9][0-9]*)?$"


def _read_exact(text: str) -> str:
    if not is_exact_text(text):
        raise ValueError("an exact number as text: 480, 300.5 or 1475/3")
    return text


def _read_amount(value: object) -> Decimal:
    """Whole fen only: `540.00`, whether as text or as a Decimal."""
    if _AMOUNT.fullmatch(str(value)) is None or not isinstance(value, str | Decimal):
        raise ValueError("an amount as text with two decimals")
    return Decimal(value)


ExactText = Annotated[
    str,
    AfterValidator(_read_exact),
    WithJsonSchema({"type": "string", "pattern": _EXACT, "description": "an exact number: 480, 300.5 or 1475/3"}),
]
Amount = Annotated[
    Decimal,
    PlainValidator(_read_amount),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": rf"^{_AMOUNT.pattern.replace('{0,999}', '*')}$"}),
]


Kind = TypeVar("Kind", bound="Part")


class Part(BaseModel):
    """A part of a result: strict, frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def unchecked(part: type[Kind], fields: dict[str, Any]) -> Kind:
    """A part of whose fields all are given, as the engine itself has made them: checking takes longer than deciding."""
    made = part.__new__(part)
    keep = object.__setattr__
    keep(made, "__dict__", fields)
    keep(made, "__pydantic_fields_set__", set(fields))
    keep(made, "__pydantic_extra__", None)
    keep(made, "__pydantic_private__", None)
    return made


class Payment(Part):
    """What is paid: whole fen. `amount` is None while it is not known; `period` is what it is paid per."""

    amount: Amount | None
    currency: str
    period: Period


class Margin(Part):
    """How far a comparison is from its limit: limit minus value, so positive is below the limit. Exact.

    `asks` is what the condition asks of the value: below the limit, at most the limit, above it, at least it.
    """

    value: ExactText
    limit: ExactText
    amount: ExactText
    unit: str
    asks: Asks
    value_title: Bilingual | None = None
    limit_title: Bilingual | None = None


class Reason(Part):
    """A condition or exception of the rule that decides, and whether it decided."""

    rule: str
    id: str
    kind: Literal["condition", "exception"]
    holds: Holds
    decided: bool
    text: Bilingual
    citations: tuple[Citation, ...]
    margin: Margin | None = None
    entry: str | None = None


class Missing(Part):
    """Something unknown that holds the result up: a fact, an unset parameter, a conflict, or an undefined value."""

    kind: Literal["fact", "parameter", "conflict", "undefined"]
    name: str
    title: Bilingual
    holds_up: tuple[Literal["status", "payment"], ...]
    set_by: tuple[str, ...] = ()


class AssumedValue(Part):
    """A rule whose value was unknown and was taken from its `if_unknown`."""

    rule: str
    entry: str
    title: Bilingual
    value: str
    citations: tuple[Citation, ...]


class Flag(Part):
    """Something a person should look at. It changes no result and accuses nobody."""

    rule: str
    entry: str
    text: Bilingual
    citations: tuple[Citation, ...]
    official: Literal[False] = False


class OutcomeLine(Part):
    """One line of a result that is decided for each entry of a list."""

    entry: str
    id: str | None
    status: Status
    amount: Amount | None
    reasons: tuple[Reason, ...]


class BesideValue(Part):
    """A value that the pack shows beside the result."""

    label: str
    title: Bilingual
    value: str | None
    unit: str


class ProcedureReport(Part):
    """Whether the steps that the law prescribes are complete. It stands beside the result and never changes it."""

    status: Literal["complete", "incomplete", "undetermined"]
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    beside: tuple[BesideValue, ...]


class RuleValue(Part):
    """A rule's value: exact text (`1475/3`, `yes`, a day, a choice), None while unknown; one per entry of a list."""

    type: str
    value: str | None = None
    entries: dict[str, str | None] | None = None


class UsedValue(Part):
    """A dated legal value that the result rests on.

    `value` is exact text, None while unset, and "table" where `rows` hold it; `value_title` is the title of a choice.
    """

    key: str
    title: Bilingual
    unit: str
    value: str | None
    value_title: Bilingual | None = None
    rows: dict[str, str] | None = None
    from_date: datetime.date
    published: datetime.date
    digest: str
    layer: str | None = None
    hypothetical: bool = False
    frozen_on: datetime.date | None = None


class UsedRule(Part):
    """A dated rule that the result rests on."""

    key: str
    title: Bilingual
    from_date: datetime.date
    digest: str
    at: str
    layer: str | None = None
    hypothetical: bool = False


class UsedOverlay(Part):
    """An overlay that the result rests on."""

    name: str
    kind: Literal["local", "scenario"]
    title: Bilingual
    notice: Bilingual | None
    digest: str


class Identity(Part):
    """Everything that was used: engine, program, packs, values, rules and overlays, each with its digest."""

    engine: str
    semantics: str
    program: str
    packs: dict[str, str]
    values: tuple[UsedValue, ...]
    rules: tuple[UsedRule, ...]
    overlays: tuple[UsedOverlay, ...]
    valid_from: datetime.date | None
    valid_until: datetime.date | None


class TraceInput(Part):
    """Something that a rule read: a fact, a list (how many entries), another rule, or a legal value with its dates."""

    kind: Literal["fact", "list", "rule", "parameter"]
    name: str
    title: Bilingual
    value: str | None
    unit: str
    from_date: datetime.date | None = None
    published: datetime.date | None = None
    hypothetical: bool = False
    citations: tuple[Citation, ...] = ()


class TraceStep(Part):
    """One rule for the record or for one entry: value (also before rounding), branches, inputs, place, citations.

    `outcome` says that the rule is the one that decides, or the one that is paid.
    """

    rule: str
    entry: str
    title: Bilingual
    type: str
    value: str | None
    before_rounding: str | None
    outcome: Literal["eligible", "payment"] | None = None
    formula: str
    branches: tuple[str, ...]
    inputs: tuple[TraceInput, ...]
    assumed: bool
    hypothetical: bool
    at: str
    citations: tuple[Citation, ...]


class Result(Part):
    """A determination as data. Equal results are equal in every field; JSON out and in gives an equal Result."""

    program: str
    title: Bilingual
    jurisdiction: str | None
    on: datetime.date
    known_on: datetime.date | None
    status: Status
    payment: Payment | None
    lines: tuple[OutcomeLine, ...]
    beside: tuple[BesideValue, ...]
    procedure: ProcedureReport | None = None
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    alternatives: tuple[tuple[str, ...], ...]
    alternatives_truncated: bool
    assumed: tuple[AssumedValue, ...]
    flags: tuple[Flag, ...]
    notices: tuple[Bilingual, ...]
    values: dict[str, RuleValue]
    identity: Identity
    record_digest: str
    steps: tuple[TraceStep, ...] | None = None

    @property
    def hypothetical(self) -> bool:
        """Whether a scenario stands over the rules: a what-if, and no decision."""
        return any(overlay.kind == "scenario" for overlay in self.identity.overlays)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per line of the result (one in all for most programs), for tables: texts, amounts exact."""
        common: dict[str, str | None] = {
            "program": self.program,
            "on": self.on.isoformat(),
            "known_on": None if self.known_on is None else self.known_on.isoformat(),
            "jurisdiction": self.jurisdiction,
            "record_digest": self.record_digest,
        }
        paid = None if self.payment is None else {"currency": self.payment.currency, "period": self.payment.period}
        end: dict[str, str | None] = {**(paid or {"currency": None, "period": None})}
        if not self.lines:
            amount = None if self.payment is None else self.payment.amount
            return [{**common, "entry": "$", "id": None, "status": self.status, "amount": _amount_text(amount), **end}]
        return [
            {
                **common,
                "entry": line.entry,
                "id": line.id,
                "status": line.status,
                "amount": _amount_text(line.amount),
                **end,
            }
            for line in self.lines
        ]

    def __hash__(self) -> int:
        return hash((self.program, self.on, self.record_digest, self.identity.program, self.status))

    def __getitem__(self, name: str) -> Value | dict[str, Value]:
        """A rule's value, exact: `"per_capita_income"` or `"urban_dibao.per_capita_income"`; one per entry of a list.

        Raises KeyError for a name that is no rule of this program, or that two packs share.
        """
        key = name if name in self.values else f"{self.program}.{name}"
        if key not in self.values:
            found = [other for other in self.values if other.partition(".")[2] == name]
            if len(found) != 1:
                raise KeyError(name)
            key = found[0]
        held = self.values[key]
        if held.entries is not None:
            return {entry: read_value_text(text, held.type) for entry, text in held.entries.items()}
        return read_value_text(held.value, held.type)


def _amount_text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def read_value_text(text: str | None, type_name: str) -> Value:
    """The value that a result's text stands for."""
    if text is None:
        return UNKNOWN
    if type_name == "yes_no":
        return text == "yes"
    day = read_day(text) if type_name == "date" else None
    if day is not None:
        return day
    if type_name in ("date", "choice", "text", "entry"):
        return text
    number = read_exact_text(text)
    return text if number is None else number
