"""Where a value or a rule comes from, and texts that exist in English and Chinese."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

CitationKind = Literal["source_document", "law", "practice", "assumption", "scenario"]
Language = Literal["en", "zh"]

KIND_TITLES: dict[str, tuple[str, str]] = {
    "source_document": ("source document", "所依据的工作文件"),
    "law": ("law or binding document", "法律、法规、规范性文件"),
    "practice": ("practice elsewhere", "实践参考"),
    "assumption": ("assumption", "推定"),
    "scenario": ("scenario (hypothetical)", "测算方案（假设）"),
}


class Bilingual(BaseModel):
    """One text in English and simplified Chinese."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Citation(BaseModel):
    """The legal source of one value or rule: instrument, article, and how sure we are.

    `source` is the identifier in the pack's `sources`; None for an assumption that no text supports, whose `text` says
    what is assumed. `article` is the locator as written, for example "art. 9", "art. 12(2)" or "art. 5(2) item 1".
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    kind: CitationKind
    source: str | None = None
    title: Bilingual | None = None
    article: str | None = None
    text: Bilingual | None = None

    def shown(self, language: str) -> str:
        """The citation as a reader sees it, for example `《社会救助暂行办法》第9条（法律法规）`."""
        kind = KIND_TITLES[self.kind][1 if language == "zh" else 0]
        zh = language == "zh"
        parts: list[str] = []
        if self.title is not None:
            parts.append(self.title[language] if not zh else self.title.zh)
        if self.article is not None:
            parts.append(chinese_article(self.article) if zh else self.article)
        if self.text is not None:
            parts.append(self.text[language])
        body = ("" if zh else ", ").join(parts)
        return f"{body}（{kind}）" if zh else f"{body} ({kind})"


def chinese_article(article: str) -> str:
    """`art. 9` as 第9条, `art. 11(3)` as 第11条第3款, `art. 5(2) item 1` as 第5条第2款第1项; any other unchanged."""
    found = re.fullmatch(r"art\. (\d+)(?:\((\d+)\))?(?: item (\d+))?", article)
    if found is None:
        return article
    paragraph = f"第{found[2]}款" if found[2] else ""
    item = f"第{found[3]}项" if found[3] else ""
    return f"第{found[1]}条{paragraph}{item}"
