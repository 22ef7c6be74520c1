"""A receipt held against itself: its own digest, the record's fields, the overlays. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.digests import digest
from civil_aid_rules.receipts.difference import Difference
from civil_aid_rules.receipts.leaves import leaf_digests
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.words import short


def integrity_differences(receipt: Receipt) -> Iterator[Difference]:
    """What in the receipt is not as it was when it was made. Values of the record are never shown."""
    yield from _seal(receipt)
    yield from _record(receipt)
    yield from _overlays(receipt)


def _seal(receipt: Receipt) -> Iterator[Difference]:
    if receipt.is_intact:
        return
    text = Bilingual(
        en="The receipt was edited after it was made: its own digest does not stand for what it says.",
        zh="凭据在制作后被改动：其自身摘要值与内容不符。",
    )
    yield Difference(kind="receipt", name="digest", before={"digest": receipt.digest}, after=None, text=text)


def _record(receipt: Receipt) -> Iterator[Difference]:
    then, now = receipt.record_fields, leaf_digests(receipt.record)
    edited = [path for path in dict.fromkeys((*then, *now)) if then.get(path) != now.get(path)]
    for path in edited:
        yield Difference(
            kind="record",
            name=path,
            before=None if path not in then else {"digest": then[path]},
            after=None if path not in now else {"digest": now[path]},
            text=_field_sentence(path, path in then, path in now),
        )
    whole = digest(receipt.record)
    if not edited and whole != receipt.record_digest:
        text = worded(
            "The record's digest in the result ({old}) is not that of the record in the receipt ({new}).",
            "结果中的家庭记录摘要值（{old}）与凭据中的家庭记录（{new}）不符。",
            old=short(receipt.record_digest),
            new=short(whole),
        )
        yield Difference(
            kind="record",
            name="$",
            before={"digest": receipt.record_digest},
            after={"digest": whole},
            text=text,
        )


def _field_sentence(path: str, was: bool, is_there: bool) -> Bilingual:
    if not is_there:
        return worded(
            "The record's field {path} was removed from the receipt.", "家庭记录的 {path} 已从凭据中删去。", path=path
        )
    if not was:
        return worded(
            "The record's field {path} was added to the receipt.", "家庭记录的 {path} 系后来加入凭据。", path=path
        )
    return worded(
        "The record's field {path} is not the one that was decided on.", "家庭记录的 {path} 与认定时不同。", path=path
    )


def _overlays(receipt: Receipt) -> Iterator[Difference]:
    """Each overlay in full against the digest that the result has of it."""
    for data, used in zip_longest(receipt.overlays, receipt.result.identity.overlays):
        held = None if data is None else digest(data)
        stated = None if used is None else used.digest
        if held == stated:
            continue
        name = _name(data) if used is None else used.name
        yield Difference(
            kind="overlay",
            name=name,
            before=None if stated is None else {"digest": stated},
            after=None if held is None else {"digest": held},
            text=worded(
                "The overlay {name} in the receipt ({new}) is not the one that was used ({old}).",
                "凭据中的叠加文件 {name}（{new}）与认定时所用（{old}）不同。",
                name=name,
                old=short(stated),
                new=short(held),
            ),
        )


def _name(data: Any) -> str:
    return str(data.get("overlay", "?")) if isinstance(data, dict) else "?"
