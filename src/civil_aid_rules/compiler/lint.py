"""Checks without types: each day exists, no rule is older than its law, no overlay goes beyond its issuer's power."""

from __future__ import annotations

from collections.abc import Sequence

from civil_aid_rules.compiler.read_values import A_DAY, cited_sources
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.load import Pack, Packs, RuleVersion
from civil_aid_rules.packs.models import OverlayBlock, OverlayValuesBlock, SourceBlock
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
    overlay: OverlayBlock, packs: Packs, declared: dict[str, tuple[str, ...] | None], problems: list[Problem]
) -> None:
    """An overlay names what exists, and a local one only what `set_by` allows its issuer.

    `declared` gives the issuers allowed for each parameter key (empty: anyone), and None for the key of a rule.
    """
    if overlay.kind == "local" and (overlay.issuer is None or overlay.jurisdiction is None):
        keys = {"jurisdiction: …": overlay.jurisdiction, "issuer: {level: …, …}": overlay.issuer}
        lacking = ", ".join(key for key, value in keys.items() if value is None)
        problems.append(problem("overlay-issuer", overlay.at, found=overlay.overlay, expected=lacking))
    for key in overlay.parameters:
        if key.partition(".")[0] in packs.left_out:
            continue
        if key not in declared or declared[key] is None:
            known = [other for other, set_by in declared.items() if set_by is not None]
            expected = instead_of(key, known, Both("write program.parameter", "请写成 程序.参数"))
            if key in declared:
                problems.append(problem("overlay-wrong-block", key.at, found=key, expected="rules:"))
            else:
                problems.append(problem("overlay-unknown-name", key.at, found=key, expected=expected))
            continue
        allowed = declared[key]
        if overlay.kind == "local" and overlay.issuer is not None and overlay.issuer.level not in (allowed or ()):
            levels, level = ", ".join(allowed or ()), overlay.issuer.level
            expected = Both(f"its set_by names {levels}", f"其 set_by 为 {levels}") if levels else _NOBODY
            problems.append(problem("overlay-not-allowed", key.at, found=key, expected=expected, level=level))
    for key in overlay.rules:
        if key.partition(".")[0] in packs.left_out:
            continue
        if overlay.kind == "local":
            problems.append(problem("overlay-rule", key.at, found=key, expected="scenario"))
        elif key not in declared or declared[key] is not None:
            known = [other for other, set_by in declared.items() if set_by is None]
            expected = instead_of(key, known, Both("write program.rule", "请写成 程序.规则"))
            if key in declared:
                problems.append(problem("overlay-wrong-block", key.at, found=key, expected="parameters:"))
            else:
                problems.append(problem("overlay-unknown-name", key.at, found=key, expected=expected))
