"""One small broken pack for each fault: where it is reported, and with which sentence.

Each case changes the sound pack in `base/`. `says` holds every located sentence, exactly. After a change of wording:
UPDATE_GOLDEN=1 pytest tests/bad_packs, then read each line of the difference.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from civil_aid_rules.error_texts import AREAS
from civil_aid_rules.errors import Problem, RulebookError
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.source import SourceSpan
from tests.bad_packs.record import Home

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
RULES = "aid/rules/2014-03-01.yaml"


def broken(case: dict[str, Any], folder: Path) -> Path:
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
    places = [(item.at.file, item.at.line) for item in found if isinstance(item.at, SourceSpan)]
    assert places == sorted(places)
    assert {item.code for item in found} == {"value-unreadable", "name-unknown"}
    assert len(found) == len(places) == 3


def test_a_table_that_cannot_be_searched_is_refused_with_its_size(tmp_path: Path) -> None:
    """Of 16 yes/no columns the one decides that the last column numbers: 2^16 sets of rows stay open until then."""
    columns = ["any_old"] * 16 + ["count(m for m in members)"]
    limits = {f"limit_{number:02}": str(number) for number in range(16)}
    rows = [
        ["-"] * number + [answer] + ["-"] * (15 - number) + [f"== {limit}"]
        for number, limit in enumerate(limits)
        for answer in ("yes", "no")
    ]
    rows += [["-"] * 16 + ["< limit_00"], ["-"] * 16 + ["> limit_15"]]
    declared = {
        name: {
            "title": {"en": "L", "zh": "限"},
            "type": "person",
            "values": [{"from": "2014-03-01", "value": value, "cite": "act"}],
        }
        for name, value in limits.items()
    }
    rule = {
        "title": {"en": "X", "zh": "某"},
        "type": "CNY/month",
        "decide": {"hit": "unique", "columns": columns, "rows": [{"when": row, "then": "0"} for row in rows]},
        "cite": "act",
    }
    case = {
        "add": {"aid/rules/2015-01-01.yaml": yaml.safe_dump({"x": rule}, allow_unicode=True)},
        "replace": {"aid/parameters.yaml": {"by_size:\n": yaml.safe_dump(declared, allow_unicode=True) + "by_size:\n"}},
    }
    (item,) = faults(broken(case, tmp_path))
    assert (item.code, item.found, item.expected) == ("table-too-large", "34 × 17", "20000")
    assert "34 × 17（行 × 列）的表" in item.sentence("zh")


WARNINGS = {"branch-always", "branch-never"}
"""What `civil-aid check` says of packs that load: tests/unit/compiler/test_warnings.py meets them."""

ASKED = {"pack-no-folder", "scenario-name", "scenario-value", "overlay-kind", "name-not-in-force", "name-not-published"}
"""Codes that no file can have: what is asked of a rulebook has them, and tests/unit/test_questions.py meets them."""


def test_every_code_of_rule_files_has_a_broken_pack() -> None:
    wanted = {code for area in ("packs", "values", "names", "rules", "tables") for code in AREAS[area]}
    covered = {code for path in CASES for code in yaml.safe_load(path.read_text(encoding="utf-8"))["codes"]}
    assert wanted - covered - {*ASKED, *WARNINGS, "table-too-large"} == set()
