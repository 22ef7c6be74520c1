"""How deep rules may go: up to the limit generated Python runs them, beyond it they are refused where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from civil_aid_rules.backends.python_source import generated
from civil_aid_rules.compiler.depth import MOST_BRANCHES, MOST_LOOPS
from civil_aid_rules.errors import RulebookError
from civil_aid_rules.rulebook import Rulebook
from tests.conformance.cases import PROGRAM, cases_in
from tests.conformance.record import Record


def cases(count: int) -> str:
    """So many cases and an else, of which each holds for one number more."""
    listed = [f"{{if: a * {place} > b, is: c * {place}}}" for place in range(2, count + 2)]
    return f"{{type: number, cases: [{', '.join(listed)}, {{else: a + b + c}}]}}"


def loops(count: int) -> str:
    """For each part of each thing, so many lists within lists, which all depend on that part."""
    body = "a > b and w.value > c"
    for place in range(count, 0, -1):
        body = f"any({body} for t{place} in things)"
    return f"{{for_each: [z in things, w in z.parts], is: '{body}'}}"


def load(rule: str, folder: Path) -> Rulebook:
    """A rulebook with one rule."""
    (case,) = cases_in(f"- rules: {{x: {rule}}}\n  cases: [{{case: none, record: {{}}, expect: {{}}}}]", "here")
    return Rulebook.load(case.group.write(folder), records={"record": Record})


@pytest.mark.parametrize("rule", [cases(MOST_BRANCHES), loops(MOST_LOOPS - 2)], ids=["cases", "loops"])
def test_the_deepest_rule_that_loads_runs_as_generated_python_and_in_columns(rule: str, tmp_path: Path) -> None:
    rulebook = load(rule, tmp_path)
    evaluator, record = rulebook.evaluator(PROGRAM, on="2016-04-01"), Record(a=1, b=49, c=10)
    made = generated(evaluator.compiled, rulebook.vocabularies["record"])
    assert made.columns[0](made.run(record)) == evaluator.evaluate(record).values[0]
    assert evaluator.columns(rules=["x"]).schema.names[-1] == "x"


def test_the_fiftieth_case_is_reached(tmp_path: Path) -> None:
    """1 × n > 49 holds for n = 50 first: 10 × 50."""
    rulebook = load(cases(MOST_BRANCHES), tmp_path)
    made = generated(rulebook.compile(PROGRAM, on="2016-04-01"), rulebook.vocabularies["record"])
    assert made.columns[0](made.run(Record(a=1, b=49, c=10))) == [500]


@pytest.mark.parametrize(
    ("rule", "number"),
    [(cases(MOST_BRANCHES + 1), MOST_BRANCHES + 1), (loops(MOST_LOOPS - 1), MOST_LOOPS + 1)],
    ids=["cases", "loops"],
)
def test_one_step_deeper_is_refused_when_the_pack_loads(rule: str, number: int, tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        load(rule, tmp_path)
    (found,) = caught.value.problems
    assert (found.code, str(dict(found.values)["number"].en)) == ("rule-too-deep", str(number))


def test_divisions_by_divisions_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    """Six copies of six copies …: 6^6 = 46,656 of the innermost part."""
    with pytest.raises(RulebookError) as caught:
        load(f"{{type: number, is: '{'a / (' * 6}b{')' * 6}', if_zero: undefined}}", tmp_path)
    assert [item.code for item in caught.value.problems] == ["rule-too-deep"]


def test_a_sum_of_as_many_parts_as_a_pack_may_list_is_not_deep(tmp_path: Path) -> None:
    parts = ", ".join(f"{{id: p{n}, is: a * {n + 2}, title: {{en: p, zh: p}}}}" for n in range(100))
    rulebook = load(f"{{type: number, sum: [{parts}]}}", tmp_path)
    made = generated(rulebook.compile(PROGRAM, on="2016-04-01"), rulebook.vocabularies["record"])
    assert made.columns[0](made.run(Record(a=1))) == [sum(range(2, 102))]
