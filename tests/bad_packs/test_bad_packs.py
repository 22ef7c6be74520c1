"""One small broken pack for each fault: where it is reported, and with which sentence.

Each case changes the sound pack in `base/`. `says` holds every located sentence, exactly. After a change of wording:
UPDATE_GOLDEN=1 pytest tests/bad_packs, then read each line of the difference.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
import yaml

from civil_aid_rules.error_texts import ERROR_TEXTS
from civil_aid_rules.errors import Problem, RulebookError
from civil_aid_rules.rulebook import Rulebook
from tests.bad_packs.record import Home

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
RULES = "aid/rules/2014-03-01.yaml"


def broken(case: dict[str, dict[str, str]], folder: Path) -> Path:
    """The sound pack with the case's edits."""
    root = folder / "rules"
    shutil.copytree(HERE / "base", root)
    for file, text in case.get("add", {}).items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    for file in case.get("remove", []):
        (root / file).unlink()
        folder = (root / file).parent
        while not any(folder.iterdir()) and folder != root:
            folder.rmdir()
            folder = folder.parent
    for file, edits in case.get("replace", {}).items():
        text = (root / file).read_text(encoding="utf-8")
        for old, new in edits.items():
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
            text = text.replace(old, new)
        (root / file).write_text(text, encoding="utf-8")
    return root


def faults(root: Path) -> tuple[Problem, ...]:
    """Every problem that loading reports."""
    with pytest.raises(RulebookError) as caught:
        Rulebook.load(root, records={"home": Home})
    return caught.value.problems


def test_the_sound_pack_loads() -> None:
    assert Rulebook.load(HERE / "base", records={"home": Home}).programs == ("aid",)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_broken_pack_says_what_is_wrong_and_where(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = faults(broken(case, tmp_path))
    assert {item.code for item in found} == set(case["codes"]), [str(item) for item in found]
    said = [
        re.sub(re.escape(str(tmp_path)), "…", item.located(language)) for item in found for language in ("en", "zh")
    ]
    if os.environ.get("UPDATE_GOLDEN"):
        text = path.read_text(encoding="utf-8").split("says:")[0]
        path.write_text(text + yaml.safe_dump({"says": said}, allow_unicode=True, width=400), encoding="utf-8")
    assert said == case.get("says") or os.environ.get("UPDATE_GOLDEN")


def test_problems_of_all_files_come_together_in_file_order(tmp_path: Path) -> None:
    edits = {"aid/parameters.yaml": {'"450"': '"4_50"'}, RULES: {"total / size": "total / sise", "m.wages": "m.wage"}}
    found = faults(broken({"replace": edits}, tmp_path))
    places = [(item.at.file, item.at.line) for item in found]  # type: ignore[union-attr]
    assert places == sorted(places)
    assert {item.code for item in found} == {"value-unreadable", "name-unknown"}
    assert len(found) == 3


def test_every_code_of_rule_files_has_a_broken_pack() -> None:
    elsewhere = ("yaml-", "expression-", "record-", "receipt-", "result-", "replay-")
    asked = {
        "program-unknown",
        "jurisdiction-unknown",
        "day-unreadable",
        "scenario-value",
        "overlay-kind",
        "overlay-twice",
    }
    wanted = {code for code in ERROR_TEXTS if not code.startswith(elsewhere)} - asked
    covered = {code for path in CASES for code in yaml.safe_load(path.read_text(encoding="utf-8"))["codes"]}
    assert wanted - covered == set()
