"""What changed around a receipt without touching it: the rulebook grew, a title is better, the engine is newer."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.pipeline import Request
from civil_aid_rules.determinations.determine import identity_of
from civil_aid_rules.determinations.differences import differing_rules, differing_values
from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.determinations.result import Identity, Result, UsedRule
from civil_aid_rules.determinations.words import day_words
from civil_aid_rules.ir.program import Program
from civil_aid_rules.receipts.difference import Note
from civil_aid_rules.receipts.library import Library, program_for
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.said import is_wording, said, unlike_leaves, used_titles
from civil_aid_rules.receipts.words import rule_sentence, short, used_words, value_sentence

_ONE_DAY = datetime.timedelta(days=1)


def result_notes(then: Result, now: Result) -> tuple[Note, ...]:
    """What changed around the result without touching it."""
    return (*_grown(then, now), *_wording(then, now))


def pack_notes(receipt: Receipt, library: Library) -> list[Note]:
    """Packs that the rulebook has and had not, and those not used that it has no more."""
    there = {*library.packs.packs, *library.packs.left_out}
    used = receipt.result.identity.packs
    new, gone = sorted(there - {*receipt.rulebook_packs}), sorted({*receipt.rulebook_packs} - there - {*used})
    notes = [(new, "The rulebook has packs now that it did not have then: {names}.", "规则库新增了规则包：{names}。")]
    notes.append(
        (
            gone,
            "The rulebook no longer has packs that were not used: {names}.",
            "规则库已不含当时未用的规则包：{names}。",
        )
    )
    return [
        Note(kind="packs", name=", ".join(names), text=worded(en, zh, names=", ".join(names)))
        for names, en, zh in notes
        if names
    ]


def later_notes(receipt: Receipt, request: Request, now: Identity, library: Library) -> list[Note]:
    """Corrections published after `known_on`, and values and rules that begin after the period used: not used here."""
    then = receipt.result.identity
    found: list[Note] = []
    if receipt.known_on is not None and then.packs != now.packs:
        found += _against(now, dataclasses.replace(request, known_on=None), library, _published_later(receipt.known_on))
    end = now.valid_until
    if end is not None and end != then.valid_until and end < datetime.date.max:
        following = dataclasses.replace(request, on=end + _ONE_DAY)
        found += _against(now, following, library, _beginning(end + _ONE_DAY))
    return found


_Lead = tuple[str, str, datetime.date]


def _published_later(known_on: datetime.date) -> _Lead:
    return ("Published after {day}, and so not used: {what}.", "{day}之后公布，故未采用：{what}。", known_on)


def _beginning(day: datetime.date) -> _Lead:
    return ("From {day} on, and so not used: {what}.", "自{day}起执行，故未采用：{what}。", day)


def _against(now: Identity, request: Request, library: Library, lead: _Lead) -> list[Note]:
    program = program_for(request, library)
    if not isinstance(program, Program):
        return []
    other = identity_of(program)
    named = [
        (
            item.key,
            worded(
                "{title} ({key}) {value}",
                "{title}（{key}）{value}",
                title=item.title,
                key=item.key,
                value=used_words(item.after),
            ),
        )
        for item in differing_values(now, other)
        if item.after is not None and item.after.frozen_on is None
    ]
    named += [
        (item.key, worded("the rule {title} ({key})", "规则{title}（{key}）", title=item.title, key=item.key))
        for item in differing_rules(now, other)
        if item.after is not None
    ]
    en, zh, day = lead
    return [Note(kind="later", name=key, text=worded(en, zh, day=day_words(day), what=what)) for key, what in named]


# --- what merely grew ----------------------------------------------------------------------------------------------


def _grown(then: Result, now: Result) -> Iterator[Note]:
    yield from _engine_version(then, now)
    yield from _packs(then.identity.packs, now.identity.packs)
    yield from _new_names(then, now)
    old = (then.identity.valid_from, then.identity.valid_until)
    new = (now.identity.valid_from, now.identity.valid_until)
    if old != new:
        text = worded(
            "The rules and values used held, as known then, {old}; as known now, {new}.",
            "所用规则和数值的适用期间：按当时所知为{old}；按现在所知为{new}。",
            old=_period(*old),
            new=_period(*new),
        )
        yield Note(kind="validity", name=now.program, text=text)
    moved = _moved(then.identity.rules, now.identity.rules)
    if moved:
        text = worded(
            "{count} rules stand elsewhere in the files now, {first} among them; they say the same.",
            "有{count}条规则在文件中的位置已变（如 {first}），内容相同。",
            count=str(len(moved)),
            first=moved[0],
        )
        yield Note(kind="place", name=moved[0], text=text)


def _engine_version(then: Result, now: Result) -> Iterator[Note]:
    old, new = then.identity.engine, now.identity.engine
    if old != new:
        text = worded(
            "Computed then with version {old}, now with {new}.",
            "当时用 {old} 版计算，现用 {new} 版。",
            old=old,
            new=new,
        )
        yield Note(kind="engine", name="engine", text=text)


def _packs(then: dict[str, str], now: dict[str, str]) -> Iterator[Note]:
    for name in sorted({*then, *now}):
        old, new = then.get(name), now.get(name)
        if old != new:
            text = worded(
                "The pack {name} is not what it was (digest {old}, now {new}).",
                "规则包 {name} 的内容已有增减（摘要值当时为 {old}，现为 {new}）。",
                name=name,
                old=short(old),
                new=short(new),
            )
            yield Note(kind="pack", name=name, text=text)


def _new_names(then: Result, now: Result) -> Iterator[Note]:
    for rule in differing_rules(then.identity, now.identity):
        if rule.before is None:
            yield Note(kind="rule", name=rule.key, text=rule_sentence(rule.key, rule.title, None, rule.after))
    for value in differing_values(then.identity, now.identity):
        if value.before is None:
            sentence = value_sentence(value.key, value.title, None, value.after, None)
            yield Note(kind="value", name=value.key, text=sentence)


def _period(start: datetime.date | None, end: datetime.date | None) -> Bilingual:
    first = (
        Bilingual(en="from the first rule", zh="自规则起始")
        if start is None
        else worded("from {d}", "自{d}", d=start.isoformat())
    )
    last = (
        Bilingual(en="without a known end", zh="尚无终止日")
        if end is None
        else worded("until {d}", "至{d}", d=end.isoformat())
    )
    return worded("{first} {last}", "{first}{last}", first=first, last=last)


def _moved(then: Iterable[UsedRule], now: Iterable[UsedRule]) -> list[str]:
    places = {rule.key: rule.at for rule in now}
    return [rule.key for rule in then if not rule.hypothetical and places.get(rule.key, rule.at) != rule.at]


def _wording(then: Result, now: Result) -> Iterator[Note]:
    old, new = unlike_leaves(*({**said(side), **used_titles(side)} for side in (then, now)))
    for path in old:
        if path in new and old[path] != new[path] and is_wording(path):
            text = worded(
                "{path} was worded “{old}” and is now “{new}”.",
                "{path} 的文字当时为“{old}”，现为“{new}”。",
                path=path,
                old=str(old[path]),
                new=str(new[path]),
            )
            yield Note(kind="wording", name=path, text=text)
