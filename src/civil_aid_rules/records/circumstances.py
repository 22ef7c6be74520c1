"""What has been found or decided about one person: exclusions, disability, designations, stopped shares."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from civil_aid_rules.quantities.fields import Fact, Note, RestsOn
from civil_aid_rules.quantities.money import Day
from civil_aid_rules.records.choices import DISABILITY_KIND, EXCLUSION, DisabilityKind, Exclusion
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part


class ExclusionItem(Part):
    """Why a person does not count among the members. A list that is present is complete as declared."""

    kind: Annotated[Exclusion | None, Fact(en="Reason", zh="不计入原因"), EXCLUSION, RestsOn("local_rule")] = None
    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still holds")
    ] = None
    local_rule: Annotated[str | None, Note(en="Local rule it rests on", zh="所依据的当地规定")] = None


class Disability(Part):
    """A disability certificate."""

    kind: Annotated[DisabilityKind | None, Fact(en="Kind of disability", zh="残疾类别"), DISABILITY_KIND] = None
    grade: Annotated[int | None, Fact(en="Grade", zh="残疾等级"), Field(ge=1, le=4)] = None


class RegularRecipient(Part):
    """The approving county's designation as a regular recipient: since when, until when, on what basis."""

    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still holds")
    ] = None
    basis: Annotated[str | None, Note(en="Basis of the designation", zh="认定依据")] = None


class StoppedShare(Part):
    """The county's decision to stop one person's share after refused job offers (Order 649 art. 45)."""

    start: Annotated[Day | None, Fact(en="Since", zh="开始日期")] = None
    end: Annotated[
        Day | NoneKnown | None, Fact(en="Until", zh="结束日期", absent="none", cite="without an end it still holds")
    ] = None
    decision: Annotated[str | None, Note(en="Decision it rests on", zh="所依据的决定")] = None
