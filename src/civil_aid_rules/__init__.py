"""Social-aid rules as data: exact, explained determinations that can be replayed.

The names below are the public face. Each is loaded when it is first used, so that importing costs nothing.

>>> import civil_aid_rules
>>> rulebook = civil_aid_rules.Rulebook.load(programs=["urban_dibao"])
>>> print(rulebook.evaluator("urban_dibao", on="2016-04-01").title.zh)
城市居民最低生活保障
"""

from __future__ import annotations

from civil_aid_rules.version import VERSION as __version__

TYPE_CHECKING = False  # what type checkers take for true; `typing` itself would double the time of this import
if TYPE_CHECKING:
    from civil_aid_rules.answers import Arrears, Entitlements, Schedule
    from civil_aid_rules.caseload.over_time.arrears import ArrearsLine, PaymentCounted
    from civil_aid_rules.caseload.over_time.effects import DecisionEffect
    from civil_aid_rules.caseload.over_time.history import Decision, History, PaidItem, Payments
    from civil_aid_rules.caseload.over_time.schedule import ScheduledMonth
    from civil_aid_rules.caseload.population.caseload_counts import CaseloadCounts
    from civil_aid_rules.caseload.population.caseload_result import CaseloadProgress, CaseloadResult
    from civil_aid_rules.caseload.roll.case import Case
    from civil_aid_rules.caseload.roll.finding import RollCounts, RollFinding
    from civil_aid_rules.caseload.roll.roll import Roll, RollEntry
    from civil_aid_rules.citations import Bilingual, Citation
    from civil_aid_rules.determination import Determination
    from civil_aid_rules.determinations.entitlements import AppliedRelation, Counted, NotDetermined
    from civil_aid_rules.determinations.result import Result
    from civil_aid_rules.determinations.totals import Total
    from civil_aid_rules.distribution import BatchDeterminer, batch_determiner
    from civil_aid_rules.errors import (
        CaseloadError,
        CivilAidError,
        EvaluationError,
        InternalError,
        Problem,
        ReceiptError,
        RecordError,
        RulebookError,
    )
    from civil_aid_rules.evaluator import Evaluator, FactUsed, ParameterInForce
    from civil_aid_rules.ir.values import UNKNOWN
    from civil_aid_rules.packs.scenario import Scenario
    from civil_aid_rules.packs.schema import pack_schema
    from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Fact, Private
    from civil_aid_rules.quantities.money import Day, Money, SignedMoney
    from civil_aid_rules.recalculation import compare, replay, replay_all
    from civil_aid_rules.receipts.receipt import Receipt
    from civil_aid_rules.receipts.replayed import Replay
    from civil_aid_rules.records.finances import Asset, IncomeItem
    from civil_aid_rules.records.household import Household, Person
    from civil_aid_rules.records.none_known import NoneKnown
    from civil_aid_rules.records.record import Part, Record
    from civil_aid_rules.records.schema import record_schema
    from civil_aid_rules.rulebook import Rulebook
    from civil_aid_rules.scenarios.comparison import Comparison
    from civil_aid_rules.source import SourceSpan

_MODULES = {
    "AppliedRelation": "determinations.entitlements",
    "Arrears": "answers",
    "ArrearsLine": "caseload.over_time.arrears",
    "Asset": "records.finances",
    "BatchDeterminer": "distribution",
    "Bilingual": "citations",
    "CaseloadCounts": "caseload.population.caseload_counts",
    "CaseloadError": "errors",
    "CaseloadProgress": "caseload.population.caseload_result",
    "CaseloadResult": "caseload.population.caseload_result",
    "Case": "caseload.roll.case",
    "ChoiceTitles": "quantities.fields",
    "Citation": "citations",
    "CivilAidError": "errors",
    "Comparison": "scenarios.comparison",
    "Counted": "determinations.entitlements",
    "Day": "quantities.money",
    "Decision": "caseload.over_time.history",
    "DecisionEffect": "caseload.over_time.effects",
    "Determination": "determination",
    "Entitlements": "answers",
    "Entry": "quantities.fields",
    "EvaluationError": "errors",
    "Evaluator": "evaluator",
    "Fact": "quantities.fields",
    "FactUsed": "evaluator",
    "History": "caseload.over_time.history",
    "Household": "records.household",
    "IncomeItem": "records.finances",
    "InternalError": "errors",
    "Money": "quantities.money",
    "NoneKnown": "records.none_known",
    "NotDetermined": "determinations.entitlements",
    "PaidItem": "caseload.over_time.history",
    "ParameterInForce": "evaluator",
    "Part": "records.record",
    "PaymentCounted": "caseload.over_time.arrears",
    "Payments": "caseload.over_time.history",
    "Person": "records.household",
    "Private": "quantities.fields",
    "Problem": "errors",
    "Receipt": "receipts.receipt",
    "ReceiptError": "errors",
    "Record": "records.record",
    "RecordError": "errors",
    "Replay": "receipts.replayed",
    "Result": "determinations.result",
    "Roll": "caseload.roll.roll",
    "RollCounts": "caseload.roll.finding",
    "RollEntry": "caseload.roll.roll",
    "RollFinding": "caseload.roll.finding",
    "Rulebook": "rulebook",
    "RulebookError": "errors",
    "Scenario": "packs.scenario",
    "Schedule": "answers",
    "ScheduledMonth": "caseload.over_time.schedule",
    "SignedMoney": "quantities.money",
    "SourceSpan": "source",
    "Total": "determinations.totals",
    "UNKNOWN": "ir.values",
    "batch_determiner": "distribution",
    "compare": "recalculation",
    "pack_schema": "packs.schema",
    "record_schema": "records.schema",
    "replay": "recalculation",
    "replay_all": "recalculation",
}

__all__ = [
    "UNKNOWN",
    "AppliedRelation",
    "Arrears",
    "ArrearsLine",
    "Asset",
    "BatchDeterminer",
    "Bilingual",
    "Case",
    "CaseloadCounts",
    "CaseloadError",
    "CaseloadProgress",
    "CaseloadResult",
    "ChoiceTitles",
    "Citation",
    "CivilAidError",
    "Comparison",
    "Counted",
    "Day",
    "Decision",
    "DecisionEffect",
    "Determination",
    "Entitlements",
    "Entry",
    "EvaluationError",
    "Evaluator",
    "Fact",
    "FactUsed",
    "History",
    "Household",
    "IncomeItem",
    "InternalError",
    "Money",
    "NoneKnown",
    "NotDetermined",
    "PaidItem",
    "ParameterInForce",
    "Part",
    "PaymentCounted",
    "Payments",
    "Person",
    "Private",
    "Problem",
    "Receipt",
    "ReceiptError",
    "Record",
    "RecordError",
    "Replay",
    "Result",
    "Roll",
    "RollCounts",
    "RollEntry",
    "RollFinding",
    "Rulebook",
    "RulebookError",
    "Scenario",
    "Schedule",
    "ScheduledMonth",
    "SignedMoney",
    "SourceSpan",
    "Total",
    "__version__",
    "batch_determiner",
    "compare",
    "pack_schema",
    "record_schema",
    "replay",
    "replay_all",
]


def __getattr__(name: str) -> object:
    """Load the module of a public name when the name is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
