"""What notices.yaml may say: the words of each notice, the remedies, and the papers that supply each fact.

A text may hold `{program}`, the title of the program that the notice is about, and, where the block has `within`,
`{within}`: the whole number of days or months that the parameter named there holds on the day of the notice.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.packs.blocks import Block, Text
from civil_aid_rules.packs.models import Cite, Identifier


class SaidBlock(Block):
    """A sentence of a notice with its source; `within` names a parameter in days, months or years."""

    say: Bilingual
    within: Text | None = None
    cite: Cite


class PaperBlock(Block):
    """A paper, or what the office looks up itself, with the facts and lists that it supplies: `members.income`."""

    title: Bilingual
    supplies: Annotated[list[Text], Field(min_length=1)]


class NoticeBlock(Block):
    """The notice of one kind of decision: what it says, which values it shows, and the articles that it rests on."""

    title: Bilingual
    say: Bilingual
    office: Bilingual | None = None
    decided_on: Text | None = None
    shows: dict[Identifier, Text] = Field(default={})
    flags: list[Text] = Field(default=[])
    also: list[SaidBlock] = Field(default=[])
    remedies: list[Text] = Field(default=[])
    cite: Cite


class WordingBlock(Block):
    """Title and first sentence."""

    title: Bilingual
    say: Bilingual


class ChangeNoticeBlock(Block):
    """The notice of another amount: worded for more and for less."""

    more: WordingBlock
    less: WordingBlock
    office: Bilingual | None = None
    decided_on: Text | None = None
    shows: dict[Identifier, Text] = Field(default={})
    also: list[SaidBlock] = Field(default=[])
    remedies: list[Text] = Field(default=[])
    cite: Cite


class PlainNoticeBlock(Block):
    """The notice that asks for what is missing."""

    title: Bilingual
    say: Bilingual
    office: Bilingual | None = None
    also: list[SaidBlock] = Field(default=[])
    cite: Cite


class PublicFieldsBlock(Block):
    """The only things that a public notice can show, each under the name that the law gives it."""

    addressee: Bilingual | None = None
    people: Bilingual | None = None
    count: Bilingual | None = None
    amount: Bilingual | None = None


class PublicNoticeBlock(Block):
    """The public notice: nothing of the record but `fields`."""

    title: Bilingual
    say: Bilingual
    office: Bilingual | None = None
    fields: PublicFieldsBlock
    also: list[SaidBlock] = Field(default=[])
    cite: Cite


class NoticesBlock(Block):
    """notices.yaml: what a pack says of notices. A program takes each part from the first of its packs that has it."""

    office: Bilingual | None = None
    people: Text | None = None
    received_on: Text | None = None
    remedies: dict[Identifier, SaidBlock] = Field(default={})
    papers: dict[Identifier, PaperBlock] = Field(default={})
    office_checks: dict[Identifier, PaperBlock] = Field(default={})
    approval: NoticeBlock | None = None
    refusal: NoticeBlock | None = None
    change: ChangeNoticeBlock | None = None
    stop: NoticeBlock | None = None
    missing: PlainNoticeBlock | None = None
    public: PublicNoticeBlock | None = None
