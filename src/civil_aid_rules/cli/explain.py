"""`civil-aid explain`: a determination in words, so that a stranger can redo the sum."""

from __future__ import annotations

import argparse

from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import determined
from civil_aid_rules.cli.usage import Parser

NAME = "explain"
EN = "decide one record and explain every step with its legal source"
ZH = "作出认定，并逐步说明计算过程和依据"
USAGE = "civil-aid explain RECORD --program NAME --on DATE [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_record(parser)
    options.add_question(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_format(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation."""
    print_result(determined(arguments).explain(language=arguments.language, format=arguments.format))
    return 0
