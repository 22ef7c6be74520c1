"""The command line: finds the command, runs it, and turns what went wrong into a sentence and an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import civil_aid_rules as aid
from civil_aid_rules.cli import (
    arrears,
    caseload,
    check,
    compare,
    determine,
    entitlements,
    explain,
    notice,
    programs,
    receipt,
    replay,
    roll,
    schedule,
    show,
)
from civil_aid_rules.cli.console import print_error, use_utf8
from civil_aid_rules.cli.process import run_lightly
from civil_aid_rules.cli.usage import Parser, UsageError, unknown
from civil_aid_rules.cli.words import say, wanted_language

COMMANDS: tuple[ModuleType, ...] = (
    determine,
    explain,
    notice,
    compare,
    entitlements,
    schedule,
    arrears,
    receipt,
    replay,
    roll,
    caseload,
    programs,
    show,
    check,
)

_ABOUT = """\
Decide social-aid cases by published rules, exactly, and explain each result.
按公布的规定对社会救助作出精确认定，并说明每一步的依据。"""
_STATUS = """
exit status:
  0  a result was produced (not eligible and not yet decidable are results)
     已得出结果（“不符合条件”“暂不能认定”也是结果）
  1  a check or a replay found a difference
     检查或复算发现不一致
  2  the input cannot be used; standard error says what is wrong, and where
     输入有误；标准错误输出中说明错在何处"""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. `words`: the command line without the program's name."""
    use_utf8()
    if words is None:
        run_lightly()
    given = list(sys.argv[1:] if words is None else words)
    try:
        status = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_has_gone()
    except KeyboardInterrupt:
        return 130
    return status


def _run(words: list[str]) -> int:
    language = wanted_language(words)
    place = next((place for place, word in enumerate(words) if not word.startswith("-")), len(words))
    chosen = [command for command in COMMANDS if command.NAME in words[place : place + 1]]
    parser, commands = build_parser(chosen)
    if not words:
        print_error(parser.format_help().rstrip())
        return 2
    try:
        parser.check_options(words[:place])
        if words[place:] and not chosen:
            raise unknown("command", "命令", words[place], [command.NAME for command in COMMANDS])
        for command in commands:
            command.check_options(words[place + 1 :])
        return _answer(parser.parse_args(words), language)
    except UsageError as error:
        return _usage(error, chosen[0].NAME if chosen else None, language)


def _answer(arguments: argparse.Namespace, language: str) -> int:
    try:
        status: int = arguments.run(arguments)
        return status
    except aid.CivilAidError as error:
        from civil_aid_rules.cli.faults import print_faults
        from civil_aid_rules.packs.locate import shipped_rules

        rules = getattr(arguments, "rules", None)
        given = [getattr(arguments, name, None) for name in ("record", "history", "paid")]
        print_faults(error, language=language, rules=Path(rules) if rules else shipped_rules(), given=given)
        return 2
    except aid.InternalError:
        from traceback import format_exc

        print_error(format_exc().rstrip())
        en = "This is a fault of civil_aid_rules, not of what it was given. Please report it."
        print_error(say(language, en, "这是 civil_aid_rules 自身的错误，与输入无关，请反馈。"))
        return 70  # 1 would say that a check or a replay found a difference


def build_parser(chosen: Sequence[ModuleType]) -> tuple[Parser, list[Parser]]:
    """The parser of the whole line, and those of the commands chosen: to build all takes as long as all the rest."""
    parser = Parser(prog="civil-aid", usage="civil-aid COMMAND …", description=_ABOUT, epilog=_listed() + _STATUS)
    parser.add_argument("--version", action="version", version=aid.__version__, help="show the version\n显示版本号")
    group = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser, help=argparse.SUPPRESS)
    commands: list[Parser] = []
    for command in chosen:
        name = f"civil-aid {command.NAME}"
        about = f"{command.EN}\n{command.ZH}"
        commands.append(group.add_parser(command.NAME, prog=name, description=about, usage=command.USAGE))
        command.add_arguments(commands[-1])
        commands[-1].set_defaults(run=command.run)
    return parser, commands


def _listed() -> str:
    """The commands with what each does; `civil-aid COMMAND --help` says more."""
    lines = [line for c in COMMANDS for line in (f"  {c.NAME:<14}{c.EN}", f"  {'':<14}{c.ZH}")]
    more = "  (more: civil-aid COMMAND --help；详见 civil-aid 命令 --help)"
    return "\n".join(["commands:", *lines, more, ""])


def _usage(error: UsageError, command: str | None, language: str) -> int:
    print_error(f"civil-aid: {say(language, error.en, error.zh)}")
    shown = "civil-aid --help" if command is None else f"civil-aid {command} --help"
    print_error(say(language, f"See: {shown}", f"用法见：{shown}"))
    return 2


def _reader_has_gone() -> int:
    """The reader of a pipe has closed it (`civil-aid programs | head`): stop without a word, as SIGPIPE does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
