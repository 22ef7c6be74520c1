"""Sentences about tables of values and decision tables (compiler/read_values.py, compiler/forms)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

TABLE_TEXTS: dict[str, ErrorText] = {
    "table-key": ErrorText(
        "the row {found} of the table has no whole number in front; write {expected}",
        "表中的 {found} 行开头不是整数；请写 {expected}",
    ),
    "table-rows": ErrorText(
        "the table has rows for {found}; expected one row for each of {expected}",
        "表中的行是 {found}；{expected} 各应有一行",
    ),
    "table-order": ErrorText(
        "the rows do not rise from one to the next ({found}); write them in this order: {expected}",
        "各行没有从小到大排列（{found}）；请按此次序写：{expected}",
    ),
    "table-band": ErrorText(
        "a band has `below`, and the last one may have `rest: true` instead; found {found}, expected {expected}",
        "每一档写 `below`，最后一档可改写 `rest: true`；此处是 {found}，应为 {expected}",
    ),
    "table-past-end": ErrorText(
        "the table does not say what holds past its last row ({found}); add {expected}",
        "表中没有写明最后一行（{found}）之后怎么算；请补上 {expected}",
    ),
    "table-cells": ErrorText(
        "the row has {found} cells; expected {expected}, one for each column",
        "此行有 {found} 格；应为 {expected} 格，每列一格",
    ),
    "table-cell": ErrorText(
        "{found} cannot stand in this column; write {expected}",
        "此列不能写 {found}；请写 {expected}",
    ),
    "table-gap": ErrorText(
        "no row applies when {found}; add one: {expected}",
        "{found} 时没有适用的行；请补一行：{expected}",
    ),
    "table-overlap": ErrorText(
        "rows {found} all apply when {combination}; expected {expected} row: narrow the others",
        "{combination} 时第 {found} 行都适用；只应有 {expected} 行适用：请收窄其余各行",
    ),
    "table-too-large": ErrorText(
        "a table of {found} (rows × columns) cannot be searched for gaps in {expected} steps; split it into rules",
        "{found}（行 × 列）的表无法在 {expected} 步内查出缺口；请拆成几条规则",
    ),
    "table-row-never": ErrorText(
        "row {row} can never apply, for nothing meets {found}; write {expected}",
        "第 {row} 行永远不会适用，没有什么能满足 {found}；请写 {expected}",
    ),
}
