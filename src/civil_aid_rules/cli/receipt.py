"""`civil-aid receipt`: what an auditor keeps of a determination."""

from __future__ import annotations

import argparse

from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_result
from civil_aid_rules.cli.question import determined
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both

NAME = "receipt"
EN = "decide one record and write the receipt by which it can be computed again"
ZH = "作出认定，并写出可供日后复算的计算凭据"
USAGE = "civil-aid receipt RECORD --program NAME --on DATE --decided-at DATE [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    options.add_record(parser)
    options.add_question(parser)
    parser.add_argument(
        "--decided-at",
        required=True,
        metavar="DATE",
        help=both("the day of the decision, as the agency states it", "作出认定的日期"),
    )
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    parser.add_argument(
        "--out",
        metavar="FILE",
        help=both(
            "a new file to write it to; left out, it is printed (one line; >> adds it to a file of receipts)",
            "写入的新文件；不填则输出一行（可用 >> 追加到凭据文件）",
        ),
    )
    options.add_language(parser)
    parser.epilog = "A receipt holds the whole record: personal data.\n凭据中含有完整的家庭记录，属个人信息。"


def run(arguments: argparse.Namespace) -> int:
    """Print the receipt, or write it to a new file."""
    text = determined(arguments).receipt(decided_at=arguments.decided_at).to_json()
    if arguments.out is None:
        print_result(text)
        return 0
    try:
        with open(arguments.out, "x", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
    except FileExistsError:
        raise UsageError(
            f"{arguments.out} exists already; a receipt is never written over another file",
            f"{arguments.out} 已存在；凭据不覆盖已有文件",
        ) from None
    except OSError as error:
        from civil_aid_rules.system_faults import said_by_the_system

        why = said_by_the_system(error)
        raise UsageError(
            f"{arguments.out} cannot be written: {why.en}", f"{arguments.out} 无法写入：{why.zh}"
        ) from None
    return 0
