"""Record models that rules cannot read: each fault at `Model.field`, with what to write, in both languages."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from civil_aid_rules.errors import RulebookError
from civil_aid_rules.facts.vocabulary import read_vocabulary
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.quantities.money import Money
from civil_aid_rules.records.record import Part, Record


class Member(Part):
    id: str
    number: int | None = None


class Unnamed(Part):
    number: int | None = None


class Looping(Part):
    inner: Annotated[Looping | None, Fact(en="Inner", zh="内")] = None


class Group(Part):
    members: Annotated[list[Member] | None, Entry(en="Members", zh="成员", id="id")] = None


class Home(Record):
    kind: ClassVar[str] = "home"


class FloatHome(Home):
    savings: Annotated[float | None, Fact(en="Savings", zh="存款", unit="CNY")] = None


class TextHome(Home):
    street: Annotated[str | None, Fact(en="Street", zh="街道")] = None


class DefaultHome(Home):
    is_large: Annotated[bool, Fact(en="Large", zh="大户")] = False


class ChineseHome(Home):
    工资: Annotated[Money | None, Fact(en="Wages", zh="工资", unit="CNY")] = None


class LoopingHome(Home):
    part: Annotated[Looping | None, Fact(en="Part", zh="部分")] = None


class AbsentHome(Home):
    left: Annotated[Literal["town", "none"] | None, Fact(en="Left", zh="离开", absent="none")] = None


class ReferringHome(Home):
    head: Annotated[str | None, Fact(en="Head", zh="户主", references="membres")] = None
    members: Annotated[list[Member] | None, Entry(en="Members", zh="成员", id="id")] = None


class GroupHome(Home):
    group: Annotated[Group | None, Fact(en="Group", zh="组")] = None


class IdHome(Home):
    members: Annotated[list[Unnamed] | None, Entry(en="Members", zh="成员", id="number")] = None


class PlainHome(BaseModel):
    model_config = ConfigDict(frozen=True)
    wages: Annotated[Money | None, Fact(en="Wages", zh="工资", unit="CNY")] = Field(default=None)


FAULTS: dict[type[BaseModel], tuple[str, str]] = {
    FloatHome: ("FloatHome.savings", "record-model-type"),
    TextHome: ("TextHome.street", "record-model-type"),
    DefaultHome: ("DefaultHome.is_large", "record-model-default"),
    ChineseHome: ("ChineseHome.工资", "record-model-name"),
    LoopingHome: ("Looping.inner", "record-model-loop"),
    AbsentHome: ("AbsentHome.left", "record-model-absent"),
    ReferringHome: ("ReferringHome.head", "record-model-reference"),
    GroupHome: ("Group.members", "record-model-list"),
    IdHome: ("IdHome.members", "record-model-id"),
    PlainHome: ("PlainHome", "record-model-kind"),
}


@pytest.mark.parametrize(("model", "expected"), FAULTS.items(), ids=[model.__name__ for model in FAULTS])
def test_a_model_that_rules_cannot_read_is_refused_once_and_at_its_field(
    model: type[BaseModel], expected: tuple[str, str]
) -> None:
    with pytest.raises(RulebookError) as caught:
        read_vocabulary(model)
    assert [(str(item.at), item.code) for item in caught.value.problems] == [expected]


def test_the_nearest_list_is_named_for_a_reference_that_leads_nowhere() -> None:
    with pytest.raises(RulebookError) as caught:
        read_vocabulary(ReferringHome)
    assert caught.value.text("zh").endswith("；是不是 members？")
    assert str(caught.value).endswith("; did you mean members?")
