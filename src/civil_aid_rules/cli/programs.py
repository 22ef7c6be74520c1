"""`civil-aid programs`: which programs there are, for which days, and which overlays."""

from __future__ import annotations

import argparse
import datetime
from typing import NamedTuple

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_json, print_result
from civil_aid_rules.cli.days import first_days
from civil_aid_rules.cli.question import load_rulebook
from civil_aid_rules.cli.usage import Parser
from civil_aid_rules.cli.words import say

NAME = "programs"
EN = "list the programs, the days they can be decided for, and the overlays"
ZH = "列出全部项目、可认定的日期、地区和测算方案"
USAGE = "civil-aid programs [options]"


class Listed(NamedTuple):
    """A program as the list shows it. `days`: the first that can be decided, then those on which something changes."""

    name: str
    title: aid.Bilingual
    record: str
    days: list[datetime.date]
    checked_through: datetime.date | None


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_rulebook(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what the rulebook holds."""
    rulebook = load_rulebook(arguments)
    programs = [_listed(rulebook, name) for name in rulebook.programs]
    if arguments.json:
        print_json({"programs": [_data(item) for item in programs], "overlays": _overlays_data(rulebook)})
    else:
        lines = [line for item in programs for line in _lines(item, arguments.language)]
        print_result("\n".join([*lines, *_overlay_lines(rulebook, arguments.language)]))
    return 0


def _listed(rulebook: aid.Rulebook, name: str) -> Listed:
    block = rulebook.packs.packs[name].block
    days = first_days(rulebook, name)
    checked = rulebook.evaluator(name, on=days[0]).checked_through if days else None
    return Listed(name, block.title, block.record, days, checked)


def _data(item: Listed) -> dict[str, object]:
    days = [day.isoformat() for day in item.days]
    return {
        "program": item.name,
        "title": item.title.model_dump(),
        "record": item.record,
        "from": days[0] if days else None,
        "changes_on": days[1:],
        "checked_through": None if item.checked_through is None else item.checked_through.isoformat(),
    }


def _overlays_data(rulebook: aid.Rulebook) -> list[dict[str, object]]:
    return [
        {
            "overlay": name,
            "kind": block.kind,
            "title": block.title.model_dump(),
            "jurisdiction": block.jurisdiction,
            "level": block.level,
            "within": block.within,
        }
        for name, block in sorted(rulebook.packs.overlays.items())
    ]


def _lines(item: Listed, language: str) -> list[str]:
    days = [day.isoformat() for day in item.days]
    lines = [f"{item.name}  {item.title[language]}"]
    if days:
        lines.append("  " + say(language, f"can be decided for days from {days[0]}", f"可认定 {days[0]} 起的日期"))
    if days[1:]:
        changes = ", ".join(days[1:])
        lines.append("  " + say(language, f"something changes on {changes}", f"规定或数值变动日期：{changes}"))
    if item.checked_through is not None:
        through = item.checked_through
        lines.append("  " + say(language, f"the law was checked through {through}", f"法规核对至 {through}"))
    return lines


def _overlay_lines(rulebook: aid.Rulebook, language: str) -> list[str]:
    overlays = sorted(rulebook.packs.overlays.items())
    local = [f"  {o.jurisdiction}  {o.title[language]}" for _, o in overlays if o.kind == "local"]
    scenarios = [f"  {name}  {o.title[language]}" for name, o in overlays if o.kind == "scenario"]
    lines: list[str] = []
    if local:
        lines += ["", say(language, "local values (--jurisdiction NAME)", "当地规定（--jurisdiction 名称）"), *local]
    if scenarios:
        lines += ["", say(language, "what-ifs (--overlay NAME)", "测算方案（--overlay 名称）"), *scenarios]
    return lines
