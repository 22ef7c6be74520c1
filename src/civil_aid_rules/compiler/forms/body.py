"""A rule's body: its form, then `when`, exceptions and rounding, in that order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from civil_aid_rules.compiler.expressions.elaborate import elaborate
from civil_aid_rules.compiler.expressions.fitting import conform
from civil_aid_rules.compiler.forms.binding import parsed
from civil_aid_rules.compiler.forms.decisions import decision
from civil_aid_rules.compiler.forms.orderings import pick, rank
from civil_aid_rules.compiler.forms.reader import RuleReader
from civil_aid_rules.compiler.scope import RuleScope
from civil_aid_rules.compiler.wording import type_words
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.ir.nodes import (
    Arithmetic,
    Branch,
    Cases,
    Choose,
    Connective,
    Constant,
    Exceptions,
    Named,
    Node,
    Round,
    Undefined,
)
from civil_aid_rules.ir.types import NumberType, Type, YesNoType
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import (
    CaseBlock,
    ChooseBlock,
    ConditionBlock,
    ExceptionBlock,
    LineBlock,
    RoundBlock,
    RuleBlock,
)
from civil_aid_rules.quantities.numbers import read_number

_NUMBER_OR_YES_NO = Both("a number or yes/no", "数或是/否")


def rule_body(block: RuleBlock, reader: RuleReader) -> Node:
    """The node of a rule block; its faults go to the scope's problems."""
    zero, empty = _modifier(block.if_zero, reader.scope), _modifier(block.if_empty, reader.scope)
    reader = replace(reader, scope=replace(reader.scope, if_zero=zero, if_empty=empty))
    if block.when is None:
        node = _form(block, reader)
    else:
        test = reader.test(block.when)
        node = _form(block, reader.where(block.when, holds=True))
        node = Cases((Branch(test, node),), _opposite(block.when, reader))
    if block.except_:
        node = _exceptions(node, block.except_, reader)
    return node if block.round is None else _rounded(node, block.round, reader)


def _modifier(text: Text | None, scope: RuleScope) -> Callable[[Type], Node] | None:
    """`if_zero` / `if_empty`: undefined, or an expression of the type that is wanted where it stands in."""
    if text is None:
        return None
    if text == "undefined":
        return lambda wanted: Undefined()
    expression = parsed(text, scope)
    if expression is None:
        return lambda wanted: Undefined()
    return lambda wanted: conform(elaborate(expression, scope), wanted, expression.at, scope, str(text))


def _opposite(when: Text, reader: RuleReader) -> Node:
    """What a rule is whose `when` does not hold: 0, or no."""
    if not isinstance(reader.type, NumberType | YesNoType):
        reader.fault("rule-when", when, type_words(reader.type), _NUMBER_OR_YES_NO)
    return Constant(False if isinstance(reader.type, YesNoType) else 0)


def _form(block: RuleBlock, reader: RuleReader) -> Node:
    """The node of the one form that the block has."""
    if block.is_ is not None:
        return reader.value(block.is_, "is")
    if block.flag is not None:
        reader.must_be_yes_no(block.flag)
        return reader.test(block.flag)
    if block.cases is not None:
        return _cases(block.cases, reader)
    if block.all_ is not None:
        return _conditions(block.all_, "and", reader)
    if block.any_ is not None:
        return _conditions(block.any_, "or", reader)
    if block.sum_ is not None:
        return _sum(block.sum_, reader)
    if block.decide is not None:
        return decision(block.decide, reader)
    if block.choose is not None:
        return _choose(block.choose, reader)
    if block.pick is not None:
        return pick(block.pick, reader)
    assert block.rank is not None  # exactly one form: checked when loading
    return rank(block.rank, reader)


# --- cases, conditions, sums, choices --------------------------------------------------------------------------------


def _cases(blocks: Sequence[CaseBlock], reader: RuleReader) -> Node:
    """Each case may rely on what its own condition, and the failing ones before it, say about none."""
    branches: list[Branch] = []
    otherwise: Node = Constant(0)
    for index, case in enumerate(blocks):
        if not _is_sound(case, last=index == len(blocks) - 1, reader=reader):
            continue
        if case.if_ is not None and case.is_ is not None:
            test, there = reader.test(case.if_), reader.where(case.if_, holds=True)
            branches.append(Branch(test, _case(f"case {index + 1}", case, case.is_, there)))
            reader = reader.where(case.if_, holds=False)
        elif case.else_ is not None:
            otherwise = _case("else", case, case.else_, reader)
    return Cases(tuple(branches), otherwise)


def _is_sound(case: CaseBlock, *, last: bool, reader: RuleReader) -> bool:
    """Whether a case is `{if, is}`, or `{else}` at the end."""
    texts = {"if": case.if_, "is": case.is_, "else": case.else_}
    keys = [key for key, text in texts.items() if text is not None]
    if keys == (["else"] if last else ["if", "is"]):
        return True
    expected = "{else: …}" if last else "{if: …, is: …}"
    found = f"{{{', '.join(keys)}}}"
    reader.scope.problems.append(problem("case-form", case.at, found=found, expected=expected))
    return False


def _case(name: str, case: CaseBlock, text: Text, reader: RuleReader) -> Named:
    return Named("case", name, reader.value(text, name), case.say, reader.cited(case.cite), case.at)


def _conditions(blocks: Sequence[ConditionBlock], operator: str, reader: RuleReader) -> Node:
    """Conditions with their sentences; each may rely on what those before it say about none."""
    reader.must_be_yes_no(blocks[0].if_)
    operands: list[Node] = []
    seen = set[str]()
    for item in blocks:
        reader.refuse_twice(item.id, item.if_, seen)
        body = reader.test(item.if_)
        operands.append(Named("condition", item.id, body, item.say, reader.cited(item.cite), item.at))
        reader = reader.where(item.if_, holds=operator == "and")
    return Connective("and" if operator == "and" else "or", tuple(operands))


def _sum(blocks: Sequence[LineBlock], reader: RuleReader) -> Node:
    reader.must_be_number(blocks[0].is_)
    seen = set[str]()
    for line in blocks:
        reader.refuse_twice(line.id, line.is_, seen)
    total: Node = _line(blocks[0], reader)
    for line in blocks[1:]:
        total = Arithmetic("+", total, _line(line, reader))
    return total


def _line(line: LineBlock, reader: RuleReader) -> Named:
    """One line of a sum; 0 where its `when` does not hold."""
    if line.when is None:
        node = reader.value(line.is_, line.id)
    else:
        value = reader.where(line.when, holds=True).value(line.is_, line.id)
        node = Cases((Branch(reader.test(line.when), value),), Constant(0))
    return Named("line", line.id, node, line.title, reader.cited(line.cite), line.at)


def _choose(block: ChooseBlock, reader: RuleReader) -> Node:
    reader.must_be_number(block.options[0].is_)
    seen = set[str]()
    options: list[Named] = []
    for option in block.options:
        reader.refuse_twice(option.id, option.is_, seen)
        value = reader.value(option.is_, option.id)
        options.append(Named("option", option.id, value, option.title, reader.cited(option.cite), option.at))
    return Choose(block.take, tuple(options))


# --- exceptions and rounding -----------------------------------------------------------------------------------------


def _exceptions(base: Node, blocks: Sequence[ExceptionBlock], reader: RuleReader) -> Node:
    """Exceptions of one level; each may rely on what its own condition says about none."""
    branches: list[Branch] = []
    seen = set[str]()
    for block in blocks:
        reader.refuse_twice(block.id, block.if_, seen)
        there = reader.where(block.if_, holds=True)
        value = there.value(block.then, f"exception {block.id}")
        if block.except_:
            value = _exceptions(value, block.except_, there)
        named = Named("exception", block.id, value, block.say, reader.cited(block.cite), block.at)
        branches.append(Branch(reader.test(block.if_), named))
    return Exceptions(base, tuple(branches))


def _rounded(node: Node, block: RoundBlock, reader: RuleReader) -> Node:
    step = read_number(block.to)
    if step is None or step <= 0:
        reader.fault("round-step", block.to, block.to, "0.01")
        return node
    reader.must_be_number(block.to)
    return Round(node, step, block.mode, reader.cited(block.cite))
