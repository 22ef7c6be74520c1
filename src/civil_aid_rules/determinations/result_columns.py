"""The names of the columns of results: each has one of its own, whatever rules and columns are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from civil_aid_rules.errors import Both, EvaluationError, problem

OWN_COLUMNS = ("row", "status", "amount", "reasons")
"""What every table of results begins with."""

_APART = Both("ask for each once, or rename the column of the source", "每项只要求一次，或改来源列名")


def check_apart(names: Iterable[str]) -> None:
    """Raises EvaluationError for each name that two columns of the result would have."""
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise EvaluationError([problem("column-twice", "columns", found=name, expected=_APART) for name in twice])
