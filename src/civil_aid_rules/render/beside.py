"""What a pack shows beside a result: values with their units, choices by title, legal values with their notes."""

from __future__ import annotations

from collections.abc import Sequence

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import BesideValue
from civil_aid_rules.ir.nodes import ParameterRead
from civil_aid_rules.ir.notices import Beside
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.quantities.units import parse_unit
from civil_aid_rules.render.blocks import Pair
from civil_aid_rules.render.phrases import phrase
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.shown import aged, choices_of, text_words


def beside_pairs(items: Sequence[BesideValue], declared: Sequence[Beside], reading: Reading | None) -> tuple[Pair, ...]:
    """Each value by its title; `declared` says where the values come from, where the record is at hand."""
    nodes = {item.label: item for item in declared}
    return tuple((item.title, _words(item, nodes.get(item.label), reading)) for item in items)


def _words(item: BesideValue, declared: Beside | None, reading: Reading | None) -> Bilingual:
    unit = parse_unit(item.unit)
    value = aged(text_words(item.value, item.unit, unit), None if unit is None else NumberType(unit), item.title)
    if declared is None or reading is None:
        return value
    titles = dict(choices_of(declared.node, reading.evaluation.program, reading.evaluation.facts))
    value = titles.get(item.value or "", value)
    note = declared.node.parameter.note if isinstance(declared.node, ParameterRead) else None
    if note is None:
        return value
    return phrase("on_grounds", answer=value, grounds=Bilingual(en=note.en.rstrip("."), zh=note.zh.rstrip("。")))
