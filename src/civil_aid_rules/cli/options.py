"""The options that commands share: which record, program and day, which rules, and how the answer is printed."""

from __future__ import annotations

from civil_aid_rules.cli.usage import Parser
from civil_aid_rules.cli.words import both


def add_record(parser: Parser) -> None:
    """RECORD."""
    parser.add_argument(
        "record",
        metavar="RECORD",
        help=both(
            "the record: a .json, .yaml or .yml file, or - for JSON on standard input",
            "记录文件；- 表示从标准输入读取 JSON",
        ),
    )


def add_record_kind(parser: Parser) -> None:
    """--record-kind."""
    parser.add_argument(
        "--record-kind",
        metavar="NAME",
        help=both(
            "what the record is, as packs name it; left out, what most programs decide on",
            "记录的种类，按规则包中的名称；不填则为多数项目所用的种类",
        ),
    )


def add_history(parser: Parser) -> None:
    """HISTORY."""
    parser.add_argument(
        "history",
        metavar="HISTORY",
        help=both(
            "the decisions over time: a .json, .yaml or .yml file, or - for JSON on standard input",
            "历次决定文件；- 表示从标准输入读取 JSON",
        ),
    )


def add_months(parser: Parser) -> None:
    """--from and --to."""
    for name, en, zh in (("--from", "the first month", "起始月份"), ("--to", "the last month", "截止月份")):
        parser.add_argument(name, required=True, metavar="MONTH", help=both(f"{en}, YYYY-MM", f"{zh}，如 2016-01"))


def add_format(parser: Parser) -> None:
    """--format."""
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "html"),
        default="text",
        help=both("how the explanation is written (default: text)", "说明的格式（默认纯文本）"),
    )


def add_question(parser: Parser) -> None:
    """--program and --on."""
    parser.add_argument(
        "--program",
        required=True,
        metavar="NAME",
        help=both("the program; `civil-aid programs` lists them", "项目名称；civil-aid programs 可列出全部项目"),
    )
    add_day(parser)


def add_day(parser: Parser) -> None:
    """--on."""
    parser.add_argument(
        "--on",
        required=True,
        metavar="DATE",
        help=both(
            "the day decided, YYYY-MM-DD; a month is decided on its first day",
            "认定日期，如 2016-04-01；按月认定的用当月1日",
        ),
    )


def add_rulebook(parser: Parser) -> None:
    """--rules and --record-model."""
    parser.add_argument(
        "--rules",
        metavar="DIR",
        help=both("a folder of packs, in place of the shipped ones", "规则包所在的文件夹；不填则用自带的规则包"),
    )
    add_record_model(parser)


def add_record_model(parser: Parser) -> None:
    """--record-model."""
    parser.add_argument(
        "--record-model",
        action="append",
        default=[],
        metavar="NAME=MODULE:CLASS",
        help=both(
            "the Python class for records that packs name so; the shipped one is household",
            "规则包所用记录类型对应的 Python 类；自带的为 household",
        ),
    )


def add_circumstances(parser: Parser) -> None:
    """--known-on, --jurisdiction, --overlay and --set."""
    parser.add_argument(
        "--known-on",
        metavar="DATE",
        help=both("use only what was published by the end of that day", "只用该日前（含当日）已公布的规定"),
    )
    parser.add_argument(
        "--jurisdiction", metavar="NAME", help=both("use this jurisdiction's own values too", "并用该地区自定的数值")
    )
    add_overlays(parser)


def add_overlays(parser: Parser, *, second_side: bool = False) -> None:
    """--overlay and --set, or --and-overlay and --and-set for the second side of a comparison."""
    lead, en, zh = ("--and-", "the second side's ", "另一方的") if second_side else ("--", "a ", "")
    parser.add_argument(
        f"{lead}overlay",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help=both(
            f"{en}what-if: one of the rulebook's, or a YAML file; may be repeated",
            f"{zh}测算方案：规则包自带的方案名，或 YAML 文件；可重复",
        ),
    )
    parser.add_argument(
        f"{lead}set",
        action="append",
        default=[],
        metavar="PROGRAM.NAME=VALUE",
        help=both(
            f"{en}what-if in one value; may be repeated",
            f"{zh}单项数值测算；可重复",
        ),
    )


def add_language(parser: Parser) -> None:
    """--language."""
    parser.add_argument(
        "--language",
        choices=("en", "zh"),
        default="en",
        help=both("the language of the answer and of errors (default: en)", "输出和错误信息所用的语言（默认英文）"),
    )


def add_json(parser: Parser) -> None:
    """--json."""
    parser.add_argument(
        "--json",
        action="store_true",
        help=both("print one JSON document in place of text", "输出一个 JSON 文档，不输出文字"),
    )
