"""Standard output and errors: UTF-8 whatever the locale says, so that Chinese prints under LANG=C too."""

from __future__ import annotations

import io
import sys


def use_utf8() -> None:
    """Write UTF-8 from now on; what cannot be encoded (a lone surrogate in a file name) is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def read_standard_input() -> bytes:
    """Everything on standard input, as bytes: how to decode it is the record reader's business."""
    return sys.stdin.buffer.read()


def print_result(text: str) -> None:
    """A result on standard output, ending in one line break."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_error(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(text + "\n")


def print_json(data: object) -> None:
    """One JSON document on standard output."""
    from json import dumps

    print_result(dumps(data, ensure_ascii=False, indent=2))
