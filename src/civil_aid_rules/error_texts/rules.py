"""Sentences about the forms, types and units of rules, and how rules depend on one another (compiler/)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

RULE_TEXTS: dict[str, ErrorText] = {
    "rule-form": ErrorText(
        "a rule has exactly one form, but this one has {found}; write one of {expected}",
        "一条规则必须且只能有一种写法，已写：{found}；请只写 {expected} 之一",
    ),
    "rule-when": ErrorText(
        "`when` makes the value 0 or no where the condition fails, but this rule is {found}; expected "
        "{expected}, or cases: with an else",
        "条件不成立时 `when` 使值为 0 或否，而此规则是 {found}；应为 {expected}，或改用带 else 的 cases:",
    ),
    "branch-never": ErrorText(
        "the branch {found} of this rule is never taken: its test comes out no whatever a record may say; expected "
        "{expected}",
        "此规则的分支 {found} 永远用不到：记录无论怎样填写，其条件都不成立；应为 {expected}",
    ),
    "branch-always": ErrorText(
        "the branch {found} of this rule is always taken: its test comes out yes whatever a record may say; expected "
        "{expected}",
        "此规则的分支 {found} 总是适用：记录无论怎样填写，其条件都成立；应为 {expected}",
    ),
    "rule-cycle": ErrorText(
        "these rules need one another: {found}; expected {expected}",
        "这些规则互相依赖：{found}；应为 {expected}",
    ),
    "case-form": ErrorText(
        "a case is `{{if: …, is: …}}`, and the last one, and no other, is `{{else: …}}`; found {found}, "
        "expected {expected}",
        "每种情形写成 `{{if: …, is: …}}`，只有最后一个写成 `{{else: …}}`；此处是 {found}，应为 {expected}",
    ),
    "name-twice-in-rule": ErrorText(
        "the id {found} stands more than once in this rule; expected {expected} of each: rename one",
        "标识 {found} 在此规则中出现不止一次；每个只能有 {expected} 个：请改名",
    ),
    "for-each-form": ErrorText(
        "{found} does not say for which entries the rule is computed; write {expected}",
        "{found} 没有写明规则逐项计算的对象；请写 {expected}",
    ),
    "rank-scope": ErrorText(
        "the rule {found} ranks the entries of a list, but is not computed for each of them; add {expected}",
        "规则 {found} 给列表各项排名次，却没有逐项计算；请补上 {expected}",
    ),
    "round-step": ErrorText(
        "{found} is no step to round to; write a number above zero, such as {expected}",
        "{found} 不能作取整的单位；请写大于零的数，例如 {expected}",
    ),
    "rule-too-large": ErrorText(
        "{found} could become a number of {digits} digits; at most {expected}: round it, or multiply and divide less",
        "{found} 的值可能长达 {digits} 位；最多 {expected} 位：请先取整，或减少相乘相除",
    ),
    "rule-too-deep": ErrorText(
        "{found} goes too deep: {number} {measure}; at most {expected}: make an inner part a rule of its own",
        "{found} 层次太深：{measure}，共 {number}；最多 {expected}：请把内层部分另立为一条规则",
    ),
    "payment-not-rounded": ErrorText(
        "{found} can have a fraction of a cent; add {expected} where the payment is computed",
        "{found} 可能出现不足一分的零数；请在计算金额处补上 {expected}",
    ),
    "outcome-type": ErrorText(
        "{found} cannot be the result; expected {expected}",
        "{found} 不能作为结果；应为 {expected}",
    ),
    "type-mismatch": ErrorText(
        "found {found}; expected {expected}",
        "此处是 {found}；应为 {expected}",
    ),
    "unit-mismatch": ErrorText(
        "found {found}; expected {expected}: {hint}",
        "此处是 {found}；应为 {expected}：{hint}",
    ),
    "literal-without-source": ErrorText(
        "the number {found} has no source; declare it in {expected} with a citation and write its name here "
        "(only 0, and 1 beside a rate, may be added or compared)",
        "数字 {found} 没有依据；请在 {expected} 中命名并注明依据，此处写那个名字（只有 0，以及与比例相关的 1，"
        "可以直接加减和比较）",
    ),
    "division-by-zero": ErrorText(
        "the divisor {found} can be zero; add `{expected}` to the rule: a value, or undefined",
        "除数 {found} 可能为零；请在规则中补上 `{expected}`：一个值，或 undefined",
    ),
    "empty-list": ErrorText(
        "{found} can go through an empty list; add `{expected}` to the rule: a value, or undefined",
        "{found} 遇到的列表可能为空；请在规则中补上 `{expected}`：一个值，或 undefined",
    ),
    "call-form": ErrorText(
        "{found} is not written like this; write {expected}",
        "{found} 不是这样写的；请写 {expected}",
    ),
    "call-arguments": ErrorText(
        "{function} takes {expected} values between its brackets; found {found}",
        "{function} 的括号中应有 {expected} 个值；此处有 {found} 个",
    ),
    "age-rule-missing": ErrorText(
        "{found} needs to know when an age is reached; add {expected} to program.yaml",
        "{found} 须知道何时算满岁；请在 program.yaml 中补上 {expected}",
    ),
    "frozen-day": ErrorText(
        "the day of value_on must follow from `on` alone, and {found} does not; write {expected}",
        "value_on 的日期只能由 `on` 推出，{found} 不是；请写 {expected}",
    ),
    "table-misplaced": ErrorText(
        "{found} has rows, not one value; write {expected}",
        "{found} 是一张表，不是一个值；请写 {expected}",
    ),
    "table-expected": ErrorText(
        "{found} has no {expected}; a plain parameter is read by its name, a table or bands as name[key], a "
        "scale as graduated(x, name)",
        "{found} 没有 {expected}；单个值直接写名字，table 或 bands 写 name[key]，scale 写 graduated(x, name)",
    ),
}
