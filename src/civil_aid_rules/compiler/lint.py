"""Checks without types: each day exists, no rule is older than its law, no overlay goes beyond its issuer's power."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from civil_aid_rules.compiler.read_values import A_DAY, cited_sources
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.jurisdictions import levels_above
from civil_aid_rules.packs.load import Pack, Packs, RuleVersion
from civil_aid_rules.packs.models import OverlayBlock, OverlayValuesBlock, ParameterBlock, SourceBlock
from civil_aid_rules.quantities.days import read_day

_NOBODY = Both("it has no set_by, so nobody can", "它没有 set_by，谁都不能设定")


def check_rule_dates(
    version: RuleVersion, pack: Pack, sources: dict[str, SourceBlock], problems: list[Problem]
) -> None:
    """A rule is never dated before an instrument of law that it cites was in force."""
    for source in cited_sources(version.block.cite, sources):
        in_force = read_day(source.in_force) if source.in_force is not None else None
        if source.kind == "law" and in_force is not None and version.from_date < in_force:
            law, day = Both(source.title.en, f"《{source.title.zh}》"), version.from_date
            found = problem("rule-before-its-law", version.at, found=version.name, expected=in_force, law=law, day=day)
            problems.append(found)


def check_days(packs: Packs, scenarios: Sequence[OverlayBlock]) -> list[Problem]:
    """Every day that a file names is one: also those that no rule of today reads."""
    overlays = [*packs.overlays.values(), *scenarios]
    values = [
        value for pack in packs.packs.values() for entry in pack.parameters.values() for value in entry.block.values
    ]
    rules = [version.block for pack in packs.packs.values() for versions in pack.rules.values() for version in versions]
    sources = [source for pack in packs.packs.values() for source in pack.block.sources.values()]
    days = [pack.block.checked_through for pack in packs.packs.values()]
    for overlay in overlays:
        set_ = [block for block in overlay.parameters.values() if isinstance(block, OverlayValuesBlock)]
        values += [value for block in set_ for value in block.values]
        rules += overlay.rules.values()
        sources += overlay.sources.values()
        days.append(overlay.issuer.date if overlay.issuer is not None else None)
    days += [day for value in values for day in (value.from_, value.until, value.published)]
    days += [day for rule in rules for day in (rule.until, rule.published)]
    days += [day for source in sources for day in (source.issued, source.in_force, source.repealed)]
    wrong = [day for day in days if day is not None and read_day(day) is None]
    return [problem("value-unreadable", day.at, found=day, expected=A_DAY) for day in wrong]


def check_overlay(
    overlay: OverlayBlock, packs: Packs, declared: dict[str, ParameterBlock | None], problems: list[Problem]
) -> None:
    """An overlay names what exists, and a local one only what `set_by` allows its issuer, where `varies_by` allows it.

    `declared` gives the parameter of each key, and None for the key of a rule.
    """
    keys = {
        "jurisdiction: …": overlay.jurisdiction,
        "level: …": overlay.level,
        "issuer: {level: …, …}": overlay.issuer or not overlay.parameters,
    }
    if overlay.kind == "local" and not all(keys.values()):
        lacking = ", ".join(key for key, value in keys.items() if not value)
        problems.append(problem("overlay-issuer", overlay.at, found=overlay.overlay, expected=lacking))
    for key in overlay.parameters:
        if key.partition(".")[0] in packs.left_out:
            continue
        parameter = declared.get(key)
        if parameter is None:
            known = [other for other, block in declared.items() if block is not None]
            expected = instead_of(key, known, Both("write program.parameter", "请写成 项目.参数"))
            if key in declared:
                problems.append(problem("overlay-wrong-block", key.at, found=key, expected="rules:"))
            else:
                problems.append(problem("overlay-unknown-name", key.at, found=key, expected=expected))
            continue
        if overlay.kind == "local":
            problems += _beyond_its_power(overlay, key, parameter, packs)
    for key in overlay.rules:
        if key.partition(".")[0] in packs.left_out:
            continue
        if overlay.kind == "local":
            problems.append(problem("overlay-rule", key.at, found=key, expected="scenario"))
        elif key not in declared or declared[key] is not None:
            known = [other for other, block in declared.items() if block is None]
            expected = instead_of(key, known, Both("write program.rule", "请写成 项目.规则"))
            if key in declared:
                problems.append(problem("overlay-wrong-block", key.at, found=key, expected="parameters:"))
            else:
                problems.append(problem("overlay-unknown-name", key.at, found=key, expected=expected))


def _beyond_its_power(overlay: OverlayBlock, key: Text, parameter: ParameterBlock, packs: Packs) -> Iterator[Problem]:
    """The issuer's level is one that may set the value, and the value may differ between places of this level."""
    allowed = parameter.set_by or ()
    if overlay.issuer is not None and overlay.issuer.level not in allowed:
        levels, level = ", ".join(allowed), overlay.issuer.level
        expected = Both(f"its set_by names {levels}", f"其 set_by 为 {levels}") if levels else _NOBODY
        yield problem("overlay-not-allowed", key.at, found=key, expected=expected, level=level)
    outer = {} if overlay.jurisdiction is None else levels_above(packs.overlays, str(overlay.jurisdiction))
    if parameter.varies_by in outer:
        by, place = parameter.varies_by, outer[parameter.varies_by]
        yield problem("overlay-varies", key.at, found=key, expected=place, by=by, level=overlay.level)
