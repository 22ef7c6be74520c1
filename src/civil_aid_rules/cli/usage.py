"""The parser behind every command: help in two languages, and usage errors that say what was probably meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

_CHINESE = (
    (r"the following arguments are required: (.+)", r"缺少：\1"),
    (r"argument (.+): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能取 \2；可取：\3"),
    (r"argument (.+): expected one argument", r"\1 后须写一个值"),
    (r"argument (.+): expected at least one argument", r"\1 后须至少写一个值"),
    (r"argument (.+): ignored explicit argument (.+)", r"\1 后不能写值（\2）"),
    (r"unrecognized arguments: (.+)", r"多余的内容：\1"),
)


class UsageError(Exception):
    """A command line that cannot be read, in both languages; exit status 2."""

    def __init__(self, en: str, zh: str) -> None:
        self.en = en
        self.zh = zh
        super().__init__(en)


class _TwoLines(argparse.RawDescriptionHelpFormatter):
    """Keeps the line breaks of help texts, and one width on every terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=110)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [line for part in text.splitlines() for line in super(_TwoLines, self)._split_lines(part, width)]


class Parser(argparse.ArgumentParser):
    """An argument parser that knows its option names, takes no abbreviations, and raises UsageError."""

    def __init__(self, *, prog: str, usage: str, description: str, epilog: str | None = None) -> None:
        self.names: list[str] = []
        self.single: list[str] = []
        super().__init__(
            prog, usage, description, epilog, formatter_class=_TwoLines, allow_abbrev=False, add_help=False
        )
        self.color = False  # Python 3.14 colours help by the terminal that it finds
        self.add_argument("-h", "--help", action="help", help="show this help\n显示本说明")

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        given = [name for name in names if name.startswith("-")]
        self.names += given
        if "action" not in options:  # it takes a value, and keeps the last one
            self.single += given
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, in_chinese(message))

    def check_options(self, words: Sequence[str]) -> None:
        """Refuse an unknown option by its own name, before argparse reports what is missing because of it, and one of
        which argparse would take the last of two values."""
        met: set[str] = set()
        for word in words:
            if word == "--":
                return
            name = word.partition("=")[0]
            if not word.startswith("-") or len(word) == 1:
                continue
            if name not in self.names:
                raise unknown("option", "选项", name, self.names)
            if name in met and name in self.single:
                raise UsageError(f"{name} is given twice; which of the two is meant?", f"{name} 写了两次；请只保留一个")
            met.add(name)


def in_chinese(message: str) -> str:
    """An argparse message in Chinese."""
    for pattern, text in _CHINESE:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, text, message)
    return message


def unknown(en: str, zh: str, name: str, known: Sequence[str]) -> UsageError:
    """An unknown command or option, with the nearest one that there is."""
    from civil_aid_rules.names import did_you_mean

    nearest = did_you_mean(name, known)
    if nearest is not None:
        return UsageError(f"there is no {en} {name}; did you mean {nearest}?", f"没有{zh} {name}；是否要写 {nearest}？")
    return UsageError(
        f"there is no {en} {name}; known: {', '.join(known)}", f"没有{zh} {name}；可用：{'、'.join(known)}"
    )
