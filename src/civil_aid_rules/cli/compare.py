"""`civil-aid compare`: one record under two days, two rulebooks, or with and without a what-if."""

from __future__ import annotations

import argparse

from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import compared
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both

NAME = "compare"
EN = "decide one record twice, and say by how much and from which rule on the results differ"
ZH = "对一份记录测算两次，比较金额差额，并指出从哪条规则起不同"
USAGE = "civil-aid compare RECORD --program NAME --on DATE --and-… VALUE [options]"
_OTHER_SIDE = ("and_on", "and_known_on", "and_jurisdiction", "and_overlay", "and_set", "and_rules")


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_record(parser)
    options.add_question(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    for name, value, en, zh in (
        ("--and-on", "DATE", "the second side's day", "另一方的认定日期"),
        ("--and-known-on", "DATE", "the second side's day of publication", "另一方的公布截止日"),
        ("--and-jurisdiction", "NAME", "the second side's jurisdiction", "另一方的地区"),
        ("--and-rules", "DIR", "the second side's folder of packs", "另一方的规则包文件夹"),
    ):
        parser.add_argument(name, metavar=value, help=both(en, zh))
    options.add_overlays(parser, second_side=True)
    options.add_json(parser)
    options.add_language(parser)
    parser.epilog = (
        "What has no --and-… is the same on both sides; --and-overlay or --and-set replace --overlay and --set.\n"
        "没有写 --and-… 的选项，双方相同；写了 --and-overlay 或 --and-set 的，另一方不再用 --overlay、--set。"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print both results, the difference, and where they part."""
    if not any(getattr(arguments, name) for name in _OTHER_SIDE):
        raise UsageError(
            "nothing to compare: say with at least one --and-… how the second side differs, such as --and-on DATE",
            "没有可比较的内容：请至少写一个 --and-… 选项，如 --and-on 2016-01-01",
        )
    found = compared(arguments)
    print_result(found.to_json(indent=2) if arguments.json else found.text(arguments.language))
    return 0
