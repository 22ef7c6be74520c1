"""Help and output of every command, word for word.

After a change: UPDATE_GOLDEN=1 pytest tests/cli/test_golden.py, then read each line of the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from civil_aid_rules.cli.main import COMMANDS
from tests.cli.conftest import CASE, Run
from tests.cli.test_roll import CASES, ROLL

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"

HELP = {"help": ("--help",), **{f"help-{command.NAME}": (command.NAME, "--help") for command in COMMANDS}}

OUTPUT: dict[str, tuple[str, ...]] = {
    "determine": ("determine", "HOME", *CASE),
    "determine-what-if": ("determine", "HOME", *CASE, "--set", "lamp_oil.standard=150"),
    "compare": ("compare", "HOME", *CASE, "--and-on", "2012-05-01"),
    "roll": ("roll", "CASES", "ROLL", *CASE, "--all"),
    "notice": ("notice", "HOME", *CASE, "--kind", "approval", "--addressee", "Kari", "--decided-at", "2011-05-03"),
    "programs": ("programs",),
    "show": ("show", "lamp_oil"),
    "show-on": ("show", "lamp_oil", "--on", "2011-05-01", "--jurisdiction", "westerby"),
    "check": ("check",),
}


ENDED = '  - {case: "5", program: lamp_oil, amount: "20", period: month, since: 2011-01-01, until: 2011-03-31}\n'
OVER_TIME: dict[str, tuple[str, ...]] = {
    "entitlements": ("entitlements", "CREW", "--on", "2012-05-01"),
    "schedule": ("schedule", "HISTORY", "--from", "2011-12", "--to", "2012-05"),
    "arrears": ("arrears", "HISTORY", "PAID", "--from", "2011-12", "--to", "2012-04"),
}
"""Commands on the coast of tests/unit/caseload/fishers.py."""


def hold(name: str, text: str) -> None:
    """The text is the stored one; with UPDATE_GOLDEN it becomes it."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HELP)
def test_help_is_as_stored(run: Run, name: str) -> None:
    ran = run(*HELP[name])
    assert (ran.status, ran.err) == (0, "")
    hold(name, ran.out)


@pytest.fixture
def rolled(tmp_path: Path) -> dict[str, str]:
    """Cases and a roll: one file for each word that stands for it."""
    files = {"CASES": ("cases.jsonl", CASES), "ROLL": ("roll.yaml", ROLL + ENDED)}
    for name, text in files.values():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {word: str(tmp_path / name) for word, (name, _) in files.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", OUTPUT)
def test_output_is_as_stored(small: Run, home: str, rolled: dict[str, str], name: str, language: str) -> None:
    files = {"HOME": home, **rolled}
    ran = small(*(files.get(word, word) for word in OUTPUT[name]), "--language", language)
    assert (ran.status, ran.err) == (0, "")
    hold(f"{name}-{language}", ran.out)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", OVER_TIME)
def test_an_answer_over_programs_or_months_is_as_stored(coast: Run, name: str, language: str) -> None:
    ran = coast(*OVER_TIME[name], "--language", language)
    assert (ran.status, ran.err) == (0, "")
    hold(f"{name}-{language}", re.sub(r"\b[0-9a-f]{12}\b", "·" * 12, ran.out))


def test_no_stored_text_is_left_over() -> None:
    wanted = {*HELP, *(f"{name}-{language}" for name in (*OUTPUT, *OVER_TIME) for language in ("en", "zh"))}
    assert {path.stem for path in GOLDEN.glob("*.txt")} == wanted


@pytest.mark.parametrize("name", HELP)
def test_every_help_text_is_in_both_languages(name: str) -> None:
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    options = text.partition("options:")[2].partition("exit status")[0].partition("commands:")[0]
    lines = [line for line in options.splitlines() if line.startswith(" ")]
    english = [line for line in lines if line.lstrip().startswith("-")]
    chinese = [line for line in lines if any("\u4e00" <= sign <= "\u9fff" for sign in line)]
    assert len(chinese) >= len(english) >= 1
