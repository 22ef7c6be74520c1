"""One run at a time writes to a file or a folder. The lock goes with the process, also when that is killed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import O_RDONLY, close
from os import open as open_descriptor
from pathlib import Path

from civil_aid_rules.errors import Both, CaseloadError, problem

CAN_LOCK = sys.platform != "win32"
"""On Windows there is no such lock; two runs to one place are not noticed there."""

_FOUND = Both("another run", "另一次运行")
_EXPECTED = Both("one run at a time", "同一时间只有一次运行")


def lock(descriptor: int, path: Path) -> None:
    """What is open is ours until it is closed. Raises CaseloadError where another run has it, else OSError."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CaseloadError([problem("caseload-busy", path.name, found=_FOUND, expected=_EXPECTED)]) from None


@contextmanager
def one_run(folder: Path) -> Iterator[None]:
    """The folder is ours in this block. Raises CaseloadError where another run has it."""
    if not CAN_LOCK:
        yield
        return
    descriptor = open_descriptor(folder, O_RDONLY)
    try:
        lock(descriptor, folder)
        yield
    finally:
        close(descriptor)
