"""`civil-aid notice`: a determination as a notice to the person, or as the public notice."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import determined_and_before
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both

NAME = "notice"
EN = "decide one record and write a notice of it (reference text, no official form)"
ZH = "作出认定，并生成通知或公示文字（参考文本，非官方格式）"
USAGE = "civil-aid notice RECORD --program NAME --on DATE --kind KIND [options]"
KINDS = ("approval", "refusal", "change", "stop", "missing", "public")


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_record(parser)
    options.add_question(parser)
    parser.add_argument(
        "--kind",
        required=True,
        choices=KINDS,
        help=both(
            "which notice: of approval, refusal, change, stop, missing papers, or for the public",
            "通知种类：批准、不予批准、调整、停发、补齐材料、公示",
        ),
    )
    parser.add_argument(
        "--before",
        metavar="FILE",
        help=both(
            "for a change or stop: the record as it was (default: the same record)",
            "调整、停发时：变化前的记录文件（默认用同一记录）",
        ),
    )
    parser.add_argument(
        "--earlier",
        metavar="DATE",
        help=both(
            "for a change or stop: the day decided before (default: --on)",
            "调整、停发时：此前的认定日期（默认同 --on）",
        ),
    )
    _add_particulars(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    options.add_format(parser)
    options.add_language(parser)
    parser.epilog = (
        "No name is taken from the record: what is not given is a blank to fill in.\n"
        "姓名不取自记录：没有提供的，留空待填。"
    )


def _add_particulars(parser: Parser) -> None:
    """--addressee, --name, --office and --decided-at."""
    parser.add_argument("--addressee", metavar="NAME", help=both("the person addressed", "申请人姓名"))
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="ID=NAME",
        help=both("the name of a person on the record; may be repeated", "记录中某编号人员的姓名；可重复"),
    )
    parser.add_argument("--office", metavar="NAME", help=both("the office that signs", "落款机关"))
    parser.add_argument(
        "--decided-at",
        metavar="DATE",
        help=both(
            "the day of the decision; remedies are those of that day (default: the record's, if it has one)",
            "作出决定的日期，救济期限按该日规定（默认用记录所载日期）",
        ),
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the notice."""
    names = _names(arguments.name)
    decided, earlier = determined_and_before(arguments)
    text = decided.notice(
        arguments.kind,
        language=arguments.language,
        format=arguments.format,
        addressee=arguments.addressee,
        names=names,
        office=arguments.office,
        decided_on=arguments.decided_at,
        earlier=earlier,
    )
    print_result(text)
    return 0


def _names(texts: Sequence[str]) -> dict[str, str]:
    """Names by id."""
    found: dict[str, str] = {}
    for text in texts:
        key, equals, name = text.partition("=")
        if not (key and equals and name):
            raise UsageError(
                f"--name {text}: expected ID=NAME, such as m1=Zhou Min", f"--name {text}：应写成 编号=姓名"
            )
        found[key] = name
    return found
