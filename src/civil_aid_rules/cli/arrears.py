"""`civil-aid arrears`: month by month, what was due, what was paid, and what is owed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import load_rulebook, read_history, read_payments, with_overlays
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both

if TYPE_CHECKING:
    from civil_aid_rules.errors import Problem

NAME = "arrears"
EN = "say month by month what was due, what was paid, and what is owed, and why"
ZH = "逐月说明应发、已发和应补发金额及其原因"
USAGE = "civil-aid arrears HISTORY PAID --from MONTH --to MONTH [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_history(parser)
    parser.add_argument(
        "paid",
        metavar="PAID",
        help=both(
            "what was paid: a .json, .yaml or .yml file, or - for JSON on standard input",
            "发放记录文件；- 表示从标准输入读取 JSON",
        ),
    )
    options.add_months(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_format(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each month with what was due, paid and is owed. Nothing owed is a result like any other."""
    if arguments.history == "-" and arguments.paid == "-":
        raise UsageError(
            "HISTORY and PAID cannot both be standard input; name a file for one of them",
            "HISTORY 和 PAID 不能都从标准输入读取；请为其中一个写出文件名",
        )
    rulebook = with_overlays(load_rulebook(arguments), arguments.overlay, arguments.set)
    history, paid = read_history(arguments.history, rulebook), read_payments(arguments.paid)
    try:
        found = rulebook.arrears(
            history,
            paid,
            from_month=getattr(arguments, "from"),
            to_month=arguments.to,
            known_on=arguments.known_on,
            jurisdiction=arguments.jurisdiction,
        )
    except aid.CivilAidError as error:
        raise type(error)(_in_file(item, arguments.paid) for item in error.problems) from None
    if arguments.json:
        print_result(found.to_json(indent=2))
    else:
        print_result(found.explain(language=arguments.language, format=arguments.format))
    return 0


def _in_file(item: Problem, paid: str) -> Problem:
    """A fault of a payment that only the months show, with the file that it was read from."""
    from dataclasses import replace

    of_payment = isinstance(item.at, str) and item.at.startswith("$.paid") and item.place is None and paid != "-"
    return replace(item, at=f"{paid}: {item.at}") if of_payment else item
