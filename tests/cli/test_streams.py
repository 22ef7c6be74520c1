"""The command as a process: encodings, pipes, interruption, and the two ways of starting it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from tests.cli.conftest import CASE, HOME, SMALL

ROOT = Path(__file__).parents[2]
SMALL_RULES = ("--rules", str(SMALL), "--record-model", HOME)
MODULE = (sys.executable, "-m", "civil_aid_rules")


def ran(*words: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command with bytes in and out."""
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.run([*MODULE, *words], capture_output=True, env=whole, input=stdin, check=False)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
    ],
    ids=["ascii", "C locale", "gbk"],
)
def test_output_is_utf8_whatever_the_locale(env: dict[str, str]) -> None:
    shown = ran("show", "lamp_oil", *SMALL_RULES, "--language", "zh", env=env)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "灯油标准" in shown.stdout.decode("utf-8")
    wrong = ran("show", "lamp_oil", "--language", "zh", "--known-on", "a", env=env)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert "须与 --on 同用" in wrong.stderr.decode("utf-8")
    assert "作出认定" in ran("--help", env=env).stdout.decode("utf-8")


def test_a_record_on_standard_input_is_read_as_bytes() -> None:
    record = '{"owner": "索尔维", "income": "70", "rooms": 2}'.encode()
    done = ran("determine", "-", *CASE, *SMALL_RULES, env={"PYTHONIOENCODING": "ascii"}, stdin=record)
    assert done.returncode == 0
    assert b"30.00" in done.stdout


def test_a_file_name_that_is_no_utf8_is_shown_escaped() -> None:
    name = os.fsdecode(b"\xff\xfe.json")
    done = ran("determine", name, *CASE, *SMALL_RULES)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_the_installed_command_is_the_module() -> None:
    command = Path(sysconfig.get_path("scripts")) / "civil-aid"
    done = subprocess.run([command, "--help"], capture_output=True, check=True)
    assert done.stdout == ran("--help").stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_reader_that_goes_away_ends_the_command_without_a_word() -> None:
    whole = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [*MODULE, "show", "lamp_oil", *SMALL_RULES]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=whole) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interruption_ends_the_command_without_a_traceback() -> None:
    words = [*MODULE, "determine", "-", *CASE, *SMALL_RULES]
    whole = {**os.environ, "PYTHONPATH": str(ROOT)}
    # a shell's background job ignores interruptions, and so would the command that it starts
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=whole,
        preexec_fn=interruptible,
    ) as process:
        assert process.stdin is not None and process.stderr is not None
        started(process.pid)
        process.send_signal(signal.SIGINT)
        ended = process.wait(timeout=20)
        written = process.stderr.read()
    assert (ended, written) == (130, b"")


def interruptible() -> None:
    """Let an interruption end the process again, whatever the one before it chose."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(pid: int) -> None:
    """Wait until the process sleeps, ten looks in a row: it then reads its standard input. At most two seconds."""
    state, asleep = Path(f"/proc/{pid}/stat"), 0
    for _ in range(100):
        time.sleep(0.02)
        if state.is_file():
            asleep = asleep + 1 if state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "S" else 0
        if asleep == 10:
            return
