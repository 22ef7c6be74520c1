"""Legal sources in words: each instrument once with its articles; what is no law says what it is."""

from __future__ import annotations

from collections.abc import Iterator

from civil_aid_rules.citations import KIND_TITLES, Bilingual, Citation, CitationKind, chinese_article
from civil_aid_rules.render.phrases import joined, phrase

_PLAIN: tuple[CitationKind, ...] = ("law", "source_document")


def cited(citations: tuple[Citation, ...]) -> Bilingual:
    """依据：《社会救助暂行办法》第9条、第10条."""
    return phrase("cited", citations=shown_citations(citations))


def shown_citations(citations: tuple[Citation, ...], *, every_kind: bool = False) -> Bilingual:
    """Citations one after the other; `every_kind` says of laws and documents too what they are."""
    return joined(tuple(_shown(citations, every_kind)), en="; ", zh="；")


def _shown(citations: tuple[Citation, ...], every_kind: bool) -> Iterator[Bilingual]:
    groups: dict[object, list[Citation]] = {}
    for citation in dict.fromkeys(citations):
        groups.setdefault(_instrument(citation), []).append(citation)
    for group in groups.values():
        first = group[0]
        text = _named(group) if first.title is not None else first.text or Bilingual(en="", zh="")
        if every_kind or first.kind not in _PLAIN:
            yield phrase("kind_behind", kind=_kind(first.kind), text=text)
        else:
            yield text


def _instrument(citation: Citation) -> object:
    """Citations of one instrument stand together; a reasoned one stands alone."""
    return (citation.kind, citation.source, citation.title and citation.title.en) if citation.text is None else citation


def _named(group: list[Citation]) -> Bilingual:
    title = group[0].title
    assert title is not None
    articles = tuple(item.article for item in group if item.article is not None)
    where = Bilingual(en=", ".join(("", *articles)), zh="、".join(chinese_article(item) for item in articles))
    said = tuple(item.text for item in group if item.text is not None)
    return joined((joined((title, where), en="", zh=""), *said), en=", ", zh="，")


def _kind(kind: CitationKind) -> Bilingual:
    if kind == "scenario":
        return phrase("was_hypothetical")
    en, zh = KIND_TITLES[kind]
    return Bilingual(en=en, zh=zh)
