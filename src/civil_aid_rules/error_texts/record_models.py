"""Sentences about record models: what rules cannot read in one (facts/vocabulary.py, compiler/pipeline.py)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

RECORD_MODEL_TEXTS: dict[str, ErrorText] = {
    "record-model-unknown": ErrorText(
        "there is no record model {found}; {expected}",
        "没有记录模型 {found}；{expected}",
    ),
    "record-model-type": ErrorText(
        "rules cannot read a field of type {found}; expected {expected}",
        "规则读不了类型为 {found} 的字段；应为 {expected}",
    ),
    "record-model-default": ErrorText(
        "the field has the default {found}, which would fill in a fact that nobody stated; expected "
        "{expected}: not known",
        "字段的默认值 {found} 会凭空补出无人申报的事实；应为 {expected}，即未知",
    ),
}
