"""docs/reference/errors/README.md: every code by area, its meaning in one line, written from the texts and pages."""

from __future__ import annotations

import re

from civil_aid_rules.error_texts import AREAS
from tests.docs.pages import REFERENCE, headings_of, section_of

PAGE = REFERENCE / "errors" / "README.md"
_HEAD = """\
# Errors

A fault has a stable code, its place (file, line and column; for a record the path in it), what was found and what was
expected, in English and Chinese. All faults of a rulebook or a record come together. Each code has a section that shows
what is wrong and what to write instead.

In the third column `…` stands for what the message names at that place. This page is written from the texts and the
pages (`python -m tests.docs.update`).
"""
_FIRST_SENTENCE = re.compile(r"(.+?[.])(?: |$)")


def errors_page() -> str:
    """The page as the texts and the areas' pages say it."""
    return _HEAD + "".join(_area(area) for area in AREAS if AREAS[area])


def _area(area: str) -> str:
    page = REFERENCE / "errors" / f"{area}.md"
    (title,), texts = headings_of(page, 1), AREAS[area].items()
    rows = [f"| [`{code}`]({area}.md#{code}) | {_meaning(area, code)} | {_chinese(text.zh)} |" for code, text in texts]
    return "\n".join(["", f"## {title}", "", "| code | meaning | 中文 |", "|---|---|---|", *rows, ""])


def _meaning(area: str, code: str) -> str:
    """The first sentence of the code's section."""
    paragraph = section_of(REFERENCE / "errors" / f"{area}.md", code).strip().split("\n\n")[0].replace("\n", " ")
    found = _FIRST_SENTENCE.match(paragraph)
    assert found is not None, f"{area}.md: {code} does not begin with a sentence"
    return found[1].replace("|", "\\|")


def _chinese(template: str) -> str:
    """The sentence that users see, with … for what it names."""
    sentence = re.sub(r"(?<!\{)\{\w+\}", "…", template)
    sentence = re.sub(r"(?<=[^\x00-\x7f]) …", "…", re.sub(r"… (?=[^\x00-\x7f])", "…", sentence))
    return sentence.replace("{{", "{").replace("}}", "}").replace("|", "\\|")
