"""`civil-aid entitlements`: one record, every program, one day."""

from __future__ import annotations

import argparse

from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import load_rulebook, read_record_of_kind, with_overlays
from civil_aid_rules.cli.usage import Parser

NAME = "entitlements"
EN = "decide one record under every program, and say what excludes what, what stacks, and what it comes to"
ZH = "按全部项目对一份记录作出认定，说明哪些不重复享受、哪些可同时享受，以及合计金额"
USAGE = "civil-aid entitlements RECORD --on DATE [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_record(parser)
    options.add_day(parser)
    options.add_record_kind(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_format(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every decision and how they stand to one another. What cannot be decided is a result like any other."""
    plain = load_rulebook(arguments)
    rulebook = with_overlays(plain, arguments.overlay, arguments.set)
    record = read_record_of_kind(arguments.record, rulebook, arguments.record_kind)
    found = rulebook.determine_all(
        record, on=arguments.on, known_on=arguments.known_on, jurisdiction=arguments.jurisdiction
    )
    if arguments.json:
        print_result(found.to_json(indent=2))
    else:
        print_result(found.explain(language=arguments.language, format=arguments.format))
    return 0
