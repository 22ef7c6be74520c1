"""Runs commands in this process, on the small fictional rulebook or on the shipped one."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from civil_aid_rules import History, Payments
from civil_aid_rules.cli.main import main
from tests.unit.caseload.fishers import crew, decided, payment

SMALL = Path(__file__).parent / "small"
HOME = "home=tests.cli.record:Home"
COAST = Path(__file__).parents[1] / "unit" / "caseload" / "fishers"
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


@pytest.fixture
def coast(run: Run, tmp_path: Path) -> Run:
    """The same, with the rulebook of the coast and its files: CREW, HISTORY and PAID stand for them."""
    history = [
        decided("approval", "2011-06-10", crew()),
        decided("approval", "2012-01-10", crew(kept=1, approved=1), program="keeper_pension"),
        decided("change", "2012-01-16", crew(kept=1, approved=1)),
        decided("stop", "2012-04-20", happened="2012-02-10"),
    ]
    paid = [
        payment("2011-12", "2011-12", "150"),
        payment("2012-01", "2012-01", "150"),
        payment("2012-02", "2012-04", "150"),
        payment("2012-01", "2012-03", "40", kind="arrears", on="2012-04-02"),
        payment("2012-05", "2012-05", "70"),
    ]
    files = {"CREW": crew(kept=2, approved=1).model_dump_json(), "HISTORY": History(decisions=history).to_json()}
    files["PAID"] = Payments(paid=paid).to_json()
    paths = {name: tmp_path / f"{name.lower()}.json" for name in files}
    for name, text in files.items():
        paths[name].write_text(text, encoding="utf-8")
    models = ("crew=tests.unit.caseload.fishers:Crew", "wreck=tests.unit.caseload.fishers:Wreck")
    options = [word for model in models for word in ("--record-model", model)]

    def ran(*words: str, stdin: bytes = b"") -> Ran:
        named = [str(paths[word]) if word in paths else word for word in words]
        return run(named[0], "--rules", str(COAST), *options, *named[1:], stdin=stdin)

    return ran
