"""Unknown, tested by brute force on small random programs: a definite answer stays, and what is missing is complete.

SMALL_PROGRAMS=2000 pytest tests/unit/determinations/test_unknown.py tries more programs than the suite does.
"""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path

import pytest

from civil_aid_rules.determination import Determination
from civil_aid_rules.evaluator import Evaluator
from civil_aid_rules.ir.values import UNKNOWN, Value
from civil_aid_rules.packs.scenario import Scenario
from tests.unit.determinations.small_programs import (
    Data,
    Small,
    Writer,
    completions,
    fact_at,
    options_at,
    with_facts,
    with_only,
    write_program,
)

PROGRAMS = int(os.environ.get("SMALL_PROGRAMS", "40"))
RECORDS = 4


def determined(evaluator: Evaluator, data: Data) -> Determination:
    return evaluator.determine(Small.model_validate(data))


def known(found: Determination) -> dict[str, Value]:
    """The values that are known: of rules for the record, and of rules for each entry of a list."""
    said: dict[str, Value] = {}
    for key in found.values:
        held = found[key]
        entries = held if isinstance(held, dict) else {"": held}
        said.update({f"{key} {entry}": value for entry, value in entries.items() if value is not UNKNOWN})
    return said


def assert_missing_is_all_that_is_missing(evaluator: Evaluator, data: Data) -> None:
    """Whatever else is filled in, records that agree in what is missing get one status; and what was known stays."""
    partial = determined(evaluator, data)
    certain = known(partial)
    missing = [item.name for item in partial.missing if item.kind == "fact"]
    statuses: dict[str, set[str]] = {}
    for filled in completions(data):
        full = determined(evaluator, filled)
        came = known(full)
        assert {name: came.get(name) for name in certain} == certain, (data, filled)
        statuses.setdefault(repr([fact_at(filled, name) for name in missing]), set()).add(full.status)
    if partial.status == "undetermined":
        assert partial.missing
        assert all(len(found) == 1 for found in statuses.values()), (data, missing)
    else:
        assert set().union(*statuses.values()) == {partial.status}


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_a_definite_value_holds_under_every_completion_and_missing_is_complete(seed: int, tmp_path: Path) -> None:
    writer = Writer(seed)
    evaluator = write_program(writer.rules(), tmp_path).evaluator("p", on="2016-01-01")
    for _ in range(RECORDS):
        assert_missing_is_all_that_is_missing(evaluator, writer.record(known=0.6))


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_the_same_holds_for_every_form_of_rule_lists_in_lists_and_references(seed: int, tmp_path: Path) -> None:
    writer = Writer(50_000 + seed)
    evaluator = write_program(writer.rich_rules(), tmp_path).evaluator("p", on="2016-01-01")
    for _ in range(RECORDS):
        assert_missing_is_all_that_is_missing(evaluator, writer.record(known=0.6))


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_setting_what_is_missing_of_parameters_and_facts_leaves_nothing_open(seed: int, tmp_path: Path) -> None:
    writer = Writer(90_000 + seed)
    rules = writer.rich_rules().replace("undefined", "0")
    rulebook = write_program(rules, tmp_path)
    evaluator = rulebook.evaluator("p", on="2016-01-01")
    for _ in range(RECORDS):
        data = writer.record(known=0.6)
        partial = determined(evaluator, data)
        facts = tuple(item.name for item in partial.missing if item.kind == "fact")
        unset = {item.name: "0" for item in partial.missing if item.kind == "parameter"}
        if partial.status != "undetermined" or any(item.kind == "conflict" for item in partial.missing):
            continue
        asked = rulebook.with_overlay(Scenario(unset)).evaluator("p", on="2016-01-01") if unset else evaluator
        for filled in completions(data, most=100):
            full = determined(asked, with_only(data, filled, facts))
            kinds = {item.kind for item in full.missing}
            assert full.status != "undetermined" or kinds <= {"conflict", "undefined"}, (data, filled, full.missing)


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_a_definite_value_holds_while_the_facts_behind_what_was_assumed_stay_unknown(seed: int, tmp_path: Path) -> None:
    writer = Writer(70_000 + seed)
    rules = writer.rules(assumes=True)
    evaluator = write_program(rules, tmp_path).evaluator("p", on="2016-01-01")
    behind = set(re.findall(r"[a-z]+", rules.partition("amount:")[0])) & {"a", "b", "c", "x", "y", "parts"}
    for _ in range(RECORDS):
        data = writer.record(known=0.5)
        partial = determined(evaluator, data)
        held_fixed = behind if partial.assumed else set()
        certain = known(partial)
        for filled in completions(data, most=100):
            fixed = {name: value for name, value in filled.items() if name not in held_fixed or name in data}
            fixed.update({"parts": data["parts"]} if "parts" in held_fixed and "parts" in data else {})
            came = known(determined(evaluator, fixed))
            assert {name: came.get(name) for name in certain} == certain, (data, fixed)


# --- alternatives -----------------------------------------------------------------------------------------------------


def settling_sets(evaluator: Evaluator, data: Data, missing: list[str]) -> list[tuple[str, ...]]:
    """By brute force: the smallest sets of leaves of which some values settle the status, whatever the others are."""
    found: list[tuple[str, ...]] = []
    for size in range(1, len(missing) + 1):
        for names in itertools.combinations(missing, size):
            if not any(set(smaller) <= set(names) for smaller in found) and _settle(evaluator, data, names):
                found.append(names)
    return sorted(found, key=lambda item: (len(item), item))


def _settle(evaluator: Evaluator, data: Data, names: tuple[str, ...]) -> bool:
    ways = itertools.product(*(options_at(name) for name in names))
    records = (with_facts(data, dict(zip(names, values, strict=True))) for values in ways)
    return any(determined(evaluator, record).status != "undetermined" for record in records)


@pytest.mark.parametrize("seed", range(2 * PROGRAMS))
def test_alternatives_are_exactly_the_smallest_sets_that_settle_the_outcome(seed: int, tmp_path: Path) -> None:
    writer = Writer(1000 + seed)
    rules = writer.read_once_rules()
    evaluator = write_program(rules, tmp_path).evaluator("p", on="2016-01-01")
    for _ in range(3):
        data = writer.record(known=0.5)
        partial = determined(evaluator, data)
        missing = sorted(item.name for item in partial.missing)
        if partial.status == "undetermined" and len(missing) <= 6:
            assert list(partial.alternatives) == settling_sets(evaluator, data, missing), (rules, data)


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_alternatives_hold_nothing_but_what_is_missing_and_none_holds_another(seed: int, tmp_path: Path) -> None:
    writer = Writer(30_000 + seed)
    evaluator = write_program(writer.rich_rules(), tmp_path).evaluator("p", on="2016-01-01")
    for _ in range(RECORDS):
        partial = determined(evaluator, writer.record(known=0.5))
        names = {item.name for item in partial.missing}
        assert bool(partial.missing) is (partial.status == "undetermined")
        for alternative in partial.alternatives:
            assert alternative and set(alternative) <= names
            assert not any(set(other) < set(alternative) for other in partial.alternatives)


def outcome(rules: str, data: Data, folder: Path) -> Determination:
    return determined(write_program(rules, folder).evaluator("p", on="2016-01-01"), data)


TWO: Data = {"parts": [{"id": "p"}, {"id": "q"}]}


def rule(text: str) -> str:
    return f"outcome:\n  is: '{text}'\n  if_empty: 'no'\n  cite: act\n"


@pytest.mark.parametrize(
    ("text", "data", "alternatives"),
    [
        ("a and b", {}, [("$.a",), ("$.b",)]),
        ("a and b", {"a": True}, [("$.b",)]),
        ("a or b", {}, [("$.a",), ("$.b",)]),
        ("a and (b or c)", {}, [("$.a",), ("$.b", "$.c")]),
        ("a or x > y", {}, [("$.a",), ("$.x", "$.y")]),
        ("not (a and b)", {}, [("$.a",), ("$.b",)]),
        ("x + y > 0", {}, [("$.x", "$.y")]),
        ("any(p.f for p in parts)", {}, [("$.parts",)]),
        ("any(p.f for p in parts)", {"parts": [{"id": "p"}, {"id": "q"}]}, [("$.parts[0].f",), ("$.parts[1].f",)]),
        ("any(p.f for p in parts)", {"parts": [{"id": "p"}, {"id": "q", "f": False}]}, [("$.parts[0].f",)]),
        ("all(p.f for p in parts)", {"parts": [{"id": "p"}, {"id": "q"}]}, [("$.parts[0].f",), ("$.parts[1].f",)]),
        # To refuse because nobody meets it, everybody must be known not to; that is impossible once one surely does.
        ("count(p for p in parts if p.f) > 0", TWO, [("$.parts[0].f", "$.parts[1].f")]),
        (
            "a and count(p for p in parts if p.f) > 0",
            {"parts": [{"id": "p"}, {"id": "q", "f": True}]},
            [("$.a",)],
        ),
        (
            "a and count(p for p in parts if p.f) > 0",
            {"a": True, "parts": [{"id": "p"}, {"id": "q", "f": True}]},
            [("$.parts[0].f",)],
        ),
        (
            "c and 0 == count(p for p in parts if p.f)",
            {"parts": [{"id": "q", "f": True}, {"id": "p"}]},
            [("$.c",), ("$.parts[1].f",)],
        ),
    ],
)  # fmt: skip
def test_alternatives_by_structure(text: str, data: Data, alternatives: list[tuple[str, ...]], tmp_path: Path) -> None:
    found = outcome(rule(text), data, tmp_path)
    assert list(found.alternatives) == alternatives
    assert not found.alternatives_truncated


def test_of_more_than_16_alternatives_the_smallest_are_given_and_said_to_be_some(tmp_path: Path) -> None:
    parts = [{"id": f"p{n}"} for n in range(20)]
    found = outcome(rule("any(p.f and p.n > 0 for p in parts)"), {"parts": parts}, tmp_path)
    assert len(found.alternatives) == 16
    assert found.alternatives_truncated
    assert {len(item) for item in found.alternatives} == {2}, "one entry must meet both"


# --- a few cases by hand ----------------------------------------------------------------------------------------------


def names(found: Determination) -> list[str]:
    return [item.name for item in found.missing]


def test_a_case_that_is_never_reached_misses_nothing(tmp_path: Path) -> None:
    rules = "outcome:\n  cases: [{if: a, is: b}, {if: c, is: 'yes'}, {else: 'no'}]\n  cite: act\n"
    assert names(outcome(rules, {"a": True}, tmp_path)) == ["$.b"]


def test_what_stands_behind_a_reference_that_is_not_known_is_missing_too(tmp_path: Path) -> None:
    rules = (
        "chosen:\n  title: {en: T, zh: T}\n  pick: {from: p in parts, by: p.n, order: highest, tie: listed_first}\n"
        "  cite: act\noutcome:\n  is: chosen != none and chosen.f\n  cite: act\n"
    )
    data = {"parts": [{"id": "p", "n": 1}, {"id": "q", "f": True}]}
    assert names(outcome(rules, data, tmp_path)) == ["$.parts[0].f", "$.parts[1].n"]


def test_an_unset_table_is_missing_also_while_its_key_is(tmp_path: Path) -> None:
    rulebook = write_program(rule("x > 0"), tmp_path)
    assert rulebook.programs == ("p",)
    (tmp_path / "p" / "parameters.yaml").write_text(
        "limit: {title: {en: L, zh: L}, type: number, key: number,"
        " values: [{from: 2000-01-01, value: null, cite: act}]}",
        encoding="utf-8",
    )
    (tmp_path / "p" / "rules" / "2000-01-01.yaml").write_text(rule("limit[x] > 0"), encoding="utf-8")
    evaluator = type(rulebook).load(tmp_path, records={"small": Small}).evaluator("p", on="2016-01-01")
    assert names(determined(evaluator, {})) == ["$.x", "p.limit"]


def test_a_chain_of_a_thousand_rules_is_followed_to_its_end(tmp_path: Path) -> None:
    chain = "".join(f"r{n}:\n  is: r{n - 1} and b\n  cite: act\n" for n in range(1, 1000))
    rules = f"r0:\n  is: a\n  cite: act\n{chain}outcome:\n  is: r999 or c\n  cite: act\n"
    found = outcome(rules, {"b": True}, tmp_path)
    assert names(found) == ["$.a", "$.c"]
    assert list(found.alternatives) == [("$.a",), ("$.c",)]
