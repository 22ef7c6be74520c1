"""Generated source grows with the rules that it is made of, and is given up with the functions made of it."""

from __future__ import annotations

import linecache
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook
from civil_aid_rules.backends.python_source import generated
from civil_aid_rules.compiler.lower import lower
from civil_aid_rules.determinations import columns
from civil_aid_rules.determinations.columns import determine_batch
from civil_aid_rules.ir.scaled import nodes_under
from tests.conformance.cases import PROGRAM, cases_in
from tests.conformance.record import Record


def rulebook_of(rules: str, folder: Path) -> Rulebook:
    """A rulebook over the conformance record."""
    (case,) = cases_in(f"- rules: {{{rules}}}\n  cases: [{{case: none, record: {{}}, expect: {{}}}}]", "here")
    return Rulebook.load(case.group.write(folder), records={"record": Record})


def source_of(rulebook: Rulebook) -> str:
    """The generated source."""
    return generated(rulebook.compile(PROGRAM, on="2016-04-01"), rulebook.vocabularies["record"]).source


def test_each_further_division_adds_as_much_as_the_one_before(tmp_path: Path) -> None:
    """What is divided stands in it once, though the divisor may be negative; the divisors so far are multiplied."""
    sizes = []
    for count in (4, 8, 12):
        divided = "a" + " / b / c" * (count // 2)
        rulebook = rulebook_of(f"x: {{type: number, is: {divided}, if_zero: undefined}}", tmp_path / str(count))
        program = lower(rulebook.compile(PROGRAM, on="2016-04-01"), rulebook.vocabularies["record"])
        sizes.append(sum(1 for _ in nodes_under(program.rules[0].value)))
    assert sizes[2] - sizes[1] < 2 * (sizes[1] - sizes[0])


def test_a_chain_in_which_each_rule_reads_two_before_it_is_lowered_in_one_pass(tmp_path: Path) -> None:
    """Forty steps: looked at anew for each reader, the first rule would be looked at 2^40 times."""
    rules = ["x0: {type: number, is: a}", "y0: {type: number, is: b}"]
    for step in range(1, 40):
        for name in "xy":
            cases = f"[{{if: c * {step} > a, is: x{step - 1}}}, {{else: y{step - 1}}}]"
            rules.append(f"{name}{step}: {{type: number, cases: {cases}}}")
    assert len(source_of(rulebook_of(", ".join(rules), tmp_path))) < 40_000


@pytest.mark.parametrize("deep", [3, 5, 7])
def test_sums_within_sums_are_each_written_once(deep: int, tmp_path: Path) -> None:
    body, names = "a", [f"t{place}" for place in range(deep)]
    for outer, name in reversed(list(zip(["b", *(f"{name}.size" for name in names)], names, strict=False))):
        body = f"sum({body} for {name} in things if {name}.size > {outer})"
    source = source_of(rulebook_of(f"x: {{type: number, is: '{body}'}}", tmp_path))
    assert source.count("in things:") == deep


def test_nothing_keeps_source_whose_functions_are_gone(tmp_path: Path) -> None:
    before = set(linecache.cache)
    for step in ("2", "3"):
        source_of(rulebook_of(f"x: {{type: number, is: a * {step}}}", tmp_path / step))
    assert set(linecache.cache) == before


def test_a_program_keeps_the_kernels_of_the_last_kinds_of_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "MOST_KERNELS", 3)
    evaluator = rulebook_of("x: {type: number, is: a + b + c}", tmp_path).evaluator(PROGRAM, on="2016-04-01")
    prepared, random = evaluator.columns(rules=["x"]), Random(1)
    for _ in range(20):
        row = {name: 1 for name in ("a", "b", "c") if random.random() < 0.5}
        found, _ = determine_batch(prepared, pa.RecordBatch.from_pylist([{"a": 1, **row}]))
        assert found.column("x").to_pylist() == [3 if {"b", "c"} <= row.keys() else None]
    assert 1 < len(prepared.kernels) <= 3
