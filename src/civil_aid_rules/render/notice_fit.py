"""Whether a notice fits a determination: an approval of what is not eligible, say, is refused with the reason."""

from __future__ import annotations

from civil_aid_rules.determinations.result import Result
from civil_aid_rules.errors import Both, EvaluationError, Problem, problem
from civil_aid_rules.ir.notices import NoticeForm
from civil_aid_rules.ir.program import Program
from civil_aid_rules.names import instead_of
from civil_aid_rules.render.notice_case import Case

_AMOUNT_OPEN = Both("a determination that is eligible with an amount not known yet", "符合条件但金额暂不能计算的认定")
_SETTLED = Both("a determination that is eligible with a known amount", "符合条件且金额已确定的认定")
_REFUSED = Both("a determination that is not eligible", "不符合条件的认定")
_OPEN = Both("a determination that cannot be decided yet", "暂不能认定的认定")
_INCOMPLETE = Both("a determination that lacks something", "缺少事项的认定")
_AN_AWARD = Both("earlier=, an earlier determination that was eligible", "earlier=，即此前符合条件的认定")
_ANOTHER_AMOUNT = Both("an earlier determination with another amount", "此前金额不同的认定")
_NOT_EARLIER = Both("none", "不提供 earlier=")
_SAME_PROGRAM = Both("an earlier determination of the same program", "同一项目此前的认定")
_NO_WHAT_IF = Both("a determination without a scenario", "不含测算方案的认定")
_NOT_WORDED = Both("a program whose packs word notices", "规则包写有通知文字的项目")
_HAS_EARLIER = Both("an earlier determination", "此前的认定")
_HYPOTHETICAL = Both("a what-if", "测算方案的结果")
_WITHOUT_EARLIER = Both("no earlier determination", "没有此前的认定")
_EARLIER = ("change", "stop")
NOTICE_NAMES: dict[str, Both] = {
    "approval": Both("approval", "批准通知"),
    "refusal": Both("refusal", "不予批准通知"),
    "change": Both("change", "调整金额通知"),
    "stop": Both("stop", "停发通知"),
    "missing": Both("missing", "补齐材料一次性告知书"),
    "public": Both("public", "公示"),
}
"""The kinds of notices as errors name them: in English as they are asked for."""


def fitting_form(kind: str, case: Case, earlier: Case | None) -> NoticeForm:
    """The form of the notice. Raises EvaluationError where the program has none, or where it does not fit."""
    form = form_of(kind, case.program)
    fault = _misfit(kind, case.result, None if earlier is None else earlier.result)
    if fault is not None:
        raise EvaluationError([fault])
    return form


def form_of(kind: str, program: Program) -> NoticeForm:
    """A program's notice of one kind."""
    notices = program.outcome.notices
    form = None if notices is None else notices.form(kind)
    if form is None:
        known = [] if notices is None else [form.kind for form in notices.forms]
        expected = instead_of(kind, known) if known else _NOT_WORDED
        raise EvaluationError([problem("notice-unknown", "kind", found=kind, expected=expected, program=program.id)])
    return form


def _misfit(kind: str, result: Result, earlier: Result | None) -> Problem | None:
    """Why the notice does not fit; None where it does."""
    if result.hypothetical or (earlier is not None and earlier.hypothetical):
        return _problem(kind, _HYPOTHETICAL, _NO_WHAT_IF)
    if kind in _EARLIER:
        if earlier is None:
            return _problem(kind, _WITHOUT_EARLIER, _AN_AWARD, at="earlier")
        if earlier.program != result.program:
            return _problem(kind, Both(earlier.program, earlier.program), _SAME_PROGRAM, at="earlier")
        if _state(earlier) is not _SETTLED:
            return _problem(kind, _state(earlier), _AN_AWARD, at="earlier")
    elif earlier is not None:
        return _problem(kind, _HAS_EARLIER, _NOT_EARLIER, at="earlier")
    wanted = _REFUSED if kind in ("refusal", "stop") else _INCOMPLETE if kind == "missing" else _SETTLED
    state = _state(result)
    fits = result.missing != () if wanted is _INCOMPLETE else state is wanted
    if not fits:
        return _problem(kind, state, wanted)
    if kind == "change" and earlier is not None and _amount(earlier) == _amount(result):
        return _problem(kind, Both("an unchanged amount", "金额未变"), _ANOTHER_AMOUNT, at="earlier")
    return None


def _state(result: Result) -> Both:
    """What a determination says, as far as notices are concerned."""
    if result.status == "ineligible":
        return _REFUSED
    if result.status == "undetermined":
        return _OPEN
    return _AMOUNT_OPEN if result.payment is not None and result.payment.amount is None else _SETTLED


def _amount(result: Result) -> object:
    return None if result.payment is None else result.payment.amount


def _problem(kind: str, found: Both, expected: Both, at: str = "kind") -> Problem:
    return problem("notice-unfit", at, found=found, expected=expected, kind=NOTICE_NAMES[kind])
