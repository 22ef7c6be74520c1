"""The fixed phrases of notices, in English and simplified Chinese. Nothing here knows a rule, a program or a law."""

from __future__ import annotations

from typing import Final

NOTICE_PHRASES: Final[dict[str, tuple[str, str]]] = {
    # the head
    "blank": ("____", "____"),
    "blank_day": ("____-__-__", "____年__月__日"),
    "blank_month": ("____-__", "____年__月"),
    "notice_month": ("{year}-{month}", "{year}年{bare}月"),
    "unnamed": ("____ (no. {id})", "____（编号{id}）"),
    "addressee": ("Applicant", "申请人"),
    "received": ("Application accepted on", "申请受理日期"),
    # the decision
    "notice_decision": ("Decision", "决定"),
    "notice_told": ("What this is about", "告知事项"),
    "people": ("Persons covered", "保障对象"),
    "people_named": ("{count} ({names})", "{count}（{names}）"),
    "total_amount": ("Total", "合计"),
    "first_month": ("Paid from", "起发月份"),
    "changed_from": ("In effect from", "执行月份"),
    "amount_before": ("Amount until now", "原金额"),
    "amount_after": ("New amount", "现金额"),
    "amount_difference": ("Difference", "相差"),
    "amount_more": ("{amount} more", "增加{amount}"),
    "amount_less": ("{amount} less", "减少{amount}"),
    "last_month": ("Last month paid", "最后发放月份"),
    # reasons and sums
    "notice_reasons": ("Reasons", "理由"),
    "failed": ("Condition that is not met: {text}", "未满足的条件：{text}"),
    "applied": ("Circumstance that applies: {text}", "存在的情形：{text}"),
    "notice_facts": ("Facts", "核定情况"),
    "notice_sum": ("How the amount is calculated", "金额计算"),
    "sum_before": ("Until now:", "原来的计算："),
    "sum_after": ("Now:", "现在的计算："),
    "notice_changes": ("What has changed", "变化情况"),
    "changed": ("{what}: from {before} to {after}", "{what}：由{before}变为{after}"),
    # what else there is to say
    "notice_also": ("Please note", "请注意"),
    "basis": ("Legal basis", "依据"),
    "remedies": ("If you do not agree", "如对本决定不服"),
    "signed": ("Issued by", "落款"),
    "signed_by": ("Office (seal)", "机关（盖章）"),
    "signed_on": ("Date", "日期"),
    # what is missing
    "papers_needed": ("Papers needed", "需要补充的材料"),
    "papers_besides": ("One of these groups as well", "此外，补充以下任意一组即可"),
    "papers_either": ("Any one of these groups is enough", "补充以下任意一组即可"),
    "papers_rest": ("If these do not settle it, also", "上述材料仍不足以认定的，还需补充"),
    "for_facts": ("For: {facts}", "用于核实：{facts}"),
    "fact_of": ("{title} ({owners})", "{title}（{owners}）"),
    "statement": ("a statement in writing: {title}", "书面说明：{title}"),
    "office_looks": (
        "We look these up ourselves; you need not bring anything for them",
        "由我们核实、您无须提供材料的事项",
    ),
    # the public notice
    "publication": ("Published", "公示内容"),
}
