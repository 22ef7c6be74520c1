"""The result in a receipt held against the same record computed again: what differs, causes first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.determine import checked_through_notice
from civil_aid_rules.determinations.differences import (
    Changed,
    changed_values,
    differing_rules,
    differing_values,
)
from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.determinations.result import Payment, Result, UsedRule, UsedValue
from civil_aid_rules.determinations.words import status_words
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.receipts.difference import Difference, Held
from civil_aid_rules.receipts.leaves import Leaf
from civil_aid_rules.receipts.said import is_wording, said, unlike_leaves
from civil_aid_rules.receipts.words import (
    amount_sentence,
    rule_sentence,
    rule_value_sentence,
    short,
    value_sentence,
)


def result_differences(then: Result, now: Result, decided_at: datetime.date | None) -> tuple[Difference, ...]:
    """Everything that the receipt's result and the new one do not share, causes first."""
    causes = [*_engine(then, now), *_values(then, now, decided_at), *_rules(then, now)]
    causes += [] if causes or _has_new(then, now) else list(_program(then, now))
    outcome = [*_status(then, now), *_amount(then, now), *_rule_values(then, now)]
    return (*causes, *outcome, *_rest(then, now, explained=bool(causes)))


# --- causes --------------------------------------------------------------------------------------------------------


def _engine(then: Result, now: Result) -> Iterator[Difference]:
    old, new = then.identity.semantics, now.identity.semantics
    if old != new:
        text = worded(
            "The receipt was computed with engine semantics {old}; this engine has {new}.",
            "凭据按引擎语义第{old}版计算；本引擎为第{new}版。",
            old=old,
            new=new,
        )
        yield Difference(kind="engine", name="semantics", before={"value": old}, after={"value": new}, text=text)


def _values(then: Result, now: Result, decided_at: datetime.date | None) -> Iterator[Difference]:
    for item in differing_values(then.identity, now.identity, frozen_days=True):
        if item.before is None:
            continue
        text = value_sentence(item.key, item.title, item.before, item.after, decided_at)
        yield Difference(
            kind="value", name=item.key, before=_of_value(item.before), after=_of_value(item.after), text=text
        )


def _of_value(used: UsedValue | None) -> Held | None:
    if used is None:
        return None
    rows = None if used.rows is None else ", ".join(f"{row}: {value}" for row, value in used.rows.items())
    return {
        "value": used.value if rows is None else rows,
        "from": used.from_date.isoformat(),
        "published": used.published.isoformat(),
        "frozen_on": None if used.frozen_on is None else used.frozen_on.isoformat(),
        "layer": used.layer,
        "digest": used.digest,
    }


def _rules(then: Result, now: Result) -> Iterator[Difference]:
    for item in differing_rules(then.identity, now.identity):
        if item.before is not None:
            text = rule_sentence(item.key, item.title, item.before, item.after)
            before, after = _of_rule(item.before), _of_rule(item.after)
            yield Difference(kind="rule", name=item.key, before=before, after=after, text=text)


def _of_rule(used: UsedRule | None) -> Held | None:
    if used is None:
        return None
    return {"from": used.from_date.isoformat(), "layer": used.layer, "at": used.at, "digest": used.digest}


def _has_new(then: Result, now: Result) -> bool:
    """Whether there are rules or values now that the receipt does not name."""
    known = {rule.key for rule in then.identity.rules}
    return any(rule.key not in known for rule in now.identity.rules)


def _program(then: Result, now: Result) -> Iterator[Difference]:
    old, new = then.identity.program, now.identity.program
    if old != new:
        text = worded(
            "The program is not the one used, although each rule and value is: its outcome or its age rule was changed "
            "(digest {old}, now {new}).",
            "项目的规则与当时所用不同，但各条规则和数值相同：其认定结果的取法或年龄规则已被改动"
            "（摘要值当时为 {old}，现为 {new}）。",
            old=short(old),
            new=short(new),
        )
        yield Difference(kind="program", name=then.program, before={"digest": old}, after={"digest": new}, text=text)


# --- outcome -------------------------------------------------------------------------------------------------------


def _status(then: Result, now: Result) -> Iterator[Difference]:
    if then.status != now.status:
        text = worded(
            "The status is “{old}” in the receipt and “{new}” when computed again.",
            "认定结论：凭据记载为“{old}”，复算为“{new}”。",
            old=status_words(then.status),
            new=status_words(now.status),
        )
        before: Held = {"value": then.status}
        yield Difference(kind="status", name="status", before=before, after={"value": now.status}, text=text)


def _amount(then: Result, now: Result) -> Iterator[Difference]:
    if then.payment != now.payment:
        before, after = _of_payment(then.payment), _of_payment(now.payment)
        text = amount_sentence(then.payment, now.payment)
        yield Difference(kind="amount", name="payment", before=before, after=after, text=text)


def _of_payment(payment: Payment | None) -> Held | None:
    if payment is None:
        return None
    amount = None if payment.amount is None else str(payment.amount)
    return {"value": amount, "currency": payment.currency, "period": payment.period}


def _rule_values(then: Result, now: Result) -> Iterator[Difference]:
    """Rules whose value differs; the values of rules that are new are no difference."""
    known = {rule.key for rule in then.identity.rules} | set(then.values)
    for item in changed_values(then, now):
        if item.only != "after" or item.rule in known:
            yield _rule_value(item)
    for rule in sorted(set(then.values) - {rule.key for rule in (*then.identity.rules, *now.identity.rules)}):
        text = worded(
            "The receipt has a value for {rule}, which is no rule.", "凭据有 {rule} 的结果，但并无此规则。", rule=rule
        )
        yield Difference(kind="rule_value", name=rule, before={"value": then.values[rule].value}, after=None, text=text)
    for rule in sorted(now.values):
        if rule in then.values and then.values[rule].type != now.values[rule].type:
            old, new = then.values[rule].type, now.values[rule].type
            text = worded(
                "The type of {rule} was {old} and is {new}.",
                "{rule} 的类型当时为 {old}，现为 {new}。",
                rule=rule,
                old=old,
                new=new,
            )
            yield Difference(kind="rule_value", name=rule, before={"type": old}, after={"type": new}, text=text)


def _rule_value(item: Changed) -> Difference:
    text = rule_value_sentence(item.rule, item.title, item.entry, item.type, item.before, item.after, item.only)
    return Difference(
        kind="rule_value",
        name=item.rule if item.entry == "$" else f"{item.rule} {item.entry}",
        before=None if item.only == "after" else {"value": item.before},
        after=None if item.only == "before" else {"value": item.after},
        text=text,
    )


# --- everything else that the result says --------------------------------------------------------------------------


def _rest(then: Result, now: Result, *, explained: bool) -> Iterator[Difference]:
    """What else differs: leaf by leaf; where a changed rule or value explains it, field by field."""
    old, new = unlike_leaves(said(then), said(now))
    paths = [path for path in dict.fromkeys((*old, *new)) if _differ(path, old, new) and not is_wording(path)]
    if explained:
        fields = dict.fromkeys(re.split(r"[.\[]", path.removeprefix("$."))[0] for path in paths)
        yield from (_other(f"$.{field}", None, None) for field in fields)
    else:
        yield from (_other(path, _held(path, old), _held(path, new)) for path in paths)
    notices = [notice for notice in then.notices if notice not in now.notices and not _is_checked_through(notice)]
    notices += [notice for notice in now.notices if notice not in then.notices and not _is_checked_through(notice)]
    if notices and not explained:
        yield _other("$.notices", None, None)


def _differ(path: str, old: dict[str, Leaf], new: dict[str, Leaf]) -> bool:
    if path.startswith("$.overlays") and (path not in old or path not in new):
        return False
    return path not in old or path not in new or old[path] != new[path]


def _held(path: str, found: dict[str, Leaf]) -> Held | None:
    if path not in found:
        return None
    value = found[path]
    return {"value": None if value is None else str(value)}


def _other(path: str, before: Held | None, after: Held | None) -> Difference:
    if before is None and after is None:
        text = worded("What the result says under {path} differs.", "结果中 {path} 的内容不同。", path=path)
    else:
        text = worded(
            "The result says {old} at {path} in the receipt and {new} when computed again.",
            "结果中 {path}：凭据记载为{old}，复算为{new}。",
            path=path,
            old=_quoted(before),
            new=_quoted(after),
        )
    return Difference(kind="result", name=path, before=before, after=after, text=text)


def _quoted(held: Held | None) -> Bilingual:
    if held is None:
        return Bilingual(en="nothing", zh="（无）")
    return Bilingual(en=f"“{held['value']}”", zh=f"“{held['value']}”")


def _is_checked_through(notice: Bilingual) -> bool:
    found = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", notice.en)
    return found is not None and read_day(found[0]) is not None and notice == checked_through_notice(found[0])
