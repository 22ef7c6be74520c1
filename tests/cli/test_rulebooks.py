"""`check`, `programs` and `show` on the small rulebook, sound and broken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import HOME, SMALL, Run

RULES = "lamp_oil/rules/2010-01-01.yaml"


def copied(folder: Path, file: str = RULES, old: str = "rooms >= many_rooms", new: str = "rooms >= many_rooms") -> str:
    """A copy of the small rulebook with one edit."""
    root = folder / "small"
    shutil.copytree(SMALL, root)
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / file).write_text(text.replace(old, new), encoding="utf-8")
    return str(root)


def test_the_shipped_rulebook_passes(run: Run) -> None:
    ran = run("check", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["failed"] == []
    assert json.loads(ran.out)["warnings"] == []


def test_check_counts_what_there_is(small: Run) -> None:
    counted = {"packs": 1, "programs": 1, "parameters": 2, "values": 3, "rules": 3, "overlays": 2}
    assert json.loads(small("check", "--json").out) == {**counted, "examples": 2, "failed": [], "warnings": []}


def test_check_names_each_example_that_comes_out_otherwise(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path, "lamp_oil/parameters.yaml", 'value: "100"', 'value: "101"')
    ran = run("check", root, "--record-model", HOME)
    assert (ran.status, ran.err) == (1, "")
    line = "small/lamp_oil/examples/homes.yaml: income-below-the-standard: amount: expected 30.00, came out 31.00"
    assert line in ran.out.splitlines()
    assert json.loads(run("check", root, "--record-model", HOME, "--json").out)["failed"] == [
        {
            "example": "income-below-the-standard",
            "program": "lamp_oil",
            "file": "small/lamp_oil/examples/homes.yaml",
            "differences": ["amount: expected 30.00, came out 31.00"],
        }
    ]


def test_check_warns_of_a_branch_that_no_record_reaches(run: Run, tmp_path: Path) -> None:
    dead = 'cases: [{if: income < 0, is: income}, {if: eligible, is: standard - income}, {else: "0"}]'
    root = copied(tmp_path, old="when: eligible\n  is: standard - income", new=dead)
    ran = run("check", root, "--record-model", HOME)
    warned = [line for line in ran.out.splitlines() if line.startswith("warning: ")]
    assert len(warned) == 1 and ": branch-never: " in warned[0]


def test_check_shows_the_faults_of_all_example_files_together(run: Run, tmp_path: Path) -> None:
    root = Path(copied(tmp_path, "lamp_oil/examples/homes.yaml", "  on: 2011-05-01\n", ""))
    (root / "lamp_oil" / "examples" / "more.yaml").write_text("example: [\n", encoding="utf-8")
    ran = run("check", str(root), "--record-model", HOME)
    assert (ran.status, ran.out) == (2, "")
    assert "small/lamp_oil/examples/homes.yaml:1:" in ran.err
    assert "small/lamp_oil/examples/more.yaml:" in ran.err


def test_check_shows_every_fault_with_its_line_and_a_caret(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path, RULES, "income < standard,", "incom < standrad,")
    ran = run("check", root, "--record-model", HOME)
    assert (ran.status, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert lines[0].startswith("small/lamp_oil/rules/2010-01-01.yaml:4:23: name-unknown: ")
    assert "income" in lines[0]
    assert lines[1] == "    " + (Path(root) / RULES).read_text(encoding="utf-8").splitlines()[3]
    assert lines[2] == "    " + " " * 22 + "^"
    assert lines[3].startswith("small/lamp_oil/rules/2010-01-01.yaml:4:31: name-unknown: ")
    assert lines[-1] == "2 faults"


def test_faults_are_told_in_chinese_when_asked_for(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path, RULES, "income < standard,", "incom < standrad,")
    ran = run("check", root, "--record-model", HOME, "--language", "zh")
    assert ran.err.splitlines()[-1] == "共 2 处错误"
    assert "没有" in ran.err


def test_a_rulebook_in_another_encoding_is_refused_at_its_place(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    path = Path(root) / RULES
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    ran = run("check", root, "--record-model", HOME)
    assert ran.status == 2
    assert ran.err.startswith("small/lamp_oil/rules/2010-01-01.yaml:2:")
    assert "UTF-8" in ran.err


def test_signs_that_a_terminal_acts_on_are_not_shown(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path, RULES, "cite: act art. 2", "cite: \x1b[31mact")
    ran = run("check", root, "--record-model", HOME)
    assert ran.status == 2
    assert "\x1b" not in ran.err
    assert "\ufffd[31mact" in ran.err


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("check", str(tmp_path / "nowhere"))
    assert (ran.status, ran.out) == (2, "")
    assert str(tmp_path / "nowhere") in ran.err


def test_packs_of_another_record_model_say_how_to_name_it(run: Run) -> None:
    ran = run("check", str(SMALL))
    assert ran.status == 2
    assert ran.err.splitlines()[-1] == "Say which Python class it is: --record-model home=MODULE:CLASS"


def test_a_broken_program_does_not_disturb_another(run: Run, tmp_path: Path, home: str) -> None:
    """`determine` loads only the program asked for and what it uses."""
    root = Path(copied(tmp_path))
    shutil.copytree(root / "lamp_oil", root / "wood")
    (root / "wood" / "program.yaml").write_text("program: wood\nbroken: [\n", encoding="utf-8")
    common = ("--rules", str(root), "--record-model", HOME, "--on", "2011-05-01")
    assert run("determine", home, "--program", "lamp_oil", *common).status == 0
    assert run("determine", home, "--program", "wood", *common).status == 2
    assert run("programs", "--rules", str(root), "--record-model", HOME).status == 2


def test_programs_says_for_which_days_each_can_be_decided(small: Run) -> None:
    found = json.loads(small("programs", "--json").out)
    assert found["programs"] == [
        {
            "program": "lamp_oil",
            "title": {"en": "Lamp oil aid", "zh": "灯油补助"},
            "record": "home",
            "from": "2010-01-01",
            "changes_on": ["2012-01-01"],
            "checked_through": "2012-12-31",
        }
    ]
    assert [(item["overlay"], item["kind"]) for item in found["overlays"]] == [
        ("higher", "scenario"),
        ("westerby", "local"),
    ]


def test_programs_of_the_shipped_rulebook_are_named(run: Run) -> None:
    names = [item["program"] for item in json.loads(run("programs", "--json").out)["programs"]]
    assert {"rural_dibao", "urban_dibao"} <= set(names)


def test_show_lists_every_dated_value_with_its_source(small: Run) -> None:
    values = json.loads(small("show", "lamp_oil", "--json").out)["parameters"]
    found = [
        (v["parameter"], v["from"], v["published"], v["value"], [c["source"] for c in v["citations"]]) for v in values
    ]
    assert found == [
        ("lamp_oil.standard", "2010-01-01", "2009-11-01", "100", ["act"]),
        ("lamp_oil.standard", "2012-01-01", "2011-12-15", "120", ["gazette"]),
        ("lamp_oil.many_rooms", "2010-01-01", "2009-11-01", "4", ["act"]),
    ]


def test_show_on_a_day_lists_what_is_in_force_with_formulas_and_facts(small: Run) -> None:
    shown = json.loads(small("show", "lamp_oil", "--on", "2011-05-01", "--json").out)
    assert [(v["parameter"], v["value"]) for v in shown["parameters"]] == [
        ("lamp_oil.many_rooms", "4"),
        ("lamp_oil.standard", "100"),
    ]
    formulas = {rule["rule"]: rule["formula"] for rule in shown["rules"]}
    assert formulas["lamp_oil.eligible"] == "below: income < lamp_oil.standard"
    assert [fact["path"] for fact in shown["facts"]] == ["income", "rooms"]


def test_show_under_an_overlay_names_the_layer(small: Run) -> None:
    ran = small("show", "lamp_oil", "--on", "2011-05-01", "--jurisdiction", "westerby", "--json")
    standard = json.loads(ran.out)["parameters"][1]
    assert (standard["value"], standard["layer"], standard["from"]) == ("110", "westerby", "2011-03-01")


def test_show_says_that_a_name_was_repealed(run: Run) -> None:
    islandia = Path(__file__).parents[1] / "packs" / "islandia" / "rules"
    model = "hearth=tests.packs.islandia_record:Hearth"
    ran = run("show", "harbour_tax", "--rules", str(islandia), "--record-model", model)
    assert ran.status == 0
    assert "    from 2013-01-01  repealed  (published 2012-05-02)" in ran.out.splitlines()
