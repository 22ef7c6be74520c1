"""One record through one program: evaluation → result."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.backends.interpreter import evaluate
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.pipeline import ENGINE_SEMANTICS
from civil_aid_rules.determinations.alternatives import MOST_ALTERNATIVES, Alternative, Alternatives
from civil_aid_rules.determinations.leaves import Leaf
from civil_aid_rules.determinations.missing import MissingLeaves
from civil_aid_rules.determinations.reasons import reasons_of
from civil_aid_rules.determinations.result import (
    AssumedValue,
    BesideValue,
    Flag,
    Identity,
    Missing,
    OutcomeLine,
    Payment,
    Period,
    ProcedureReport,
    Result,
    RuleValue,
    Status,
    UsedOverlay,
    UsedRule,
    UsedValue,
    unchecked,
)
from civil_aid_rules.determinations.texts import amount_of, parameter_text, rows_text, type_name, value_text
from civil_aid_rules.determinations.words import day_words
from civil_aid_rules.ir.nodes import RuleRead
from civil_aid_rules.ir.notices import Beside
from civil_aid_rules.ir.program import Overlaid, Program, RepealedSource, Rule
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import UNKNOWN, Exact, Value
from civil_aid_rules.version import VERSION

_PERIODS: dict[str, Period] = {"day": "day", "month": "month", "year": "year", "once": "once"}
_STATUS: dict[bool, Status] = {True: "eligible", False: "ineligible"}


def determine(evaluation: Evaluation, record_digest: str) -> Result:
    """The whole result of an evaluation: status, payment, reasons, what is missing, flags, values, what was used."""
    parts: dict[str, Any] = {"identity": identity_of(evaluation.program), "record_digest": record_digest}
    for name in Result.model_fields:
        if name not in parts and name != "steps":
            parts.update(part_of_result(name, evaluation))
    return Result(**parts)


def part_of_result(name: str, evaluation: Evaluation) -> dict[str, Any]:
    """One field of the result, with those that are worked out together with it."""
    if name in _DECISION:
        status = _status(evaluation)
        return {"status": status, "payment": _payment(evaluation, status)}
    if name in _MISSING:
        return dict(zip(_MISSING, _missing(evaluation), strict=True))
    return {name: _PARTS[name](evaluation)}


def _part(compute: Callable[[Program], Any]) -> Callable[[Evaluation], Any]:
    return lambda evaluation: compute(evaluation.program)


# --- status and payment -----------------------------------------------------------------------------------------------


def _status_of(value: Value) -> Status:
    return "undetermined" if value is UNKNOWN else _STATUS[value is True]


def _status(evaluation: Evaluation) -> Status:
    """The eligible rule's value; where it is decided for each entry, whether it holds for any."""
    slot = evaluation.program.outcome.eligible
    values, scope = evaluation.column(slot), evaluation.program.rules[slot].scope
    if not scope:
        return _status_of(values[0])
    if any(value is True for value in values):
        return "eligible"
    return "undetermined" if UNKNOWN in values or not _list_is_known(evaluation, scope) else "ineligible"


def _list_is_known(evaluation: Evaluation, scope: str) -> bool:
    """Whether the lists that lead to `scope` are all known."""
    parent, _, name = scope.rpartition(".")
    slot = evaluation.facts.vocabulary.scopes[parent].lists[name].slot
    here = all(frame[-1].lists[slot] is not UNKNOWN for frame in evaluation.frames.get(parent, ()))
    return here and (not parent or _list_is_known(evaluation, parent))


def _payment(evaluation: Evaluation, status: Status) -> Payment | None:
    outcome = evaluation.program.outcome
    if outcome.payment is None:
        return None
    rule = evaluation.program.rules[outcome.payment]
    currency, period = _paid_in(evaluation, rule)
    total = _total(evaluation.column(outcome.payment))
    if rule.scope and not _list_is_known(evaluation, rule.scope):
        total = UNKNOWN
    amount = amount_of(0) if status == "ineligible" else None if total is UNKNOWN else amount_of(_exact(total))
    return unchecked(Payment, {"amount": amount, "currency": currency, "period": period})


def _paid_in(evaluation: Evaluation, rule: Rule) -> tuple[str, Period]:
    """The currency and period of what a program pays: worked out once."""
    found: tuple[str, Period] | None = evaluation.prepared.get(Payment)
    if found is None:
        assert isinstance(rule.type, NumberType)
        unit = rule.type.unit
        assert unit.currency is not None
        found = evaluation.prepared[Payment] = unit.currency, _PERIODS[unit.period or ""]
    return found


def _exact(value: Value) -> Exact:
    assert isinstance(value, int | Fraction)
    return value


def _total(values: list[Value]) -> Value:
    total: Exact = 0
    for value in values:
        if value is UNKNOWN:
            return UNKNOWN
        total += _exact(value)
    return total


def _lines(evaluation: Evaluation) -> tuple[OutcomeLine, ...]:
    outcome = evaluation.program.outcome
    if outcome.lines is None:
        return ()
    eligible = evaluation.program.rules[outcome.eligible]
    lines: list[OutcomeLine] = []
    for ordinal, frame in enumerate(evaluation.frames[outcome.lines]):
        value = evaluation.values[outcome.eligible][ordinal if eligible.scope else 0]
        status = _status_of(value)
        paid = UNKNOWN if outcome.payment is None else evaluation.values[outcome.payment][ordinal]
        amount = amount_of(0) if status == "ineligible" else None if paid is UNKNOWN else amount_of(_exact(paid))
        reasons = reasons_of(evaluation, outcome.eligible, ordinal) if eligible.scope else ()
        lines.append(OutcomeLine(entry=frame[-1].path, id=frame[-1].id, status=status, amount=amount, reasons=reasons))
    return tuple(lines)


def _reasons(evaluation: Evaluation) -> tuple:  # type: ignore[type-arg]
    outcome = evaluation.program.outcome
    if evaluation.program.rules[outcome.eligible].scope:
        return ()
    return reasons_of(evaluation, outcome.eligible)


# --- what is missing --------------------------------------------------------------------------------------------------


def _missing(evaluation: Evaluation) -> tuple[tuple[Missing, ...], tuple[tuple[str, ...], ...], bool]:
    """A settled refusal misses nothing; otherwise what holds up the status, and what holds up the payment."""
    outcome, status = evaluation.program.outcome, _status(evaluation)
    if status == "ineligible" or not any(_is_open(evaluation, slot) for slot in (outcome.eligible, outcome.payment)):
        return (), (), False
    leaves = MissingLeaves(evaluation)
    settling = Alternatives(evaluation, leaves.readings)
    held: dict[Leaf, list[str]] = {}
    alternatives: list[Alternative] = []
    for what, slot in (("status", outcome.eligible), ("payment", outcome.payment)):
        if slot is None or (what == "status" and status != "undetermined"):
            continue
        lists = _list_leaves(evaluation, slot)
        open_ordinals = [ordinal for ordinal, value in enumerate(evaluation.values[slot]) if value is UNKNOWN]
        for leaf in [*leaves.behind(slot), *lists]:
            held.setdefault(leaf, []).append(what) if what not in held.get(leaf, []) else None
        if not alternatives:
            settle = settling.of_status if what == "status" else settling.of_amount
            alternatives = settle(slot, open_ordinals, lists)
    missing = tuple(
        Missing(kind=leaf.kind, name=leaf.name, title=leaf.title, holds_up=tuple(what), set_by=leaf.set_by)  # type: ignore[arg-type]
        for leaf, what in sorted(held.items(), key=lambda pair: pair[0].sort_key())
    )
    named = [tuple(sorted(leaf.name for leaf in item)) for item in alternatives]
    unique = sorted(dict.fromkeys(named), key=lambda item: (len(item), item))
    return missing, tuple(unique[:MOST_ALTERNATIVES]), settling.truncated or len(unique) > MOST_ALTERNATIVES


def _is_open(evaluation: Evaluation, slot: int | None) -> bool:
    """Whether a rule's value is unknown, for the record or for an entry that there is or may be."""
    if slot is None:
        return False
    scope = evaluation.program.rules[slot].scope
    return UNKNOWN in evaluation.values[slot] or (scope != "" and not _list_is_known(evaluation, scope))


def _list_leaves(evaluation: Evaluation, slot: int) -> list[Leaf]:
    """The list that a rule is decided for each entry of, where that list is unknown."""
    scope = evaluation.program.rules[slot].scope
    if not scope or _list_is_known(evaluation, scope):
        return []
    parent, _, name = scope.rpartition(".")
    field = evaluation.facts.vocabulary.scopes[parent].lists[name]
    title = Bilingual(en=field.en, zh=field.zh)
    open_frames = [frame for frame in evaluation.frames.get(parent, ()) if frame[-1].lists[field.slot] is UNKNOWN]
    return [Leaf("fact", f"{frame[-1].path}.{name}", title) for frame in open_frames]


# --- the rest ---------------------------------------------------------------------------------------------------------


def _beside(evaluation: Evaluation) -> tuple[BesideValue, ...]:
    return shown_values(evaluation, evaluation.program.outcome.beside)


def _procedure(evaluation: Evaluation) -> ProcedureReport | None:
    """The report on the prescribed steps, where the pack has one.

    Missing: what the question of completeness lacks, and what no record can supply behind the deadlines shown, such as
    the calendar of a year that is not on file.
    """
    procedure = evaluation.program.outcome.procedure
    if procedure is None:
        return None
    value = evaluation.values[procedure.complete][0]
    search = MissingLeaves(evaluation)
    leaves = search.behind(procedure.complete)
    unset = {
        leaf
        for item in procedure.beside
        if isinstance(item.node, RuleRead)
        for leaf in search.behind(item.node.rule)
        if leaf.kind == "parameter"
    }
    leaves = sorted({*leaves, *unset}, key=Leaf.sort_key)
    return ProcedureReport(
        status="undetermined" if value is UNKNOWN else "complete" if value is True else "incomplete",
        reasons=reasons_of(evaluation, procedure.complete),
        missing=tuple(
            Missing(kind=leaf.kind, name=leaf.name, title=leaf.title, holds_up=(), set_by=leaf.set_by)
            for leaf in leaves
        ),
        beside=shown_values(evaluation, procedure.beside),
    )


def shown_values(evaluation: Evaluation, beside: Sequence[Beside]) -> tuple[BesideValue, ...]:
    """Values that stand beside a result, or on a notice."""
    return tuple(
        BesideValue(
            label=item.label,
            title=item.title,
            value=value_text(evaluate(item.node, evaluation.env_of_record(item.variables)), evaluation.facts),
            unit=type_name(item.type),
        )
        for item in beside
    )


def _assumed(evaluation: Evaluation) -> tuple[AssumedValue, ...]:
    found: list[AssumedValue] = []
    for slot, ordinal in sorted(evaluation.assumed):
        rule = evaluation.program.rules[slot]
        assert rule.assumed is not None
        found.append(
            AssumedValue(
                rule=rule.key,
                entry=evaluation.frames[rule.scope][ordinal][-1].path,
                title=rule.title,
                value=value_text(rule.assumed.value, evaluation.facts) or "",
                citations=rule.assumed.citations,
            )
        )
    return tuple(found)


def _flags(evaluation: Evaluation) -> tuple[Flag, ...]:
    found: list[Flag] = []
    for slot in evaluation.program.outcome.flags:
        rule = evaluation.program.rules[slot]
        for ordinal, value in enumerate(evaluation.values[slot]):
            if value is True:
                entry = evaluation.frames[rule.scope][ordinal][-1].path
                found.append(Flag(rule=rule.key, entry=entry, text=rule.say or rule.title, citations=rule.citations))
    return tuple(found)


def checked_through_notice(day: str) -> Bilingual:
    """What an answer past the last day that the rules were checked for says; later rulebooks may go further."""
    shown = day_words(datetime.date.fromisoformat(day))
    return Bilingual(
        en=f"The rules have been checked through {shown.en} only; later changes of the law are not in them.",
        zh=f"规则仅核对至{shown.zh}，其后的法律变化未收录。",
    )


def _still_cited(source: RepealedSource) -> Bilingual:
    day = day_words(source.day)
    return Bilingual(
        en=f"Some rules rest on {source.title.en}, which is repealed since {day.en}; check what has replaced it.",
        zh=f"部分规则所依据的{source.title.zh}已自{day.zh}起废止，请核对现行规定。",
    )


def _notices(program: Program) -> tuple[Bilingual, ...]:
    found: list[Bilingual] = []
    if program.checked_through is not None and program.on > program.checked_through:
        found.append(checked_through_notice(program.checked_through.isoformat()))
    found.extend(_still_cited(source) for source in program.repealed)
    if program.known_on is None:
        found.append(
            Bilingual(
                en="Computed with everything published in this rulebook, whenever it was published.",
                zh="按本规则库已收录的全部文件计算，不限其发布日期。",
            )
        )
    for overlay in program.overlays:
        if overlay.kind == "scenario" and overlay.unread:
            found.append(_without_effect(overlay, program.on))
        if overlay.notice is not None:
            found.append(overlay.notice)
        if overlay.kind == "scenario":
            en, zh = f"Hypothetical: scenario “{overlay.title.en}”.", overlay.title.zh.removeprefix("测算方案：")
            found.append(Bilingual(en=en, zh=f"测算方案（假设）：{zh}。"))
    return tuple(found)


def _without_effect(overlay: Overlaid, on: datetime.date) -> Bilingual:
    """A what-if that changes nothing looks like an answer: what it sets in vain is said."""
    day, names = day_words(on), overlay.unread
    return Bilingual(
        en=f"The scenario {overlay.name} sets {', '.join(names)} without effect: no rule reads that on {day.en}.",
        zh=f"测算方案 {overlay.name} 设定了 {'、'.join(names)}，但按{day.zh}的规定没有规则用到，不影响结果。",
    )


def _values(evaluation: Evaluation) -> dict[str, RuleValue]:
    return {rule.key: _rule_value(evaluation, rule) for rule in evaluation.program.rules}


def _rule_value(evaluation: Evaluation, rule: Rule) -> RuleValue:
    values = evaluation.values[rule.slot]
    if not rule.scope:
        return RuleValue(type=type_name(rule.type), value=value_text(values[0], evaluation.facts))
    frames = evaluation.frames[rule.scope]
    entries = {frame[-1].path: value_text(value, evaluation.facts) for frame, value in zip(frames, values, strict=True)}
    return RuleValue(type=type_name(rule.type), entries=entries)


def identity_of(program: Program) -> Identity:
    """What a program consists of, with its digests."""
    return Identity(
        engine=VERSION,
        semantics=ENGINE_SEMANTICS,
        program=program.digest,
        packs=dict(program.packs),
        values=tuple(
            UsedValue(
                key=value.key,
                title=value.title,
                unit=type_name(value.type),
                value=None if not value.is_set else parameter_text(value.value) if value.shape is None else "table",
                value_title=None if value.value is UNKNOWN else dict(value.choice_titles).get(str(value.value)),
                rows=rows_text(value.shape),
                from_date=value.from_date,
                published=value.published,
                digest=value.digest,
                layer=value.layer,
                hypothetical=value.hypothetical,
                frozen_on=value.frozen_on,
            )
            for value in program.parameters
        ),
        rules=tuple(
            UsedRule(
                key=rule.key,
                title=rule.title,
                from_date=rule.from_date,
                digest=rule.digest,
                at=str(rule.at),
                layer=rule.layer,
                hypothetical=rule.hypothetical,
            )
            for rule in program.rules
        ),
        overlays=tuple(
            UsedOverlay(
                name=item.name,
                kind="local" if item.kind == "local" else "scenario",
                title=item.title,
                notice=item.notice,
                digest=item.digest,
            )
            for item in program.overlays
        ),
        valid_from=program.valid.start,
        valid_until=program.valid.end,
    )


_DECISION = ("status", "payment")
_MISSING = ("missing", "alternatives", "alternatives_truncated")
_PARTS: Final[Mapping[str, Callable[[Evaluation], Any]]] = MappingProxyType(
    {
        "program": _part(lambda program: program.id),
        "title": _part(lambda program: program.title),
        "jurisdiction": _part(lambda program: program.jurisdiction),
        "on": _part(lambda program: program.on),
        "known_on": _part(lambda program: program.known_on),
        "lines": _lines,
        "beside": _beside,
        "procedure": _procedure,
        "reasons": _reasons,
        "assumed": _assumed,
        "flags": _flags,
        "notices": _part(_notices),
        "values": _values,
    }
)
