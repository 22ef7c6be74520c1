"""An editor marks what the reader refuses for its shape, and nothing that the reader takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from civil_aid_rules.errors import RulebookError
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.testing.examples import read_examples
from tests.bad_packs.record import Home
from tests.bad_packs.test_bad_packs import CASES, broken
from tests.unit.packs.editors import Version, fault, pack_files, schema_of

PROGRAM, PARAMETERS, RULES = "aid/program.yaml", "aid/parameters.yaml", "aid/rules/2014-03-01.yaml"
LOCAL = """\
overlay: county
kind: local
title: {en: C, zh: 县}
jurisdiction: county
level: county
issuer: {level: city, name: {en: C, zh: 县}, in_the_name_of: {en: C, zh: 县}, number: 1, date: 2016-01-01}
parameters: {aid.standard: {values: [{from: 2016-03-01, published: 2016-03-01, value: 500, cite: act}]}}
"""
SCENARIO = """\
overlay: raised
kind: scenario
title: {en: R, zh: 提}
parameters: {aid.standard: 500}
rules: {aid.any_old: {is: no}}
"""
EXAMPLE = """\
example: one
title: {en: O, zh: 一}
source: By hand.
program: aid
on: 2016-04-01
record: {members: []}
expect: {status: eligible, amount: null, values: {per_head: null, size: 0, any_old: no}, missing: []}
"""


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """The sound rulebook with one edit; overlays and examples are added to it."""
    added = {"overlays/county.yaml": LOCAL, "overlays/raised.yaml": SCENARIO, "aid/examples/one.yaml": EXAMPLE}
    if file in added:
        assert added[file].count(old) == 1
        added[file] = added[file].replace(old, new)
        return broken({"add": added}, folder)
    return broken({"add": added, "replace": {file: {old: new}}}, folder)


def codes(root: Path) -> set[str]:
    """The codes with which the reader refuses a rulebook or its examples."""
    try:
        Rulebook.load(root, records={"home": Home})
        for path in (root / "aid" / "examples").glob("*.yaml"):
            read_examples(path, path.name)
    except RulebookError as error:
        return {item.code for item in error.problems}
    return set()


def marks(root: Path, version: Version) -> dict[str, str]:
    """Where an editor marks a fault, by file."""
    found = {path: fault(schema_of(path), path.read_text(encoding="utf-8"), version) for path in kinds_of(root)}
    return {path.relative_to(root).as_posix(): where for path, where in found.items() if where is not None}


def kinds_of(root: Path) -> list[Path]:
    known = {"program", "parameters", "notices"}
    return [p for p in pack_files(root) if p.stem in known or p.parent.name in ("rules", "overlays", "examples")]


WRONG: list[tuple[str, str, str, str, str]] = [
    # program.yaml
    (PROGRAM, "record: home", "records: home", "data", "pack-unknown-key"),
    (PROGRAM, "title: {en: Aid, zh: 救助}\n", "", "data", "pack-missing-key"),
    (PROGRAM, "title: {en: Aid, zh: 救助}", "title: Aid", "data.title", "pack-wrong-value"),
    (PROGRAM, "title: {en: Aid, zh: 救助}", "title: {en: Aid}", "data.title", "pack-missing-key"),
    (PROGRAM, "program: aid", "program: aid\ndefinitions: aid", "data", "pack-one-of"),
    (PROGRAM, "program: aid\n", "", "data", "pack-one-of"),
    (PROGRAM, "flags: [look]", "flags: look", "data.outcome.flags", "pack-wrong-value"),
    (PROGRAM, "eligible: eligible", "eligible: [eligible]", "data.outcome.eligible", "pack-wrong-value"),
    (PROGRAM, "on: birthday", "on: birth_day", "data.age_rule.reached_on", "pack-word"),
    (PROGRAM, "kind: source_document", "number: 5", "data.sources.plan", "pack-missing-key"),
    (PROGRAM, "  plan:", "  The plan:", "data.sources", "pack-bad-name"),
    # parameters.yaml
    (PARAMETERS, "set_by: [city]", "setby: [city]", "data.standard", "pack-unknown-key"),
    (PARAMETERS, "  type: year\n", "", "data.old_age", "pack-missing-key"),
    (PARAMETERS, "type: year", "type: choice", "data.old_age", "type-no-choices"),
    (PARAMETERS, 'value: "60"', "value: [60]", "data.old_age.values[0].value", "pack-wrong-value"),
    (PARAMETERS, 'value: "60"', 'value: "60", table: {"1": "2"}', "data.old_age.values[0]", "pack-one-of"),
    (PARAMETERS, ', value: "60"', "", "data.old_age.values[0]", "pack-one-of"),
    (PARAMETERS, ", cite: act art. 3", "", "data.old_age.values[0]", "cite-missing"),
    (PARAMETERS, '{"1": "10", "2": "18"}', "[10, 18]", "data.by_size.values[0].table", "pack-wrong-value"),
    (PARAMETERS, "past_end: last", "past_end: first", "data.by_size.values[0].past_end", "pack-word"),
    (PARAMETERS, "old_age:", "Old age:", "data", "pack-bad-name"),
    (PARAMETERS, 'value: "450"', "value: 4,50", "data.standard.values[0]", "pack-unknown-key"),
    # rules/DATE.yaml
    (RULES, "if_zero: undefined", "if_null: undefined", "data.per_head", "pack-unknown-key"),
    (RULES, "  is: total / size\n", "", "data.per_head", "rule-form"),
    (RULES, "  is: total / size\n", "  is: total / size\n  flag: any_old\n", "data.per_head", "rule-form"),
    (RULES, "is: total / size", "is: [total, size]", "data.per_head.is", "pack-wrong-value"),
    (RULES, "  cite: act art. 10\n", "", "data.look", "cite-missing"),
    (RULES, "  say: {en: look at this, zh: 请核查}\n", "", "data.look", "title-missing"),
    (RULES, "  title: {en: Members, zh: 人数}\n", "", "data.size", "title-missing"),
    (RULES, "{id: below, if:", "{if:", "data.eligible.all[0]", "pack-missing-key"),
    (RULES, "id: below", "id: Below", "data.eligible.all[0].id", "pack-bad-name"),
    (RULES, "mode: half_up", "mode: half-up", "data.payment.round.mode", "pack-word"),
    (RULES, "half_up, cite: act art. 9}", "half_up}", "data.payment.round", "pack-missing-key"),
    (RULES, "[land, '-']", "land", "data.class_amount.decide.rows[2].when", "pack-wrong-value"),
    (RULES, "  is: count(m for m in members)", "  cases: [{if: any_old}]", "data.size.cases[0]", "case-form"),
    # overlays/NAME.yaml
    ("overlays/county.yaml", "kind: local", "kind: locale", "data.kind", "pack-word"),
    ("overlays/county.yaml", "jurisdiction: county\n", "", "data", "overlay-issuer"),
    ("overlays/county.yaml", "level: county\n", "", "data", "overlay-issuer"),
    ("overlays/county.yaml", "number: 1, ", "", "data.issuer", "pack-missing-key"),
    ("overlays/county.yaml", ", cite: act", "", "data.parameters.aid.standard.values[0]", "cite-missing"),
    ("overlays/county.yaml", "parameters:", "rules: {aid.size: {is: 1}}\nparameters:", "data.rules", "overlay-rule"),
    ("overlays/raised.yaml", "title:", "titles:", "data", "pack-missing-key"),
    ("overlays/raised.yaml", "aid.standard:", "standard:", "data.parameters", "overlay-bare-name"),
    ("overlays/raised.yaml", "{is: no}", "{repealed: true}", "data.rules.aid.any_old", "rule-form"),
    ("overlays/raised.yaml", "{is: no}", "no", "data.rules.aid.any_old", "pack-wrong-value"),
    # examples/NAME.yaml
    ("aid/examples/one.yaml", "status: eligible", "status: yes", "data.expect.status", "pack-word"),
    ("aid/examples/one.yaml", "status: eligible, ", "", "data.expect", "pack-missing-key"),
    ("aid/examples/one.yaml", "source: By hand.\n", "", "data", "pack-missing-key"),
    ("aid/examples/one.yaml", "on: 2016-04-01", "on: 2016-04-01\nday: 2016-04-01", "data", "pack-unknown-key"),
    ("aid/examples/one.yaml", "missing: []", "missing: none", "data.expect.missing", "pack-wrong-value"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "code"), WRONG)
def test_a_wrong_file_is_marked_where_it_is_wrong_and_refused(
    file: str, old: str, new: str, where: str, code: str, tmp_path: Path
) -> None:
    root = edited(tmp_path, file, old, new)
    assert marks(root, "1.1") == marks(root, "1.2") == {file: where}
    assert code in codes(root)


RIGHT: list[tuple[str, str, str]] = [
    (PROGRAM, "kind: source_document", "kind: source_document, number: 649, issued: 2014-01-02"),
    (PROGRAM, "sources:", "note: {en: 2016, zh: no}\nsources:"),
    (PROGRAM, "title: {en: Aid, zh: 救助}", "title: {en: yes, zh: 2014-03-01}"),
    (PARAMETERS, 'value: "60"', "value: 60"),
    (PARAMETERS, 'value: "450"', "value: 450.50"),
    (PARAMETERS, 'value: "60"', "value: null"),
    (PARAMETERS, 'table: {"1": "10", "2": "18"}, past_end: last', "table: {1: 10, 2: 18}, past_end: {each_further: 5}"),
    (PARAMETERS, 'table: {"1": "10", "2": "18"}, past_end: last', "bands: [{below: 3, is: 10}, {rest: true, is: 18}]"),
    (PARAMETERS, "cite: act art. 4", "cite: [act art. 4, {assumption: {en: A, zh: 甲}}]"),
    (RULES, "[town, 'yes']", "[town, yes]"),
    (RULES, 'to: "0.01"', "to: 0.01"),
    (RULES, "id: below", "id: on"),
    (RULES, "look:", "old_now: {is: yes, cite: act, until: 2017-12-31}\nlook:"),
    ("overlays/raised.yaml", "aid.standard: 500", "aid.standard: null"),
    ("overlays/raised.yaml", "{is: no}", "{any: [{id: y, if: yes, say: {en: 1, zh: 2}}]}"),
    ("overlays/county.yaml", "value: 500", "value: null"),
    ("aid/examples/one.yaml", "amount: null", "amount: 540.00"),
    ("aid/examples/one.yaml", "source: By hand.", "source: {en: By hand., zh: 手算。}\nknown_on: 2016-12-31"),
    ("aid/examples/one.yaml", "example: one", "example: 12:30"),
]


@pytest.mark.parametrize(("file", "old", "new"), RIGHT)
def test_what_the_reader_takes_unquoted_is_not_marked(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = edited(tmp_path, file, old, new)
    assert codes(root) == set()
    assert marks(root, "1.1") == marks(root, "1.2") == {}


def test_a_file_of_several_examples_is_a_list_and_each_is_held_to_the_schema() -> None:
    one = "- " + EXAMPLE.replace("\n", "\n  ").rstrip(" ")
    assert fault("example.schema.json", one + one) is None
    assert fault("example.schema.json", one + one.replace("program: aid", "note: {}")) == "data[1]"
    assert fault("example.schema.json", "[]") is None
    assert fault("example.schema.json", "one") == "data"


def test_null_is_marked_where_the_reader_would_take_it_for_a_word(tmp_path: Path) -> None:
    root = edited(tmp_path, PROGRAM, "kind: source_document", "kind: source_document, number: null")
    assert codes(root) == set()
    assert marks(root, "1.2") == {PROGRAM: "data.sources.plan.number"}


# --- the broken packs of tests/bad_packs -----------------------------------------------------------------------------

OF_SHAPE = {
    "pack-unknown-key", "pack-missing-key", "pack-one-of", "pack-word", "pack-wrong-value", "pack-bad-name",
    "rule-form", "case-form", "cite-missing", "rank-scope", "table-band", "title-missing", "type-no-choices",
    "overlay-bare-name", "overlay-issuer", "overlay-rule",
}  # fmt: skip
"""Faults of one block alone, which a schema can see."""
BY_ORDER = {"case-form", "table-band", "notice-names"}
"""Cases whose fault is which entry of a list comes last, or a name that stands nowhere: no schema says that."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_broken_pack_is_marked_if_and_only_if_its_fault_is_one_of_shape(path: Path, tmp_path: Path) -> None:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = marks(broken(case, tmp_path), "1.2")
    assert bool(found) == (bool(OF_SHAPE & set(case["codes"])) and path.stem not in BY_ORDER), found
