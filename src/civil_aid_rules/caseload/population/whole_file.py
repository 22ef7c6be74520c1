"""A file that stands under its name only when it is whole: written beside it under another name, then renamed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from os import fstat, fsync
from pathlib import Path
from typing import BinaryIO, cast

from civil_aid_rules.caseload.population.one_run import CAN_LOCK, lock
from civil_aid_rules.errors import Both, CaseloadError, problem
from civil_aid_rules.system_faults import said_by_the_system

_EXPECTED = Both("a folder that exists, may be written to and has room", "已存在、可写入且空间足够的文件夹")


def partial_path(path: Path) -> Path:
    """The name of a file while one run writes it; what a killed run left is written over."""
    return path.with_name(f".{path.name}.partial")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to write to. The file gets its name when the block ends well; otherwise nothing of it is left.

    Raises CaseloadError where it cannot be written: a folder that is not there, a full disk.
    """
    partial = partial_path(path)
    stream = _Stream(path, partial)
    whole = False
    try:
        yield cast(BinaryIO, stream)
        stream.keep()
        whole = True
    finally:
        if not whole:
            stream.give_up()


class _Stream(RawIOBase):
    """Writes to the partial file. Once that has failed, the rest is taken and thrown away."""

    def __init__(self, path: Path, partial: Path) -> None:
        self.path, self.partial, self.failed = path, partial, False
        try:
            self.inner = _taken(path, partial)
        except OSError as error:
            raise cannot_write(path, error) from None

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.inner.tell()

    def write(self, content: object) -> int:
        view = memoryview(content)  # type: ignore[arg-type]
        if not self.failed:
            try:
                self.inner.write(view)
            except OSError as error:
                self.failed = True
                raise cannot_write(self.path, error) from None
        return view.nbytes

    def flush(self) -> None:
        """Written out when the file is kept."""

    def keep(self) -> None:
        """The file is whole: it gets its name."""
        try:
            self.inner.flush()
            fsync(self.inner.fileno())
            if not CAN_LOCK:
                self.inner.close()  # where files cannot be locked, none can be renamed while it is open
            self.partial.replace(self.path)
            self.inner.close()
        except OSError as error:
            raise cannot_write(self.path, error) from None

    def give_up(self) -> None:
        """Nothing of the file is left."""
        self.failed = True
        if CAN_LOCK:
            self.partial.unlink(missing_ok=True)
        with suppress(OSError):  # what could not be written is to go in any case
            self.inner.close()
        if not CAN_LOCK:
            self.partial.unlink(missing_ok=True)


def _taken(path: Path, partial: Path) -> BinaryIO:
    """The empty partial file, ours alone until it is closed. Raises CaseloadError where another run writes it."""
    while True:
        stream = partial.open("ab")
        try:
            lock(stream.fileno(), path)
        except (CaseloadError, OSError):
            stream.close()
            raise
        if not CAN_LOCK or (partial.exists() and fstat(stream.fileno()).st_ino == partial.stat().st_ino):
            stream.truncate(0)
            return stream
        stream.close()  # the run before has given it its name in the meantime


def cannot_write(path: Path, error: OSError) -> CaseloadError:
    """What is said of results that cannot be written."""
    return CaseloadError([problem("caseload-out", path.name, found=said_by_the_system(error), expected=_EXPECTED)])
