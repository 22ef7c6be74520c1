"""`civil-aid replay`: compute receipts again, and name whatever differs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain, islice, tee
from pathlib import Path

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_json, print_result, read_standard_input
from civil_aid_rules.cli.question import load_rulebook
from civil_aid_rules.cli.usage import Parser, UsageError
from civil_aid_rules.cli.words import both, say

NAME = "replay"
EN = "compute receipts again and name every difference"
ZH = "按计算凭据复算，并逐项指出不同之处"
USAGE = "civil-aid replay FILE… [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=both(
            "a receipt, or a file with one on each line; - for standard input",
            "一份计算凭据，或每行一份的文件；- 表示标准输入",
        ),
    )
    options.add_rulebook(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 where all match, 1 where one differs, 2 where one cannot be read (the others are replayed)."""
    receipts = ((file, item) for file in arguments.files for item in _receipts(file))
    first = list(islice(receipts, 2))
    alone = first[0][1] if len(first) == 1 else None
    rulebook = _rulebook(arguments, alone.program if isinstance(alone, aid.Receipt) else None)
    tally = Tally(arguments, one=alone is not None)
    named, items = tee(chain(first, receipts))
    for (file, _), found in zip(named, aid.replay_all((item for _, item in items), rulebook), strict=True):
        tally.add(file, found)
    return tally.finish()


def _rulebook(arguments: argparse.Namespace, program: str | None) -> aid.Rulebook:
    """Only the program of a single receipt, where there is one of that name; that there is none, the replay says."""
    try:
        return load_rulebook(arguments, program)
    except aid.EvaluationError:
        return load_rulebook(arguments)


def _receipts(file: str) -> Iterator[aid.Receipt | aid.ReceiptError]:
    """The receipts of a file; one that is written over several lines stands alone in its file."""
    content = read_standard_input() if file == "-" else _content(file)
    if content.lstrip()[:2].rstrip() != b"{":
        yield from aid.Receipt.from_lines(content.splitlines())
        return
    try:
        yield aid.Receipt.from_json(content)
    except aid.ReceiptError as error:
        yield error


def _content(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        from civil_aid_rules.system_faults import said_by_the_system

        why = said_by_the_system(error)
        raise UsageError(f"{file} cannot be read: {why.en}", f"{file} 无法读取：{why.zh}") from None


class Tally:
    """Prints each replay that is worth a look as it comes, and counts the rest."""

    def __init__(self, arguments: argparse.Namespace, *, one: bool) -> None:
        self.arguments = arguments
        self.one = one
        self.replays: list[aid.Replay] = []
        self.matching = self.differing = self.unreadable = 0

    def add(self, file: str, found: aid.Replay | aid.ReceiptError) -> None:
        """One receipt's outcome."""
        language = self.arguments.language
        if isinstance(found, aid.ReceiptError):
            from civil_aid_rules.cli.faults import print_faults

            self.unreadable += 1
            print_faults(found, language=language, rules=None, given=(), lead=f"{file}: ")
            return
        self.matching += found.matches
        self.differing += not found.matches
        if self.arguments.json:
            self.replays.append(found)
        elif self.one or not found.matches:
            print_result(found.text(language))

    def finish(self) -> int:
        """Print the JSON document, or the count of many; the exit status."""
        counts = {"matching": self.matching, "differing": self.differing, "unreadable": self.unreadable}
        if self.arguments.json:
            print_json({**counts, "replays": [replay.model_dump(mode="json") for replay in self.replays]})
        elif not self.one:
            text = say(
                self.arguments.language,
                "receipts: {matching} match, {differing} differ, {unreadable} cannot be read",
                "计算凭据：一致 {matching} 份，不一致 {differing} 份，无法读取 {unreadable} 份",
            )
            print_result(text.format(**counts))
        return 2 if self.unreadable else 1 if self.differing else 0
