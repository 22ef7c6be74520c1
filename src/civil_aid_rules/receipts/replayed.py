"""What came of a replay: whether the receipt comes out again, each difference by name, and what merely grew."""

from __future__ import annotations

import datetime

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.determinations.pages import Page, Section, page_html, page_text, worded
from civil_aid_rules.determinations.result import Part, Payment, Status
from civil_aid_rules.determinations.words import day_words, payment_words, status_words
from civil_aid_rules.receipts.difference import Difference, Note


class AsKnown(Part):
    """The receipt computed again with what was published by the end of the day of its decision."""

    known_on: datetime.date
    matches: bool
    differences: tuple[Difference, ...]


class Replay(Part):
    """A receipt computed again. `matches`: nothing differs. JSON is one object, the same keys each time.

    `status` and `payment` are what came out now, None where the rulebook could not compute it. `as_known` is there for
    a receipt that used everything its rulebook had, where something differs and the day of its decision is known.
    """

    receipt_digest: str
    program: str
    title: Bilingual
    on: datetime.date
    known_on: datetime.date | None
    jurisdiction: str | None
    decided_at: datetime.date | None
    record_digest: str
    rulebook: str
    engine: str
    semantics: str
    hypothetical: bool
    matches: bool
    status: Status | None
    payment: Payment | None
    differences: tuple[Difference, ...]
    notes: tuple[Note, ...]
    as_known: AsKnown | None

    def text(self, language: Language = "en") -> str:
        """The replay in words, "en" or "zh"."""
        return page_text(_page(self), language)

    def to_json(self, *, indent: int | None = None) -> str:
        """The replay as JSON; `Replay.model_validate_json` reads it back as an equal one."""
        return self.model_dump_json(indent=indent)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per difference, for tables: kind, name, and the sentence in both languages."""
        common = {"receipt_digest": self.receipt_digest, "program": self.program, "on": self.on.isoformat()}
        return [
            {**common, "kind": item.kind, "name": item.name, "en": item.text.en, "zh": item.text.zh}
            for item in self.differences
        ]

    def _repr_html_(self) -> str:
        return page_html(_page(self), "en")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        outcome = "matches" if self.matches else f"{len(self.differences)} differences"
        return f"<Replay of {self.program} on {self.on}: {outcome}>"


def _page(replay: Replay) -> Page:
    warning = None
    if replay.hypothetical:
        en = "HYPOTHETICAL: the receipt is of a what-if calculation (scenario), not of a decision."
        warning = Bilingual(en=en, zh="测算方案（假设）：本凭据系测算结果，不是认定结论。")
    notes = Bilingual(en="What changed since without touching this result", zh="其后有变化但不影响本结果的事项")
    sections = (
        Section(None, _head(replay)),
        Section(Bilingual(en="Differences", zh="不同之处"), tuple(item.text for item in replay.differences)),
        Section(Bilingual(en="As known on the day of the decision", zh="按作出认定时所知复算"), _as_known(replay)),
        Section(notes, tuple(note.text for note in replay.notes)),
    )
    foot = Bilingual(
        en="Reference text; only the document sealed by the civil affairs department is authoritative.",
        zh="参考文本，以民政部门盖章文书为准。",
    )
    title = worded(
        "{title}, decided for {day}: replay",
        "{title}（按{day}的规定）复算",
        title=replay.title,
        day=day_words(replay.on),
    )
    return Page(title, warning, tuple(section for section in sections if section.lines), foot)


def _head(replay: Replay) -> tuple[Bilingual, ...]:
    if replay.matches:
        first = Bilingual(en="The receipt comes out again, in every part.", zh="复算结果与凭据完全一致。")
    else:
        count = str(len(replay.differences))
        first = worded(
            "The receipt does not come out again: {count} differences.",
            "复算与凭据不一致：{count}处不同。",
            count=count,
        )
    if replay.status is None:
        return (first, Bilingual(en="It could not be computed again.", zh="无法复算。"))
    now = worded(
        "Computed now: {status}, {payment}.",
        "复算结果：{status}，{payment}。",
        status=status_words(replay.status),
        payment=payment_words(replay.payment),
    )
    return (first, now)


def _as_known(replay: Replay) -> tuple[Bilingual, ...]:
    if replay.as_known is None:
        return ()
    day = day_words(replay.as_known.known_on)
    if replay.as_known.matches:
        return (
            worded(
                "With what was published by {day}, the result in the receipt comes out again.",
                "按{day}前已公布的文件复算，与凭据的结果一致。",
                day=day,
            ),
        )
    lead = worded(
        "With what was published by {day}, it does not come out again either:",
        "按{day}前已公布的文件复算，仍与凭据不一致：",
        day=day,
    )
    return (lead, *(item.text for item in replay.as_known.differences))
