"""`civil-aid determine`: one record, one program, one day."""

from __future__ import annotations

import argparse
from typing import Literal

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import determined
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both, say

NAME = "determine"
EN = "decide one record under one program"
ZH = "按一个项目对一份记录作出认定"
USAGE = "civil-aid determine RECORD --program NAME --on DATE [options]"
_SHORT = ("missing", "assumed", "flags", "notices")


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_record(parser)
    options.add_question(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_json(parser)
    parser.add_argument(
        "--trace",
        action="store_true",
        help=both("with --json: every step of the calculation too", "与 --json 同用：并输出全部计算步骤"),
    )
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the decision in short, or the determination as JSON. A refusal is a result like any other."""
    if arguments.trace and not arguments.json:
        raise UsageError(
            "--trace is for --json; to read every step: civil-aid explain",
            "--trace 须与 --json 同用；如要查看全部计算过程：civil-aid explain",
        )
    determination = determined(arguments)
    if arguments.json:
        print_result(determination.to_json(trace=arguments.trace, indent=2))
        return 0
    print_result(_in_short(determination, arguments.language))
    print_result(say(arguments.language, "Every step: civil-aid explain", "全部计算过程：civil-aid explain"))
    return 0


def _in_short(determination: aid.Determination, language: Literal["en", "zh"]) -> str:
    """The head of the explanation, what is missing, and what a person should look at."""
    from dataclasses import replace

    from civil_aid_rules.render.outline import outline
    from civil_aid_rules.render.phrases import phrase
    from civil_aid_rules.render.text import text_of

    whole = outline(determination, determination.evaluation)
    wanted = {phrase(key).en for key in _SHORT}
    return text_of(replace(whole, sections=tuple(s for s in whole.sections if s.heading.en in wanted)), language)
