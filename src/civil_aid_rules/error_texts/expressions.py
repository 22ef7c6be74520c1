"""Sentences about reading an expression (language/)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

EXPRESSION_TEXTS: dict[str, ErrorText] = {
    "expression-empty": ErrorText(
        "the expression is empty ({found}); write one, such as {expected}",
        "表达式是空的（{found}）；请写一个，例如 {expected}",
    ),
    "expression-too-long": ErrorText(
        "the expression has {found} characters, more than the {expected} allowed; make a part of it a rule "
        "with a name of its own",
        "表达式有 {found} 个字符，超过上限 {expected} 个；请把其中一部分另立为一条规则",
    ),
    "expression-lines": ErrorText(
        "the expression holds a line break or a tab ({found}); write it on one line, with spaces ({expected})",
        "表达式中有换行或制表符（{found}）；请写在一行内，用空格分开（{expected}）",
    ),
    "expression-character": ErrorText(
        "{found} is no character of an expression; write {expected}",
        "表达式中不能有字符 {found}；请改用 {expected}",
    ),
    "expression-escape": ErrorText(
        "a text in an expression cannot hold an escape ({found}); write the text as it is, such as {expected}",
        "表达式中的文字不能用转义符（{found}）；请照原样写，例如 {expected}",
    ),
    "expression-nesting": ErrorText(
        "brackets are nested {found} deep, more than the {expected} allowed; make the inner part a rule with a "
        "name of its own",
        "括号嵌套了 {found} 层，超过上限 {expected} 层；请把里面的部分另立为一条规则",
    ),
    "expression-depth": ErrorText(
        "parts stand in one another {found} deep, more than the {expected} allowed; make a part of it a rule with a "
        "name of its own",
        "各部分嵌套了 {found} 层，超过上限 {expected} 层；请把其中一部分另立为一条规则",
    ),
    "expression-text": ErrorText(
        "{found} is no plain text, and could be read in two ways; write one text in quotes: {expected}",
        "{found} 不是普通文字，可能有两种读法；请在引号中写一段文字：{expected}",
    ),
    "expression-signs": ErrorText(
        "several signs stand in a row ({found}); write one ({expected}), or none",
        "连续出现多个符号（{found}）；请只写一个（{expected}），或不写",
    ),
    "expression-name": ErrorText(
        "the name {found} begins with an underscore, which no name may; write {expected}",
        "名字 {found} 以下划线开头，这不允许；请写 {expected}",
    ),
    "expression-long-name": ErrorText(
        "a name has {found} characters, more than the {expected} allowed; shorten it",
        "名字有 {found} 个字符，超过上限 {expected} 个；请缩短",
    ),
    "expression-number": ErrorText(
        "{found} is no whole number; an amount, rate or date gets a name and a source in {expected}: write "
        "that name here",
        "{found} 不是整数；金额、比例和日期应在 {expected} 中命名并注明依据：此处请写那个名字",
    ),
    "expression-long-number": ErrorText(
        "the number has {found} digits, more than the {expected} allowed; declare it in parameters.yaml and "
        "write its name here",
        "数字有 {found} 位，超过上限 {expected} 位；请在 parameters.yaml 中命名，此处写那个名字",
    ),
    "expression-word": ErrorText(
        "{found} is no word of the rule language; write {expected}",
        "规则语言中没有 {found}；请写 {expected}",
    ),
    "expression-operator": ErrorText(
        "the operator {found} cannot stand here; write {expected}",
        "此处不能用运算符 {found}；请写 {expected}",
    ),
    "expression-in": ErrorText(
        "after `in` stands {found}; expected texts in round brackets: write {expected}",
        "`in` 后面是 {found}；应为圆括号里的若干文字：请写 {expected}",
    ),
    "expression-form": ErrorText(
        "{found} cannot stand in an expression; use names, whole numbers, texts in quotes, functions and {expected}",
        "表达式中不能用 {found}；可用名字、整数、引号中的文字、函数，以及 {expected}",
    ),
    "expression-call": ErrorText(
        "there is no function {found}; {expected}",
        "没有函数 {found}；{expected}",
    ),
    "expression-arguments": ErrorText(
        "a function takes plain values in order; {found} is none: write {expected}",
        "函数的参数须按次序逐个写出，不能用 {found}：请写 {expected}",
    ),
    "expression-list": ErrorText(
        "{found} cannot run over a list in this way; write {expected}",
        "{found} 不能这样逐项计算；请写 {expected}",
    ),
    "expression-nested-list": ErrorText(
        "one expression runs over one list, not over several ({found}); make the inner part a rule with "
        "{expected}, then use its name",
        "一个表达式只能遍历一个列表，不能同时遍历几个（{found}）；请把里层另立为一条带 {expected} 的规则，再用它的名字",
    ),
    "expression-syntax": ErrorText(
        "the expression cannot be read from here on ({found}); {expected}",
        "表达式从此处起读不下去（{found}）；{expected}",
    ),
}
