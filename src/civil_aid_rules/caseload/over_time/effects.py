"""From which month a decision holds, by the program's own delays, and which months it came too late for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from civil_aid_rules.caseload.over_time.history import Decision, DecisionKind
from civil_aid_rules.caseload.over_time.months import months_of, next_month
from civil_aid_rules.caseload.over_time.supports import supports_of
from civil_aid_rules.caseload.over_time.words import day_shown, filled, listed, month_shown
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.result import Part


@dataclass(frozen=True, slots=True)
class Terms:
    """After how many months a program's decisions take effect, with the sources; its title and currency."""

    title: Bilingual
    currency: str
    approval: int
    change: int
    death: int
    citations: tuple[tuple[Citation, ...], tuple[Citation, ...], tuple[Citation, ...]]


class DecisionEffect(Part):
    """One decision and the month from which it holds.

    `months_after` is the program's delay, counted from the month of the decision, of a death from the month of death.
    `late` are the months between the event and the decision, in which the decision before it still held.
    """

    program: str
    kind: DecisionKind
    decided_on: datetime.date
    happened_on: datetime.date | None
    from_month: datetime.date
    months_after: int
    late: tuple[datetime.date, ...]
    explanation: Bilingual
    citations: tuple[Citation, ...]


TermsOf = Callable[[str, datetime.date], Terms]


def effects_of(decisions: Sequence[Decision], first: datetime.date, terms_of: TermsOf) -> list[DecisionEffect]:
    """The effect of each decision on one program.

    Delays are as of the decision; of one before the first month, as of that month.
    """
    effects = [_effect(item, terms_of(item.program, max(first, item.decided_on))) for item in decisions]
    supports = support_numbers(decisions)
    approved: dict[int, datetime.date] = {}
    for support, item in sorted(zip(supports, decisions, strict=True), key=lambda pair: pair[1].decided_on):
        approved.setdefault(support, item.decided_on)
    return [
        _goes_on(effect, approved[support], approved[support + 1])
        if effect.kind == "death" and effect.decided_on >= approved.get(support + 1, datetime.date.max)
        else effect
        for support, effect in zip(supports, effects, strict=True)
    ]


def support_numbers(decisions: Sequence[Decision]) -> list[int]:
    """Which support each decision on one program belongs to, as supports_of has it; a history holds no other."""
    numbers = [belongs.support for belongs in supports_of([item.said for item in decisions])]
    assert None not in numbers, "a history has no decision where nothing is approved"
    return [number or 0 for number in numbers]


def _goes_on(effect: DecisionEffect, ended: datetime.date, later: datetime.date) -> DecisionEffect:
    """A death that was recorded when support had been stopped and approved anew, which it does not end."""
    more = filled(_NOT_ENDED, ended=day_shown(ended), later=day_shown(later))
    text = Bilingual(en=f"{effect.explanation.en}. {more.en}", zh=f"{effect.explanation.zh}。{more.zh}")
    return effect.model_copy(update={"explanation": text})


def _effect(decision: Decision, terms: Terms) -> DecisionEffect:
    decided = decision.decided_on.replace(day=1)
    event = (decision.happened_on or decision.decided_on).replace(day=1)
    match decision.kind:
        case "approval":
            after, citations, counted_from, prompt = terms.approval, terms.citations[0], decided, decided
        case "change" | "stop":
            after, citations, counted_from, prompt = terms.change, terms.citations[1], decided, event
        case "death":
            after, citations, counted_from, prompt = terms.death, terms.citations[2], event, event
    from_month = next_month(counted_from, after)
    late = tuple(month for month in months_of(next_month(prompt, after), from_month) if month < from_month)
    return DecisionEffect(
        program=decision.program,
        kind=decision.kind,
        decided_on=decision.decided_on,
        happened_on=decision.happened_on,
        from_month=from_month,
        months_after=after,
        late=late,
        explanation=_explained(decision, from_month, after, late),
        citations=citations,
    )


def _explained(decision: Decision, from_month: datetime.date, after: int, late: tuple[datetime.date, ...]) -> Bilingual:
    event = decision.happened_on
    text = filled(
        _HOLDS[decision.kind],
        decided=day_shown(decision.decided_on),
        event=Bilingual(en="", zh="") if event is None else day_shown(event),
        month=month_shown(from_month),
        rule=_RULES.get(after) or filled(_RULE, count=str(after)),
    )
    if not late:
        return text
    months = listed([month_shown(month) for month in late])
    more = filled(_LATE[decision.kind], months=months, event=day_shown(event or decision.decided_on))
    return Bilingual(en=f"{text.en}. {more.en}", zh=f"{text.zh}。{more.zh}")


_HOLDS: dict[DecisionKind, Bilingual] = {
    "approval": Bilingual(
        en="approved on {decided}; paid from {month}: {rule} the month of the decision",
        zh="{decided}批准，自{month}起发放（作出决定的{rule}）",
    ),
    "change": Bilingual(
        en="changed on {decided}; the new amount is paid from {month}: {rule} the month of the decision",
        zh="{decided}决定调整，自{month}起按新情况发放（作出决定的{rule}）",
    ),
    "stop": Bilingual(
        en="stopped on {decided}; nothing is paid from {month} on: {rule} the month of the decision",
        zh="{decided}决定停发，自{month}起不再发放（作出决定的{rule}）",
    ),
    "death": Bilingual(
        en="died on {event} (recorded on {decided}); nothing is paid from {month} on: {rule} the month of death",
        zh="{event}死亡（{decided}登记），自{month}起不再发放（死亡的{rule}）",
    ),
}
_NOT_ENDED = Bilingual(
    en="It ends the support approved on {ended}; the one approved on {later}, after the death, goes on",
    zh="该死亡终止{ended}批准的保障；死亡之后于{later}另行批准的保障继续发放",
)
_RULES = {
    0: Bilingual(en="in", zh="当月"),
    1: Bilingual(en="the month after", zh="次月"),
}
_RULE = Bilingual(en="{count} months after", zh="{count}个月后")
_LATE: dict[DecisionKind, Bilingual] = {
    "approval": Bilingual(en="", zh=""),
    "change": Bilingual(
        en="It happened on {event} and was decided on late: in {months} the decision before it still held",
        zh="{event}发生，决定滞后：{months}仍按此前的决定发放",
    ),
    "stop": Bilingual(
        en="It happened on {event} and was decided on late; still paid in {months}: a late exit, not an overpayment",
        zh="{event}发生，退出滞后：{months}属退出滞后，不作多发处理",
    ),
    "death": Bilingual(en="", zh=""),
}
