"""Sums, counts, extremes and orders over a list, in a formula: each entry's part by what the entry is called."""

from __future__ import annotations

from civil_aid_rules.backends.interpreter import entries_of, evaluate, meeting
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.nodes import Aggregate, Node, Pick, Rank
from civil_aid_rules.ir.types import DateType
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.render.entries import inner
from civil_aid_rules.render.phrases import joined, phrase
from civil_aid_rules.render.piece import Piece, Writes, added
from civil_aid_rules.render.shown import type_of

_MANY = 6


def aggregate(formula: Writes, node: Aggregate) -> Piece:
    """`sum`, `count`, `any`, `all`, `min`, `max`: of what over which list, or each entry's part."""
    if formula.titles:
        return Piece(_in_titles(formula, node))
    if entries_of(node.entries, formula.env) is None:
        return Piece(phrase("unknown_list", list=_title(node)))
    if node.function == "count":
        return _count(formula, node)
    parts = _parts(formula, node, node.value)
    if not parts:
        return Piece(_nobody(formula, node))
    if node.function == "sum":
        return added(parts)
    listed = joined(tuple(parts), en=", ", zh="，")
    return Piece(listed if node.function in ("any", "all") else phrase(f"extreme_{node.function}", parts=listed))


def ordered(formula: Writes, node: Pick | Rank) -> Piece:
    """The one with the highest or lowest of something, or the place in that order."""
    if not formula.titles:
        parts = _parts(formula, node, node.by)
        return Piece(joined(tuple(parts), en=", ", zh="，") if parts else _nobody(formula, node))
    _bind_any(formula, node)
    kind = "pick" if isinstance(node, Pick) else "rank"
    is_day = isinstance(type_of(node.by, formula.reading.evaluation.program), DateType)
    order = {"highest": "latest", "lowest": "earliest"}[node.order] if is_day else node.order
    return Piece(phrase(f"{kind}_{order}", list=_limited(formula, node), by=formula.piece(node.by).text))


def _in_titles(formula: Writes, node: Aggregate) -> Bilingual:
    _bind_any(formula, node)
    if node.function == "count":
        return phrase("count_of", list=_limited(formula, node))
    return phrase(f"{node.function}_of", what=formula.piece(node.value).text, list=_limited(formula, node))


def _bind_any(formula: Writes, node: Aggregate | Pick | Rank) -> None:
    """Some entry for the list's variable, so that looking at its parts has something to look at."""
    for entry in (entries_of(node.entries, formula.env) or ())[:1]:
        formula.env.entries[node.variable] = entry


def _title(node: Aggregate | Pick | Rank) -> Bilingual:
    return Bilingual(en=inner(node.entries.title.en), zh=node.entries.title.zh)


def _limited(formula: Writes, node: Aggregate | Pick | Rank) -> Bilingual:
    """The list, and which of its entries only."""
    if node.condition is None:
        return _title(node)
    return phrase("only", list=_title(node), condition=formula.piece(node.condition).text)


def _nobody(formula: Writes, node: Aggregate | Pick | Rank) -> Bilingual:
    """No entry at all, or none that counts."""
    empty = not entries_of(node.entries, formula.env)
    return phrase("no_entries" if empty else "none_counts", list=_title(node))


def _count(formula: Writes, node: Aggregate) -> Piece:
    names = tuple(
        formula.reading.entries.name(entry.path)
        if test is True
        else phrase("perhaps", entry=formula.reading.entries.name(entry.path))
        for entry, test in meeting(node.entries, node.variable, node.condition, formula.env)
    )
    value = formula.value(node)
    if not names:
        return Piece(value)
    is_open = evaluate(node, formula.env) is UNKNOWN
    return Piece(joined(names) if is_open else phrase("counted", value=value, entries=joined(names)))


def _parts(formula: Writes, node: Aggregate | Pick | Rank, value: Node) -> list[Bilingual]:
    """Each entry that counts with its value: 500.00（m1）. Of a long list the zeros are only counted."""
    found: list[tuple[bool, Bilingual]] = []
    for entry, test in meeting(node.entries, node.variable, node.condition, formula.env):
        shown = formula.value(value) if test is True else phrase("unknown")
        name = formula.reading.entries.name(entry.path)
        found.append((evaluate(value, formula.env) == 0, phrase("of_entry", value=shown, entry=name)))
    zeros = sum(is_zero for is_zero, _ in found)
    if getattr(node, "function", None) != "sum" or len(found) <= _MANY or zeros < 2 or zeros == len(found):
        return [text for _, text in found]
    return [*(text for is_zero, text in found if not is_zero), phrase("zeros", count=str(zeros))]
