"""Runs commands in this process, on the small fictional rulebook or on the shipped one."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from civil_aid_rules.cli.main import main

SMALL = Path(__file__).parent / "small"
HOME = "home=tests.cli.record:Home"
CASE = ("--program", "lamp_oil", "--on", "2011-05-01")


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("programs", "--json")`; `stdin` is what stands on standard input."""

    def ran(*words: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = main(words)
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        written = capsys.readouterr()
        return Ran(status, written.out, written.err)

    return ran


@pytest.fixture
def small(run: Run) -> Run:
    """The same, with the small rulebook: `small("programs")`."""

    def ran(*words: str, stdin: bytes = b"") -> Ran:
        rules = [str(SMALL)] if words[0] == "check" else ["--rules", str(SMALL)]
        return run(words[0], *rules, "--record-model", HOME, *words[1:], stdin=stdin)

    return ran


@pytest.fixture
def home(tmp_path: Path) -> str:
    """A record file: an income of 70 and two rooms."""
    path = tmp_path / "home.json"
    path.write_text('{"owner": "Solveig", "income": "70", "rooms": 2}', encoding="utf-8")
    return str(path)
