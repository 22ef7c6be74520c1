"""A reference into a list that is not there names nobody: it is refused when the record is made, on every path."""

from __future__ import annotations

import pytest

from civil_aid_rules import Household, RecordError


@pytest.mark.parametrize("rest", ["", '"members": [{"id": "m2"}], '])
def test_a_reference_to_nobody_is_refused_whether_the_list_is_there_or_not(rest: str) -> None:
    with pytest.raises(RecordError) as caught:
        Household.model_validate_json(f'{{{rest}"bills": [{{"id": "b1", "patient": "m1"}}]}}')
    (fault,) = caught.value.problems
    assert (fault.code, str(fault.at)) == ("record-unknown-reference", "$.bills[0].patient")


def test_a_reference_to_a_member_is_taken() -> None:
    text = '{"members": [{"id": "m1"}], "bills": [{"id": "b1", "patient": "m1"}]}'
    assert Household.model_validate_json(text).bills is not None
