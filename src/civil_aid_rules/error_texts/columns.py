"""Sentences about tables of records as a whole (facts/columns, determinations/): one column, all of its rows."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

COLUMN_TEXTS: dict[str, ErrorText] = {
    "column-type": ErrorText(
        "this column holds {found}; its field takes {expected}",
        "该列为 {found}；此字段应为 {expected}",
    ),
    "column-unknown": ErrorText(
        "no field is named {found}; {expected}",
        "没有名为 {found} 的字段；{expected}",
    ),
    "column-twice": ErrorText(
        "two columns are named {found}; {expected}",
        "有两列都名为 {found}；{expected}",
    ),
    "column-inexact": ErrorText(
        "this column holds {found}, which is not exact and may be NaN; write {expected}",
        "该列为 {found}，不精确且可能含 NaN；请写为 {expected}",
    ),
    "column-timezone": ErrorText(
        "this column holds {found}: a day has no time zone; write {expected}",
        "该列为 {found}：日期没有时区；请写为 {expected}",
    ),
    "column-memory": ErrorText(
        "this column cannot be read: {found}; its memory needs {expected}",
        "该列无法读取：{found}；其内存须 {expected}",
    ),
    "column-kept": ErrorText(
        "there is no column {found} to keep; {expected}",
        "没有可保留的列 {found}；{expected}",
    ),
    "column-large": ErrorText(
        "{found} is what is paid, and may be an amount that no column holds; it needs {expected}",
        "{found} 为发放金额，可能大到任何列都容纳不下；应为{expected}",
    ),
    "column-rule": ErrorText(
        "there is no rule {found}; {expected}",
        "没有规则 {found}；{expected}",
    ),
}
