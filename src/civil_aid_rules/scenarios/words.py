"""A comparison in words, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.differences import Changed, RuleDifference, ValueDifference
from civil_aid_rules.determinations.pages import Page, Section, same, worded
from civil_aid_rules.determinations.result import UsedRule, UsedValue
from civil_aid_rules.determinations.words import (
    day_words,
    entry_words,
    money_words,
    payment_words,
    status_words,
    used_value_words,
    value_words,
)
from civil_aid_rules.scenarios.parts import InputDifference, Parting, Side, Taken

_BEFORE, _AFTER = Bilingual(en="Before", zh="调整前"), Bilingual(en="After", zh="调整后")


def comparison_page(
    before: Side,
    after: Side,
    difference: Decimal | None,
    parts_at: Parting | None,
    values: tuple[ValueDifference, ...],
    rules: tuple[RuleDifference, ...],
    changed: tuple[Changed, ...],
) -> Page:
    """The comparison as a report."""
    head = (*_head(before, after, difference), *_parting(parts_at, {value.key: value for value in values}))
    sections = (
        Section(None, head),
        Section(Bilingual(en="Legal values that differ", zh="不同的标准与参数"), tuple(map(_value, values))),
        Section(Bilingual(en="Rules that differ", zh="不同的规则"), tuple(map(_rule, rules))),
        Section(Bilingual(en="Results of rules that differ", zh="结果不同的规则"), tuple(map(_changed, changed))),
    )
    warning = None
    if before.hypothetical or after.hypothetical:
        en = "HYPOTHETICAL: at least one side is a what-if calculation (scenario), not a decision."
        warning = Bilingual(en=en, zh="测算方案（假设）：至少一方为测算结果，不是认定结论。")
    title = worded("{title}: comparison", "{title}测算对比", title=after.title)
    foot = Bilingual(
        en="Reference text; only the document sealed by the civil affairs department is authoritative.",
        zh="参考文本，以民政部门盖章文书为准。",
    )
    return Page(title, warning, tuple(section for section in sections if section.lines), foot)


def _head(before: Side, after: Side, difference: Decimal | None) -> Iterator[Bilingual]:
    yield _side(_BEFORE, before)
    yield _side(_AFTER, after)
    if before.record_digest != after.record_digest:
        yield Bilingual(en="The two sides decide on different records.", zh="双方所用的家庭记录不同。")
    if difference is None:
        yield Bilingual(en="Difference: cannot be stated", zh="差额：无法计算")
        return
    assert after.payment is not None
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    amount = money_words(abs(difference), after.payment.currency, after.payment.period)
    zh = (
        "差额：{amount}（增加）" if difference > 0 else "差额：{amount}（减少）" if difference < 0 else "差额：{amount}"
    )
    yield worded(f"Difference: {sign}{{amount}}", zh, amount=amount)


def _side(label: Bilingual, side: Side) -> Bilingual:
    known = _known_on(side)
    place = same("" if side.jurisdiction is None else f" ({side.jurisdiction})")
    overlays = [
        worded("; scenario “{title}”", "；测算方案“{title}”", title=_without_lead(overlay.title))
        for overlay in side.overlays
        if overlay.kind == "scenario"
    ]
    under = Bilingual(en="".join(text.en for text in overlays), zh="".join(text.zh for text in overlays))
    return worded(
        "{label}: {title} on {day}{known}{place}{under}: {status}, {payment}",
        "{label}：{title}，按{day}的规定{known}{place}{under}：{status}，{payment}",
        label=label,
        title=side.title,
        day=day_words(side.on),
        known=known,
        place=place,
        under=under,
        status=status_words(side.status),
        payment=payment_words(side.payment),
    )


def _without_lead(title: Bilingual) -> Bilingual:
    """Scenarios are often titled 测算方案：…; the line says so already."""
    return Bilingual(en=title.en, zh=title.zh.removeprefix("测算方案："))


def _known_on(side: Side) -> Bilingual:
    if side.known_on is None:
        return same("")
    return worded(", as known on {day}", "（按{day}前公布的文件）", day=day_words(side.known_on))


def _parting(parting: Parting | None, values: dict[str, ValueDifference]) -> Iterator[Bilingual]:
    if parting is None:
        yield Bilingual(en="No rule gives another result.", zh="各项规则的结果均相同。")
        return
    yield worded(
        "The calculations part at: {rule}: {before} → {after}",
        "计算过程自此处起不同：{rule}：{before} → {after}",
        rule=_named(parting.rule, parting.title, parting.entry),
        before=_held(parting, "before"),
        after=_held(parting, "after"),
    )
    for reason in _why(parting, values):
        yield worded("  because {reason}", "  原因：{reason}", reason=reason)


def _why(parting: Parting, values: dict[str, ValueDifference]) -> Iterator[Bilingual]:
    if parting.rule_changed:
        yield Bilingual(en="the rule itself differs", zh="规则本身不同")
    yield from (_input(item, values.get(item.name)) for item in parting.inputs)
    if parting.branches_before != parting.branches_after:
        yield worded(
            "other branches were taken: {before} → {after}",
            "适用的情形不同：{before} → {after}",
            before=_branches(parting.branches_before),
            after=_branches(parting.branches_after),
        )


def _branches(taken: tuple[Taken, ...]) -> Bilingual:
    texts = [
        branch.text or worded("{id}", "{zh}", id=branch.id, zh=branch.id.replace("case ", "情形")) for branch in taken
    ]
    return Bilingual(en=", ".join(text.en for text in texts) or "none", zh="、".join(text.zh for text in texts) or "无")


def _input(item: InputDifference, value: ValueDifference | None) -> Bilingual:
    before, after = value_words(item.before, item.unit), value_words(item.after, item.unit)
    if value is not None and value.before is not None and value.after is not None:
        before, after = used_value_words(value.before), used_value_words(value.after)
    return worded(
        "{title}: {before} → {after}", "{title}：{before} → {after}", title=item.title, before=before, after=after
    )


def _value(item: ValueDifference) -> Bilingual:
    before, after = _used(item.before), _used(item.after)
    return worded(
        "{title}: {before} → {after}", "{title}：{before} → {after}", title=item.title, before=before, after=after
    )


def _used(used: UsedValue | None) -> Bilingual:
    if used is None:
        return Bilingual(en="not used", zh="未使用")
    marks: list[Bilingual] = [
        worded("from {day}", "自{day}执行", day=day_words(used.from_date)),
        worded("published {day}", "{day}公布", day=day_words(used.published)),
    ]
    if used.hypothetical:
        marks = [Bilingual(en="HYPOTHETICAL", zh="假设，测算方案")]
    elif used.layer is not None:
        marks.append(worded("set by {layer}", "由{layer}设定", layer=used.layer))
    if used.frozen_on is not None:
        marks.insert(0, worded("as on {day}", "{day}时", day=day_words(used.frozen_on)))
    inside = Bilingual(en=", ".join(mark.en for mark in marks), zh="，".join(mark.zh for mark in marks))
    return worded("{value} ({marks})", "{value}（{marks}）", value=used_value_words(used), marks=inside)


def _rule(item: RuleDifference) -> Bilingual:
    return worded(
        "{rule}: {before} → {after}",
        "{rule}：{before} → {after}",
        rule=_named(item.key, item.title, "$"),
        before=_version(item.before),
        after=_version(item.after),
    )


def _version(rule: UsedRule | None) -> Bilingual:
    if rule is None:
        return Bilingual(en="no such rule", zh="无此规则")
    if rule.hypothetical:
        return worded("HYPOTHETICAL (scenario {layer})", "测算方案替换（假设，{layer}）", layer=rule.layer or "")
    return worded("the version of {day} ({at})", "{day}版本（{at}）", day=day_words(rule.from_date), at=rule.at)


def _changed(item: Changed) -> Bilingual:
    return worded(
        "{rule}: {before} → {after}",
        "{rule}：{before} → {after}",
        rule=_named(item.rule, item.title, item.entry),
        before=_held(item, "before"),
        after=_held(item, "after"),
    )


def _held(item: Changed | Parting, side: str) -> Bilingual:
    if item.only is not None and item.only != side:
        return Bilingual(en="no such rule or entry", zh="无此规则或此项")
    return value_words(item.before if side == "before" else item.after, item.type)


def _named(key: str, title: Bilingual, entry: str) -> Bilingual:
    where = entry_words(entry)
    return worded("{title} ({key}{where})", "{title}（{key}{where}）", title=title, key=key, where=_after_comma(where))


def _after_comma(text: str) -> Bilingual:
    return Bilingual(en=f", {text}", zh=f"，{text}") if text else same("")
