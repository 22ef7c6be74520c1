"""Sentences about reading a YAML file (yaml_source.py)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

YAML_TEXTS: dict[str, ErrorText] = {
    "yaml-unreadable": ErrorText(
        "the file cannot be opened ({found}); expected a file at {expected}: check its name and who may read it",
        "无法打开文件（{found}）；{expected} 处应有可读的文件：请检查文件名和读取权限",
    ),
    "yaml-too-large": ErrorText(
        "the file has {found}; a file may have {expected}: split it into several files",
        "文件大小为 {found}；一个文件须 {expected}：请拆成几个文件",
    ),
    "yaml-encoding": ErrorText(
        "byte {found} is not {expected} (the file looks like {looks_like}): open it in the program that "
        "wrote it and save it as {expected}",
        "字节 {found} 不是 {expected}（文件看来是 {looks_like} 编码）：请用原来的程序打开，另存为 {expected}",
    ),
    "yaml-character": ErrorText(
        "{found} is a character that cannot be seen, or means nothing to others; expected visible "
        "characters ({expected}): delete it, or type it again",
        "{found} 是看不见的或私用的字符；只能用看得见的字符（{expected}）：请删去或重新输入",
    ),
    "yaml-line-break": ErrorText(
        "{found} ends a line in some programs only; expected {expected}: save the file with line ends {expected}",
        "{found} 只在部分程序中算作换行；换行应为 {expected}：请用 {expected} 换行重新保存",
    ),
    "yaml-too-many-lines": ErrorText(
        "the file has {found} lines; expected {expected}: split it into several files",
        "文件有 {found} 行；须 {expected}：请拆成几个文件",
    ),
    "yaml-long-line": ErrorText(
        "the line has {found} characters; expected {expected}: break it into several lines",
        "此行有 {found} 个字符；须 {expected}：请分成几行",
    ),
    "yaml-syntax": ErrorText(
        "cannot be read at `{found}`: {says} (begun at {since}); write {expected}, with : and , in half width, "
        "and put text that holds : # or brackets in double quotes",
        "在“{found}”处读不下去：{says}（始于 {since}）；请写成 {expected}，冒号逗号用半角，"
        "含有冒号、# 或括号的文字放在双引号里",
    ),
    "yaml-tab": ErrorText(
        "a {found} character stands where YAML allows spaces only; write spaces: {expected}",
        "此处不能用制表符（{found}）；请改用空格：{expected}",
    ),
    "yaml-depth": ErrorText(
        "lists and mappings are nested {found} deep; expected {expected}: name the inner part and move it out",
        "列表和映射嵌套了 {found} 层；须 {expected}：请把内层移出并另起名字",
    ),
    "yaml-nodes": ErrorText(
        "the file holds {found} values or more; expected {expected}: split it into several files",
        "文件中的值已达 {found} 个；须 {expected}：请拆成几个文件",
    ),
    "yaml-documents": ErrorText(
        "a second document begins at {found}; expected {expected} document in a file: move it to a file "
        "of its own, or delete the line",
        "{found} 处开始了第二个文档；一个文件只能有 {expected} 个文档：请移到另一个文件，或删去此行",
    ),
    "yaml-empty": ErrorText(
        "the file says nothing ({found}); write at least one {expected}, or delete the file",
        "文件没有内容（{found}）；请至少写一行 {expected}，或删去文件",
    ),
    "yaml-directive": ErrorText(
        "the directive {found} is not allowed; delete the line and begin with {expected} or with the first key",
        "不允许使用指令 {found}；请删去此行，以 {expected} 或第一个键开头",
    ),
    "yaml-anchor": ErrorText(
        "the anchor {found} is not allowed; delete it, or write {expected} if the text itself is meant",
        "不允许使用锚点 {found}；请删去，若是文字本身请写成 {expected}",
    ),
    "yaml-alias": ErrorText(
        "the alias {found} is not allowed; write its value out again, or {expected} if the text itself is meant",
        "不允许使用别名 {found}；请把值再写一遍，若是文字本身请写成 {expected}",
    ),
    "yaml-tag": ErrorText(
        "the tag {found} is not allowed; delete it, or put the text in quotes: {expected}",
        "不允许使用标签 {found}；请删去，若是文字本身请加引号：{expected}",
    ),
    "yaml-merge": ErrorText(
        "the merge key {found} is not allowed; write each of the keys out: {expected}",
        "不允许使用合并键 {found}；请逐个写出各键：{expected}",
    ),
    "yaml-key": ErrorText(
        "{found} cannot be a key; expected a short text before the colon: {expected}",
        "{found} 不能作键；冒号前应为一段短文字：{expected}",
    ),
    "yaml-complex-key": ErrorText(
        "a key written with a question mark (`{found}`) is not allowed; write {expected}",
        "不允许用问号写键（“{found}”）；请写成 {expected}",
    ),
    "yaml-duplicate-key": ErrorText(
        "the key {found} already stands at {first}; expected {expected} of each key: delete one of the "
        "two, or rename it",
        "键 {found} 已在 {first} 出现过；同一个键只能有 {expected} 个：请删去其一或改名",
    ),
}
