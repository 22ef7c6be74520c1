"""Checks on dates and issuers that need no types: no rule before the law it cites, no overlay beyond its issuer's power."""

from __future__ import annotations

from civil_aid_rules.compiler.read_values import cited_sources
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.load import Pack, Packs, RuleVersion
from civil_aid_rules.packs.models import OverlayBlock, SourceBlock
from civil_aid_rules.quantities.days import read_day


def check_rule_dates(
    version: RuleVersion, pack: Pack, sources: dict[str, SourceBlock], problems: list[Problem]
) -> None:
    """A rule is never dated before an instrument of law that it cites was in force."""
    for source in cited_sources(version.block.cite, sources):
        in_force = read_day(source.in_force) if source.in_force is not None else None
        if source.kind == "law" and in_force is not None and version.from_date < in_force:
            found = f"{version.name} from {version.from_date}"
            expected = f"a day from {in_force}, when {source.title.en} was in force"
            problems.append(problem("rule-before-its-law", version.at, found=found, expected=expected))


def check_overlay(
    overlay: OverlayBlock, packs: Packs, declared: dict[str, tuple[str, ...] | None], problems: list[Problem]
) -> None:
    """An overlay names what exists, and a local one only what `set_by` allows its issuer.

    `declared` gives the issuers allowed for each parameter key (empty: anyone), and None for the key of a rule.
    """
    if overlay.kind == "local" and (overlay.issuer is None or overlay.jurisdiction is None):
        expected = "issuer: {level, name, in_the_name_of, number, date} and jurisdiction:"
        problems.append(problem("overlay-issuer", overlay.at, found="a local overlay without them", expected=expected))
    for key, value in overlay.parameters.items():
        at = value.at
        if key.partition(".")[0] in packs.left_out:
            continue
        if key not in declared or declared[key] is None:
            known = [other for other, set_by in declared.items() if set_by is not None]
            expected = instead_of(key, known, Both("write program.parameter", "请写成 程序.参数"))
            if key in declared:
                problems.append(problem("overlay-wrong-block", at, found=key, expected="rules:"))
            else:
                problems.append(problem("overlay-unknown-name", at, found=key, expected=expected))
            continue
        allowed = declared[key]
        if overlay.kind == "local" and overlay.issuer is not None and overlay.issuer.level not in (allowed or ()):
            expected = ", ".join(allowed or ()) or "nobody: the parameter names no set_by"
            problems.append(
                problem("overlay-not-allowed", at, found=f"{key} set by {overlay.issuer.level}", expected=expected)
            )
    for key, block in overlay.rules.items():
        if key.partition(".")[0] in packs.left_out:
            continue
        if overlay.kind == "local":
            problems.append(
                problem(
                    "overlay-not-allowed",
                    block.at,
                    found=f"the rule {key}",
                    expected="parameters only, in a local overlay",
                )
            )
        elif key not in declared or declared[key] is not None:
            known = [other for other, set_by in declared.items() if set_by is None]
            expected = instead_of(key, known, Both("write program.rule", "请写成 程序.规则"))
            if key in declared:
                problems.append(problem("overlay-wrong-block", block.at, found=key, expected="parameters:"))
            else:
                problems.append(problem("overlay-unknown-name", block.at, found=key, expected=expected))
