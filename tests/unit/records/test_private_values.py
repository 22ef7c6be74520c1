"""Names and document numbers never appear: in no error, repr, log or explanation, whatever is wrong with the record.

The suite tries few names; more of them, on demand: PRIVATE_VALUES=2000 python -m pytest tests/unit/records
"""

from __future__ import annotations

import copy
import json
import logging
import os
import random
import traceback
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civil_aid_rules.citations import Language
from civil_aid_rules.determination import Format
from civil_aid_rules.errors import RecordError
from civil_aid_rules.evaluator import Evaluator
from civil_aid_rules.records.household import Household
from civil_aid_rules.rulebook import Rulebook
from tests.unit.records.mutations import MUTATIONS, family, wrecked_yaml

LANGUAGES: tuple[Language, ...] = ("en", "zh")
FORMATS: tuple[Format, ...] = ("text", "markdown", "html")
EXAMPLES = int(os.environ.get("PRIVATE_VALUES", "25"))
SECRET = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20).map(
    lambda text: f"※{text}※"
)
"""A text that stands nowhere else: between two signs that no message has."""


@pytest.fixture(scope="module")
def evaluators() -> list[Evaluator]:
    rulebook = Rulebook.load(programs=["urban_dibao", "rural_dibao"])
    return [rulebook.evaluator(program, on="2016-04-01") for program in rulebook.programs]


def everything_said(error: BaseException) -> str:
    """All that an error can show: its texts, reprs, arguments, traceback, and what it carries along."""
    said = [str(error), repr(error), repr(error.args), "".join(traceback.format_exception(error))]
    if isinstance(error, RecordError):
        said += [error.text("en"), error.text("zh"), *(repr(item) for item in error.problems)]
    for other in (error.__cause__, error.__context__):
        if other is not None:
            said.append(everything_said(other))
    return "\n".join(said)


def everything_shown(evaluator: Evaluator, record: Household, language: Language, form: Format) -> list[str]:
    """All that a determination can show, its explanation in one language and format."""
    found = evaluator.determine(record)
    said = [repr(record), str(record), repr(record.members), str(record.members), f"{record}", repr([record])]
    said += [repr(found), str(found), found.to_json(trace=True), repr(found.trace), repr(found.evaluation)]
    said += [repr(found.to_records()), repr(found.model_dump())]
    return [*said, found.explain(language=language, format=form)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_no_explanation_shows_a_private_value(evaluators: list[Evaluator], language: Language, form: Format) -> None:
    record = Household.from_json(json.dumps(family("※李四※", "※110101197503080011※")))
    said = [text for evaluator in evaluators for text in everything_shown(evaluator, record, language, form)]
    said += [evaluator.determine(record)._repr_html_() for evaluator in evaluators]
    assert not [text for text in said if "※" in text]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=SECRET, number=SECRET, seed=st.integers(0, 10**9))
def test_an_explanation_a_trace_and_a_repr_show_no_private_value(
    name: str, number: str, seed: int, evaluators: list[Evaluator], caplog: pytest.LogCaptureFixture
) -> None:
    """Each name meets one program, language and format."""
    caplog.set_level(logging.DEBUG)
    chance = random.Random(seed)
    record = Household.from_json(json.dumps(family(name, number)))
    said = everything_shown(chance.choice(evaluators), record, chance.choice(LANGUAGES), chance.choice(FORMATS))
    assert not [text for text in [*said, caplog.text] if "※" in text]


@settings(max_examples=4 * EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=SECRET, number=SECRET, seed=st.integers(0, 10**9))
def test_an_error_shows_no_private_value_whatever_is_wrong(
    name: str, number: str, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(seed)
    data: Any = family(name, number)
    for _ in range(chance.choice([1, 1, 2, 5])):
        data = chance.choice(MUTATIONS)(copy.deepcopy(data), chance)
    text = json.dumps(data, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.4:
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(["", '"', "\\", ",", "{", "]", "x", "\ud800", "NaN"]) + text[place + 1 :]
    try:
        Household.from_json(text)
    except RecordError as error:
        assert "※" not in everything_said(error)
    assert "※" not in caplog.text


@settings(max_examples=4 * EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=SECRET, number=SECRET, seed=st.integers(0, 10**9))
def test_an_error_of_a_yaml_record_shows_no_private_value(name: str, number: str, seed: int, tmp_path: Path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text(wrecked_yaml(name, number, random.Random(seed)), encoding="utf-8")
    try:
        Household.load(path)
    except RecordError as error:
        assert "※" not in everything_said(error)


@pytest.mark.parametrize(
    "changes",
    [
        {"members[0].name": 5},
        {"members[0].spouse": "※李四※"},
        {"members[0].name": "※王五※", "members[1].spouse": "※王五※"},
        {"members[0]": "※王五※"},
        {"members": "※王五※"},
        {"members[0].document_number": ["※王五※"]},
        {"members[0].income": "※王五※"},
        {"members[0].disability": "※王五※"},
    ],
)
def test_a_change_that_is_refused_shows_no_private_value(changes: dict[str, Any]) -> None:
    record = Household.from_json(json.dumps(family("※李四※", "※110101197503080011※")))
    with pytest.raises(RecordError) as caught:
        record.with_changes(changes)
    assert "※" not in everything_said(caught.value)
