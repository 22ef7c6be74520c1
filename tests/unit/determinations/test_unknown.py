"""Unknown, tested by brute force on small random programs: a definite answer stays, and what is missing is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from civil_aid_rules.ir.values import UNKNOWN
from tests.unit.determinations.small_programs import Small, Writer, completions, fact_at, write_program

PROGRAMS = 60
RECORDS = 6


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_a_definite_value_holds_under_every_completion_and_missing_is_complete(seed: int, tmp_path: Path) -> None:
    writer = Writer(seed)
    evaluator = write_program(writer.rules(), tmp_path).evaluator("p", on="2016-01-01")
    for _ in range(RECORDS):
        record = writer.record(known=0.6)
        partial = evaluator.determine(record)
        missing = [item.name for item in partial.missing if item.kind == "fact"]
        by_missing: dict[str, set[str]] = {}
        for filled in completions(record):
            full = evaluator.determine(filled)
            for name in ("helper", "amount", "outcome"):
                if partial[name] is not UNKNOWN:
                    assert full[name] == partial[name], (name, record, filled)
            key = repr([fact_at(filled, name) for name in missing])
            by_missing.setdefault(key, set()).add(full.status)
        if partial.status == "undetermined" and not any(item.kind == "conflict" for item in partial.missing):
            assert all(len(statuses) == 1 for statuses in by_missing.values()), (record, missing)


def occurs_twice(rules: str, name: str) -> bool:
    """Whether a fact may be read in two places; alternatives go by structure and cannot see that one excludes the other."""
    words = re.findall(r"[a-z]+", rules.replace("{id: e", "").replace("cite: act", "").replace("{en: e, zh: e}", ""))
    return words.count(name) > 1 or words.count("helper") > 2 or words.count("amount") > 2


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_each_alternative_settles_the_outcome_for_some_of_its_values(seed: int, tmp_path: Path) -> None:
    writer = Writer(1000 + seed)
    rules = writer.rules()
    evaluator = write_program(rules, tmp_path).evaluator("p", on="2016-01-01")
    record = writer.record(known=0.5)
    partial = evaluator.determine(record)
    if partial.status != "undetermined" or any(item.kind != "fact" for item in partial.missing):
        return
    assert partial.alternatives
    names = {item.name for item in partial.missing}
    for alternative in partial.alternatives:
        assert set(alternative) <= names
        if "$.parts" not in alternative and not any(
            occurs_twice(rules, name.rpartition(".")[2]) for name in alternative
        ):
            settled = {
                evaluator.determine(with_only(record, filled, alternative)).status for filled in completions(record)
            }
            assert settled - {"undetermined"}, (record, alternative)


def with_only(record: Small, filled: Small, names: tuple[str, ...]) -> Small:
    """The record with only the facts of `names` filled in."""
    data = record.model_dump()
    for name in names:
        steps = name.removeprefix("$.").replace("[", ".").replace("]", "").split(".")
        here = data
        for step in steps[:-1]:
            here = here[int(step)] if isinstance(here, list) else here[step]
        here[steps[-1]] = fact_at(filled, name)
    return Small.model_validate(data)
