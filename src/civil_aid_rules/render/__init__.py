"""Determinations in words, for the person they are about: text, Markdown, HTML, in English and simplified Chinese."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Literal

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.determinations.result import Result
from civil_aid_rules.ir.program import Program
from civil_aid_rules.render.blocks import Outline
from civil_aid_rules.render.html import fragment_of, html_of
from civil_aid_rules.render.markdown import markdown_of
from civil_aid_rules.render.notice import notice_outline
from civil_aid_rules.render.notice_case import Case, given
from civil_aid_rules.render.outline import outline
from civil_aid_rules.render.program_page import program_page
from civil_aid_rules.render.text import text_of

Format = Literal["text", "markdown", "html"]
_PRINTERS = {"text": text_of, "markdown": markdown_of, "html": html_of}


def explain(result: Result, evaluation: Evaluation, *, language: Language, format: Format) -> str:
    """What was decided, why, how the sum is made, and all that it rests on. Names of persons never appear."""
    return printed(outline(result, evaluation), language=language, format=format)


def printed(page: Outline, *, language: Language, format: Format) -> str:
    """An outline in one language and format."""
    return _PRINTERS[format](page, language)


def fragment(page: Outline) -> str:
    """An outline as a notebook shows it."""
    return fragment_of(page, "en")


def notice(
    kind: str,
    decided: tuple[Result, Evaluation],
    earlier: tuple[Result, Evaluation] | None,
    program_on: Callable[[datetime.date], Program],
    *,
    language: Language,
    format: Literal["text", "markdown", "html"],
    addressee: str | None,
    names: Mapping[str, str] | None,
    office: str | None,
    decided_on: str | datetime.date | None,
) -> str:
    """A notice of a determination, worded by its pack; see `Determination.notice`."""
    stated = given(addressee, names, office, decided_on)
    before = None if earlier is None else Case(*earlier, stated)
    return _PRINTERS[format](notice_outline(kind, Case(*decided, stated), before, program_on), language)


def program_html(program: Program, facts: tuple[tuple[str, Bilingual], ...]) -> str:
    """The rules of a program resolved for a day, as a notebook shows them."""
    return fragment_of(program_page(program, facts), "en")


def notebook_html(result: Result, evaluation: Evaluation | None) -> str:
    """The explanation as a notebook shows it; without its record only what a result says by itself, no calculation."""
    return fragment_of(outline(result, evaluation), "en")
