"""The fixed phrases of explanations, in English and simplified Chinese. Nothing here knows a rule or a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from civil_aid_rules.citations import Bilingual, Language
from civil_aid_rules.render.notice_phrases import NOTICE_PHRASES
from civil_aid_rules.render.phrases_over_time import OVER_TIME

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

_PHRASES: Final[dict[str, tuple[str, str]]] = {
    **OVER_TIME,
    # the head
    "explanation": ("{title}: explanation", "{title}认定说明"),
    "decision": ("Decision", "认定结论"),
    "amount": ("Proposed payment", "拟保障金额"),
    "program": ("Program", "保障项目"),
    "program_on": ("{title}, decided for {day}", "{title}，按{day}的规定认定"),
    "place": ("Jurisdiction", "适用地区"),
    "eligible": ("eligible", "符合条件"),
    "ineligible": ("not eligible", "不符合条件"),
    "undetermined": ("cannot be decided yet", "暂不能认定"),
    "undetermined_lacks": ("cannot be decided yet (needed: {lacks})", "暂不能认定（需补充：{lacks}）"),
    "undetermined_some": (
        "cannot be decided yet (needed: {lacks}; a part of it may be enough, see below)",
        "暂不能认定（需补充：{lacks}；补充其中一部分即可能认定，见下）",
    ),
    "amount_unknown": ("not known yet (needed: {lacks})", "暂不能计算（需补充：{lacks}）"),
    "amount_open": ("not known yet", "暂不能计算"),
    "and_others": ("{first} and {count} more", "{first}等共{count}项"),
    "per_day": ("{amount} a day", "每日{amount}"),
    "per_month": ("{amount} a month", "每月{amount}"),
    "per_year": ("{amount} a year", "每年{amount}"),
    "per_once": ("{amount}, once", "一次性{amount}"),
    "main_reason": ("Main reason", "主要理由"),
    "how_amount": ("Sum", "算式"),
    "supposed": ("Supposed", "测算假设"),
    "supposed_rule": ("another rule for {title}", "{title}改用假设的规则"),
    "supposed_value": ("{title}: {value}", "{title}为{value}"),
    "hypothetical_banner": (
        "HYPOTHETICAL: this is a what-if calculation (scenario), not a decision.",
        "测算方案（假设）：以下为测算结果，不是认定结论。",
    ),
    # sections
    "reasons": ("Why", "认定理由"),
    "other_reasons": ("Also looked at; the decision does not rest on it:", "以下条件也已核对，不影响结论："),
    "lines": ("Result for each", "逐项结果"),
    "missing": ("What is still needed", "需补充的材料或信息"),
    "steps": ("Calculation", "计算过程"),
    "details": ("Points established", "逐项核对"),
    "beside": ("For comparison", "对照"),
    "assumed": ("Assumed, because the record does not say", "推定事项（记录未载明）"),
    "flags": ("Points a person should look at", "核查提示"),
    "flags_note": (
        "A person should look at these; they change nothing in this result.",
        "以下事项请人工核实，不改变本结果。",
    ),
    "values": ("Standards and other legal values used", "所用标准与参数"),
    "notices": ("Please note", "说明"),
    "identity": ("What this was computed with", "计算凭据信息"),
    "disclaimer": (
        "Reference text; only the document sealed by the civil affairs department is authoritative.",
        "参考文本，以民政部门盖章文书为准。",
    ),
    # reasons
    "condition": ("{text}: {state}", "{text}——{state}"),
    "condition_yes": ("met", "满足"),
    "condition_no": ("not met", "不满足"),
    "condition_unknown": ("not known yet", "尚不能确定"),
    "exception_yes": ("applies", "有此情形"),
    "exception_no": ("does not apply", "无此情形"),
    "exception_unknown": ("may apply", "尚不能确定有无此情形"),
    "gap_below": (
        "{what}: {value}; {limit_title}: {limit}. That is {gap} below it{asks}",
        "{what}{value}，{limit_title}{limit}，前者低{gap}{asks}",
    ),
    "gap_above": (
        "{what}: {value}; {limit_title}: {limit}. That is {gap} above it{asks}",
        "{what}{value}，{limit_title}{limit}，前者高{gap}{asks}",
    ),
    "gap_equal": (
        "{what}: {value}; {limit_title}: {limit}. Both are equal{asks}",
        "{what}{value}，{limit_title}{limit}，两者相等{asks}",
    ),
    "asks_below": ("; it must be below", "；须低于，等于不算"),
    "asks_at_most": ("; at most that much is allowed", "；须不高于，等于也算"),
    "asks_above": ("; it must be above", "；须高于，等于不算"),
    "asks_at_least": ("; at least that much is asked", "；须不低于，等于也算"),
    "nothing": ("", ""),
    "is_value": ("{what}: {value}", "{what}{value}"),
    "the_value": ("the value", "数值"),
    "the_limit": ("the limit", "限值"),
    "settled": ("{state}: {text}", "{state}：{text}"),
    "for_entry": ("{entry}: {text}", "{entry}：{text}"),
    # values
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "unknown": ("unknown", "未知"),
    "none": ("none", "无"),
    "unset": ("not set", "未设定"),
    "unset_by": ("not set (to be set by {who})", "未设定（由{who}规定）"),
    "see_below": ("a table, below", "分档，见下"),
    "not_stated": ("not stated", "未载明"),
    "a_text": ("(text on record)", "（记录所载文字）"),
    "on_record": ("stated", "有记载"),
    "undefined": ("undefined", "无定义"),
    # entries
    "numbered": ("{list} no. {number}", "第{number}项{list}"),
    "own_of": ("{own} of {owner}", "{owner}的{own}"),
    # formulas
    "quoted": ("“{text}”", "“{text}”"),
    "the_entry": ("the entry itself", "本项"),
    "contradiction": ("rules that contradict each other", "适用的规定相互矛盾"),
    "depends": ("depends on what is still needed", "取决于需补充的信息"),
    "decided_day": ("the day decided", "认定日"),
    "brackets": ("({text})", "({text})"),
    "negative": ("−{operand}", "−{operand}"),
    "and": ("{left} and {right}", "{left} 且 {right}"),
    "or": ("{left} or {right}", "{left} 或 {right}"),
    "one_of": ("{what} is one of ({values})", "{what}为（{values}）之一"),
    "not": ("not {operand}", "非{operand}"),
    "is_set": ("{what} is set", "{what}已设定"),
    "looked_up": ("{table} for {key}", "{table}（按{key}）"),
    "row_used": ("{value} ({key})", "{value}（{key}）"),
    "graduated": ("{scale} applied to {base}", "{base}按{scale}分段计算"),
    "graduated_on": ("{parts} (on {base} = {value})", "{parts}（基数：{base} = {value}）"),
    "sum_of": ("{what}, added up over {list}", "各{list}“{what}”之和"),
    "count_of": ("number of {list}", "{list}的数目"),
    "any_of": ("for at least one of {list}: {what}", "{list}中至少一项：{what}"),
    "all_of": ("for each of {list}: {what}", "{list}中每一项：{what}"),
    "min_of": ("lowest {what} among {list}", "{list}中最低的{what}"),
    "max_of": ("highest {what} among {list}", "{list}中最高的{what}"),
    "only": ("{list} (only if {condition})", "{list}（限{condition}）"),
    "no_entries": ("no {list}", "无{list}"),
    "none_counts": ("none of the {list} counts", "{list}中无符合者"),
    "unknown_list": ("{list} not stated", "{list}未载明"),
    "zeros": ("0 for the other {count}", "其余{count}项为0"),
    "perhaps": ("{entry} (not known yet)", "{entry}（尚不能确定）"),
    "of_entry": ("{value} ({entry})", "{value}（{entry}）"),
    "counted": ("{value} ({entries})", "{value}（{entries}）"),
    "extreme_min": ("the lower of ({parts})", "取低者（{parts}）"),
    "extreme_max": ("the higher of ({parts})", "取高者（{parts}）"),
    "choose_highest": ("the highest of ({parts})", "取最高者（{parts}）"),
    "choose_lowest": ("the lowest of ({parts})", "取最低者（{parts}）"),
    "choose_first_above_zero": ("the first above zero of ({parts})", "取第一项大于零者（{parts}）"),
    "option": ("{title} {value}", "{title} {value}"),
    "pick_highest": ("the one of {list} with the highest {by}", "{list}中{by}最高者"),
    "pick_lowest": ("the one of {list} with the lowest {by}", "{list}中{by}最低者"),
    "rank_highest": ("place among {list} by {by}, highest first", "在{list}中按{by}从高到低的名次"),
    "rank_lowest": ("place among {list} by {by}, lowest first", "在{list}中按{by}从低到高的名次"),
    "pick_latest": ("the one of {list} with the latest {by}", "{list}中{by}最晚者"),
    "pick_earliest": ("the one of {list} with the earliest {by}", "{list}中{by}最早者"),
    "rank_latest": ("place among {list} by {by}, latest first", "在{list}中按{by}从晚到早的名次"),
    "rank_earliest": ("place among {list} by {by}, earliest first", "在{list}中按{by}从早到晚的名次"),
    "through": ("{what} of {whose}", "{whose}的{what}"),
    "rounded": ("rounded ({operand}; {how})", "取整（{operand}；{how}）"),
    "age": ("full years from {a} to {b}", "自{a}起至{b}止的周岁数"),
    "months_between": ("full months from {a} to {b}", "自{a}起至{b}止的整月数"),
    "years_before": ("{b} years before {a}", "{a}前{b}年"),
    "months_before": ("{b} months before {a}", "{a}前{b}个月"),
    "months_after": ("{b} months after {a}", "{a}后{b}个月"),
    "days_after": ("{b} days after {a}", "{a}后{b}日"),
    "working_days_after": ("{b} working days after {a}", "{a}后{b}个工作日"),
    "next_working_day": ("{a}, or the next working day", "{a}（遇休息日顺延至下一工作日）"),
    "calendar_years": ("calendars on file for {years}", "已收录{years}年工作日安排"),
    "start_of_month": ("first day of the month of {a}", "{a}所在月首日"),
    "start_of_year": ("first day of the year of {a}", "{a}所在年首日"),
    # steps
    "total": ("Total", "合计"),
    "rounded_to": ("{before}, rounded to {after}", "{before}，取整为{after}"),
    "rounding": ("Rounded {how}. Source: {citations}", "取整：{how}。依据：{citations}"),
    "half_up": ("to the nearest {step}, halves up", "四舍五入到{step}"),
    "half_even": ("to the nearest {step}, halves to even", "四舍六入五成双到{step}"),
    "up": ("up to {step}", "进位到{step}"),
    "down": ("down to {step}", "去尾到{step}"),
    "multiple": ("a multiple of {step}", "{step}的整数倍"),
    "assumed_value": ("{value} (assumed, because unknown)", "{value}（因未知而推定）"),
    "with_citations": ("{text} — {citations}", "{text}——{citations}"),
    "case": ("Case: {text}", "情形：{text}"),
    "other_case": ("Case: none of the others", "情形：不属于其他各种情形"),
    "exception": ("Exception: {text}", "例外：{text}"),
    "used": ("Used: {text}", "采用：{text}"),
    "either_way": ("Every case that is still possible comes out the same", "尚有可能的各种情形，结果相同"),
    "proviso_open": ("Only if {test}; that is not known yet", "仅当{test}时如此计算，此点尚不能确定"),
    "proviso_fails": ("Not the case: {test}", "不属于：{test}"),
    "other_lines": ("The other parts are 0: {lines}", "其余各项为0：{lines}"),
    "note": ("Note: {text}", "注：{text}"),
    "cited": ("Source: {citations}", "依据：{citations}"),
    "kind_behind": ("{text} ({kind})", "{text}（{kind}）"),
    "was_hypothetical": ("hypothetical", "测算假设"),
    # points established
    "all_of_these": ("Required, all of these: {conditions}", "须同时满足：{conditions}"),
    "one_of_these": ("Required, one of these: {conditions}", "满足其一即可：{conditions}"),
    "asked": ("Required: {text}", "须满足：{text}"),
    "on_grounds": ("{answer} ({grounds})", "{answer}（{grounds}）"),
    "assumed_because_unknown": ("assumed, because unknown", "因未知而推定"),
    # legal values
    "value": ("Value", "数值"),
    "name": ("Name", "名称"),
    "in_force": ("In force from", "执行日期"),
    "published": ("Published", "公布日期"),
    "citation": ("Source", "依据"),
    "dated_by": ("{day} ({citations})", "{day}（{citations}）"),
    "source_of": ("{what}: {citations}", "{what}：{citations}"),
    "unit_source": ("unit", "计量单位"),
    "frozen": ("{title} (as on {day})", "{title}（{day}时）"),
    "row": ("{key}: {value}", "{key}：{value}"),
    "row_below": ("below {key}: {value}", "不满{key}：{value}"),
    "row_rest": ("otherwise {value}", "其余{value}"),
    "row_above": ("above {key}: {value}", "超过{key}部分：{value}"),
    "past_last": ("past the last row: the last row", "超出末行：按末行"),
    "past_more": ("{value} more for each further step", "每增加一档加{value}"),
    # missing
    "missing_fact": ("to be stated on the record", "须在记录中载明"),
    "missing_parameter": ("has not been set", "尚未设定"),
    "missing_parameter_by": ("has not been set; to be set by {who}", "尚未设定，须由{who}规定"),
    "missing_conflict": ("two rules that apply contradict each other", "适用的规定相互矛盾"),
    "missing_undefined": ("the rules give no value here", "规定未给出数值"),
    "holds_status": ("the decision waits for it", "影响认定结论"),
    "holds_payment": ("the amount waits for it", "影响金额"),
    "alternatives": ("Any one of these may be enough to settle it:", "补充以下任意一组，就可能得出结果："),
    "alternatives_truncated": ("… and further sets", "……以及其他组合"),
    "together": ("{left} together with {right}", "{left}，连同{right}"),
    # the procedure
    "procedure": ("Procedure (beside the result, which it never changes)", "办理程序（不影响认定结论）"),
    "procedure_not_stated": ("The record does not state the steps of the procedure.", "记录未载明办理程序各环节。"),
    "steps_complete": ("The steps that are prescribed are complete.", "规定的各环节已完成。"),
    "steps_incomplete": ("Steps that are prescribed are not complete.", "规定的环节尚未全部完成。"),
    "steps_undetermined": ("It is not known whether all steps are complete.", "各环节是否全部完成尚不能确定。"),
    "procedure_lacks": ("Not stated: {lacks}.", "未载明：{lacks}。"),
    "procedure_not_set": ("Not set, or not on file for the year: {lacks}.", "尚未设定，或者未收录该年度：{lacks}。"),
    "and_others_of": ("{named} … ({count} in all)", "{named}等共{count}项"),
    # the rules of a program
    "decided_for": ("Decides for", "认定日"),
    "overlays": ("With", "叠加的规定"),
    "checked_through": ("Checked through", "规则核对至"),
    "facts_read": ("Facts of the record that the rules read", "规则所用的记录事项"),
    "hypothetical_rules": ("HYPOTHETICAL: a scenario changes these rules.", "测算方案（假设）：以下规则含假设。"),
    # identity
    "engine": ("Engine", "程序版本"),
    "engine_value": (
        "civil_aid_rules {version}, semantics {semantics}",
        "civil_aid_rules {version}，语义版本 {semantics}",
    ),
    "known_on": ("As published by", "按该日前公布的文件"),
    "program_digest": ("Rules used (digest)", "所用规则（摘要值）"),
    "pack_digest": ("Pack {name} (digest)", "规则包 {name}（摘要值）"),
    "record_digest": ("Record (digest)", "家庭记录（摘要值）"),
    "valid": ("The same rules hold", "同一规则适用期间"),
    "first_day": ("the first rule", "规则起始"),
    "last_day": ("a later change", "新规定施行"),
    "period": ("{start} to {end}", "{start}至{end}"),
    "rule_places": ("Rules shown here", "上列规则所在文件"),
    "lines_of_file": ("{file}, at {lines}", "{file} 第{lines}行"),
    "overlay_local": ("Local values", "当地规定"),
    "overlay_scenario": ("Scenario (hypothetical)", "测算方案（假设）"),
    "with_digest": ("{title}, {digest}", "{title}，{digest}"),
    **NOTICE_PHRASES,
}

_LEVELS: Final[dict[str, tuple[str, str]]] = {
    "nation": ("the nation", "国家"),
    "province": ("the province", "省"),
    "city": ("the city", "市"),
    "county": ("the county", "县"),
    "township": ("the township", "乡镇"),
}


def phrase(key: str, /, **parts: Bilingual | str) -> Bilingual:
    """A fixed phrase with its parts filled in, in both languages."""
    en, zh = _PHRASES[key]
    return Bilingual(en=en.format(**_in(parts, "en")), zh=zh.format(**_in(parts, "zh")))


def _in(parts: dict[str, Bilingual | str], language: Language) -> dict[str, str]:
    return {name: part if isinstance(part, str) else part[language] for name, part in parts.items()}


def both(make: Callable[[Language], str]) -> Bilingual:
    """A text made once in each language."""
    return Bilingual(en=make("en"), zh=make("zh"))


def same(text: str) -> Bilingual:
    """A text that is the same in both languages: a number, an id, a place in a file."""
    return Bilingual(en=text, zh=text)


def joined(parts: tuple[Bilingual, ...], *, en: str = ", ", zh: str = "、") -> Bilingual:
    """Texts one after the other."""
    return Bilingual(en=en.join(part.en for part in parts), zh=zh.join(part.zh for part in parts))


def any_one(parts: tuple[Bilingual, ...]) -> Bilingual:
    """`the province, the city or the county`, 省、市或县."""
    if len(parts) < 2:
        return joined(parts)
    return joined((joined(parts[:-1]), parts[-1]), en=" or ", zh="或")


def level(name: str) -> Bilingual:
    """Who may set a value: `province` as 省."""
    en, zh = _LEVELS.get(name, (name, name))
    return Bilingual(en=en, zh=zh)
