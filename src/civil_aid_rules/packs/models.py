"""What a pack file may say: one Pydantic model per YAML block.

Texts that rules compute with (numbers, dates, formulas) stay `Text` here; the compiler reads them by declared type.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.packs.blocks import Block, Text

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
_QUALIFIED = r"^[a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59}$"


def _qualified(name: Text) -> Text:
    if re.fullmatch(_QUALIFIED, name) is None:
        raise PydanticCustomError("string_pattern_mismatch", "{pattern}", {"pattern": _QUALIFIED})
    return name


QualifiedName = Annotated[Text, AfterValidator(_qualified), WithJsonSchema({"type": "string", "pattern": _QUALIFIED})]


def _require_one(block: Block, keys: tuple[str, ...]) -> None:
    if sum(getattr(block, key) is not None for key in keys) != 1:
        raise ValueError(f"exactly one of {', '.join(keys)}")


class ReasonedCitation(Block):
    """A citation without a listed source: what is assumed, or which practice was followed, in both languages."""

    one_of: ClassVar[tuple[str, ...]] = ("assumption", "practice")

    assumption: Bilingual | None = None
    practice: Bilingual | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> ReasonedCitation:
        _require_one(self, self.one_of)
        return self


Cite = Text | ReasonedCitation | Annotated[list[Text | ReasonedCitation], Field(min_length=1)]
"""`order_649 art. 9`, or `{assumption: {en, zh}}`, or a list of these."""


class SourceBlock(Block):
    """An instrument that values and rules cite."""

    title: Bilingual
    kind: Literal["law", "source_document", "practice"]
    number: str | None = None
    issued: Text | None = None
    in_force: Text | None = None
    repealed: Text | None = None
    note: Bilingual | None = None


class BandBlock(Block):
    """One band: amounts below `below` (exclusive); the last band says `rest: true`."""

    below: Text | None = None
    rest: Literal["true"] | None = None
    is_: Text = Field(alias="is")


class BracketBlock(Block):
    """One bracket of a graduated scale: the part above `above` counts at `rate`."""

    above: Text
    rate: Text


class EachFurtherBlock(Block):
    """Past the last row, the last amount grows by this for each further step."""

    each_further: Text


class CalendarBlock(Block):
    """Working days of whole years: weekdays off and weekend days worked; all years known when it was published."""

    years: Annotated[list[Text], Field(min_length=1)]
    off: list[Text] = Field(default=[])
    work: list[Text] = Field(default=[])


class ValueBlock(Block):
    """One dated value of a parameter. `value: null` is declared but unset; `repealed: true` ends the parameter."""

    one_of: ClassVar[tuple[str, ...]] = ("value", "table", "bands", "scale", "calendar", "repealed")

    from_: Text = Field(alias="from")
    until: Text | None = None
    published: Text | None = None
    value: Text | None = None
    table: dict[Text, Text] | None = None
    past_end: Literal["last", "undefined"] | EachFurtherBlock | None = None
    bands: Annotated[list[BandBlock], Field(min_length=1)] | None = None
    scale: Annotated[list[BracketBlock], Field(min_length=1)] | None = None
    calendar: CalendarBlock | None = None
    repealed: Literal["true"] | None = None
    cite: Cite | None = None
    from_cite: Cite | None = None
    published_cite: Cite | None = None
    unit_cite: Cite | None = None
    note: Bilingual | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> ValueBlock:
        _require_one(self, self.one_of)
        return self


class ParameterBlock(Block):
    """A dated legal value: type with unit, who may set it, and its values by date."""

    title: Bilingual
    type: Text
    key: Text | None = None
    choices: dict[Identifier, Bilingual] | None = None
    set_by: list[str] | None = None
    varies_by: str | None = None
    values: Annotated[list[ValueBlock], Field(min_length=1)]


class RoundBlock(Block):
    """The one place where exactness is given up: to which step, in which way, on whose authority."""

    to: Text
    mode: Literal["half_up", "half_even", "up", "down"]
    cite: Cite


class IfUnknownBlock(Block):
    """What a rule takes when its value is unknown; the determination lists it under `assumed`."""

    value: Text
    cite: Cite


class CaseBlock(Block):
    """One case: `{if: …, is: …}`, or `{else: …}` at the end."""

    if_: Text | None = Field(default=None, alias="if")
    is_: Text | None = Field(default=None, alias="is")
    else_: Text | None = Field(default=None, alias="else")
    cite: Cite | None = None
    say: Bilingual | None = None


class ExceptionBlock(Block):
    """An exception: when `if` holds, the rule's value is `then` instead; exceptions nest."""

    id: Identifier
    if_: Text = Field(alias="if")
    then: Text
    cite: Cite
    say: Bilingual
    except_: list[ExceptionBlock] = Field(default=[], alias="except")


class ConditionBlock(Block):
    """One condition of a list, with the sentence that a person reads."""

    id: Identifier
    if_: Text = Field(alias="if")
    cite: Cite | None = None
    say: Bilingual


class LineBlock(Block):
    """One line of a sum."""

    id: Identifier
    is_: Text = Field(alias="is")
    when: Text | None = None
    title: Bilingual | None = None
    cite: Cite | None = None


class RowBlock(Block):
    """One row of a decision table: one cell per column, and what follows (`impossible`: cannot occur, with source)."""

    when: list[Text]
    then: Text
    cite: Cite | None = None


class DecisionBlock(Block):
    """A decision table: exactly one row applies (`unique`), or the rows that apply are added up (`collect`)."""

    hit: Literal["unique", "collect"]
    columns: Annotated[list[Text], Field(min_length=1)]
    rows: Annotated[list[RowBlock], Field(min_length=1)]


class OptionBlock(Block):
    """One option of a choice, named in the explanation when it is the one used."""

    id: Identifier
    is_: Text = Field(alias="is")
    title: Bilingual
    cite: Cite | None = None


class ChooseBlock(Block):
    """One of several results: the highest, the lowest, or the first that is above zero (not both)."""

    take: Literal["highest", "lowest", "first_above_zero"]
    options: Annotated[list[OptionBlock], Field(min_length=2)]


class PickBlock(Block):
    """One entry of a list: the one with the highest or lowest `by` among those that meet `if`."""

    from_: Text = Field(alias="from")
    if_: Text | None = Field(default=None, alias="if")
    by: Text
    order: Literal["highest", "lowest"]
    tie: Literal["listed_first", "listed_last"]


class RankBlock(Block):
    """The place of each entry among those that meet `if`, counted from 1; `outside` is the value of the others."""

    if_: Text | None = Field(default=None, alias="if")
    by: Text
    order: Literal["highest", "lowest"]
    tie: Literal["listed_first", "listed_last", "shared"]
    outside: Text


FORMS = ("is_", "cases", "all_", "any_", "sum_", "decide", "choose", "pick", "rank", "flag")


class RuleBlock(Block):
    """One rule: exactly one of is, cases, all, any, sum, decide, choose, pick, rank, flag; or `repealed: true`."""

    one_of: ClassVar[tuple[str, ...]] = (*(form.rstrip("_") for form in FORMS), "repealed")

    title: Bilingual | None = None
    type: Text | None = None
    choices: dict[Identifier, Bilingual] | None = None
    for_each: Text | list[Text] | None = None
    when: Text | None = None
    is_: Text | None = Field(default=None, alias="is")
    cases: Annotated[list[CaseBlock], Field(min_length=1)] | None = None
    all_: Annotated[list[ConditionBlock], Field(min_length=1)] | None = Field(default=None, alias="all")
    any_: Annotated[list[ConditionBlock], Field(min_length=1)] | None = Field(default=None, alias="any")
    sum_: Annotated[list[LineBlock], Field(min_length=1, max_length=100)] | None = Field(default=None, alias="sum")
    decide: DecisionBlock | None = None
    choose: ChooseBlock | None = None
    pick: PickBlock | None = None
    rank: RankBlock | None = None
    flag: Text | None = None
    repealed: Literal["true"] | None = None
    except_: list[ExceptionBlock] = Field(default=[], alias="except")
    round: RoundBlock | None = None
    if_zero: Text | None = None
    if_empty: Text | None = None
    if_unknown: IfUnknownBlock | None = None
    say: Bilingual | None = None
    cite: Cite | None = None
    published: Text | None = None
    until: Text | None = None
    note: Bilingual | None = None


class AgeRuleBlock(Block):
    """When a person has reached an age, and when someone born on 29 February has the birthday in a common year."""

    reached_on: Literal["birthday", "day_after", "month_of", "month_after"]
    leap_day: Literal["feb28", "mar1"]
    cite: Cite


class RequirementBlock(Block):
    """A name that shared definitions leave to the program that extends them."""

    type: Text | None = None
    for_each: Text | list[Text] | None = None
    title: Bilingual


class RelationBlock(Block):
    """How this program stands to others, for the record or each entry for which the rule `when` holds."""

    id: Identifier
    kind: Literal["displaces", "stacks", "counts_as_income", "automatic", "settled_before"]
    programs: Annotated[list[Text], Field(min_length=1)]
    when: Text | None = None
    cite: Cite
    say: Bilingual


class ProcedureBlock(Block):
    """Whether the steps that the law prescribes are complete: reported beside the result, never part of it."""

    complete: Text
    beside: dict[Identifier, Text] = Field(default={})


class ScheduleBlock(Block):
    """After how many months an approval, a change or stop, and a death take effect: three parameters of type month."""

    approval: Text
    change: Text
    death: Text


class RollBlock(Block):
    """How a case is held against the roll: for whom the aid is (a yes/no rule for each person), and by what law."""

    covers: Text | None = None
    cite: Cite


class OutcomeBlock(Block):
    """Which rules are the result: eligibility, payment, what stands beside it, flags, procedure, other programs."""

    for_each: Text | None = None
    eligible: Text
    payment: Text | None = None
    beside: dict[Identifier, Text] = Field(default={})
    flags: list[Text] = Field(default=[])
    procedure: ProcedureBlock | None = None
    relations: list[RelationBlock] = Field(default=[])
    schedule: ScheduleBlock | None = None
    roll: RollBlock | None = None


class ProgramBlock(Block):
    """program.yaml: what the pack is. `program: id` decides or pays something; `definitions: id` is for programs."""

    one_of: ClassVar[tuple[str, ...]] = ("program", "definitions")

    program: Identifier | None = None
    definitions: Identifier | None = None
    title: Bilingual
    record: Identifier = "household"
    uses: list[Text] = Field(default=[])
    extends: list[Text] = Field(default=[])
    requires: dict[Identifier, RequirementBlock] = Field(default={})
    checked_through: Text | None = None
    age_rule: AgeRuleBlock | None = None
    outcome: OutcomeBlock | None = None
    sources: dict[Identifier, SourceBlock] = Field(default={})
    note: Bilingual | None = None

    @model_validator(mode="after")
    def _one_identity(self) -> ProgramBlock:
        _require_one(self, self.one_of)
        return self

    @property
    def name(self) -> str:
        """The pack's identifier."""
        return self.program or self.definitions or ""


class IssuerBlock(Block):
    """Who issued a local overlay: the level that `set_by` names, the office, in whose name, number and date."""

    level: str
    name: Bilingual
    in_the_name_of: Bilingual
    number: str
    date: Text


class OverlayValuesBlock(Block):
    """The dated values that an overlay gives one parameter."""

    values: Annotated[list[ValueBlock], Field(min_length=1)]


class OverlayBlock(Block):
    """overlays/<name>.yaml: a jurisdiction's own values (`local`) or a what-if (`scenario`).

    `level` is the level of the jurisdiction (county, city), `within` the jurisdiction that it lies within, if any.
    """

    overlay: Identifier
    kind: Literal["local", "scenario"]
    title: Bilingual
    jurisdiction: Identifier | None = None
    level: Identifier | None = None
    within: Identifier | None = None
    issuer: IssuerBlock | None = None
    notice: Bilingual | None = None
    parameters: dict[QualifiedName, Text | OverlayValuesBlock] = Field(default={})
    rules: dict[QualifiedName, RuleBlock] = Field(default={})
    sources: dict[Identifier, SourceBlock] = Field(default={})
    note: Bilingual | None = None


class ExampleBlock(Block):
    """One worked example: a record, a day, what must come out, and where the expected figures come from."""

    example: Text
    title: Bilingual
    source: Text | Bilingual
    program: Identifier
    on: Text
    known_on: Text | None = None
    jurisdiction: Identifier | None = None
    overlays: list[Identifier] = Field(default=[])
    record: Any
    expect: ExpectBlock


class ExpectBlock(Block):
    """What a worked example must give. Amounts as text; `values` are rules' values as exact text."""

    status: Literal["eligible", "ineligible", "undetermined"]
    amount: Text | None = None
    values: dict[str, Text] = Field(default={})
    missing: list[str] | None = None
    flags: list[str] | None = None
