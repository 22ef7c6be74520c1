"""`civil-aid schedule`: month by month, what the decisions of a history entitle to."""

from __future__ import annotations

import argparse

from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import load_rulebook, read_history, with_overlays
from civil_aid_rules.cli.usage import Parser

NAME = "schedule"
EN = "say month by month what is due by the decisions of a history, and which of them came late"
ZH = "按历次决定逐月说明应发金额，并列出决定滞后的月份"
USAGE = "civil-aid schedule HISTORY --from MONTH --to MONTH [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_history(parser)
    options.add_months(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_format(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each decision with the month from which it holds, and each month with what is due."""
    rulebook = with_overlays(load_rulebook(arguments), arguments.overlay, arguments.set)
    found = rulebook.entitlement_schedule(
        read_history(arguments.history, rulebook),
        from_month=getattr(arguments, "from"),
        to_month=arguments.to,
        known_on=arguments.known_on,
        jurisdiction=arguments.jurisdiction,
    )
    if arguments.json:
        print_result(found.to_json(indent=2))
    else:
        print_result(found.explain(language=arguments.language, format=arguments.format))
    return 0
