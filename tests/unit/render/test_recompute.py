"""Every determination can be done again from its JSON with the trace: each step from its formula and its inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

import pytest

from civil_aid_rules import Determination, Rulebook
from civil_aid_rules.records.read import read_record_node
from civil_aid_rules.testing.examples import Evaluators, read_examples
from tests.unit.render.cases import CASES, determination, islandia, shipped
from tests.unit.render.recompute import differences


def of_examples(rulebook: Rulebook) -> Iterator[Determination]:
    """Every worked example of every pack, determined."""
    evaluators = Evaluators(rulebook)
    for pack in rulebook.packs.packs.values():
        for path in pack.examples:
            for block, record in read_examples(path, path.name):
                evaluator = evaluators.of(block)
                yield evaluator.determine(read_record_node(record, rulebook.records[evaluator.record]))


@pytest.mark.parametrize("name", CASES)
def test_every_step_of_a_case_follows_from_its_formula_and_its_inputs(name: str) -> None:
    assert differences(determination(name).to_json(trace=True)) == []


@pytest.mark.parametrize("stride", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_every_step_of_the_shipped_worked_examples_follows_from_its_formula_and_its_inputs(stride: int) -> None:
    """All of them on demand, else one in six."""
    seen = [differences(found.to_json(trace=True)) for found in islice(of_examples(shipped()), 0, None, stride)]
    assert not any(seen) and len(seen) > 40 / stride


def test_every_step_of_the_fictional_worked_examples_follows_from_its_formula_and_its_inputs() -> None:
    seen = [differences(found.to_json(trace=True)) for found in of_examples(islandia())]
    assert not any(seen) and len(seen) > 80


def test_a_changed_value_of_any_step_is_noticed() -> None:
    """Each known number changed, each yes turned into no: the step itself or one that reads it no longer follows."""
    whole = json.loads(determination("regular_recipient").to_json(trace=True))
    changed = 0
    for step in whole["steps"]:
        before = step["value"]
        if before is None or step["type"] in ("date", "choice", "entry"):
            continue
        step["value"] = {"yes": "no", "no": "yes"}.get(before) or f"{before}1"
        assert differences(json.dumps(whole)), step["rule"]
        step["value"] = before
        changed += 1
    assert changed > 40


def test_an_input_that_is_left_out_is_missed() -> None:
    """Worked example T01: without the standard, the income or the number of recipients nothing follows any more."""
    whole = json.loads(determination("shortfall").to_json(trace=True))
    paid = next(step for step in whole["steps"] if step["outcome"] == "payment")
    names = [item["name"] for item in paid["inputs"]]
    for name in ("urban_dibao.standard", "urban_dibao.per_capita_income", "urban_dibao.ordinary_recipients"):
        assert name in names
        kept, paid["inputs"] = paid["inputs"], [item for item in paid["inputs"] if item["name"] != name]
        assert differences(json.dumps(whole))
        paid["inputs"] = kept
    assert differences(json.dumps(whole)) == []


def test_an_amount_that_is_not_the_sum_of_its_steps_is_noticed() -> None:
    whole = json.loads(determination("shortfall").to_json(trace=True))
    whole["payment"]["amount"] = "540.01"
    assert differences(json.dumps(whole)) == ["not 540.01"]
