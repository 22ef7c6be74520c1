"""Sentences about populations in files (caseload/): caseload-*."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

CASELOAD_TEXTS: dict[str, ErrorText] = {
    # the population
    "caseload-file": ErrorText(
        "the file cannot be opened ({found}); expected {expected}",
        "打不开文件（{found}）；应为{expected}",
    ),
    "caseload-kind": ErrorText(
        "the ending {found} does not say what kind of file this is; expected {expected}",
        "从扩展名 {found} 看不出文件类型；应为 {expected}",
    ),
    "caseload-empty": ErrorText(
        "the file has {found} bytes; expected {expected}",
        "文件有 {found} 字节；应为{expected}",
    ),
    "caseload-content": ErrorText(
        "the file cannot be read ({found}); expected {expected}, from its first byte to its last",
        "文件无法读取（{found}）；应为首尾完整的{expected}",
    ),
    "caseload-encoding": ErrorText(
        "the file is not {expected} text: the byte {found} at line {line}, column {column} (the file looks like "
        "{looks_like}); open it in the program that wrote it and save it as {expected}",
        "文件不是 {expected} 文本：第 {line} 行第 {column} 列的字节是 {found}（文件看来是 {looks_like} 编码）；"
        "请用原来的程序打开，另存为 {expected}",
    ),
    "caseload-column": ErrorText(
        "there is no column {found}; {expected}",
        "没有列 {found}；{expected}",
    ),
    "caseload-column-twice": ErrorText(
        "the column {found} stands more than once; expected {expected} of each",
        "列 {found} 重复出现；每列只能有 {expected} 个",
    ),
    "caseload-cells": ErrorText(
        "the row has {found} cells; expected {expected}, one for each column",
        "该行有 {found} 个单元格；应为 {expected} 个，每列一个",
    ),
    "caseload-row": ErrorText(
        "the row cannot be read ({found}); expected {expected}",
        "该行无法读取（{found}）；应为 {expected}",
    ),
    # the results
    "caseload-out": ErrorText(
        "the results cannot be written ({found}); nothing half-written is left under that name. Expected {expected}",
        "结果无法写入（{found}）；该名称下没有留下未写完的文件。应为{expected}",
    ),
    "caseload-out-kind": ErrorText(
        "the results would be {found}; a population file gives results of its own kind: expected {expected}",
        "结果文件为 {found}；结果与输入文件同类：应为 {expected}",
    ),
    "caseload-same-file": ErrorText(
        "{found} would stand in the same place, one written over the other; expected {expected}",
        "{found}会写在同一位置，互相覆盖；应为{expected}",
    ),
    "caseload-busy": ErrorText(
        "{found} writes to this place at the moment; expected {expected}",
        "{found}正在写入此处；应为{expected}",
    ),
    "caseload-other-run": ErrorText(
        "the folder holds parts of another run ({found}); expected {expected}. Take another folder, or empty this one",
        "文件夹中是另一次运行的结果（{found}）；应为{expected}。请换一个文件夹，或清空此文件夹",
    ),
    "caseload-part": ErrorText(
        "a part that was finished is no longer as it was written ({found}); expected {expected}. Empty the folder to "
        "start again",
        "已完成的部分与写入时不同（{found}）；应为{expected}。如要重新开始，请清空文件夹",
    ),
    # the run
    "caseload-worker": ErrorText(
        "a worker process ended before its work was done (exit status {found}); expected {expected}: was there too "
        "little memory? Take fewer workers",
        "一个工作进程未完成即已终止（退出状态 {found}）；应为{expected}：是否内存不足？请减少工作进程",
    ),
}
