"""Sentences about records (records/, facts/extract.py), as a clerk reads them. A private value never appears."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

RECORD_TEXTS: dict[str, ErrorText] = {
    # the file
    "record-file": ErrorText(
        "the record {found} cannot be opened; expected {expected}",
        "打不开记录 {found}；应为 {expected}",
    ),
    "record-too-large": ErrorText(
        "the record has {found} bytes; expected {expected} at most: one record holds one household",
        "记录有 {found} 字节；最多 {expected} 字节：一份记录只记一户",
    ),
    "record-encoding": ErrorText(
        "the byte {found} at line {line}, column {column} is not {expected} (the record looks like {looks_like}); "
        "open it in the program that wrote it and save it as {expected}",
        "第 {line} 行第 {column} 列的字节 {found} 不是 {expected}（记录看来是 {looks_like} 编码）；"
        "请用原来的程序打开，另存为 {expected}",
    ),
    "record-mark": ErrorText(
        "the record begins with a mark that cannot be seen ({found}); save it as {expected} without such a mark",
        "记录开头有看不见的标记（{found}）；请另存为不带标记的 {expected}（无 BOM）",
    ),
    "record-syntax": ErrorText(
        "the record cannot be read as JSON at line {line}, column {column}: found {found}, expected {expected}",
        "记录在第 {line} 行第 {column} 列不是正确的 JSON：此处是 {found}，应为 {expected}",
    ),
    "record-depth": ErrorText(
        "the record is nested {found} levels deep; expected {expected} at most",
        "记录嵌套了 {found} 层；最多 {expected} 层",
    ),
    # fields
    "record-duplicate-key": ErrorText(
        "the field {found} stands more than once; expected {expected} of each: delete the wrong one",
        "字段 {found} 重复出现；每个字段只能有 {expected} 个：请删去写错的一个",
    ),
    "record-unknown-field": ErrorText(
        "there is no field {found}; {expected}",
        "没有字段 {found}；{expected}",
    ),
    "record-missing-field": ErrorText(
        "the field {expected} must be filled in, but {found} stands there",
        "必须填写字段 {expected}，此处 {found}",
    ),
    "record-value": ErrorText(
        "{found} cannot stand here; expected {expected}",
        "此处不能填 {found}；应为 {expected}",
    ),
    "record-amount": ErrorText(
        "{found} is no amount; write digits 0-9 with at most two decimals, up to 10000000000: {expected}",
        "{found} 不是金额；请用半角数字，最多两位小数，不超过 10000000000：{expected}",
    ),
    "record-float": ErrorText(
        "{found} has no quotation marks, so it is not exact; write it as text: {expected}",
        "{found} 没有加引号，不是准确的数；请写成文字：{expected}",
    ),
    "record-not-a-number": ErrorText(
        "{found} is no value; write {expected}, or leave the field out when it is not known",
        "{found} 不是值；请写 {expected}，不知道时不填此字段",
    ),
    "record-long-number": ErrorText(
        "the number has {found} digits, more than {expected}; write a long number, such as a document number, "
        "in quotation marks",
        "数字有 {found} 位，超过 {expected} 位；证件号等长号码请加引号",
    ),
    "record-number": ErrorText(
        "{found} is no number that can stand here; expected {expected}",
        "此处不能填数字 {found}；应为 {expected}",
    ),
    "record-day": ErrorText(
        "{found} is no day; write {expected}",
        "{found} 不是日期；请写 {expected}",
    ),
    "record-choice": ErrorText(
        "{found} cannot be chosen here; {expected}",
        "此处不能选 {found}；{expected}",
    ),
    "record-text": ErrorText(
        "the text holds half of a character ({found}); type it again and save the file as {expected}",
        "文字中有半个字符（{found}）；请重新输入，并按 {expected} 编码保存",
    ),
    "record-text-length": ErrorText(
        "the text has {found} characters; expected {expected}",
        "文字有 {found} 个字符；应 {expected}",
    ),
    # lists and references
    "record-empty-list": ErrorText(
        "the list has {found} entries; expected {expected} at least",
        "列表中有 {found} 项；至少应有 {expected} 项",
    ),
    "record-too-many": ErrorText(
        "the list has {found} entries; expected {expected} at most",
        "列表中有 {found} 项；最多 {expected} 项",
    ),
    "record-duplicate-id": ErrorText(
        "{found} is already the id of another entry; expected {expected}",
        "标识 {found} 已有别的项使用；应为 {expected}",
    ),
    "record-reserved-id": ErrorText(
        "the id {found} cannot be used, for it says that there is none; write {expected}",
        "标识不能写 {found}，它表示“没有”；请改用 {expected}",
    ),
    "record-unknown-reference": ErrorText(
        "{found} is the id of nobody and nothing in the record; {expected}",
        "记录中没有标识为 {found} 的项；{expected}",
    ),
    "record-open-item": ErrorText(
        "{found} is an open item of the law; say under {expected} which local rule or finding it rests on",
        "{found} 属法律的开放条款，须在 {expected} 中注明所依据的当地规定或者认定",
    ),
    "record-path": ErrorText(
        "the path {found} leads nowhere in this record; write {expected}",
        "记录中没有路径 {found}；请写 {expected}",
    ),
    # all of them
    "record-more-faults": ErrorText(
        "the record has {found} faults more than the {expected} shown; mend these first",
        "除已列出的 {expected} 处外，记录还有 {found} 处错误；请先更正已列出的",
    ),
    # the record and the question
    "record-kind": ErrorText(
        "the record is a {found}; this program decides on a {expected}",
        "这份记录是 {found}；此项目须用 {expected}",
    ),
    "record-jurisdiction": ErrorText(
        "the record belongs to {found}, but the rules asked are those of {expected}; choose the rules of "
        "{found}, or correct the record",
        "记录属于 {found}，所用规则却是 {expected} 的；请改用 {found} 的规则，或更正记录",
    ),
    # histories and payments
    "record-month": ErrorText(
        "{found} is no month; expected {expected}",
        "{found} 不是年月；应为{expected}",
    ),
    "decision-record": ErrorText(
        "after a decision of kind {found} nothing is paid any more, so it has {expected}; or is it a change?",
        "决定种类为 {found} 的，此后不再发放，{expected}；是否应为 change（调整）？",
    ),
    "decision-day": ErrorText(
        "the event of {found} is after the decision on it, of {expected}; one of the two is wrong",
        "情况发生日期 {found} 晚于决定日期 {expected}；其中一个有误",
    ),
    "decision-unapproved": ErrorText(
        "a decision of kind {found} stands where nothing is approved; expected {expected}",
        "此处尚无生效的批准，不能作 {found} 决定；应有{expected}",
    ),
    "decision-death": ErrorText(
        "support was approved on {expected}, after the death of {found} that is to end it; correct one of the two "
        "days, or write the stop of the support of that time before the approval",
        "死亡日期为 {found}，而此后又于 {expected} 批准；请更正其中一个日期，或在该次批准之前补记原保障的停发决定",
    ),
    # the roll
    "roll-dates": ErrorText(
        "the last day paid for, {found}, is before the first, {expected}",
        "截止日期 {found} 早于起始日期 {expected}",
    ),
    "roll-reason": ErrorText(
        "{found} for the end of support stands here, but the entry has no end; write {expected}: too, or delete it",
        "此处写有停发{found}，但该记录没有截止日期；请一并填写 {expected}:，或删去",
    ),
    "roll-twice": ErrorText(
        "the case {found} is already paid for some of these days under this program, by {expected}; let one of the "
        "two end before the other begins",
        "档案 {found} 在该项目下的部分日期已由 {expected} 发放；请使其中一条在另一条开始前截止",
    ),
    "roll-paid-per": ErrorText(
        "what is paid per {found} cannot be held against what this program pays per {expected}",
        "按 {found} 发放的金额无法与该项目按 {expected} 计算的金额比较",
    ),
    "case-twice": ErrorText(
        "the case {found} has been given already; expected {expected} record of each case",
        "档案 {found} 已经给出；每个档案只能有 {expected} 份记录",
    ),
    "payment-months": ErrorText(
        "{found} are no months that a payment can cover; write {expected}",
        "{found} 不能作为发放所属月份；请写{expected}",
    ),
    "payment-too-long": ErrorText(
        "one payment for {found} is for more than {expected} months; is the year right? If it is, write "
        "several payments",
        "{found} 超过一笔款项最多可涵盖的 {expected} 个月；年份是否有误？如无误，请分写为几笔",
    ),
    "payment-returned": ErrorText(
        "for {month}, {found} was returned, but only {expected} was paid; correct what was returned, or list the "
        "payment that it came from",
        "{month}退回 {found}，但该月只发放了 {expected}；请更正退回金额，或补上所退的那笔发放记录",
    ),
}
