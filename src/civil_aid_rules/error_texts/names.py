"""Sentences about names in rules: what does not exist, is not in force, or cannot stand there (compiler/)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

NAME_TEXTS: dict[str, ErrorText] = {
    "name-unknown": ErrorText(
        "there is no {found}; {expected}",
        "没有 {found}；{expected}",
    ),
    "name-after-value": ErrorText(
        "{found} is no entry of a list, so nothing can be read from it with a dot; write {expected}",
        "{found} 不是列表中的一项，不能用点取其内容；请写 {expected}",
    ),
    "name-scope": ErrorText(
        "{found} is computed {scope}; write {expected}",
        "{found} {scope}；请写 {expected}",
    ),
    "name-not-in-force": ErrorText(
        "{found} is not yet in force on {day}; ask for a day {expected}",
        "{day} 时 {found} 尚未施行；请改问 {expected} 的日期",
    ),
    "name-not-published": ErrorText(
        "nothing published by {known_on} says what {found} is on {day}; ask as known on {expected}",
        "截至 {known_on} 公布的内容中没有 {day} 时的 {found}；known_on 请用 {expected}",
    ),
    "name-ended": ErrorText(
        "{found} is no longer in force on {day}; ask for a day {expected}, or let a rule dated later do without it",
        "{day} 时 {found} 已失效；请改问 {expected} 的日期，或由以后施行的规则不再用它",
    ),
    "name-twice": ErrorText(
        "the name {found} is already used at {first}; expected {expected} thing of this name: rename one of the two",
        "名字 {found} 已用于 {first}；同一名字只能有 {expected} 处：请给其中一处改名",
    ),
    "name-is-a-fact": ErrorText(
        "{found} is the name of a fact of the record, or a word of the rule language; give the rule or "
        "parameter {expected}",
        "{found} 是记录中的事实名或规则语言的词；规则或参数请用 {expected}",
    ),
    "variable-taken": ErrorText(
        "{found} already means something here; choose another name for the entry, such as {expected}",
        "{found} 在此处已有含义；请给列表项另起名字，例如 {expected}",
    ),
    "each-misplaced": ErrorText(
        "`{found}` is one person of a list, but no list of persons is gone through here; use it in a rule with "
        "{expected}, "
        "or inside a sum over persons",
        "`{found}` 指名单中的一人，此处却没有逐人计算；请在带 {expected} 的规则或对人求和的式子里使用",
    ),
    "list-misplaced": ErrorText(
        "{found} is a list and has no value by itself; go through it, as in {expected}",
        "{found} 是列表，本身没有值；请逐项计算，例如 {expected}",
    ),
    "list-unknown": ErrorText(
        "there is no list {found}; {expected}",
        "没有列表 {found}；{expected}",
    ),
    "parameter-expected": ErrorText(
        "{found} is no parameter; {expected}",
        "{found} 不是参数；{expected}",
    ),
    "choice-unknown": ErrorText(
        "{found} is no text that can stand here; {expected}",
        "此处不会出现 {found}；{expected}",
    ),
    "none-unchecked": ErrorText(
        "{found} may be none, so that must be asked first; write {expected}",
        "{found} 可能为 none，须先判断；请写 {expected}",
    ),
    "none-impossible": ErrorText(
        "{found} is never none; only {expected} is compared with none: delete the comparison",
        "{found} 不会是 none；只有 {expected} 才与 none 比较：请删去这一比较",
    ),
    "none-misplaced": ErrorText(
        "none is only compared with == or != ({found}); write {expected}",
        "none 只能用 == 或 != 比较（{found}）；请写 {expected}",
    ),
}
