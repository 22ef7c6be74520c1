"""What is still needed: each unknown with who is to state or set it, and which few would be enough."""

from __future__ import annotations

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Missing, Result
from civil_aid_rules.render.blocks import Block, Paragraph, Point, Points, Section
from civil_aid_rules.render.phrases import any_one, joined, level, phrase, same
from civil_aid_rules.render.places import Places


def missing_section(result: Result, places: Places) -> list[Section]:
    """Every unknown that holds the result up; where several sets would do, these first."""
    if not result.missing:
        return []
    blocks: list[Block] = [Points(missing_points(result, places))]
    if len(result.alternatives) > 1:
        by_name = {item.name: item for item in result.missing}
        sets = tuple(Point(_together(names, by_name, places)) for names in result.alternatives)
        blocks += [Paragraph(phrase("alternatives")), Points(sets, numbered=True)]
        if result.alternatives_truncated:
            blocks.append(Paragraph(phrase("alternatives_truncated")))
    return [Section(phrase("missing"), tuple(blocks))]


def missing_points(result: Result, places: Places) -> tuple[Point, ...]:
    """Every unknown that holds the result up."""
    return tuple(_point(item, places) for item in result.missing)


def _point(item: Missing, places: Places) -> Point:
    """What is missing, who is to state or set it, and what waits for it."""
    kind = phrase(f"missing_{item.kind}")
    if item.kind == "parameter" and item.set_by:
        who = any_one(tuple(level(name) for name in item.set_by))
        kind = phrase("missing_parameter_by", who=who)
    waits = tuple(phrase(f"holds_{what}") for what in item.holds_up)
    text = phrase("condition", text=places.missing(item), state=kind)
    return Point(text, "unknown", small=(joined(waits, en="; ", zh="；"),))


def _together(names: tuple[str, ...], by_name: dict[str, Missing], places: Places) -> Bilingual:
    titles = tuple(places.missing(by_name[name]) if name in by_name else same(name) for name in names)
    return titles[-1] if len(titles) == 1 else phrase("together", left=joined(titles[:-1]), right=titles[-1])
