"""Sentences about receipts and replays (receipts/): receipt-*, replay-*."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

RECEIPT_TEXTS: dict[str, ErrorText] = {
    # the file
    "receipt-file": ErrorText(
        "the receipt cannot be opened ({found}); expected {expected}",
        "打不开计算凭据（{found}）；应为 {expected}",
    ),
    "receipt-too-large": ErrorText(
        "the receipt has {found} bytes; expected {expected} at most: one text holds one receipt",
        "计算凭据有 {found} 字节；最多 {expected} 字节：一段文字只能有一份凭据",
    ),
    "receipt-encoding": ErrorText(
        "line {line}, column {column} holds {found}, which is not {expected} (it looks like {looks_like}); take the "
        "file as it was written",
        "第 {line} 行第 {column} 列的 {found} 不是 {expected}（看来是 {looks_like}）；请使用原文件",
    ),
    "receipt-mark": ErrorText(
        "the receipt begins with the mark {found}; expected {expected}: take the file as it was written",
        "凭据以标记 {found} 开头；应为 {expected}：请使用原文件",
    ),
    "receipt-syntax": ErrorText(
        "line {line}, column {column} cannot be read as JSON (found {found}); expected {expected}. A file is read "
        "with Receipt.load(path)",
        "第 {line} 行第 {column} 列不是正确的 JSON（此处是 {found}）；应为 {expected}。读取文件请用 Receipt.load(path)",
    ),
    "receipt-depth": ErrorText(
        "the receipt is nested {found} levels deep; expected {expected} at most",
        "计算凭据嵌套了 {found} 层；最多 {expected} 层",
    ),
    # fields
    "receipt-duplicate-key": ErrorText(
        "the field {found} stands more than once; expected {expected} of each: the receipt is not as it was written",
        "字段 {found} 重复出现；每个字段只能有 {expected} 个：凭据与制作时不同",
    ),
    "receipt-unknown-field": ErrorText(
        "a receipt has no field {found} here; {expected}",
        "凭据此处没有字段 {found}；{expected}",
    ),
    "receipt-missing-field": ErrorText(
        "the field {expected} of the receipt is missing ({found}); take the receipt as it was written",
        "凭据缺少字段 {expected}（{found}）；请使用原凭据",
    ),
    "receipt-value": ErrorText(
        "{found} cannot stand here; expected {expected}, as receipts are written",
        "此处不能是 {found}；凭据的写法应为 {expected}",
    ),
    "receipt-float": ErrorText(
        "{found} is not exact; receipts hold such a number as text: {expected}",
        "{found} 不是准确的数；凭据中这样的数写成文字：{expected}",
    ),
    "receipt-not-a-number": ErrorText(
        "{found} is no value; expected {expected} or a value",
        "{found} 不是值；应为 {expected} 或一个值",
    ),
    "receipt-number": ErrorText(
        "the number {found} is not written as receipts write it; expected {expected}",
        "数字 {found} 的写法与凭据不同；应为 {expected}",
    ),
    "receipt-long-number": ErrorText(
        "the number has {found} digits, more than {expected}; receipts hold such a number as text",
        "数字有 {found} 位，超过 {expected} 位；凭据中这样的数写成文字",
    ),
    "receipt-text": ErrorText(
        "the text holds half of a character ({found}); expected {expected}: take the file as it was written",
        "文字中有半个字符（{found}）；应为 {expected}：请使用原文件",
    ),
    "receipt-format": ErrorText(
        "the receipt has the format {found}; this version reads {expected}",
        "凭据格式为 {found}；本版本可读取 {expected}",
    ),
    # making one
    "receipt-day": ErrorText(
        "{found} is no day; write {expected}",
        "{found} 不是日期；请写 {expected}",
    ),
}
