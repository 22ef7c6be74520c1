"""The library as it is installed: from a wheel, from a source archive, and from a checkout.

Nothing is downloaded: the archives are built with the hatchling at hand, and a fresh environment sees the libraries of
the one that runs the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

import civil_aid_rules
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.version import VERSION

ROOT = Path(__file__).parents[2]
CHECKOUT = (ROOT / "pyproject.toml").is_file() and Path(civil_aid_rules.__file__).is_relative_to(ROOT / "src")
EXAMPLE = ROOT / "examples" / "household.yaml"

DETERMINE = f"""
import json
import civil_aid_rules
from civil_aid_rules import Household, Rulebook
rulebook = Rulebook.load()
household = Household.load({str(EXAMPLE)!r})
amounts = {{}}
for day in ("2015-04-01", "2016-04-01"):
    payment = rulebook.evaluator("urban_dibao", on=day).determine(household).payment
    amounts[day] = str(payment.amount)
print(json.dumps({{"package": civil_aid_rules.__file__, "rules": str(rulebook.packs.root), "amounts": amounts}}))
"""

pytestmark = pytest.mark.skipif(not CHECKOUT, reason="needs the checkout that the tests stand in")


class Archives(NamedTuple):
    """A source archive, the wheel that was built from it, and the files that the folders held before."""

    sdist: Path
    wheel: Path
    held: dict[str, set[str]]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """Both archives, as `python -m build` makes them."""
    held = {
        folder: files_under(ROOT / folder) for folder in ("rules", "src/civil_aid_rules", "tests", "docs", "examples")
    }
    folder = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Archives(next(folder.glob("*.tar.gz")), next(folder.glob("*.whl")), held)


def fresh_python(folder: Path, wheel: Path) -> Path:
    """A new environment with the wheel installed in it, and a file that lets it see the libraries at hand."""
    pytest.importorskip("pip")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, capture_output=True, check=True)
    site = Path(asked(python, folder, "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    others = [folder for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")} if folder]
    (site / "zz_libraries.pth").write_text("\n".join(others), encoding="utf-8")
    return python


def asked(python: Path, folder: Path, code: str) -> str:
    """What `code` prints, run in `folder` away from the checkout."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run([python, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_works_in_an_empty_folder(archives: Archives, tmp_path: Path) -> None:
    """Worked example T01 from the packs inside the wheel: (450 - 300) x 3 = 450; (480 - 300) x 3 = 540."""
    python = fresh_python(tmp_path / "venv", archives.wheel)
    empty = tmp_path / "empty"
    empty.mkdir()
    said = json.loads(asked(python, empty, DETERMINE))
    package = Path(said["package"]).parent
    assert package.is_relative_to(tmp_path / "venv")
    assert Path(said["rules"]) == package / "rules"
    assert said["amounts"] == {"2015-04-01": "450.00", "2016-04-01": "540.00"}
    assert list(empty.iterdir()) == []
    words = [
        str(python.parent / "civil-aid"),
        "explain",
        str(EXAMPLE),
        "--program",
        "urban_dibao",
        "--on",
        "2016-04-01",
    ]
    explained = subprocess.run([*words, "--language", "zh"], cwd=empty, capture_output=True, check=True).stdout
    assert "拟保障金额：每月540.00元" in explained.decode("utf-8")


def test_the_checkout_uses_its_own_rules() -> None:
    assert shipped_rules() == ROOT / "rules"
    assert civil_aid_rules.Rulebook.load(programs=["urban_dibao"]).packs.root == ROOT / "rules"


def test_the_wheel_holds_every_file_of_the_packs_and_the_type_marker(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        names = set(archive.namelist())
    rules = {f"civil_aid_rules/rules/{file}" for file in archives.held["rules"]}
    modules = {f"civil_aid_rules/{file}" for file in archives.held["src/civil_aid_rules"]}
    assert rules | modules <= names
    assert "civil_aid_rules/py.typed" in names
    extra = {name for name in names - rules - modules if ".dist-info/" not in name}
    assert extra == set()


SCHEMAS = {
    f"rules/schema/{name}.schema.json"
    for name in (
        "program",
        "parameters",
        "rules",
        "overlay",
        "example",
        "household",
        "county",
        "facility",
        "history",
        "payments",
        "roll",
        "notices",
    )
}


def test_both_archives_hold_the_schemas_and_no_other(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        wheel = {name.removeprefix("civil_aid_rules/") for name in archive.namelist() if "rules/schema/" in name}
        text = archive.read("civil_aid_rules/rules/schema/program.schema.json").decode("utf-8")
    with tarfile.open(archives.sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert wheel == SCHEMAS
    assert {name for name in names if name.startswith("rules/schema/")} == SCHEMAS
    assert json.loads(text)["$ref"] == "#/$defs/ProgramBlock"


def test_the_wheel_says_what_it_needs_and_installs_the_command(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as archive:
        info = f"civil_aid_rules-{VERSION}.dist-info"
        lines = archive.read(f"{info}/METADATA").decode("utf-8").splitlines()
        assert "civil-aid = civil_aid_rules.cli.main:main" in archive.read(f"{info}/entry_points.txt").decode("utf-8")
        assert f"{info}/licenses/LICENSE" in archive.namelist()
    needed = sorted(line for line in lines if line.startswith("Requires-Dist: ") and "extra ==" not in line)
    assert [line.removeprefix("Requires-Dist: ").partition(">")[0].partition("<")[0] for line in needed] == [
        "pydantic",
        "python-dateutil",
        "pyyaml",
    ]


def test_the_source_archive_holds_what_building_and_testing_need(archives: Archives) -> None:
    with tarfile.open(archives.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "README.md", "README.zh.md", "LICENSE"}
    wanted |= {f"{folder}/{file}" for folder, files in archives.held.items() for file in files}
    assert wanted - names == set()


def files_under(folder: Path) -> set[str]:
    """Every file that belongs to the project, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".pyc", ".swp")
    }
