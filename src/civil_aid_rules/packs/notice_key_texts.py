"""What each block of notices.yaml and each of its keys means, in one phrase: what editors show beside it."""

from __future__ import annotations

from civil_aid_rules.errors import Both

NOTICE_BLOCKS: dict[str, Both] = {
    "NoticesBlock": Both("notices.yaml: what notices say.", "notices.yaml：通知文字。"),
    "NoticeBlock": Both("The notice of one decision.", "一种决定的通知。"),
    "ChangeNoticeBlock": Both("The notice of another amount.", "调整金额的通知。"),
    "WordingBlock": Both("Title and first sentence.", "标题和首句。"),
    "PlainNoticeBlock": Both("The notice of what is missing.", "补齐材料的告知书。"),
    "PublicNoticeBlock": Both("The public notice.", "公示。"),
    "PublicFieldsBlock": Both("All that a public notice can show.", "公示可以显示的全部内容。"),
    "SaidBlock": Both("A sentence with its source.", "一句话及其依据。"),
    "PaperBlock": Both("A paper and the facts that it supplies.", "一种材料及其提供的事项。"),
}

_WORDS = {
    "title": Both("the title of the notice; may hold {program}", "通知标题，可含 {program}"),
    "say": Both("the first sentence; may hold {program}", "首句，可含 {program}"),
}
_NOTICE = {
    "office": Both("who signs", "落款机关"),
    "also": Both("what to know as well", "另需告知的事项"),
    "cite": Both("the articles that it rests on", "所依据的条款"),
}
_DECISION = {
    **_NOTICE,
    "decided_on": Both("where the record states the day decided", "记录中载明决定日期之处"),
    "shows": Both("label → rule, parameter or fact shown", "标签 → 所显示的规则、参数或事项"),
    "remedies": Both("the remedies, by identifier", "救济途径，按标识"),
}

NOTICE_KEYS_OF: dict[str, dict[str, Both]] = {
    "NoticesBlock": {
        "office": Both("who signs, where a notice does not say", "落款机关（各通知未另写的）"),
        "people": Both("a yes/no rule for each entry: who is covered", "逐项判断的规则：保障对象是谁"),
        "received_on": Both("where the record states the acceptance", "记录中载明受理日期之处"),
        "remedies": Both("what can be done against a decision", "对决定不服的救济途径"),
        "papers": Both("what an applicant can bring", "申请人可以提供的材料"),
        "office_checks": Both("what the office looks up itself", "由机关自行核实的事项"),
        "approval": Both("the notice of approval", "批准通知"),
        "refusal": Both("the notice of refusal", "不予批准通知"),
        "change": Both("the notice of another amount", "调整金额通知"),
        "stop": Both("the notice that payment stops", "停发通知"),
        "missing": Both("the one-time notice of missing papers", "补齐材料一次性告知书"),
        "public": Both("the public notice", "公示"),
    },
    "NoticeBlock": {
        **_WORDS,
        **_DECISION,
        "flags": Both("the flags that the person is told of", "告知本人的核查提示"),
    },
    "ChangeNoticeBlock": {
        **_DECISION,
        "more": Both("worded for a higher amount", "增发时的文字"),
        "less": Both("worded for a lower amount", "减发时的文字"),
    },
    "WordingBlock": _WORDS,
    "PlainNoticeBlock": {**_WORDS, **_NOTICE},
    "PublicNoticeBlock": {**_WORDS, **_NOTICE, "fields": Both("what everybody may see", "可以公开的内容")},
    "PublicFieldsBlock": {
        "addressee": Both("the applicant's name", "申请人姓名"),
        "people": Both("names of those covered", "保障对象姓名"),
        "count": Both("how many are covered", "保障人数"),
        "amount": Both("the proposed payment", "拟保障金额"),
    },
    "SaidBlock": {
        "say": Both("the sentence; holds {within} where within is given", "一句话；写了 within 的须含 {within}"),
        "within": Both("a parameter in days, months or years", "以日、月或年计的参数"),
    },
    "PaperBlock": {
        "title": Both("what the paper is called", "材料名称"),
        "supplies": Both("paths of facts and lists without places", "事项和列表的路径，不写序号"),
    },
}
