"""Sentences about what is asked of a rulebook or a determination (root, determinations/)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

QUESTION_TEXTS: dict[str, ErrorText] = {
    "program-unknown": ErrorText(
        "there is no program {found}; {expected}",
        "没有名为 {found} 的项目；{expected}",
    ),
    "jurisdiction-unknown": ErrorText(
        "there is no jurisdiction {found}; {expected}",
        "没有辖区 {found}；{expected}",
    ),
    "day-unreadable": ErrorText(
        "{found} is no day; write one that exists, as {expected}",
        "{found} 不是日期；请按 {expected} 写一个存在的日期",
    ),
    "month-unreadable": ErrorText(
        "{found} is no month; write {expected}",
        "{found} 不是年月；请写{expected}",
    ),
    "months-order": ErrorText(
        "the last month {found} is before the first; write {expected} or a later one",
        "截止月份 {found} 早于起始月份；请写 {expected} 或以后的月份",
    ),
    "months-too-many": ErrorText(
        "{found} are more than {expected} months; is the year right? If it is, ask in several parts",
        "{found} 超过 {expected} 个月；年份是否有误？如无误，请分几次查询",
    ),
    "schedule-payment": ErrorText(
        "{found} has no amount for each month; a schedule needs {expected}",
        "{found} 没有逐月的金额；逐月测算需要{expected}",
    ),
    "schedule-unknown": ErrorText(
        "{found} does not say after how many months a decision takes effect; it needs {expected}",
        "{found} 没有规定决定在几个月后生效；需要{expected}",
    ),
    "notice-unknown": ErrorText(
        "the program {program} has no notice {found}; {expected}",
        "项目 {program} 没有 {found} 通知；{expected}",
    ),
    "notice-unfit": ErrorText(
        "a notice of kind {kind} does not fit: found {found}; it needs {expected}",
        "不能出具 {kind}：现为{found}；须为{expected}",
    ),
    "notice-person": ErrorText(
        "a name is given for {found}, but nobody on the record has that id; {expected}",
        "为 {found} 提供了姓名，但记录中没有此编号的人员；{expected}",
    ),
    "result-without-record": ErrorText(
        "this is {found}, which holds no record to compute from; take {expected}",
        "这是 {found}，其中没有可供计算的记录；请用 {expected}",
    ),
    "library-missing": ErrorText(
        "tables need the library {found}, which is not installed; type {expected}",
        "处理表格需要 {found} 库，尚未安装；请运行 {expected}",
    ),
}
