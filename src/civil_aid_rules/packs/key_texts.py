"""What each block of a pack file and each of its keys means, in one phrase: what editors show beside it.

The reference page docs/reference/pack_format.md says the same at length.
"""

from __future__ import annotations

from civil_aid_rules.errors import Both
from civil_aid_rules.packs.notice_key_texts import NOTICE_BLOCKS, NOTICE_KEYS_OF

BLOCKS: dict[str, Both] = {
    "Bilingual": Both("A text in English and Chinese.", "英文和中文各一段文字。"),
    "ReasonedCitation": Both(
        "A citation without a listed source: an assumption or a practice.", "没有列出依据的引用：推定或实践参考。"
    ),
    "SourceBlock": Both("An instrument that values and rules cite.", "数值和规则所引用的文件。"),
    "BandBlock": Both(
        "One band: below a limit (not included), or the rest.", "一档：低于某限（不含），或其余（最后一档）。"
    ),
    "BracketBlock": Both("One bracket: the rate on the part above.", "一级：超过部分的比例。"),
    "EachFurtherBlock": Both("What each further step past the last row adds.", "最后一行之后每增加一级增加多少。"),
    "CalendarBlock": Both("The working days of whole years.", "整年的工作日。"),
    "ValueBlock": Both("One dated value of a parameter.", "参数自某日起的一个值。"),
    "ParameterBlock": Both("A dated legal value.", "随日期变化的法定数值。"),
    "RoundBlock": Both("Where a value is rounded, how and why.", "在何处、怎样、依何规定取整。"),
    "IfUnknownBlock": Both("What a rule takes when its value is unknown.", "规则的值未知时采用的值。"),
    "CaseBlock": Both("One case: {if, is}, or {else} as the last.", "一种情形：{if, is}，最后一个写 {else}。"),
    "ExceptionBlock": Both("An exception to the rule.", "规则的例外。"),
    "ConditionBlock": Both("One condition of a list.", "列表中的一个条件。"),
    "LineBlock": Both("One line of a sum.", "合计中的一项。"),
    "RowBlock": Both("One row of a decision table.", "判定表的一行。"),
    "DecisionBlock": Both("A decision table.", "判定表。"),
    "OptionBlock": Both("One option of a choice.", "可选的一项。"),
    "ChooseBlock": Both("One of several results.", "几个结果取其一。"),
    "PickBlock": Both("One entry of a list, or none.", "从列表中选出一项，或没有。"),
    "RankBlock": Both("The place of each entry of a list.", "列表中各项的名次。"),
    "RuleBlock": Both("A rule: exactly one form.", "一条规则：只有一种写法。"),
    "AgeRuleBlock": Both("When an age is reached.", "何时算满岁。"),
    "RequirementBlock": Both("A name that an extending program supplies.", "由扩展它的项目提供的名字。"),
    "RelationBlock": Both("How this program stands to others.", "本项目与其他项目的关系。"),
    "ProcedureBlock": Both("Whether the prescribed steps are complete.", "规定的步骤是否办完。"),
    "ScheduleBlock": Both("After how many months decisions take effect.", "决定在几个月后生效。"),
    "RollBlock": Both("How cases are held against the roll.", "如何与在册名册比对。"),
    "OutcomeBlock": Both("Which rules are the result.", "哪些规则是结果。"),
    "ProgramBlock": Both("program.yaml: what the pack is.", "program.yaml：规则包是什么。"),
    "IssuerBlock": Both("Who issued a local overlay.", "地方标准的发布机关。"),
    "OverlayValuesBlock": Both("The dated values that an overlay gives.", "叠加文件给出的各日期的值。"),
    "OverlayBlock": Both("overlays/NAME.yaml: local values or a what-if.", "overlays/NAME.yaml：地方标准或测算方案。"),
    "ExampleBlock": Both("One worked example.", "一个算例。"),
    "ExpectBlock": Both("What a worked example must give.", "算例应得的结果。"),
    **NOTICE_BLOCKS,
}

KEYS: dict[str, Both] = {
    "id": Both("a name of its own", "自己的名字"),
    "title": Both("what readers of an explanation see", "说明中显示的名称"),
    "say": Both("the sentence that a person reads", "给当事人看的一句话"),
    "cite": Both("source and article, or {assumption: …}, or a list", "依据和条款，或 {assumption: …}，或列表"),
    "note": Both("for readers of the file; shown with values and rules", "给读者的说明；随数值和规则显示"),
    "if": Both("a condition", "条件"),
    "is": Both("an expression", "表达式"),
    "when": Both("a condition; where it fails, 0 or no", "条件；不成立时为 0 或否"),
    "type": Both("a unit such as CNY/month, or date, yes_no, choice", "单位，如 CNY/month，或 date、yes_no、choice"),
    "choices": Both("the identifiers of a choice, each with its title", "可选的标识及其名称"),
    "for_each": Both("m in members: one value per entry", "m in members：逐项计算"),
    "published": Both("the day on which it became known, YYYY-MM-DD", "公布之日，YYYY-MM-DD"),
    "until": Both("the last day, YYYY-MM-DD", "最后一日，YYYY-MM-DD"),
    "repealed": Both("true: from this day there is none", "true：自此日起不再有"),
    "values": Both("the values, by the day from which they hold", "各值，按起始日"),
    "by": Both("an expression of each entry to order them by", "排序所依的表达式"),
    "order": Both("which comes first", "从高到低或从低到高"),
    "tie": Both("what is done with equals", "相等时如何处理"),
    "jurisdiction": Both("the place, as questions name it", "适用地区，即提问时所写的名字"),
    "sources": Both("the instruments that may be cited, by identifier", "可引用的文件，按标识列出"),
    "beside": Both("label → rule or parameter shown beside the result", "标签 → 与结果并列显示的规则或参数"),
    "program": Both("the program's identifier", "项目的标识"),
    "number": Both("as printed", "文号，照原文"),
}
"""Keys that mean the same wherever they stand."""

KEYS_OF: dict[str, dict[str, Both]] = {
    "Bilingual": {"en": Both("in English", "英文"), "zh": Both("in simplified Chinese", "简体中文")},
    "ReasonedCitation": {
        "assumption": Both("what is assumed, and why", "推定了什么，理由何在"),
        "practice": Both("the practice that was followed", "参照的做法"),
    },
    "SourceBlock": {
        "kind": Both("law, source_document, or practice (not binding)", "law、source_document、practice（无约束力）"),
        "issued": Both("the day of issue, YYYY-MM-DD", "发布之日，YYYY-MM-DD"),
        "in_force": Both("the first day in force, YYYY-MM-DD", "施行之日，YYYY-MM-DD"),
        "repealed": Both("the day from which it is repealed, YYYY-MM-DD", "废止之日，YYYY-MM-DD"),
    },
    "BandBlock": {
        "below": Both("the limit, not included", "上限，不含"),
        "rest": Both("true: whatever is above; in the last band only", "true：其余；只在最后一档"),
        "is": Both("the value of this band", "本档的值"),
    },
    "BracketBlock": {
        "above": Both("where the bracket begins", "本级的起点"),
        "rate": Both("the rate on the part above", "超过部分的比例"),
    },
    "EachFurtherBlock": {"each_further": Both("a number", "一个数")},
    "CalendarBlock": {
        "years": Both("the years that are stated", "所列年份"),
        "off": Both("weekdays off, YYYY-MM-DD", "放假的工作日，YYYY-MM-DD"),
        "work": Both("weekend days worked, YYYY-MM-DD", "上班的周末，YYYY-MM-DD"),
    },
    "ValueBlock": {
        "from": Both("the first day, YYYY-MM-DD", "起始日，YYYY-MM-DD"),
        "value": Both("the value; null: declared but unset", "值；null 为尚未设定"),
        "table": Both("rows: whole number or choice → value", "各行：整数或选项 → 值"),
        "past_end": Both("what a table says past its last row", "表中最后一行之后怎么算"),
        "bands": Both("bands, in rising order", "各档，从小到大"),
        "scale": Both("brackets, in rising order", "各级，从小到大"),
        "calendar": Both("the working days of whole years", "整年的工作日"),
        "from_cite": Both("where the first day comes from, when that differs", "起始日的依据（不同时）"),
        "published_cite": Both("where the publication comes from, when that differs", "公布的依据（不同时）"),
        "unit_cite": Both("where the unit comes from, when that differs", "单位的依据（不同时）"),
    },
    "ParameterBlock": {
        "key": Both("the unit that rows are looked up by, or choice", "查表所用的单位，或 choice"),
        "set_by": Both("which levels of authority may set it", "哪些层级可以设定"),
        "varies_by": Both("between which places it may differ", "可因哪一级地区而异"),
    },
    "RoundBlock": {
        "to": Both('the step, such as "0.01"', '取整的单位，如 "0.01"'),
        "mode": Both("half_up: ties away from zero", "half_up：四舍五入，half_even、up、down"),
    },
    "IfUnknownBlock": {"value": Both("the value taken, listed under assumed", "采用的值，列入 assumed")},
    "CaseBlock": {"is": Both("the value in this case", "此情形的值"), "else": Both("the value in all others", "其余")},
    "ExceptionBlock": {
        "then": Both("the value when it holds", "成立时的值"),
        "except": Both("exceptions to the exception", "例外的例外"),
    },
    "RowBlock": {
        "when": Both("one cell for each column; - is anything", "每列一格；- 为任意"),
        "then": Both("what follows, or impossible", "结果，或 impossible（不可能出现）"),
    },
    "DecisionBlock": {
        "hit": Both("unique: one row applies; collect: rows add up", "unique：只有一行适用；collect：各行相加"),
        "columns": Both("expressions", "各列的表达式"),
        "rows": Both("the rows", "各行"),
    },
    "ChooseBlock": {
        "take": Both("which one", "取哪一个"),
        "options": Both("at least two", "至少两项"),
    },
    "PickBlock": {"from": Both("m in members", "m in members"), "if": Both("which entries count", "哪些项参与")},
    "RankBlock": {
        "if": Both("which entries count", "哪些项参与"),
        "outside": Both("the value of the others", "其余各项的值"),
    },
    "RuleBlock": {
        "is": Both("a formula or one condition", "一个算式或一个条件"),
        "cases": Both("the first case that holds", "第一个成立的情形"),
        "all": Both("conditions that must all hold", "须全部成立的条件"),
        "any": Both("conditions of which one must hold", "有一个成立即可的条件"),
        "sum": Both("lines added up", "各项相加"),
        "decide": Both("a decision table", "判定表"),
        "choose": Both("one of several results", "几个结果取其一"),
        "pick": Both("one entry of a list, or none", "从列表中选出一项，或没有"),
        "rank": Both("the place of each entry; with for_each", "各项的名次；须有 for_each"),
        "flag": Both("something to look at; changes no result", "提请注意的事项；不影响结果"),
        "except": Both("exceptions", "例外"),
        "round": Both("rounding", "取整"),
        "if_zero": Both("what a division by zero gives, or undefined", "除数为零时的值，或 undefined"),
        "if_empty": Both("what all, min, max over nothing give", "列表为空时 all、min、max 的值"),
        "if_unknown": Both("what the rule takes when unknown", "未知时采用的值"),
    },
    "AgeRuleBlock": {
        "reached_on": Both("on which day or month", "在哪一天或哪个月"),
        "leap_day": Both("the birthday of those born on 29 February", "2 月 29 日出生者在平年的生日"),
    },
    "RelationBlock": {
        "kind": Both("which way", "何种关系"),
        "programs": Both("the other programs", "其他项目"),
        "when": Both("a yes/no rule; left out: where aid is due", "是/否规则；不写则为应予救助时"),
    },
    "ProcedureBlock": {"complete": Both("a yes/no rule", "是/否规则")},
    "ScheduleBlock": {
        "approval": Both("a parameter of type month", "类型为 month 的参数"),
        "change": Both("for changes and stops: a parameter of type month", "变更和停发：类型为 month 的参数"),
        "death": Both("a parameter of type month", "类型为 month 的参数"),
    },
    "RollBlock": {
        "covers": Both("a yes/no rule for each person: for whom the aid is", "对每个人的是/否规则：保障对象是谁")
    },
    "OutcomeBlock": {
        "for_each": Both("m in members: one line per entry", "m in members：每项一行"),
        "eligible": Both("a yes/no rule", "是/否规则"),
        "payment": Both("a rule in money", "金额规则"),
        "flags": Both("rules with the form flag", "写法为 flag 的规则"),
        "procedure": Both("whether the prescribed steps are complete", "规定的步骤是否办完"),
        "relations": Both("how it stands to other programs", "与其他项目的关系"),
        "schedule": Both("when decisions take effect", "决定何时生效"),
        "roll": Both("how cases are held against the roll", "如何与在册名册比对"),
    },
    "ProgramBlock": {
        "program": Both("a program; the same as the folder's name", "项目；与文件夹同名"),
        "definitions": Both("shared definitions; the same as the folder's name", "共用的定义；与文件夹同名"),
        "record": Both("the record model that its rules read", "规则所读的记录"),
        "uses": Both("definitions whose names it may use", "可用其名字的规则包"),
        "extends": Both("definitions taken into its own namespace", "并入自己名下的定义"),
        "requires": Both("names that an extending program must supply", "扩展它的项目须提供的名字"),
        "checked_through": Both("the last day the law was checked for, YYYY-MM-DD", "法律核对至哪一日，YYYY-MM-DD"),
        "age_rule": Both("when an age is reached", "何时算满岁"),
        "outcome": Both("which rules are the result", "哪些规则是结果"),
    },
    "IssuerBlock": {
        "level": Both("a level that set_by names", "set_by 中的层级"),
        "name": Both("the office", "机关名称"),
        "in_the_name_of": Both("in whose name", "以谁的名义"),
        "date": Both("the day of issue, YYYY-MM-DD", "发布之日，YYYY-MM-DD"),
    },
    "OverlayBlock": {
        "overlay": Both("its name; the same as the file's", "名字；与文件同名"),
        "kind": Both("local: a place's own values; scenario: a what-if", "local：地方标准；scenario：测算方案"),
        "level": Both("the level of the jurisdiction, such as county", "地区的层级，如 county"),
        "within": Both("the jurisdiction that it lies within", "位于哪个地区之内"),
        "issuer": Both("who issued it; local only", "发布机关；仅 local"),
        "notice": Both("shown in every explanation under it", "适用时每份说明都显示"),
        "parameters": Both("program.parameter → values", "项目.参数 → 各值"),
        "rules": Both("program.rule → a whole rule; scenario only", "项目.规则 → 整条规则；仅 scenario"),
    },
    "ExampleBlock": {
        "example": Both("a name of its own", "自己的名字"),
        "source": Both("where the expected figures come from", "预期数字的来源"),
        "on": Both("the day decided, YYYY-MM-DD", "认定之日，YYYY-MM-DD"),
        "known_on": Both("what was published by this day, YYYY-MM-DD", "截至此日已公布的，YYYY-MM-DD"),
        "overlays": Both("scenarios on top, in order", "依次叠加的测算方案"),
        "record": Both("as in a record file", "与记录文件相同"),
        "expect": Both("what must come out", "应得的结果"),
    },
    "ExpectBlock": {
        "status": Both("the decision", "结论"),
        "amount": Both("the payment; null: not known", "金额；null 为未知"),
        "values": Both("rules' values as exact text; null: unknown", "规则的值，精确写法；null 为未知"),
        "missing": Both("exactly these are missing", "恰好缺这些"),
        "flags": Both("exactly these are raised", "恰好提示这些"),
    },
    **NOTICE_KEYS_OF,
}
"""Keys of one block, by block; before those above."""


def block_text(block: str) -> str:
    """What a block is, in Chinese and English."""
    said = BLOCKS[block]
    return f"{said.zh} {said.en}"


def key_text(block: str, key: str) -> str:
    """What a key of a block means, in Chinese and English."""
    said = KEYS_OF.get(block, {}).get(key) or KEYS[key]
    return said.en if said.en == said.zh else f"{said.zh} / {said.en}"
