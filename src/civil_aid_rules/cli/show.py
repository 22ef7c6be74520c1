"""`civil-aid show PROGRAM`: its values by date, its rules, and what each rests on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_json, print_result
from civil_aid_rules.cli.contents import Contents, ShownRule, everything, in_force
from civil_aid_rules.cli.question import load_rulebook, with_overlays
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both, say

if TYPE_CHECKING:
    from civil_aid_rules.ir.parameters import ParameterValue

NAME = "show"
EN = "show a program: its values by date, its rules, and their legal sources"
ZH = "查看一个项目：各日期的数值、规则及其依据"
USAGE = "civil-aid show PROGRAM [--on DATE] [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    parser.add_argument(
        "program",
        metavar="PROGRAM",
        help=both("the program; `civil-aid programs` lists them", "项目名称；civil-aid programs 可列出全部项目"),
    )
    parser.add_argument(
        "--on",
        metavar="DATE",
        help=both(
            "only what is in force on that day, each rule with its formula, and the facts it reads",
            "只显示当日有效的数值和规则，并列出公式和所需的记录事项",
        ),
    )
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the program's contents."""
    _refuse_without_day(arguments)
    rulebook = with_overlays(load_rulebook(arguments, arguments.program), arguments.overlay, arguments.set)
    evaluator = None
    if arguments.on is not None:
        evaluator = rulebook.evaluator(
            arguments.program, on=arguments.on, known_on=arguments.known_on, jurisdiction=arguments.jurisdiction
        )
    contents = in_force(evaluator) if evaluator else everything(rulebook, arguments.program)
    facts = evaluator.facts if evaluator else ()
    if arguments.json:
        print_json(_data(arguments.program, contents, facts))
    else:
        title = rulebook.packs.packs[arguments.program].block.title
        lines = [f"{arguments.program}  {title[arguments.language]}", *_lines(contents, facts, arguments.language)]
        print_result("\n".join(lines))
    return 0


def _refuse_without_day(arguments: argparse.Namespace) -> None:
    asked = arguments.known_on or arguments.jurisdiction or arguments.overlay or arguments.set
    if asked and arguments.on is None:
        raise UsageError(
            "--known-on, --jurisdiction, --overlay and --set need --on DATE",
            "--known-on、--jurisdiction、--overlay、--set 须与 --on 同用",
        )


# --- text ------------------------------------------------------------------------------------------------------------


def _lines(contents: Contents, facts: tuple[aid.FactUsed, ...], language: str) -> Iterator[str]:
    yield from ("", say(language, "Values", "数值"))
    for _, values in groupby(contents.parameters, key=lambda value: value.key):
        yield from _parameter_lines(list(values), contents, language)
    yield from ("", say(language, "Rules", "规则"))
    for _, rules in groupby(contents.rules, key=lambda rule: rule.key):
        yield from _rule_lines(list(rules), contents, language)
    if facts:
        yield from ("", say(language, "Facts of the record that it reads", "所需的记录事项"))
        yield from (f"  {fact.path}  {fact.title[language]} ({fact.type})" for fact in facts)


def _parameter_lines(values: list[ParameterValue], contents: Contents, language: str) -> Iterator[str]:
    from civil_aid_rules.render.legal_values import shown_parameter
    from civil_aid_rules.render.phrases import level

    first = values[0]
    who = say(language, ", ", "、").join(level(name)[language] for name in first.set_by)
    set_by = say(language, f"; may be set by {who}", f"；可由{who}设定") if who else ""
    yield f"  {first.key}  {first.title[language]}{set_by}"
    for value in values:
        since = say(language, f"from {value.from_date}", f"{value.from_date} 起")
        published = say(language, f"  (published {value.published})", f"（{value.published} 公布）")
        ended = (value.key, value.from_date) in contents.repealed
        shown = say(language, "repealed", "废止") if ended else shown_parameter(value)[language]
        layer = f" [{value.layer}]" if value.layer else ""
        yield f"    {since}  {shown}{layer}{published}"
        yield from _cited((*value.citations, *value.unit_citations), language)


def _rule_lines(rules: list[ShownRule], contents: Contents, language: str) -> Iterator[str]:
    title = next((rule.title[language] for rule in rules if rule.title is not None), "")
    yield f"  {rules[0].key}  {title} ({rules[0].type})"
    for rule in rules:
        since = say(language, f"from {rule.from_date}", f"{rule.from_date} 起")
        ended = (rule.key, rule.from_date) in contents.repealed
        yield f"    {since}  {say(language, 'repealed ', '废止 ') if ended else ''}{rule.at}"
        if rule.formula is not None:
            yield f"      = {rule.formula}"
        yield from _cited(rule.citations, language)


def _cited(citations: tuple[aid.Citation, ...], language: str) -> Iterator[str]:
    shown = say(language, "; ", "；").join(dict.fromkeys(citation.shown(language) for citation in citations))
    if shown:
        yield f"      {shown}"


# --- JSON ------------------------------------------------------------------------------------------------------------


def _data(program: str, contents: Contents, facts: tuple[aid.FactUsed, ...]) -> dict[str, object]:
    return {
        "program": program,
        "parameters": [_value_data(value, contents) for value in contents.parameters],
        "rules": [_rule_data(rule, contents) for rule in contents.rules],
        "facts": [fact.model_dump(mode="json") for fact in facts],
    }


def _value_data(value: ParameterValue, contents: Contents) -> dict[str, object]:
    from civil_aid_rules.determinations.texts import parameter_text, type_name
    from civil_aid_rules.render.legal_values import shown_parameter

    return {
        "parameter": value.key,
        "title": value.title.model_dump(),
        "type": type_name(value.type),
        "set_by": list(value.set_by),
        "from": value.from_date.isoformat(),
        "until": None if value.until is None else value.until.isoformat(),
        "published": value.published.isoformat(),
        "repealed": (value.key, value.from_date) in contents.repealed,
        "value": None if value.shape is not None else parameter_text(value.value),
        "shown": shown_parameter(value).model_dump(),
        "layer": value.layer,
        "at": str(value.at),
        "citations": [item.model_dump(mode="json") for item in (*value.citations, *value.unit_citations)],
    }


def _rule_data(rule: ShownRule, contents: Contents) -> dict[str, object]:
    return {
        "rule": rule.key,
        "title": None if rule.title is None else rule.title.model_dump(),
        "type": rule.type,
        "from": rule.from_date.isoformat(),
        "repealed": (rule.key, rule.from_date) in contents.repealed,
        "at": rule.at,
        "formula": rule.formula,
        "citations": [item.model_dump(mode="json") for item in rule.citations],
    }
