"""Sentences about dated values, types, citations and dates of packs (compiler/read_values.py, select.py, lint.py)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

VALUE_TEXTS: dict[str, ErrorText] = {
    "value-unreadable": ErrorText(
        "{found} cannot be read; write {expected}",
        "{found} 读不出来；请写 {expected}",
    ),
    "type-unknown": ErrorText(
        "{found} is no type; write {expected}",
        "{found} 不是类型；请写 {expected}",
    ),
    "type-no-choices": ErrorText(
        "the type {found} needs the texts that are possible; add {expected}",
        "类型 {found} 须列出可选的文字；请补上 {expected}",
    ),
    "cite-missing": ErrorText(
        "{found} has no source; add {expected}",
        "{found} 没有注明依据；请补上 {expected}",
    ),
    "cite-unknown-source": ErrorText(
        "there is no source {found}; {expected}",
        "没有名为 {found} 的依据；{expected}",
    ),
    "published-missing": ErrorText(
        "no source cited here has a day of issue ({found}); add {expected}",
        "此处引用的依据都没有发布日期（{found}）；请补上 {expected}",
    ),
    "rule-before-its-law": ErrorText(
        "{found} is dated {day}, before {law} was in force; expected a day from {expected} on, or another citation",
        "{found} 的施行日为 {day}，当时 {law} 尚未施行；应在 {expected} 或以后，或引用其他依据",
    ),
    "dates-hole": ErrorText(
        "a value that ends on {found} must be followed by one from {expected}; "
        "write that one, or `{{from: {expected}, repealed: true}}`",
        "一个值到 {found} 为止，后面须有从 {expected} 起的值；请补上，或写 `{{from: {expected}, repealed: true}}`",
    ),
    "title-missing": ErrorText(
        "{found} has no words for the reader of an explanation; add {expected}",
        "{found} 没有给读者看的文字；请补上 {expected}",
    ),
}
