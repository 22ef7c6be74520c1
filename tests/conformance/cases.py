"""The conformance cases as objects: a tiny pack in a folder, a record, and the values that must come out.

A file of `cases/` is a list of groups. A group has `rules` (as in a pack; titles and citations may be left out),
`parameters` (a bare text is a plain number from 2000-01-01), perhaps `age_rule` and `on`, and its `cases`: each a
record and what each rule must be. `unknown` stands for an unknown value, `none` for known to be none; a list has one
value for each entry.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from civil_aid_rules.ir.values import UNKNOWN
from tests.conformance.record import Record

FOLDER = Path(__file__).parent / "cases"
PROGRAM = "conformance"
FIRST_DAY = "2000-01-01"
DEFAULT_DAY = "2016-04-01"

TITLE = {"en": "made up for a case", "zh": "用例虚构"}
CITE = {"assumption": TITLE}
AGE_RULE = {"reached_on": "birthday", "leap_day": "mar1"}


@dataclass(frozen=True, slots=True)
class Group:
    """One tiny pack, by the text of its two files."""

    program: str
    parameters: str
    rules: str

    def write(self, root: Path) -> Path:
        """Write the pack as a folder under `root`; returns `root`."""
        pack = root / PROGRAM
        (pack / "rules").mkdir(parents=True)
        (pack / "program.yaml").write_text(self.program, encoding="utf-8")
        (pack / "rules" / f"{FIRST_DAY}.yaml").write_text(self.rules, encoding="utf-8")
        if self.parameters:
            (pack / "parameters.yaml").write_text(self.parameters, encoding="utf-8")
        return root


@dataclass(frozen=True, slots=True)
class Case:
    """One record under one group's rules on one day, and the value that each rule must have."""

    id: str
    group: Group
    on: str
    record_json: str
    expected: tuple[tuple[str, Any], ...]

    @property
    def record(self) -> Record:
        """The record, read as a user's JSON is."""
        return Record.from_json(self.record_json)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file, in file order."""
    texts = [(path.read_text(encoding="utf-8"), path.stem) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(case for text, name in texts for case in cases_in(text, name))


def all_groups() -> tuple[Group, ...]:
    """Every pack that some case runs on."""
    return tuple(dict.fromkeys(case.group for case in all_cases()))


def cases_in(text: str, name: str) -> list[Case]:
    """The cases of a text. Rules are kept as the texts they are; records and expectations are read as YAML values."""
    written, valued = yaml.load(text, yaml.BaseLoader), yaml.safe_load(text)
    found: list[Case] = []
    for group, values in zip(written, valued, strict=True):
        assert set(group) <= {"rules", "parameters", "age_rule", "on", "cases"}, f"{name}: {set(group)}"
        pack = _group(group)
        for case, value in zip(group["cases"], values["cases"], strict=True):
            case_name = f"{name}: {case.get('case', value.get('record'))}"
            assert set(case) <= {"case", "record", "expect", "on"}, case_name
            on = case.get("on", group.get("on", DEFAULT_DAY))
            record = json.dumps(value.get("record") or {}, default=datetime.date.isoformat)
            expected = tuple((rule, _expected(item)) for rule, item in value["expect"].items())
            found.append(Case(case_name, pack, on, record, expected))
    return found


def _expected(value: Any) -> Any:
    if value == "unknown":
        return UNKNOWN
    if isinstance(value, list):
        return [_expected(item) for item in value]
    if isinstance(value, str) and value.lstrip("-").replace("/", "", 1).isdecimal():
        return Fraction(value)
    assert not isinstance(value, float), f"{value}: write it as a fraction, 3/2"
    return value


# --- the pack's files -------------------------------------------------------------------------------------------------


def _group(group: dict[str, Any]) -> Group:
    program = {
        "program": PROGRAM,
        "title": TITLE,
        "record": "record",
        "age_rule": {**AGE_RULE, **group.get("age_rule", {}), "cite": CITE},
        "outcome": {"eligible": "decided"},
    }
    decided = {"is": "yes", "cite": CITE}
    rules = {**{name: _rule(rule) for name, rule in group["rules"].items()}, "decided": decided}
    parameters = {name: _parameter(block) for name, block in group.get("parameters", {}).items()}
    return Group(_yaml(program), _yaml(parameters) if parameters else "", _yaml(rules))


def _yaml(data: object) -> str:
    """The data with every text written plainly: what is `no` stays `no`."""
    text: str = yaml.dump(data, Dumper=_PlainDumper, allow_unicode=True, width=10_000, sort_keys=False)
    return text


class _PlainDumper(yaml.SafeDumper):
    """Quotes a text only where YAML needs it, and never writes an anchor."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_PlainDumper.yaml_implicit_resolvers = {}


def _parameter(block: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"type": "number", "values": [{"from": FIRST_DAY, "value": block}]}
    written: dict[str, Any] = plain if isinstance(block, str) else block
    values = [{"cite": CITE, **value} for value in written["values"]]
    return {"title": TITLE, **written, "values": values}


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule with a title, citations and sentences wherever the case leaves them out."""
    full = {"title": TITLE, "cite": CITE, **rule}
    if "flag" in rule:
        full["say"] = TITLE
    for key in ("all", "any"):
        if key in rule:
            full[key] = [{"say": TITLE, **item} for item in rule[key]]
    for key in ("round", "if_unknown"):
        if key in rule:
            full[key] = {"cite": CITE, **rule[key]}
    if "choose" in rule:
        full["choose"] = {**rule["choose"], "options": [{"title": TITLE, **item} for item in rule["choose"]["options"]]}
    if "decide" in rule:
        full["decide"] = {**rule["decide"], "rows": [{**row, "cite": CITE} for row in rule["decide"]["rows"]]}
    if "except" in rule:
        full["except"] = [_exception(item) for item in rule["except"]]
    return full


def _exception(block: dict[str, Any]) -> dict[str, Any]:
    full = {"cite": CITE, "say": TITLE, **block}
    if "except" in block:
        full["except"] = [_exception(item) for item in block["except"]]
    return full
