"""The sentences of a replay, in English and Chinese."""

from __future__ import annotations

import datetime

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.determinations.result import Payment, UsedRule, UsedValue
from civil_aid_rules.determinations.words import day_words, entry_words, payment_words, used_value_words, value_words
from civil_aid_rules.errors import Problem

_SHOWN_DIGEST = len("sha256:") + 12


def short(digest: str | None) -> str:
    """The first signs of a digest, for people."""
    return "–" if digest is None else digest[:_SHOWN_DIGEST]


def problem_words(item: Problem) -> Bilingual:
    """A located fault."""
    return Bilingual(en=item.located("en"), zh=item.located("zh"))


def used_words(used: UsedValue) -> Bilingual:
    """A legal value with its days: `480.00 CNY/person/month, from 2016-01-01, published 2016-02-19`."""
    return worded(
        "{value}, from {start}, published {published}",
        "{value}，自{start}执行，{published}公布",
        value=used_value_words(used),
        start=day_words(used.from_date),
        published=day_words(used.published),
    )


def value_sentence(
    key: str, title: Bilingual, before: UsedValue | None, after: UsedValue | None, decided_at: datetime.date | None
) -> Bilingual:
    """How a legal value differs."""
    name = worded("{title} ({key})", "{title}（{key}）", title=title, key=key)
    if before is None or after is None:
        held = before or after
        assert held is not None
        en, zh = (
            ("no longer used; then", "不再使用；当时为")
            if after is None
            else ("used now and not then:", "现使用而当时未用：")
        )
        return worded(
            "The legal value {name} is {en} {held}.",
            "标准或参数{name}{zh}{held}。",
            name=name,
            en=en,
            zh=zh,
            held=used_words(held),
        )
    alike = (before.value, before.rows, before.from_date, before.published) == (
        after.value,
        after.rows,
        after.from_date,
        after.published,
    )
    if alike:
        return worded(
            "The legal value {name} has the same value and dates, but another type, source, note or layer "
            "(digest {old}, now {new}).",
            "标准或参数{name}的数值和日期相同，但类型、依据、附注或层级不同（摘要值当时为 {old}，现为 {new}）。",
            name=name,
            old=short(before.digest),
            new=short(after.digest),
        )
    sentence = worded(
        "The legal value {name} is not the one used: then {old}; now {new}.",
        "标准或参数{name}与当时所用不同：当时为{old}；现为{new}。",
        name=name,
        old=used_words(before),
        new=used_words(after),
    )
    return joined(sentence, _later(after.published, decided_at))


def _later(published: datetime.date, decided_at: datetime.date | None) -> Bilingual | None:
    if decided_at is None or published <= decided_at:
        return None
    return worded(
        "It was published on {published}, after the day of the decision ({day}).",
        "该值于{published}公布，在作出认定（{day}）之后。",
        published=day_words(published),
        day=day_words(decided_at),
    )


def rule_sentence(key: str, title: Bilingual, before: UsedRule | None, after: UsedRule | None) -> Bilingual:
    """How a rule differs."""
    name = worded("{title} ({key})", "{title}（{key}）", title=title, key=key)
    if before is None or after is None:
        en, zh = ("used then, does not exist now", "当时使用，现已不存在") if after is None else ("new", "为新增")
        return worded("The rule {name} is {en}.", "规则{name}{zh}。", name=name, en=en, zh=zh)
    if before.from_date == after.from_date:
        return worded(
            "The rule {name} of {day} is not the one used: its text was changed (digest {old}, now {new}).",
            "{day}起的规则{name}与当时所用不同：内容已被改动（摘要值当时为 {old}，现为 {new}）。",
            name=name,
            day=day_words(before.from_date),
            old=short(before.digest),
            new=short(after.digest),
        )
    return worded(
        "The rule {name} is not the one used: then the version of {old}, now that of {new}.",
        "规则{name}与当时所用不同：当时为{old}版本，现为{new}版本。",
        name=name,
        old=day_words(before.from_date),
        new=day_words(after.from_date),
    )


def rule_value_sentence(
    rule: str, title: Bilingual, entry: str, type_name: str, before: str | None, after: str | None, only: str | None
) -> Bilingual:
    """How a rule's value differs."""
    where = entry_words(entry)
    place = Bilingual(en=f", {where}" if where else "", zh=f"，{where}" if where else "")
    absent = Bilingual(en="nothing", zh="无此项")
    return worded(
        "The rule {title} ({rule}{place}) came out as {old} in the receipt and as {new} now.",
        "规则{title}（{rule}{place}）的结果，凭据记载为{old}，复算为{new}。",
        title=title,
        rule=rule,
        place=place,
        old=absent if only == "after" else value_words(before, type_name),
        new=absent if only == "before" else value_words(after, type_name),
    )


def amount_sentence(before: Payment | None, after: Payment | None) -> Bilingual:
    """How the payment differs."""
    return worded(
        "The payment is {old} in the receipt and {new} when computed again.",
        "保障金额：凭据记载为{old}，复算为{new}。",
        old=payment_words(before),
        new=payment_words(after),
    )


def joined(first: Bilingual, second: Bilingual | None) -> Bilingual:
    """Two sentences in a row."""
    return first if second is None else Bilingual(en=f"{first.en} {second.en}", zh=f"{first.zh}{second.zh}")
