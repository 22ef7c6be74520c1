"""What was decided about a household over time, and what was paid: facts as an agency records them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import SerializeAsAny, model_validator

from civil_aid_rules.caseload.over_time.faults import decision_faults, order_faults, payment_faults, refuse
from civil_aid_rules.caseload.over_time.months import Month
from civil_aid_rules.caseload.over_time.reading import (
    RecordModels,
    load_history,
    load_payments,
    read_history,
    read_payments,
)
from civil_aid_rules.caseload.over_time.supports import Said
from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Note
from civil_aid_rules.quantities.money import Day, Money
from civil_aid_rules.records.record import Many, Part, Record

DecisionKind = Literal["approval", "change", "stop", "death"]
PaymentKind = Literal["regular", "arrears", "correction", "returned"]
_KINDS = ChoiceTitles(
    {
        "approval": ("approval: support begins", "批准"),
        "change": ("change: the household or its income is otherwise now", "调整"),
        "stop": ("stop: support ends by decision", "停发"),
        "death": ("death: support ends with the month of death", "死亡"),
    }
)
_PAYMENTS = ChoiceTitles(
    {
        "regular": ("regular: for these months", "正常发放"),
        "arrears": ("arrears: what these months still lacked, the oldest first", "补发"),
        "correction": ("correction: for these months", "更正"),
        "returned": ("returned: taken off these months", "退回"),
    }
)


class Decision(Part):
    """One decision on one program: from then on the household is as `record` says, or (stop, death) no longer paid.

    `happened_on` is the day of the event behind it, where there is one: a birth, a job, a death.
    """

    program: Annotated[str, Note("program", "保障项目")]
    kind: Annotated[DecisionKind, Note("kind of decision", "决定种类"), _KINDS]
    decided_on: Annotated[Day, Note("decided on", "决定日期")]
    happened_on: Annotated[Day | None, Note("the event behind it happened on", "情况发生日期")] = None
    record: Annotated[SerializeAsAny[Record] | None, Note("the record from then on", "此后的记录")] = None

    @property
    def said(self) -> Said:
        """What it says of its kind and days."""
        happened = None if self.happened_on is None else self.happened_on.isoformat()
        return Said(self.kind, self.decided_on.isoformat(), happened)

    @model_validator(mode="after")
    def _says_what_holds(self) -> Self:
        refuse(decision_faults({name: getattr(self, name) for name in type(self).model_fields}))
        return self


class PaidItem(Part):
    """One payment: when, for which months (first and last), how much. A `returned` amount is taken off.

    It counts for each of its months in parts as equal as can be, but for none beyond its due while another lacks
    something; one of kind `arrears` for what these months still lacked, the oldest first.
    """

    program: Annotated[str, Note("program", "保障项目")]
    paid_on: Annotated[Day, Note("paid on", "发放日期")]
    first_month: Annotated[Month, Note("first month paid for", "起始月份")]
    last_month: Annotated[Month, Note("last month paid for", "截止月份")]
    amount: Annotated[Money, Note("amount", "金额")]
    kind: Annotated[PaymentKind, Note("kind of payment", "款项种类"), _PAYMENTS] = "regular"

    @model_validator(mode="after")
    def _months_are_in_order(self) -> Self:
        refuse(payment_faults({name: getattr(self, name) for name in type(self).model_fields}))
        return self


class History(Part):
    """The decisions on one household, in the order in which they were taken."""

    decisions: Annotated[Many[Decision], Entry("decisions", "决定", limit=500)]

    @model_validator(mode="after")
    def _begins_with_approval(self) -> Self:
        refuse(order_faults([(item.program, item.said) for item in self.decisions]))
        return self

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs that were decided on, in order."""
        return tuple(dict.fromkeys(decision.program for decision in self.decisions))

    @classmethod
    def load(cls, path: str | Path, *, record: RecordModels | None = None) -> History:
        """The history in a .json, .yaml or .yml file. `record`: its record model (default: the shipped household).

        Raises RecordError with every fault at its line and path.
        """
        return load_history(Path(path), cls, record)

    @classmethod
    def from_json(cls, text: str | bytes, *, record: RecordModels | None = None) -> History:
        """The history that a JSON text holds. Raises RecordError with every fault at its path."""
        return read_history(text, cls, record)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> History:
        """Like `from_json`, of the shipped household."""
        return cls.from_json(json_data if isinstance(json_data, str) else bytes(json_data))

    def to_json(self, *, indent: int | None = None) -> str:
        """The history as JSON, without what is not known; `History.from_json` reads back an equal one."""
        return self.model_dump_json(indent=indent, exclude_none=True)


class Payments(Part):
    """What was paid, as a file holds it; `arrears` takes its `paid`."""

    paid: Annotated[Many[PaidItem], Entry("payments", "发放记录", limit=5000)]

    @classmethod
    def load(cls, path: str | Path) -> Payments:
        """The payments in a .json, .yaml or .yml file. Raises RecordError with every fault at its line and path."""
        return load_payments(Path(path), cls)

    @classmethod
    def from_json(cls, text: str | bytes) -> Payments:
        """The payments that a JSON text holds. Raises RecordError with every fault at its path."""
        return read_payments(text, cls)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Payments:
        """Like `from_json`."""
        return cls.from_json(json_data if isinstance(json_data, str) else bytes(json_data))

    def to_json(self, *, indent: int | None = None) -> str:
        """The payments as JSON; `Payments.from_json` reads back an equal one."""
        return self.model_dump_json(indent=indent)
