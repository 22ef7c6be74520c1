"""How a finding and the counts read, in English and simplified Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.pages import Page, Section, same, worded
from civil_aid_rules.determinations.result import Missing, Reason
from civil_aid_rules.determinations.words import day_words, value_words

if TYPE_CHECKING:
    from civil_aid_rules.caseload.roll.finding import RollCounts, RollFinding

TITLES: dict[str, Bilingual] = {
    "cover": Bilingual(en="cover", zh="应保未保"),
    "keep": Bilingual(en="keep", zh="继续保障"),
    "change": Bilingual(en="change", zh="调整金额"),
    "end": Bilingual(en="end", zh="应退"),
    "look": Bilingual(en="look", zh="待核查"),
    "stay_out": Bilingual(en="stay out", zh="不予纳入"),
}
REMARKS: dict[str, Bilingual] = {
    "ended_without_reason": Bilingual(
        en="support ended, and the roll has no written reason for it", zh="已停发，但名册中没有书面理由"
    ),
    "persons_differ": Bilingual(
        en="those for whom the aid is are not those who were approved", zh="应保障的人员与批准的保障对象不一致"
    ),
    "no_record": Bilingual(en="no record of this case was given", zh="未提供该档案的家庭记录"),
    "amount_not_known": Bilingual(en="the roll does not say what is paid", zh="名册未载明发放金额"),
    "refusal_rests_on_unknown": Bilingual(
        en="the refusal rests on something unknown that was taken for a no; nobody is ended for that",
        zh="不符合条件的结论依据的是未知事项的推定，不得据此停发",
    ),
    "no_reason": Bilingual(
        en="the rules refuse without naming a condition, so no written reason can be given; nobody is ended for that",
        zh="规则未指明不符合的条件，无法书面说明理由，不得据此停发",
    ),
}
_HELD: dict[tuple[str, str], Bilingual] = {
    ("condition", "yes"): Bilingual(en="met", zh="符合"),
    ("condition", "no"): Bilingual(en="not met", zh="不符合"),
    ("condition", "unknown"): Bilingual(en="not known", zh="未知"),
    ("exception", "yes"): Bilingual(en="applies", zh="属于以下情形"),
    ("exception", "no"): Bilingual(en="does not apply", zh="不属于以下情形"),
    ("exception", "unknown"): Bilingual(en="not known whether it applies", zh="是否属于以下情形未知"),
}
_HYPOTHETICAL = Bilingual(
    en="HYPOTHETICAL: a what-if calculation (scenario); nobody is covered, changed or ended by it.",
    zh="测算方案（假设）：不是认定结论，不得据此纳入、调整或者停发。",
)
_UNREADABLE = Bilingual(en="cannot be read", zh="无法读取")
_EXPLAINED: dict[str, Bilingual] = {
    "cover": Bilingual(
        en="eligible, and not on the roll: tell the family and help it to apply; support begins once approved",
        zh="符合条件而未在册：应告知并协助其申请，经审核审批后纳入（应保尽保）",
    ),
    "keep": Bilingual(
        en="eligible and on the roll, paid what is due: support goes on", zh="符合条件且在册，金额相符：继续保障"
    ),
    "change": Bilingual(
        en="eligible and on the roll: paid {paid}, due {due}", zh="符合条件且在册：现发{paid}，应发{due}"
    ),
    "end": Bilingual(
        en="on the roll and not eligible: ending support takes a decision with written reasons; they stand here",
        zh="在册而不符合条件：须作出停发决定并书面说明理由（应退尽退），理由如下",
    ),
    "look": Bilingual(
        en="nothing can be said yet; until it can, whoever is on the roll stays on it",
        zh="暂不能认定；认定之前，在册的不作退出处理",
    ),
    "stay_out": Bilingual(en="not eligible and not on the roll: nothing to do", zh="不符合条件且未在册：无须处理"),
}


def explained(action: str, paid: Bilingual, due: Bilingual, missing: Sequence[Missing]) -> Bilingual:
    """The finding in one sentence."""
    text = worded(_EXPLAINED[action].en, _EXPLAINED[action].zh, paid=paid, due=due)
    if action != "look" or not missing:
        return text
    lacking = _joined(list(dict.fromkeys(item.title for item in missing)), ", ", "、")
    return worded("{text}; missing: {lacking}", "{text}；须补充：{lacking}", text=text, lacking=lacking)


def amount_words(amount: str | None, currency: str | None, period: str | None) -> Bilingual:
    """`540.00 CNY a month`, 每月540.00元; a question mark where it is not known."""
    if amount is None or currency is None:
        return same(amount or "?")
    return value_words(amount, currency if period in (None, "once") else f"{currency}/{period}")


def finding_page(finding: RollFinding) -> Page:
    """A finding as a report."""
    title = worded(
        "Case {case}, {title}, on {day}: {action}",
        "档案{case}，{title}，{day}：{action}",
        case=finding.case,
        title=finding.title,
        day=day_words(finding.on),
        action=TITLES[finding.action],
    )
    why = (
        Bilingual(en="Written reason", zh="书面理由") if finding.action == "end" else Bilingual(en="Reasons", zh="理由")
    )
    sections = (
        Section(None, (finding.explanation, *_facts(finding))),
        Section(why, tuple(_reason(reason) for reason in finding.reasons)),
        Section(Bilingual(en="Missing", zh="须补充"), tuple(_missing(item) for item in finding.missing)),
        Section(
            Bilingual(en="A person should look at these; they change nothing", zh="核查提示（不影响结论）"),
            (*(item.text for item in finding.remarks), *(flag.text for flag in finding.flags)),
        ),
        Section(Bilingual(en="By", zh="依据"), tuple(_cited(item) for item in finding.citations)),
    )
    foot = Bilingual(
        en="Reference text; only the document sealed by the civil affairs department is authoritative.",
        zh="参考文本，以民政部门盖章文书为准。",
    )
    warning = _HYPOTHETICAL if finding.hypothetical else None
    return Page(title, warning, tuple(section for section in sections if section.lines), foot)


def _facts(finding: RollFinding) -> Iterator[Bilingual]:
    if finding.since is not None:
        yield worded("paid since {day}", "自{day}起发放", day=day_words(finding.since))
    if finding.until is not None:
        yield worded("last day paid for: {day}", "发放至{day}", day=day_words(finding.until))
    if finding.action == "cover" and finding.due is not None:
        yield worded("due: {due}", "应发：{due}", due=amount_words(finding.due, finding.currency, finding.period))
    if finding.joined:
        yield worded("not approved yet: {names}", "尚未批准的人员：{names}", names=", ".join(finding.joined))
    if finding.left:
        yield worded(
            "approved, and not covered now: {names}", "已批准而现不应保障的人员：{names}", names=", ".join(finding.left)
        )


def _missing(item: Missing) -> Bilingual:
    return worded("{title} ({name})", "{title}（{name}）", title=item.title, name=item.name)


def _reason(reason: Reason) -> Bilingual:
    """Whether the condition is met or the exception applies, the figures behind it, and the articles."""
    parts = [worded("{held}: {text}", "{held}：{text}", held=_HELD[reason.kind, reason.holds], text=reason.text)]
    margin = reason.margin
    if margin is not None and margin.value_title is not None and margin.limit_title is not None:
        for title, amount in ((margin.value_title, margin.value), (margin.limit_title, margin.limit)):
            parts.append(
                worded("{title} {amount}", "{title}{amount}", title=title, amount=value_words(amount, margin.unit))
            )
    articles = [_cited(item) for item in reason.citations]
    return _joined([_joined(parts, ", ", "，"), _joined(articles, "; ", "；")] if articles else parts, ". ", "。")


def _joined(texts: Sequence[Bilingual], en: str, zh: str) -> Bilingual:
    return Bilingual(en=en.join(item.en for item in texts), zh=zh.join(item.zh for item in texts))


def _cited(citation: Citation) -> Bilingual:
    return Bilingual(en=citation.shown("en"), zh=citation.shown("zh"))


def counts_page(counts: RollCounts) -> Page:
    """The counts as a report."""
    lines = [
        worded("{name}: {count}", "{name}：{count}", name=name, count=str(getattr(counts, field)))
        for field, name in (*TITLES.items(), ("unreadable", _UNREADABLE))
    ]
    beside = [
        worded("{name}: {count}", "{name}：{count}", name=REMARKS[kind], count=str(getattr(counts, field)))
        for field, kind in (("without_record", "no_record"), ("ended_without_reason", "ended_without_reason"))
    ]
    title = worded("{count} cases held against the roll", "与名册比对 {count} 件", count=str(counts.cases))
    among = Bilingual(en="Among them", zh="其中")
    return Page(title, None, (Section(None, tuple(lines)), Section(among, tuple(beside))))
