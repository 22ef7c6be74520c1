"""`civil-aid caseload`: one program for every household of a population file."""

from __future__ import annotations

import argparse
import os
import sys
import time

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_error, print_json, print_result
from civil_aid_rules.cli.question import load_rulebook, with_overlays
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both, say

NAME = "caseload"
EN = "decide every household of a population file (Parquet, Arrow, JSON lines, CSV)"
ZH = "对名册文件（Parquet、Arrow、JSON 行、CSV）中的每户作出认定"
USAGE = "civil-aid caseload POPULATION --program NAME --on DATE --out FILE|DIR [options]"
_SECONDS_BETWEEN_LINES = 5


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    parser.add_argument(
        "population",
        metavar="POPULATION",
        help=both(
            "the population: *.parquet, *.arrow, *.jsonl (a record on each line) or *.csv",
            "名册：*.parquet、*.arrow、*.jsonl（每行一份记录）或 *.csv",
        ),
    )
    options.add_question(parser)
    parser.add_argument(
        "--out",
        required=True,
        metavar="FILE|DIR",
        help=both(
            "a file of the same kind, there when whole; or a folder of numbered parts, which goes on after a stop",
            "结果文件（与名册同类，写完才出现）；或存放编号分片的文件夹，可从中断处继续",
        ),
    )
    parser.add_argument(
        "--rejects",
        metavar="FILE|DIR",
        help=both("where refused rows go (default: beside --out)", "退回的行存放处（默认在 --out 旁）"),
    )
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="NAME",
        help=both("a rule whose value is wanted too; may be repeated", "一并输出该规则的值；可重复"),
    )
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="COLUMN",
        help=both(
            "a column that goes along too, such as a key; may be repeated", "原样带到结果中的列，如户编号；可重复"
        ),
    )
    options.add_circumstances(parser)
    parser.add_argument(
        "--workers",
        metavar="N",
        help=both("how many processes (default: one for each core)", "进程数（默认每核一个）"),
    )
    options.add_rulebook(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the counts, the progress on standard error; exit status 2 where rows were refused."""
    workers = _workers(arguments.workers)
    rulebook = with_overlays(load_rulebook(arguments, arguments.program), arguments.overlay, arguments.set)
    arguments.record = arguments.population  # so that no line of it is shown with a fault
    progress = ProgressLine(arguments.language)
    try:
        result = rulebook.determine_caseload(
            arguments.population,
            arguments.out,
            program=arguments.program,
            on=arguments.on,
            known_on=arguments.known_on,
            jurisdiction=arguments.jurisdiction,
            rules=arguments.rule,
            keep=arguments.keep,
            rejects=arguments.rejects,
            workers=workers,
            progress=progress.show,
        )
    finally:
        progress.end()
    if arguments.json:
        print_json(result.model_dump(mode="json"))
    else:
        print_result(result.text(arguments.language))
    return 2 if result.counts.rejected else 0


def _workers(text: str | None) -> int:
    if text is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1024):
        raise UsageError(f"--workers {text}: expected a number from 1 on", f"--workers {text}：应为 1 以上的数")
    return int(text)


class ProgressLine:
    """How far the run is, on standard error: one line that is written over on a terminal, else a line now and then."""

    def __init__(self, language: str) -> None:
        self.language, self.is_terminal = language, sys.stderr.isatty()
        self.started = self.last = time.monotonic()
        self.is_open = False

    def show(self, progress: aid.CaseloadProgress) -> None:
        """The progress, unless the last was shown a moment ago."""
        now = time.monotonic()
        is_whole = progress.place >= progress.size
        if now - self.last < (1 if self.is_terminal else _SECONDS_BETWEEN_LINES) and not (self.is_open and is_whole):
            return
        self.last = now
        read = progress.counts.read
        percent = 100 * progress.place // max(1, progress.size)
        a_second = int(read / max(1, int(now - self.started)))
        line = say(
            self.language,
            f"{read:,} households, {percent}%, {a_second:,} a second, {progress.counts.rejected:,} rejected",
            f"已处理 {read:,} 户，{percent}%，每秒 {a_second:,} 户，退回 {progress.counts.rejected:,} 户",
        )
        if self.is_terminal:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self.is_open = True
        else:
            print_error(line)

    def end(self) -> None:
        """Leave the line."""
        if self.is_open:
            print_error("")
