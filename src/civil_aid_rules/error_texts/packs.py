"""Sentences about the files and blocks of packs and overlays (packs/, compiler/namespace.py, compiler/lint.py)."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

PACK_TEXTS: dict[str, ErrorText] = {
    "pack-no-folder": ErrorText(
        "there is no folder {found}; give a folder whose sub-folders each hold a {expected}",
        "没有文件夹 {found}；请给出规则库文件夹，其中每个子文件夹都有 {expected}",
    ),
    "pack-none": ErrorText(
        "the folder {found} holds no pack; expected at least one sub-folder with a {expected}",
        "文件夹 {found} 中没有规则包；至少应有一个含 {expected} 的子文件夹",
    ),
    "pack-no-program": ErrorText(
        "the folder {found} is no pack, for it has no {expected}; write that file, or move the folder out of "
        "the rulebook",
        "文件夹 {found} 中没有 {expected}，不是规则包；请补上该文件，或把文件夹移出规则库",
    ),
    "pack-name-not-folder": ErrorText(
        "the pack calls itself {found} but stands in the folder {expected}; write {expected} here, or rename "
        "the folder",
        "规则包自称 {found}，所在文件夹却名为 {expected}；请在此写 {expected}，或给文件夹改名",
    ),
    "overlay-name-not-file": ErrorText(
        "the overlay calls itself {found} but its file is {expected}.yaml; write {expected} here, or rename the file",
        "叠加文件自称 {found}，文件名却是 {expected}.yaml；请在此写 {expected}，或给文件改名",
    ),
    "pack-unexpected-file": ErrorText(
        "{found} is not read by anything; a pack holds {expected}: move the file, or begin its name with a dot",
        "{found} 不会被读取；规则包中只有 {expected}：请移走此文件，或让文件名以点开头",
    ),
    "pack-rule-file-name": ErrorText(
        "the file name {found} is no day; a file in rules/ is named for the day from which its rules are in "
        "force: {expected}",
        "文件名 {found} 不是日期；rules/ 中的文件以规则的施行日命名：{expected}",
    ),
    "pack-bad-name": ErrorText(
        "{found} cannot be a name; a name begins with a letter and has at most 60 characters of {expected}",
        "{found} 不能作名字；名字以字母开头，最多 60 个字符，只用 {expected}",
    ),
    "pack-unknown-key": ErrorText(
        "the key {found} means nothing here; {expected}",
        "此处没有 {found} 这个键；{expected}",
    ),
    "pack-missing-key": ErrorText(
        "the key {expected} is missing (found {found}); add it",
        "缺少键 {expected}（已写：{found}）；请补上",
    ),
    "pack-one-of": ErrorText(
        "exactly one of the keys {expected} must stand here; found {found}",
        "{expected} 这几个键必须且只能写一个；已写：{found}",
    ),
    "pack-word": ErrorText(
        "{found} is no word that can stand here; {expected}",
        "此处不能写 {found}；{expected}",
    ),
    "pack-wrong-value": ErrorText(
        "{found} cannot stand here; expected {expected}",
        "此处不能写 {found}；应为 {expected}",
    ),
    "pack-unknown": ErrorText(
        "there is no pack {found}; {expected}",
        "没有规则包 {found}；{expected}",
    ),
    "pack-source-twice": ErrorText(
        "the source {found} is already listed at {first}; expected {expected} entry for it: delete this one "
        "and cite that one, or rename it",
        "依据 {found} 已在 {first} 列出；同一依据只能列 {expected} 次：请删去此条并引用前者，或改名",
    ),
    "pack-requirement-missing": ErrorText(
        "the pack extends {found}, which needs {expected} ({title}); declare a parameter or a rule of that name",
        "本规则包扩展了 {found}，后者需要 {expected}（{title}）；请声明同名的参数或规则",
    ),
    "program-no-outcome": ErrorText(
        "the program {found} does not say what it decides; add {expected}",
        "项目 {found} 没有写明认定什么；请补上 {expected}",
    ),
    "notice-text": ErrorText(
        "the notice says {found}; in braces it can name {expected} only, and a text with `within` must name {{within}}",
        "通知文字为 {found}；花括号中只能写 {expected}，写了 within 的必须有 {{within}}",
    ),
    "overlay-issuer": ErrorText(
        "the local overlay {found} does not say who issued it, or for which place; add {expected}",
        "地方标准 {found} 没有写明发布机关或适用地区；请补上 {expected}",
    ),
    "overlay-place": ErrorText(
        "this overlay says {found} of its jurisdiction, but the overlay {first} says {expected}",
        "本文件对该地区写的是 {found}，而叠加文件 {first} 写的是 {expected}",
    ),
    "overlay-within": ErrorText(
        "a jurisdiction cannot lie within {found}; {expected}",
        "地区不能位于 {found} 之内；{expected}",
    ),
    "overlay-varies": ErrorText(
        "{found} may differ from one {by} to another, but not within one, as this overlay of a {level} has it; "
        "set it for {expected}",
        "{found} 只能因 {by} 而异，同一 {by} 内须一致，不能由 {level} 的叠加文件另设；请为 {expected} 设定",
    ),
    "overlay-unknown-name": ErrorText(
        "the overlay sets {found}, which does not exist; {expected}",
        "所设的 {found} 不存在；{expected}",
    ),
    "overlay-bare-name": ErrorText(
        "an overlay sets names with their program in front; {found} is not written so: write {expected}",
        "叠加文件中的名字前面要写项目名；{found} 不是这样写的：请写 {expected}",
    ),
    "overlay-wrong-block": ErrorText(
        "{found} stands in the wrong block of the overlay; write it under {expected}",
        "{found} 放错了位置；请写在 {expected} 之下",
    ),
    "overlay-not-allowed": ErrorText(
        "an issuer of level {level} cannot set {found}; {expected}",
        "{level} 一级的发布机关无权设定 {found}；{expected}",
    ),
    "overlay-rule": ErrorText(
        "a local overlay sets parameters only, but this one replaces the rule {found}; write it in an overlay "
        "of kind {expected}",
        "地方标准只能设定参数，不能替换规则 {found}；请写在 {expected} 类的叠加文件中",
    ),
    "overlay-shape": ErrorText(
        "the overlay gives {found}, but the parameter is declared otherwise; expected {expected}",
        "叠加文件给的是 {found}，与参数的声明不符；应为 {expected}",
    ),
    "overlay-kind": ErrorText(
        "an overlay of kind {found} is chosen with jurisdiction=, not as a what-if; expected one of kind {expected}",
        "{found} 类的叠加文件用 jurisdiction= 选用，不能当测算方案；应为 {expected} 类",
    ),
    "overlay-twice": ErrorText(
        "{found} is already set by the overlay {first}; expected {expected} overlay that sets it",
        "{found} 已由叠加文件 {first} 设定；只能由 {expected} 个叠加文件设定",
    ),
    "scenario-name": ErrorText(
        "a scenario cannot set {found}; write the name with its program: {expected}",
        "测算方案不能设定 {found}；请连同项目名一起写：{expected}",
    ),
    "scenario-value": ErrorText(
        "a scenario cannot set a value of this kind ({found}); write {expected}",
        "测算方案中不能用这种值（{found}）；请写 {expected}",
    ),
}
