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
    "record-model-name": ErrorText(
        "the field name {found} cannot be used; write {expected}, a letter first",
        "不能用字段名 {found}；请用 {expected}，以字母开头",
    ),
    "record-model-loop": ErrorText(
        "{found} stands inside itself, so a record could have no end; expected {expected}",
        "{found} 包含自身，记录会没有尽头；应为 {expected}",
    ),
    "record-model-absent": ErrorText(
        "{found} says what leaving the field out means, and nothing says why; add {expected}",
        "{found} 规定了未填的含义，却未注明依据；请加上 {expected}",
    ),
    "record-model-reference": ErrorText(
        "{found} is no list of the record whose entries have an id (Entry(id=…)); {expected}",
        "{found} 不是记录中各项有标识的列表（Entry(id=…)）；{expected}",
    ),
    "record-model-list": ErrorText(
        "rules cannot run over {found}; expected {expected}",
        "规则无法遍历 {found}；应为 {expected}",
    ),
    "record-model-id": ErrorText(
        "the entries have no id {found} that is always a text; expected {expected}, without a default",
        "各项没有必填的文字标识 {found}；应为 {expected}，且无默认值",
    ),
    "record-model-kind": ErrorText(
        "{found} is no record model, for it does not extend Record; write {expected}",
        "{found} 没有继承 Record，不是记录模型；请写 {expected}",
    ),
}
