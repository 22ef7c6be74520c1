"""What decisions and payments say that cannot be: the same for Python objects and for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from civil_aid_rules.caseload.over_time.months import count_of_months, read_month
from civil_aid_rules.caseload.over_time.supports import Said, supports_of
from civil_aid_rules.errors import Both
from civil_aid_rules.records.fault import Fault

_NOTHING = Both("nothing", "空缺")


def decision_faults(decision: Mapping[str, Any]) -> list[Fault]:
    """What a decision says that cannot be, by its fields; what is of the wrong kind is reported elsewhere."""
    kind, has_record = decision.get("kind"), decision.get("record") is not None
    decided_on, happened_on = decision.get("decided_on"), decision.get("happened_on")
    found: list[Fault] = []
    if kind in ("approval", "change") and not has_record:
        found.append(Fault("record-missing-field", ("record",), _NOTHING, "record"))
    if kind in ("stop", "death") and has_record:
        found.append(Fault("decision-record", ("record",), str(kind), Both("no record", "不填记录")))
    if kind == "death" and happened_on is None:
        found.append(Fault("record-missing-field", ("happened_on",), _NOTHING, "happened_on"))
    if happened_on is not None and decided_on is not None and str(happened_on) > str(decided_on):
        found.append(Fault("decision-day", ("happened_on",), str(happened_on), str(decided_on)))
    return found


def order_faults(decisions: Sequence[tuple[str, Said]]) -> list[Fault]:
    """Decisions (with their programs) where nothing is approved, and deaths that could be of either of two supports."""
    found: list[Fault] = []
    for program in dict.fromkeys(program for program, _ in decisions):
        mine = [(place, said) for place, (name, said) in enumerate(decisions) if name == program]
        for (place, said), belongs in zip(mine, supports_of([said for _, said in mine]), strict=True):
            if belongs.support is None:
                expected = Both("an approval before it", "此前的批准")
                found.append(Fault("decision-unapproved", ("decisions", place, "kind"), said.kind, expected))
            elif belongs.approved_after is not None:
                steps = ("decisions", place, "happened_on")
                found.append(Fault("decision-death", steps, str(said.happened_on), belongs.approved_after))
    return found


MOST_MONTHS_PAID = 120
"""No payment is for more than ten years: a ledger that says so has a year misspelled."""


def payment_faults(payment: Mapping[str, Any]) -> list[Fault]:
    """Months in the wrong order, or more of them than one payment is ever for."""
    first, last = (read_month(str(payment.get(name))) for name in ("first_month", "last_month"))
    if first is None or last is None:
        return []
    said = f"{payment['first_month']} – {payment['last_month']}"
    if last < first:
        expected = Both("two months, such as 2016-01 and 2016-03", "起止月份，如 2016-01 和 2016-03")
        return [Fault("payment-months", ("first_month",), said, expected)]
    if count_of_months(first, last) > MOST_MONTHS_PAID:
        return [Fault("payment-too-long", ("last_month",), said, str(MOST_MONTHS_PAID))]
    return []


def refuse(faults: Sequence[Fault]) -> None:
    """Refuse a Python object for faults, as records do it; the file reader reports them by itself."""
    if faults:
        problems = [fault.as_problem() for fault in faults]
        said = "; ".join(f"{item.at}: {item.code}: {item.sentence()}" for item in problems)
        raise PydanticCustomError("structure", "{said}", {"said": said})
