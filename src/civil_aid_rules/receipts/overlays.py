"""Which overlays a receipt is computed again with: the rulebook's local ones, and the scenarios that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from civil_aid_rules.determinations.pages import worded
from civil_aid_rules.errors import Problem
from civil_aid_rules.packs.jurisdictions import local_overlays, own_overlays
from civil_aid_rules.packs.load import Packs
from civil_aid_rules.packs.models import OverlayBlock
from civil_aid_rules.packs.scenario import overlay_data, overlay_of_data
from civil_aid_rules.receipts.difference import Difference, Note
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.receipts.words import problem_words


@dataclass(frozen=True, slots=True)
class Chosen:
    """The overlays to compute with, and what is to be said of them."""

    blocks: tuple[OverlayBlock, ...]
    differences: tuple[Difference, ...]
    notes: tuple[Note, ...]


def chosen_overlays(receipt: Receipt, packs: Packs) -> Chosen:
    """The rulebook's local overlays that hold in the jurisdiction, else those in the receipt; and its scenarios."""
    local, differences = _kept(receipt, "local")
    scenarios, faults = _kept(receipt, "scenario")
    differences += faults
    notes: list[Note] = []
    place = receipt.jurisdiction
    if place is not None and own_overlays(packs.overlays, place):
        local = list(local_overlays(packs.overlays, place))
    elif receipt.jurisdiction is not None and local:
        notes.append(_from_receipt(receipt.jurisdiction, local))
    elif receipt.jurisdiction is not None:
        differences.append(_nowhere(receipt.jurisdiction))
    return Chosen((*local, *scenarios), tuple(differences), tuple(notes))


def overlay_changes(
    receipt: Receipt, blocks: tuple[OverlayBlock, ...], found: list[Difference]
) -> tuple[list[Difference], list[Note]]:
    """How local overlays changed: a difference where a value used came or comes from them, else a note."""
    then = {str(data["overlay"]): data for data in receipt.overlays if data.get("kind") == "local"}
    now = {block.overlay: overlay_data(block) for block in blocks if block.kind == "local"}
    touched = {held["layer"] for item in found if item.kind == "value" for held in (item.before, item.after) if held}
    differences: list[Difference] = []
    notes: list[Note] = []
    for name in sorted({*then, *now}):
        old, new = then.get(name), now.get(name)
        if old == new:
            continue
        text = worded(
            "The local overlay {name} is not what it was; it differs in {what}.",
            "地方标准 {name} 与当时不同；不同之处：{what}。",
            name=name,
            what=_what(old, new),
        )
        if new is None or name in touched:
            differences.append(Difference(kind="overlay", name=name, before=None, after=None, text=text))
        else:
            notes.append(Note(kind="overlay", name=name, text=text))
    return differences, notes


def _kept(receipt: Receipt, kind: str) -> tuple[list[OverlayBlock], list[Difference]]:
    """The overlays of a kind that the receipt keeps; a difference for each that cannot be read any more."""
    blocks: list[OverlayBlock] = []
    differences: list[Difference] = []
    for data in receipt.overlays:
        if data.get("kind") != kind:
            continue
        read = overlay_of_data(data)
        if isinstance(read, OverlayBlock):
            blocks.append(read)
        else:
            differences += [_unreadable(str(data.get("overlay")), item) for item in read]
    return blocks, differences


def _from_receipt(jurisdiction: str, blocks: list[OverlayBlock]) -> Note:
    names = ", ".join(block.overlay for block in blocks)
    text = worded(
        "The rulebook has no overlay of {jurisdiction}; those kept in the receipt were used: {names}.",
        "规则库没有 {jurisdiction} 的地方标准；已采用凭据中保存的 {names}。",
        jurisdiction=jurisdiction,
        names=names,
    )
    return Note(kind="overlay", name=names, text=text)


def _nowhere(jurisdiction: str) -> Difference:
    text = worded(
        "Neither the rulebook nor the receipt has an overlay of {jurisdiction}.",
        "规则库和凭据中都没有 {jurisdiction} 的地方标准。",
        jurisdiction=jurisdiction,
    )
    return Difference(kind="overlay", name=jurisdiction, before=None, after=None, text=text)


def _unreadable(name: str, item: Problem) -> Difference:
    text = worded(
        "The overlay {name} in the receipt cannot be read: {reason}",
        "凭据中的叠加文件 {name} 无法读取：{reason}",
        name=name,
        reason=problem_words(item),
    )
    return Difference(kind="overlay", name=name, before=None, after=None, text=text)


def _what(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    """The parameters and other parts that differ."""
    if old is None or new is None:
        return "–"
    flat = [
        {**{k: v for k, v in side.items() if k != "parameters"}, **side.get("parameters", {})} for side in (old, new)
    ]
    return ", ".join(sorted(key for key in {*flat[0], *flat[1]} if flat[0].get(key) != flat[1].get(key)))
