"""The fixed phrases of explanations, in English and simplified Chinese. Nothing here knows a rule or a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from civil_aid_rules.citations import Bilingual, Language

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

_PHRASES: Final[dict[str, tuple[str, str]]] = {
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
    "amount_unknown": ("not known yet (needed: {lacks})", "暂不能计算（需补充：{lacks}）"),
    "amount_open": ("not known yet", "暂不能计算"),
    "and_others": ("{first} and {count} more, listed below", "{first}等共{count}项，见下"),
    "per_day": ("{amount} a day", "每日{amount}"),
    "per_month": ("{amount} a month", "每月{amount}"),
    "per_year": ("{amount} a year", "每年{amount}"),
    "per_once": ("{amount}, once", "一次性{amount}"),
    "hypothetical_banner": (
        "HYPOTHETICAL: this is a what-if calculation (scenario), not a decision.",
        "测算方案（假设）：以下为测算结果，不是认定结论。",
    ),
    # sections
    "reasons": ("Why", "理由"),
    "other_reasons": ("Also looked at; it did not decide", "其他条件（未影响结论）"),
    "sum": ("How the amount is made up", "金额怎么算"),
    "rounded_to": ("{before}, rounded to {after}", "{before}，取整为 {after}"),
    "total": ("Total", "合计"),
    "lines": ("Result for each", "逐项结果"),
    "steps": ("Calculation", "计算过程"),
    "details": ("Details: each entry and each yes/no point", "明细：逐人逐项认定"),
    "values": ("Standards and other legal values used", "所用标准与参数"),
    "beside": ("For comparison", "对照"),
    "missing": ("What is still needed", "需补充的材料或信息"),
    "assumed": ("Assumed, because the record does not say", "推定事项（记录未载明）"),
    "flags": ("Points a person should look at", "核查提示"),
    "flags_note": (
        "A person should look at these; they change nothing in this result.",
        "请人工核实；以下提示不改变本结果。",
    ),
    "notices": ("Please note", "说明"),
    "sources": ("Sources", "依据"),
    "identity": ("What this was computed with", "计算凭据信息"),
    "disclaimer": (
        "Reference text; only the document sealed by the civil affairs department is authoritative.",
        "参考文本，以民政部门盖章文书为准。",
    ),
    # reasons
    "condition_yes": ("met", "满足"),
    "condition_no": ("not met", "不满足"),
    "condition_unknown": ("not known", "尚不能确定"),
    "exception_yes": ("applies", "适用"),
    "exception_no": ("does not apply", "不适用"),
    "exception_unknown": ("may apply", "可能适用"),
    "settled": ("{state}: {text}", "{state}：{text}"),
    "gap_below": (
        "{what} is {value}; {limit_title} is {limit}: {gap} below it",
        "{what} {value}，{limit_title} {limit}，低于标准 {gap}",
    ),
    "gap_above": (
        "{what} is {value}; {limit_title} is {limit}: {gap} above it",
        "{what} {value}，{limit_title} {limit}，高于标准 {gap}",
    ),
    "gap_equal": ("{what} is {value}, equal to {limit_title}", "{what} {value}，等于{limit_title}"),
    "is_value": ("{what} is {value}", "{what} {value}"),
    "the_value": ("the value", "数值"),
    "the_limit": ("the limit", "限值"),
    "for_entry": ("{entry}: {text}", "{entry}：{text}"),
    # formulas
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "unknown": ("unknown", "未知"),
    "none": ("none", "无"),
    "unset": ("not set", "未设定"),
    "table": ("table", "分档表"),
    "a_text": ("(text on record)", "（记录所载文字）"),
    "on_record": ("stated", "有记载"),
    "the_entry": ("the entry itself", "本项"),
    "undefined": ("undefined", "无定义"),
    "depends": ("depends on what is still needed", "取决于需补充的信息"),
    "nobody": ("none", "无"),
    "decided_day": ("the day decided", "认定日"),
    "brackets": ("({text})", "({text})"),
    "and": ("{left} and {right}", "{left} 且 {right}"),
    "or": ("{left} or {right}", "{left} 或 {right}"),
    "not": ("not {operand}", "非 {operand}"),
    "is_set": ("{what} is set", "{what}已设定"),
    "looked_up": ("{table} for {key}", "{table}（按{key}）"),
    "row_used": ("{value} (row for {key})", "{value}（{key}档）"),
    "graduated": ("{scale} applied to {base}", "{base}按{scale}分段计算"),
    "sum_of": ("sum of {what} over {list}", "各{list}的{what}之和"),
    "count_of": ("number of {list}", "{list}的数目"),
    "any_of": ("for at least one of {list}: {what}", "{list}中至少一项：{what}"),
    "all_of": ("for each of {list}: {what}", "{list}中每一项：{what}"),
    "min_of": ("lowest {what} among {list}", "{list}中最低的{what}"),
    "max_of": ("highest {what} among {list}", "{list}中最高的{what}"),
    "if_only": ("{what} [only where: {condition}]", "{what}［限：{condition}］"),
    "of_entry": ("{value} ({entry})", "{value}（{entry}）"),
    "counted": ("{value} ({entries})", "{value}（{entries}）"),
    "extreme_min": ("lowest of ({parts})", "取低者（{parts}）"),
    "extreme_max": ("highest of ({parts})", "取高者（{parts}）"),
    "choose_highest": ("the highest of ({parts})", "取最高者（{parts}）"),
    "choose_lowest": ("the lowest of ({parts})", "取最低者（{parts}）"),
    "choose_first_above_zero": ("the first above zero of ({parts})", "取第一项大于零者（{parts}）"),
    "option": ("{title} {value}", "{title} {value}"),
    "added_rows": ("sum of the rows that apply", "适用各行之和"),
    "pick_highest": ("the one of {list} with the highest {by}", "{list}中{by}最高者"),
    "pick_lowest": ("the one of {list} with the lowest {by}", "{list}中{by}最低者"),
    "rank_highest": ("place among {list} by {by}, highest first", "在{list}中按{by}从高到低的名次"),
    "rank_lowest": ("place among {list} by {by}, lowest first", "在{list}中按{by}从低到高的名次"),
    "through": ("{what} of {whose}", "{whose}的{what}"),
    "rounded": ("rounded ({operand}; {how})", "取整（{operand}；{how}）"),
    "age": ("full years from {a} to {b}", "{a}至{b}的周岁"),
    "months_between": ("full months from {a} to {b}", "{a}至{b}的整月数"),
    "years_before": ("{b} years before {a}", "{a}前{b}年"),
    "months_before": ("{b} months before {a}", "{a}前{b}个月"),
    "start_of_month": ("first day of the month of {a}", "{a}所在月首日"),
    "start_of_year": ("first day of the year of {a}", "{a}所在年首日"),
    # steps
    "assumed_value": ("{value} (assumed, because unknown)", "{value}（因未知而推定）"),
    "with_citations": ("{text} — {citations}", "{text}——{citations}"),
    "because": ("Because: {text}", "按：{text}"),
    "rounding": ("Rounding: {before} → {after}, {how}", "取整：{before} → {after}，{how}"),
    "rounding_none": ("Rounding: nothing to round at {after} ({how})", "取整：{after}，无需取整（{how}）"),
    "half_up": ("to the nearest {step}, halves up", "四舍五入到{step}"),
    "half_even": ("to the nearest {step}, halves to even", "四舍六入五成双到{step}"),
    "up": ("up to the next {step}", "进位到{step}"),
    "down": ("down to {step}", "舍去{step}以下"),
    "cited": ("Source: {citations}", "依据：{citations}"),
    "where": ("Rule at {at}", "规则位置：{at}"),
    "was_hypothetical": ("HYPOTHETICAL (scenario)", "测算方案（假设）"),
    # values
    "value": ("Value", "数值"),
    "name": ("Name", "名称"),
    "in_force": ("In force from", "执行日期"),
    "published": ("Published", "公布日期"),
    "citation": ("Source", "依据"),
    "frozen": ("{title} (as on {day})", "{title}（{day}时）"),
    "row": ("{key}: {value}", "{key}：{value}"),
    "row_below": ("below {key}: {value}", "不满{key}：{value}"),
    "row_rest": ("otherwise {value}", "其余{value}"),
    "row_above": ("above {key}: {value}", "超过{key}部分：{value}"),
    "past_last": ("past the last row: the last row", "超出末行：按末行"),
    "past_more": ("{value} more for each further step", "每增加一档加{value}"),
    # missing
    "missing_fact": ("to be stated on the record ({place})", "须在记录中载明（{place}）"),
    "missing_parameter": ("a value that has not been set ({place})", "尚未设定的数值（{place}）"),
    "missing_parameter_by": ("a value to be set by {who} ({place})", "须由{who}设定的数值（{place}）"),
    "missing_conflict": ("two rules that apply contradict each other ({place})", "适用的规定相互矛盾（{place}）"),
    "missing_undefined": ("the rules give no value here ({place})", "规定未给出数值（{place}）"),
    "holds_status": ("the decision waits for it", "影响认定结论"),
    "holds_payment": ("the amount waits for it", "影响金额"),
    "alternatives": ("Any one of these sets settles it:", "补充以下任意一组即可："),
    "alternatives_truncated": ("… and further sets", "……以及其他组合"),
    "together": ("{left} together with {right}", "{left}和{right}"),
    # identity
    "engine": ("Engine", "程序版本"),
    "engine_value": ("civil_aid_rules {version}, semantics {semantics}", "civil_aid_rules {version}，语义 {semantics}"),
    "known_on": ("As published by", "按该日前公布的文件"),
    "program_digest": ("Rules used (digest)", "所用规则（摘要值）"),
    "pack_digest": ("Pack {name} (digest)", "规则包 {name}（摘要值）"),
    "record_digest": ("Record (digest)", "家庭记录（摘要值）"),
    "valid": ("The same rules hold", "同一规则适用期间"),
    "first_day": ("the first rule", "规则起始"),
    "last_day": ("a later change", "新规定施行"),
    "period": ("{start} to {end}", "{start}至{end}"),
    "overlay_local": ("Local values", "当地规定"),
    "overlay_scenario": ("Scenario (hypothetical)", "测算方案（假设）"),
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


def level(name: str) -> Bilingual:
    """Who may set a value: `province` as 省."""
    en, zh = _LEVELS.get(name, (name, name))
    return Bilingual(en=en, zh=zh)
