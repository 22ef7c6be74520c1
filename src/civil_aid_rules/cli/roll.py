"""`civil-aid roll`: hold cases against the roll of who is paid, and say who is covered, kept, changed, ended."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_error, print_json, print_result
from civil_aid_rules.cli.question import load_rulebook, with_overlays
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both

NAME = "roll"
EN = "hold cases against the roll of who is paid: cover, keep, change, end, look"
ZH = "与在册名册比对：应保、续保、调整、应退、待核查"
USAGE = "civil-aid roll CASES ROLL --program NAME --on DATE [options]"
_NOTHING_TO_DO = ("keep", "stay_out")


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    parser.add_argument(
        "cases",
        metavar="CASES",
        help=both(
            "a folder of records named by the number of their case, or a .jsonl file with one "
            '{"case": …, "record": …} on each line',
            '以档案编号命名的记录文件夹，或每行一份 {"case": …, "record": …} 的 .jsonl 文件',
        ),
    )
    parser.add_argument(
        "roll",
        metavar="ROLL",
        help=both(
            "the roll: a .json, .yaml or .yml file, or a .jsonl file with one entry on each line",
            "名册：.json、.yaml、.yml 文件，或每行一条的 .jsonl 文件",
        ),
    )
    options.add_question(parser)
    options.add_circumstances(parser)
    options.add_rulebook(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help=both("print those too for whom nothing is to be done", "一并列出无须处理的档案"),
    )
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each case for which something is to be done, and the counts; exit status 2 where one cannot be read."""
    rulebook = with_overlays(load_rulebook(arguments, arguments.program), arguments.overlay, arguments.set)
    arguments.record = arguments.roll  # so that no line of the roll is shown with a fault: reasons stand there
    roll = aid.Roll.load(arguments.roll)
    found = rulebook.compare_with_roll(
        _cases(arguments, rulebook),
        roll,
        program=arguments.program,
        on=arguments.on,
        known_on=arguments.known_on,
        jurisdiction=arguments.jurisdiction,
    )
    counts, findings = aid.RollCounts.of([]), []
    for item in found:
        counts += aid.RollCounts.of([item])
        if isinstance(item, aid.RecordError):
            _print_fault(item, arguments)
        elif arguments.json:
            findings.append(item.model_dump(mode="json"))
        elif arguments.all or item.remarks or item.action not in _NOTHING_TO_DO:
            print_result(item.text(arguments.language) + "\n")
    if arguments.json:
        print_json({"counts": counts.model_dump(), "findings": findings})
    else:
        print_result(counts.text(arguments.language))
    return 2 if counts.unreadable else 0


def _cases(arguments: argparse.Namespace, rulebook: aid.Rulebook) -> Iterator[aid.Case | aid.RecordError]:
    if not Path(arguments.cases).exists():
        raise UsageError(f"{arguments.cases} does not exist", f"{arguments.cases} 不存在")
    model = rulebook.records[rulebook.packs.packs[arguments.program].block.record]
    return aid.Case.load_all(arguments.cases, model)


def _print_fault(error: aid.RecordError, arguments: argparse.Namespace) -> None:
    """Without the line itself: it can hold names and document numbers."""
    for item in error.problems:
        print_error(f"{arguments.cases}: {item.located(arguments.language)}")
