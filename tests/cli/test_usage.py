"""What a command line that cannot be used gets: exit status 2, nothing on standard output, a sentence and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from civil_aid_rules import InternalError
from civil_aid_rules.cli.usage import in_chinese
from tests.cli.conftest import CASE, HOME, SMALL, Run


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("determin",), "there is no command determin; did you mean determine?"),
        (
            ("zzz",),
            "there is no command zzz; known: determine, explain, notice, compare, entitlements, schedule, arrears, "
            "receipt, replay, roll, caseload, programs, show, check",
        ),
        (("determine", "x.json", "--progam", "a", "--on", "b"), "there is no option --progam; did you mean --program?"),
        (("determine", "x.json", "-program", "a"), "there is no option -program; did you mean --program?"),
        (("determine",), "the following arguments are required: RECORD, --program, --on"),
        (("determine", "x.json", "--program", "a", "--on"), "argument --on: expected one argument"),
        (("explain", "x.json", *CASE, "--format", "pdf"), "argument --format: invalid choice: 'pdf'"),
        (("programs", "--language", "fr"), "argument --language: invalid choice: 'fr'"),
        (("programs", "extra"), "unrecognized arguments: extra"),
        (("programs", "--json=yes"), "argument --json: ignored explicit argument 'yes'"),
        (("show", "lamp_oil", "--jurisdiction", "westerby"), "need --on DATE"),
        (("determine", "x.json", "--prog", "a"), "there is no option --prog; did you mean --program?"),
        (("determine", "x.json", *CASE, "--on", "2016-05-01"), "--on is given twice; which of the two is meant?"),
        (("programs", "--language=en", "--language", "en"), "--language is given twice; which of the two is meant?"),
        (("determine", "x.json", *CASE, "--trace"), "--trace is for --json; to read every step: civil-aid explain"),
    ],
)
def test_a_usage_error_says_what_was_meant(run: Run, words: tuple[str, ...], says: str) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    first, hint = ran.err.splitlines()
    assert first.startswith("civil-aid: ")
    assert says in first
    assert hint.endswith("--help")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("determin", "--language", "zh"), "civil-aid: 没有命令 determin；是否要写 determine？"),
        (("determine", "--language=zh", "--progam", "x"), "civil-aid: 没有选项 --progam；是否要写 --program？"),
        (("determine", "--language", "zh"), "civil-aid: 缺少：RECORD, --program, --on"),
        (("show", "a", "--known-on", "b", "--language", "zh"), "civil-aid: --known-on、--jurisdiction"),
        (("programs", "--language=zh", "--rules", "a", "--rules", "a"), "civil-aid: --rules 写了两次；请只保留一个"),
        (("determine", "a", *CASE, "--trace", "--language", "zh"), "civil-aid: --trace 须与 --json 同用"),
    ],
)
def test_a_usage_error_is_told_in_chinese_when_asked_for(run: Run, words: tuple[str, ...], says: str) -> None:
    ran = run(*words)
    assert ran.status == 2
    assert ran.err.startswith(says)


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("argument --on: expected one argument", "--on 后须写一个值"),
        (
            "argument --format: invalid choice: 'pdf' (choose from 'text', 'html')",
            "--format 不能取 'pdf'；可取：'text', 'html'",
        ),
        (
            "argument --format: invalid choice: 'pdf' (choose from text, html)",
            "--format 不能取 'pdf'；可取：text, html",
        ),
        ("argument --json: ignored explicit argument 'yes'", "--json 后不能写值（'yes'）"),
        ("unrecognized arguments: a b", "多余的内容：a b"),
        ("something new", "something new"),
    ],
)
def test_the_parsers_sentences_exist_in_chinese(message: str, chinese: str) -> None:
    assert in_chinese(message) == chinese


def test_without_a_command_the_help_is_shown_as_an_error(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("usage: civil-aid COMMAND")


def test_a_fault_of_the_library_is_no_difference(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(arguments: object) -> int:
        raise InternalError("a payment that is not in whole fen")

    monkeypatch.setattr("civil_aid_rules.cli.programs.run", fails)
    ran = run("programs")
    assert (ran.status, ran.out) == (70, "")
    assert ran.err.splitlines()[-1].endswith("Please report it.")
    assert "请反馈" in run("programs", "--language", "zh").err


def test_help_and_version_are_results(run: Run) -> None:
    assert run("--help").status == 0
    assert run("determine", "--help").out.startswith("usage: civil-aid determine RECORD")
    assert run("--version").out == "0.1.0\n"


# --- what the library refuses ---------------------------------------------------------------------------------------


def test_an_unknown_program_gets_the_nearest_one(small: Run, home: str) -> None:
    ran = small("determine", home, "--program", "lamp_oli", "--on", "2011-05-01")
    assert (ran.status, ran.out) == (2, "")
    assert "program-unknown" in ran.err
    assert "lamp_oil" in ran.err.replace("lamp_oli", "")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "lamp_oli"),
        ("show", "lamp_oli", "--on", "2011-05-01"),
        ("explain", "HOME", "--program", "lamp_oli", "--on", "2011-05-01"),
        ("compare", "HOME", "--program", "lamp_oli", "--on", "2011-05-01", "--and-on", "2012-05-01"),
        ("receipt", "HOME", "--program", "lamp_oli", "--on", "2011-05-01", "--decided-at", "2011-05-02"),
    ],
)
def test_every_command_knows_the_nearest_program(small: Run, home: str, words: tuple[str, ...]) -> None:
    ran = small(*(home if word == "HOME" else word for word in words))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "program: program-unknown: there is no program lamp_oli; did you mean lamp_oil?\n"


def test_definitions_are_no_program(run: Run) -> None:
    ran = run("show", "household_economics")
    assert (ran.status, ran.out) == (2, "")
    assert "program-unknown" in ran.err


@pytest.mark.parametrize("day", ["2011-02-30", "2011-5-1", "1 May 2011", "２０１１-05-01", ""])
def test_a_day_that_does_not_exist_is_refused(small: Run, home: str, day: str) -> None:
    for options in (("--on", day), ("--on", "2011-05-01", "--known-on", day)):
        ran = small("determine", home, "--program", "lamp_oil", *options)
        assert (ran.status, ran.out) == (2, "")
        assert "day-unreadable" in ran.err


def test_a_day_before_the_first_rule_is_refused(small: Run, home: str) -> None:
    ran = small("determine", home, "--program", "lamp_oil", "--on", "2009-12-31")
    assert (ran.status, ran.out) == (2, "")
    assert "2010-01-01" in ran.err


def test_an_unknown_jurisdiction_or_overlay_gets_the_nearest_one(small: Run, home: str) -> None:
    assert "westerby" in small("determine", home, *CASE, "--jurisdiction", "westerbi").err
    assert "did you mean higher?" in small("determine", home, *CASE, "--overlay", "highr").err
    assert "known: higher, westerby" in small("determine", home, *CASE, "--overlay", "zzz").err


def test_an_overlay_file_that_is_not_there_is_named(small: Run, home: str) -> None:
    ran = small("determine", home, *CASE, "--overlay", "nowhere.yaml")
    assert ran.status == 2
    assert ran.err.startswith("nowhere.yaml:1:1: yaml-unreadable: ")


def test_a_local_overlay_is_chosen_by_its_jurisdiction(small: Run, home: str) -> None:
    ran = small("determine", home, *CASE, "--overlay", "westerby")
    assert ran.status == 2
    assert "overlay-kind" in ran.err


def test_a_fault_in_an_overlay_file_shows_its_line(small: Run, home: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "overlay: mine\nkind: scenario\ntitle: {en: Mine, zh: 我的}\nparameters:\n  lamp_oil.standrad: '150'\n",
        encoding="utf-8",
    )
    ran = small("determine", home, *CASE, "--overlay", str(path))
    assert ran.status == 2
    assert ran.err.startswith(f"{path}:5:")
    assert "lamp_oil.standard" in ran.err
    assert "      lamp_oil.standrad: '150'" in ran.err


@pytest.mark.parametrize("text", ["lamp_oil.standard", "lamp_oil.standard=", "=5"])
def test_a_what_if_needs_a_name_and_a_value(small: Run, home: str, text: str) -> None:
    ran = small("determine", home, *CASE, "--set", text)
    assert ran.status == 2
    assert "expected PROGRAM.NAME=VALUE" in ran.err


def test_a_what_if_of_a_name_that_is_not_there_is_refused(small: Run, home: str) -> None:
    ran = small("determine", home, *CASE, "--set", "lamp_oil.standrad=5")
    assert ran.status == 2
    assert "lamp_oil.standard" in ran.err


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("home", "expected NAME=MODULE:CLASS"),
        ("home=no.such.module:Home", "is its folder on PYTHONPATH?"),
        ("home=tests.cli.record:House", "is its folder on PYTHONPATH?"),
        ("home=tests.cli.conftest:Ran", "Ran is no civil_aid_rules.Record"),
    ],
)
def test_a_record_model_that_is_none_is_refused(run: Run, model: str, says: str) -> None:
    ran = run("check", str(SMALL), "--record-model", model)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


# --- records that cannot be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (b'{"incom": "70"}', "record-unknown-field"),
        (b'{"income": 70.5}', "record-float"),
        (b'{"income": "70", "income": "71"}', "record-duplicate-key"),
        (b"[", "record-syntax"),
        ('{"owner": "灯"}'.encode("gbk"), "record-encoding"),
    ],
)
def test_a_broken_record_is_refused_at_its_path(small: Run, record: bytes, code: str) -> None:
    ran = small("determine", "-", *CASE, stdin=record)
    assert (ran.status, ran.out) == (2, "")
    assert f": {code}: " in ran.err


def test_a_record_file_that_is_not_there_is_named(small: Run) -> None:
    for name in ("nowhere.json", "nowhere.yaml"):
        ran = small("determine", name, *CASE)
        assert (ran.status, ran.out) == (2, "")
        assert name in ran.err


def test_lines_of_a_record_are_never_shown(small: Run, tmp_path: Path) -> None:
    path = tmp_path / "home.yaml"
    path.write_text('{owner: Solveig, income: "70", income: "71"}\n', encoding="utf-8")
    ran = small("determine", str(path), *CASE)
    assert ran.status == 2
    assert "Solveig" not in ran.err


def test_all_faults_of_a_record_are_told_together_and_in_chinese(small: Run) -> None:
    ran = small("determine", "-", *CASE, "--language", "zh", stdin=b'{"incom": "70", "rooms": "two"}')
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 3
    assert ran.err.splitlines()[-1] == "共 2 处错误"


def test_the_model_of_the_small_rulebook_is_needed_each_time(run: Run, home: str) -> None:
    assert run("determine", home, *CASE, "--rules", str(SMALL)).status == 2
    assert run("determine", home, *CASE, "--rules", str(SMALL), "--record-model", HOME).status == 0
