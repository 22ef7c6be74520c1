"""Random well-typed programs: generated Python says of every rule what the interpreter says, whatever is unknown."""

from __future__ import annotations

from tests.differential.random_runs import Met, differences

PROGRAMS = 30
"""By default; `python -m tests.differential PROGRAMS` takes any number."""


def test_generated_python_equals_the_interpreter_on_random_programs() -> None:
    met = Met()
    assert list(differences(range(PROGRAMS), met)) == []
    print(met)
    assert met.missing() == []
